"""Streets shaded by how far the nearest place is, worked out by hand."""

from __future__ import annotations

import numpy as np
from gaps.drawn_streets import METRIC, drawn_streets

from geo.coverage.shading import DAYS, shaded_streets
from geo.coverage.street_runs import alike_runs, run_lines
from geo.coverage.stretches import cut_stretches
from geo.crs import STORAGE_CRS, transformer

BENT = ((0, 0), (60, 0), (60, 40))
"""100 m with a corner at 60 m: four stretches of 25 m."""


def test_a_line_is_as_long_as_its_shade_is_the_same_on_every_day() -> None:
    """Limits of 5 and 10 minutes at 50 m/min: 2,500 and 5,000 dm. Any day: the four stretches cost
    2499, 2500, 2501, 5001: shades 0 0 1 2. On Mondays the first one costs 5,000 (1), all others
    more (2): the first and the second, alike on any day, are not on Mondays. So four lines.
    """
    streets = drawn_streets(BENT)
    nearest = np.full((8, 4), 9_999, dtype=np.uint32)
    nearest[0] = [2499, 2500, 2501, 5001]
    nearest[1, 0] = 5000
    drawn = shaded_streets(
        streets,
        cut_stretches(streets),
        nearest,
        (2500, 5000),
        limits=(5, 10),
        metric_crs=METRIC,
    )
    assert drawn.limits == (5, 10)
    assert DAYS == ("any", "0", "1", "2", "3", "4", "5", "6")
    assert drawn.shades == {"any": "0012", "0": "1222"} | {str(day): "2222" for day in range(1, 7)}
    lon, lat = transformer(METRIC, STORAGE_CRS).transform(*np.array([(50, 0), (60, 0), (60, 15)]).T)
    assert drawn.lines[2] == tuple(np.round(np.column_stack([lon, lat]), 6).ravel().tolist())
    assert [len(line) // 2 for line in drawn.lines] == [2, 2, 3, 2]


def test_alike_stretches_are_one_line_and_unwanted_ones_are_not_drawn() -> None:
    """Never within reach, which is the largest number there is: the last shade. Without the
    second stretch the first is a line of its own, the third and the fourth are one.
    """
    streets = drawn_streets(BENT)
    stretches = cut_stretches(streets)
    never = np.full((8, 4), 2**32 - 1, dtype=np.uint32)
    whole = shaded_streets(streets, stretches, never, (2500,), limits=(5,), metric_crs=METRIC)
    assert whole.shades == dict.fromkeys(DAYS, "1")
    assert len(whole.lines) == 1
    parts = shaded_streets(
        streets,
        stretches,
        never,
        (2500,),
        limits=(5,),
        metric_crs=METRIC,
        wanted=np.array([True, False, True, True]),
    )
    assert parts.shades["any"] == "11"
    assert [len(line) // 2 for line in parts.lines] == [2, 3]


def test_no_streets_are_no_lines_and_no_bounds() -> None:
    streets = drawn_streets(BENT)
    drawn = shaded_streets(
        streets,
        cut_stretches(streets),
        np.zeros((8, 4), dtype=np.uint32),
        (1,),
        limits=(5,),
        metric_crs=METRIC,
        wanted=np.zeros(4, dtype=bool),
    )
    assert (drawn.lines, drawn.bounds, set(drawn.shades.values())) == ((), None, {""})


def test_bounds_hold_every_line() -> None:
    streets = drawn_streets(BENT)
    drawn = shaded_streets(
        streets,
        cut_stretches(streets),
        np.zeros((8, 4), dtype=np.uint32),
        (1,),
        limits=(5,),
        metric_crs=METRIC,
    )
    west, south, east, north = drawn.bounds or (0, 0, 0, 0)
    assert min(line[0] for line in drawn.lines) == west < east
    assert max(line[-1] for line in drawn.lines) == north > south


def test_runs_follow_every_vertex_of_a_street_and_meet_each_other() -> None:
    """10 m to 110 m of a street with vertices at 0, 50, 50 again and 120 m; edges do not mix."""
    streets = drawn_streets(((0, 0), (30, 0)), ((0, 9), (50, 9), (50, 9), (120, 9)))
    stretches = cut_stretches(streets, longest_m=10.0)
    value = np.zeros(len(stretches), dtype=int)
    value[3 + 1 : 3 + 11] = 1
    runs = alike_runs(stretches, value, np.ones(len(stretches), dtype=bool))
    assert runs.edge.tolist() == [0, 1, 1, 1]
    assert runs.stretch.tolist() == [0, 3, 4, 14]
    lines = run_lines(streets, runs)
    assert np.round(lines.x, 9).tolist() == [0, 30, 0, 10, 10, 50, 50, 110, 110, 120]
    assert lines.y.tolist() == [0, 0] + [9] * 8
    assert lines.first.tolist() == [0, 2, 4, 8, 10]
