"""``layers/renumbered.csv``: the records whose id the list has changed, as the clerk said.

Written by a load to which she said yes; she may also write a line herself. Without the file the
question is asked again: nothing is lost with it.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from geo.model.problem import Problem, Severity
from geo.model.renumbered import Renumbered
from geo.whole_file import replace_file

COLUMNS = ("layer", "id", "record", "said_on")
SHOWN_NAME = "layers/renumbered.csv"
_LIMIT_BYTES = 5_000_000


def renumbered_path(town_folder: Path) -> Path:
    """Where a town keeps the lines."""
    return town_folder / "layers" / "renumbered.csv"


def read_renumbered(town_folder: Path) -> tuple[tuple[Renumbered, ...], tuple[Problem, ...]]:
    """Read the lines of a town; no file is no line. A fault is a problem, never an exception."""
    path = renumbered_path(town_folder)
    problems: list[Problem] = []

    def refuse(message_ja: str, row: int | None = None, value: str | None = None) -> None:
        problems.append(
            Problem(
                Severity.ERROR, SHOWN_NAME, message_ja, "renumbered-unreadable", row=row, value=value
            )
        )  # fmt: skip

    if not os.path.lexists(path):
        return (), ()
    if not path.is_file() or not path.resolve().is_relative_to(town_folder.resolve()):
        refuse("ふつうのファイルではありません。消すか、置き直してください。")
        return (), tuple(problems)
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LIMIT_BYTES + 1)
        text = raw.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        refuse(
            "UTF-8のCSVとして読めません。前の控えに戻すか、消してください（消せば、もう一度聞きます）。"
        )
        return (), tuple(problems)
    if len(raw) > _LIMIT_BYTES or not rows or tuple(c.strip() for c in rows[0]) != COLUMNS:
        refuse(f"1行目は {','.join(COLUMNS)} でなければなりません。書き直してください。", 1)
        return (), tuple(problems)
    lines: list[Renumbered] = []
    ids: set[tuple[str, str]] = set()
    records: set[tuple[str, str]] = set()
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        line = _line(row)
        if line is None:
            refuse(
                "読めない行です。「種類のフォルダ名,今のID,前のID,2026-04-01」のように書いてください。",
                number,
                ",".join(row),
            )
        elif (line.layer, line.id) in ids or (line.layer, line.record) in records:
            refuse("同じIDが2回あります。正しい行だけを残してください。", number, ",".join(row))
        else:
            ids.add((line.layer, line.id))
            records.add((line.layer, line.record))
            lines.append(line)
    return tuple(lines), tuple(problems)


def _line(row: list[str]) -> Renumbered | None:
    try:
        layer, listed, record, said_on = (cell.strip() for cell in row)
        line = Renumbered(layer, listed, record, date.fromisoformat(said_on))
    except ValueError:
        return None
    usable = layer and listed and record and "\0" not in f"{listed}{record}"
    return line if usable else None


def write_renumbered(town_folder: Path, lines: Iterable[Renumbered]) -> None:
    """Write all lines at once: a reader sees the old file or the new one; no line, no file.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    path = renumbered_path(town_folder)
    kept = sorted(lines)
    if not kept:
        path.unlink(missing_ok=True)
        return
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((k.layer, k.id, k.record, k.said_on.isoformat()) for k in kept)
    replace_file(path, out.getvalue().encode("utf-8"))
