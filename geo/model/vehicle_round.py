"""One day's round of a vehicle: its stops in order, as far as the reader may see them."""

from __future__ import annotations

from datetime import date

import msgspec


class RoundStop(msgspec.Struct, frozen=True, gc=False):
    """One stop of a round.

    ``start_min`` and ``end_min`` are minutes after midnight: when the vehicle comes and leaves on
    that day; None where nobody says.
    """

    number: int
    name: str
    start_min: int | None = None
    end_min: int | None = None


class VehicleRound(msgspec.Struct, frozen=True, gc=False):
    """The stops of one vehicle on one day, in the order in which it comes to them."""

    vehicle: str
    day: date
    stops: tuple[RoundStop, ...]

    def place_of(self, number: int) -> int | None:
        """Which of the stops that are told a treasure is, from 1; None where it is none."""
        found = (i for i, stop in enumerate(self.stops, 1) if stop.number == number)
        return next(found, None)
