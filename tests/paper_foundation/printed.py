"""What stands in a PDF, read without any of our own code."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import defaultdict
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject


def text_of(pdf: bytes) -> str:
    """Every character, as a reader would copy them, without blanks."""
    return "".join("".join(lines_of(pdf)).split())


def lines_of(pdf: bytes) -> list[str]:
    """The lines in the order of the file."""
    tool = shutil.which("pdftotext")
    assert tool, "pdftotext (poppler-utils) reads what was printed"
    done = subprocess.run([tool, "-raw", "-", "-"], input=pdf, check=True, capture_output=True)
    return [line.strip() for line in done.stdout.decode().splitlines() if line.strip()]


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


_DRAWING = frozenset(
    (
        b"Tj",
        b"TJ",
        b"'",
        b'"',
        b"Do",
        b"sh",
        b"f",
        b"F",
        b"f*",
        b"S",
        b"s",
        b"B",
        b"B*",
        b"b",
        b"b*",
    )
)


def inaccessible(pdf: bytes) -> list[str]:
    """What keeps a PDF from those who listen to it, by the rules of PDF/UA-1 we can check here.

    Everything drawn is marked as part of the structure or as an artifact (7.1), every marked part
    is found from the structure, figures have words (7.3), headings skip no level (7.4.2), the
    language and the title are said (7.2, 7.1), fonts are embedded and know their characters (7.21).
    """
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    faults = []
    if root.get("/Lang") != "ja-JP":
        faults.append(f"language {root.get('/Lang')}")
    if not (reader.metadata and reader.metadata.title):
        faults.append("no title")
    if "/StructTreeRoot" not in root or not root["/MarkInfo"]["/Marked"].value:
        return [*faults, "not tagged"]
    tags = tags_of(pdf)
    faults += [f"a {tag} without words" for tag, alt in tags if tag == "/Figure" and not alt]
    deepest = 0
    for level in (int(tag[2:]) for tag, _ in tags if re.fullmatch(r"/H[1-6]", tag)):
        if level > deepest + 1:
            faults.append(f"heading {level} under {deepest}")
        deepest = level
    known = _marked_in_structure(root)
    for number, page in enumerate(reader.pages):
        where = f"page {number + 1}"
        if page.get("/Tabs") != "/S":
            faults.append(f"{where}: no order of tabs")
        faults += [f"{where}: {fault}" for fault in _unmarked(page, reader, known)]
        for font in page["/Resources"].get("/Font", {}).values():
            below = font["/DescendantFonts"][0]["/FontDescriptor"]
            if "/ToUnicode" not in font or not {"/FontFile2", "/FontFile3"} & set(below):
                faults.append(f"{where}: {font['/BaseFont']}")
    return faults


def _unmarked(page: Any, reader: PdfReader, known: set[tuple[int, int]]) -> list[str]:
    """What is drawn outside of every mark, and marks that the structure does not know."""
    open_marks: list[int | None] = []
    faults = []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in {b"BDC", b"BMC"}:
            properties = operands[1] if len(operands) > 1 else {}
            open_marks.append(properties.get("/MCID") if hasattr(properties, "get") else None)
            mark = open_marks[-1]
            if mark is not None and (page.indirect_reference.idnum, int(mark)) not in known:
                faults.append(f"mark {mark} is in no structure")

        elif operator == b"EMC":
            open_marks.pop()
        elif operator in _DRAWING and not open_marks:
            faults.append(f"{operator.decode()} outside of everything")
    return faults


def _marked_in_structure(root: Any) -> set[tuple[int, int]]:
    """(page object, mark) of everything the structure holds."""
    found: set[tuple[int, int]] = set()

    def walk(node: Any, page: int | None) -> None:
        if isinstance(node, IndirectObject):
            node = node.get_object()
        if isinstance(node, ArrayObject):
            for kid in node:
                walk(kid, page)
        elif isinstance(node, int):
            assert page is not None
            found.add((page, int(node)))
        elif isinstance(node, DictionaryObject):
            page = node.raw_get("/Pg").idnum if "/Pg" in node else page
            if node.get("/Type") == "/MCR":
                walk(node["/MCID"], page)
            else:
                walk(node.get("/K"), page)

    walk(root["/StructTreeRoot"].get("/K"), None)
    return found
