"""One row under its columns: texts by field name, and faults at the cell they stand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from geo.folding import fold
from geo.intake.cell_text import LONG_TEXT, TEXT_LIMIT, clean_text
from geo.intake.layouts import Columns
from geo.intake.place_system import PlaceSystem
from geo.intake.source_table import SourceRow, SourceTable, column_letter
from geo.intake.values import is_missing, parse_clock, parse_count, parse_day, parse_minutes
from geo.model.problem import Problem, Severity
from geo.model.reading import RowAddress

T = TypeVar("T")

_FAULTS_JA = {
    "cell-formula-error": "計算式がエラー（#N/A など）になっています。計算式を直すか、値を書き直してください。",
    "cell-formula-unsaved": "計算式の結果が保存されていません。Excelで開いて、そのまま上書き保存してください。",
}
DAY_FORMS_JA = "2026/5/31、令和8年5月31日、R8.5.31 のように書いてください。"


def kept_under(header: str) -> str:
    """The name under which the address of a column that is no treasure field is kept."""
    return f"[{header}]"


@dataclass(frozen=True, slots=True)
class TableAddresses:
    """Column letters and headers by field, worked out once for a table."""

    letters: Mapping[str, str]
    headers: Mapping[str, str]

    @classmethod
    def of(cls, table: SourceTable, columns: Columns) -> TableAddresses:
        """The addresses of a table's fields."""
        first = {kept_under(table.headers[index]): index for index in columns.extra}
        if columns.publishable is not None:
            first["audience"] = columns.publishable
        first |= {name: indexes[0] for name, indexes in columns.of.items() if indexes}
        return cls(
            {name: column_letter(i) for name, i in first.items()} if table.grid else {},
            {name: table.headers[i] for name, i in first.items()},
        )


@dataclass(slots=True)
class RecordFields:
    """A row being read. Faults gather in ``problems``; ``failed`` is true after an error."""

    table: SourceTable
    columns: Columns
    row: SourceRow
    address: RowAddress
    system: PlaceSystem | None = None
    problems: list[Problem] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    """Texts that did not fit their field, kept under their header."""

    @property
    def failed(self) -> bool:
        """True when this row has an error."""
        return any(problem.is_error for problem in self.problems)

    def error(self, code: str, message_ja: str, at: str, value: str | None = None) -> None:
        """An error at the cell of a field."""
        self.problems.append(
            self.address.problem(Severity.ERROR, code, message_ja, at=at, value=value)
        )

    def warn(self, code: str, message_ja: str, at: str, value: str | None = None) -> None:
        """A warning at the cell of a field."""
        self.problems.append(
            self.address.problem(Severity.WARNING, code, message_ja, at=at, value=value)
        )

    def cell(self, index: int, *, needed: bool) -> str:
        """The cleaned text of a column; a cell that cannot be read is said.

        ``needed`` is true for a treasure field: then an unreadable cell is an error.
        """

        def say(severity: Severity, code: str, message_ja: str, value: str | None = None) -> None:
            self.problems.append(
                self.table.problem(
                    severity, code, message_ja, row=self.row.number, column=index, value=value
                )
            )

        fault = self.row.faults.get(index)
        if fault is not None:
            raw = self.row.text(index).strip() or None
            say(Severity.ERROR if needed else Severity.WARNING, fault, _FAULTS_JA[fault], raw)
            return ""
        raw_text = self.row.text(index)
        if not raw_text:
            return ""
        found = clean_text(raw_text)
        text = found.text
        if found.cleaned:
            say(
                Severity.WARNING,
                "text-control",
                "目に見えない文字（制御文字）が入っていたので、取りのぞきました。",
                text,
            )
        if found.broken:
            say(
                Severity.WARNING,
                "text-broken",
                "文字化けした字（�）があります。元の一覧で書き直してください。",
                text,
            )
        if len(text) > TEXT_LIMIT:
            say(
                Severity.ERROR,
                "text-too-long",
                f"文が長すぎます（{len(text):,}字。{TEXT_LIMIT:,}字まで）。短くしてください。",
                text,
            )
            return ""
        if len(text) > LONG_TEXT:
            say(
                Severity.WARNING,
                "text-long",
                f"文がとても長いです（{len(text):,}字）。全部読みましたが、短くすると読みやすくなります。",
                text,
            )
        return text

    def text(self, name: str, *, joiner: str = "") -> str | None:
        """The text of a field (several columns are joined), or None where nothing is written."""
        indexes = self.columns.of.get(name, ())
        parts = [self.cell(index, needed=True) for index in indexes]
        return joiner.join(part for part in parts if not is_missing(part)) or None

    def keep(self, name: str, text: str) -> None:
        """Keep under its header a text that did not fit its field."""
        header = self.address.headers.get(name)
        if header:
            self.kept[header] = text

    def word(
        self,
        name: str,
        words: Mapping[str, T],
        code: str,
        accepted_ja: str,
        *,
        gentle: bool = False,
    ) -> T | None:
        """One of the accepted words. ``gentle``: another word is a warning and is kept."""
        text = self.text(name)
        if text is None:
            return None
        meaning = words.get(fold(text))
        if meaning is None:
            header = self.address.headers.get(name, name)
            message = f"{header}の「{text[:40]}」は決まった言葉ではありません。{accepted_ja}のどれかにしてください。"
            if gentle:
                self.warn(code, message, name, text)
                self.keep(name, text)
            else:
                self.error(code, message, name, text)
        return meaning

    def day(self, name: str, *, gentle: bool) -> date | None:
        """A day. ``gentle``: a text that is none is a warning and is kept."""
        kept = "日付として読めませんので、書かれたまま残しました。"
        message = (kept if gentle else "日付として読めません。") + DAY_FORMS_JA
        return self._parsed(name, parse_day, "day-not-a-day", message, gentle)

    def count(self, name: str) -> int | None:
        """A number of people; a text that is none is a warning and is kept."""
        return self._parsed(
            name,
            parse_count,
            "number-not-a-number",
            "数として読めませんので、書かれたまま残しました。数だけを書くと集計に使えます。",
            True,
        )

    def clock(self, name: str) -> int | None:
        """A time of day in minutes after midnight; a text that is none is a warning and is kept."""
        return self._parsed(
            name,
            parse_clock,
            "clock-not-a-clock",
            "時刻として読めませんので、書かれたまま残しました。10:20 か 10時20分 のように書いてください。",
            True,
        )

    def minutes(self, name: str) -> int | None:
        """A stay in minutes; a text that is none is a warning and is kept."""
        return self._parsed(
            name,
            parse_minutes,
            "minutes-not-minutes",
            "停車の分数として読めませんので、書かれたまま残しました。30 か 30分 のように、1から720までの数で書いてください。",
            True,
        )

    def _parsed(
        self, name: str, parse: Callable[[str], T], code: str, message_ja: str, gentle: bool
    ) -> T | None:
        text = self.text(name)
        if text is None:
            return None
        try:
            return parse(text)
        except ValueError:
            if gentle:
                self.warn(code, message_ja, name, text)
                self.keep(name, text)
            else:
                self.error(code, message_ja, name, text)
            return None
