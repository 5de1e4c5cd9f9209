"""Faults onto the cells of a workbook: colour, border and comment; and the sheet that lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geo.marking.plain_text import without_controls
from geo.marking.problem_sheet import Listed, add_problem_sheet
from geo.model.problem import Problem
from geo.model.problem_sentence import sentence_ja

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "お宝マップ"
MARK_LIMIT = 3_000
"""Cells marked in one workbook: with more comments Excel opens it in minutes."""
_COMMENT_WIDTH_PX = 340
_LINE_PX = 20
_LETTERS_A_LINE = 24


def mark_book(
    book: Workbook, file: str, problems: Sequence[Problem], notes_ja: Sequence[str]
) -> None:
    """Mark every fault of a file in its workbook and put the sheet 「確認」 in front.

    A fault of a row marks the row's first cell; a fault of a whole sheet or file is listed only.
    A cell with several faults gets one comment, and the colour of the gravest.
    """
    listed = sorted(problems, key=lambda problem: not problem.is_error)
    places = [_place(book, problem) for problem in listed]
    at: dict[tuple[str, str], list[Problem]] = {}
    for problem, place in zip(listed, places, strict=True):
        if place is not None and place[1] is not None:
            at.setdefault((place[0].title, place[1]), []).append(problem)
    for (title, address), here in list(at.items())[:MARK_LIMIT]:
        _mark(book[title][address], here)
    notes = list(notes_ja)
    if len(at) > MARK_LIMIT:
        notes.append(f"印をつけたのは、はじめの{MARK_LIMIT:,}か所です（ぜんぶで{len(at):,}か所）。")
    rows = [
        Listed(problem, None if place is None else (place[0].title, place[1] or "A1"))
        for problem, place in zip(listed, places, strict=True)
    ]
    add_problem_sheet(book, file, rows, notes)


def _place(book: Workbook, problem: Problem) -> tuple[Worksheet, str | None] | None:
    """The sheet of a fault and the cell to mark: that of a merged block is its first one."""
    sheet = _sheet(book, problem.sheet)
    if sheet is None:
        return None
    address = problem.cell or (f"A{problem.row}" if problem.row else None)
    if address is None:
        return sheet, None
    for block in sheet.merged_cells.ranges:
        if address in block:
            return sheet, str(block.start_cell.coordinate)
    return sheet, address


def _sheet(book: Workbook, title: str | None) -> Worksheet | None:
    sheets = book.worksheets
    if title is None:
        return sheets[0] if len(sheets) == 1 else None
    return next((sheet for sheet in sheets if sheet.title == title), None)


def _mark(cell: Any, problems: Sequence[Problem]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Border, PatternFill, Side

    if any(problem.is_error for problem in problems):
        # Stripes and a thick frame also stand on a black and white print.
        cell.fill = PatternFill("lightUp", fgColor="FFC00000", bgColor="FFFFC7CE")
        side = Side("thick", color="FFC00000")
    else:
        cell.fill = PatternFill("solid", fgColor="FFFFEB66")
        side = Side("mediumDashed", color="FF7F6000")
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    said = "\n".join(dict.fromkeys(f"・{sentence_ja(problem)}" for problem in problems))
    before = cell.comment
    author = AUTHOR
    if before is not None:
        said = f"{before.text}\n\n【確認】\n{said}"
        author = before.author or AUTHOR
    text = without_controls(said)
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in text.splitlines())
    cell.comment = Comment(
        text, author, width=_COMMENT_WIDTH_PX, height=min(600, _LINE_PX * (lines + 1))
    )
