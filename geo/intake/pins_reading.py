"""``places.csv`` -> pins. Written by the program, mended by hand and by Excel: every fault is said."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from geo.folding import fold
from geo.intake.cell_text import clean_text
from geo.intake.csv_rows import ROW_LIMIT, read_limited
from geo.intake.records import identity
from geo.intake.source_table import column_letter
from geo.intake.values import looks_like_lat, looks_like_lon, parse_day, parse_degrees
from geo.model.audience import Placed
from geo.model.pin import HOW_LABELS, PIN_COLUMNS, Pin
from geo.model.problem import Problem, Severity
from geo.spreadsheet_cell import FORMULA_STARTS

_NEEDED = ("id", "lat", "lon", "how")
_FILE_LIMIT_BYTES = 50_000_000
_HOW = {fold(word): how for how, label in HOW_LABELS.items() for word in (label, how.label_ja)}


@dataclass(frozen=True, slots=True)
class PinsReading:
    """The pins of one file by record id, the row of each, and the file's faults.

    ``failed_rows`` counts lines left out because of an error; ``blocking`` says that the file
    could not be understood at all. ``memo_headers`` and ``memos`` (by record id) are columns that
    somebody added for herself. ``id_letter`` is Excel's name of the id column.
    """

    file: str
    pins: Mapping[str, Pin]
    rows: Mapping[str, int]
    problems: tuple[Problem, ...]
    failed_rows: int = 0
    blocking: bool = False
    memo_headers: tuple[str, ...] = ()
    memos: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    id_letter: str = "A"

    def problem(
        self, severity: Severity, code: str, message_ja: str, record_id: str, value: str | None
    ) -> Problem:
        """A problem of the line of a record."""
        row = self.rows[record_id]
        cell = f"{self.id_letter}{row}"
        return Problem(
            severity, self.file, message_ja, code, cell=cell, row=row, column="id", value=value
        )


def read_pins(path: Path, file: str) -> PinsReading:
    """Read a layer's pins.

    Parameters
    ----------
    path : Path
    file : str
        Its name as the clerk knows it.

    Returns
    -------
    PinsReading
        Never raises for a bad file.
    """
    problems: list[Problem] = []
    rows = _rows(path, file, problems)
    columns = None if rows is None else _columns(rows, file, problems)
    if rows is None or columns is None:
        return PinsReading(file, {}, {}, tuple(problems), blocking=True)
    pins: dict[str, Pin] = {}
    numbers: dict[str, int] = {}
    memos: dict[str, tuple[str, ...]] = {}
    extra = {
        index: header
        for index, header in enumerate(clean_text(cell).text for cell in rows[0])
        if header and index not in columns.values()
    }
    twice: set[str] = set()
    failed = 0
    for number, cells in enumerate(rows[1:], 2):
        if not any(map(str.strip, cells)):
            continue
        line = _Line(file, number, cells, columns, problems)
        pin = line.pin()
        failed += line.failed
        if pin is None:
            continue
        first = pins.setdefault(pin.id, pin)
        if first is pin:
            numbers[pin.id] = number
            memos[pin.id] = tuple(map(line.cell, extra))
        elif (first.lon, first.lat) != (pin.lon, pin.lat):
            line.fault(
                Severity.ERROR,
                "id-twice",
                f"同じIDの行が{numbers[pin.id]}行目にもあり、場所がちがいます。どちらかを消してください。",
                "id",
            )
            twice.add(pin.id)
            failed += 1
    # Which of two places is right is not for the program to say.
    kept = {record_id: pin for record_id, pin in pins.items() if record_id not in twice}
    return PinsReading(
        file,
        kept,
        numbers,
        tuple(problems),
        failed,
        memo_headers=tuple(extra.values()),
        memos=memos,
        id_letter=column_letter(columns["id"]),
    )


class _Line:
    """One line of the file, with what is wrong in it."""

    def __init__(
        self,
        file: str,
        number: int,
        cells: Sequence[str],
        columns: Mapping[str, int],
        problems: list[Problem],
    ) -> None:
        self._file, self._number, self._cells = file, number, cells
        self._columns, self._problems = columns, problems
        self.failed = False

    def text(self, column: str) -> str:
        """The text of a cell; empty where there is none."""
        index = self._columns.get(column)
        return "" if index is None else self.cell(index)

    def cell(self, index: int) -> str:
        """The text of a cell by its place in the line."""
        if index >= len(self._cells):
            return ""
        text = clean_text(self._cells[index]).text
        # Writing puts a quote before what a spreadsheet would run.
        quoted = text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS)
        return text[1:] if quoted else text

    def fault(self, severity: Severity, code: str, message_ja: str, column: str) -> None:
        """Keep a fault with Excel's address."""
        self.failed |= severity is Severity.ERROR and code != "id-twice"
        index = self._columns.get(column)
        self._problems.append(
            Problem(
                severity,
                self._file,
                message_ja,
                code,
                cell=None if index is None else f"{column_letter(index)}{self._number}",
                row=self._number,
                column=column,
                value=self.text(column) or None,
            )
        )

    def pin(self) -> Pin | None:
        """The pin of the line; None where it has an error or its place is none."""
        record_id = identity([self.text("id")])
        if not record_id:
            self.fault(
                Severity.ERROR,
                "id-missing",
                "IDがありません。一覧のIDを書くか、行を消してください。",
                "id",
            )
        how = self._how()
        place = self._place()
        if self.failed or place is None or how is None:
            return None
        lon, lat = place
        venue, address, name = (self.text(word) or None for word in PIN_COLUMNS[-3:])
        return Pin(record_id, lon, lat, how, self._when(), venue, address, name)

    def _how(self) -> Placed | None:
        text = self.text("how")
        if not text:
            return Placed.MAP
        how = _HOW.get(fold(text))
        if how is None:
            words = "".join(f"「{label}」" for label in HOW_LABELS.values())
            self.fault(
                Severity.ERROR,
                "place-how-unknown",
                f"how の「{text[:40]}」は決まった言葉ではありません。{words}のどれかにしてください。",
                "how",
            )
        return how

    def _place(self) -> tuple[float, float] | None:
        written = {name: self.text(name) for name in ("lat", "lon")}
        if not all(written.values()):
            self.fault(
                Severity.ERROR,
                "latlon-half",
                "lat（緯度）と lon（経度）の両方を書いてください。場所を取り消すなら、行ごと消してください。",
                "lat" if not written["lat"] else "lon",
            )
            return None
        degrees: dict[str, float] = {}
        for name, text in written.items():
            try:
                degrees[name] = parse_degrees(text)
            except ValueError:
                self.fault(
                    Severity.ERROR,
                    "degrees-not-a-number",
                    f"{name} として読めません。34.867206 のように書いてください。",
                    name,
                )
        if len(degrees) < 2:
            return None
        fault = place_fault(degrees["lon"], degrees["lat"])
        if fault is not None:
            self.fault(Severity.WARNING, *fault, "lat")
            return None
        return degrees["lon"], degrees["lat"]

    def _when(self) -> date | None:
        text = self.text("when")
        if not text:
            return None
        try:
            return parse_day(text)
        except ValueError:
            self.fault(
                Severity.WARNING,
                "day-not-a-day",
                "日付として読めません。2026-03-31 のように書いてください。場所はこのまま使います。",
                "when",
            )
            return None


def place_fault(lon: float, lat: float) -> tuple[str, str] | None:
    """Code and sentence of what is wrong with a place; None where it may lie in Japan."""
    if looks_like_lat(lat) and looks_like_lon(lon):
        return None
    if looks_like_lat(lon) and looks_like_lon(lat):
        return (
            "latlon-swapped",
            f"緯度と経度が入れかわっているようです。緯度 {lon:.8g}、経度 {lat:.8g} に直してください。"
            "直すまで、この場所は使いません。",
        )
    if abs(lat) < 1e-9 and abs(lon) < 1e-9:
        return "latlon-zero", "緯度と経度が0です。この場所は使いません。"
    return (
        "latlon-outside-japan",
        "緯度と経度が日本の外を指しています。小数点やけたを確かめてください。この場所は使いません。",
    )


def _rows(path: Path, file: str, problems: list[Problem]) -> list[list[str]] | None:
    raw = read_limited(path, file, _FILE_LIMIT_BYTES, problems)
    if raw is None:
        return None
    text = _decoded(raw, file, problems)
    if text is None:
        return None
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                '引用符（"）が閉じていないか、CSVとして読めません。Excelで開いて確かめ、保存し直してください。',
                "place-file-broken",
            )
        )
        return None
    if len(rows) > ROW_LIMIT:
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                f"行が多すぎます（{ROW_LIMIT:,}行まで）。要らない行を消してください。",
                "table-too-large",
            )
        )
        return None
    return rows


def _decoded(raw: bytes, file: str, problems: list[Problem]) -> str | None:
    """UTF-8, or what Excel makes of it: our own words in it prove which."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("cp932")
    except UnicodeDecodeError:
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                "文字コードが分かりません。Excelで開き、「CSV UTF-8（コンマ区切り）」で保存し直してください。",
                "csv-encoding-unknown",
            )
        )
        return None
    problems.append(
        Problem(
            Severity.WARNING,
            file,
            "文字コードがUTF-8ではありません。Excelで保存したCSVとして読みました。"
            "次からは「CSV UTF-8（コンマ区切り）」で保存してください。",
            "place-file-cp932",
        )
    )
    return text


def _columns(
    rows: Sequence[Sequence[str]], file: str, problems: list[Problem]
) -> dict[str, int] | None:
    header = [fold(cell) for cell in rows[0]] if rows else []
    columns = {name: header.index(name) for name in PIN_COLUMNS if name in header}
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                f"{'、'.join(missing)} の列がありません。1行目は {','.join(PIN_COLUMNS)} にしてください。",
                "place-file-header",
                row=1,
            )
        )
        return None
    return columns
