"""A list as a workbook that can be marked: her own with everything in it, or a CSV as texts."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import HostileFileError
from geo.intake.csv_rows import read_csv, read_limited
from geo.intake.xlsx_rows import WORKBOOK_LIMIT_BYTES, check_archive
from geo.marking.plain_text import put_text
from geo.model.problem import Problem
from geo.model.town import Layer

if TYPE_CHECKING:
    from openpyxl import Workbook

WHOLE_BOOK_LIMIT_BYTES = 80_000_000
"""Of sheets unzipped: a workbook held whole in memory takes some fifteen times as much."""
CSV_CELLS_LIMIT = 500_000
_WIDEST = 40


def open_source(path: Path, file: str, layer: Layer) -> tuple[Workbook, tuple[str, ...]]:
    """Open a list for marking.

    Returns
    -------
    (Workbook, tuple of str)
        The workbook, and Japanese notes on what a copy of it does not keep.

    Raises
    ------
    HostileFileError
        When it cannot be opened, or is too large to be held whole.
    """
    if path.suffix.lower() == ".csv":
        return _book_of_csv(path, file, layer), ("CSVの値は、すべて文字として写しました。",)
    problems: list[Problem] = []
    raw = read_limited(path, file, WORKBOOK_LIMIT_BYTES, problems)
    if raw is None:
        raise _refused(problems[0].message_ja)
    check_archive(raw)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        sheets = sum(
            m.file_size for m in archive.infolist() if "/worksheets/" in m.filename.lower()
        )
    if sheets > WHOLE_BOOK_LIMIT_BYTES:
        raise _refused("ブックが大きすぎるので、写しはつくりません。")
    return _open_whole(raw), tuple(_lost(names))


def _open_whole(raw: bytes) -> Workbook:
    import openpyxl

    if not openpyxl.DEFUSEDXML:  # a packaging fault of ours, not of the file
        raise RuntimeError("defusedxml is not installed")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions that a copy does not keep
            return openpyxl.load_workbook(io.BytesIO(raw), rich_text=True)
    except Exception as error:  # openpyxl raises many kinds for damaged parts
        raise _refused("このブックは開けないので、写しはつくれません。") from error


def _lost(names: list[str]) -> list[str]:
    lower = [name.lower() for name in names]
    notes = []
    if any(name.endswith("vbaproject.bin") for name in lower):
        notes.append("マクロは写しに入れていません。")
    if any(name.startswith(("xl/drawings/drawing", "xl/media/", "xl/charts/")) for name in lower):
        notes.append("図形・画像・グラフは、写しに入らないことがあります。")
    if any("threadedcomment" in name for name in lower):
        notes.append("返信のつくコメントは、ふつうのメモになっています。")
    return notes


def _book_of_csv(path: Path, file: str, layer: Layer) -> Workbook:
    import openpyxl
    from openpyxl.utils import get_column_letter

    problems: list[Problem] = []
    grid = read_csv(path, file, layer.encoding, problems)
    if grid is None:
        raise _refused("このCSVは読めないので、写しはつくれません。")
    if sum(map(len, grid.rows)) > CSV_CELLS_LIMIT:
        raise _refused("一覧が大きすぎるので、写しはつくりません。")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "一覧"
    widths: dict[int, int] = {}
    for number, row in enumerate(grid.rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(number, column)
                put_text(cell, text)
                cell.number_format = "@"
                widths[column] = max(widths.get(column, 8), min(_WIDEST, 2 * len(text) + 2))
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    return book


def _refused(message_ja: str) -> HostileFileError:
    return HostileFileError("no marked copy", message_ja=message_ja)
