"""What is found in a PDF: pages, pictures, pieces of type, round places."""

from __future__ import annotations

from dataclasses import dataclass, field

MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its words, its page and (left, top, right, bottom) in millimetres."""

    alt: str
    page: int
    box: tuple[float, float, float, float]

    @property
    def area(self) -> float:
        """Square millimetres."""
        return (self.box[2] - self.box[0]) * (self.box[3] - self.box[1])


@dataclass(frozen=True, slots=True)
class Text:
    """Characters set in one go: points of type, millimetres of the paper, y down.

    ``right`` is where the last one ends that is no blank.
    """

    page: int
    said: str
    size: float
    is_bold: bool
    left: float
    right: float
    base: float
    figure: int | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle in a picture; millimetres of the paper."""

    page: int
    figure: int | None
    x: float
    y: float
    width: float


@dataclass
class ReadPdf:
    """Everything in a PDF."""

    pages_mm: list[tuple[float, float]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    discs: list[Disc] = field(default_factory=list)

    @property
    def map(self) -> int | None:
        """Which figure is the map: the largest of all."""
        if not self.figures:
            return None
        return max(range(len(self.figures)), key=lambda n: self.figures[n].area)

    def lines(self, figure: int | None) -> list[Text]:
        """The texts of a figure (None: of none), those that go on one after the other as one."""
        found: list[Text] = []
        for text in self.texts:
            if text.figure != figure:
                continue
            last = found[-1] if found else None
            if (
                last is not None
                and (last.page, last.size) == (text.page, text.size)
                and abs(last.base - text.base) < 0.05
                and abs(text.left - last.right) < 0.3 * text.size * MM
            ):
                found[-1] = _joined(last, text)
            else:
                found.append(text)
        return found


def _joined(one: Text, two: Text) -> Text:
    return Text(
        one.page, one.said + two.said, one.size, one.is_bold and two.is_bold,
        one.left, two.right, one.base, one.figure, one.tags,
    )  # fmt: skip
