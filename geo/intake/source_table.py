"""Rows as a file gives them: texts under headers, each with the address the clerk's program shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.model.problem import Problem, Severity


def column_letter(index: int) -> str:
    """Excel's name of a column: 0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One record. ``number`` counts as Excel counts rows; for geometry files it is the feature.

    ``faults`` maps a column index to the fault code of a cell that could not be read at all.
    ``lon``/``lat`` are degrees (EPSG:4326) where the record brought its own geometry.
    """

    number: int
    cells: tuple[str, ...]
    faults: Mapping[int, str] = field(default_factory=dict)
    lon: float | None = None
    lat: float | None = None
    geometry_wkb: bytes | None = None

    def text(self, index: int) -> str:
        """The text of a column; short rows end in empty cells."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table found in a file.

    Parameters
    ----------
    file : str
        The file as the clerk knows it.
    sheet : str or None
        Sheet of a workbook.
    grid : bool
        True where cells have Excel addresses.
    header_row : int
        Excel's number of the row that holds the headers.
    headers : tuple of str
        Unique, stripped; a column without a header is called 「（C列）」.
    """

    file: str
    sheet: str | None
    grid: bool
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[SourceRow, ...]

    def cell(self, row: int, column: int | None) -> str | None:
        """Excel's address of a cell, or None where there are no cells."""
        if column is None or not self.grid:
            return None
        return f"{column_letter(column)}{row}"

    def problem(
        self,
        severity: Severity,
        code: str,
        message_ja: str,
        *,
        row: int | None = None,
        column: int | None = None,
        value: str | None = None,
    ) -> Problem:
        """A problem addressed in this table. ``column`` is an index."""
        return Problem(
            severity,
            self.file,
            message_ja,
            code,
            sheet=self.sheet,
            cell=None if row is None else self.cell(row, column),
            row=row,
            column=None if column is None else self.headers[column],
            value=value,
        )


@dataclass(frozen=True, slots=True)
class Merge:
    """One merged block: Excel's row numbers, column indexes from 0, ends inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def ref(self) -> str:
        """Excel's own name of the block."""
        first = f"{column_letter(self.first_column)}{self.first_row}"
        return f"{first}:{column_letter(self.last_column)}{self.last_row}"


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Merged blocks, and what is hidden (Excel's row numbers, column indexes from 0)."""

    merges: tuple[Merge, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RawGrid:
    """Cells before anybody knows which row holds the headers. The first is always Excel's row 1.

    ``rows`` have blocks merged downwards filled; ``written`` are the rows as the sheet holds them
    (empty where nothing was filled: a CSV).
    """

    rows: tuple[tuple[str, ...], ...]
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row number, column index) -> fault code."""
    written: tuple[tuple[str, ...], ...] = ()
    marks: SheetMarks = SheetMarks()
