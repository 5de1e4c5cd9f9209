"""Who lives where: bands of age, and where a town's figures are read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path


class PeopleBand(Enum):
    """Who is counted; the value is what an address, a command and a manifest call it."""

    EVERYBODY = "all"
    FROM_65 = "65"
    FROM_75 = "75"
    FROM_85 = "85"

    @property
    def label_ja(self) -> str:
        """As a sentence names these people."""
        return _LABELS[self]


_LABELS = {
    PeopleBand.EVERYBODY: "住民",
    PeopleBand.FROM_65: "65歳以上",
    PeopleBand.FROM_75: "75歳以上",
    PeopleBand.FROM_85: "85歳以上",
}

BANDS = tuple(PeopleBand)
"""The order of every array and tuple of counts."""


class PeopleForm(Enum):
    """What kind of table the figures are in."""

    SMALL_AREA = "small_area"
    """Census small areas by age (e-Stat T001082 and its forerunners), joined to polygons by code."""
    MESH = "mesh"
    """Census mesh tables (1 km, 500 m, 250 m); the code of a cell says where it lies."""
    AGE_TABLE = "age_table"
    """The national layout 地域・年齢別人口, joined to polygons by code or name, or with its points."""
    POINTS = "points"
    """A table or point file with counts: centres of small areas, buildings."""
    POLYGONS = "polygons"
    """A polygon file with counts."""


@dataclass(frozen=True, slots=True)
class PeopleSources:
    """``boundaries/people.toml``.

    ``level`` names the level of ``boundaries/`` whose areas the codes mean; ``shapes`` is a polygon
    file of its own instead, joined by its column ``shapes_code``. ``shares`` (0..1 of everybody)
    stand in for bands the table does not give: an assumption that every figure states.
    ``columns`` say how a table's headers differ from the defaults. ``keep`` and ``drop`` choose rows
    by a column's values; with either, no row is left out for its municipality code.
    """

    title: str
    source: str
    licence: str
    as_of: date
    form: PeopleForm
    data: tuple[Path, ...]
    level: str | None = None
    shapes: Path | None = None
    shapes_code: str | None = None
    shares: Mapping[PeopleBand, float] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drop: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    crs: str | None = None


@dataclass(frozen=True, slots=True)
class PeopleCell:
    """Some people, known by number, somewhere inside a polygon or around a point.

    Parameters
    ----------
    code : str
        KEY_CODE, mesh code, or the code of the table; unique among the cells of a town.
    name : str or None
        町丁・字 as the source writes it.
    geometry_wkb : bytes
        Polygon, MultiPolygon or Point, EPSG:4326, longitude first, valid. Where the table
        suppressed an area, it is united here with the area that received its people.
    counts : tuple of float or None
        By `BANDS`; None: not given, or suppressed and unknown. A share of everybody
        (`PeopleSources.shares`) may be broken.
    merged : tuple of str
        Codes of the suppressed areas whose people are in ``counts``.
    """

    code: str
    name: str | None
    geometry_wkb: bytes
    counts: tuple[float | None, float | None, float | None, float | None]
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleLoaded:
    """The people that stand after a load.

    ``said_ja`` tells those that were read: by band, and what is hidden, unknown or assumed; None
    where nothing was read, because the files are those that stand.
    """

    title: str
    rows: int
    total: int
    said_ja: str | None = None
    is_new: bool = False
    is_backfill: bool = False
    is_ended: bool = False

    def as_json(self) -> dict[str, int]:
        """The stable shape of ``load --json``."""
        return {"rows": self.rows, "total": self.total}
