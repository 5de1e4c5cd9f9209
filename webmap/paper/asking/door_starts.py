"""Where a walk may begin: places that people know by name, so that nobody asks for coordinates."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import WordsError
from geo.model.map_answer import MapAnswer

if TYPE_CHECKING:
    from geo.questions.named_places import NamedPlace

VENUES = "venue"
"""The group of the halls in which treasures are held; the other groups are kinds of landmarks."""

SAME_PLACE_M = 150.0
"""A hall stands in the list of treasures and in the town's list of halls, not always at one door."""

_FARTHEST_DEG = 0.2
_M_PER_DEG = 111_000.0


@dataclass(frozen=True, slots=True)
class DoorStart:
    """Where a walk begins.

    Parameters
    ----------
    key : str
        What the form says.
    name : str
        For the title of the sheet.
    nth, of : int
        Of so many places of this name, from north to south.
    lon, lat : float
        Degrees (EPSG:4326).
    """

    key: str
    name: str
    nth: int
    of: int
    lon: float
    lat: float


def door_starts(places: Iterable[NamedPlace], area: MapAnswer) -> dict[str, tuple[DoorStart, ...]]:
    """Everything a walk may begin at, by group: the halls of the treasures, then the landmarks.

    What two lists call by one name within `SAME_PLACE_M` is one place, and stands in the first group.

    Parameters
    ----------
    places : iterable of NamedPlace
        Of the area.
    area : MapAnswer
        What may be on paper of it: the name of a hall is printed. Halls that are known to their
        block only are left out.
    """
    spots: dict[str, list[tuple[str, float, float]]] = {}
    known: dict[str, list[tuple[float, float]]] = {}
    for group, name, lon, lat in (*_venues(area), *_landmarks(places)):
        if not any(_is_same(spot, (lon, lat)) for spot in known.setdefault(name, [])):
            known[name].append((lon, lat))
            spots.setdefault(group, []).append((name, lon, lat))
    return {group: tuple(_starts(group, found)) for group, found in spots.items()}


def door_named(given: str, groups: dict[str, tuple[DoorStart, ...]]) -> DoorStart | None:
    """The place of a key; or of a name, where there is one place of that name only."""
    starts = [start for found in groups.values() for start in found]
    by_key = next((start for start in starts if start.key == given), None)
    if by_key is not None:
        return by_key
    named = [start for start in starts if start.name == given]
    return named[0] if len(named) == 1 else None


def door_point(lon: str, lat: str, area: MapAnswer) -> tuple[float, float]:
    """A point as somebody wrote or pressed it: longitude and latitude in degrees (EPSG:4326).

    Raises
    ------
    WordsError
        Where it is none, or far from the area. No error ever says which point it was.
    """
    try:
        x, y = float(lon), float(lat)
    except ValueError:
        x = y = math.nan
    west, south, east, north = area.bounds or (math.nan,) * 4
    near = west - _FARTHEST_DEG <= x <= east + _FARTHEST_DEG
    if not (near and south - _FARTHEST_DEG <= y <= north + _FARTHEST_DEG):
        raise WordsError(
            "no place near this area",
            message_ja="その場所は、この地区の地図の上にありません。",
            hint_ja="地図の上で、もう一度えらんでください。",
        )
    return x, y


def _venues(area: MapAnswer) -> Iterator[tuple[str, str, float, float]]:
    entries = {entry.number: entry for entry in area.entries}
    for flag in area.flags:
        if not flag.approximate:
            for number in flag.numbers:
                if venue := entries[number].venue:
                    yield VENUES, venue, flag.lon, flag.lat


def _landmarks(places: Iterable[NamedPlace]) -> Iterator[tuple[str, str, float, float]]:
    for place in places:
        yield place.kind.value, place.name, place.lon, place.lat


def _is_same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two points in degrees are less than `SAME_PLACE_M` apart, as near as matters here."""
    north_m = (one[1] - other[1]) * _M_PER_DEG
    east_m = (one[0] - other[0]) * _M_PER_DEG * math.cos(math.radians(one[1]))
    return math.hypot(east_m, north_m) < SAME_PLACE_M


def _starts(group: str, spots: Iterable[tuple[str, float, float]]) -> Iterable[DoorStart]:
    """By name; those of one name from north to south."""
    once = sorted(set(spots), key=lambda spot: (spot[0], -spot[2], spot[1]))
    of = Counter(name for name, _, _ in once)
    nth: Counter[str] = Counter()
    for name, lon, lat in once:
        nth[name] += 1
        yield DoorStart(f"{group}:{name}:{nth[name]}", name, nth[name], of[name], lon, lat)
