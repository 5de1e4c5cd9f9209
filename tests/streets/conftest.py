"""Shapes put straight into a town's database, without a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from sqlalchemy import Connection

from geo.database import TownDatabase
from geo.model.ground import GroundItem, GroundKind, GroundShape, StreetKind, WayMark
from geo.network.street_network import StreetNetwork
from geo.settings import Settings
from geo.store.editions import add_edition, begin_load
from geo.store.ground_shapes import add_ground
from geo.store.ground_tiles import derive_tile_shapes
from tests.streets.street_town import StreetTown

CODE = "99851"
TOWN_CODE = "99852"
LON, LAT = 138.30, 34.80
M_LON, M_LAT = 1 / 91_290, 1 / 110_920
"""Degrees of a metre at that place."""


def silent(_sentence: str) -> None:
    """Nobody listens."""


def at(x_m: float, y_m: float) -> tuple[float, float]:
    """A point so many metres east and north of the corner."""
    return LON + x_m * M_LON, LAT + y_m * M_LAT


def square(kind: GroundKind, x_m: float, y_m: float, side_m: float, **more: Any) -> GroundShape:
    """A square by its south-west corner."""
    (west, south), (east, north) = at(x_m, y_m), at(x_m + side_m, y_m + side_m)
    return GroundShape(kind, shapely.to_wkb(shapely.box(west, south, east, north)), **more)


def line(kind: GroundKind, *points: tuple[float, float], **more: Any) -> GroundShape:
    """A line through points in metres."""
    return GroundShape(kind, shapely.to_wkb(shapely.LineString([at(*p) for p in points])), **more)


def street(street_kind: StreetKind, *points: tuple[float, float], **more: Any) -> GroundShape:
    """A street through points in metres."""
    return line(GroundKind.STREET, *points, street=street_kind, **more)


def a_network() -> StreetNetwork:
    """Two streets of 100 and 200 m that meet, and one of 50 m that meets nothing."""
    ends = np.array([at(0, 0), at(100, 0), at(100, 200), at(900, 900), at(950, 900)])
    pairs = [(0, 1), (1, 2), (3, 4)]
    vertices = np.array([ends[node] for pair in pairs for node in pair])
    return StreetNetwork(
        node_lon=ends[:, 0],
        node_lat=ends[:, 1],
        node_height_m=np.array([1.5, np.nan, 3.0, 0.0, 0.0], dtype=np.float32),
        component=np.array([0, 0, 0, 1, 1], dtype=np.int32),
        edge_from=np.array([0, 1, 3], dtype=np.int32),
        edge_to=np.array([1, 2, 4], dtype=np.int32),
        edge_length_m=np.array([100.0, 200.0, 50.0]),
        edge_kind=np.array([4, 9, 7], dtype=np.uint8),
        edge_marks=np.array([0, int(WayMark.STEPS), 0], dtype=np.uint16),
        edge_name=np.array([0, -1, -1], dtype=np.int32),
        edge_first=np.array([0, 2, 4, 6], dtype=np.int64),
        edge_lon=vertices[:, 0],
        edge_lat=vertices[:, 1],
        names=("本町通り",),
    )


@dataclass
class Ground:
    """A town's database, and an edition of streets in it."""

    conn: Connection

    def add(self, *items: GroundItem) -> int:
        """Store shapes as an edition; its id."""
        load_id = begin_load(self.conn, datetime.now(UTC), "test")
        edition_id = add_edition(self.conn, "streets", "streets", date(2026, 1, 1), load_id, {})
        add_ground(self.conn, edition_id, items)
        return edition_id

    def derive(self, *items: GroundItem) -> int:
        """Store shapes and make the tiles' shapes of them."""
        edition_id = self.add(*items)
        derive_tile_shapes(self.conn, edition_id, silent)
        return edition_id

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.conn.exec_driver_sql(query)]

    def kinds(self, band: int) -> set[tuple[str, str]]:
        """(layer, kind) of what a band holds."""
        query = f"SELECT DISTINCT layer, kind FROM town.ground_tile_shape WHERE band = {band}"
        return set(self.rows(query))  # type: ignore[arg-type]


@pytest.fixture
def ground(make_town_database: Callable[..., TownDatabase]) -> Iterator[Ground]:
    database = make_town_database(CODE)
    with database.owner() as conn:
        yield Ground(conn)


@pytest.fixture
def town(
    tmp_path: Path,
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
) -> StreetTown:
    database = make_town_database(TOWN_CODE, town=tmp_path)
    found = StreetTown(tmp_path, make_settings(tmp_path), database)
    found.write_town()
    return found
