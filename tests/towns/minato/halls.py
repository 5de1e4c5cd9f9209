"""Named places of the town: halls to place groups by, homes of care, temples and shrines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from towns.minato.blocks import Block, blocks
from towns.minato.districts import DISTRICTS
from towns.minato.divisions import associations
from towns.minato.house_spots import house_spots
from towns.minato.plane import Metre, dice_for

_BESIDE_M = 9.0
_CHOME = "一二三"


@dataclass(frozen=True, slots=True)
class Spot:
    """A house: its block, where it stands (local metres), the address written in full."""

    block: Block
    at: Metre
    address: str


@dataclass(frozen=True, slots=True)
class Hall:
    """A named house; ``alias`` is what people call it."""

    name: str
    kana: str
    kind: str
    spot: Spot
    alias: str = ""


class SpotBook:
    """Hands out every house once, from the middle of its block outwards."""

    def __init__(self) -> None:
        self._dice = dice_for("spots")
        self._left: dict[str, list[Metre]] = {}
        for code, points in house_spots().items():
            middle = blocks()[code].seed
            near = sorted(points, key=lambda at: (round(math.dist(at, middle), 1), at))
            self._left[code] = near[: max(6, len(near) * 3 // 4)]
        self._houses: dict[str, set[str]] = {code: set() for code in self._left}

    def take(self, block: Block, *, middle: bool = False) -> Spot:
        """A house nobody has yet, at a spot of the block."""
        left = self._left[block.code]
        index = 0 if middle else self._dice.randrange(len(left))
        x, y = left[index] if len(left) < 2 else left.pop(index)
        turn = self._dice.uniform(0, 2 * math.pi)
        at = (round(x + _BESIDE_M * math.cos(turn), 1), round(y + _BESIDE_M * math.sin(turn), 1))
        while True:
            house = f"{self._dice.randint(1, 28)}-{self._dice.randint(1, 19)}"
            if house not in self._houses[block.code]:
                self._houses[block.code].add(house)
                return Spot(block, at, f"みなと市{block.name}{house}")


@cache
def spot_book() -> SpotBook:
    """The one book of the town."""
    return SpotBook()


_KINDS = ("集会所", "公会堂", "会館", "公民館", "自治会館", "集会所", "コミュニティセンター")
_KANA = {
    "集会所": "シュウカイジョ", "公会堂": "コウカイドウ", "会館": "カイカン", "公民館": "コウミンカン",
    "自治会館": "ジチカイカン", "コミュニティセンター": "コミュニティセンター", "集会室": "シュウカイシツ",
    "診療所": "シンリョウジョ", "デイサービスセンター": "デイサービスセンター",
}  # fmt: skip
_SACRED = {
    "寺": (
        ("光明寺", "コウミョウジ"), ("浄音寺", "ジョウオンジ"), ("海蔵院", "カイゾウイン"),
        ("青龍寺", "セイリュウジ"), ("宝泉寺", "ホウセンジ"), ("長松院", "チョウショウイン"),
        ("観音寺", "カンノンジ"), ("普門院", "フモンイン"),
    ),
    "神社": (
        ("岬神社", "ミサキジンジャ"), ("潮見神社", "シオミジンジャ"), ("早瀬神社", "ハヤセジンジャ"),
        ("羽黒神社", "ハグロジンジャ"), ("稲荷神社", "イナリジンジャ"), ("浜の明神社", "ハマノミョウジンシャ"),
        ("山祇神社", "ヤマツミジンジャ"), ("八雲神社", "ヤクモジンジャ"),
    ),
}  # fmt: skip
_CARE = (
    ("しおさい", "シオサイ"), ("はまなす", "ハマナス"), ("つばき苑", "ツバキエン"), ("なぎさ", "ナギサ"),
    ("こもれび", "コモレビ"), ("さくら園", "サクラエン"), ("やまなみ", "ヤマナミ"), ("ほのぼの", "ホノボノ"),
    ("みのり", "ミノリ"), ("かもめ苑", "カモメエン"), ("ゆうやけ", "ユウヤケ"), ("いずみ", "イズミ"),
    ("ひだまり苑", "ヒダマリエン"), ("せせらぎ", "セセラギ"), ("あすなろ", "アスナロ"), ("まつかぜ", "マツカゼ"),
)  # fmt: skip
_ENDINGS = (("自治会", "ジチカイ"), ("町内会", "チョウナイカイ"), ("振興会", "シンコウカイ"))


@cache
def halls() -> tuple[Hall, ...]:
    """One for every association, a centre and a home of care for every district, temples, shrines."""
    book = spot_book()
    found: list[Hall] = []
    for number, area in enumerate(associations()):
        block = blocks()[area.members[0]]
        kind = _KINDS[number % len(_KINDS)]
        name, kana = block.name if block.chome else block.town, block.kana
        if not area.drawn:
            kind = "集会室"
            name, kana = area.name, area.kana
            for ending, spoken in _ENDINGS:
                name, kana = name.removesuffix(ending), kana.removesuffix(spoken)
        spot = book.take(block, middle=True)
        found.append(Hall(name + kind, kana + _KANA[kind], kind, spot))
    for number, district in enumerate(DISTRICTS):
        own = [b for b in blocks().values() if b.district == district.code]
        short = district.name.removesuffix("地区").split("・")[0]
        spoken = district.kana.removesuffix("チク").split("・")[0]
        if number % 2 == 0:
            centre = (f"{short}コミュニティセンター", f"{spoken}コミュニティセンター")
        else:
            centre = (f"{short}地区公民館", f"{spoken}チクコウミンカン")
        alias = f"{short}センター" if number % 2 == 0 else ""
        found.append(Hall(*centre, "公共施設", book.take(own[1]), alias))
        day = "デイサービスセンター" if number % 3 else "診療所"
        home = (_CARE[number][0] + day, _CARE[number][1] + _KANA[day])
        found.append(Hall(*home, "介護・医療の事業所", book.take(own[number % 3])))
        sacred = list(_SACRED.items())[number % 2]
        found.append(Hall(*sacred[1][number // 2], sacred[0], book.take(own[-1])))
    names = [hall.name for hall in found]
    assert len(set(names)) == len(names)
    return tuple(found)


@cache
def halls_of(district: str) -> tuple[Hall, ...]:
    """The halls in a district where groups meet, without temples and homes of care."""
    return tuple(
        hall
        for hall in halls()
        if hall.spot.block.district == district
        and hall.kind not in ("寺", "神社", "介護・医療の事業所")
    )


def hall_for(block: Block) -> Hall:
    """The nearest hall of the block's own district."""
    return min(halls_of(block.district), key=lambda h: round(math.dist(h.spot.at, block.seed), 1))


def care_home_of(district: str) -> Hall:
    """The home of care or the clinic of a district."""
    (found,) = (
        h for h in halls() if h.spot.block.district == district and h.kind == "介護・医療の事業所"
    )
    return found
