"""The map of a sheet against the places of the earth: every flag, at its place, at the scale said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from paper_towns.pdf_found import Disc, ReadPdf, Text
from pyproj import Transformer

from geo.model.answers import Entry, Flag
from geo.model.map_answer import MapAnswer

Points = npt.NDArray[np.float64]

OUTSIDE, NO_PLACE, NO_ROOM = "この地図の外にある", "地図にのせていない", "地図に入りきらなかった"
_NEAR_MM = 0.15


@dataclass(frozen=True, slots=True)
class MapMeasures:
    """How true a map is.

    Parameters
    ----------
    flagged, outside, crowded : int
        Treasures on the map, beyond its edge, and without room.
    scale_error : float or None
        Of the distances between the places, against the scale that is written; None where all
        places are one.
    farthest_mm : float
        How far a place stands from where it ought to.
    letters_on_letters : int
        Lines of type on the map that lie on each other.
    """

    flagged: int
    outside: int
    crowded: int
    scale_error: float | None
    farthest_mm: float
    letters_on_letters: int


def map_faults(
    read: ReadPdf,
    answer: MapAnswer,
    scale: int,
    metric_crs: str,
    parts: Mapping[str, Sequence[Entry]],
) -> tuple[MapMeasures, list[str]]:
    """Compare the flags with the parts of the list, and the places with the earth."""
    word = answer.town.word
    faults = [
        f"unknown heading {heading}"
        for heading in parts
        if heading not in {"", OUTSIDE + word, NO_PLACE + word, NO_ROOM + word}
    ]
    outside, crowded = parts.get(OUTSIDE + word, ()), parts.get(NO_ROOM + word, ())
    unplaced = {entry.mark for entry in parts.get(NO_PLACE + word, ())}
    if unplaced != {entry.mark for entry in answer.entries if entry.flag is None}:
        faults.append(f"without a place: {sorted(unplaced)}")
    figure = read.map
    assert figure is not None
    lines = read.lines(figure)
    flags = _flag_marks(lines, sorted({layer.symbol for layer in answer.layers}))
    listed = sorted(entry.mark for entry in parts[""])
    if sorted(flags) != listed:
        faults.append(f"flags {sorted(flags)} and list {listed}")
    measures, more = _places(read, answer, scale, metric_crs, {entry.number for entry in outside})
    return (
        MapMeasures(
            len(flags),
            len(outside),
            len(crowded),
            *measures,
            letters_on_letters=_on_each_other(lines),
        ),
        faults + more,
    )


def _flag_marks(lines: Sequence[Text], symbols: Sequence[str]) -> list[str]:
    """通12・15 is two marks; a line of numbers below it goes on with its letter."""
    mark = re.compile(f"({'|'.join(map(re.escape, symbols))})?" + r"(\d+(?:・\d+)*)")
    found: list[str] = []
    last: tuple[str, Text] | None = None
    for line in lines:
        read = mark.fullmatch(line.said) if symbols else None
        symbol = read[1] if read else None
        if read and symbol is None and last is not None and _below(last[1], line):
            symbol = last[0]
        if read is None or symbol is None:
            last = None
            continue
        found += [symbol + number for number in read[2].split("・")]
        last = (symbol, line)
    return found


def _below(upper: Text, lower: Text) -> bool:
    middle = abs((upper.left + upper.right) - (lower.left + lower.right)) / 2
    return 0 < lower.base - upper.base < upper.size * 25.4 / 72 * 1.6 and middle < 3


def _places(
    read: ReadPdf, answer: MapAnswer, scale: int, metric_crs: str, outside: set[int]
) -> tuple[tuple[float | None, float], list[str]]:
    """Every place is a disc; between them are the distances of the earth."""
    discs = [disc for disc in read.discs if disc.figure == read.map]
    flags = [flag for flag in answer.flags if not outside.issuperset(flag.numbers)]
    if not flags:
        return (None, 0.0), []
    ought, is_ = _on_paper(flags, scale, metric_crs), _middles(discs)
    shift = _most_usual_shift(ought, is_)
    if shift is None:
        return (None, 0.0), ["no place is drawn"]
    away = np.hypot(*np.moveaxis((ought + shift)[:, None] - is_[None], 2, 0))
    nearest = away.min(axis=1)
    faults = [
        f"no place where {flag.numbers} is: {far:.2f} mm away"
        for flag, far in zip(flags, nearest, strict=True)
        if far > _NEAR_MM
    ]
    left, top, right, bottom = read.figures[read.map or 0].box
    beyond = [flag for flag in answer.flags if outside.issuperset(flag.numbers)]
    for flag, (x, y) in zip(beyond, _on_paper(beyond, scale, metric_crs) + shift, strict=True):
        if left + 0.1 < x < right - 0.1 and top + 0.1 < y < bottom - 0.1:
            faults.append(f"{flag.numbers} is said to lie outside and does not")
    matched = nearest <= _NEAR_MM
    one, two = ought[matched], is_[away.argmin(axis=1)[matched]]
    spread = one - one.mean(axis=0)
    square = float((spread**2).sum())
    error = (
        abs(float((spread * (two - two.mean(axis=0))).sum()) / square - 1)
        if square > 100  # less than a centimetre apart says nothing about a scale
        else None
    )
    if error is not None and error > 0.003:
        faults.append(f"distances on the map are wrong by {error:.2%}")
    return (error, float(nearest[matched].max(initial=0.0))), faults


def _on_paper(flags: Sequence[Flag], scale: int, metric_crs: str) -> Points:
    """Where places ought to be, in millimetres from a corner that is not known yet."""
    if not flags:
        return np.empty((0, 2))
    turn = Transformer.from_crs("EPSG:4326", metric_crs, always_xy=True)
    east, north = turn.transform([flag.lon for flag in flags], [flag.lat for flag in flags])
    return np.column_stack([np.asarray(east), -np.asarray(north)]) * 1000 / scale


def _middles(discs: Sequence[Disc]) -> Points:
    return np.array([(disc.x, disc.y) for disc in discs]).reshape(-1, 2)


def _most_usual_shift(ought: Points, is_: Points) -> Points | None:
    """The corner: most places then lie where something is drawn."""
    if not len(is_):
        return None
    shifts = (is_[None] - ought[:, None]).reshape(-1, 2)
    most, first = 0, shifts[0]
    for corner in product((0.0, 0.5), repeat=2):  # what one grid parts, another holds together
        cells, counts = np.unique(np.round(shifts / 0.4 + corner), axis=0, return_counts=True)
        if counts.max() > most:
            most = int(counts.max())
            middle = (cells[counts.argmax()] - corner) * 0.4
            first = np.median(shifts[np.abs(shifts - middle).max(axis=1) <= 0.2], axis=0)
    close = np.hypot(*(shifts - first).T) < _NEAR_MM
    return np.asarray(shifts[close].mean(axis=0) if close.any() else first)


def _on_each_other(lines: Sequence[Text]) -> int:
    boxes = np.array(
        [
            (line.left, line.base - 0.75 * line.size * 25.4 / 72, line.right, line.base)
            for line in lines
            if line.said.strip()
        ]
    ).reshape(-1, 4)
    wide = np.minimum(boxes[:, None, 2], boxes[None, :, 2]) - np.maximum(
        boxes[:, None, 0], boxes[None, :, 0]
    )
    high = np.minimum(boxes[:, None, 3], boxes[None, :, 3]) - np.maximum(
        boxes[:, None, 1], boxes[None, :, 1]
    )
    return int(np.triu((wide > 0.4) & (high > 0.4), 1).sum())
