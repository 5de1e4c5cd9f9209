"""The nearest place without a limit: how far, and which one."""

from __future__ import annotations

import numpy as np
from walking.drawn_streets import all_of, costs_of, drawn, spots

from geo.walking.nearest_place import nearest_from_nodes, nearest_place
from geo.walking.reference import reference_nearest, reference_nodes
from geo.walking.walk_graph import NEVER, pack_graph

CROSSINGS = [(0.0, 0.0), (100.0, 0.0), (200.0, 0.0), (0.0, 500.0), (50.0, 500.0)]
EDGES = [(0, 1), (1, 2), (3, 4)]
STREETS = drawn(CROSSINGS, EDGES)
COSTS = costs_of([1000, 1000, 500])
GRAPH = pack_graph(STREETS, COSTS)


def test_which_and_how_far() -> None:
    """Place 0 at the start of e0, place 1 at the end of e1, place 2 beside the middle of e1."""
    places = spots((0, 0.0), (1, 1.0), (1, 0.5, 30.0))
    targets = spots((0, 0.25), (1, 0.9), (1, 0.5), (2, 0.5), None)
    dm, place = nearest_place(GRAPH, places, all_of(places), targets)
    assert dm.tolist() == [250, 100, 300, NEVER, NEVER]
    assert place.tolist() == [0, 1, 2, -1, -1]
    dm, place = nearest_place(GRAPH, places, np.array([False, True, False]), targets)
    assert dm.tolist() == [1750, 100, 500, NEVER, NEVER]
    assert place.tolist() == [1, 1, 1, -1, -1]


def test_of_places_equally_near_the_first() -> None:
    """At both ends of e0 and twice in its middle; from node 1 and from the middle of e1 as well."""
    for turn in range(4):
        at = [(0, 0.0), (0, 1.0), (0, 0.5), (0, 0.5)]
        places = spots(*at[turn:], *at[:turn])
        dm, place = nearest_place(GRAPH, places, all_of(places), spots((0, 0.5), (0, 0.25)))
        assert dm.tolist() == [0, 250]
        middle = [n for n in range(4) if places.at[n] == 0.5]
        start = int(np.flatnonzero(places.at == 0.0)[0])
        assert place.tolist() == [middle[0], min(start, *middle)]
    twins = spots((1, 1.0), (0, 0.0), (0, 0.0))
    dm, place = nearest_place(GRAPH, twins, all_of(twins), spots((0, 1.0), (1, 0.0), (0, 0.5)))
    assert dm.tolist() == [1000, 1000, 500]
    assert place.tolist() == [0, 0, 1]


def test_nobody_to_go_to() -> None:
    none, some = spots(), spots((0, 0.5))
    for places, chosen in ((none, all_of(none)), (some, np.array([False])), (spots(None), [True])):
        dm, place = nearest_place(GRAPH, places, np.array(chosen, dtype=bool), some)
        assert (dm.tolist(), place.tolist()) == ([NEVER], [-1])
        found = nearest_from_nodes(GRAPH, places, np.array(chosen, dtype=bool))
        assert found.tolist() == [NEVER] * 5
    assert [len(c) for c in nearest_place(GRAPH, some, all_of(some), none)] == [0, 0]
    bare = pack_graph(drawn([], []), costs_of([]))
    assert nearest_place(bare, spots(None), np.array([True]), spots(None))[1].tolist() == [-1]


def test_from_nodes_as_far_as_the_limit() -> None:
    places = spots((0, 0.0, 10.0), (1, 1.0, 95.0))
    found = nearest_from_nodes(GRAPH, places, all_of(places), 1100)
    assert found.tolist() == [100, 1100, 950, NEVER, NEVER]
    assert nearest_from_nodes(GRAPH, places, all_of(places), 1099).tolist()[1] == NEVER


def test_a_long_way() -> None:
    """A row of 40 streets of 100 km each: costs beyond any table's limit, one bucket after the other."""
    count = 40
    streets = drawn([(1e5 * n, 0.0) for n in range(count + 1)], [(n, n + 1) for n in range(count)])
    costs = costs_of([1_000_000 + n for n in range(count)], [2_000_000] * count)
    graph = pack_graph(streets, costs)
    places = spots((0, 0.0), (count - 1, 1.0), None)
    targets = spots(*((n, 0.3) for n in range(count)))
    dm, place = nearest_place(graph, places, all_of(places), targets)
    expected, which = reference_nearest(streets, costs, places, targets)
    assert dm.tolist() == expected.tolist()
    assert place.tolist() == which.tolist()
    assert dm.max() > 20_000_000
    from_nodes = reference_nodes(streets, costs, places)
    assert nearest_from_nodes(graph, places, all_of(places)).tolist() == from_nodes.tolist()


def test_more_is_queued_than_there_was_room_for() -> None:
    streets = drawn(CROSSINGS[:3], [(0, 1)] * 200 + [(1, 2)])
    graph = pack_graph(streets, costs_of([*range(1200, 1000, -1), 50]))
    places = spots((0, 0.0))
    assert nearest_from_nodes(graph, places, all_of(places)).tolist() == [0, 1001, 1051]
