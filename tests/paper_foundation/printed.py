"""What stands in a PDF, read without any of our own code."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import defaultdict
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject


def text_of(pdf: bytes) -> str:
    """Every character, as a reader would copy them, without blanks."""
    tool = shutil.which("pdftotext")
    assert tool, "pdftotext (poppler-utils) reads what was printed"
    done = subprocess.run([tool, "-raw", "-", "-"], input=pdf, check=True, capture_output=True)
    return "".join(done.stdout.decode().split())


def sizes_of(pdf: bytes) -> dict[float, str]:
    """Type size in points, to a tenth, as it comes out on the paper: all text of that size."""
    found: dict[float, str] = defaultdict(str)

    def see(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if text.strip():
            found[round(size * abs(tm[3]) * abs(cm[3]), 1)] += text.strip()

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=see)
    return dict(found)


def pages_mm(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page; its media box is its crop box."""
    sizes = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        assert page.mediabox == page.cropbox
        assert page.rotation == 0
        assert (page.mediabox.left, page.mediabox.bottom) == (0, 0)
        sizes.append(
            tuple(float(s) / 72 * 25.4 for s in (page.mediabox.width, page.mediabox.height))
        )
    return sizes


def tags_of(pdf: bytes) -> list[tuple[str, str | None]]:
    """The structure in reading order: (tag, alternative text)."""
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    found: list[tuple[str, str | None]] = []

    def walk(node: Any) -> None:
        if isinstance(node, IndirectObject):
            node = node.get_object()
        if isinstance(node, ArrayObject):
            for kid in node:
                walk(kid)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append((str(node["/S"]), str(node["/Alt"]) if "/Alt" in node else None))
            walk(node.get("/K"))

    walk(root["/StructTreeRoot"])
    return found


def fonts_of(pdf: bytes) -> set[str]:
    """The embedded fonts, without the mark of a subset."""
    names = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            names.add(str(font["/BaseFont"]).partition("+")[2])
    return names
