"""Ways cut at their junctions, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from network.squares_of_streets import METRIC, table

from geo.errors import LoadRefusedError
from geo.model.ground import StreetKind, WayMark
from geo.network.junctions import build_network
from geo.network.street_network import StreetNetwork
from geo.network.way_table import no_ways


def edges(network: StreetNetwork) -> list[tuple[int, int, int]]:
    """From, to and whole centimetres of every edge."""
    return [
        (int(a), int(b), round(m * 100))
        for a, b, m in zip(network.edge_from, network.edge_to, network.edge_length_m, strict=True)
    ]


class Plain:
    """Ground that is everywhere as high as asked places lie east of 138.5 degrees, times 1000."""

    def __init__(self) -> None:
        self.asked = 0

    def at(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        self.asked += len(lon)
        return np.full(len(lon), 7, dtype=np.float32)


def test_crossing_streets_are_cut_where_they_share_a_vertex() -> None:
    """A cross of 200 m by 200 m: five nodes, four edges of 100 m, both names kept."""
    network = build_network(
        table(
            [
                [(0, 100, 1), (100, 100, 2), (200, 100, 3)],
                [(100, 0, 4), (100, 100, 2), (100, 200, 5)],
            ],
            kinds=[StreetKind.MAIN, StreetKind.STEPS],
            marks=[WayMark.NONE, WayMark.STEPS],
            names=["東西通り", None],
        ),
        METRIC,
    )
    assert edges(network) == [(0, 1, 10000), (1, 2, 10000), (3, 1, 10000), (1, 4, 10000)]
    assert network.edge_kind.tolist() == [1, 1, 9, 9]
    assert network.edge_marks.tolist() == [0, 0, 32, 32]
    assert [network.names[n] if n >= 0 else None for n in network.edge_name] == [
        "東西通り",
        "東西通り",
        None,
        None,
    ]
    assert network.component.tolist() == [0] * 5
    assert network.components == 1


def test_a_bridge_and_the_street_under_it_do_not_meet() -> None:
    """The same cross without a common vertex: two components of two nodes, two edges of 200 m."""
    network = build_network(
        table([[(0, 100, 1), (200, 100, 3)], [(100, 0, 4), (100, 200, 5)]]), METRIC
    )
    assert edges(network) == [(0, 1, 20000), (2, 3, 20000)]
    assert network.component.tolist() == [0, 0, 1, 1]


def test_one_place_with_two_numbers_is_not_a_junction() -> None:
    """Bridge and street both have a vertex at (100, 100), but not the same one."""
    network = build_network(
        table(
            [
                [(0, 100, 1), (100, 100, 2), (200, 100, 3)],
                [(100, 0, 4), (100, 100, 6), (100, 200, 5)],
            ]
        ),
        METRIC,
    )
    assert edges(network) == [(0, 1, 20000), (2, 3, 20000)]
    assert network.edge_first.tolist() == [0, 3, 6]


def test_vertices_of_nobody_never_meet() -> None:
    """-1 stands at (100, 100) in both ways; they stay apart, and so do two ends of nobody."""
    network = build_network(
        table(
            [
                [(0, 100, -1), (100, 100, -1), (200, 100, 3)],
                [(0, 100, -1), (100, 100, -1), (100, 200, 5)],
            ]
        ),
        METRIC,
    )
    assert edges(network) == [(0, 1, 20000), (2, 3, 20000)]
    assert network.components == 2


def test_loops_and_parallel_edges_are_kept() -> None:
    """A ring of 400 m through one gate, and two ways between the same two corners."""
    network = build_network(
        table(
            [
                [(0, 0, 1), (100, 0, -1), (100, 100, -1), (0, 100, -1), (0, 0, 1)],
                [(0, 0, 1), (-300, 0, 2)],
                [(0, 0, 1), (-150, 200, -1), (-300, 0, 2)],
            ]
        ),
        METRIC,
    )
    assert edges(network) == [(0, 0, 40000), (0, 1, 30000), (0, 1, 50000)]


def test_a_way_that_passes_one_place_twice_is_cut_there() -> None:
    """A figure of nine: 100 m of stem, then a ring of 400 m."""
    network = build_network(
        table([[(0, 0, 1), (100, 0, 2), (200, 0, 3), (200, 100, 4), (100, 100, 5), (100, 0, 2)]]),
        METRIC,
    )
    assert edges(network) == [(0, 1, 10000), (1, 1, 40000)]


def test_two_ways_that_continue_each_other_keep_their_own_edges() -> None:
    """Stairs in the middle of a street: three edges, each true to its way."""
    network = build_network(
        table(
            [[(0, 0, 1), (100, 0, 2)], [(100, 0, 2), (110, 0, 3)], [(110, 0, 3), (200, 0, 4)]],
            kinds=[StreetKind.LOCAL, StreetKind.STEPS, StreetKind.LOCAL],
        ),
        METRIC,
    )
    assert edges(network) == [(0, 1, 10000), (1, 2, 1000), (2, 3, 9000)]
    assert network.edge_kind.tolist() == [4, 9, 4]


def test_a_given_length_is_shared_out_by_what_is_measured() -> None:
    """300 m drawn as 100 + 200 m, said to be 330 m: 110 and 220. Zero or NaN: measured."""
    row = [(0, 0, 1), (100, 0, 2), (300, 0, 3)]
    network = build_network(
        table(
            [
                row,
                [(100, 0, 2), (100, 50, 4)],
                [(100, 0, 2), (100, -70, 5)],
                [(0, 0, 1), (0, 40, 6)],
            ],
            lengths=[330, np.nan, 0, -5],
        ),
        METRIC,
    )
    assert edges(network) == [
        (0, 1, 11000),
        (1, 2, 22000),
        (1, 3, 5000),
        (1, 4, 7000),
        (0, 5, 4000),
    ]


def test_a_length_without_a_way_on_the_ground_is_kept() -> None:
    """A lift between two storeys: both ends on one place, 12 m in the source."""
    network = build_network(table([[(0, 0, 1), (0, 0, 2)]], lengths=[12]), METRIC)
    assert edges(network) == [(0, 1, 1200)]


def test_pieces_without_length_vanish_and_tie_their_ends() -> None:
    """Two numbers on one place, tied by a way of no length: one node, the streets meet there."""
    network = build_network(
        table(
            [
                [(0, 0, 1), (100, 0, 2)],
                [(100, 0, 2), (100, 0, 3)],
                [(100, 0, 3), (200, 0, 4)],
                [(100, 0, 3), (100, 0, 3)],
            ]
        ),
        METRIC,
    )
    assert edges(network) == [(0, 1, 10000), (1, 2, 10000)]
    assert network.components == 1


def test_a_vertex_said_twice_in_a_row_is_no_junction() -> None:
    network = build_network(table([[(0, 0, 1), (50, 0, 2), (50, 0, 2), (100, 0, 3)]]), METRIC)
    assert edges(network) == [(0, 1, 10000)]
    assert network.edge_first.tolist() == [0, 3]


def test_edges_carry_their_vertices_from_end_to_end() -> None:
    """Cut in the middle of its second leg, the way gives each edge its own corner."""
    ways = table(
        [
            [(0, 0, 1), (0, 50, -1), (50, 50, 2), (50, 90, -1), (0, 90, 3)],
            [(50, 50, 2), (99, 50, 4)],
        ]
    )
    network = build_network(ways, METRIC)
    assert network.edge_first.tolist() == [0, 3, 6, 8]
    assert network.edge_lon[:3].tolist() == ways.lon[:3].tolist()
    assert network.edge_lat[3:6].tolist() == ways.lat[2:5].tolist()
    for edge in range(network.edges):
        begin, end = network.edge_first[edge], network.edge_first[edge + 1] - 1
        assert network.edge_lon[begin] == network.node_lon[network.edge_from[edge]]
        assert network.edge_lat[end] == network.node_lat[network.edge_to[edge]]


def test_components_are_numbered_by_size_and_then_by_their_first_node() -> None:
    """Two pieces of two nodes, the second one of three: the three are 0, then as they came."""
    network = build_network(
        table(
            [
                [(0, 0, 1), (10, 0, 2)],
                [(0, 50, 3), (10, 50, 4)],
                [(10, 50, 4), (20, 50, 5)],
                [(0, 90, 6), (10, 90, 7)],
            ]
        ),
        METRIC,
    )
    assert network.component.tolist() == [1, 1, 0, 0, 0, 2, 2]
    assert network.components == 3


def test_heights_come_from_the_source_first_and_then_from_the_ground() -> None:
    """Node 2 is 5 m by the first way (the second says 6), node 3 unknown to both, node 4 is 9 m."""
    ways = table(
        [[(0, 0, 1), (100, 0, 2), (150, 0, 3)], [(100, 0, 2), (100, 90, 4)]],
        heights=[(3, np.nan), (6, 9)],
    )
    alone = build_network(ways, METRIC).node_height_m
    assert alone[[0, 1, 3]].tolist() == [3, 6, 9]
    assert np.isnan(alone[2])
    ground = Plain()
    assert build_network(ways, METRIC, ground).node_height_m.tolist() == [3, 6, 7, 9]
    assert ground.asked == 1


def test_no_ways_are_no_network() -> None:
    network = build_network(no_ways(), METRIC)
    assert (network.nodes, network.edges, network.components) == (0, 0, 0)
    assert network.edge_first.tolist() == [0]


def test_only_ways_without_length_are_no_network() -> None:
    network = build_network(table([[(0, 0, 1), (0, 0, 1)], [(5, 5, 2), (5, 5, 2)]]), METRIC)
    assert (network.nodes, network.edges, network.components) == (0, 0, 0)


@pytest.mark.parametrize("metric_crs", ["EPSG:3857", "EPSG:32733"])
def test_a_metric_system_of_another_place_is_refused(metric_crs: str) -> None:
    """Web Mercator is 20 % too long here; a zone of Africa measures nothing sensible."""
    with pytest.raises(LoadRefusedError) as refused:
        build_network(table([[(0, 0, 1), (100, 0, 2)]]), metric_crs)
    assert "plane_zone" in refused.value.hint_ja


def test_the_order_is_that_of_the_ways() -> None:
    """Nodes are numbered as the ways come to them, whatever their numbers in the source."""
    network = build_network(
        table([[(0, 0, 900), (10, 0, 3)], [(10, 0, 3), (20, 0, 500), (30, 0, 1)]]), METRIC
    )
    assert edges(network) == [(0, 1, 1000), (1, 2, 2000)]


def test_numbers_below_minus_one_are_nodes() -> None:
    """Editors number what is new downwards from -2: there ways meet as anywhere."""
    network = build_network(table([[(0, 0, -7), (10, 0, -2)], [(10, 0, -2), (30, 0, 5)]]), METRIC)
    assert edges(network) == [(0, 1, 1000), (1, 2, 2000)]
