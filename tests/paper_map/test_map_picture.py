"""The map on paper: everything in its place, readable without colour, words that stay words."""

from __future__ import annotations

import dataclasses
import io
import re

import numpy as np
import pytest
from front import sample
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_district.printed_areas import SHAPES, area_of, drawn, image_of, said
from paper_map.drawn_maps import (
    LOCAL,
    MAIN,
    SERVICE,
    ground,
    label,
    overlap,
    picture,
    window,
    written,
)
from PIL import Image

from geo.model.answers import BackdropFeature
from webmap.paper.drawing.flag_room import Kept
from webmap.paper.drawing.ground_picture import COLORS, GREY, ground_picture
from webmap.paper.drawing.label_placing import LabelRoom, Name
from webmap.paper.drawing.map_picture import MapPicture, map_picture
from webmap.paper.drawing.type_width import text_width_mm
from webmap.paper.paper_choice import PaperChoice

SEA = "POLYGON((-3000 -3000, 3000 -3000, 3000 -200, -3000 -200, -3000 -3000))"
SEA_BESIDE = "POLYGON((-3000 -400, -3000 200, 3000 200, 3000 -400, -3000 -400))"
NEAR = st.floats(0, 245, allow_nan=False)


def _widths(svg: str, color: str) -> list[float]:
    return [float(w) for w in re.findall(rf'stroke="{color}"[^>]*stroke-width="([\d.]+)"', svg)]


def test_a_metre_is_a_metre() -> None:
    under = ground(("rail", "rail", "LINESTRING(-500 0, 500 0)"))
    drawn_rail = ground_picture(under, window(10_000), COLORS)
    (line, *_) = re.findall(r'd="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"', drawn_rail)
    left, top, right, bottom = (float(part) for part in line)
    assert (left, right) == (pytest.approx(122.5 - 50, abs=0.01), pytest.approx(172.5, abs=0.01))
    assert top == bottom == pytest.approx(117.5, abs=0.01)


def test_greater_streets_are_wider_and_every_street_has_edges() -> None:
    under = ground(
        ("street", MAIN, "LINESTRING(-500 0, 500 0)"),
        ("street", LOCAL, "LINESTRING(-500 90, 500 90)"),
    )
    svg = ground_picture(under, window(10_000), COLORS)
    (main,), (local,) = _widths(svg, COLORS.main), _widths(svg, COLORS.street)
    assert main > 2 * local >= 1.0
    assert sorted(_widths(svg, COLORS.casing)) == [
        pytest.approx(local + 0.36),
        pytest.approx(main + 0.36),
    ]


@pytest.mark.parametrize(
    ("scale", "double", "thin"),
    [(5_000, 3, 0), (12_500, 1, 2), (25_000, 1, 1), (50_000, 1, 0), (200_000, 1, 0)],
)
def test_smaller_scales_draw_the_lesser_streets_thinner_and_leave_them_away(
    scale: int, double: int, thin: int
) -> None:
    under = ground(
        ("street", MAIN, "LINESTRING(-500 0, 500 0)"),
        ("street", LOCAL, "LINESTRING(-500 90, 500 90)"),
        ("street", SERVICE, "LINESTRING(-500 -90, 500 -90)"),
    )
    svg = ground_picture(under, window(scale), COLORS)
    assert len(_widths(svg, COLORS.casing)) == double
    assert len(_widths(svg, COLORS.thin)) == thin


def test_houses_that_would_be_dots_are_left_away() -> None:
    """At 1:12,500 a school of 60 m is 23 square millimetres, a house of 9 m half of one."""
    house = "POLYGON((0 0, 0 9, 9 9, 9 0, 0 0))"
    school = "POLYGON((90 0, 90 60, 150 60, 150 0, 90 0))"
    under = ground(("building", "building", house), ("building", "building", school))
    drawn_at = {
        scale: ground_picture(under, window(scale), COLORS).count("Z") for scale in (5_000, 12_500)
    }
    assert drawn_at == {5_000: 2, 12_500: 1}


def test_two_areas_around_have_one_border_and_none_along_the_own() -> None:
    """Two squares side by side above the own one: drawn twice, dashes would fill each other."""
    cx, cy = sample.CENTER

    def square(x: float, y: float) -> dict[str, object]:
        ring = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
        return {"type": "Polygon", "coordinates": [ring]}

    answer = area_of([], backdrops=())
    near = tuple(
        dataclasses.replace(answer.neighbours[n], outline=square(cx - 0.01 + n * 0.01, cy))
        for n in (0, 1)
    )
    own = {
        "type": "Polygon",
        "coordinates": [[[cx - 0.01, cy], [cx + 0.01, cy], [cx, cy - 0.01], [cx - 0.01, cy]]],
    }
    svg = picture(dataclasses.replace(answer, outline=own, neighbours=near), scale=20_000).svg
    (path,) = re.findall(rf'd="([^"]*)" fill="none" stroke="{COLORS.neighbour_border}"', svg)
    lines = [
        np.array([[float(part) for part in point.split()] for point in line.split("L")])
        for line in path.split("M")[1:]
    ]
    drawn_mm = sum(np.hypot(*np.diff(line, axis=0).T).sum() for line in lines)
    wide, high = (0.01 * metres / 20 for metres in (91_290, 110_940))
    assert drawn_mm == pytest.approx(2 * wide + 3 * high, rel=0.06)


def test_nothing_on_the_map_is_smaller_than_nine_points() -> None:
    kinds = ("station", "school", "hall", "place", "water", "park", "temple", "mountain")
    labels = [label(kind, f"{kind}の名", 0, 90 * n) for n, kind in enumerate(kinds)]
    svg = picture(area_of([said(n) for n in range(1, 40)]), ground(labels=labels)).svg
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)]
    assert len(sizes) > 40
    assert min(sizes) >= 9 / 72 * 25.4


def test_a_name_of_around_never_lies_over_the_border() -> None:
    cx, cy = sample.CENTER
    ring = [[cx - 0.01, cy - 0.01], [cx, cy - 0.01], [cx, cy + 0.01], [cx - 0.01, cy + 0.01]]
    own = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    answer = area_of([], outline=own, neighbours=(), backdrops=())
    labels = [label("place", "長い名前の町", 5, 0), label("place", "ほかの町", 500, 0)]
    found = written(picture(answer, ground(labels=labels)).svg)
    assert "ほかの町" in found
    assert "長い名前の町" not in found


def test_pieces_of_the_sea_that_overlap_are_sea_there_too() -> None:
    answer = dataclasses.replace(area_of([said(1)]), outline=None, backdrops=(), neighbours=())
    choice = dataclasses.replace(PaperChoice(), scale=10_000)
    frame_map = (10, 28)
    sea = ground(("water", "sea", SEA), ("water", "sea", SEA_BESIDE))
    page = np.asarray(image_of(drawn(answer, choice, ground=sea), 100))
    # A column of pixels from the first to the last row of the sea, left of everything else.
    column = page[:, int((frame_map[0] + 3) * 100 / 25.4)]
    blue = (np.abs(column.astype(int) - _rgb(COLORS.water)) <= 6).all(axis=1)
    rows = np.flatnonzero(blue)
    assert len(rows) > 300
    assert np.all(np.diff(rows) == 1)


def _rgb(color: str) -> list[int]:
    return [int(color[at : at + 2], 16) for at in (1, 3, 5)]


def test_what_lies_around_is_paler_and_can_still_be_read() -> None:
    road = ground(("street", MAIN, "LINESTRING(-3000 0, 3000 0)"))
    answer = area_of([said(1)], backdrops=(), neighbours=())
    choice = dataclasses.replace(PaperChoice(), scale=12_500)
    page = np.asarray(image_of(drawn(answer, choice, ground=road), 150).convert("L")).astype(int)

    def edge(x_mm: float) -> int:
        """How dark the edge of the street is, so far from the left of the map."""
        column = page[:, int((10 + x_mm) * 150 / 25.4)]
        middle = int((28 + 117.5) * 150 / 25.4)
        return int(255 - column[middle - 30 : middle + 30].min())

    inside, outside = edge(100), edge(4)
    assert 0.35 * inside < outside < 0.8 * inside


def test_without_a_colour_the_map_is_grey_all_through() -> None:
    under = ground(
        ("water", "sea", SEA),
        ("green", "wood", "POLYGON((0 0, 0 300, 300 300, 300 0, 0 0))"),
        ("building", "building", "POLYGON((0 0, 0 30, 30 30, 30 0, 0 0))"),
        ("street", MAIN, "LINESTRING(-500 0, 500 0)"),
        ("rail", "rail", "LINESTRING(-500 9, 500 9)"),
        labels=[label("station", "ますめ駅", 300, 300), label("water", "ますめ湾", 0, -900)],
    )
    svg = picture(area_of([said(n) for n in range(1, 9)]), under, grey=True).svg
    colors = set(re.findall(r'"(#[0-9a-f]{6})"', svg))
    assert len(colors) > 5
    assert all(len({color[at : at + 2] for at in (1, 3, 5)}) == 1 for color in colors)


def test_water_streets_and_land_differ_without_colour() -> None:
    def light(color: str) -> float:
        return 0.2126 * _rgb(color)[0] + 0.7152 * _rgb(color)[1] + 0.0722 * _rgb(color)[2]

    for colors in (COLORS, GREY):
        assert light(colors.land) - light(colors.water) > 30
        assert light(colors.street) - light(colors.casing) > 90
        assert light(colors.casing) - light(colors.own_border) > 60


def test_names_inside_come_first_and_are_darker() -> None:
    under = ground(
        labels=[
            label("hall", "外の会館", 2000, 1900),
            label("hall", "中の会館", 60, 60),
        ]
    )
    found = written(picture(area_of([]), under, scale=20_000).svg)
    assert found["中の会館"][3] == COLORS.name
    assert found["外の会館"][3] == COLORS.name_outside
    assert list(found).index("中の会館") < list(found).index("外の会館")


def test_names_of_what_is_outside_of_the_paper_are_not_written() -> None:
    under = ground(labels=[label("place", "遠い町", 9000, 0)])
    found = written(picture(area_of([]), under).svg)
    assert "遠い町" not in found


def test_a_name_under_a_flag_moves_aside() -> None:
    answer = area_of([said(1)])
    flag = answer.flags[0]
    x, y = window().to_mm(flag.lon, flag.lat)
    metres = ((float(x) - 122.5) * 10, (117.5 - float(y)) * 10)
    made = picture(answer, ground(labels=[label("place", "元町", *metres)]))
    left, line, size, _ = written(made.svg)["元町"]
    name = Kept(left, line - size * 0.88, text_width_mm("元町", size), size)
    assert not any(overlap(name, box) for box in made.flags.boxes)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(NEAR, NEAR, st.text("町あA1", min_size=1, max_size=8)), max_size=40))
def test_no_name_lies_over_another_or_leaves_the_map(
    places: list[tuple[float, float, str]],
) -> None:
    room = LabelRoom(245, 235, [])
    boxes = []
    for x, y, text in places:
        svg = room.write(Name(text, x, y, 3.0, "#000000"))
        for found, (left, line, size, _) in written(svg).items():
            boxes.append(Kept(left, line - size * 0.88, text_width_mm(found, size), size))
    for n, one in enumerate(boxes):
        assert 0 <= one.x <= one.x + one.width <= 245.01
        assert 0 <= one.y <= one.y + one.height <= 235.01
        assert not any(overlap(one, other) for other in boxes[:n])


def test_names_of_areas_around_stand_whole_in_them() -> None:
    cx, cy = sample.CENTER
    ring = [[cx - 0.02, cy + 0.004], [cx + 0.02, cy + 0.004], [cx + 0.02, cy + 0.02]]
    outline = {"type": "Polygon", "coordinates": [[*ring, [cx - 0.02, cy + 0.02], ring[0]]]}
    answer = area_of([], outline=None, backdrops=())
    near = (dataclasses.replace(answer.neighbours[0], outline=outline),)
    found = written(picture(dataclasses.replace(answer, neighbours=near)).svg)
    left, line, size, _ = found[near[0].area.name]
    x, y = window().to_mm(*np.array(ring).T)
    assert float(x.min()) < left < left + 4 * size < float(x.max())
    assert line < float(y.max())


def test_what_a_layer_lays_under_the_flags_is_drawn_and_named() -> None:
    made = picture(area_of([]))
    found = written(made.svg)
    assert "東中学校" in found
    along = "".join(re.findall(r"rotate[^>]*>([^<])<", made.svg)) + "".join(found)
    assert "東海道線" in along
    assert "汐見川" in along
    assert made.svg.count('stroke="#777777"') == 2  # the railway and the river; a school is a point
    assert "■" in found


def test_a_lake_and_what_is_elsewhere() -> None:
    cx, cy = sample.CENTER
    ring = [[cx - 0.002, cy - 0.002], [cx + 0.002, cy - 0.002], [cx, cy + 0.002]]
    lake = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    far = {"type": "Point", "coordinates": [cx + 2, cy]}
    backdrops = (
        BackdropFeature("池", "#0055aa", "汐見池", lake),
        BackdropFeature("池", "#0055aa", "よその池", far),
    )
    found = written(picture(area_of([], backdrops=backdrops)).svg)
    assert "汐見池" in found
    assert "よその池" not in found


def test_two_parts_and_an_island_are_all_bordered() -> None:
    cx, cy = sample.CENTER

    def square(x: float, y: float, half: float) -> list[list[float]]:
        return [
            [x - half, y - half], [x + half, y - half], [x + half, y + half],
            [x - half, y + half], [x - half, y - half],
        ]  # fmt: skip

    outline = {
        "type": "MultiPolygon",
        "coordinates": [
            [square(cx, cy, 0.006), square(cx, cy, 0.001)],
            [square(cx + 0.01, cy, 0.002)],
        ],
    }
    svg = picture(area_of([], outline=outline, neighbours=(), backdrops=())).svg
    (border,) = re.findall(rf'd="([^"]*)" fill="none" stroke="{COLORS.own_border}"', svg)
    assert border.count("M") == border.count("Z") == 3


def test_names_are_words_and_never_marks_of_the_picture() -> None:
    hostile = '"/><script>alert(1)</script>&amp;'
    answer = area_of([])
    near = tuple(
        dataclasses.replace(one, area=dataclasses.replace(one.area, name=hostile))
        for one in answer.neighbours
    )
    svg = picture(
        dataclasses.replace(answer, neighbours=near), ground(labels=[label("hall", hostile, 0, 0)])
    ).svg
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def test_a_poster_is_the_same_map_with_everything_wider() -> None:
    answer = area_of([said(1)])
    usual, poster = (picture(answer, scale=20_000, times=times) for times in (1.0, 2.0))

    def border(made: MapPicture) -> float:
        return max(_widths(made.svg, COLORS.own_border))

    assert border(poster) == 2 * border(usual)
    assert written(poster.svg)["西中学校区"][2] == 2 * written(usual.svg)["西中学校区"][2]


def test_the_picture_is_as_large_as_its_box_and_always_the_same() -> None:
    answer = area_of([said(n) for n in range(1, 20)])
    under = ground(("water", "sea", SEA), labels=[label("hall", "会館", 0, 0)])
    svg = picture(answer, under).svg
    assert svg == picture(answer, under).svg
    assert 'width="245.00mm" height="235.00mm" viewBox="0 0 245.00 235.00"' in svg


def test_an_area_of_forty_kilometres_is_whole_on_the_smallest_paper() -> None:
    cx, cy = sample.CENTER
    long = [[cx - 0.22, cy], [cx + 0.22, cy + 0.01], [cx + 0.22, cy + 0.02], [cx - 0.22, cy + 0.01]]
    outline = {"type": "Polygon", "coordinates": [[*long, long[0]]]}
    answer = area_of([said(1)], outline=outline, neighbours=(), backdrops=())
    sheet = drawn(answer, PaperChoice(landscape=False))
    assert sheet.data.scale == "縮尺 1:200,000"
    page = Image.open(io.BytesIO(sheet.pages(40)[0]))
    assert page.size[0] < page.size[1]


def test_a_narrow_strip_has_a_thinner_border() -> None:
    """A strip of 40 km by 1 km is 5 mm broad at 1:200,000: a pen of 1 mm would fill it."""
    cx, cy = sample.CENTER

    def pen(width: float, height: float, scale: int) -> float:
        ring = [[cx, cy], [cx + width, cy], [cx + width, cy + height], [cx, cy + height], [cx, cy]]
        outline = {"type": "Polygon", "coordinates": [ring]}
        answer = area_of([], outline=outline, neighbours=(), backdrops=())
        return max(_widths(picture(answer, scale=scale).svg, COLORS.own_border))

    assert pen(0.02, 0.02, 12_500) == 1.0
    assert pen(0.4, 0.009, 200_000) == 0.5


def test_larger_letters_leave_lines_as_they_are() -> None:
    answer = area_of([said(1)])
    usual, larger = (
        map_picture(answer, ground(), window(20_000), shapes=SHAPES, letters=letters)
        for letters in (1.0, 1.2)
    )
    assert _widths(larger.svg, COLORS.own_border) == _widths(usual.svg, COLORS.own_border)
    for text in ("西中学校区", "移1"):
        assert written(larger.svg)[text][2] == pytest.approx(
            1.2 * written(usual.svg)[text][2], abs=0.01
        )
