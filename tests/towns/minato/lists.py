"""All lists of the town in the order of their flags."""

from __future__ import annotations

from functools import cache

from towns.minato.clubs import CLUB_HEADER, SALON_HEADER, salons, senior_clubs
from towns.minato.gatherings import HEADER as GATHERING_HEADER
from towns.minato.gatherings import gathering_places
from towns.minato.helps import HEADER as HELP_HEADER
from towns.minato.helps import HOME_HEADER, home_gatherings, neighbour_helps, shared_tables
from towns.minato.stops import CAFE_HEADER, STOP_HEADER, mobile_sales_stops, open_air_cafes
from towns.minato.treasures import Treasure

HEADERS: dict[str, str] = {
    "gathering_place": GATHERING_HEADER,
    "salon": SALON_HEADER,
    "mobile_sales_stop": STOP_HEADER,
    "senior_club": CLUB_HEADER,
    "neighbour_help": HELP_HEADER,
    "shared_table": HELP_HEADER,
    "open_air_cafe": CAFE_HEADER,
    "home_gathering": HOME_HEADER,
}
# Numbers that were given and are no more: the record left the lists, its number stays.
RETIRED: dict[int, tuple[str, str]] = {
    24: ("gathering_place", "G900"),
    113: ("gathering_place", "G901"),
    257: ("salon", "S900"),
    366: ("mobile_sales_stop", "M90"),
}
GIVEN_ON = "2026-04-01"


@cache
def lists() -> dict[str, tuple[Treasure, ...]]:
    """Layer to treasures. The order of making is fixed: names and houses are given out once."""
    return {
        "gathering_place": gathering_places(),
        "salon": salons(),
        "mobile_sales_stop": mobile_sales_stops(),
        "senior_club": senior_clubs(),
        "neighbour_help": neighbour_helps(),
        "shared_table": shared_tables(),
        "open_air_cafe": open_air_cafes(),
        "home_gathering": home_gatherings(),
    }


def numbers() -> list[tuple[int, str, str]]:
    """The ledger: number, layer, id; nobody gets a retired number."""
    free = (n for n in range(1, 10_000) if n not in RETIRED)
    given = [(next(free), t.layer, t.id) for treasures in lists().values() for t in treasures]
    return sorted([*given, *((n, layer, identity) for n, (layer, identity) in RETIRED.items())])
