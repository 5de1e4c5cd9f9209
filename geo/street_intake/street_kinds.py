"""Tags of an OpenStreetMap way -> what kind of street it is, what marks it has, how high it lies."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geo.model.ground import StreetKind, WayMark

Tags = Mapping[str, str]


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set: dozens of them are read more easily without quotes."""
    return frozenset(text.split())


STREET_KEYS = ("highway", "railway", "public_transport", "man_made")
"""Whatever is a street has one of these keys."""

_KIND_OF_HIGHWAY = {
    "motorway": StreetKind.MOTORWAY,
    "motorway_link": StreetKind.MOTORWAY,
    "trunk": StreetKind.MAIN,
    "trunk_link": StreetKind.MAIN,
    "primary": StreetKind.MAIN,
    "primary_link": StreetKind.MAIN,
    "secondary": StreetKind.SECONDARY,
    "secondary_link": StreetKind.SECONDARY,
    "tertiary": StreetKind.TERTIARY,
    "tertiary_link": StreetKind.TERTIARY,
    "unclassified": StreetKind.LOCAL,
    "residential": StreetKind.LOCAL,
    "living_street": StreetKind.LOCAL,
    "road": StreetKind.LOCAL,
    "service": StreetKind.SERVICE,
    "busway": StreetKind.SERVICE,
    "pedestrian": StreetKind.PEDESTRIAN,
    "footway": StreetKind.FOOTWAY,
    "path": StreetKind.FOOTWAY,
    "cycleway": StreetKind.FOOTWAY,
    "bridleway": StreetKind.FOOTWAY,
    "platform": StreetKind.FOOTWAY,
    "track": StreetKind.TRACK,
    "steps": StreetKind.STEPS,
    "corridor": StreetKind.CORRIDOR,
}
_ON_FOOT_ONLY = frozenset({StreetKind.PEDESTRIAN, StreetKind.FOOTWAY})
_INDOOR = frozenset({"yes", "corridor", "highway", "footway", "area", "room"})
_PAVED = words(
    "asphalt bricks chipseal cobblestone concrete metal metal_grid paved "
    "paving_stones rubber sett tartan tiles unhewn_cobblestone wood"
)
_UNPAVED = words(
    "artificial_turf clay compacted dirt earth fine_gravel grass grass_paver gravel "
    "ground ice mud pebblestone rock salt sand shells snow soil stepping_stones "
    "unpaved woodchips"
)
_NO = frozenset({"", "no", "0", "false"})
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,3})?")
_LOWEST, _HIGHEST = -20, 100


def highways(tags: Tags) -> list[str]:
    """The values of ``highway``: a mapper may write several, as in ``footway;steps``."""
    return [word.strip() for word in tags.get("highway", "").split(";")]


def street_kind(tags: Tags) -> StreetKind | None:
    """What kind of street a way is, walkable or not; None where it is none (yet, or any more).

    >>> street_kind({"highway": "footway", "indoor": "yes"}).name
    'CORRIDOR'
    >>> street_kind({"highway": "construction"}) is None
    True
    """
    kinds = (_KIND_OF_HIGHWAY[word] for word in highways(tags) if word in _KIND_OF_HIGHWAY)
    kind = next(kinds, None)
    if kind is None and _is_platform(tags):
        kind = StreetKind.FOOTWAY
    if kind in _ON_FOOT_ONLY and (is_indoor(tags) or _is_underground(tags)):
        return StreetKind.CORRIDOR
    return kind


def street_marks(tags: Tags) -> WayMark:
    """Bridge, tunnel, indoor, surface and steps."""
    marks = WayMark.NONE
    if is_bridge(tags):
        marks |= WayMark.BRIDGE
    if is_tunnel(tags):
        marks |= WayMark.TUNNEL
    if is_indoor(tags):
        marks |= WayMark.INDOOR
    if "steps" in highways(tags):
        marks |= WayMark.STEPS
    surface = tags.get("surface", "").split(";")[0].split(":")[0].strip()
    if surface in _PAVED:
        marks |= WayMark.PAVED
    elif surface in _UNPAVED:
        marks |= WayMark.UNPAVED
    return marks


def is_bridge(tags: Tags) -> bool:
    """Whether the way is on a bridge."""
    return tags.get("bridge", "") not in _NO


def is_tunnel(tags: Tags) -> bool:
    """Whether the way runs through a tunnel, a passage or a building."""
    return tags.get("tunnel", "") not in _NO


def is_indoor(tags: Tags) -> bool:
    """Whether the way runs inside a building."""
    return "corridor" in highways(tags) or tags.get("indoor", "") in _INDOOR


def level_of(tags: Tags) -> int:
    """How high a thing lies: its ``layer``, else its lowest ``level``, else bridge 1, tunnel -1.

    >>> level_of({"level": "-2;-1"}), level_of({"layer": "3", "level": "0"})
    (-2, 3)
    """
    for key in ("layer", "level"):
        numbers = [float(found) for found in _NUMBER.findall(tags.get(key, ""))]
        if numbers:
            return int(max(_LOWEST, min(_HIGHEST, *numbers, _HIGHEST)) // 1)
    if is_bridge(tags):
        return 1
    return -1 if is_tunnel(tags) and tags.get("tunnel") != "building_passage" else 0


def _is_underground(tags: Tags) -> bool:
    return is_tunnel(tags) and level_of(tags) < 0


def _is_platform(tags: Tags) -> bool:
    # A pier, too, is laid down to be walked on.
    return (
        tags.get("railway") == "platform"
        or tags.get("public_transport") == "platform"
        or tags.get("man_made") == "pier"
    )
