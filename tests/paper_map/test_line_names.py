"""Names of streets bend with them, are read from the left or from the top, and cover nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from front import sample
from paper_district.printed_areas import area_of
from paper_map.drawn_maps import MAIN, ground, label, picture

from geo.model.answers import BackdropFeature
from webmap.paper.drawing.line_names import LineName, write_along

Characters = list[tuple[str, float, float, float]]
NO_AREA = {"outline": None, "neighbours": (), "backdrops": ()}


def _names(svg: str) -> Characters:
    """Every character that is turned, with its place and its turn."""
    return [
        (char, float(x), float(y), float(turn))
        for x, y, turn, char in re.findall(
            r'translate\(([-\d.]+) ([-\d.]+)\) rotate\(([-\d.]+)\)" y="[^"]*">([^<]*)<', svg
        )
    ]


def _named(line: str, name: str = "本町通り", at: tuple[float, float] = (0, 0)) -> Characters:
    under = ground(("street", MAIN, line), labels=[label("street", name, *at)])
    return _names(picture(area_of([], **NO_AREA), under).svg)


@pytest.mark.parametrize("line", ["LINESTRING(-500 0, 500 0)", "LINESTRING(500 0, -500 0)"])
def test_across_the_paper_it_is_read_from_the_left(line: str) -> None:
    found = _named(line)
    assert [char for char, *_ in found] == list("本町通り")
    assert [x for _, x, *_ in found] == pytest.approx([116.5, 120.5, 124.5, 128.5])
    assert [y for _, _, y, _ in found] == pytest.approx([117.5] * 4)
    assert [turn for *_, turn in found] == [0.0] * 4


@pytest.mark.parametrize("line", ["LINESTRING(0 -500, 0 500)", "LINESTRING(0 500, 0 -500)"])
def test_down_the_paper_it_is_read_from_the_top_with_upright_characters(line: str) -> None:
    found = _named(line, "中央ロード")
    assert [char for char, *_ in found] == list("中央ロード")
    downs = [y for _, _, y, _ in found]
    assert downs == sorted(downs)
    assert [turn for *_, turn in found] == [0.0, 0.0, 0.0, 90.0, 0.0]  # ー lies


def test_it_bends_with_its_street_but_not_round_a_corner() -> None:
    bent = _named("LINESTRING(-500 -60, 0 0, 500 -60)")
    assert bent[0][3] < 0 < bent[-1][3]
    round_a_corner = _named("LINESTRING(-500 0, 0 0, 0 -500)")
    assert all(y == pytest.approx(117.5) for _, _, y, _ in round_a_corner) or all(
        x == pytest.approx(122.5) for _, x, *_ in round_a_corner
    )
    assert len(round_a_corner) == 4


def test_without_a_street_or_with_too_short_a_one_it_is_left_out() -> None:
    assert _named("LINESTRING(-60 0, 60 0)") == []
    assert _named("LINESTRING(-500 300, 500 300)") == []
    svg = picture(area_of([], **NO_AREA), ground(labels=[label("street", "本町通り", 0, 0)])).svg
    assert _names(svg) == []


def test_pieces_of_one_street_are_one_line() -> None:
    under = ground(
        ("street", MAIN, "LINESTRING(-500 0, 10 0)"),
        ("street", MAIN, "LINESTRING(10 0, 500 0)"),
        labels=[label("street", "本町通り", 10, 0)],
    )
    assert len(_names(picture(area_of([], **NO_AREA), under).svg)) == 4


def test_it_goes_aside_for_another_name_and_is_only_words() -> None:
    labels = [label("place", "本町", 0, 0), label("street", '<b>"&通り', 0, 0)]
    under = ground(("street", MAIN, "LINESTRING(-900 0, 900 0)"), labels=labels)
    svg = picture(area_of([], **NO_AREA), under).svg
    assert "<b>" not in svg
    found = _names(svg)
    assert len(found) == len('<b>"&通り')
    assert all(abs(x - 122.5) > 3.6 for _, x, *_ in found)


def test_a_line_without_a_name_is_only_a_line() -> None:
    cx, cy = sample.CENTER
    line = {"type": "LineString", "coordinates": [[cx - 0.01, cy], [cx + 0.01, cy]]}
    answer = area_of([], outline=None, neighbours=(), backdrops=())
    answer = replace(answer, backdrops=(BackdropFeature("道", "#0055aa", "", line),))
    svg = picture(answer).svg
    assert "#0055aa" in svg
    assert "<text" not in svg


def test_a_full_room_leaves_it_out() -> None:
    from shapely import LineString

    from webmap.paper.drawing.flag_room import Kept
    from webmap.paper.drawing.label_placing import LabelRoom

    line = LineString([(0, 50), (100, 50)])
    name = LineName("本町通り", line, 50.0, 3.2, "#000000")
    assert write_along(name, LabelRoom(100, 100, []))
    assert not write_along(name, LabelRoom(100, 100, [Kept(0, 45, 100, 10)]))
