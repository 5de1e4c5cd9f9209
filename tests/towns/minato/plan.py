"""How many treasures of which kind each district has, and which of them are shown to whom.

The first three columns, counted monthly or more, are the published table of Kesennuma (March 2024).
None stands for a blank: nothing of that kind meets monthly there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from towns.minato.schedules import Rhythm


class Scope(Enum):
    """Why somebody on the web does not see a treasure, or PUBLIC."""

    PUBLIC = "だれでも"
    COUNCIL = "協議体まで"
    PARTNERS = "支援関係者まで"
    COORDINATOR = "担当者だけ"
    NO_WEB_CONSENT = "ホームページの同意なし"
    ENDED = "終了"
    COUNTED = "数えるだけ"


# District: gathering places, senior clubs, salons that meet monthly or more.
MONTHLY: dict[str, tuple[int, int | None, int | None]] = {
    "1": (15, None, 3), "2": (4, None, 4), "3": (1, None, 1), "4": (5, None, 4), "5": (2, None, None),
    "6": (1, None, None), "7": (12, 3, 6), "8": (2, None, 10), "9": (11, 7, 3), "10": (4, None, 3),
    "11": (4, 1, None), "12": (5, None, 7), "13": (22, None, 2), "14": (2, None, 1), "15": (3, None, None),
    "16": (4, None, 4),
}  # fmt: skip
# District: of the same three, what meets less often.
SELDOM: dict[str, tuple[int, int, int]] = {
    "1": (1, 1, 0), "2": (1, 0, 0), "3": (0, 0, 1), "4": (1, 0, 0), "5": (1, 0, 0), "6": (0, 0, 0),
    "7": (2, 1, 0), "8": (1, 0, 1), "9": (1, 0, 1), "10": (1, 1, 0), "11": (0, 0, 1), "12": (1, 0, 0),
    "13": (2, 0, 0), "14": (1, 0, 1), "15": (0, 1, 0), "16": (1, 0, 1),
}  # fmt: skip
# District: stops of the mobile shop, help, shared tables, open-air cafés.
OTHERS: dict[str, tuple[int, int, int, int]] = {
    "1": (3, 4, 3, 0), "2": (3, 3, 2, 1), "3": (1, 3, 3, 0), "4": (1, 3, 2, 0), "5": (1, 2, 2, 0),
    "6": (0, 1, 0, 0), "7": (5, 4, 3, 0), "8": (3, 4, 3, 0), "9": (4, 3, 2, 0), "10": (3, 4, 2, 0),
    "11": (3, 3, 1, 0), "12": (2, 1, 1, 0), "13": (6, 4, 3, 0), "14": (3, 3, 2, 0), "15": (2, 2, 1, 1),
    "16": (4, 2, 2, 0),
}  # fmt: skip
# Layer: how many of each hidden kind.
HIDDEN: dict[str, dict[Scope, int]] = {
    "gathering_place": {
        Scope.COUNCIL: 12, Scope.PARTNERS: 12, Scope.COORDINATOR: 17, Scope.NO_WEB_CONSENT: 12,
        Scope.ENDED: 5,
    },
    "senior_club": {
        Scope.COUNCIL: 3, Scope.PARTNERS: 4, Scope.COORDINATOR: 3, Scope.NO_WEB_CONSENT: 4,
    },
    "salon": {Scope.COUNCIL: 2, Scope.PARTNERS: 4, Scope.COORDINATOR: 1, Scope.ENDED: 3},
    "mobile_sales_stop": {Scope.ENDED: 2},
    "neighbour_help": {Scope.COUNCIL: 3, Scope.PARTNERS: 4, Scope.COORDINATOR: 3},
    "shared_table": {Scope.COUNCIL: 2, Scope.PARTNERS: 2, Scope.COORDINATOR: 2},
    "home_gathering": {Scope.COUNTED: 24},
}  # fmt: skip
# Layer: districts where the first public record is run by a care or medical organisation.
CARE: dict[str, frozenset[str]] = {
    "gathering_place": frozenset({"1", "2", "7", "9", "10", "13"}),
    "salon": frozenset({"1", "4", "7", "8", "12", "16"}),
    "neighbour_help": frozenset({"1", "2", "3", "4", "7", "8", "9", "13"}),
    "shared_table": frozenset({"1", "3", "8", "10", "13", "14"}),
}
HELP_FROM_AFAR = 2
"""Public help by telephone or letter, which has no place at all."""

_FREQUENT: dict[str, tuple[Rhythm, ...]] = {
    "gathering_place": (
        Rhythm.WEEKLY, Rhythm.FORTNIGHTLY, Rhythm.MONTHLY, Rhythm.WEEKLY, Rhythm.MONTHLY, Rhythm.WEEKLY,
        Rhythm.FORTNIGHTLY,
    ),
    "senior_club": (Rhythm.MONTHLY, Rhythm.MONTHLY, Rhythm.FORTNIGHTLY),
    "salon": (Rhythm.MONTHLY, Rhythm.FORTNIGHTLY, Rhythm.MONTHLY, Rhythm.WEEKLY),
}  # fmt: skip
_RARE = (
    Rhythm.BIMONTHLY, Rhythm.SEASONAL, Rhythm.YEARLY, Rhythm.UNKNOWN, Rhythm.BIMONTHLY, Rhythm.UNKNOWN,
)  # fmt: skip
_COLUMN = ("gathering_place", "senior_club", "salon")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One treasure to be made: ``first`` is true for the first public one of its district."""

    district: str
    scope: Scope
    rhythm: Rhythm
    first: bool = False


def wanted(layer: str) -> Iterator[Wanted]:
    """Everything one of the three counted layers shall hold, district by district."""
    column = _COLUMN.index(layer)
    frequent = rare = 0
    for district in MONTHLY:
        for number in range(MONTHLY[district][column] or 0):
            rhythm = _FREQUENT[layer][frequent % len(_FREQUENT[layer])]
            frequent += 1
            yield Wanted(district, Scope.PUBLIC, rhythm, number == 0)
        for _ in range(SELDOM[district][column]):
            yield Wanted(district, Scope.PUBLIC, _RARE[(rare + column) % len(_RARE)])
            rare += 1
    yield from hidden(layer, _FREQUENT[layer])


def hidden(layer: str, rhythms: tuple[Rhythm, ...]) -> Iterator[Wanted]:
    """The hidden ones of a layer, dealt round the districts that have many people first."""
    order = ("8", "7", "1", "12", "13", "2", "9", "3", "10", "4", "6", "5", "14", "16", "11", "15")
    dealt = 0
    for scope, count in HIDDEN.get(layer, {}).items():
        for _ in range(count):
            yield Wanted(order[dealt % len(order)], scope, rhythms[dealt % len(rhythms)])
            dealt += 1
