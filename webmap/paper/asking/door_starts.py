"""Where a walk may begin: places that people know by name, so that nobody asks for coordinates."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import WordsError
from geo.model.map_answer import MapAnswer

if TYPE_CHECKING:
    from geo.questions.named_places import NamedPlace

VENUES = "venue"
"""The group of the halls in which treasures are held; the other groups are kinds of landmarks."""

_FARTHEST_DEG = 0.2


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

    Parameters
    ----------
    places : iterable of NamedPlace
        Of the area.
    area : MapAnswer
        What may be on paper of it: the name of a hall is printed. Halls that are known to their
        block only are left out.
    """
    spots: dict[str, list[tuple[str, float, float]]] = {}
    for flag in area.flags:
        if not flag.approximate:
            for entry in area.entries:
                if entry.number in flag.numbers and entry.venue:
                    spots.setdefault(VENUES, []).append((entry.venue, flag.lon, flag.lat))
    for place in places:
        spots.setdefault(place.kind.value, []).append((place.name, place.lon, place.lat))
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


def _starts(group: str, spots: Iterable[tuple[str, float, float]]) -> Iterable[DoorStart]:
    """By name; those of one name from north to south."""
    once = sorted(set(spots), key=lambda spot: (spot[0], -spot[2], spot[1]))
    of = Counter(name for name, _, _ in once)
    nth: Counter[str] = Counter()
    for name, lon, lat in once:
        nth[name] += 1
        yield DoorStart(f"{group}:{name}:{nth[name]}", name, nth[name], of[name], lon, lat)
