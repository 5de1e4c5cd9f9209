"""Which row holds the headers, and what each column is called."""

from __future__ import annotations

import re

from geo.folding import fold
from geo.intake.cell_text import clean_text
from geo.intake.source_table import RawGrid, SourceRow, SourceTable, column_letter
from geo.model.problem import Problem, Severity

_ERROR_CELL = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")


def make_table(
    grid: RawGrid, file: str, sheet: str | None, header_row: int | None, problems: list[Problem]
) -> SourceTable | None:
    """Name the columns of a grid; None with the fault kept when there is no table."""
    rows = grid.rows
    number = header_row or next((i for i, row in enumerate(rows, 1) if any(map(str.strip, row))), 0)
    if number < 1 or number > len(rows) or not any(map(str.strip, rows[number - 1])):
        code, words = "table-empty", "このファイルには表がありません。"
        if header_row:
            code = "header-row-empty"
            words = f"{header_row}行目（header_row）に見出しがありません。見出しの行の番号を確かめてください。"
        problems.append(Problem(Severity.ERROR, file, words, code, sheet=sheet, row=header_row))
        return None
    width = max((len(row) for row in rows[number - 1 :]), default=0)
    used = [False] * width
    faults_by_row: dict[int, dict[int, str]] = {}
    for row_number, row in enumerate(rows[number:], number + 1):
        for index, text in enumerate(row):
            if text and not text.isspace():
                used[index] = True
                if text[0] == "#" and _ERROR_CELL.fullmatch(text.strip()):
                    faults_by_row.setdefault(row_number, {})[index] = "cell-formula-error"
    for (row_number, index), code in grid.faults.items():
        if index < width:
            used[index] = True
        faults_by_row.setdefault(row_number, {})[index] = code
    written = [clean_text(text).text for text in rows[number - 1]]
    written += [""] * (width - len(written))
    while written and not written[-1] and not used[len(written) - 1]:
        written.pop()
    if header_row:
        written = _two_storeys(written, used, _row_above(grid, number))
    headers = _name_columns(written, used, file, sheet, number, problems)
    table_rows = tuple(
        SourceRow(row_number, row[: len(headers)], faults_by_row.get(row_number, {}))
        for row_number, row in enumerate(rows[number:], number + 1)
    )
    return SourceTable(file, sheet, True, number, headers, table_rows)


def _row_above(grid: RawGrid, number: int) -> tuple[str, ...]:
    """The row over the headers as it was written, before merged blocks were filled."""
    rows = grid.written or grid.rows
    return rows[number - 2] if number >= 2 else ()


def _two_storeys(written: list[str], used: list[bool], above: tuple[str, ...]) -> list[str]:
    """A header of two rows whose parts are not merged: what stands above names the rest.

    Only where it names all of the rest, and more than one column: a title row over a table with a
    column that nobody named is no header.
    """
    texts = [clean_text(above[i]).text if i < len(above) else "" for i in range(len(written))]
    blank = [i for i, text in enumerate(written) if not text and used[i]]
    if len(blank) < 2 or not all(texts[i] for i in blank):
        return written
    return [text or texts[index] for index, text in enumerate(written)]


def _name_columns(
    written: list[str],
    used: list[bool],
    file: str,
    sheet: str | None,
    number: int,
    problems: list[Problem],
) -> tuple[str, ...]:
    headers: list[str] = []
    first_at: dict[str, int] = {}
    for index, text in enumerate(written):
        letter = column_letter(index)

        def warn(
            code: str, message_ja: str, letter: str = letter, header: str | None = None
        ) -> None:
            problems.append(
                Problem(
                    Severity.WARNING,
                    file,
                    message_ja,
                    code,
                    sheet=sheet,
                    cell=f"{letter}{number}",
                    row=number,
                    column=header,
                )
            )

        if not text:
            headers.append(f"（{letter}列）")
            if used[index]:
                warn(
                    "header-blank",
                    f"{letter}列に見出しがありません。「（{letter}列）」という名前で読みました。",
                )
            continue
        key = fold(text)
        if key in first_at:
            first = column_letter(first_at[key])
            copy = 2
            while f"{text}（{copy}）" in headers:
                copy += 1
            headers.append(f"{text}（{copy}）")
            if used[index]:
                warn(
                    "header-twice",
                    f"見出し「{text}」が{first}列と{letter}列にあります。{first}列を「{text}」として使い、"
                    f"{letter}列は「{text}（{copy}）」という名前で読みました。",
                    header=text,
                )
            continue
        first_at[key] = index
        headers.append(text)
    return tuple(headers)
