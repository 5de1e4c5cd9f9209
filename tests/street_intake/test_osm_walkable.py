"""The rules, one line each: who may walk where, what a way is, how high it lies."""

from __future__ import annotations

import doctest

import pytest

from geo.model.ground import StreetKind, WayMark
from geo.street_intake import ground_kinds, landmark_kinds, street_kinds, walkable
from geo.street_intake.street_kinds import level_of, street_kind, street_marks
from geo.street_intake.walkable import is_walkable, shuts_out

_OPEN = """footway path pedestrian steps corridor residential service track living_street
unclassified road cycleway bridleway platform"""
_ROADS = "trunk primary secondary tertiary"


def _tags(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split(" ") if pair)


@pytest.mark.parametrize(
    "tags",
    [
        *(f"highway={kind}" for kind in _OPEN.split()),
        *(f"highway={kind}{link}" for kind in _ROADS.split() for link in ("", "_link")),
        "highway=footway;steps",
        "highway=service access=private foot=yes",
        "highway=service access=no foot=designated",
        "highway=service access=no foot=permissive",
        "highway=service access=private foot=destination",
        "highway=service access=destination",
        "highway=service access=permissive",
        "highway=residential motor_vehicle=no",
        "highway=trunk expressway=yes sidewalk=both",
        "highway=trunk motorroad=yes foot=yes",
        "highway=busway foot=yes",
        "highway=steps conveying=forward",
        "highway=pedestrian area=yes",
        "highway=footway indoor=yes level=-1",
        "highway=platform railway=platform",
        "railway=platform tram=yes",
        "railway=platform foot=yes",
        "public_transport=platform",
        "public_transport=platform bus=yes",
        "man_made=pier",
        "highway=residential foot=whatever",
    ],
)
def test_one_may_walk_there(tags: str) -> None:
    assert is_walkable(_tags(tags))


@pytest.mark.parametrize(
    "tags",
    [
        "highway=motorway",
        "highway=motorway foot=yes",
        "highway=motorway_link",
        "highway=trunk foot=no",
        "highway=trunk motorroad=yes",
        "highway=trunk expressway=yes",
        "highway=trunk expressway=yes sidewalk=no",
        "highway=cycleway foot=no",
        "highway=footway foot=private",
        "highway=footway foot=customers",
        "highway=residential foot=use_sidepath",
        "highway=footway foot=yes;private",
        "highway=service access=private",
        "highway=service service=driveway access=private",
        "highway=steps access=no",
        "highway=service access=customers",
        "highway=footway access=permit",
        "highway=residential access=private;destination",
        "highway=construction construction=residential",
        "highway=proposed",
        "highway=abandoned",
        "highway=path abandoned=yes",
        "highway=raceway",
        "highway=bus_stop",
        "highway=busway",
        "railway=rail",
        "waterway=river",
        "railway=platform",
        "railway=platform access=yes",
        "public_transport=platform train=yes",
        "public_transport=platform subway=yes",
        "",
    ],
)
def test_one_may_not_walk_there(tags: str) -> None:
    assert not is_walkable(_tags(tags))


@pytest.mark.parametrize(
    ("tags", "is_shut"),
    [
        ("barrier=gate access=private", True),
        ("barrier=gate access=no", True),
        ("barrier=gate access=private foot=yes", False),
        ("barrier=gate foot=no", True),
        ("barrier=gate locked=yes", True),
        ("barrier=gate locked=yes foot=permissive", False),
        ("barrier=gate", False),
        ("barrier=bollard", False),
        ("barrier=lift_gate", False),
        ("barrier=wall", True),
        ("barrier=fence foot=yes", False),
        ("barrier=no access=no", False),
        ("access=no", False),
    ],
)
def test_gates(tags: str, is_shut: bool) -> None:
    assert shuts_out(_tags(tags)) is is_shut


@pytest.mark.parametrize(
    ("tags", "kind", "marks"),
    [
        ("highway=motorway_link", StreetKind.MOTORWAY, WayMark.NONE),
        ("highway=trunk bridge=yes", StreetKind.MAIN, WayMark.BRIDGE),
        ("highway=primary_link", StreetKind.MAIN, WayMark.NONE),
        ("highway=secondary tunnel=yes", StreetKind.SECONDARY, WayMark.TUNNEL),
        ("highway=tertiary bridge=no", StreetKind.TERTIARY, WayMark.NONE),
        ("highway=residential surface=asphalt", StreetKind.LOCAL, WayMark.PAVED),
        ("highway=living_street surface=concrete:plates", StreetKind.LOCAL, WayMark.PAVED),
        ("highway=service surface=gravel", StreetKind.SERVICE, WayMark.UNPAVED),
        ("highway=track surface=fine_gravel;asphalt", StreetKind.TRACK, WayMark.UNPAVED),
        ("highway=pedestrian", StreetKind.PEDESTRIAN, WayMark.NONE),
        ("highway=cycleway", StreetKind.FOOTWAY, WayMark.NONE),
        ("highway=steps", StreetKind.STEPS, WayMark.STEPS),
        ("highway=footway;steps", StreetKind.FOOTWAY, WayMark.STEPS),
        ("highway=steps indoor=yes", StreetKind.STEPS, WayMark.STEPS | WayMark.INDOOR),
        ("highway=corridor", StreetKind.CORRIDOR, WayMark.INDOOR),
        ("highway=footway indoor=yes", StreetKind.CORRIDOR, WayMark.INDOOR),
        ("highway=footway indoor=no", StreetKind.FOOTWAY, WayMark.NONE),
        ("highway=footway tunnel=yes layer=-1", StreetKind.CORRIDOR, WayMark.TUNNEL),
        ("highway=footway tunnel=building_passage", StreetKind.FOOTWAY, WayMark.TUNNEL),
        ("highway=residential tunnel=yes layer=-1", StreetKind.LOCAL, WayMark.TUNNEL),
        ("railway=platform", StreetKind.FOOTWAY, WayMark.NONE),
        ("highway=construction", None, WayMark.NONE),
    ],
)
def test_kind_and_marks(tags: str, kind: StreetKind | None, marks: WayMark) -> None:
    assert (street_kind(_tags(tags)), street_marks(_tags(tags))) == (kind, marks)


@pytest.mark.parametrize(
    ("tags", "level"),
    [
        ("", 0),
        ("layer=2", 2),
        ("layer=-1 level=3", -1),
        ("level=0;-1", -1),
        ("level=-0.5", -1),
        ("bridge=yes", 1),
        ("tunnel=yes", -1),
        ("tunnel=building_passage", 0),
        ("layer=upstairs", 0),
        ("layer=999", 100),
        ("layer=-999", -20),
        ("layer=１", 1),
    ],
)
def test_level(tags: str, level: int) -> None:
    assert level_of(_tags(tags)) == level


@pytest.mark.parametrize("module", [street_kinds, walkable, ground_kinds, landmark_kinds])
def test_examples_in_the_docstrings(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert (found.failed, found.attempted > 0) == (0, True)
