"""One day on which a treasure is not held as its timetable says: off, moved, or one more."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec


class DayChangeKind(StrEnum):
    """What happens to the day."""

    OFF = "off"
    MOVED = "moved"
    ADDED = "added"

    @property
    def label_ja(self) -> str:
        """The word of the clerk's file."""
        return {"off": "休み", "moved": "移動", "added": "追加"}[self.value]


class DayChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One day that the clerk has changed.

    Parameters
    ----------
    kind : DayChangeKind
    day : date
        The day it is held on by its timetable; of one more day, that day.
    to : date or None
        Moved: the day it is held on instead; the same day where only the hours change.
    start_min, end_min : int or None
        Minutes after midnight of the new hours; None where they stay as they are.
    reason : str or None
        わけ, as it was written.
    """

    kind: DayChangeKind
    day: date
    to: date | None = None
    start_min: int | None = None
    end_min: int | None = None
    reason: str | None = None

    @property
    def last_day(self) -> date:
        """The later of its days: until then it is news."""
        return self.day if self.to is None else max(self.day, self.to)

    @property
    def first_day(self) -> date:
        """The earlier of its days."""
        return self.day if self.to is None else min(self.day, self.to)

    @property
    def said_ja(self) -> str:
        """The line as the clerk's own report tells it: 「2026/11/26 休み」."""
        words = f"{_slashed(self.day)} {self.kind.label_ja}"
        if self.to is not None and self.to != self.day:
            words += f" {_slashed(self.to)}"
        if self.start_min is not None:
            words += f" {_clock(self.start_min)}〜"
            words += "" if self.end_min is None else _clock(self.end_min)
        return words + (f"（{self.reason}）" if self.reason else "")


def _slashed(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02d}"
