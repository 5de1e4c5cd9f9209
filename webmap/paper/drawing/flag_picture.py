"""The flags of a printed map, as SVG: every one, with the numbers of the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from geo.model.answers import Flag
from geo.model.map_answer import MapAnswer
from webmap.paper.drawing.flag_cloth import DOT_MM, Cloth, lines_of
from webmap.paper.drawing.flag_crowding import (
    MOST_SHARED,
    SHARED,
    SIZES,
    USUAL,
    FlagSize,
    Places,
    crowding,
    together,
)
from webmap.paper.drawing.flag_placing import Avoided, Wanted, place_flags
from webmap.paper.drawing.flag_room import Kept
from webmap.paper.drawing.flag_shapes import shape_of
from webmap.paper.drawing.map_window import MapWindow

_ABOVE_MM = 1.3  # between a place and the flag above it
_MOST_COVERED = 0.8
"""Flags that would cover more than this of the map stay near to their places, or are left out."""
_FARTHEST_MM = 12.0
_POINT_MM = 2.0
_MOST_LINES = 600
"""Lines of more places than these are hatching."""


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
        Of those whose flag found no room near to its place, which is drawn; the list says so.
    boxes : tuple of Kept
        What flags and places cover, for whoever writes names beside them.
    largest_shift_mm : float
        How far the flag farthest from its place stands from it.
    lines : tuple of Kept
        Points of the lines from flags to their places, for the same.
    """

    svg: str
    numbers: tuple[int, ...]
    left_out: tuple[int, ...]
    boxes: tuple[Kept, ...]
    largest_shift_mm: float
    lines: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class _Flag:
    """A flag and the places it stands for."""

    numbers: tuple[int, ...]
    places: Places
    cloth: Cloth

    @property
    def middle(self) -> tuple[float, float]:
        """Of its places."""
        x, y = zip(*self.places, strict=True)
        return sum(x) / len(x), sum(y) / len(y)

    @property
    def is_shared(self) -> bool:
        """Whether it stands for several places."""
        return len(self.places) > 1

    def wanted(self) -> Wanted:
        """Above its place; in the middle of several, which it may hide: they are its own."""
        (x, y), cloth = self.middle, self.cloth
        above = 0.0 if self.is_shared else cloth.height / 2 + _ABOVE_MM * cloth.times
        return Wanted(x, y, x, y - above, cloth.width, cloth.height)


def flag_picture(
    answer: MapAnswer,
    window: MapWindow,
    *,
    shapes: Mapping[str, int],
    grey: bool = False,
    times: float = 1.0,
    kept: Sequence[Kept] = (),
    avoided: Sequence[Avoided] = (),
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
    avoided : sequence of Avoided
        What they rather do not cover.
    """
    width, height = window.box.width, window.box.height
    flags = _sized(answer, places_of(answer, window), shapes, times)
    dot = 2 * DOT_MM * times
    dots = {
        place: Kept(place[0] - dot / 2, place[1] - dot / 2, dot, dot)
        for flag in flags
        for place in flag.places
    }
    alone = [dots[flag.places[0]] for flag in flags if not flag.is_shared]
    covered = sum(flag.cloth.width * flag.cloth.height for flag in flags)
    placed = place_flags(
        [flag.wanted() for flag in flags],
        *(width, height, kept),
        places=alone,
        avoided=avoided,
        farthest_mm=inf if covered <= _MOST_COVERED * width * height else _FARTHEST_MM * times,
    )
    numbers: dict[bool, list[int]] = {True: [], False: []}
    below, above, boxes = [], [], []
    lines: list[Kept] = []
    for flag, at in zip(flags, placed, strict=True):
        numbers[at is not None] += flag.numbers
        line_to = at if len(dots) <= _MOST_LINES else None
        below.append(flag.cloth.places_picture(flag.places, line_to, grey=grey))
        if at is not None:
            wide, high = flag.cloth.width, flag.cloth.height
            above.append(flag.cloth.picture(at.x, at.y, grey=grey))
            boxes.append(Kept(at.x - wide / 2, at.y - high / 2, wide, high))
            if line_to is not None and line_to.has_line:
                lines += (box for place in flag.places for box in _points(place, (at.x, at.y)))
    return FlagPicture(
        svg=f'<g font-family="BIZ UDPGothic" font-weight="700">{"".join(below)}{"".join(above)}</g>',
        numbers=tuple(sorted(numbers[True])),
        left_out=tuple(sorted(numbers[False])),
        boxes=(*dots.values(), *boxes),
        largest_shift_mm=max((at.shifted_mm for at in placed if at is not None), default=0.0),
        lines=tuple(lines),
    )


def _points(start: tuple[float, float], end: tuple[float, float]) -> list[Kept]:
    """Points of a line, so near to each other that no name lies between two."""
    count = int(np.hypot(end[0] - start[0], end[1] - start[1]) / _POINT_MM) + 1
    along = np.linspace(start, end, count).tolist()
    return [Kept(x, y, 0.0, 0.0) for x, y in along]


def places_of(answer: MapAnswer, window: MapWindow) -> list[tuple[Flag, tuple[float, float]]]:
    """The flags of an answer in a window with their places, in the order of their numbers."""
    flags = sorted(answer.flags, key=lambda flag: flag.numbers)
    x, y = window.to_mm([flag.lon for flag in flags], [flag.lat for flag in flags])
    return [
        (flag, at)
        for flag, at in zip(flags, zip(x.tolist(), y.tolist(), strict=True), strict=True)
        if window.holds(*at)
    ]


def _sized(
    answer: MapAnswer,
    places: Sequence[tuple[Flag, tuple[float, float]]],
    shapes: Mapping[str, int],
    times: float,
) -> list[_Flag]:
    """The flags in the largest size that leaves the map to be seen."""
    usual = _of_size(answer, places, shapes, USUAL, times)
    crowded = _crowding(usual, times)
    for most, size in SIZES:
        if crowded * size.area / USUAL.area <= most:
            return usual if size is USUAL else _of_size(answer, places, shapes, size, times)
    flags = usual
    for size in SHARED:
        flags = _of_size(answer, places, shapes, size, times)
        if _crowding(flags, times) <= MOST_SHARED:
            break
    return flags


def _crowding(flags: Sequence[_Flag], times: float) -> float:
    middles = np.array([flag.middle for flag in flags]).reshape(-1, 2)
    areas = np.array([flag.cloth.width * flag.cloth.height for flag in flags])
    return crowding(middles / times, areas / times**2)


def _of_size(
    answer: MapAnswer,
    places: Sequence[tuple[Flag, tuple[float, float]]],
    shapes: Mapping[str, int],
    size: FlagSize,
    times: float,
) -> list[_Flag]:
    entries = {entry.number: entry for entry in answer.entries}
    colors = {layer.id: layer.color for layer in answer.layers}
    layers = [entries[flag.numbers[0]].layer for flag, _ in places]
    kinds = [
        # A venue of several layers keeps a flag of its own.
        f"{layer} {flag.approximate}" if len(flag.numbers) == 1 else f"{n}"
        for n, (layer, (flag, _)) in enumerate(zip(layers, places, strict=True))
    ]
    found = []
    for group in together([at for _, at in places], kinds, size.shared_mm * times):
        flags = [places[n][0] for n in group]
        numbers = tuple(number for flag in flags for number in flag.numbers)
        layer = layers[group[0]]
        cloth = Cloth(
            lines_of([entries[number].mark for number in numbers]),
            shape_of(shapes.get(layer, 0)),
            colors.get(layer, ""),
            flags[0].approximate,
            size,
            times,
        )
        found.append(_Flag(numbers, tuple(places[n][1] for n in group), cloth))
    return found
