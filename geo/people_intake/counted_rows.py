"""Records of a table -> how many people of every band, with every fault of a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from geo.folding import fold
from geo.intake.source_table import SourceRow
from geo.model.people import BANDS, PeopleBand, PeopleForm, PeopleSources
from geo.model.problem import Problem, Severity
from geo.people_intake.count_texts import is_suppressed, people_count
from geo.people_intake.people_columns import PeopleColumns
from geo.people_intake.people_table import PeopleTable

_OF_THE_CENSUS = (PeopleForm.SMALL_AREA, PeopleForm.MESH)
_WHOLE = frozenset(map(fold, ("合計", "総計", "計", "総数")))

Counts = tuple[float | None, float | None, float | None, float | None]
"""By `BANDS`; None: not given, or not told."""


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One record.

    ``suppressed`` says of every band whether somebody counted and does not tell. ``row`` is the
    record itself in ``found``, for what only its kind of table knows.
    """

    code: str
    name: str | None
    counts: Counts
    suppressed: tuple[bool, bool, bool, bool]
    found: PeopleTable
    row: SourceRow

    @property
    def where_ja(self) -> str:
        """The record as the clerk's own program counts it."""
        return _where_ja(self.found, self.row)

    def more(self, header: str) -> str:
        """The text of a column that few kinds of table have; empty where there is none."""
        headers = self.found.table.headers
        return self.row.text(headers.index(header)).strip() if header in headers else ""

    def problem(self, severity: Severity, code: str, message_ja: str) -> Problem:
        """A fault of this record."""
        return self.found.table.problem(
            severity, code, message_ja, row=self.row.number, value=self.code
        )


def _where_ja(found: PeopleTable, row: SourceRow) -> str:
    return f"{row.number}{'行目' if found.table.grid else '番目'}"


class PeopleRows:
    """Reads the records of one table.

    Parameters
    ----------
    found : PeopleTable
    columns : PeopleColumns
        With the column of everybody.
    sources : PeopleSources
    problems : list of Problem
        What is wrong is added here.
    """

    def __init__(
        self,
        found: PeopleTable,
        columns: PeopleColumns,
        sources: PeopleSources,
        problems: list[Problem],
    ) -> None:
        self._found = found
        self._columns = columns
        self._dash_is_zero = sources.form in _OF_THE_CENSUS
        self._problems = problems
        self._broken: list[tuple[SourceRow, int]] = []
        self._nameless: list[tuple[SourceRow, float]] = []

    def __iter__(self) -> Iterator[PeopleRow]:
        columns = self._columns
        for row in self._found.rows:
            read = [self._band(row, band) for band in BANDS]
            counts = tuple(count for count, _ in read)
            code = row.text(columns.code).strip() if columns.code is not None else ""
            name = row.text(columns.name).strip() if columns.name is not None else ""
            is_silent = all(count is None for count in counts) and not any(hid for _, hid in read)
            if columns.code is not None and not code:
                if not is_silent and fold(name) not in _WHOLE:
                    self._nameless.append((row, counts[0] or 0))
                continue
            if is_silent and not name and not self._has_place(row):
                continue  # a note under the table
            self._check_bands(row, counts)
            yield PeopleRow(
                code or _where_ja(self._found, row),
                name or None,
                (counts[0], counts[1], counts[2], counts[3]),
                (read[0][1], read[1][1], read[2][1], read[3][1]),
                self._found,
                row,
            )
        self._say()

    def _has_place(self, row: SourceRow) -> bool:
        told = (self._columns.lat, self._columns.lon, self._columns.latlon)
        return row.geometry_wkb is not None or any(
            row.text(index).strip() for index in told if index is not None
        )

    def _band(self, row: SourceRow, band: PeopleBand) -> tuple[float | None, bool]:
        """How many people of a band, and whether somebody hides it."""
        total, known, hidden = 0.0, True, False
        for index in self._columns.bands.get(band, ()):
            text = row.text(index)
            try:
                if index in row.faults:
                    raise ValueError(row.faults[index])
                count = people_count(text, dash_is_zero=self._dash_is_zero)
            except ValueError:
                self._problems.append(self._wrong(row, index, text))
                count = None
            if count is None:
                known, hidden = False, hidden or is_suppressed(text)
                continue
            if not count.is_integer():
                self._broken.append((row, index))
            total += count
        return (total if known and band in self._columns.bands else None), hidden

    def _wrong(self, row: SourceRow, index: int, text: str) -> Problem:
        return self._found.table.problem(
            Severity.ERROR,
            "people-count-wrong",
            f"「{self._found.labels[index].strip()}」が、人数として読めません。0以上の数を書いてください。",
            row=row.number,
            column=index,
            value=text,
        )

    def _check_bands(self, row: SourceRow, counts: tuple[float | None, ...]) -> None:
        """The older are among the younger."""
        known = [(band, c) for band, c in zip(BANDS, counts, strict=True) if c is not None]
        for (young, more), (old, fewer) in pairwise(known):
            if fewer > more:
                whole = "総数" if young is PeopleBand.EVERYBODY else young.label_ja
                self._problems.append(
                    self._found.table.problem(
                        Severity.ERROR,
                        "people-bands-contradict",
                        f"{old.label_ja}（{fewer:g}人）が、{whole}（{more:g}人）より多くなっています。"
                        "列の見出しと数を確かめてください。",
                        row=row.number,
                        column=self._columns.bands[old][0],
                    )
                )

    def _say(self) -> None:
        """What is said once for a table."""
        table = self._found.table
        if self._broken:
            row, index = self._broken[0]
            self._problems.append(
                table.problem(
                    Severity.WARNING,
                    "people-count-broken",
                    f"端数のある人数が {len(self._broken)} か所あります（推計の表でしょうか）。端数のまま計算します。",
                    row=row.number,
                    column=index,
                    value=row.text(index),
                )
            )
        if self._nameless:
            people = sum(count for _, count in self._nameless)
            self._problems.append(
                table.problem(
                    Severity.WARNING,
                    "people-code-missing",
                    f"番号のない行が {len(self._nameless)} 行（あわせて{people:,.0f}人）あります。"
                    "どこの人か分からないので、計算に入りません。",
                    row=self._nameless[0][0].number,
                )
            )
