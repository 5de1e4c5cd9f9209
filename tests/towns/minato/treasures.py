"""What all treasures have in common: the row of the list, what it means, and where it is put."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from towns.minato.blocks import Block, blocks
from towns.minato.halls import Hall, Spot, care_home_of, hall_for, spot_book
from towns.minato.people import people
from towns.minato.plan import Scope, Wanted
from towns.minato.plane import Metre, to_degrees
from towns.minato.schedules import Rhythm

Row = dict[str, str]
Kind = dict[str, Any]

ALL = "だれでも"
BOTH = "ホームページ;冊子・印刷"
ANYONE, ASK, MEMBERS = "どなたでも", "声をかけてから", "会員のみ"
RESIDENTS, CARE_OFFICE, CLINIC = "住民", "介護事業所", "医療機関"
# Nobody has found a treasure here yet.
UNVISITED = frozenset(
    {"才の神", "大の森", "鶴ヶ沢", "山口", "水梨", "石浜", "明戸", "赤岬", "松畑"}
)

_PETS = (
    "なでしこ", "ひだまり", "あじさい", "こもれび", "ゆずりは", "しおさい", "はまなす", "すみれ", "つばき", "もくれん",
    "かもめ", "よつば", "たんぽぽ", "ほほえみ", "なごみ", "つどい", "ひまわり", "れんげ", "さざんか", "ききょう",
    "すずらん", "コスモス", "こまどり", "めだか", "てまり", "ほっこり", "にじ", "はまかぜ", "ゆうなぎ", "あさなぎ",
    "ともしび", "わかば", "やまびこ", "せせらぎ", "うみねこ", "なのはな", "ほたる", "どんぐり", "つくし", "こはる",
    "ゆらり", "のんびり", "わっはっは", "ぽかぽか", "しらゆり", "みかん", "ゆず", "くるみ", "まつぼっくり", "ふたば",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Treasure:
    """One record.

    Parameters
    ----------
    row : dict
        Header to text, as the list has it, without degrees.
    at : Metre or None
        Degrees are written in the list only where it is known here.
    district, scope, rhythm
        What is meant: nothing of it can be read by the program.
    """

    layer: str
    id: str
    row: Row
    district: str | None
    scope: Scope
    rhythm: Rhythm
    at: Metre | None = None

    def cells(self) -> Row:
        """The row with its degrees."""
        if self.at is None:
            return self.row
        lon, lat = to_degrees(*self.at)
        return {**self.row, "緯度": f"{lat:.6f}", "経度": f"{lon:.6f}"}


@cache
def words(name: str) -> dict[str, Any]:
    """A file of words."""
    path = Path(__file__).parent / "words" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def katakana(text: str) -> str:
    """The same in katakana where it is hiragana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


class Turns:
    """The members of a list in turn, each list by itself."""

    def __init__(self) -> None:
        self._at: dict[str, int] = {}

    def of(self, key: str, choices: list[Any] | tuple[Any, ...]) -> Any:
        """The next of ``choices``."""
        number = self._at.get(key, 0)
        self._at[key] = number + 1
        return choices[number % len(choices)]


@dataclass
class Ground:
    """Spreads treasures over the blocks of a district as people live, and names them once."""

    used: dict[str, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    turns: Turns = field(default_factory=Turns)
    pets: int = 0

    def block(self, district: str) -> Block:
        """The block that has the fewest treasures for its people."""
        own = [b for b in blocks().values() if b.district == district and b.name not in UNVISITED]
        chosen = min(
            own,
            key=lambda b: ((self.used.get(b.code, 0) + 1) / people()[b.code].both() ** 0.7, b.code),
        )
        self.used[chosen.code] = self.used.get(chosen.code, 0) + 1
        return chosen

    def name(self, pattern: tuple[str, str] | list[str], block: Block) -> tuple[str, str]:
        """A name nobody else has, and how it is read."""
        town = town_kana(block)
        for extra, kana in (("", ""), ("第二", "ダイニ")):
            for _ in range(len(_PETS)):
                pet = _PETS[self.pets % len(_PETS)]
                self.pets += 1 if "{pet}" in pattern[0] else 0
                name = pattern[0].format(town=block.town, pet=extra + pet)
                if name not in self.names:
                    self.names.add(name)
                    return name, pattern[1].format(town=town, pet=kana + katakana(pet))
                if "{pet}" not in pattern[0]:
                    break
        return self.name((pattern[0] + " {pet}", pattern[1] + " {pet}"), block)


def town_kana(block: Block) -> str:
    """How the town of a block is read, without its 丁目."""
    for end in ("イッチョウメ", "ニチョウメ", "サンチョウメ"):
        if block.chome and block.kana.endswith(end):
            return block.kana.removesuffix(end)
    return block.kana


@cache
def ground() -> Ground:
    """The one of the whole town."""
    return Ground()


def venue_cells(hall: Hall) -> Row:
    """会場, its kind and address, as most lists have them."""
    return {"会場": hall.name, "会場の種類": hall.kind, "住所": hall.spot.address}


def spot_for(block: Block) -> Spot:
    """A house of its own in a block."""
    return spot_book().take(block)


def hall_of(block: Block, *, care: bool) -> Hall:
    """Where a group of the block meets."""
    return care_home_of(block.district) if care else hall_for(block)


def care_operator(hall: Hall) -> str:
    """Who runs what is held in a home of care or a clinic."""
    return CLINIC if "診療所" in hall.name else CARE_OFFICE


def desk(district: str) -> str:
    """The contact everybody may know."""
    return f"みなと市社協 ☎ 000-000-00{int(district):02d}"


def contact_cells(number: int, district: str) -> Row:
    """By turns: the desk for everybody, somebody's own number for the coordinator, nothing."""
    if number % 3 == 0:
        return {"連絡先": desk(district), "連絡先の公開範囲": ALL}
    return {"連絡先": f"000-000-1{number % 1000:03d}"} if number % 3 == 1 else {}


def next_of(rhythm: Rhythm) -> int:
    """A running number for each rhythm, so that every spelling has its turn."""
    return int(ground().turns.of(f"rhythm {rhythm.name}", tuple(range(1000))))


def confirmed(number: int, dice: Random) -> str:
    """A day of the year before; a few were confirmed long ago, some never."""
    if number % 29 == 7:
        return ""
    year, month = (2025, dice.randint(4, 12)) if number % 11 == 5 else (2026, dice.randint(4, 10))
    return f"{year}-{month:02d}-{dice.randint(1, 28):02d}"


def scope_cells(wanted: Wanted, number: int, *, has_consent: bool) -> Row:
    """公開範囲, 掲載の同意 and 状態 of a record."""
    cells: Row = {"公開範囲": ALL, "掲載の同意": BOTH}
    if wanted.scope in (Scope.COUNCIL, Scope.COORDINATOR):
        cells = {
            "公開範囲": wanted.scope.value,
            "掲載の同意": BOTH if wanted.scope is Scope.COUNCIL else "",
        }
    elif wanted.scope is Scope.PARTNERS:
        cells = {"公開範囲": wanted.scope.value, "掲載の同意": "支援関係者のみ"}
    elif wanted.scope is Scope.NO_WEB_CONSENT:
        cells["掲載の同意"] = ("冊子・印刷", "冊子・印刷", "冊子・印刷", "のせない")[number % 4]
    elif wanted.scope is Scope.ENDED:
        cells |= {"状態": "終了", "終了日": f"2025-{3 + number % 9:02d}-25"}
    if not has_consent:
        del cells["掲載の同意"]
    return cells
