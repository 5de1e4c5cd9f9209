"""What a gazetteer is built from, and what it answers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import msgspec

from geo.model.audience import Placed

_DEGREE_M = 111_320.0


class VenuePlace(msgspec.Struct, frozen=True):
    """A place of the town that has a name: a hall, a school, a shelter.

    Parameters
    ----------
    name : str
        As the list spells it.
    aliases : tuple of str
        Other names of the same place (名称_通称).
    address : str or None
        As the list spells it; it also places records that have the very same address.
    lon, lat : float
        Degrees, EPSG:4326.
    source : str
        What the clerk calls the list.
    """

    name: str
    lon: float
    lat: float
    source: str
    aliases: tuple[str, ...] = ()
    address: str | None = None


class AddressPlace(msgspec.Struct, frozen=True):
    """One line of an address gazetteer.

    Parameters
    ----------
    town : str
        大字・町丁目, with its 丁目: ``本町二丁目``.
    number : str or None
        街区符号・地番 for level ADDRESS, None for level BLOCK.
    level : Placed
        ADDRESS (番地・街区) or BLOCK (町丁目・大字).
    small_area : str
        小字・通称名, empty where there is none.
    prefecture, municipality : str
        As the source names them (``港郡浜町``, ``みなと市東区``); empty where it does not.
    lon, lat : float
        Degrees, EPSG:4326.
    source : str
        What the clerk calls the source.
    reach_m : float or None
        How far the area reaches from the point, metres, where the source tells.
    """

    town: str
    lon: float
    lat: float
    level: Placed
    source: str
    number: str | None = None
    small_area: str = ""
    prefecture: str = ""
    municipality: str = ""
    reach_m: float | None = None


@dataclass(frozen=True, slots=True)
class MunicipalityName:
    """A municipality whose addresses may be written without its name."""

    name: str
    prefecture: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point a record may lie at.

    Parameters
    ----------
    lon, lat : float
        Degrees, EPSG:4326.
    placed : Placed
        VENUE, ADDRESS or BLOCK.
    matched : str
        The gazetteer's own text that matched, in its own spelling.
    source : str
        What the clerk calls the source.
    """

    lon: float
    lat: float
    placed: Placed
    matched: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a gazetteer knows of one record.

    Parameters
    ----------
    place : Candidate or None
        The one place; None when there is none or when it would be a guess.
    candidates : tuple of Candidate
        The place alone, or every place it may be; empty when nothing matched.
    why_ja : str
        One sentence when there is no place; empty when there is.
    """

    place: Candidate | None
    candidates: tuple[Candidate, ...] = ()
    why_ja: str = ""


def apart_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Metres between two points of one town (EPSG:4326 in), good to a few metres in a thousand.

    >>> round(apart_m(138.32, 34.85, 138.32, 34.86))
    1113
    """
    north = (other_lat - lat) * _DEGREE_M
    east = (other_lon - lon) * _DEGREE_M * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(north, east)
