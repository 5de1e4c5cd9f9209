"""Builders of lists in encodings that git would show as noise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl

LIST = Path("layers/tea/places.csv")
ROWS = "ID,名称,緯度,経度,定員\r\n1,さくら会,34.8671,138.3229,10\r\n"


def utf16_with_tabs(town: Path) -> None:
    """What Excel saves as 「Unicode テキスト」."""
    (town / LIST).write_bytes(b"\xff\xfe" + ROWS.replace(",", "\t").encode("utf-16-le"))


def utf16_of_the_other_order(town: Path) -> None:
    (town / LIST).write_bytes(b"\xfe\xff" + ROWS.encode("utf-16-be"))


def utf16_without_mark(town: Path) -> None:
    (town / LIST).write_bytes(ROWS.encode("utf-16-be"))


def utf16_cut(town: Path) -> None:
    (town / LIST).write_bytes(b"\xff\xfe" + ROWS.encode("utf-16-le")[:-1])


def garbled_list(town: Path) -> None:
    """UTF-8 that a program took for CP932 and saved as UTF-8 again."""
    garbled = "港公民館,緑台".encode().decode("cp932", "ignore")
    (town / LIST).write_text(f"ID,名称,緯度,経度\n1,{garbled},34.8671,138.3229\n", "utf-8")


def western_list(town: Path) -> None:
    """CP932 that a Western program saved as UTF-8."""
    text = ROWS.encode("cp932").decode("cp1252", "replace").replace("\ufffd", "")
    (town / LIST).write_text(text, "utf-8")


def garbled_workbook(town: Path) -> None:
    """A UTF-8 list that Excel opened as CP932 and saved as a workbook."""
    (town / LIST).unlink()
    book = openpyxl.Workbook()
    for line in ROWS.splitlines():
        book.active.append(line.encode().decode("cp932", "ignore").split(","))
    book.save(town / LIST.with_suffix(".xlsx"))


LIST_BUILDERS: dict[str, Callable[[Path], None]] = {
    f.__name__: f
    for f in (
        utf16_with_tabs, utf16_of_the_other_order, utf16_without_mark, utf16_cut, garbled_list,
        western_list, garbled_workbook,
    )
}  # fmt: skip
