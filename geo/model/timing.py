"""What a timetable's text does not say: the place on a vehicle's route, changed days, whom it follows."""

from __future__ import annotations

import msgspec

from geo.model.day_change import DayChange


class Timing(msgspec.Struct, frozen=True):
    """What is known of a record's days besides its text. Most records have none.

    Parameters
    ----------
    vehicle : str or None
        The vehicle that comes; None where this reader may not know the place.
    order : int or None
        The stop's place in the order of the vehicle's stops.
    arrive_min, stay_min : int or None
        Arrival in minutes after midnight, and how long it stays.
    follows : int or None
        The number of the treasure whose days it follows; None also where this reader may not see
        that one.
    changes : tuple of DayChange
        The days that were changed, in the order of their days.
    """

    vehicle: str | None = None
    order: int | None = None
    arrive_min: int | None = None
    stay_min: int | None = None
    follows: int | None = None
    changes: tuple[DayChange, ...] = ()

    @property
    def leave_min(self) -> int | None:
        """When the vehicle leaves, in minutes after midnight; None where nobody says."""
        if self.arrive_min is None or self.stay_min is None:
            return None
        return self.arrive_min + self.stay_min
