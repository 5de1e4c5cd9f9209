"""All that a PDF or a workbook tells anybody who takes it apart."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
from paper_foundation.printed import lines_of
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)


def told_by(pdf: bytes) -> str:
    """Its text, with and without line breaks; every text of every object; every stream, unpacked."""
    lines = lines_of(pdf)
    return "\n".join([*lines, "".join(lines), *_texts(pdf), pdf.decode("utf-8", "replace")])


def cells_of(book: bytes) -> list[str]:
    """What stands in the cells of a workbook, whatever sheet they are on; none is a formula."""
    found = []
    for sheet in openpyxl.load_workbook(io.BytesIO(book)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    assert cell.data_type == "s", cell.coordinate
                    found.append(str(cell.value))
    return found


def told_by_book(book: bytes) -> str:
    """Its cells, and every part of the file, unpacked: comments, hidden sheets, properties."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        everything = [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
        return "\n".join([*cells_of(book), *parts.namelist(), *everything])


def _texts(pdf: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(pdf))
    found: list[str] = []
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        _look(reader.get_object(IndirectObject(number, 0, reader)), found)
    _look(reader.trailer, found)
    return found


def _look(value: Any, found: list[str]) -> None:
    """Indirect objects are looked at once, where they are counted."""
    if isinstance(value, IndirectObject):
        return
    if isinstance(value, StreamObject):
        data = value.get_data()
        found += [data.decode("utf-8", "replace"), data.decode("utf-16-be", "replace")]
    if isinstance(value, DictionaryObject):
        for name, part in value.items():
            found.append(str(name))
            _look(part, found)
    elif isinstance(value, ArrayObject):
        for part in value:
            _look(part, found)
    elif isinstance(value, TextStringObject | bytes):
        found.append(value if isinstance(value, str) else value.decode("utf-8", "replace"))
