"""Write ``places.csv``: one writer at a time, the whole file at once, fit for Excel."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from geo.errors import LoadRefusedError, TownFolderError
from geo.model.pin import HOW_LABELS, PIN_COLUMNS, Pin
from geo.spreadsheet_cell import FORMULA_STARTS
from geo.whole_file import replace_file

PATIENCE_S = 10.0
LOCK_NAME = ".places.lock"


class Memos(NamedTuple):
    """Columns that somebody added to the file for herself; cells by record id."""

    headers: tuple[str, ...]
    cells: Mapping[str, tuple[str, ...]]


NO_MEMOS = Memos((), MappingProxyType({}))


@contextmanager
def pins_lock(folder: Path, *, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Be the only writer of a layer's pins. The kernel lets go when the process dies.

    Raises
    ------
    LoadRefusedError
        When another writer does not let go within ``patience_s`` seconds.
    TownFolderError
        When the folder cannot be written.
    """
    flags = os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        try:
            fd = os.open(folder / LOCK_NAME, flags | os.O_RDWR | os.O_CREAT, 0o644)
        except PermissionError:  # made by somebody else, who may share the folder with us
            fd = os.open(folder / LOCK_NAME, flags | os.O_RDONLY)
    except OSError as error:
        raise not_writable(folder) from error
    try:
        deadline = time.monotonic() + patience_s
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise LoadRefusedError(
                        "the pins of a layer are locked by another writer",
                        message_ja="ほかの人が場所を書き込んでいるため、書き込めませんでした。",
                        hint_ja="少し待ってから、もう一度お試しください。",
                    ) from None
            time.sleep(0.01)
        yield
    finally:
        os.close(fd)


def write_pins(path: Path, pins: Iterable[Pin], memos: Memos = NO_MEMOS) -> None:
    """Write a layer's pins: a reader, or a cut of power, finds the old file or the new one.

    Parameters
    ----------
    path : Path
    pins : iterable of Pin
    memos : Memos
        Columns that are not the program's, kept as they were.

    Raises
    ------
    TownFolderError
        When the folder cannot be written; the old file stands.
    """
    try:
        replace_file(path, pins_bytes(pins, memos))
    except OSError as error:
        raise not_writable(path.parent) from error


def pins_bytes(pins: Iterable[Pin], memos: Memos = NO_MEMOS) -> bytes:
    """The file: UTF-8 with BOM for Excel, by record id; no cell can be a formula.

    Seven decimals of a degree are a centimetre.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*PIN_COLUMNS, *map(_safe, memos.headers)])
    for pin in sorted(pins, key=lambda pin: pin.id):
        when = pin.when.isoformat() if pin.when else ""
        own = memos.cells.get(pin.id, ())
        texts = [pin.venue or "", pin.address or "", pin.name or "", *own]
        place = (f"{pin.lat:.7f}", f"{pin.lon:.7f}")
        writer.writerow([_safe(pin.id), *place, HOW_LABELS[pin.how], when, *map(_safe, texts)])
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """A quote before what a spreadsheet would run; reading takes it away again."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def not_writable(folder: Path) -> TownFolderError:
    """The sentence for a folder that cannot be written."""
    return TownFolderError(
        "the folder of a layer cannot be written",
        message_ja=f"町のフォルダの layers/{folder.name} に書き込めません。場所は変わっていません。",
        hint_ja="フォルダの書き込みの許可と、ディスクの空きを確かめてください。",
    )
