"""The town and how its files are to be read: municipality, levels, areas, layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from geo.model.audience import Audience
from geo.model.gazetteer_sources import GazetteerSources
from geo.model.ground import StreetSources
from geo.model.outside_tiles import OutsideTiles
from geo.model.people import PeopleSources

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Municipality:
    """``boundaries/municipality.toml``.

    ``code`` is the five digit code (JIS X 0402); a six digit one is cut to five by the reader.
    ``metric_crs`` is an EPSG string in metres; where only ``plane_zone`` is given the reader fills
    it (JGD2011, EPSG:6668 + zone). Without a ``walk_speed_m_per_min`` people walk as is usual for their
    age (``geo.walking``). ``outside_tiles`` are map pictures from outside; None: nothing
    is asked for outside.
    """

    name: str
    code: str
    metric_crs: str
    plane_zone: int | None = None
    block_level: str | None = None
    public_url: str | None = None
    contact: str | None = None
    word: str = "お宝"
    walk_speed_m_per_min: int | None = None
    walk_limits_min: tuple[int, ...] = (5, 10, 15)
    attach_limit_m: int = 300
    people_band: str = "65"
    outside_tiles: OutsideTiles | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One folder of ``boundaries/``: a kind of boundary and how to read its files.

    ``name_column`` and ``code_column`` are both empty where the manifest leaves them to the
    national data set the file belongs to. ``sheet`` names the layer of a GeoPackage or the object
    of a TopoJSON.
    """

    id: str
    folder: Path
    title: str
    data: tuple[Path, ...]
    name_column: str
    code_column: str
    source: str
    licence: str
    as_of: date
    tier: int | None = None
    order: int = 0
    encoding: str | None = None
    crs: str | None = None
    kana_column: str | None = None
    order_column: str | None = None
    contact_column: str | None = None
    sheet: str | None = None
    members: Path | None = None
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drop: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Member:
    """One line of ``members.csv``: an area nobody has drawn consists of these areas."""

    level: str
    code: str


@dataclass(frozen=True, slots=True)
class Area:
    """One polygon of a level, or a named area nobody has drawn.

    ``outline_wkb`` is a MultiPolygon in EPSG:4326, longitude first, valid; None where there is no
    drawn boundary.
    """

    level: str
    code: str
    name: str
    kana: str | None = None
    order: int | None = None
    contact: str | None = None
    outline_wkb: bytes | None = None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of ``layers/``: a kind of point and how to read its files.

    ``columns`` maps a treasure field to the header(s) that hold it (several are joined).
    ``show`` maps the label on card and list to a header, in order. ``pins`` is the ``places.csv``
    beside the list, where somebody placed records by hand. ``days`` are ``days.csv`` and the like:
    days that are off, moved or added. ``leave_out`` are headers that are not read at all.
    """

    id: str
    folder: Path
    title: str
    symbol: str
    color: str
    order: int
    source: str
    licence: str
    as_of: date
    data: tuple[Path, ...]
    counts_as_place: bool = True
    publication_basis: str | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    show: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    crs: str | None = None
    audience: Audience | None = None
    identify: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    merge_same: bool = False
    count_only: bool = False
    backdrop: bool = False
    attached_to: str | None = None
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drop: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weekday_hours: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    route: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    pins: Path | None = None
    days: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Town:
    """A town folder, read: everything its manifests say."""

    folder: Path
    municipality: Municipality
    levels: tuple[Level, ...]
    layers: tuple[Layer, ...]
    gazetteer: GazetteerSources | None = None
    streets: StreetSources | None = None
    people: PeopleSources | None = None

    def shown_path(self, path: Path) -> str:
        """A file's name as the clerk knows it: relative to the town folder where it lies in it."""
        try:
            return path.relative_to(self.folder).as_posix()
        except ValueError:
            return f"{path.parent.name}/{path.name}"
