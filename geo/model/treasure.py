"""A treasure as its source file tells it, before the database gives it a home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from geo.model.audience import (
    Audience,
    ConsentScope,
    Newcomers,
    Placed,
    Precision,
    Status,
)
from geo.model.day_change import DayChange
from geo.model.timing import Timing


@dataclass(frozen=True, slots=True)
class Consent:
    """One agreement: for a medium, in a window of days (ends inclusive), with its basis."""

    scope: ConsentScope
    basis: str
    valid_from: date | None = None
    valid_until: date | None = None


class RecordKey(NamedTuple):
    """A record by its layer and its identity there."""

    layer: str
    id: str


@dataclass(frozen=True, slots=True)
class Treasure:
    """One record of a point layer.

    ``lon``/``lat`` are degrees in EPSG:4326, both or neither. ``consents`` is decided at intake and
    is empty when nobody agreed to anything. ``extra`` holds every column that is not a treasure
    field, under its header. ``arrive_min`` is in minutes after midnight; ``follows`` is the record
    whose days it is held on; ``day_changes`` are in the order of their days.
    """

    layer: str
    id: str
    name: str
    audience: Audience = Audience.COORDINATOR
    precision: Precision = Precision.POINT
    consents: tuple[Consent, ...] = ()
    number: int | None = None
    kana: str | None = None
    venue: str | None = None
    venue_kind: str | None = None
    address: str | None = None
    area: str | None = None
    lon: float | None = None
    lat: float | None = None
    placed: Placed | None = None
    schedule: str | None = None
    for_whom: str | None = None
    newcomers: Newcomers | None = None
    fee: str | None = None
    activities: str | None = None
    activity_kind: str | None = None
    operator: str | None = None
    transport: str | None = None
    capacity: int | None = None
    participants: int | None = None
    contact: str | None = None
    contact_audience: Audience = Audience.COORDINATOR
    organiser: str | None = None
    functions: tuple[str, ...] = ()
    meaning: str | None = None
    story: str | None = None
    photo: str | None = None
    url: str | None = None
    started_on: date | None = None
    ended_on: date | None = None
    status: Status = Status.ACTIVE
    confirmed_on: date | None = None
    found_through: str | None = None
    note: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    vehicle: str | None = None
    stop_order: int | None = None
    arrive_min: int | None = None
    stay_min: int | None = None
    follows: RecordKey | None = None
    day_changes: tuple[DayChange, ...] = ()

    @property
    def timing(self) -> Timing:
        """What is known of its days besides the text; whom it follows is told by the key."""
        return Timing(
            self.vehicle, self.stop_order, self.arrive_min, self.stay_min, None, self.day_changes
        )


@dataclass(frozen=True, slots=True)
class ShownField:
    """One line of a manifest's ``[show]``: the label, and where its value comes from.

    ``field`` is an attribute of :class:`Treasure`; None means the column ``header`` of ``extra``.
    """

    label: str
    header: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Backdrop:
    """One quiet feature drawn under the flags (a railway, a river, a school).

    ``geometry_wkb`` is any simple or multi geometry in EPSG:4326, longitude first.
    """

    layer: str
    name: str
    geometry_wkb: bytes
