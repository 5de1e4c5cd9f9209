"""What has not been found yet: streets out of reach, with the people who live along them."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model.answers import AreaInfo, GeoJson
from geo.model.coverage_answer import CoverageAnswer


@dataclass(frozen=True, slots=True)
class Gap:
    """One connected piece of streets from which no place is within the limit.

    Parameters
    ----------
    people : int or None
        Of the band asked; None where 1 to 9 live there.
    names : tuple of str
        町丁 along it, those with the most people first, at most five.
    streets_m : int
        Metres of streets.
    nearest : str or None
        The nearest place (mark and name, as this reader may see it); None where no walk leads to
        one.
    nearest_m : int or None
        How far that is by level streets, in metres: from the middle of its people.
    lon, lat : float
        The middle of its people, on a street; EPSG:4326.
    lines : GeoJson
        MultiLineString, EPSG:4326.
    """

    people: int | None
    names: tuple[str, ...]
    streets_m: int
    nearest: str | None
    nearest_m: int | None
    lon: float
    lat: float
    lines: GeoJson


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """The gaps of one area.

    ``gaps`` come in order for 担当者だけ (most people first); for everybody else from north to
    south, which says nothing. ``unvisited`` are 町丁 of which no record of any kind is known: told to
    担当者だけ, None for others.
    """

    area: AreaInfo
    coverage: CoverageAnswer
    gaps: tuple[Gap, ...]
    unvisited: tuple[str, ...] | None
