"""The list of an area as an Excel file: the words of the printed list, each in a cell as text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from geo.marking.plain_text import put_text, without_controls
from geo.model.answers import Entry
from geo.model.audience import Status
from geo.model.map_answer import MapAnswer
from webmap.paper.setting.about_sheet import AboutSheet, about_sheet
from webmap.paper.sheets.list_sheet import LIST_TITLE, METHOD, beside_title, nothing_found

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ALWAYS = (
    "番号",
    "名前",
    "よみ",
    "種類",
    "状態",
    "いつ",
    "どこで",
    "だれが",
    "費用",
    "はじめての方",
)
_TOLD = ("支え合いのはたらき", "この場のよさ")
_NARROW, _WIDEST = 8, 42
_PAPER_A4 = 9
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def list_book(answer: MapAnswer, *, copy: int | None = None) -> bytes:
    """The workbook: one row for every treasure, layer by layer.

    Whatever a record says is text: ``=1+1`` stays ``=1+1``. The same answer gives the same bytes.

    Parameters
    ----------
    answer : MapAnswer
        Of the medium print: its consents are those of paper.
    copy : int, optional
        The number of the copy, of what is not for everybody.
    """
    import openpyxl

    about = about_sheet(answer, f"{answer.area.name} {LIST_TITLE}", copy=copy)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "一覧"
    top = _head(sheet, answer, about)
    rows = [_cells(entry, answer) for entry in _in_order(answer)]
    columns = _columns(rows)
    _write_rows(sheet, top, columns, rows)
    _end(sheet, answer)
    _lay_out(sheet, top, columns, rows, about)
    day = datetime(about.day.year, about.day.month, about.day.day, tzinfo=UTC)
    book.properties.title = without_controls(about.title)
    book.properties.creator = without_controls(about.author)
    book.properties.created = day
    made = io.BytesIO()
    book.save(made)
    return _of_day(made.getvalue(), about.day)


def _in_order(answer: MapAnswer) -> list[Entry]:
    place = {layer.id: n for n, layer in enumerate(answer.layers)}
    return sorted(answer.entries, key=lambda entry: (place[entry.layer], entry.number))


def _cells(entry: Entry, answer: MapAnswer) -> dict[str, str]:
    """Column to text, of what is known."""
    titles = {layer.id: layer.title for layer in answer.layers}
    known = {
        "番号": entry.mark,
        "名前": entry.name,
        "よみ": entry.kana,
        "種類": titles[entry.layer],
        "状態": "" if entry.status is Status.ACTIVE else entry.status.label_ja,
        "いつ": entry.schedule,
        "どこで": entry.venue,
        "だれが": entry.for_whom,
        "費用": entry.fee,
        "はじめての方": entry.newcomers.label_ja if entry.newcomers is not None else "",
    }
    said = {entry.schedule, entry.venue, entry.for_whom, entry.fee}
    cells = {column: text for column, text in known.items() if text}
    for label, text in entry.fields:
        if text not in said and text != cells.get(label):
            cells[label] = f"{cells[label]}\n{text}" if label in cells else text
    functions = dict(zip(_TOLD, ("、".join(entry.functions), entry.meaning or ""), strict=True))
    return cells | {column: text for column, text in functions.items() if text}


def _columns(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """What every list has, then what some treasure tells besides, then why it is a treasure."""
    told = dict.fromkeys(column for row in rows for column in row)
    always = [c for c in _ALWAYS if c in told or c in {"番号", "名前", "いつ", "どこで"}]
    more = [c for c in told if c not in _ALWAYS and c not in _TOLD]
    return [*always, *more, *(c for c in _TOLD if c in told)]


def _head(sheet: Worksheet, answer: MapAnswer, about: AboutSheet) -> int:
    """Title, stamp and what the list is of; the row of the column names."""
    from openpyxl.styles import Font

    for size, text in (
        (18, about.title),
        (12, about.stamp),
        (12, "　".join(beside_title(answer))),
        (12, "" if answer.entries else nothing_found(answer)),
    ):
        if text:
            row = 1 if sheet["A1"].value is None else sheet.max_row + 1
            put_text(sheet.cell(row, 1), text)
            sheet.cell(row, 1).font = Font(size=size, bold=text in (about.title, about.stamp))
    return sheet.max_row + 2


def _write_rows(
    sheet: Worksheet, top: int, columns: list[str], rows: Iterable[Mapping[str, str]]
) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color="FF7F7F7F")
    frame = Border(left=line, right=line, top=line, bottom=line)
    for n, texts in enumerate([{column: column for column in columns}, *rows]):
        for at, column in enumerate(columns, 1):
            cell = sheet.cell(top + n, at)
            put_text(cell, texts.get(column, ""))
            cell.number_format = "@"
            cell.border = frame
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(size=12, bold=n == 0 or column == "名前")
            if n == 0:
                cell.fill = PatternFill("solid", fgColor="FFE7E6E6")


def _end(sheet: Worksheet, answer: MapAnswer) -> None:
    """Whom to ask, and where the data come from."""
    contact = answer.area.contact or answer.town.contact
    row = sheet.max_row + 2
    for text in (f"お問い合わせ　{contact}" if contact else "", METHOD, *answer.credits):
        if text:
            put_text(sheet.cell(row, 1), text)
            row += 1


def _lay_out(
    sheet: Worksheet,
    top: int,
    columns: list[str],
    rows: list[dict[str, str]],
    about: AboutSheet,
) -> None:
    """For screens, and for who prints it: A4 lying, its column names on every page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for at, column in enumerate(columns, 1):
        texts = (column, *(row.get(column, "") for row in rows))
        longest = max(len(line) for text in texts for line in text.split("\n"))
        width = max(_NARROW, min(_WIDEST, 2.4 * longest + 2))
        sheet.column_dimensions[get_column_letter(at)].width = width
    last = get_column_letter(len(columns))
    sheet.freeze_panes = f"C{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{last}{top + len(rows)}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _PAPER_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    head, foot = sheet.oddHeader, sheet.oddFooter
    assert head is not None
    assert foot is not None
    foot.center.text = "&P / &N"
    if about.stamp:
        head.right.text = without_controls(about.stamp).replace("&", "&&")


def _of_day(raw: bytes, day: date) -> bytes:
    """The same file, dated by its data wherever it was made now."""
    dated = io.BytesIO()
    moment = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            content = old.read(part)
            if part == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>%sT00:00:00Z" % day.isoformat().encode(), content)
            info: Any = zipfile.ZipInfo(part, moment)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return dated.getvalue()
