"""A PDF as it comes out of the printer: every piece of text with its size and place on the paper.

Reads the drawing operators themselves (PDF 32000-1), and nothing of our own code: what a sheet
promises is measured against what stands in the file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from paper_towns.pdf_drawing import Page
from paper_towns.pdf_found import MM, Figure, ReadPdf
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject


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
            Page(found, number, marks.known).draw(
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
