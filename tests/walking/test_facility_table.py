"""The table of places: every case that can be worked out with a pencil.

    0 --e0 1000-- 1 --e1 1000-- 2 --e2 1000-- 3        4 --e3 500-- 5

Decimetres; e3 is a piece of its own.
"""

from __future__ import annotations

import numpy as np
import pytest
from walking.drawn_streets import all_of, costs_of, drawn, spots

from geo.walking.facility_table import FacilityTable
from geo.walking.spots import Spots
from geo.walking.walk_costs import WalkRules, walk_costs
from geo.walking.walk_graph import NEVER, WalkGraph, pack_graph

CROSSINGS = [(0.0, 0.0), (100.0, 0.0), (200.0, 0.0), (300.0, 0.0), (0.0, 500.0), (50.0, 500.0)]
EDGES = [(0, 1), (1, 2), (2, 3), (4, 5)]


def row_graph(there: list[int] | None = None, back: list[int] | None = None) -> WalkGraph:
    return pack_graph(drawn(CROSSINGS, EDGES), costs_of(there or [1000, 1000, 1000, 500], back))


def table_of(places: Spots, limit_dm: int, graph: WalkGraph | None = None) -> FacilityTable:
    return FacilityTable.build(graph or row_graph(), places, limit_dm)


def test_nodes_within_the_limit() -> None:
    """A place in the middle of e0: 500 to 0 and 1, 1,500 to 2 and no farther; 4 and 5 never."""
    table = table_of(spots((0, 0.5)), 1500)
    assert table.rows == 3
    assert table.nearest_nodes(all_of(table.places)).tolist() == [500, 500, 1500] + [NEVER] * 3


def test_exactly_at_the_limit_is_within() -> None:
    """From the start of e2, 2,000, to a place 5 m away from node 0: 2,050 dm in all."""
    places, target = spots((0, 0.0, 5.0)), spots((2, 0.0))
    assert table_of(places, 2050).nearest(target, all_of(places)).tolist() == [2050]
    assert table_of(places, 2049).nearest(target, all_of(places)).tolist() == [NEVER]
    assert [len(c) for c in table_of(places, 2049).pairs(target, all_of(places))] == [0, 0, 0]


def test_away_counts_on_both_sides() -> None:
    """12.34 m and 7.05 m beside the street are 123 and 71 dm; along it 400."""
    places, target = spots((1, 0.9, 12.34)), spots((1, 0.5, 7.05))
    assert table_of(places, 9000).nearest(target, all_of(places)).tolist() == [400 + 123 + 71]


def test_on_one_edge_there_and_back() -> None:
    """Up e1 costs 3,000, down it 1,000; past the place on either side, and where it is.

    From 0.25 up to 0.75: half of 3,000; from 1.0 down to 0.75: a quarter of 1,000.
    """
    graph = row_graph([1000, 3000, 1000, 500], [1000, 1000, 1000, 500])
    places = spots((1, 0.75))
    found = table_of(places, 9000, graph).nearest(
        spots((1, 0.25), (1, 1.0), (1, 0.75), (0, 1.0), (2, 0.0)), all_of(places)
    )
    assert found.tolist() == [1500, 250, 0, 2250, 250]


def test_the_walk_is_from_home_to_the_place() -> None:
    """10 m up in 100 m: 1,419 to a place on the hill, 1,000 down to one at its foot."""
    streets = drawn(CROSSINGS[:2], [(0, 1)], heights=[0, 10])
    graph = pack_graph(streets, walk_costs(streets, WalkRules()))
    foot, top = spots((0, 0.0)), spots((0, 1.0))
    assert table_of(top, 9000, graph).nearest(foot, all_of(top)).tolist() == [1419]
    assert table_of(foot, 9000, graph).nearest(top, all_of(foot)).tolist() == [1000]
    assert table_of(top, 9000, graph).nearest_nodes(all_of(top)).tolist() == [1419, 0]


def test_around_may_be_shorter_than_along() -> None:
    """Two streets between 0 and 1, 400 and 10,000 long: from end to end of the long one, around."""
    graph = pack_graph(drawn(CROSSINGS[:2], [(0, 1), (0, 1)]), costs_of([400, 10_000]))
    places = spots((1, 0.01))
    table = table_of(places, 9000, graph)
    assert table.nearest(spots((1, 0.99), (1, 0.5), (0, 0.5)), all_of(places)).tolist() == [
        100 + 400 + 100,
        4900,
        300,
    ]


def test_a_loop_is_walked_both_ways() -> None:
    """A loop of 1,000 at node 0: from 0.1 to a place at 0.8 over the node, 100 + 200."""
    graph = pack_graph(drawn(CROSSINGS[:2], [(0, 0), (0, 1)]), costs_of([1000, 600]))
    places = spots((0, 0.8))
    found = table_of(places, 9000, graph).nearest(
        spots((0, 0.1), (0, 0.5), (1, 1.0)), all_of(places)
    )
    assert found.tolist() == [300, 300, 800]


def test_a_loop_walked_one_way_costs_what_that_way_costs() -> None:
    """Round the loop there costs 1,000, back 4,000: from 0.5 on ahead to the node 500, back 2,000."""
    graph = pack_graph(drawn(CROSSINGS[:2], [(0, 0), (0, 1)]), costs_of([1000, 600], [4000, 600]))
    places = spots((1, 0.0))
    assert table_of(places, 9000, graph).nearest(spots((0, 0.5)), all_of(places)).tolist() == [500]


def test_of_parallel_streets_the_shorter() -> None:
    streets = drawn(CROSSINGS[:2], [(0, 1), (1, 0), (0, 1)])
    graph = pack_graph(streets, costs_of([900, 300, 700], [900, 800, 700]))
    places = spots((0, 0.0))
    table = table_of(places, 9000, graph)
    assert table.nearest_nodes(all_of(places)).tolist() == [0, 300]
    assert table.nearest(spots((1, 1.0), (1, 0.0)), all_of(places)).tolist() == [0, 300]


def test_several_places_on_one_edge() -> None:
    """Three on e1 and one on e2; every one of them is met, whichever are chosen."""
    places = spots((1, 0.2), (1, 0.5), (1, 0.5, 1.0), (2, 0.5))
    table = table_of(places, 2000)
    target = spots((1, 0.4), (0, 0.5))
    of, place, dm = table.pairs(target, all_of(places))
    assert of.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert place.tolist() == [0, 1, 2, 3, 0, 1, 2, 3]
    assert dm.tolist() == [200, 100, 110, 1100, 700, 1000, 1010, 2000]
    maps = np.eye(4, dtype=bool)
    assert table.nearest_many(target, maps).tolist() == [
        [200, 700],
        [100, 1000],
        [110, 1010],
        [1100, 2000],
    ]
    assert [column.tolist() for column in table.pairs(target, maps[2])] == [
        [0, 1],
        [2, 2],
        [110, 1010],
    ]


def test_another_piece_is_never_reached() -> None:
    places = spots((3, 0.5))
    table = table_of(places, 10**9)
    assert table.nearest(spots((0, 0.5), (3, 0.0)), all_of(places)).tolist() == [NEVER, 250]
    assert table.nearest_nodes(all_of(places)).tolist() == [NEVER] * 4 + [250, 250]


def test_who_is_on_no_street_reaches_nothing_and_is_not_reached() -> None:
    places = spots(None, (0, 0.0), None)
    table = table_of(places, 5000)
    assert table.nearest(spots(None, (0, 1.0)), all_of(places)).tolist() == [NEVER, 1000]
    assert table.nearest(spots((0, 1.0)), np.array([True, False, True])).tolist() == [NEVER]
    of, place, dm = table.pairs(spots(None, (0, 1.0)), all_of(places))
    assert (of.tolist(), place.tolist(), dm.tolist()) == ([1], [1], [1000])


def test_nothing_chosen_nothing_asked_nothing_there() -> None:
    some, none = spots((0, 0.5)), spots()
    table = table_of(some, 5000)
    assert table.nearest(some, np.zeros(1, dtype=bool)).tolist() == [NEVER]
    assert table.nearest(none, all_of(some)).tolist() == []
    assert table.nearest_many(some, np.zeros((0, 1), dtype=bool)).shape == (0, 1)
    assert table.nearest_many(none, np.ones((3, 1), dtype=bool)).shape == (3, 0)
    empty = table_of(none, 5000)
    assert empty.rows == 0
    assert empty.nearest(some, all_of(none)).tolist() == [NEVER]
    assert empty.nearest_nodes(all_of(none)).tolist() == [NEVER] * 6
    assert [len(column) for column in empty.pairs(some, all_of(none))] == [0, 0, 0]
    assert [len(column) for column in table.pairs(none, all_of(some))] == [0, 0, 0]


def test_a_town_without_streets() -> None:
    graph = pack_graph(drawn([], []), costs_of([]))
    nowhere = spots(None, None)
    table = table_of(nowhere, 5000, graph)
    assert table.nearest(nowhere, all_of(nowhere)).tolist() == [NEVER, NEVER]
    assert table.nearest_nodes(all_of(nowhere)).tolist() == []


def test_a_limit_of_nothing() -> None:
    """Only who is there already."""
    places = spots((1, 0.0), (1, 0.5))
    table = table_of(places, 0)
    assert table.nearest_nodes(all_of(places)).tolist() == [NEVER, 0] + [NEVER] * 4
    found = table.nearest(spots((0, 1.0), (1, 0.5), (1, 0.5, 0.1)), all_of(places))
    assert found.tolist() == [0, 0, NEVER]


@pytest.mark.parametrize("count", [1, 63, 64, 65, 105, 128, 200])
def test_any_number_of_maps(count: int) -> None:
    """Ten places along the row; map ``m`` holds those whose number is a multiple of ``m + 1``."""
    places = spots(*((n % 3, 0.1 * n) for n in range(10)))
    table = table_of(places, 1700)
    targets = spots((0, 0.0), (1, 0.3), (2, 0.9, 3.0), None)
    maps = np.arange(10)[None, :] % (np.arange(count)[:, None] + 1) == 0
    found = table.nearest_many(targets, maps)
    assert found.shape == (count, 4)
    for one, chosen in zip(found, maps, strict=True):
        assert one.tolist() == table.nearest(targets, chosen).tolist()
    by_node = table.nearest_nodes_many(maps)
    for one, chosen in zip(by_node, maps, strict=True):
        assert one.tolist() == table.nearest_nodes(chosen).tolist()


def test_spots_of_any_layout() -> None:
    """Every second of a column, one nobody may write to: read like any other."""
    places = spots((0, 0.5), (2, 0.5))
    wide = np.array([0.1, 9.0, 0.9, 9.0])[::2]
    edge = np.array([1, 1], dtype=np.int64)
    edge.flags.writeable = False
    targets = Spots(edge, wide, np.zeros(4, dtype=np.float32)[::2])
    table = table_of(places, 5000)
    chosen = np.array([[True, True], [True, False]], order="F")
    assert table.nearest_many(targets, chosen).tolist() == [[600, 600], [600, 1400]]
    assert table.pairs(targets, chosen[1])[2].tolist() == [600, 1400]


def test_more_is_queued_than_there_was_room_for() -> None:
    """Two hundred streets between two crossings, every one a little shorter than the one before."""
    streets = drawn(CROSSINGS[:3], [(0, 1)] * 200 + [(1, 2)])
    graph = pack_graph(streets, costs_of([*range(1200, 1000, -1), 50]))
    places = spots((200, 1.0), (0, 0.0))
    table = table_of(places, 5000, graph)
    assert table.nearest_nodes(np.array([True, False])).tolist() == [1051, 50, 0]
    assert table.nearest_nodes(np.array([False, True])).tolist() == [0, 1001, 1051]
    assert table.rows == 6


def test_what_cannot_be_asked() -> None:
    places = spots((0, 0.5), (1, 0.5))
    table = table_of(places, 5000)
    for wrong in (np.ones(1, dtype=bool), np.ones(3, dtype=bool)):
        for ask in (table.nearest, table.pairs):
            with pytest.raises(ValueError, match="choices for 2 places"):
                ask(places, wrong)
        with pytest.raises(ValueError, match="choices for 2 places"):
            table.nearest_nodes(wrong)
    for limit in (-1, NEVER):
        with pytest.raises(ValueError, match="limit must be"):
            table_of(places, limit)
