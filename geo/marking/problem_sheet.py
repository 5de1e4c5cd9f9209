"""The sheet 「確認」: every sentence, with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.marking.plain_text import put_text
from geo.model.problem import Problem, Severity
from geo.model.problem_sentence import place_ja, sentence_ja

if TYPE_CHECKING:
    from openpyxl import Workbook

TITLE = "確認"
HEADERS = ("番", "どうするか", "場所（押すと、そのセルへ）", "いまの値", "困りごとと直し方")
_WIDTHS = (6, 24, 28, 28, 90)
_HOW_JA = (
    "これは写しです。元の一覧は変えていません。直すのは、元の一覧です。",
    "赤い斜線と太い枠＝直すまで読み込めません。黄色と点線の枠＝確かめてください（このまま読み込めます）。",
    "元の一覧と同じように、担当者だけで使ってください。",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A fault and the (sheet, cell) it leads to; None where it has no sheet."""

    problem: Problem
    target: tuple[str, str] | None


def add_problem_sheet(
    book: Workbook, file: str, listed: Sequence[Listed], notes_ja: Sequence[str]
) -> None:
    """Put the sheet in front of all others and open the workbook there."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.worksheet.hyperlink import Hyperlink

    titles = {name.casefold() for name in book.sheetnames}
    title, count = TITLE, 2
    while title.casefold() in titles:
        title, count = f"{TITLE}（{count}）", count + 1
    sheet = book.create_sheet(title, 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0

    errors = sum(row.problem.is_error for row in listed)
    put_text(
        sheet["A1"], f"{file} の確認（直す {errors}か所、確かめる {len(listed) - errors}か所）"
    )
    sheet["A1"].font = Font(bold=True, size=14)
    line = 1
    for line, sentence in enumerate((*_HOW_JA, *notes_ja), 2):
        put_text(sheet.cell(line, 1), sentence)
    top = line + 2
    frame = Side("thin")
    for column, (header, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True), 1):
        cell = sheet.cell(top, column)
        put_text(cell, header)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFD9D9D9")
        sheet.column_dimensions[cell.column_letter].width = width
    for number, row in enumerate(listed, 1):
        problem = row.problem
        place = place_ja(problem.sheet, problem.cell, problem.row, problem.file) or "この一覧"
        texts = (problem.severity.label_ja, place, problem.value or "", sentence_ja(problem))
        sheet.cell(top + number, 1).value = number
        for column, text in enumerate(texts, 2):
            put_text(sheet.cell(top + number, column), text)
        if row.target is not None:
            on_sheet, address = row.target
            quoted = on_sheet.replace("'", "''")
            link = sheet.cell(top + number, 3)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{address}")
            link.font = Font(underline="single", color="FF0563C1")
        for column in range(1, len(HEADERS) + 1):
            cell = sheet.cell(top + number, column)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.border = Border(bottom=frame)
        if problem.severity is Severity.ERROR:
            sheet.cell(top + number, 2).font = Font(bold=True)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"
