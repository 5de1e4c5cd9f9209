"""Tags of an OpenStreetMap thing -> what landmark it is, and how much it counts among its kind."""

from __future__ import annotations

import re

from geo.model.ground import LandmarkKind
from geo.street_intake.street_kinds import Tags

LANDMARK_KEYS = (
    "amenity",
    "healthcare",
    "historic",
    "leisure",
    "man_made",
    "natural",
    "place",
    "public_transport",
    "railway",
    "shop",
    "tourism",
    "water",
)

_BY_VALUE: tuple[tuple[str, LandmarkKind, str], ...] = (
    ("railway", LandmarkKind.STATION, "station halt"),
    ("public_transport", LandmarkKind.STATION, "station"),
    ("amenity", LandmarkKind.STATION, "bus_station ferry_terminal"),
    ("amenity", LandmarkKind.SCHOOL, "school university college kindergarten"),
    ("amenity", LandmarkKind.HALL, "townhall community_centre public_building social_centre"),
    ("amenity", LandmarkKind.POST_OFFICE, "post_office"),
    ("amenity", LandmarkKind.CLINIC, "hospital clinic doctors"),
    ("healthcare", LandmarkKind.CLINIC, "hospital clinic doctor"),
    ("amenity", LandmarkKind.LIBRARY, "library"),
    ("shop", LandmarkKind.SHOP, "supermarket convenience department_store mall general"),
    ("amenity", LandmarkKind.SHOP, "marketplace"),
    ("amenity", LandmarkKind.OTHER, "police fire_station theatre arts_centre"),
    ("tourism", LandmarkKind.OTHER, "museum"),
    ("historic", LandmarkKind.OTHER, "castle monument"),
    ("leisure", LandmarkKind.PARK, "park garden playground recreation_ground"),
    ("leisure", LandmarkKind.OTHER, "stadium sports_centre"),
    ("natural", LandmarkKind.MOUNTAIN, "peak volcano"),
    ("natural", LandmarkKind.WATER, "water bay"),
)
_TABLE = tuple((key, kind, frozenset(values.split())) for key, kind, values in _BY_VALUE)
_WORSHIP = {"shinto": LandmarkKind.SHRINE, "buddhist": LandmarkKind.TEMPLE}
# People, where the source does not count them: only the order matters.
_PEOPLE_OF_PLACE = {
    "city": 100_000,
    "town": 10_000,
    "village": 2_000,
    "suburb": 1_500,
    "quarter": 1_000,
    "hamlet": 200,
    "neighbourhood": 150,
    "island": 100,
    "islet": 10,
    "isolated_dwelling": 5,
}
# Metres along the side of such a thing, where it is drawn as a point or only its house is drawn:
# a railway station comes before a bus terminal, a school before a kindergarten.
_USUAL_SIDE_M = {
    ("railway", "station"): 300.0,
    ("railway", "halt"): 150.0,
    ("amenity", "university"): 300.0,
    ("amenity", "college"): 150.0,
    ("amenity", "school"): 120.0,
    ("amenity", "kindergarten"): 40.0,
    ("amenity", "hospital"): 100.0,
    ("amenity", "townhall"): 80.0,
    ("shop", "department_store"): 100.0,
    ("shop", "mall"): 100.0,
    ("shop", "supermarket"): 50.0,
}
_SIZED = ("railway", "amenity", "shop")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,3})?")
_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")


def landmark_kind(tags: Tags) -> LandmarkKind | None:
    """What people would call a thing when they say where something is; None for all else.

    >>> landmark_kind({"amenity": "place_of_worship", "religion": "shinto"}).value
    'shrine'
    """
    if tags.get("amenity") == "place_of_worship":
        return _WORSHIP.get(tags.get("religion", ""), LandmarkKind.OTHER)
    for key, kind, values in _TABLE:
        if tags.get(key) in values:
            return kind
    return LandmarkKind.PLACE if tags.get("place") in _PEOPLE_OF_PLACE else None


def weight_of(kind: LandmarkKind, tags: Tags, side_m: float) -> float:
    """What puts landmarks of a kind in order: people of a place, height of a peak, else size.

    The size is at least what such a thing usually has.

    Parameters
    ----------
    side_m : float
        Square root of the area in square metres; 0 for a point.
    """
    if kind is LandmarkKind.PLACE:
        return _number(tags, "population") or float(_PEOPLE_OF_PLACE.get(tags.get("place", ""), 0))
    if kind is LandmarkKind.MOUNTAIN:
        return _number(tags, "ele")
    usual_m = (_USUAL_SIDE_M.get((key, tags[key]), 0.0) for key in _SIZED if key in tags)
    return max(side_m, *usual_m, 0.0)


def _number(tags: Tags, key: str) -> float:
    found = _NUMBER.search(_THOUSANDS.sub("", tags.get(key, "")))
    return float(found.group()) if found else 0.0
