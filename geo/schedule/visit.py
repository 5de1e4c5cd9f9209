"""One occasion as it was planned, and as it is held."""

from __future__ import annotations

from typing import NamedTuple

from geo.model.day_change import DayChange
from geo.schedule.occurrence import Occurrence


class Visit(NamedTuple):
    """One occasion.

    Parameters
    ----------
    planned : Occurrence or None
        By the timetable; None for one more day.
    held : Occurrence or None
        As it really is; None where it is off, or is held together with another one.
    change : DayChange or None
        What made the difference.
    """

    planned: Occurrence | None
    held: Occurrence | None
    change: DayChange | None = None
