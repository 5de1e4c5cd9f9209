"""What is not told is no number: how notebooks write figures."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from itertools import pairwise
from types import ModuleType

import pytest
from town_copy import ROOT

from geo.model.coverage_answer import WeekdayFigure


@pytest.fixture(scope="module")
def look() -> Iterator[ModuleType]:
    import matplotlib

    matplotlib.use("agg")
    spec = importlib.util.spec_from_file_location("figure_look", ROOT / "notebooks/figure_look.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["figure_look"] = module  # where its dataclass looks itself up
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = writes
    yield module
    del sys.modules["figure_look"]
    matplotlib.rcdefaults()


def test_a_figure_that_is_not_told_is_a_dash_and_nobody_is_a_nought(look: ModuleType) -> None:
    assert [look.count_text(n) for n in (None, 0, 1180)] == ["—", "0", "1,180"]
    assert [look.percent_text(p) for p in (None, 0.0, 0.384)] == ["—", "0%", "38%"]


def test_parts_of_what_is_not_told_are_not_told(look: ModuleType) -> None:
    assert look.part_of(30, 120) == 0.25
    assert [look.part_of(*pair) for pair in ((None, 10), (10, None), (0, 0))] == [None] * 3
    assert look.told_sum([10, None, 0, 15]) == 25


def test_the_opening_sentence_at_some_none_and_untold(look: ModuleType) -> None:
    say, within = look.opening_sentence, "歩いて10分以内"
    assert (
        say("75歳以上", 1180, 410, within, when="火曜日は、")
        == "火曜日は、75歳以上1,180人のうち約410人の家から、歩いて10分以内に通える場があります。"
    )
    assert (
        say("75歳以上", 1180, 0, within) == "歩いて10分以内に通える場は、まだ見つかっていません。"
    )
    assert (
        say("75歳以上", 1180, None, within)
        == "歩いて10分以内に通える場がある75歳以上の人数は、少ないので出していません。"
    )


@pytest.mark.parametrize(
    ("colour", "ink"), [((0.95, 0.96, 0.98), "#14212e"), ((0.04, 0.24, 0.36), "white")]
)
def test_letters_on_a_colour_can_be_read(
    look: ModuleType, colour: tuple[float, ...], ink: str
) -> None:
    assert look.ink_on(colour) == ink


def test_bars_of_weekdays_say_each_of_their_faces(look: ModuleType) -> None:
    """Of 200: Monday 60 every week and 20 more in some; Tuesday 60 and an untold number more;
    Wednesday not told at all; Thursday nobody; Sunday no place is known.
    """
    from matplotlib import pyplot as plt

    told = [(60, 80), (60, None), (None, None), (0, 0), (0, 0), (0, 0), (0, 0)]
    days = [
        look.day_total([WeekdayFigure(day, every, some, 1, 1, seen=day != 6)])
        for day, (every, some) in enumerate(told)
    ]
    figure, axes = plt.subplots()
    look.weekday_bars(axes, days, 200)
    words = [text.get_text() for text in axes.texts]
    assert words[:6] == ["80人\n40%", "60人", "60人以上\n30%以上", "60人", "—", "0人\n0%"]
    assert words[-1] == "まだ\n見つかって\nいません"
    plt.close(figure)


def test_a_day_of_several_areas_adds_what_is_told_and_counts_what_is_not(look: ModuleType) -> None:
    """30 and 45; 20 and untold; untold both; none known: 50 every week, 65 in some, two untold."""
    figures = [
        WeekdayFigure(0, every, some, 0, 0, seen=seen)
        for every, some, seen in [
            (30, 45, True),
            (20, None, True),
            (None, None, True),
            (0, 0, False),
        ]
    ]
    assert look.day_total(figures) == look.DayTotal(every=50, some=65, untold=2, seen=True)
    assert not look.day_total(figures[3:]).seen


def test_blues_and_sand_stay_apart_in_grey(look: ModuleType) -> None:
    from matplotlib.colors import to_rgb

    def grey(colour: str) -> float:
        red, green, blue = to_rgb(colour)
        return 0.299 * red + 0.587 * green + 0.114 * blue

    steps = [grey(colour) for colour in (*look.NEAR, look.FAR)]
    assert all(after - before > 0.07 for before, after in pairwise(steps))
