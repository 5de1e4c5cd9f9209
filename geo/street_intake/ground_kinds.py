"""Tags of an OpenStreetMap thing -> what shape of the base map it is."""

from __future__ import annotations

from geo.model.ground import GroundKind
from geo.street_intake.street_kinds import STREET_KEYS, Tags, is_tunnel, level_of, words

# Every shape asks for one of these keys, so that all else is dropped before Python sees it.
SURFACE_KEYS = ("building", "natural", "water", "waterway", "landuse", "leisure", "amenity")
LINE_KEYS = (*STREET_KEYS, "waterway", "natural")

# A roof stands over what people steer by: the arcade's street, the platform.
_NO_BUILDING = frozenset(
    {"no", "construction", "proposed", "demolished", "razed", "collapsed", "roof"}
)
_RAILWAYS = words("rail subway tram light_rail monorail narrow_gauge funicular preserved")
_YARDS = frozenset({"yard", "siding", "crossover"})
_RIVERS = frozenset({"river", "canal", "tidal_channel"})
_STREAMS = frozenset({"stream", "ditch", "drain", "brook"})
_WATER = {
    "natural": frozenset({"water"}),
    "waterway": frozenset({"riverbank", "dock"}),
    "landuse": frozenset({"reservoir", "basin"}),
}
_PARK = {
    "leisure": words(
        "park garden pitch playground golf_course recreation_ground common dog_park sports_centre"
    ),
    "landuse": frozenset({"cemetery", "grass", "recreation_ground", "village_green"}),
    "amenity": frozenset({"grave_yard"}),
    "natural": frozenset({"grassland"}),
}
_FARMLAND = {
    "landuse": words("allotments farm farmland meadow orchard paddy plant_nursery vineyard"),
}
_WOOD = {"natural": frozenset({"wood"}), "landuse": frozenset({"forest"})}
# Of a wooded park the park is what one goes to.
_SURFACES = (
    (GroundKind.LAKE, _WATER),
    (GroundKind.PARK, _PARK),
    (GroundKind.FARMLAND, _FARMLAND),
    (GroundKind.WOOD, _WOOD),
)


def surface_kind(tags: Tags) -> GroundKind | None:
    """What a closed shape is; None where the base map has no place for it.

    >>> surface_kind({"leisure": "park", "natural": "wood"})
    <GroundKind.PARK: 'park'>
    """
    building = tags.get("building", "no")
    if building not in _NO_BUILDING:
        is_buried = tags.get("location") == "underground" or level_of(tags) < 0
        return None if is_buried else GroundKind.BUILDING
    for kind, values in _SURFACES:
        if any(tags.get(key) in wanted for key, wanted in values.items()):
            return kind
    return None


def line_kind(tags: Tags) -> GroundKind | None:
    """What a line is, streets left out: rail, river, stream.

    Water in pipes is not drawn: nobody sees it. Nor are the sidings of a yard.
    """
    if tags.get("railway") in _RAILWAYS:
        return None if tags.get("service") in _YARDS else GroundKind.RAIL
    waterway = tags.get("waterway")
    if waterway is None or is_tunnel(tags):
        return None
    if waterway in _RIVERS:
        return GroundKind.RIVER
    return GroundKind.STREAM if waterway in _STREAMS else None


def is_coast(tags: Tags) -> bool:
    """Whether a line is a coast, with the land to its left and the sea to its right."""
    return tags.get("natural") == "coastline"
