"""What lies under the treasures: streets, water, green, buildings, and the landmarks people name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntEnum, IntFlag
from pathlib import Path


class StreetKind(IntEnum):
    """How much of a street a street is, the greatest first; stored as its number."""

    MOTORWAY = 0
    MAIN = 1
    """Trunk and primary roads."""
    SECONDARY = 2
    TERTIARY = 3
    LOCAL = 4
    """Residential, unclassified, living streets."""
    SERVICE = 5
    """To a house, a car park, behind a shop."""
    PEDESTRIAN = 6
    FOOTWAY = 7
    """Footways, paths, cycleways one may walk on."""
    TRACK = 8
    STEPS = 9
    CORRIDOR = 10
    """Inside a building or under the ground."""


class WayMark(IntFlag):
    """What else is known of a way; stored as one number."""

    NONE = 0
    BRIDGE = 1
    TUNNEL = 2
    INDOOR = 4
    PAVED = 8
    UNPAVED = 16
    STEPS = 32
    """Steps for at least a part: a source may call one way both footway and steps."""


class GroundKind(Enum):
    """What a shape of the base map is."""

    SEA = "sea"
    LAKE = "lake"
    """Standing water, and rivers drawn as surfaces."""
    RIVER = "river"
    STREAM = "stream"
    WOOD = "wood"
    PARK = "park"
    """Parks, gardens, sports grounds, grass one may be on."""
    FARMLAND = "farmland"
    BUILDING = "building"
    RAIL = "rail"
    STREET = "street"


class LandmarkKind(Enum):
    """What a name on the base map belongs to."""

    STATION = "station"
    SCHOOL = "school"
    HALL = "hall"
    """Town offices, community centres, halls."""
    SHRINE = "shrine"
    TEMPLE = "temple"
    POST_OFFICE = "post_office"
    CLINIC = "clinic"
    SHOP = "shop"
    LIBRARY = "library"
    PARK = "park"
    PLACE = "place"
    """The name of a quarter, a hamlet, a block."""
    STREET = "street"
    WATER = "water"
    MOUNTAIN = "mountain"
    OTHER = "other"
    """Another place of worship, a monument, whatever people steer by."""


@dataclass(frozen=True, slots=True)
class GroundShape:
    """One shape of the base map.

    ``geometry_wkb`` is a (multi)polygon or (multi)line in EPSG:4326, longitude first, valid.
    ``street`` is set where ``kind`` is `GroundKind.STREET`; ``marks`` say bridge and tunnel.
    ``level`` is the storey or ``layer`` of the source: what is higher is drawn later.
    """

    kind: GroundKind
    geometry_wkb: bytes
    name: str | None = None
    street: StreetKind | None = None
    marks: WayMark = WayMark.NONE
    level: int = 0


@dataclass(frozen=True, slots=True)
class Landmark:
    """A name at a point of the base map, EPSG:4326.

    ``name`` is Japanese where the source has that, else as the source writes it. ``weight`` puts
    names of one kind in order, the greatest first: a square root of an area in metres, a length,
    a population; 0 where nothing is known.
    """

    kind: LandmarkKind
    lon: float
    lat: float
    name: str
    kana: str | None = None
    weight: float = 0.0


GroundItem = GroundShape | Landmark
"""Whatever a source of the base map hands over, one by one."""


@dataclass(frozen=True, slots=True)
class GroundFile:
    """One ``[[ground]]`` of ``boundaries/streets.toml``: shapes or names of one kind, from files.

    ``kind`` is a word of `GroundKind` (shapes) or of `LandmarkKind` (``is_landmark``).
    """

    kind: GroundKind | LandmarkKind
    data: tuple[Path, ...]
    name_column: str | None = None
    kana_column: str | None = None
    encoding: str | None = None
    crs: str | None = None

    @property
    def is_landmark(self) -> bool:
        """Whether the files hold points with names."""
        return isinstance(self.kind, LandmarkKind)


@dataclass(frozen=True, slots=True)
class StreetSources:
    """``boundaries/streets.toml``: whose streets these are and how their files are to be read.

    ``columns`` maps what a table of edges may tell (see ``geo.manifest.streets_file``) to its
    header. ``heights`` are SRTM tiles (``.hgt``, also zipped) or GeoTIFFs.
    """

    title: str
    source: str
    licence: str
    as_of: date
    data: tuple[Path, ...]
    heights: tuple[Path, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    ground: tuple[GroundFile, ...] = ()
    encoding: str | None = None
    crs: str | None = None
