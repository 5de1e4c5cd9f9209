"""Named places of the town: halls to place groups by, homes of care, and quiet landmarks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from towns.minato.blocks import Block, blocks
from towns.minato.districts import DISTRICTS
from towns.minato.divisions import associations, by_name
from towns.minato.junctions import junctions_of_blocks
from towns.minato.outline import HILLS
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
    kind: str
    spot: Spot
    alias: str = ""


class SpotBook:
    """Hands out every house once, from the middle of its block outwards."""

    def __init__(self) -> None:
        self._dice = dice_for("spots")
        self._left: dict[str, list[Metre]] = {}
        for code, points in junctions_of_blocks().items():
            middle = blocks()[code].seed
            near = sorted(points, key=lambda at: (round(math.dist(at, middle), 1), at))
            self._left[code] = near[: max(6, len(near) * 3 // 4)]
        self._houses: dict[str, set[str]] = {code: set() for code in self._left}

    def take(self, block: Block, *, middle: bool = False) -> Spot:
        """A house nobody has yet, beside a junction of the block."""
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
_SACRED = {
    "寺": ("光明寺", "浄音寺", "海蔵院", "青龍寺", "宝泉寺", "長松院", "観音寺", "普門院"),
    "神社": ("岬神社", "潮見神社", "早瀬神社", "羽黒神社", "稲荷神社", "浜の明神社", "山祇神社", "八雲神社"),
}  # fmt: skip
_CARE = (
    "しおさい", "はまなす", "つばき苑", "なぎさ", "こもれび", "さくら園", "やまなみ", "ほのぼの", "みのり",
    "かもめ苑", "ゆうやけ", "いずみ", "ひだまり苑", "せせらぎ", "あすなろ", "まつかぜ",
)  # fmt: skip


@cache
def halls() -> tuple[Hall, ...]:
    """One for every association, a centre and a home of care for every district, temples, shrines."""
    book = spot_book()
    found: list[Hall] = []
    for number, area in enumerate(associations()):
        block = blocks()[area.members[0]]
        stem = block.name if block.chome else block.town
        kind = "集会室" if not area.drawn else _KINDS[number % len(_KINDS)]
        name = f"{area.name.removesuffix('自治会').removesuffix('町内会').removesuffix('振興会')}{kind}"
        found.append(
            Hall(name if not area.drawn else stem + kind, kind, book.take(block, middle=True))
        )
    for number, district in enumerate(DISTRICTS):
        own = [b for b in blocks().values() if b.district == district.code]
        short = district.name.removesuffix("地区").split("・")[0]
        centre = f"{short}コミュニティセンター" if number % 2 == 0 else f"{short}地区公民館"
        found.append(
            Hall(
                centre, "公共施設", book.take(own[1]), f"{short}センター" if number % 2 == 0 else ""
            )
        )
        day = "デイサービスセンター" if number % 3 else "診療所"
        found.append(
            Hall(f"{_CARE[number]}{day}", "介護・医療の事業所", book.take(own[number % 3]))
        )
        sacred = list(_SACRED.items())[number % 2]
        found.append(Hall(sacred[1][number // 2], sacred[0], book.take(own[-1])))
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


_LANDMARKS: tuple[tuple[str, str], ...] = (
    ("みなと市役所", "本町一丁目"), ("みなと市立病院", "幸町一丁目"), ("みなと図書館", "本町二丁目"),
    ("みなと郵便局", "駅前町一丁目"), ("唐桑郵便局", "中の井"), ("大島郵便局", "横沼"), ("津谷郵便局", "津谷町一丁目"),
    ("城山公園", "寺坂"), ("みなと中央公園", "栄町"), ("面瀬運動公園", "川向"), ("魚市場", "魚町三丁目"),
    ("スーパーうみねこ", "城下町一丁目"), ("スーパーはやま", "松の木一丁目"), ("マルシェ面瀬", "面瀬台一丁目"),
    ("鹿の里ストア", "鹿の里二丁目"), ("津谷ふれあい市場", "津谷町二丁目"), ("唐桑灯台", "石浜"),
    ("大島フェリー跡の桟橋", "田の尻"), ("道の駅 大谷浜", "大谷浜"), ("みなと警察署", "南郷一丁目"),
    ("潮見中学校", "桜ヶ丘二丁目"), ("唐桑支所", "津本"), ("津谷支所", "津谷町一丁目"),
)  # fmt: skip
_STATIONS: tuple[tuple[str, Metre], ...] = (
    ("小泉浜駅", (1000, 3650)), ("前浜駅", (2900, 3350)), ("波見駅", (5200, 3500)), ("面瀬駅", (6030, 4600)),
    ("松の木駅", (6380, 5700)), ("みなと駅", (7070, 6980)), ("川原町駅", (6500, 8230)), ("上沢駅", (5450, 9500)),
)  # fmt: skip


@cache
def landmarks() -> tuple[tuple[str, Metre], ...]:
    """What everybody finds their way by: schools, shops, stations, tops of hills."""
    from towns.minato.divisions import schools

    book = spot_book()
    halls()  # they choose first
    found = [(name, book.take(by_name()[block]).at) for name, block in _LANDMARKS]
    found += [
        (school.name, book.take(blocks()[school.members[len(school.members) // 2]]).at)
        for school in schools()
    ]
    found += [(hall.name, hall.spot.at) for hall in halls() if hall.kind in ("寺", "神社")]
    found += list(_STATIONS)
    found += [
        (f"{name}（{height}m）", (east, north))
        for east, north, height, _, name in HILLS
        if height >= 150
    ]
    return tuple(found)
