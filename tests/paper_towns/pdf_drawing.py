"""A page drawn operator by operator, as PDF 32000-1 says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from paper_towns.pdf_fonts import Font, codes_of, font_of
from paper_towns.pdf_found import MM, Disc, ReadPdf, Text

UNKNOWN = "\ufffd"
"""A glyph that is drawn and means no character, or no glyph at all."""

_TOKEN = re.compile(
    rb"\((?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*\)|<<|>>|<[0-9A-Fa-f\s]*>|/[^\s/<>\[\](){}%]*"
    rb"|[-+.\d]+|[A-Za-z'\"*]+\d?|[\[\]]",
    re.DOTALL,
)
LARGEST_MM = 8.0
"""No place is drawn larger, not on a poster either."""
_ROUND = re.compile("mc{4,8}h?")
_PAINTED = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n"})
_FILLED = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_MOVES_TEXT = frozenset({"Td", "TD", "T*", "'", '"', "TL", "Tc", "Tw", "Tz", "Ts"})


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


class Page:
    """One page, drawn operator by operator."""

    def __init__(
        self,
        found: ReadPdf,
        number: int,
        known: dict[tuple[int, int], tuple[int | None, tuple[str, ...]]],
    ) -> None:
        self.found, self.number, self.known = found, number, known
        self.height = found.pages_mm[number][1]
        self.font = cache(lambda of: font_of(of.get_object()))

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
        self, operands: list[bytes], font: Font, size: float, matrix: Matrix, mark: int | None
    ) -> None:
        said, far, inked = [], 0.0, 0.0
        for token in operands:
            if token[:1] in b"(<":
                codes = codes_of(token)
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
        if abs(width - height) < 0.02 and width < LARGEST_MM:
            figure, _ = self._belongs(mark)
            self.found.discs.append(
                Disc(self.number, figure, (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2, width)
            )
