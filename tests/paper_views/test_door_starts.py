"""Where a walk may begin, from what two lists call by one name."""

from __future__ import annotations

from dataclasses import replace

from paper_district.printed_areas import area_of, said

from geo.model.ground import LandmarkKind
from geo.questions.named_places import NamedPlace
from webmap.paper.asking.door_starts import VENUES, door_named, door_starts


def test_a_hall_in_two_lists_is_one_place_and_two_of_one_name_are_two() -> None:
    """At 35° north 0.001° are 111 m from south to north and 91 m from west to east."""
    area = area_of([said(1, venue="ますめ会館")], neighbours=(), backdrops=())
    flag = area.flags[0]
    near = NamedPlace(LandmarkKind.HALL, "ますめ会館", flag.lon + 0.001, flag.lat + 0.0008)
    far = replace(near, lat=flag.lat + 0.0014)
    other = replace(near, name="ますめ公園", kind=LandmarkKind.PARK)
    starts = door_starts([near, other], area)
    assert [one.name for one in starts[VENUES]] == ["ますめ会館"]
    assert list(starts) == [VENUES, LandmarkKind.PARK.value]
    assert door_named("ますめ会館", starts) == starts[VENUES][0]
    both = door_starts([far], area)
    assert door_named("ますめ会館", both) is None
    assert door_named("hall:ますめ会館:1", both) == both["hall"][0]
    assert [one.of for one in both["hall"]] == [1]
