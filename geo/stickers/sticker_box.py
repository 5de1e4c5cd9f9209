"""The box of a town's stickers: one small file each, one writer at a time, whole or not at all.

A file per sticker: a damaged one costs that one, and a power cut in the middle of a write costs
none. Nothing of a sticker stands in a file's name but its random id.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

from geo.cluster.lock import file_lock
from geo.errors import ClusterError, LoadRefusedError, NotFoundError, WordsError
from geo.model.sticker import LONGEST_NOTE, Sticker, StickerState
from geo.settings import Settings
from geo.stickers.box_folder import box_folder, make_private, not_usable
from geo.stickers.kept_sticker import SUFFIX, Kept, hashed, read_kept
from geo.whole_file import replace_file

MOST_STICKERS = 5_000
MOST_A_MINUTE = 90
"""Twenty people name fewer; who sends more is no meeting."""
PATIENCE_S = 10.0
_LOCK = ".lock"
_FILE_MODE = 0o600


class BoxFullError(LoadRefusedError):
    """Too many stickers, at once or in all."""


@dataclass(frozen=True, slots=True)
class BoxReading:
    """What stands in the box: the stickers, oldest first, and how many files are damaged."""

    stickers: tuple[Sticker, ...]
    damaged: int = 0

    @property
    def fault_ja(self) -> str:
        """The sentence for damaged files; empty where there are none."""
        if not self.damaged:
            return ""
        return f"ふせんのうち{self.damaged}枚は、ファイルが壊れていて読めません。ほかのふせんは無事です。"


@dataclass(frozen=True, slots=True)
class Taken:
    """How many stickers a file added, and how many were in the box already."""

    new: int
    known: int

    @property
    def sentence_ja(self) -> str:
        """What page and terminal say."""
        known = f"（{self.known}枚は、もう入っています）" if self.known else ""
        return f"ふせんを{self.new}枚、取り込みました。{known}"


class StickerBox:
    """A town's stickers on this machine.

    Parameters
    ----------
    folder : Path
        Made when first written to.
    clock : Callable[[], float]
        Seconds since the epoch, as file times are.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._clock = clock

    @classmethod
    def of(cls, settings: Settings, municipality_code: str) -> Self:
        """The box of a town; see :func:`geo.stickers.box_folder.box_folder`."""
        return cls(box_folder(settings, municipality_code))

    def read(self) -> BoxReading:
        """Every sticker that is kept; files nobody can read are counted, not lost.

        Raises
        ------
        TownFolderError
            When the folder is there and cannot be read.
        """
        stickers, damaged = [], 0
        for path in self._files():
            kept = read_kept(path)
            if kept is None:
                damaged += path.exists()
            elif kept.sticker is not None:
                stickers.append(kept.sticker)
        stickers.sort(key=lambda one: (one.met_at, one.id))
        return BoxReading(tuple(stickers), damaged)

    def put(self, sticker: Sticker, secret: str) -> None:
        """Keep a sticker of a page, or what that page has changed of it since.

        A sticker that the coordinator has begun with, or that was taken back, stays as it is.

        Parameters
        ----------
        sticker : Sticker
        secret : str
            Known to its page only.

        Raises
        ------
        NotFoundError
            When another page owns a sticker of this id.
        BoxFullError, LoadRefusedError, TownFolderError
        """
        with self._alone():
            before = read_kept(self._path(sticker.id))
            if before is None:
                self._require_room(1, at_once=True)
            elif not before.belongs_to(secret):
                raise _not_yours()
            elif before.sticker is None or before.is_begun:
                return
            else:  # when it was dropped, and what the coordinator wrote, stays
                sticker = msgspec.structs.replace(
                    sticker,
                    met_at=before.sticker.met_at,
                    ask_next=before.sticker.ask_next,
                    note=before.sticker.note,
                )
            self._write(sticker.id, Kept(sticker=sticker, owner=hashed(secret)))

    def take_back(self, sticker_id: str, secret: str) -> None:
        """Forget a sticker for the page that dropped it; one nobody knows is forgotten, too.

        Raises
        ------
        NotFoundError
            When another page owns it, or the coordinator has begun with it.
        BoxFullError, LoadRefusedError, TownFolderError
        """
        with self._alone():
            before = read_kept(self._path(sticker_id))
            if before is None:
                self._require_room(1, at_once=True)
            elif not before.belongs_to(secret) or before.is_begun:
                raise _not_yours()
            self._write(sticker_id, Kept(sticker=None, owner=hashed(secret)))

    def take(self, stickers: Iterable[Sticker]) -> Taken:
        """Keep the stickers of a meeting file; what is known already stays as it is.

        Raises
        ------
        BoxFullError, LoadRefusedError, TownFolderError
        """
        given = {sticker.id: sticker for sticker in stickers}
        with self._alone():
            new = [one for key, one in given.items() if read_kept(self._path(key)) is None]
            self._require_room(len(new))
            for sticker in new:
                self._write(sticker.id, Kept(sticker=sticker))
        return Taken(len(new), len(given) - len(new))

    def change(
        self,
        sticker_id: str,
        *,
        state: StickerState | None = None,
        ask_next: str | None = None,
        note: str | None = None,
    ) -> Sticker:
        """Note what the coordinator has done; None leaves a thing as it is.

        Raises
        ------
        NotFoundError
            When there is no such sticker.
        LoadRefusedError, TownFolderError
        """
        with self._alone():
            before, sticker = self._standing(sticker_id)
            changed: dict[str, object] = {"state": state, "ask_next": ask_next, "note": note}
            after = msgspec.structs.replace(
                sticker, **{k: v for k, v in changed.items() if v is not None}
            )
            self._write(sticker_id, Kept(sticker=after, owner=before.owner))
        return after

    def erase(self, sticker_id: str) -> None:
        """Forget every word of a sticker, for good; its file brings it back no more.

        Raises
        ------
        NotFoundError
            When there is no such sticker.
        LoadRefusedError, TownFolderError
        """
        with self._alone():
            before, _ = self._standing(sticker_id)
            self._write(sticker_id, Kept(sticker=None, owner=before.owner))

    def find(self, beginning: str) -> Sticker:
        """The sticker whose id begins so; what a person types at a terminal.

        Raises
        ------
        NotFoundError
            When there is none, or more than one.
        """
        found = [one for one in self.read().stickers if beginning and one.id.startswith(beginning)]
        if len(found) != 1:
            raise _not_there()
        return found[0]

    def _standing(self, sticker_id: str) -> tuple[Kept, Sticker]:
        """A sticker that has not been forgotten, and what is kept with it."""
        kept = read_kept(self._path(sticker_id))
        if kept is None or kept.sticker is None:
            raise _not_there()
        return kept, kept.sticker

    def _path(self, sticker_id: str) -> Path:
        return self.folder / f"{sticker_id}{SUFFIX}"

    def _files(self) -> list[Path]:
        try:
            entries = list(self.folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise not_usable(self.folder) from error
        return [path for path in entries if path.suffix == SUFFIX and path.name[0] != "."]

    def _write(self, sticker_id: str, kept: Kept) -> None:
        data = msgspec.json.encode(kept)
        try:
            msgspec.json.decode(data, type=Kept)  # what could not be read again is not written
        except msgspec.DecodeError as error:
            raise WordsError(
                "words for a sticker that are too long, or hold control characters",
                message_ja="ことばが長すぎるか、使えない文字が入っています。何も変えていません。",
                hint_ja=f"{LONGEST_NOTE}字まで、改行なしで書いてください。",
            ) from error
        replace_file(self._path(sticker_id), data, new_mode=_FILE_MODE)

    def _require_room(self, wanted: int, *, at_once: bool = False) -> None:
        files = self._files()
        since = self._clock() - 60
        lately = sum(_made_at(path) > since for path in files) if at_once else 0
        if wanted + len(files) > MOST_STICKERS or lately >= MOST_A_MINUTE:
            raise BoxFullError(
                "too many stickers",
                message_ja="ふせんが多すぎて、いまは受け取れません。",
                hint_ja="少し待ってから、もう一度お試しください。",
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Be the only writer; what a killed one left half written goes first."""
        make_private(self.folder)
        try:
            with file_lock(self.folder / _LOCK, patience_s=PATIENCE_S):
                for leftover in self.folder.glob(f".*{SUFFIX}"):
                    leftover.unlink(missing_ok=True)
                yield
        except ClusterError as error:
            raise LoadRefusedError(
                "the stickers are locked by another writer",
                message_ja="ほかの画面がふせんを書き込んでいるため、書き込めませんでした。",
                hint_ja="少し待ってから、もう一度お試しください。",
            ) from error
        except OSError as error:
            raise not_usable(self.folder) from error


def _made_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _not_there() -> NotFoundError:
    return NotFoundError(
        "no such sticker",
        message_ja="そのふせんはありません。",
        hint_ja="「otakara drafts」の一覧にある番号（はじめの8文字）を書いてください。",
    )


def _not_yours() -> NotFoundError:
    return NotFoundError(
        "the sticker belongs to another page, or is in the coordinator's hands",
        message_ja="そのふせんは、この画面からは変えられません。",
    )
