"""Stickers: what people name at a meeting, kept as private drafts until a coordinator has asked.

A meeting file is what the offline page saves: JSON, strict, small. The same words hold for a
sticker that a page sends one by one, so both are checked here and nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated

import msgspec

from geo.errors import HostileFileError

JAPAN = timezone(timedelta(hours=9))
LONGEST_WORD = 60
LONGEST_NOTE = 300
MOST_IN_FILE = 300
MEETING_FILE_BYTES = 256 * 1024
FORMAT, VERSION = "otakara-stickers", 1

# Control characters, line breaks, and marks that turn the direction of what follows.
_ONE_LINE = r"\A[^\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]*\Z"

Key = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
"""Made by the page that dropped the sticker, of 128 random bits."""
Letter = Annotated[str, msgspec.Meta(pattern=r"\A[ぁ-ん][0-9]{0,3}\Z")]
Word = Annotated[str, msgspec.Meta(max_length=LONGEST_WORD, pattern=_ONE_LINE)]
Note = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE, pattern=_ONE_LINE)]
AreaWord = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=_ONE_LINE)]
Degrees = Annotated[float, msgspec.Meta(ge=-180, le=180)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class StickerState(StrEnum):
    """What the coordinator has done about a sticker."""

    NEW = "new"
    ASKED = "asked"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label_ja(self) -> str:
        """What page and terminal call it."""
        return {
            "new": "まだたずねていない",
            "asked": "たずねた",
            "done": "一覧に足した",
            "dropped": "足さない",
        }[self.value]

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do."""
        return self in {StickerState.NEW, StickerState.ASKED}


class Sticker(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One sticker in the coordinator's queue.

    Parameters
    ----------
    id : str
        32 hexadecimal digits; the same sticker taken twice is one.
    meeting : str
        32 hexadecimal digits: stickers of one screen of one evening.
    letter : str
        あ, い … ん, あ2 …: what people call it at the meeting.
    word : str
        What they said of it; may be empty.
    lon, lat : float
        Degrees in EPSG:4326.
    level, code, area : str
        The area whose map was on the wall, and its name.
    met_at : datetime
        When it was dropped; shown in :data:`JAPAN`.
    state : StickerState
    ask_next : str
        Whom to ask next, as the coordinator wrote it; empty where nobody has changed what the
        program suggests.
    note : str
        The coordinator's own.
    """

    id: Key
    meeting: Key
    letter: Letter
    word: Word = ""
    lon: Degrees
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    level: AreaWord
    code: AreaWord
    area: AreaWord
    met_at: Moment
    state: StickerState = StickerState.NEW
    ask_next: Note = ""
    note: Note = ""

    def __post_init__(self) -> None:
        _require_our_world(self.lon, self.lat, self.met_at)

    @property
    def name(self) -> str:
        """What to call it in a list: its word, else its letter."""
        return self.word or f"「{self.letter}」"

    @property
    def short_id(self) -> str:
        """What a person types of it."""
        return self.id[:8]


class FileSticker(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One sticker in a meeting file; words as in :class:`Sticker`, ``at`` when it was dropped."""

    id: Key
    letter: Letter
    word: Word = ""
    lon: Degrees
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    at: Moment

    def __post_init__(self) -> None:
        _require_our_world(self.lon, self.lat, self.at)


class FileArea(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The area whose map was on the wall."""

    level: AreaWord
    code: AreaWord
    name: AreaWord


class MeetingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the offline page saves at the end of a meeting."""

    format: str
    version: int
    meeting: Key
    area: FileArea
    stickers: Annotated[tuple[FileSticker, ...], msgspec.Meta(max_length=MOST_IN_FILE)]

    def as_stickers(self) -> Iterable[Sticker]:
        """Its stickers as the queue holds them."""
        area = self.area
        for one in self.stickers:
            yield Sticker(
                id=one.id,
                meeting=self.meeting,
                letter=one.letter,
                word=one.word.strip(),
                lon=one.lon,
                lat=one.lat,
                level=area.level,
                code=area.code,
                area=area.name,
                met_at=one.at,
            )


def read_meeting(content: bytes) -> MeetingFile:
    """A meeting file, as the offline page saved it; strict, because anybody may hand one in.

    Raises
    ------
    HostileFileError
        When it is none, of another version, too large or damaged. What stands in it is not
        quoted: it may be a person's name.
    """
    if len(content) > MEETING_FILE_BYTES:
        raise _not_a_meeting(
            "a meeting file is too large",
            f"ファイルが大きすぎます（{MEETING_FILE_BYTES // 1024}KBまで）。",
        )
    try:
        read = msgspec.json.decode(content, type=MeetingFile)
    except msgspec.DecodeError as error:
        raise _not_a_meeting(
            "not a meeting file",
            "このファイルは、集まりのふせんのファイルではないか、壊れています。",
        ) from error
    if read.format != FORMAT:
        raise _not_a_meeting(
            "not a meeting file", "このファイルは、集まりのふせんのファイルではありません。"
        )
    if read.version != VERSION:
        raise HostileFileError(
            "a meeting file of another version",
            message_ja="このファイルは、別の版のお宝マップで作られています。",
            hint_ja="同じ版のお宝マップで取り込んでください。",
        )
    return read


def _require_our_world(lon: float, lat: float, moment: datetime) -> None:
    """No map has to bear NaN, and no calendar the year 1."""
    if not (math.isfinite(lon) and math.isfinite(lat) and 2000 <= moment.year < 2200):
        raise ValueError("outside of our time, or no place")


def _not_a_meeting(log_text: str, message_ja: str) -> HostileFileError:
    return HostileFileError(
        log_text,
        message_ja=message_ja,
        hint_ja="会場の画面の「ファイルに残す」で作ったファイル（.json）を選んでください。何も取り込んでいません。",
    )
