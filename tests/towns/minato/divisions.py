"""The areas that are unions of blocks: districts, elementary schools, neighbourhood associations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union
from towns.minato.blocks import Block, blocks, blocks_in_degrees
from towns.minato.districts import DISTRICTS

# Code, name, kana, whole districts, and blocks taken from other districts.
_SCHOOLS: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("11", "みなと西小学校", "ミナトニシショウガッコウ", ("1", "6"), ()),
    ("12", "みなと中央小学校", "ミナトチュウオウショウガッコウ", ("2", "3"), ()),
    ("13", "みなと港小学校", "ミナトミナトショウガッコウ", ("4", "5"), ()),
    ("14", "鹿の里小学校", "シカノサトショウガッコウ", ("7",), ()),
    ("15", "松の木小学校", "マツノキショウガッコウ", ("8",), ("沢田", "仙石田")),
    ("16", "月見台小学校", "ツキミダイショウガッコウ", ("9",), ("茶畑", "城下町二丁目")),
    ("17", "波見台小学校", "ナミミダイショウガッコウ", ("10",), ("平浜",)),
    ("18", "亀山小学校", "カメヤマショウガッコウ", ("11",), ()),
    ("19", "面瀬台小学校", "オモセダイショウガッコウ", ("12",), ()),
    ("20", "唐桑浜小学校", "カラクワハマショウガッコウ", ("13",), ()),
    ("21", "津谷町小学校", "ツヤマチショウガッコウ", ("14",), ("外尾根",)),
    ("22", "大谷浜小学校", "オオヤハマショウガッコウ", ("15", "16"), ()),
)
_ASSOCIATIONS_OF = {
    "1": 8, "2": 5, "3": 4, "4": 4, "5": 4, "6": 3, "7": 8, "8": 5, "9": 8, "10": 6, "11": 5,
    "12": 6, "13": 10, "14": 5, "15": 4, "16": 5,
}  # fmt: skip
_KIND_OF = {
    "5": "町内会",
    "3": "町内会",
    "4": "町内会",
    "13": "振興会",
    "11": "振興会",
    "9": "振興会",
}
# Associations across a district's border: the first block says the district they are listed in.
_ACROSS = (("向畑", "緑ヶ丘二丁目"), ("平浜", "波見台二丁目"), ("内浜", "南町三丁目"))
_UNDRAWN: dict[str, tuple[str, str]] = {
    "岩月台二丁目": ("岩月台団地自治会", "イワツキダイダンチジチカイ"),
    "面瀬台三丁目": ("面瀬台団地自治会", "オモセダイダンチジチカイ"),
    "駅前町二丁目": ("駅前マンション町内会", "エキマエマンションチョウナイカイ"),
    "才の神": ("才の神開拓振興会", "サイノカミカイタクシンコウカイ"),
    "駒の浜": ("駒の浜復興住宅会", "コマノハマフッコウジュウタクカイ"),
}
_KANA_OF = {"自治会": "ジチカイ", "町内会": "チョウナイカイ", "振興会": "シンコウカイ"}


@dataclass(frozen=True, slots=True)
class Division:
    """One area and the codes of its blocks; ``drawn`` is false where nobody has drawn its border."""

    code: str
    name: str
    kana: str
    members: tuple[str, ...]
    drawn: bool = True

    @property
    def shape(self) -> BaseGeometry:
        """In EPSG:4326."""
        return unary_union([blocks_in_degrees()[code] for code in self.members])


def by_name() -> dict[str, Block]:
    """Every block by its name."""
    return {block.name: block for block in blocks().values()}


@cache
def districts() -> tuple[Division, ...]:
    """The sixteen."""
    return tuple(
        Division(
            d.code, d.name, d.kana, tuple(b.code for b in blocks().values() if b.district == d.code)
        )
        for d in DISTRICTS
    )


@cache
def schools() -> tuple[Division, ...]:
    """The twelve elementary schools; each block goes to one."""
    taken = {by_name()[name].code: code for code, _, _, _, more in _SCHOOLS for name in more}
    found = []
    for code, name, kana, whole, _ in _SCHOOLS:
        members = tuple(
            b.code
            for b in blocks().values()
            if (taken[b.code] == code if b.code in taken else b.district in whole)
        )
        found.append(Division(code, name, kana, members))
    return tuple(found)


@cache
def associations() -> tuple[Division, ...]:
    """The ninety: groups of blocks, five of which are listed but not drawn."""
    found: list[Division] = []
    across = {by_name()[n].code for pair in _ACROSS for n in pair}
    for number, district in enumerate(DISTRICTS, 1):
        own = [b for b in blocks().values() if b.district == district.code and b.code not in across]
        groups = [[b] for b in own if b.name in _UNDRAWN]
        groups += [
            [by_name()[n] for n in pair]
            for pair in _ACROSS
            if by_name()[pair[0]].district == district.code
        ]
        free = [[b] for b in own if b.name not in _UNDRAWN]
        while len(groups) + len(free) > _ASSOCIATIONS_OF[district.code]:
            _join_one_pair(free)
        for count, group in enumerate(sorted([*groups, *free], key=lambda g: g[0].code), 1):
            found.append(
                _association(f"{number}{count:02d}", group, _KIND_OF.get(district.code, "自治会"))
            )
    return tuple(found)


@cache
def undrawn_of() -> dict[str, str]:
    """The association's name by the code of a block, where nobody has drawn its border."""
    return {code: a.name for a in associations() if not a.drawn for code in a.members}


def _join_one_pair(groups: list[list[Block]]) -> None:
    """Join the two neighbours that belong together most: small ones, of one town first."""
    pairs = [
        (len(one) + len(two), one[0].town != two[0].town, -_shared_m(one, two), i, j)
        for i, one in enumerate(groups)
        for j, two in enumerate(groups)
        if i < j and _shared_m(one, two) > 20
    ]
    *_, i, j = min(pairs)
    groups[i] += groups.pop(j)


def _shared_m(one: list[Block], two: list[Block]) -> float:
    return round(
        sum(a.shape.boundary.intersection(b.shape.boundary).length for a in one for b in two), 1
    )


def _association(code: str, group: list[Block], kind: str) -> Division:
    members = tuple(b.code for b in group)
    if group[0].name in _UNDRAWN:
        return Division(code, *_UNDRAWN[group[0].name], members, drawn=False)
    first = group[0]
    whole = all(b.code in members for b in blocks().values() if b.town == first.town)
    name = first.town if whole else first.name
    kana = first.kana
    if whole and first.chome:
        kana = kana.removesuffix("イッチョウメ")
    return Division(code, name + kind, kana + _KANA_OF[kind], members)
