"""The flags of a printed map, as SVG: every one, with the numbers of the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from geo.model.answers import Flag
from geo.model.map_answer import MapAnswer
from webmap.marks import INK, PAPER, mark_for
from webmap.paper.flag_placing import Kept, PlacedFlag, Wanted, place_flags
from webmap.paper.flag_shapes import FlagShape, shape_of
from webmap.paper.map_window import MapWindow
from webmap.paper.type_width import text_width_mm

TYPE_MM = 3.4
"""Numbers on flags: 9.6 pt."""
_LINE_MM = 3.9
_PAD_MM = 0.9
_DOT_MM = 0.75
_ABOVE_MM = 1.3  # between a place and the flag above it
_FAR_MM = 9.0
"""Shifted by more than this on the average, the lines of flags become a tangle."""
_NUMBERS_A_LINE = 3
_DIGITS = "0123456789"
_BLACK = "#000000"  # the ink of the screen is a very dark blue


@dataclass(frozen=True, slots=True)
class FlagPicture:
    """Flags drawn.

    Parameters
    ----------
    svg : str
        A group in millimetres of the map.
    numbers : tuple of int
        Of the treasures that have a flag, ascending.
    left_out : tuple of int
        Of those whose flag found no room in the whole map; the list says so.
    boxes : tuple of Kept
        What flags and places cover, for whoever writes names beside them.
    largest_shift_mm : float
        How far the flag farthest from its place stands from it.
    """

    svg: str
    numbers: tuple[int, ...]
    left_out: tuple[int, ...]
    boxes: tuple[Kept, ...]
    largest_shift_mm: float


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A flag before it has a position."""

    flag: Flag
    lines: tuple[str, ...]
    shape: FlagShape
    color: str
    x: float
    y: float
    width: float
    height: float


def flag_picture(
    answer: MapAnswer,
    window: MapWindow,
    *,
    shapes: Mapping[str, int],
    grey: bool = False,
    times: float = 1.0,
    kept: Sequence[Kept] = (),
) -> FlagPicture:
    """Draw the flags of an answer that stand in a window.

    Parameters
    ----------
    answer : MapAnswer
    window : MapWindow
    shapes : Mapping of str to int
        By layer: its place in the town's order of layers, which is its shape.
    grey : bool
        White cloths with black letters.
    times : float
        How many times the size of an A3.
    kept : sequence of Kept
        What flags leave free, millimetres of the map.
    """
    drawn = [one for one in _drawn(answer, window, shapes, times) if window.holds(one.x, one.y)]
    room = window.box.width, window.box.height
    wanted = [
        Wanted(
            one.x, one.y, one.x, one.y - one.height / 2 - _ABOVE_MM * times, one.width, one.height
        )
        for one in drawn
    ]
    dot = 2 * _DOT_MM * times
    dots = [Kept(one.x - dot / 2, one.y - dot / 2, dot, dot) for one in drawn]
    placed = place_flags(wanted, *room, (*kept, *dots))
    if None in placed or _mean_shift_mm(placed) > _FAR_MM:
        # Near to its own place is worth more than clear of the places of others.
        placed = place_flags(wanted, *room, kept)
    standing = [(one, at) for one, at in zip(drawn, placed, strict=True) if at is not None]
    gone = {
        number
        for one, at in zip(drawn, placed, strict=True)
        if at is None
        for number in one.flag.numbers
    }
    numbers = {number for one, _ in standing for number in one.flag.numbers}
    below = [_place(one, at, grey, times) for one, at in standing]
    above = [_cloth(one, at, grey, times) for one, at in standing]
    boxes = [
        Kept(at.x - one.width / 2, at.y - one.height / 2, one.width, one.height)
        for one, at in standing
    ]
    return FlagPicture(
        svg=f'<g font-family="BIZ UDPGothic" font-weight="700">{"".join(below)}{"".join(above)}</g>',
        numbers=tuple(sorted(numbers)),
        left_out=tuple(sorted(gone)),
        boxes=(*dots, *boxes),
        largest_shift_mm=max((at.shifted_mm for _, at in standing), default=0.0),
    )


def _mean_shift_mm(placed: Sequence[PlacedFlag | None]) -> float:
    shifts = [at.shifted_mm for at in placed if at is not None]
    return sum(shifts) / len(shifts) if shifts else 0.0


def sample_flag(
    text: str, order: int, color: str, *, grey: bool = False
) -> tuple[str, float, float]:
    """One flag for a legend, as a whole SVG, with its width and height in millimetres."""
    flag = Flag(0.0, 0.0, (0,))
    one = _sized(flag, (text,), shape_of(order), color, 0.0, 0.0, 1.0)
    width, height = one.width + 1, one.height + 1
    body = _cloth(one, PlacedFlag(width / 2, height / 2, 0.0), grey, 1.0)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}mm" height="{height:.2f}mm"'
        f' viewBox="0 0 {width:.2f} {height:.2f}" font-family="BIZ UDPGothic" font-weight="700">'
        f"{body}</svg>"
    )
    return svg, width, height


def _drawn(
    answer: MapAnswer, window: MapWindow, shapes: Mapping[str, int], times: float
) -> list[_Drawn]:
    entries = {entry.number: entry for entry in answer.entries}
    colors = {layer.id: layer.color for layer in answer.layers}
    flags = sorted(answer.flags, key=lambda flag: flag.numbers)
    x, y = window.to_mm([flag.lon for flag in flags], [flag.lat for flag in flags])
    found = []
    for flag, left, top in zip(flags, x.tolist(), y.tolist(), strict=True):
        layer = entries[flag.numbers[0]].layer
        lines = _lines([entries[number].mark for number in flag.numbers])
        shape = shape_of(shapes.get(layer, 0))
        found.append(_sized(flag, lines, shape, colors.get(layer, ""), left, top, times))
    return found


def _lines(marks: Sequence[str]) -> tuple[str, ...]:
    """通12・15・18 on a line, another letter on another: every number can be read."""
    by_symbol: dict[str, list[str]] = {}
    for mark in marks:
        symbol = mark.rstrip(_DIGITS)
        by_symbol.setdefault(symbol, []).append(mark[len(symbol) :])
    return tuple(
        ("" if start else symbol) + "・".join(numbers[start : start + _NUMBERS_A_LINE])
        for symbol, numbers in by_symbol.items()
        for start in range(0, len(numbers), _NUMBERS_A_LINE)
    )


def _sized(
    flag: Flag,
    lines: tuple[str, ...],
    shape: FlagShape,
    color: str,
    x: float,
    y: float,
    times: float,
) -> _Drawn:
    height = (len(lines) * _LINE_MM + 2 * _PAD_MM) * times
    text = max(text_width_mm(line, TYPE_MM * times) for line in lines)
    side = shape.side_mm * times
    return _Drawn(flag, lines, shape, color, x, y, round(text + 2 * side, 2), round(height, 2))


def _place(one: _Drawn, at: PlacedFlag, grey: bool, times: float) -> str:
    """The place itself, and the line to a flag that stands elsewhere."""
    line, dark = "", _dark(grey)
    if at.has_line:
        path = f"M{one.x:.2f} {one.y:.2f}L{at.x:.2f} {at.y:.2f}"
        line = (
            f'<path d="{path}" stroke="{PAPER}" stroke-width="{1.1 * times:.2f}"/>'
            f'<path d="{path}" stroke="{dark}" stroke-width="{0.4 * times:.2f}"/>'
        )
    fill = PAPER if one.flag.approximate else dark
    return (
        f'{line}<circle cx="{one.x:.2f}" cy="{one.y:.2f}" r="{_DOT_MM * times:.2f}" fill="{fill}"'
        f' stroke="{dark if one.flag.approximate else PAPER}" stroke-width="{0.3 * times:.2f}"/>'
    )


def _dark(grey: bool) -> str:
    return _BLACK if grey else INK


def _cloth(one: _Drawn, at: PlacedFlag, grey: bool, times: float) -> str:
    mark = mark_for(one.lines[0], one.color, hollow=one.flag.approximate)
    is_white = grey or one.flag.approximate
    fill, ink = (PAPER, _dark(grey)) if is_white else (mark.color, mark.ink)
    border = _dark(grey) if grey else mark.color
    side = one.shape.side_mm * times
    path = one.shape.path(one.width, one.height, side)
    dashes = (
        f' stroke-dasharray="{1.2 * times:.2f} {0.7 * times:.2f}"'
        if one.shape.border == "dashed"
        else ""
    )
    parts = [
        f'<path d="{path}" fill="{PAPER}" stroke="{PAPER}" stroke-width="{1.3 * times:.2f}"/>',
        f'<path d="{path}" fill="{fill}" stroke="{border}" stroke-width="{0.5 * times:.2f}"{dashes}/>',
    ]
    if one.shape.border == "double":
        inner = one.shape.path(one.width - 1.3 * times, one.height - 1.3 * times, side)
        parts.append(
            f'<path d="{inner}" fill="none" stroke="{ink}" stroke-width="{0.3 * times:.2f}"/>'
        )
    first = -(len(one.lines) - 1) * _LINE_MM * times / 2 + TYPE_MM * times * 0.36
    parts += [
        f'<text x="0" y="{first + n * _LINE_MM * times:.2f}" text-anchor="middle"'
        f' font-size="{TYPE_MM * times:.2f}" fill="{ink}">{escape(line)}</text>'
        for n, line in enumerate(one.lines)
    ]
    return f'<g transform="translate({at.x:.2f} {at.y:.2f})" fill="none">{"".join(parts)}</g>'
