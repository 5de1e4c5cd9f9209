"""What holds for every town: nobody is lost, pieces hang together, outlines hold what is reached."""

from __future__ import annotations

import networkx as nx
import numpy as np
import shapely
from gaps.drawn_streets import drawn_streets, homes_on, shape_of
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage
from shapely.ops import substring

from geo.coverage.gap_pieces import gap_pieces, piece_names, stretches_at
from geo.coverage.homes import Homes
from geo.coverage.reach_raster import reach_outline
from geo.coverage.ring_walking import Rings, walk_rings
from geo.coverage.stretches import Stretches, cut_stretches
from geo.walking.walk_streets import WalkStreets

SEEDS = st.integers(0, 2**32 - 1)


def crooked_town(dice: np.random.Generator) -> WalkStreets:
    """Some of the streets of a crooked grid of 5 x 5 junctions, some with a corner, some loops."""
    places = dice.uniform(-60, 60, (5, 5, 2)) + 150 * np.indices((5, 5)).transpose(1, 2, 0)
    lines, ends = [], []
    for i in range(5):
        for j in range(5):
            for a, b in ((i + 1, j), (i, j + 1), (i, j)):
                if a > 4 or b > 4 or dice.random() < 0.4:
                    continue
                line = [tuple(places[i, j]), tuple(places[a, b])]
                if (a, b) == (i, j) or dice.random() < 0.5:
                    line.insert(1, tuple(places[i, j] + dice.uniform(-80, 80, 2)))
                lines.append(line)
                ends.append((5 * i + j, 5 * a + b))
    return drawn_streets(*lines, nodes=ends) if lines else crooked_town(dice)


def drawn_line(streets: WalkStreets, edge: int) -> shapely.LineString:
    vertices = slice(streets.first[edge], streets.first[edge + 1])
    return shapely.LineString(np.column_stack([streets.x[vertices], streets.y[vertices]]))


def people_of(stretches: Stretches, dice: np.random.Generator) -> Homes:
    """Homes on some stretches, several on one, and some on no street."""
    count = int(dice.integers(0, 40))
    return homes_on(
        stretches,
        dice.integers(0, len(stretches), count),
        cell=dice.integers(0, 6, count + 3),
        lost=3,
    )


@given(SEEDS)
def test_people_of_gaps_and_in_reach_and_unknown_are_all(seed: int) -> None:
    dice = np.random.default_rng(seed)
    streets = crooked_town(dice)
    stretches = cut_stretches(streets)
    homes = people_of(stretches, dice)
    out_home = dice.random(len(homes)) < 0.5
    people = np.round(dice.uniform(0, 20, len(homes)))
    found = gap_pieces(
        streets,
        stretches,
        homes,
        out_stretch=dice.random(len(stretches)) < 0.5,
        out_home=out_home,
        people=people,
    )
    unknown = ~homes.spots.known
    in_reach = ~out_home & ~unknown
    assert found.people.sum() + people[in_reach].sum() + people[unknown].sum() == people.sum()
    assert ((found.home_piece >= 0) == (out_home & ~unknown)).all()
    home_stretch = stretches_at(stretches, homes.spots.edge, homes.spots.at)
    living = found.home_piece >= 0
    assert (found.piece[home_stretch[living]] == found.home_piece[living]).all()
    names = piece_names(found, homes, people, ["松町", "竹町", None, "梅町", "松町", "桜町"])
    assert all(len(set(said)) == len(said) for said in names)
    assert np.isclose(found.streets_m.sum(), stretches.length_m[found.piece >= 0].sum())
    # The middle is a stretch of its piece, where people live if anybody does.
    assert (found.piece[found.middle] == np.arange(len(found))).all()
    for piece in np.flatnonzero(found.people > 0):
        mine = living & (home_stretch == found.middle[piece])
        assert people[mine].sum() > 0


@given(SEEDS)
def test_pieces_are_the_connected_pieces_of_networkx(seed: int) -> None:
    dice = np.random.default_rng(seed)
    streets = crooked_town(dice)
    stretches = cut_stretches(streets)
    out = dice.random(len(stretches)) < dice.uniform(0.2, 0.9)
    found = gap_pieces(
        streets,
        stretches,
        homes_on(stretches, []),
        out_stretch=out,
        out_home=np.zeros(0, dtype=bool),
        people=np.zeros(0),
    )
    assert ((found.piece >= 0) == out).all()
    graph: nx.Graph = nx.Graph()
    for n in np.flatnonzero(out).tolist():
        edge = int(stretches.edge[n])
        begin, end = float(stretches.start[n]), float(stretches.stop[n])
        at_begin = ("junction", int(streets.edge_from[edge])) if begin == 0 else (edge, begin)
        at_end = ("junction", int(streets.edge_to[edge])) if end == 1 else (edge, end)
        graph.add_edges_from([(("stretch", n), at_begin), (("stretch", n), at_end)])
    expected = sorted(
        sorted(dot[1] for dot in piece if dot[0] == "stretch")
        for piece in nx.connected_components(graph)
    )
    assert [np.flatnonzero(found.piece == p).tolist() for p in range(len(found))] == expected


@given(SEEDS)
def test_outlines_are_valid_and_hold_every_reached_street_whole(seed: int) -> None:
    dice = np.random.default_rng(seed)
    streets = crooked_town(dice)
    stretches = cut_stretches(streets)
    reached = dice.random(len(stretches)) < dice.uniform(0.05, 1.0)
    outline = reach_outline(streets, stretches, reached)
    shape = shape_of(outline)
    assert shape.is_valid
    middles = shapely.points(stretches.x[reached], stretches.y[reached])
    assert shapely.covers(shape, middles).all()
    lines = shapely.union_all(
        [
            substring(
                drawn_line(streets, int(stretches.edge[n])),
                stretches.start[n],
                stretches.stop[n],
                normalized=True,
            )
            for n in np.flatnonzero(reached)
        ]
    )
    assert shape.buffer(1e-6).covers(lines)
    corners = shapely.points(outline.x, outline.y)
    assert shapely.distance(corners, lines).max(initial=0.0) <= 45
    again = reach_outline(streets, stretches, reached)
    assert outline.x.tobytes() == again.x.tobytes()
    assert outline.y.tobytes() == again.y.tobytes()
    assert outline.ring_first.tolist() == again.ring_first.tolist()


def multipolygon(rings: Rings) -> shapely.MultiPolygon:
    return shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON,
        np.column_stack([rings.x, rings.y]),
        (rings.ring_first, rings.polygon_first, np.array([0, len(rings.polygon_first) - 1])),
    )[0]


@given(SEEDS, st.integers(1, 12), st.integers(1, 12))
def test_rings_are_the_outline_of_the_dots(seed: int, rows: int, columns: int) -> None:
    """By other means: areas square by square, pieces by their labels, every dot in or out."""
    dice = np.random.default_rng(seed)
    inside = np.zeros((rows + 2, columns + 2), dtype=bool)
    inside[1:-1, 1:-1] = dice.random((rows, columns)) < dice.uniform(0.1, 0.95)
    halves = multipolygon(walk_rings(np.where(inside, 0.0, 1.0), 0.5))
    slanted = multipolygon(
        walk_rings(np.where(inside, dice.uniform(0, 0.5), dice.uniform(0.5, 1, inside.shape)), 0.5)
    )
    pieces = ndimage.label(inside)[1]
    holes = ndimage.label(~inside, structure=np.ones((3, 3)))[1] - 1
    y, x = np.indices(inside.shape)
    for whole in (halves, slanted):
        assert whole.is_valid
        assert len(whole.geoms) == pieces
        assert sum(len(part.interiors) for part in whole.geoms) == holes
        assert all(part.exterior.is_ccw for part in whole.geoms)
        assert not any(ring.is_ccw for part in whole.geoms for ring in part.interiors)
        assert (shapely.contains_xy(whole, x.ravel(), y.ravel()) == inside.ravel()).all()
    corners = [inside[:-1, :-1], inside[:-1, 1:], inside[1:, 1:], inside[1:, :-1]]
    count = sum(corner.astype(int) for corner in corners)
    opposite = (count == 2) & (corners[0] == corners[2])
    area = np.array([0, 1 / 8, 1 / 2, 7 / 8, 1])[count] - opposite / 4
    assert np.isclose(halves.area, area.sum())
