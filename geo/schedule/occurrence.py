"""One day on which something is held, and one on which it is not although the rule says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Held on that day.

    Parameters
    ----------
    day : date
        In Asia/Tokyo.
    start, end : time or None
        Clock times; None where the text does not say. An end of 0:00 is midnight after the day.
    word : str
        「午前」「夕方」 where only the part of the day is said.
    moved_from : date or None
        The holiday it was moved away from.
    holiday : str
        The name of the national holiday it falls on, else empty.
    certain : bool
        False where something not understood, or not dated, may change it.
    """

    day: date
    start: time | None = None
    end: time | None = None
    word: str = ""
    moved_from: date | None = None
    holiday: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Not held on that day. ``reason``: 「8月は休み」「海の日」, to be shown as it is."""

    day: date
    reason: str
