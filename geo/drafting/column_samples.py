"""What the cells of a column look like, whatever stands over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from geo.folding import fold
from geo.intake.cell_text import clean_text
from geo.intake.source_table import SourceRow
from geo.intake.values import (
    is_missing,
    looks_like_lat,
    looks_like_lon,
    parse_day,
    parse_degrees,
    plain,
)
from geo.model.accepted_words import AUDIENCE_WORDS, PUBLISHABLE_WORDS

LOOKED_AT = 500
_PHONE = re.compile(r"\(?0\d{1,4}\)?[-(]?\d{1,4}[-)]?\d{3,4}")
_ADDRESS = re.compile(r"(都|道|府|県|市|区|町|村).*\d|丁目|番地|\d+-\d+|番\d+号")
_WHEN = re.compile(
    r"[月火水木金土日]曜|毎[週月日]|第[\d一二三四五①-⑤]|隔週|\d{1,2}(:\d{2}|時)|^[月火水木金土日・,、〜~-]+$"
)
_SERIAL = re.compile(r"\d{1,6}")


@dataclass(frozen=True)
class Samples:
    """The texts of one column, in the order of the rows; blanks are kept in ``texts``.

    Nothing is worked out before it is asked for.
    """

    texts: tuple[str, ...]

    @classmethod
    def of(cls, rows: Sequence[SourceRow], index: int) -> Samples:
        """The column of these rows."""
        return cls(tuple(clean_text(row.text(index)).text for row in rows))

    @cached_property
    def filled(self) -> tuple[str, ...]:
        """Texts that say something."""
        return tuple(text for text in self.texts if not is_missing(text))

    @cached_property
    def _short(self) -> tuple[str, ...]:
        return tuple(plain(text) for text in self.filled[:LOOKED_AT])

    def _share(self, matches: int) -> float:
        return matches / len(self._short) if self._short else 0.0

    @cached_property
    def phones(self) -> float:
        """Share of texts that hold a telephone number, 0..1."""
        return self._share(sum(bool(_PHONE.search(text)) for text in self._short))

    @cached_property
    def addresses(self) -> float:
        """Share of texts that look like an address, 0..1."""
        return self._share(
            sum(
                bool(_ADDRESS.search(text))
                and not _PHONE.fullmatch(text)
                and not _WHEN.search(text)
                for text in self._short
            )
        )

    @cached_property
    def whens(self) -> float:
        """Share of texts that speak of weekdays or hours, 0..1."""
        return self._share(sum(bool(_WHEN.search(text)) for text in self._short))

    @cached_property
    def days(self) -> float:
        """Share of texts that are a day of the calendar, 0..1."""
        return self._share(sum(map(_is_day, self.filled[:LOOKED_AT])))

    @cached_property
    def numbers(self) -> float:
        """Share of texts that are numbers, 0..1."""
        return self._share(sum(text.replace(".", "").isdecimal() for text in self._short))

    @cached_property
    def answers(self) -> float:
        """Share of texts that are words of 掲載可否 or 公開範囲, 0..1. Dashes count."""
        written = [text for text in self.texts[:LOOKED_AT] if text]
        known = sum(
            fold(text) in PUBLISHABLE_WORDS or fold(text) in AUDIENCE_WORDS for text in written
        )
        return known / len(written) if written else 0.0

    def degrees(self, *, lat: bool) -> float:
        """Share of texts that are a latitude (or longitude) in Japan, 0..1."""
        fits = looks_like_lat if lat else looks_like_lon
        found = 0
        for text in self.filled[:LOOKED_AT]:
            try:
                found += fits(parse_degrees(text))
            except ValueError:
                continue
        return self._share(found)

    @cached_property
    def is_serial(self) -> bool:
        """1, 2, 3 … down the rows (it may begin again, as in a list by district)."""
        numbers = [int(text) for text in map(plain, self.filled) if _SERIAL.fullmatch(text)]
        if len(numbers) < len(self.filled) or not numbers:
            return False
        steps = sum(b == a + 1 or b == 1 for a, b in pairwise(numbers))
        return numbers[0] == 1 and steps >= 0.9 * (len(numbers) - 1)

    @cached_property
    def is_unique(self) -> bool:
        """Every row says something, and no two say the same."""
        folded = {fold(text) for text in self.filled}
        return len(self.filled) == len(self.texts) == len(folded) and bool(folded)

    @cached_property
    def mean_length(self) -> float:
        """Mean number of letters of a filled cell."""
        return sum(map(len, self.filled)) / len(self.filled) if self.filled else 0.0

    @cached_property
    def variety(self) -> float:
        """Different texts per filled cell, 0..1."""
        return len(set(self.filled)) / len(self.filled) if self.filled else 0.0

    def first(self, count: int = 3) -> tuple[str, ...]:
        """A few different texts, cut to a readable length."""
        different = dict.fromkeys(text.replace("\n", " ") for text in self.filled[:LOOKED_AT])
        return tuple(
            text if len(text) <= 30 else text[:29] + "…" for text in list(different)[:count]
        )


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except ValueError:
        return False
    return True
