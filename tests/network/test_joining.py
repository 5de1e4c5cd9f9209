"""Ways of several files as one table."""

from __future__ import annotations

import numpy as np
from network.squares_of_streets import METRIC, table

from geo.network.joining import join_ways
from geo.network.junctions import build_network
from geo.network.same_ways import line_keys


def test_nothing_and_one() -> None:
    one = table([[(0, 0, 1), (9, 0, 2)]])
    assert len(join_ways([], same_nodes=True)) == 0
    assert join_ways([one], same_nodes=False) is one


def test_extracts_of_one_map_meet_by_number_and_share_no_way_twice() -> None:
    """Two extracts both hold the way 2-3, one of them the other way round; 1-2-3-4 is a line."""
    joined = join_ways(
        [
            table([[(0, 0, 1), (10, 0, 2)], [(10, 0, 2), (20, 0, 3)]], names=["西通り", "中通り"]),
            table([[(20, 0, 3), (10, 0, 2)], [(20, 0, 3), (30, 0, 4)]], names=["中通り", "東通り"]),
        ],
        same_nodes=True,
    )
    network = build_network(joined, METRIC)
    assert (len(joined), network.nodes, network.edges, network.components) == (3, 4, 3, 1)
    assert [joined.names[n] for n in joined.name] == ["西通り", "中通り", "東通り"]


def test_parallel_ways_of_one_file_stay() -> None:
    twice = [[(0, 0, 1), (10, 0, 2)], [(0, 0, 1), (10, 0, 2)]]
    other = table([[(0, 0, 1), (0, 10, 5)]])
    assert len(join_ways([table(twice), other], same_nodes=True)) == 3


def test_files_that_number_for_themselves_meet_at_their_ends() -> None:
    """Both files call their nodes 1 and 2. They touch at (10, 0): one piece of three nodes."""
    joined = join_ways(
        [table([[(0, 0, 1), (10, 0, 2)]]), table([[(10, 0, 1), (20, 0, 2)]])], same_nodes=False
    )
    network = build_network(joined, METRIC)
    assert (network.nodes, network.edges, network.components) == (3, 2, 1)


def test_ends_meet_although_nobody_numbered_them() -> None:
    joined = join_ways(
        [table([[(0, 0, -1), (10, 0, -1)]]), table([[(10, 0, -1), (20, 0, -1)]])], same_nodes=False
    )
    assert build_network(joined, METRIC).nodes == 3


def test_files_that_number_for_themselves_do_not_meet_where_they_cross() -> None:
    """A vertex inside a way of one file lies on an end of the other: no junction."""
    joined = join_ways(
        [table([[(0, 0, 1), (10, 0, 2), (20, 0, 3)]]), table([[(10, 0, 2), (10, 9, 3)]])],
        same_nodes=False,
    )
    network = build_network(joined, METRIC)
    assert (network.nodes, network.edges, network.components) == (4, 2, 2)


def test_ends_of_one_file_on_one_place_stay_apart_where_no_other_file_comes() -> None:
    """A bridge ends above the end of a path; another file lies elsewhere."""
    joined = join_ways(
        [
            table([[(0, 0, 1), (10, 0, 2)], [(10, 0, 3), (10, 9, 4)]]),
            table([[(90, 0, 1), (99, 0, 2)]]),
        ],
        same_nodes=False,
    )
    assert build_network(joined, METRIC).components == 3


def test_the_columns_stay_with_their_ways() -> None:
    first = table([[(0, 0, 1), (10, 0, 2)]], lengths=[11], heights=[(1, 2)], names=["あ通り"])
    second = table(
        [[(50, 0, 1), (55, 0, -1), (60, 0, 2)]], lengths=[12], heights=[(3, 4)], names=["い通り"]
    )
    joined = join_ways([first, second], same_nodes=False)
    assert joined.first.tolist() == [0, 2, 5]
    assert joined.length_m.tolist() == [11, 12]
    assert joined.height_first_m.tolist() == [1, 3]
    assert joined.height_last_m.tolist() == [2, 4]
    assert joined.node[3] == -1
    assert [joined.names[n] for n in joined.name] == ["あ通り", "い通り"]


def test_a_line_has_the_key_of_its_reverse_and_of_no_other() -> None:
    """1-2-3 and its reverse; 2-3-1 and its reverse 1-3-2; one longer, one of a single word."""
    lines = [[1, 2, 3], [3, 2, 1], [2, 3, 1], [1, 2, 3, 1], [1, 3, 2], [7], [1, 2, 3]]
    first = np.concatenate([[0], np.cumsum([len(line) for line in lines])])
    keys, turned = line_keys(first, np.array([w for line in lines for w in line]))
    groups = np.unique(keys, axis=0, return_inverse=True)[1].ravel().tolist()
    assert groups[0] == groups[1] == groups[6]
    assert groups[2] == groups[4]
    assert turned[0] == turned[6] != turned[1]
    assert len({groups[0], groups[2], groups[3], groups[5]}) == 4
    assert len(line_keys(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64))[0]) == 0
