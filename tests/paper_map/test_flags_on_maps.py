"""Flags on a map: every one, near to its place, and the map still to be seen."""

from __future__ import annotations

from paper_district.printed_areas import area_of, said
from paper_map.drawn_maps import ground, label, overlap, picture, window, written

from webmap.paper.drawing.flag_room import Kept
from webmap.paper.drawing.ground_picture import COLORS
from webmap.paper.drawing.type_width import text_width_mm


def test_a_town_without_streets_has_its_border_and_its_flags() -> None:
    answer = area_of([said(n) for n in range(1, 8)], backdrops=())
    made = picture(answer)
    assert made.flags.numbers == tuple(range(1, 8))
    assert f'stroke="{COLORS.own_border}"' in made.svg
    assert "7件のお宝の旗" in made.alt


def test_no_name_lies_over_the_line_of_a_flag() -> None:
    answer = area_of([said(n) for n in range(1, 60)], neighbours=(), backdrops=())
    labels = [label("place", f"町{n}", 200 * (n % 13 - 6), 200 * (n // 13 - 6)) for n in range(150)]
    made = picture(answer, ground(labels=labels), scale=25_000)
    names = [
        Kept(left, line - size * 0.88, text_width_mm(text, size), size)
        for text, (left, line, size, _) in written(made.svg).items()
        if text.startswith("町")
    ]
    assert len(names) > 10
    assert len(made.flags.lines) > 20
    assert not any(overlap(name, point) for name in names for point in made.flags.lines)


def test_flags_make_room_for_the_name_of_a_station() -> None:
    """The flag above its place would cover the station; beside it there is room enough."""
    answer = area_of([said(1)], neighbours=(), backdrops=())
    flag = answer.flags[0]
    x, y = window().to_mm(flag.lon, flag.lat)
    station = label("station", "ますめ駅", (float(x) - 122.5) * 10, (117.5 - float(y)) * 10 + 60)
    assert "ますめ駅" in written(picture(answer, ground(labels=[station])).svg)


def test_three_hundred_flags_stand_near_their_places_and_leave_the_map_to_be_seen() -> None:
    made = picture(area_of([said(n) for n in range(1, 301)]), scale=12_500)
    assert made.flags.numbers == tuple(range(1, 301))
    assert made.flags.left_out == ()
    assert made.flags.largest_shift_mm < 45
    boxes = [box for box in made.flags.boxes if box.width > 3]  # the others are places
    assert len(made.flags.boxes) - len(boxes) == 300
    assert len(boxes) < 150  # places of one layer near to each other share a flag
    assert not any(overlap(one, other) for n, one in enumerate(boxes) for other in boxes[:n])
    assert sum(box.width * box.height for box in boxes) < 0.3 * 245 * 235


def test_thousands_of_places_are_shown_and_those_without_a_flag_are_told() -> None:
    made = picture(area_of([said(n) for n in range(1, 2001)]), scale=12_500)
    assert sorted((*made.flags.numbers, *made.flags.left_out)) == list(range(1, 2001))
    assert made.svg.count("<circle") == 2000
    assert made.flags.largest_shift_mm <= 12
    boxes = [box for box in made.flags.boxes if box.width > 3]
    assert sum(box.width * box.height for box in boxes) < 0.5 * 245 * 235


def test_few_flags_are_larger_than_many() -> None:
    def type_mm(count: int) -> float:
        made = picture(area_of([said(n) for n in range(1, count + 1)]), scale=12_500)
        return written(made.svg)["通4"][2] if count < 300 else written(made.svg)["通4・12・20"][2]

    assert [type_mm(count) for count in (8, 60, 300)] == [4.3, 3.4, 3.2]
