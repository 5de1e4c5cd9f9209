"""``days.csv`` / ``days.xlsx`` -> lines: who, which day, what, where to, when, why. Every fault is said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.folding import fold
from geo.intake.cell_text import clean_text
from geo.intake.csv_rows import read_csv
from geo.intake.header_row import make_table
from geo.intake.record_fields import DAY_FORMS_JA
from geo.intake.source_table import SourceRow, SourceTable
from geo.intake.values import is_missing, parse_day
from geo.intake.xlsx_rows import read_xlsx
from geo.model.day_change import DayChange, DayChangeKind
from geo.model.problem import Problem, Severity
from geo.model.reading import RowAddress

HEADERS: Mapping[str, tuple[str, ...]] = {
    "who": ("名称か番号かID", "名称", "番号", "ID", "お宝", "名前"),
    "day": ("日", "日にち", "日付", "開催日"),
    "what": ("変更", "変更の内容"),
    "to": ("新しい日", "移動先", "振替日"),
    "hours": ("新しい時間", "新しい時刻", "時間"),
    "why": ("わけ", "理由", "備考"),
}
"""What a line says -> the headers it may stand under; the first is the one of the README."""
_NEEDED = ("who", "day", "what")
_KINDS = {
    fold(word): kind
    for kind, words in {
        DayChangeKind.OFF: ("休み", "お休み", "休", "中止"),
        DayChangeKind.MOVED: ("移動", "振替", "振り替え", "変更", "時間変更"),
        DayChangeKind.ADDED: ("追加", "臨時"),
    }.items()
    for word in words
}
_WEEKDAY = re.compile(r"\(([月火水木金土日])(?:曜日?)?\)\s*$")
_WEEKDAYS = "月火水木金土日"
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, eq=False)
class DaysLine:
    """One line: a change, who is meant by it, and where it stands."""

    who: str
    change: DayChange
    address: RowAddress


@dataclass(frozen=True, slots=True)
class DaysReading:
    """The lines of a file and its faults; ``blocking``: it could not be understood at all."""

    lines: tuple[DaysLine, ...]
    problems: tuple[Problem, ...]
    failed_rows: int = 0
    blocking: bool = False


def read_days(path: Path, file: str, names: Iterable[str] = ()) -> DaysReading:
    """Read a file of changed days.

    Parameters
    ----------
    path : Path
    file : str
        Its name as the clerk knows it.
    names : iterable of str
        Headers under which the list itself has ID, number and name; they will do here, too.
    """
    problems: list[Problem] = []
    table = _table(path, file, problems)
    columns = None if table is None else _columns(table, (*HEADERS["who"], *names), problems)
    if table is None or columns is None:
        return DaysReading((), tuple(problems), blocking=True)
    lines: list[DaysLine] = []
    failed = 0
    for row in table.rows:
        if not any(map(str.strip, row.cells)):
            continue
        line = _Line(table, columns, row, problems)
        found = line.read()
        failed += line.failed
        if found is not None:
            lines.append(found)
    return DaysReading(tuple(lines), tuple(problems), failed)


def _table(path: Path, file: str, problems: list[Problem]) -> SourceTable | None:
    if path.suffix.lower() != ".csv":
        found = read_xlsx(path, file, None, problems)
        return None if found is None else make_table(found[0], file, found[1], None, problems)
    # Excel's plain CSV is no fault here: nothing else than our own few words must be right.
    grid = read_csv(path, file, _encoding(path), problems)
    return None if grid is None else make_table(grid, file, None, None, problems)


def _encoding(path: Path) -> str | None:
    """cp932 where the bytes are no UTF-8; anything else is told by the reader."""
    try:
        raw = path.read_bytes()
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    except OSError:
        return None
    else:
        return None
    try:
        raw.decode("cp932")
    except UnicodeDecodeError:
        return None
    return "cp932"


def _columns(
    table: SourceTable, who: Iterable[str], problems: list[Problem]
) -> dict[str, int] | None:
    where = {fold(header): index for index, header in reversed(list(enumerate(table.headers)))}
    columns: dict[str, int] = {}
    for name, headers in {**HEADERS, "who": tuple(who)}.items():
        found = (where[fold(header)] for header in headers if fold(header) in where)
        index = next(found, None)
        if index is not None:
            columns[name] = index
    missing = [HEADERS[name][0] for name in _NEEDED if name not in columns]
    if not missing:
        return columns
    problems.append(
        table.problem(
            Severity.ERROR,
            "days-header",
            f"「{'」「'.join(missing)}」の列がありません。見出しは "
            f"{'、'.join(headers[0] for headers in HEADERS.values())} にしてください。",
            row=table.header_row or None,
        )
    )
    return None


class _Line:
    """One line of the file, with what is wrong in it."""

    def __init__(
        self,
        table: SourceTable,
        columns: Mapping[str, int],
        row: SourceRow,
        problems: list[Problem],
    ) -> None:
        self._table, self._columns, self._row, self._problems = table, columns, row, problems
        self.failed = False

    def _text(self, name: str) -> str:
        index = self._columns.get(name)
        text = "" if index is None else clean_text(self._row.text(index)).text
        return "" if is_missing(text) else text

    def _error(self, code: str, message_ja: str, at: str) -> None:
        self.failed = True
        self._problems.append(
            self._table.problem(
                Severity.ERROR,
                code,
                message_ja,
                row=self._row.number,
                column=self._columns.get(at, self._columns["who"]),
                value=self._text(at) or None,
            )
        )

    def read(self) -> DaysLine | None:
        """The line; None with its faults kept where it has one."""
        who = self._text("who")
        if not who:
            self._error(
                "days-who-missing",
                "だれの日かが書いてありません。名称か番号かIDを書いてください。",
                "who",
            )
        kind = _KINDS.get(fold(self._text("what")))
        if kind is None:
            self._error(
                "days-word-unknown",
                "変更は「休み」「移動」「追加」のどれかを書いてください。",
                "what",
            )
        day, to = self._day("day"), self._day("to") if self._text("to") else None
        hours = self._hours()
        if kind is DayChangeKind.ADDED and day is None and to is not None and not self._text("day"):
            day, to = to, None
        elif day is None and not self._text("day"):
            self._error("day-not-a-day", "日が書いてありません。" + DAY_FORMS_JA, "day")
        if kind is DayChangeKind.MOVED and not self._text("to") and not self._text("hours"):
            self._error("days-no-new-day", "移動には、新しい日か新しい時間を書いてください。", "to")
        if self.failed or kind is None or day is None:
            return None
        if kind is not DayChangeKind.MOVED:
            to = None
        start, end = (None, None) if kind is DayChangeKind.OFF else hours or (None, None)
        change = DayChange(
            kind,
            day,
            to or day if kind is DayChangeKind.MOVED else None,
            start,
            end,
            self._text("why")[:LONGEST_REASON] or None,
        )
        return DaysLine(who, change, self._address())

    def _day(self, name: str) -> date | None:
        text = self._text(name)
        if not text:
            return None
        try:
            day = parse_day(text)
        except ValueError:
            self._error("day-not-a-day", "日付として読めません。" + DAY_FORMS_JA, name)
            return None
        said = _WEEKDAY.search(unicodedata.normalize("NFKC", text))
        if said and _WEEKDAYS[day.weekday()] != said[1]:
            self._error(
                "days-weekday-wrong",
                f"{day.year}年{day.month}月{day.day}日は{_WEEKDAYS[day.weekday()]}曜日です。日にちか曜日を直してください。",
                name,
            )
            return None
        return day

    def _hours(self) -> tuple[int, int | None] | None:
        """Start and end in minutes after midnight."""
        text = self._text("hours")
        if not text:
            return None
        from geo.schedule import parse

        schedule = parse(text)
        only = schedule.rules[0] if len(schedule.rules) == 1 else None
        if only is not None and only.days is None and not schedule.not_understood:
            spans = only.hours
            if len(spans) == 1 and spans[0].start_min is not None:
                return spans[0].start_min, spans[0].end_min
        self._error(
            "days-hours-unread",
            "時間として読めません。10:30〜11:00 か 13時から のように書いてください。",
            "hours",
        )
        return None

    def _address(self) -> RowAddress:
        letters = {name: self._letter(index) for name, index in self._columns.items()}
        headers = {name: self._table.headers[index] for name, index in self._columns.items()}
        table = self._table
        return RowAddress(table.file, self._row.number, table.sheet, letters, headers)

    def _letter(self, index: int) -> str:
        cell = self._table.cell(self._row.number, index) or ""
        return cell.rstrip("0123456789")
