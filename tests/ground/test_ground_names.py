"""Names of the base map: legible, whole, each once, and never in the way of flags."""

from __future__ import annotations

from typing import Any

import pytest
from ground.conftest import OpenMap
from ground.map_screen import Name, clashes, covering, crossed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COAST = "/99881/welfare_district/12"
HILL = "/99881/welfare_district/9"
LEAST_PX = {"calm": 12, "landmarks": 15}


@pytest.mark.parametrize("style", ["calm", "landmarks"])
@pytest.mark.parametrize("area", [COAST, HILL], ids=["coast", "hill"])
def test_names_have_room_at_three_zooms(open_map: OpenMap, area: str, style: str) -> None:
    screen = open_map(f"{area}?map={style}")
    width, height = screen.size()
    counts = []
    for zoom in (None, 15.6, 17):
        if zoom is not None:
            screen.zoom(zoom)
        names = screen.names()
        counts.append(len(names))
        assert clashes(names) == []
        assert covering(names, screen.flags()) == []
        assert crossed(names, screen.outline()) == []
        assert covering(names, screen.boxes(".name:not(.name-away)")) == []
        assert covering(names, screen.boxes(".map-buttons, .leaflet-control-scale-line")) == []
        for name in names:
            assert name.size >= LEAST_PX[style], name
            for left, top, right, bottom in name.boxes:
                assert min(left, top) >= 0, name
                assert right <= width, name
                assert bottom <= height, name
        assert len({(n.kind, n.name) for n in names}) == len(names)
        assert screen.style() == style
    assert min(counts) >= 1, counts
    assert max(counts) >= 5, counts


def test_a_chosen_flag_stands_on_no_name(open_map: OpenMap) -> None:
    screen = open_map(COAST)
    names = {name.name for name in screen.names()}
    chosen = set()
    for flag in screen.page.locator(".flag-button").all()[:6]:
        flag.dispatch_event("click")
        screen.wait()
        assert covering(screen.names(), screen.boxes(".flag-selected .flag-cloth")) == []
        chosen |= {name.name for name in screen.names()}
    assert names & chosen


def _relative(names: list[Name], dx: int, dy: int) -> dict[str, tuple[Any, ...]]:
    return {n.name: tuple((round(b[0] + dx), round(b[1] + dy)) for b in n.boxes) for n in names}


_INK = """([left, top, right, bottom]) => {
  const canvas = document.querySelector(".ground-names");
  const fine = canvas.width / canvas.offsetWidth;
  const [x, y, width, height] = [left, top, right - left, bottom - top].map((side) => Math.round(side * fine));
  const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  [copy.canvas.width, copy.canvas.height] = [width, height];
  copy.drawImage(canvas, -x, -y);
  return [...copy.getImageData(0, 0, width, height).data].join(" ");
}"""

_TILE_EDGES = """() => {
  const { x, y } = map_1.getPixelBounds().min;
  const side = 256 * 2 ** (map_1.getZoom() - Math.round(map_1.getZoom()));
  return [x, y, side];
}"""


def test_names_over_edges_of_tiles_are_the_same_when_the_map_is_pushed(open_map: OpenMap) -> None:
    screen = open_map(HILL)
    screen.zoom(16)
    before, ink = screen.names(), {}
    at_x, at_y, side = screen.page.evaluate(_TILE_EDGES)
    across = set()
    for name in before:
        left = min(box[0] for box in name.boxes) - 2
        top = min(box[1] for box in name.boxes) - 2
        right = max(box[2] for box in name.boxes) + 2
        bottom = max(box[3] for box in name.boxes) + 2
        if left > 95 and top > 65:
            ink[name.name] = (left, top, right, bottom)
        if (at_x + left) // side != (at_x + right) // side or (at_y + top) // side != (
            at_y + bottom
        ) // side:
            across.add(name.name)
    pixels = {name: screen.page.evaluate(_INK, list(box)) for name, box in ink.items()}
    screen.move(90, 60)
    now = _relative(screen.names(), 90, 60)
    then = _relative(before, 0, 0)
    same = {name for name in ink if now.get(name) == then[name]}
    assert same & across, "no name lies over the edge of a tile"
    for name in same:
        left, top, right, bottom = ink[name]
        moved = screen.page.evaluate(_INK, [left - 90, top - 60, right - 90, bottom - 60])
        assert moved == pixels[name], name


_WATCH_TYPE = """
  globalThis.foreign = [];
  globalThis.written = 0;
  const draw = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...more) {
    globalThis.written += 1;
    if (!this.font.includes('"BIZ UDPGothic"') || !document.fonts.check(this.font, text)) {
      globalThis.foreign.push(`${this.font} ${text}`);
    }
    return draw.call(this, text, ...more);
  };
"""


def test_nothing_is_written_before_our_own_type_is_there(open_map: OpenMap) -> None:
    screen = open_map(COAST, before=lambda page: page.add_init_script(_WATCH_TYPE))
    for zoom in (13.2, 16, 17.5):
        screen.zoom(zoom)
    assert screen.page.evaluate("written") > 20
    assert screen.page.evaluate("foreign") == []


_FORMS = """([kind, name, line]) => {
  const at = { x: 300, y: 300 };
  const one = { kind, name, at: line ? null : at, lines: line ? [line.map(([x, y]) => ({ x, y }))] : [] };
  const look = Otakara.groundLook("calm");
  const measure = (font, text) => [...text].length * look.typeOf(kind).size;
  return Otakara.groundForms(one, look, measure).map(({ pieces }) => pieces.map((p) => [p.text, p.angle]));
}"""


def test_how_names_are_set(open_map: OpenMap) -> None:
    page = open_map(COAST).page

    def forms(kind: str, name: str, line: list[list[int]] | None = None) -> list[Any]:
        read: list[Any] = page.evaluate(_FORMS, [kind, name, line])
        return read

    def lines(kind: str, name: str) -> set[tuple[str, ...]]:
        return {tuple(text for text, _ in pieces) for pieces in forms(kind, name)}

    assert lines("station", "面瀬駅") == {("面瀬駅",)}
    assert lines("mountain", "高谷山（190m）") == {("高谷山（190m）",), ("高谷山", "（190m）")}
    assert lines("hall", "弁天町一丁目自治会館") == {
        ("弁天町一丁目自治会館",),
        ("弁天町一丁目", "自治会館"),
    }
    # From left to right whichever way the street runs; downwards, letter by letter, where it is steep.
    for street in ([[100, 300], [500, 340]], [[500, 340], [100, 300]]):
        [[text, angle]] = forms("street", "面瀬通り", street)[0]
        assert (text, round(angle, 2)) == ("面瀬通り", 0.1)
    for street in ([[300, 100], [330, 500]], [[330, 500], [300, 100]]):
        assert forms("street", "センター通り", street)[0] == [
            ["セ", 0],
            ["ン", 0],
            ["タ", 0],
            ["ー", pytest.approx(1.5708, abs=1e-3)],
            ["通", 0],
            ["り", 0],
        ]
    assert forms("street", "とても長い名前の通り", [[300, 300], [340, 300]]) == []
    bent = [[300, 300], [340, 300], [340, 340], [300, 340], [300, 380]]
    assert forms("street", "面瀬通り", bent) == []
