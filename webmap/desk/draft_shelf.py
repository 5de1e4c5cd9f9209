"""Lists that were handed in and not yet accepted: on disk, private, and not for long.

On disk because the next request may meet another worker process; under a random token because a
name that a stranger gave must never become a path.
"""

from __future__ import annotations

import atexit
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

LIFETIME_S = 2 * 60 * 60
MOST_DRAFTS = 12
MOST_BYTES = 30 * 1024 * 1024
_PREFIX = "otakara-desk-"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_LIST, _NOTE = "list", "note.json"
_ON_WINDOWS = '\\/:*?"<>|'
_LONGEST_NAME = 80


class SheetNote(msgspec.Struct, frozen=True):
    """What the person changed of one sheet: its title, what columns are (by letter), its use."""

    title: str = ""
    columns: dict[str, str] = {}
    use: bool = True


class Note(msgspec.Struct, frozen=True):
    """What the person said about a list.

    Parameters
    ----------
    file_name : str
        What the person calls it; for the eye only.
    sheets : dict of str to SheetNote
        What was changed on the page, by sheet.
    basis : str or None
        Why the whole list is public; None keeps it to 担当者だけ.
    """

    file_name: str
    sheets: dict[str, SheetNote] = {}
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class KeptList:
    """One list on the shelf."""

    token: str
    path: Path
    note: Note


class DraftShelf:
    """A folder of lists, shared by all workers of one server.

    Parameters
    ----------
    folder : Path
        Readable by us only.
    clock : Callable[[], float]
        Seconds since the epoch, as file times are.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._clock = clock

    @classmethod
    def make(cls) -> Self:
        """A new shelf of this process; it goes when the process ends.

        What a killed server left behind goes first: lists are about people.
        """
        _remove_orphans()
        folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))  # made with 0700
        maker = os.getpid()

        def remove() -> None:
            if os.getpid() == maker:  # a worker leaves it to the others
                shutil.rmtree(folder, ignore_errors=True)

        atexit.register(remove)
        return cls(folder)

    def keep(self, content: bytes, file_name: str) -> KeptList:
        """Put a list on the shelf.

        Parameters
        ----------
        content : bytes
            As it was handed in; nobody has looked into it.
        file_name : str
            As the browser sent it; only its last part is kept, for the eye.
        """
        self.sweep()
        token = secrets.token_urlsafe(24)
        place = self.folder / token
        place.mkdir(mode=0o700)
        (place / _LIST).write_bytes(content)
        note = Note(shown_name(file_name))
        self._write(place, note)
        return KeptList(token, place / _LIST, note)

    def find(self, token: str) -> KeptList | None:
        """The list of a token; None when there is none, or not any more."""
        if not _TOKEN.fullmatch(token):
            return None
        place = self.folder / token
        try:
            if self._is_old(place):
                self.drop(token)
                return None
            note = msgspec.json.decode((place / _NOTE).read_bytes(), type=Note)
        except (OSError, msgspec.DecodeError):
            return None
        return KeptList(token, place / _LIST, note)

    def change(self, kept: KeptList, sheets: dict[str, SheetNote], basis: str | None) -> KeptList:
        """Remember what the person changed."""
        note = Note(kept.note.file_name, sheets, basis)
        self._write(kept.path.parent, note)
        return KeptList(kept.token, kept.path, note)

    def drop(self, token: str) -> None:
        """Take a list off the shelf."""
        if _TOKEN.fullmatch(token):
            shutil.rmtree(self.folder / token, ignore_errors=True)

    def sweep(self) -> None:
        """Drop what is old, and the oldest ones when there are too many."""
        places = sorted(
            (place for place in self.folder.iterdir() if _TOKEN.fullmatch(place.name)),
            key=_made_at,
        )
        weights = [_bytes_of(place) for place in places]
        for index, place in enumerate(places):
            crowded = len(places) - index >= MOST_DRAFTS or sum(weights[index:]) > MOST_BYTES
            if crowded or self._is_old(place):
                shutil.rmtree(place, ignore_errors=True)

    def _is_old(self, place: Path) -> bool:
        return self._clock() - _made_at(place) > LIFETIME_S

    def _write(self, place: Path, note: Note) -> None:
        half = place / f"{secrets.token_hex(8)}.part"
        half.write_bytes(msgspec.json.encode(note))
        half.replace(place / _NOTE)


def shown_name(file_name: str) -> str:
    """The last part of a name, without what is no letter; never used as a path."""
    last = re.split(r"[\\/]", file_name)[-1]
    plain = "".join(c for c in last if c.isprintable() and c not in _ON_WINDOWS).strip(" .")
    if len(plain) > _LONGEST_NAME:
        stem, dot, suffix = plain.rpartition(".")
        plain = f"{(stem or suffix)[: _LONGEST_NAME - 8]}{dot}{suffix[:6]}"
    return plain or "一覧"


def _made_at(place: Path) -> float:
    """When a list was put there; a list that has just gone counts as old."""
    try:
        return (place / _LIST).stat().st_mtime
    except OSError:
        return 0.0


def _bytes_of(place: Path) -> int:
    try:
        return (place / _LIST).stat().st_size
    except OSError:
        return 0


def _remove_orphans() -> None:
    """Shelves of ours whose server is gone (``kill -9``, a power cut)."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        maker = folder.name.removeprefix(_PREFIX).partition("-")[0]
        try:
            ours = folder.lstat().st_uid == os.getuid() and not folder.is_symlink()
        except OSError:
            continue
        if ours and maker.isdecimal() and not _is_running(int(maker)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
