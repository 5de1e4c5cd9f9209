"""A PDF as it comes out of the printer: every piece of text with its size and place on the paper.

Reads the drawing operators themselves (PDF 32000-1), and nothing of our own code: what a sheet
promises is measured against what stands in the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MM = 25.4 / 72
UNKNOWN = "\ufffd"
"""A glyph that is drawn and means no character, or no glyph at all."""

_TOKEN = re.compile(
    rb"\((?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*\)|<<|>>|<[0-9A-Fa-f\s]*>|/[^\s/<>\[\](){}%]*"
    rb"|[-+.\d]+|[A-Za-z'\"*]+\d?|[\[\]]",
    re.DOTALL,
)
_ROUND = re.compile("mc{4,8}h?")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PAINTED = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n"})
_FILLED = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_MOVES_TEXT = frozenset({"Td", "TD", "T*", "'", '"', "TL", "Tc", "Tw", "Tz", "Ts"})


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


def read_pdf(pdf: bytes) -> ReadPdf:
    """Read a whole file."""
    reader = PdfReader(io.BytesIO(pdf))
    found = ReadPdf()
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}  # type: ignore[union-attr]
    for page in reader.pages:
        box = page.mediabox
        assert (box.left, box.bottom, page.rotation) == (0, 0, 0)
        assert box == page.cropbox
        found.pages_mm.append((float(box.width) * MM, float(box.height) * MM))
    marks = _Marks(found, numbers)
    marks.walk(reader.trailer["/Root"]["/StructTreeRoot"].get("/K"), None, (), None)
    for number, page in enumerate(reader.pages):
        content = page.get_contents()
        if content is not None:
            _Page(found, number, marks.known).draw(
                content.get_data(), page["/Resources"], np.eye(3).tolist(), None
            )
    return found


@dataclass
class _Marks:
    """The structure: what each marked piece of a page belongs to."""

    found: ReadPdf
    numbers: dict[int, int]
    known: dict[tuple[int, int], tuple[int | None, tuple[str, ...]]] = field(default_factory=dict)

    def walk(self, node: Any, page: int | None, tags: tuple[str, ...], figure: int | None) -> None:
        if isinstance(node, IndirectObject):
            node = node.get_object()
        if isinstance(node, ArrayObject):
            for kid in node:
                self.walk(kid, page, tags, figure)
        elif isinstance(node, int):
            assert page is not None
            self.known[page, int(node)] = (figure, tags)
        elif isinstance(node, DictionaryObject):
            if "/Pg" in node:
                page = self.numbers[node.raw_get("/Pg").idnum]
            if node.get("/Type") == "/MCR":
                self.walk(node["/MCID"], page, tags, figure)
                return
            tag = str(node.get("/S", ""))
            if tag == "/Figure":
                figure = len(self.found.figures)
                self.found.figures.append(self._figure(node, page))
            self.walk(node.get("/K"), page, (*tags, tag), figure)

    def _figure(self, node: DictionaryObject, page: int | None) -> Figure:
        told = node.get("/A", DictionaryObject())
        told = told if isinstance(told, ArrayObject) else [told]
        boxes = [one.get_object()["/BBox"] for one in told if "/BBox" in one.get_object()]
        pages = [page] if page is not None else list(self._pages(node))
        assert boxes
        assert pages
        left, bottom, right, top = (float(at) * MM for at in boxes[0])
        height = self.found.pages_mm[pages[0]][1]
        return Figure(
            str(node.get("/Alt", "")), pages[0], (left, height - top, right, height - bottom)
        )

    def _pages(self, node: Any) -> Iterator[int]:
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for kid in node:
                yield from self._pages(kid)
        elif isinstance(node, DictionaryObject):
            if "/Pg" in node:
                yield self.numbers[node.raw_get("/Pg").idnum]
            if "/K" in node:
                yield from self._pages(node["/K"])


Matrix = list[list[float]]


def _times(one: Sequence[float], two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    return [
        [a * two[0][0] + b * two[1][0], a * two[0][1] + b * two[1][1], 0.0],
        [c * two[0][0] + d * two[1][0], c * two[0][1] + d * two[1][1], 0.0],
        [
            e * two[0][0] + f * two[1][0] + two[2][0],
            e * two[0][1] + f * two[1][1] + two[2][1],
            1.0,
        ],
    ]


@dataclass(frozen=True)
class _Font:
    """What the codes of a font mean, and how far they go on."""

    is_bold: bool
    said: dict[int, str]
    widths: dict[int, float]
    usual: float


def _font(font: DictionaryObject) -> _Font:
    below = font["/DescendantFonts"][0].get_object()
    assert font["/Encoding"] == "/Identity-H"
    return _Font(
        "Bold" in str(font["/BaseFont"]),
        _said(font["/ToUnicode"].get_object().get_data()),
        dict(_widths(below.get("/W", ArrayObject()).get_object())),
        float(below.get("/DW", 1000)),
    )


def _said(table: bytes) -> dict[int, str]:
    def words(given: bytes) -> str:
        return bytes.fromhex(given.decode()).decode("utf-16-be")

    found: dict[int, str] = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, word in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", part):
            found[int(code, 16)] = words(word)
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, word in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", part):
            start = words(word)
            for n in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + n] = start[:-1] + chr(ord(start[-1]) + n)
    return found


def _widths(given: ArrayObject) -> Iterator[tuple[int, float]]:
    parts = [part.get_object() for part in given]
    while parts:
        first, second = int(parts.pop(0)), parts.pop(0)
        if isinstance(second, ArrayObject):
            yield from ((first + n, float(width)) for n, width in enumerate(second))
        else:
            width = float(parts.pop(0))
            yield from ((code, width) for code in range(first, int(second) + 1))


def _plain(token: bytes) -> bytes:
    if token.startswith(b"<"):
        return bytes.fromhex(token[1:-1].decode())

    def letter(found: re.Match[bytes]) -> bytes:
        what = found.group(1)
        return bytes([int(what, 8)]) if what[:1].isdigit() else _LETTERS.get(what, what)

    return _ESCAPED.sub(letter, token[1:-1])


class _Page:
    """One page, drawn operator by operator."""

    def __init__(
        self,
        found: ReadPdf,
        number: int,
        known: dict[tuple[int, int], tuple[int | None, tuple[str, ...]]],
    ) -> None:
        self.found, self.number, self.known = found, number, known
        self.height = found.pages_mm[number][1]
        self.font = cache(lambda of: _font(of.get_object()))

    def at(self, x: float, y: float, matrix: Matrix) -> tuple[float, float]:
        right = x * matrix[0][0] + y * matrix[1][0] + matrix[2][0]
        up = x * matrix[0][1] + y * matrix[1][1] + matrix[2][1]
        return right * MM, self.height - up * MM

    def draw(self, content: bytes, resources: Any, matrix: Matrix, within: int | None) -> None:
        """All operators of a content stream; ``within`` is the mark around a form."""
        fonts = resources.get("/Font", {})
        stack: list[Matrix] = []
        marks: list[int | None] = [within]
        operands: list[bytes] = []
        text_matrix, font, size = [1.0, 0, 0, 1, 0, 0], None, 0.0
        path: list[tuple[str, list[float]]] = []
        for token in _TOKEN.findall(content):
            if token[:1] in b"(<>/[]-+.0123456789":
                operands.append(token)
                continue
            operator = token.decode()
            if operator == "q":
                stack.append(matrix)
            elif operator == "Q":
                matrix = stack.pop()
            elif operator == "cm":
                matrix = _times([float(n) for n in operands[-6:]], matrix)
            elif operator == "BT":
                text_matrix = [1.0, 0, 0, 1, 0, 0]
            elif operator == "Tm":
                text_matrix = [float(n) for n in operands[-6:]]
            elif operator == "Tf":
                font, size = self.font(fonts.raw_get(operands[-2].decode())), float(operands[-1])
            elif operator == "Tr":
                assert float(operands[-1]) == 0, "text that nobody sees"
            elif operator in {"Tj", "TJ"}:
                assert font is not None
                self._show(operands, font, size, _times(text_matrix, matrix), marks[-1])
            elif operator in _MOVES_TEXT:
                raise AssertionError(f"this reader does not know {operator}")
            elif operator in {"BDC", "BMC"}:
                at = operands.index(b"/MCID") if b"/MCID" in operands else None
                marks.append(marks[-1] if at is None else int(operands[at + 1]))
            elif operator == "EMC":
                marks.pop()
            elif operator == "Do":
                self._form(resources, operands[-1].decode(), matrix, marks[-1])
            elif operator in {"m", "l", "c", "h"}:
                path.append((operator, [float(n) for n in operands]))
            elif operator in _PAINTED:
                if operator in _FILLED:
                    self._discs(path, matrix, marks[-1])
                path = []
            operands = []

    def _form(self, resources: Any, name: str, matrix: Matrix, mark: int | None) -> None:
        form = resources["/XObject"][name].get_object()
        if form["/Subtype"] != "/Form":
            return
        inner = [float(n) for n in form.get("/Matrix", (1, 0, 0, 1, 0, 0))]
        self.draw(form.get_data(), form["/Resources"], _times(inner, matrix), mark)

    def _belongs(self, mark: int | None) -> tuple[int | None, tuple[str, ...]]:
        return (None, ()) if mark is None else self.known[self.number, mark]

    def _show(
        self, operands: list[bytes], font: _Font, size: float, matrix: Matrix, mark: int | None
    ) -> None:
        said, far, inked = [], 0.0, 0.0
        for token in operands:
            if token[:1] in b"(<":
                codes = _plain(token)
                for n in range(0, len(codes), 2):
                    code = int.from_bytes(codes[n : n + 2], "big")
                    said.append(font.said.get(code, UNKNOWN) if code else UNKNOWN)
                    far += font.widths.get(code, font.usual)
                    inked = inked if said[-1].isspace() else far
            elif token[:1] not in b"[]":
                far -= float(token)
        left, base = self.at(0, 0, matrix)
        right, _ = self.at(inked / 1000 * size, 0, matrix)
        points = size * float(np.hypot(matrix[1][0], matrix[1][1]))
        figure, tags = self._belongs(mark)
        self.found.texts.append(
            Text(
                self.number,
                "".join(said),
                round(points, 2),
                font.is_bold,
                left,
                right,
                base,
                figure,
                tags,
            )
        )

    def _discs(self, path: list[tuple[str, list[float]]], matrix: Matrix, mark: int | None) -> None:
        if not _ROUND.fullmatch("".join(operator for operator, _ in path)):
            return
        points = [self.at(*numbers[-2:], matrix) for _, numbers in path if numbers]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        width, height = max(xs) - min(xs), max(ys) - min(ys)
        if abs(width - height) < 0.02 and width < 4:
            figure, _ = self._belongs(mark)
            self.found.discs.append(
                Disc(self.number, figure, (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2, width)
            )
