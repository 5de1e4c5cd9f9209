"""``layers/numbers.csv``: the number ledger where the town keeps its files.

The file travels with the town folder; the database mirrors it. Either may lack lines the other
has (a new machine, an interrupted run): both together are the ledger. A contradiction is not
mended here, it is told to the clerk.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from geo.errors import LoadRefusedError
from geo.model.given_number import GivenNumber
from geo.whole_file import replace_file

COLUMNS = ("number", "layer", "id", "given_on")
_NAME = "layers/numbers.csv"


def ledger_path(town_folder: Path) -> Path:
    """Where a town keeps its ledger."""
    return town_folder / "layers" / "numbers.csv"


def read_ledger(path: Path) -> tuple[GivenNumber, ...]:
    """Read the ledger; no file is an empty ledger.

    Raises
    ------
    LoadRefusedError
        When a line cannot be understood, or a number or a record stands in it twice.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(f"番号の台帳 {_NAME} を読めません（UTF-8のCSVではありません）。") from error
    rows = csv.reader(io.StringIO(text, newline=""))
    header = next(rows, None)
    if header is None:
        return ()
    if tuple(cell.strip() for cell in header) != COLUMNS:
        raise _refused(f"番号の台帳 {_NAME} の1行目は {','.join(COLUMNS)} でなければなりません。")
    try:
        entries = [_entry(row, rows.line_num) for row in rows if any(c.strip() for c in row)]
    except csv.Error as error:
        raise _refused(f"番号の台帳 {_NAME} の{rows.line_num}行目を読めません。") from error
    return tuple(joined(entries, ()))


def _entry(row: list[str], line: int) -> GivenNumber:
    try:
        number, layer, record_id, given_on = row
        entry = GivenNumber(int(number), layer.strip(), record_id, date.fromisoformat(given_on))
    except ValueError as error:
        raise _refused(
            f"番号の台帳 {_NAME} の{line}行目「{','.join(row)[:80]}」を読めません。"
        ) from error
    if not 0 < entry.number < 2**31 or not entry.layer or not entry.id:
        raise _refused(f"番号の台帳 {_NAME} の{line}行目「{','.join(row)[:80]}」を読めません。")
    return entry


def joined(in_file: Iterable[GivenNumber], in_database: Iterable[GivenNumber]) -> list[GivenNumber]:
    """File and database as one ledger, ascending.

    Raises
    ------
    LoadRefusedError
        When a number belongs to two records, or a record has two numbers; names both.
    """
    by_number: dict[int, GivenNumber] = {}
    by_record: dict[tuple[str, str], GivenNumber] = {}
    for entry in [*in_database, *in_file]:
        record = (entry.layer, entry.id)
        other = by_number.get(entry.number)
        if other is not None and (other.layer, other.id) != record:
            raise _refused(
                f"{entry.number}番が、{_shown(other)} と {_shown(entry)} の"
                f"両方に付いています（{_NAME} とデータベースの台帳）。"
            )
        same = by_record.get(record)
        if same is not None and same.number != entry.number:
            raise _refused(
                f"{_shown(entry)} に、{same.number}番と{entry.number}番の"
                f"両方が付いています（{_NAME} とデータベースの台帳）。"
            )
        if other is None:
            by_number[entry.number] = by_record[record] = entry
    return [by_number[number] for number in sorted(by_number)]


def write_ledger(path: Path, entries: Iterable[GivenNumber]) -> None:
    """Write the whole ledger at once: a reader sees the old file or the new one.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((e.number, e.layer, e.id, e.given_on.isoformat()) for e in entries)
    replace_file(path, out.getvalue().encode("utf-8"))


def _shown(entry: GivenNumber) -> str:
    return f"{entry.layer} の「{entry.id}」"


def _refused(message_ja: str) -> LoadRefusedError:
    return LoadRefusedError(
        "number ledger refused",
        message_ja=message_ja,
        hint_ja=f"一度付けた番号は、ほかのお宝に使えません。{_NAME} を、正しい行だけに直してください。",
    )
