"""An xlsx workbook -> cells as text. Treated as hostile: counted while unzipped, no entities."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from geo.errors import HostileFileError
from geo.intake.csv_rows import COLUMN_LIMIT, ROW_LIMIT, read_limited
from geo.intake.sheet_marks import fill_down, mark_problems, sheet_marks
from geo.intake.source_table import RawGrid
from geo.manifest.strict_table import near_ja
from geo.model.problem import Problem, Severity

WORKBOOK_LIMIT_BYTES = 50_000_000
UNZIPPED_LIMIT_BYTES = 200_000_000
MEMBER_LIMIT = 5_000
CELLS_LIMIT = 10_000_000
SHEETS_LIMIT = 60
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0"
_DTD = re.compile(rb"<\x00?!\x00?[DdEe]")  # <!DOCTYPE, <!ENTITY, also in UTF-16
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


def check_archive(raw: bytes) -> None:
    """Unzip in chunks, counting, before any reader sees the workbook.

    Raises
    ------
    HostileFileError
        For a zip bomb, too many members, a DTD or entity, or something that is no workbook.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        members = archive.infolist()
        if len(members) > MEMBER_LIMIT:
            raise _hostile("too many members", "ブックの中の部品が多すぎます。")
        total = 0  # counted, because what an archive says of itself may be a lie
        if sum(member.file_size for member in members) > UNZIPPED_LIMIT_BYTES:
            raise _too_large()
        for member in members:
            with archive.open(member) as stream:
                tail = b""
                while chunk := stream.read(_CHUNK):
                    total += len(chunk)
                    if total > UNZIPPED_LIMIT_BYTES:
                        raise _too_large()
                    if member.filename.endswith((".xml", ".rels")) and _DTD.search(tail + chunk):
                        raise _hostile(
                            "DTD or entity",
                            "このブックには、外のファイルを読ませる仕掛け（DTD）が入っています。使わないでください。",
                        )
                    tail = chunk[-4:]
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as e:
        if isinstance(e, HostileFileError):
            raise
        raise _hostile(
            f"no workbook: {type(e).__name__}",
            "Excelのブック（.xlsx）として読めません。Excelで開いて保存し直してください。",
        ) from e
    except Exception as error:  # zlib.error has no public base; anything else here is damage
        raise _hostile(
            f"damaged: {type(error).__name__}",
            "Excelのブック（.xlsx）がこわれています。Excelで開いて保存し直してください。",
        ) from error


def _too_large() -> HostileFileError:
    return _hostile(
        "unzips too large",
        "このブックは、開くと大きすぎます（200MBをこえます）。読むのをやめました。",
    )


def _hostile(log_text: str, message_ja: str) -> HostileFileError:
    return HostileFileError(f"workbook refused: {log_text}", message_ja=message_ja)


def read_xlsx(
    path: Path, file: str, sheet: str | None, problems: list[Problem]
) -> tuple[RawGrid, str] | None:
    """Read one sheet of a workbook.

    Returns
    -------
    (RawGrid, sheet name) or None
        None with the fault kept when the workbook or the sheet cannot be read.
    """

    def refuse(code: str, message_ja: str, on_sheet: str | None = None) -> None:
        problems.append(Problem(Severity.ERROR, file, message_ja, code, sheet=on_sheet))

    opened = _open_book(path, file, problems)
    if opened is None:
        return None
    raw, book = opened
    try:
        name = _choose_sheet(book, sheet, refuse)
        if name is None:
            return None
        grid = _read_sheet(raw, book, name, file, problems)
    except HostileFileError as error:
        refuse("workbook-refused", error.message_ja)
        return None
    finally:
        book.close()
    return None if grid is None else (grid, name)


@dataclass(frozen=True, slots=True)
class SheetFound:
    """One sheet of a workbook. ``grid`` is None where it could not be read."""

    name: str
    visible: bool
    grid: RawGrid | None
    problems: tuple[Problem, ...]


def read_every_sheet(path: Path, file: str, problems: list[Problem]) -> tuple[SheetFound, ...]:
    """Every sheet of a workbook, also hidden ones; () with the fault kept when it is unreadable."""
    opened = _open_book(path, file, problems)
    if opened is None:
        return ()
    raw, book = opened
    found: list[SheetFound] = []
    try:
        if len(book.worksheets) > SHEETS_LIMIT:
            words = f"シートが多すぎます（{SHEETS_LIMIT}枚まで）。お宝の一覧のシートだけのブックにしてください。"
            problems.append(Problem(Severity.ERROR, file, words, "table-too-large"))
            return ()
        for sheet in book.worksheets:
            name, own = str(sheet.title), list[Problem]()
            grid = _read_sheet(raw, book, name, file, own)
            found.append(SheetFound(name, sheet.sheet_state == "visible", grid, tuple(own)))
    except HostileFileError as error:
        problems.append(Problem(Severity.ERROR, file, error.message_ja, "workbook-refused"))
        return ()
    finally:
        book.close()
    return tuple(found)


def _open_book(path: Path, file: str, problems: list[Problem]) -> tuple[bytes, Any] | None:
    """The bytes of a workbook and the opened book, or None with the fault kept."""

    def refuse(code: str, message_ja: str) -> None:
        problems.append(Problem(Severity.ERROR, file, message_ja, code))

    raw = read_limited(path, file, WORKBOOK_LIMIT_BYTES, problems)
    if raw is None:
        return None
    if raw.startswith(_OLE):
        refuse(
            "workbook-locked",
            "合言葉のついたブックか、古いExcel形式です。合言葉をはずし、「Excel ブック（.xlsx）」で保存し直してください。",
        )
        return None
    try:
        check_archive(raw)
        return raw, _open(raw, values=True)
    except HostileFileError as error:
        refuse("workbook-refused", error.message_ja)
        return None


def _open(raw: bytes, *, values: bool) -> Any:
    import warnings

    import openpyxl

    if not openpyxl.DEFUSEDXML:  # a packaging fault of ours, not of the file
        raise RuntimeError("defusedxml is not installed")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions we do not read
            return openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=values)
    except Exception as error:  # openpyxl raises many kinds for damaged parts
        raise _hostile(
            f"openpyxl: {type(error).__name__}",
            "Excelのブック（.xlsx）として読めません。Excelで開いて保存し直してください。",
        ) from error


def _choose_sheet(book: Any, sheet: str | None, refuse: Any) -> str | None:
    names = [str(ws.title) for ws in book.worksheets]
    if sheet is not None:
        if sheet in names:
            return sheet
        refuse(
            "sheet-missing",
            f"シート「{sheet}」がありません。"
            + (near_ja(sheet, names) or f"あるのは {'、'.join(names)} です。"),
        )
        return None
    filled = [
        str(ws.title) for ws in book.worksheets if ws.sheet_state == "visible" and _has_table(ws)
    ]
    if len(filled) == 1:
        return filled[0]
    if filled:
        refuse(
            "sheet-ask",
            f'表のあるシートが{len(filled)}枚あります（{"、".join(filled)}）。マニフェストに sheet = "{filled[0]}" のように書いてください。',
        )
    else:
        refuse("table-empty", "このブックには表がありません。")
    return None


def _rows_of(sheet: Any, max_row: int) -> Iterator[Sequence[Any]]:
    """Rows as long as their last cell. A few far-away cells must not make a huge grid."""
    sheet.reset_dimensions()  # the file's own claim may be wrong, or hostile
    cells = 0
    try:
        for row in sheet.iter_rows(max_row=max_row, values_only=True):
            cells += len(row)
            if cells > CELLS_LIMIT:
                raise _hostile(
                    "too many cells", "表が大きすぎます。要らない行や列を消してください。"
                )
            yield row[:COLUMN_LIMIT]
    except HostileFileError:
        raise
    except Exception as error:  # expat and openpyxl raise many kinds for damaged parts
        raise _hostile(
            f"sheet: {type(error).__name__}",
            "シートの中身がこわれています。Excelで開いて保存し直してください。",
        ) from error


def _has_table(sheet: Any) -> bool:
    filled = 0
    for row in _rows_of(sheet, 100):
        filled += any(value is not None for value in row)
        if filled >= 2:
            return True
    return False


def _read_sheet(
    raw: bytes, book: Any, name: str, file: str, problems: list[Problem]
) -> RawGrid | None:
    rows: list[tuple[str, ...]] = []
    faults: dict[tuple[int, int], str] = {}
    for row in _rows_of(book[name], ROW_LIMIT + 1):
        cells = [_as_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        rows.append(tuple(cells))
    if len(rows) > ROW_LIMIT:
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                f"表が大きすぎます（{ROW_LIMIT:,}行まで）。下のほうの空の行を消して保存し直してください。",
                "table-too-large",
                sheet=name,
            )
        )
        return None
    xml = _sheet_xml(raw, book[name])
    if _FORMULA.search(xml):
        for number, index in _formulas_without_value(raw, name, rows):
            faults[number, index] = "cell-formula-unsaved"
    marks = sheet_marks(xml)
    problems += mark_problems(marks, rows, file, name)
    return RawGrid(tuple(fill_down(rows, marks.merges)), faults, tuple(rows), marks)


def _sheet_xml(raw: bytes, sheet: Any) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(sheet._worksheet_path.lstrip("/"))


def _formulas_without_value(
    raw: bytes, name: str, rows: list[tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """Formulas whose result Excel never saved: they would look like empty cells."""
    book = _open(raw, values=False)
    try:
        for number, row in enumerate(_rows_of(book[name], len(rows)), 1):
            for index, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    known = rows[number - 1]
                    if index >= len(known) or not known[index]:
                        yield number, index
    finally:
        book.close()


def _as_text(value: Any) -> str:
    """A cell as the clerk reads it: dates as 2026-05-31, times as 10:00, numbers without ``.0``."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        if value.time() == time(0, 0):
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02d}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
