"""What a sheet says of its cells besides their text: merged ones, hidden rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from geo.intake.source_table import Merge, SheetMarks, column_letter
from geo.model.problem import Problem, Severity

MERGE_LIMIT = 20_000
FILL_LIMIT = 1_000_000
BANNER_ROWS = 5
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*?>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMNS_LIMIT = 16_384


def sheet_marks(xml: bytes) -> SheetMarks:
    """The marks in the XML of one sheet."""
    merges = []
    for left, top, right, bottom in _MERGE.findall(xml)[:MERGE_LIMIT]:
        columns = sorted((_index(left), _index(right)))
        rows = sorted((int(top), int(bottom)))
        merges.append(Merge(rows[0], columns[0], rows[1], columns[1]))
    hidden_rows = [
        number
        for tag in _ROW.findall(xml)
        if _HIDDEN.search(tag) and (number := _number(tag, b"r")) is not None
    ]
    hidden_columns: set[int] = set()
    for tag in _COLUMN.findall(xml):
        first, last = _number(tag, b"min"), _number(tag, b"max")
        if _HIDDEN.search(tag) and first is not None and last is not None:
            hidden_columns.update(range(first - 1, min(last, _COLUMNS_LIMIT)))
    return SheetMarks(tuple(merges), tuple(hidden_rows), tuple(sorted(hidden_columns)))


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _number(tag: bytes, name: bytes) -> int | None:
    found = re.search(rb"\s" + name + rb'="(\d{1,7})"', tag)
    return int(found[1]) if found else None


def fill_down(rows: Sequence[tuple[str, ...]], merges: Iterable[Merge]) -> list[tuple[str, ...]]:
    """Give every row of a block merged downwards the block's text.

    A row that holds nothing else is left alone: a merge that runs on below the table must not
    make records.
    """
    filled = list(rows)
    steps = 0  # blocks may overlap in a hostile sheet
    for merge in merges:
        at = merge.first_column
        if merge.first_row > len(rows) or at >= len(rows[merge.first_row - 1]):
            continue
        text = rows[merge.first_row - 1][at]
        if not text:
            continue
        for number in range(merge.first_row + 1, min(merge.last_row, len(rows)) + 1):
            steps += 1
            if steps > FILL_LIMIT:
                return filled
            cells = filled[number - 1]
            if any(cells) and (at >= len(cells) or not cells[at]):
                cells += ("",) * (at + 1 - len(cells))
                filled[number - 1] = (*cells[:at], text, *cells[at + 1 :])
    return filled


def mark_problems(
    marks: SheetMarks, rows: Sequence[tuple[str, ...]], file: str, sheet: str
) -> list[Problem]:
    """What the clerk must know of merged and hidden cells that hold something."""

    def warn(code: str, message_ja: str, cell: str | None = None, row: int | None = None) -> None:
        problems.append(
            Problem(Severity.WARNING, file, message_ja, code, sheet=sheet, cell=cell, row=row)
        )

    problems: list[Problem] = []
    merged = [merge for merge in marks.merges if not _is_banner(merge, rows)]
    if merged:
        first = "、".join(merge.ref for merge in merged[:3])
        first += f" ほか{len(merged) - 3}か所" if len(merged) > 3 else ""
        warn(
            "cells-merged",
            f"セルが結合されています（{first}）。縦の結合は、結合したどの行も同じ値として読みました。"
            "横の結合は、左はしの列の値として読みました。",
            cell=merged[0].ref.split(":")[0],
        )
    hidden = [
        number for number in marks.hidden_rows if number <= len(rows) and any(rows[number - 1])
    ]
    if hidden:
        warn(
            "rows-hidden",
            f"隠れている行（{_runs_ja(hidden)}行目）も、ほかの行と同じように読みました。"
            "のせないものなら、その行を消してください。",
            row=hidden[0],
        )
    used = [
        column_letter(index)
        for index in marks.hidden_columns
        if any(index < len(row) and row[index] for row in rows)
    ]
    if used:
        warn("columns-hidden", f"隠れている列（{'、'.join(used[:10])}列）も読みました。")
    return problems


def _is_banner(merge: Merge, rows: Sequence[tuple[str, ...]]) -> bool:
    """A title or a note written across the sheet: the only text of its rows."""
    if merge.last_row - merge.first_row >= BANNER_ROWS:
        return False
    inside = rows[merge.first_row - 1 : merge.last_row]
    return sum(1 for row in inside for text in row if text and not text.isspace()) <= 1


def _runs_ja(numbers: Sequence[int]) -> str:
    """``3、5〜8`` of sorted row numbers; a long list is cut."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = [str(a) if a == b else f"{a}〜{b}" for a, b in runs]
    return "、".join(words[:10]) + (" ほか" if len(words) > 10 else "")
