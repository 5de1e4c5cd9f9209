"""What is out of reach, put together by hand."""

from __future__ import annotations

import numpy as np
from gaps.drawn_streets import drawn_streets, homes_on

from geo.coverage.gap_pieces import GapPieces, gap_pieces, piece_names, stretches_at
from geo.coverage.stretches import cut_stretches

EAST_ROAD = ((0, 0), (400, 0))
NORTH_ROAD = ((200, 0), (200, 100))


def among(count: int, *chosen: int) -> np.ndarray:
    return np.isin(np.arange(count), chosen)


def test_a_street_with_its_middle_in_reach_has_a_gap_at_either_end() -> None:
    """400 m in 16 pieces of 25 m. Within reach: the four in the middle, 6 to 9. Left: 0-5 and
    10-15, 150 m each. One person lives on each of 0, 5 and 6, two on 15: the gaps have 2 and 2,
    the one on 6 is not out of reach.
    """
    streets = drawn_streets(EAST_ROAD)
    stretches = cut_stretches(streets)
    out = ~among(16, 6, 7, 8, 9)
    homes = homes_on(stretches, [0, 5, 6, 15])
    found = gap_pieces(
        streets,
        stretches,
        homes,
        out_stretch=out,
        out_home=np.array([True, True, False, True]),
        people=np.array([1.0, 1.0, 1.0, 2.0]),
    )
    assert found.piece.tolist() == [0] * 6 + [-1] * 4 + [1] * 6
    assert found.home_piece.tolist() == [0, 0, -1, 1]
    assert found.people.tolist() == [2.0, 2.0]
    assert found.streets_m.tolist() == [150.0, 150.0]
    # The middle of 0 and 5 lies between 2 and 3; people live on 0 and 5, equally far: the first.
    assert found.middle.tolist() == [0, 15]


def test_pieces_meet_at_a_junction_and_not_where_a_bridge_passes() -> None:
    """Three streets of 100 m from (200, 0): west, east, north; all out of reach: one gap of 300 m.
    With a junction of its own the street to the north is a bridge: two gaps, 200 m and 100 m.
    """
    west, east, north = ((100, 0), (200, 0)), ((200, 0), (300, 0)), ((200, 0), (200, 100))

    def found(nodes: list[tuple[int, int]] | None) -> GapPieces:
        streets = drawn_streets(west, east, north, nodes=nodes)
        stretches = cut_stretches(streets)
        nobody = np.zeros(0)
        return gap_pieces(
            streets,
            stretches,
            homes_on(stretches, []),
            out_stretch=np.ones(12, dtype=bool),
            out_home=nobody.astype(bool),
            people=nobody,
        )

    assert found(None).streets_m.tolist() == [300.0]
    apart = found([(1, 2), (2, 3), (4, 5)])
    assert apart.streets_m.tolist() == [200.0, 100.0]
    assert apart.people.tolist() == [0.0, 0.0]
    # Nobody lives there: the middle of the streets. Of 100 to 300 that is 200; pieces 3 (187.5)
    # and 4 (212.5) are equally far, and of 8 to 11 (middle at 50 m) pieces 9 and 10.
    assert apart.middle.tolist() == [3, 9]


def test_a_stretch_in_reach_keeps_its_two_sides_apart_even_on_one_street() -> None:
    """A ring of four streets of 100 m: taking one stretch out leaves one gap, taking two, two."""
    ring = [((0, 0), (100, 0)), ((100, 0), (100, 100)), ((100, 100), (0, 100)), ((0, 100), (0, 0))]
    streets = drawn_streets(*ring)
    stretches = cut_stretches(streets)
    homes = homes_on(stretches, [])
    none = np.zeros(0)

    def lengths(*reached: int) -> list[float]:
        found = gap_pieces(
            streets,
            stretches,
            homes,
            out_stretch=~among(16, *reached),
            out_home=none.astype(bool),
            people=none,
        )
        return found.streets_m.tolist()

    assert lengths(0) == [375.0]
    assert lengths(0, 8) == [175.0, 175.0]
    assert lengths(*range(16)) == []


def test_who_lives_beside_a_street_just_within_reach_is_out_of_it_with_that_stretch() -> None:
    """The whole street is within reach, one home beside stretch 3 is not: a gap of 25 m."""
    streets = drawn_streets(EAST_ROAD)
    stretches = cut_stretches(streets)
    found = gap_pieces(
        streets,
        stretches,
        homes_on(stretches, [3, 4]),
        out_stretch=np.zeros(16, dtype=bool),
        out_home=np.array([True, False]),
        people=np.array([3.0, 4.0]),
    )
    assert np.flatnonzero(found.piece == 0).tolist() == [3]
    assert found.people.tolist() == [3.0]
    assert found.streets_m.tolist() == [25.0]


def test_who_is_on_no_street_is_in_no_gap_and_who_is_not_counted_counts_nothing() -> None:
    streets = drawn_streets(EAST_ROAD)
    stretches = cut_stretches(streets)
    found = gap_pieces(
        streets,
        stretches,
        homes_on(stretches, [3, 4], lost=1),
        out_stretch=np.ones(16, dtype=bool),
        out_home=np.ones(3, dtype=bool),
        people=np.array([np.nan, 4.0, 100.0]),
    )
    assert found.home_piece.tolist() == [0, 0, -1]
    assert found.people.tolist() == [4.0]


def test_a_town_without_streets_has_no_gaps() -> None:
    streets = drawn_streets(EAST_ROAD)
    stretches = cut_stretches(streets)
    nothing = among(16)
    found = gap_pieces(
        streets,
        stretches,
        homes_on(stretches, [], lost=2),
        out_stretch=nothing,
        out_home=np.ones(2, dtype=bool),
        people=np.ones(2),
    )
    assert len(found) == 0
    assert piece_names(found, homes_on(stretches, [], lost=2), np.ones(2), ["松町"]) == []


def test_the_middle_lies_where_people_live_near_the_middle_of_all_of_them() -> None:
    """Two streets: 0-400 m to the east, and from (200, 0) 100 m to the north. 10 people live on
    the northern end (200, 87.5) and one each at 12.5 m and 387.5 m to the east. The middle of all is
    (200, 72.9): the northern end is nearest of where anybody lives.
    """
    streets = drawn_streets(((0, 0), (200, 0)), ((200, 0), (400, 0)), NORTH_ROAD)
    stretches = cut_stretches(streets)
    found = gap_pieces(
        streets,
        stretches,
        homes_on(stretches, [0, 15, 19]),
        out_stretch=np.ones(20, dtype=bool),
        out_home=np.ones(3, dtype=bool),
        people=np.array([1.0, 1.0, 10.0]),
    )
    assert found.middle.tolist() == [19]
    assert (stretches.x[19], stretches.y[19]) == (200.0, 87.5)


def test_spots_find_the_stretch_that_holds_them() -> None:
    """100 m in four pieces: 0 %, 24 %, 25 %, 99 % and 100 % of it; a spot on no street says 0."""
    streets = drawn_streets(((0, 0), (10, 0)), ((0, 0), (0, 100)))
    stretches = cut_stretches(streets)
    edge = np.array([0, 1, 1, 1, 1, 1, -1], dtype=np.int32)
    at = np.array([1.0, 0.0, 0.24, 0.25, 0.99, 1.0, np.nan])
    assert stretches_at(stretches, edge, at).tolist() == [0, 1, 1, 2, 4, 4, 0]


def test_a_gap_is_named_after_those_who_live_in_it() -> None:
    """Cells: 0 松町, 1 竹町, 2 without a name, 3 梅町, 4 竹町 again, 5-8 four more. In the gap live
    3 of 松町, 2 + 2 of 竹町, 9 without a name, nobody counted in 梅町, one each in the others.
    """
    streets = drawn_streets(EAST_ROAD)
    stretches = cut_stretches(streets)
    cells = [0, 1, 2, 3, 4, 5, 6, 7, 8]
    names = ["松町", "竹町", None, "梅町", "竹町", "桜町", "鶴町", "亀町", "鷺町"]
    people = np.array([3.0, 2.0, 9.0, np.nan, 2.0, 1.0, 1.0, 1.0, 1.0])
    homes = homes_on(stretches, range(9), cell=cells)
    found = gap_pieces(
        streets,
        stretches,
        homes,
        out_stretch=np.ones(16, dtype=bool),
        out_home=np.ones(9, dtype=bool),
        people=people,
    )
    assert piece_names(found, homes, people, names) == [("竹町", "松町", "桜町", "鶴町", "亀町")]
    assert piece_names(found, homes, people * np.nan, names)[0][0] == "竹町"  # two of nine homes
    assert piece_names(found, homes, people, [None] * 9) == [()]
