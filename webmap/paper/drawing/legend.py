"""What the flags of a sheet mean: letter, shape and name of every layer on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.model.map_answer import MapAnswer
from webmap.paper.drawing.flag_cloth import sample_flag


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One layer: the name of its picture, its size, and its title."""

    picture: str
    width: float
    height: float
    title: str


def legend(
    answer: MapAnswer, shapes: Mapping[str, int], *, grey: bool
) -> tuple[tuple[LegendLine, ...], dict[str, str]]:
    """The lines of a legend, and their pictures by name."""
    lines, pictures = [], {}
    for layer in answer.layers:
        name = f"flag-{shapes.get(layer.id, 0)}"
        svg, width, height = sample_flag(
            layer.symbol, shapes.get(layer.id, 0), layer.color, grey=grey
        )
        pictures[name] = svg
        lines.append(LegendLine(name, width, height, layer.title))
    return tuple(lines), pictures
