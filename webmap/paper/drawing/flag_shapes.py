"""The shape of a layer's flags on paper: with its letter it tells the layers apart without colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FlagShape:
    """An outline and how its border is drawn.

    Parameters
    ----------
    name_ja : str
        What the legend's alternative text calls it.
    side_mm : float
        What the outline takes on each side of the text, however many lines there are.
    path : callable
        Width, height and the side taken, millimetres, to an SVG path around the middle (0, 0).
    border : str
        "" | "double" | "dashed".
    """

    name_ja: str
    side_mm: float
    path: Callable[[float, float, float], str]
    border: str = ""


def shape_of(order: int) -> FlagShape:
    """The shape of the layer at a place in the town's order of layers.

    Eight outlines; the ninth layer has the first one with a double border, the seventeenth with a
    dashed one. From the twenty-fifth on they come again: then the letter alone tells.
    """
    outline = _OUTLINES[order % len(_OUTLINES)]
    border = ("", "double", "dashed")[order // len(_OUTLINES) % 3]
    return FlagShape(outline.name_ja + _BORDERS[border], outline.side_mm, outline.path, border)


_BORDERS = {"": "", "double": "（二重）", "dashed": "（点線）"}


def _closed(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "Z"


def _box(width: float, height: float, _: float) -> str:
    x, y = width / 2, height / 2
    return _closed([(-x, -y), (x, -y), (x, y), (-x, y)])


def _pill(width: float, height: float, side: float) -> str:
    y = height / 2
    r = min(y, 1.8 * side)
    x = width / 2
    arc = f"A{r:.2f} {r:.2f} 0 0 1 "
    return (
        f"M{-x + r:.2f} {-y:.2f}H{x - r:.2f}{arc}{x:.2f} {-y + r:.2f}V{y - r:.2f}"
        f"{arc}{x - r:.2f} {y:.2f}H{-x + r:.2f}{arc}{-x:.2f} {y - r:.2f}V{-y + r:.2f}"
        f"{arc}{-x + r:.2f} {-y:.2f}Z"
    )


def _tail(width: float, height: float, side: float) -> str:
    x, y = width / 2, height / 2
    return _closed([(-x, -y), (x, -y), (x - 0.75 * side, 0), (x, y), (-x, y)])


def _hexagon(width: float, height: float, side: float) -> str:
    x, y = width / 2, height / 2
    return _closed(
        [(-x, 0), (-x + side, -y), (x - side, -y), (x, 0), (x - side, y), (-x + side, y)]
    )


def _slanted(width: float, height: float, side: float) -> str:
    x, y, slant = width / 2, height / 2, 0.9 * side
    return _closed([(-x + slant, -y), (x, -y), (x - slant, y), (-x, y)])


def _cut(width: float, height: float, side: float) -> str:
    x, y, c = width / 2, height / 2, 1.1 * side
    return _closed(
        [
            (-x + c, -y),
            (x - c, -y),
            (x, -y + c),
            (x, y - c),
            (x - c, y),
            (-x + c, y),
            (-x, y - c),
            (-x, -y + c),
        ]
    )


def _arrow(width: float, height: float, side: float) -> str:
    x, y = width / 2, height / 2
    return _closed([(-x, -y), (x - side, -y), (x, 0), (x - side, y), (-x, y)])


def _ticket(width: float, height: float, side: float) -> str:
    x, y, c = width / 2, height / 2, side
    arc = f"A{c:.2f} {c:.2f} 0 0 0 "
    return (
        f"M{-x + c:.2f} {-y:.2f}H{x - c:.2f}{arc}{x:.2f} {-y + c:.2f}V{y - c:.2f}"
        f"{arc}{x - c:.2f} {y:.2f}H{-x + c:.2f}{arc}{-x:.2f} {y - c:.2f}V{-y + c:.2f}"
        f"{arc}{-x + c:.2f} {-y:.2f}Z"
    )


_OUTLINES = (
    FlagShape("つばめの尾の旗", 1.9, _tail),
    FlagShape("四角", 1.0, _box),
    FlagShape("だ円", 1.6, _pill),
    FlagShape("六角", 2.0, _hexagon),
    FlagShape("ななめの四角", 2.2, _slanted),
    FlagShape("角を落とした四角", 1.5, _cut),
    FlagShape("矢印", 2.0, _arrow),
    FlagShape("切符", 1.4, _ticket),
)
