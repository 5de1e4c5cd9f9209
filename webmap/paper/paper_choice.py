"""What a reader asks to have printed: which sheet, on which paper, how large."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from geo.errors import WordsError

LEAST_SCALE = 500
LARGEST_SCALE = 2_000_000

_SCALE = re.compile(r"(?:1[:/])?([1-9][0-9]{2,6})")


class Paper(StrEnum):
    """A paper of the A series; the value is what the URL and the command say."""

    A4 = "A4"
    A3 = "A3"
    A1 = "A1"
    A0 = "A0"

    @property
    def short_mm(self) -> int:
        """The shorter side."""
        return _SIDES_MM[self][0]

    @property
    def long_mm(self) -> int:
        """The longer side."""
        return _SIDES_MM[self][1]

    @property
    def is_poster(self) -> bool:
        """Whether it goes on a wall: no office printer takes it."""
        return self in _POSTERS

    def size_mm(self, *, landscape: bool) -> tuple[int, int]:
        """Width and height."""
        return (self.long_mm, self.short_mm) if landscape else (self.short_mm, self.long_mm)


_SIDES_MM = {
    Paper.A4: (210, 297),
    Paper.A3: (297, 420),
    Paper.A1: (594, 841),
    Paper.A0: (841, 1189),
}
_POSTERS = (Paper.A1, Paper.A0)


class Sheet(StrEnum):
    """A kind of sheet; the value is what the URL and the command say."""

    DISTRICT = "district"
    WEEK = "week"
    LIST = "list"
    DOORSTEP = "doorstep"
    POSTER = "poster"

    @property
    def usual(self) -> tuple[Paper, bool]:
        """The paper where nobody asks for one, and whether it lies on its long side."""
        return _USUAL[self]


_USUAL = {
    Sheet.DISTRICT: (Paper.A3, True),
    Sheet.WEEK: (Paper.A4, True),
    Sheet.LIST: (Paper.A4, False),
    Sheet.DOORSTEP: (Paper.A4, False),
    Sheet.POSTER: (Paper.A1, True),
}


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """One printed thing.

    Parameters
    ----------
    sheet : Sheet
        A poster where the paper is one.
    paper : Paper
        A1 and A0 for posters, A4 and A3 for everything else.
    landscape : bool
        Whether the paper lies on its long side.
    scale : int, optional
        5000 for 1:5000; without one, the best round scale.
    tile : Paper, optional
        The paper a poster is cut up for.
    large : bool
        Larger type.
    readings : bool
        How kanji are read, where that is known.
    grey : bool
        Without any colour.
    short : bool
        Of every treasure only name, when, where, for whom and the fee.

    Raises
    ------
    geo.errors.WordsError
        For a combination that cannot be printed.
    """

    sheet: Sheet = Sheet.DISTRICT
    paper: Paper = Paper.A3
    landscape: bool = True
    scale: int | None = None
    tile: Paper | None = None
    large: bool = False
    readings: bool = False
    grey: bool = False
    short: bool = False

    def __post_init__(self) -> None:
        if self.paper.is_poster != (self.sheet is Sheet.POSTER):
            raise _unprintable(
                f"{self.sheet.value} on {self.paper.value}",
                f"この印刷物は {self.paper.value} では作れません。",
                "ポスターは A1 か A0、そのほかは A4 か A3 にしてください。",
            )
        if self.tile is not None and (self.tile.is_poster or self.sheet is not Sheet.POSTER):
            raise _unprintable(
                f"tiles of {self.tile.value} for {self.sheet.value}",
                f"{self.tile.value} に分けて印刷することはできません。",
                "分けられるのは、A1 か A0 のポスターを A4 か A3 に分けるときです。",
            )
        if self.scale is not None and not LEAST_SCALE <= self.scale <= LARGEST_SCALE:
            raise _wrong_scale(str(self.scale))

    @property
    def page_mm(self) -> tuple[int, int]:
        """Width and height of the whole paper (of a poster before it is cut)."""
        return self.paper.size_mm(landscape=self.landscape)

    @classmethod
    def from_args(cls, args: Mapping[str, Any]) -> PaperChoice:
        """Read the words of a URL or of the command (a werkzeug ``MultiDict`` or a plain mapping).

        ``sheet``, ``paper``, ``orientation`` (``landscape`` or ``portrait``), ``scale`` (``5000``
        or ``1:5000``), ``tile``, and ``large``, ``readings``, ``grey``, ``short`` (``1``). Other
        names are left alone; an empty word is no word. A district map on A1 or A0 is a poster.

        Raises
        ------
        geo.errors.WordsError
            For a word that is not known: what comes out of a printer must be what was asked for.
        """
        sheet = _one_of(Sheet, args, "sheet", "印刷物の種類")
        paper = _one_of(Paper, args, "paper", "紙の大きさ")
        if paper is not None and paper.is_poster and sheet in {None, Sheet.DISTRICT}:
            sheet = Sheet.POSTER
        sheet = sheet or Sheet.DISTRICT
        usual_paper, usual_landscape = sheet.usual
        turned = _one_of(_Orientation, args, "orientation", "紙の向き")
        return cls(
            sheet,
            paper or usual_paper,
            usual_landscape if turned is None else turned is _Orientation.LANDSCAPE,
            _scale(_word(args, "scale")),
            _one_of(Paper, args, "tile", "分ける紙の大きさ"),
            _switch(args, "large"),
            _switch(args, "readings"),
            _switch(args, "grey"),
            _switch(args, "short"),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """What goes into a URL: only what is not usual for the sheet, in one order."""
        paper, landscape = self.sheet.usual
        told = {
            "sheet": "" if self.sheet in {Sheet.DISTRICT, Sheet.POSTER} else self.sheet.value,
            "paper": self.paper.value if self._is_told(paper) else "",
            "orientation": "" if self.landscape == landscape else _turned(self.landscape).value,
            "scale": "" if self.scale is None else str(self.scale),
            "tile": "" if self.tile is None else self.tile.value,
            "large": "1" if self.large else "",
            "readings": "1" if self.readings else "",
            "grey": "1" if self.grey else "",
            "short": "1" if self.short else "",
        }
        return [(name, word) for name, word in told.items() if word]

    def query(self) -> str:
        """:meth:`pairs` as the query of a URL, without the question mark."""
        return urlencode(self.pairs())

    def _is_told(self, usual: Paper) -> bool:
        """A poster is known by its paper."""
        return self.sheet is Sheet.POSTER or self.paper is not usual


CHOICE_WORDS = ("orientation", *(f.name for f in fields(PaperChoice) if f.name != "landscape"))
"""The words of a URL that :meth:`PaperChoice.from_args` reads."""


class _Orientation(StrEnum):
    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"


_AnyWord = TypeVar("_AnyWord", bound=StrEnum)


def _turned(landscape: bool) -> _Orientation:
    return _Orientation.LANDSCAPE if landscape else _Orientation.PORTRAIT


def _word(args: Mapping[str, Any], name: str) -> str:
    """What stands under a name, in half-width characters."""
    return unicodedata.normalize("NFKC", str(args.get(name) or "")).strip()


def _one_of(
    words: type[_AnyWord], args: Mapping[str, Any], name: str, said_ja: str
) -> _AnyWord | None:
    given = _word(args, name)
    if not given:
        return None
    for word in words:
        if word.value.lower() == given.lower():
            return word
    raise _unprintable(
        f"{name} is not a known word",
        f"{said_ja}（{name}）の「{given[:40]}」は使えません。",
        f"{_listed(words)} のどれかにしてください。",
    )


def _listed(words: Iterable[StrEnum]) -> str:
    return "、".join(word.value for word in words)


def _scale(given: str) -> int | None:
    if not given:
        return None
    found = _SCALE.fullmatch(given.replace(",", ""))
    if found is None:
        raise _wrong_scale(given)
    return int(found.group(1))


def _switch(args: Mapping[str, Any], name: str) -> bool:
    given = _word(args, name)
    if given not in {"", "0", "1"}:
        raise _unprintable(
            f"{name} is neither 1 nor 0",
            f"{name} の「{given[:40]}」は使えません。",
            "1（する）か 0（しない）にしてください。",
        )
    return given == "1"


def _wrong_scale(given: str) -> WordsError:
    return _unprintable(
        "no such scale",
        f"縮尺「{given[:40]}」では印刷できません。",
        f"1:5000 のように、1:{LEAST_SCALE} から 1:{LARGEST_SCALE} までで書いてください。",
    )


def _unprintable(log_text: str, message_ja: str, hint_ja: str) -> WordsError:
    return WordsError(log_text, message_ja=message_ja, hint_ja=hint_ja)
