"""A base map is written as it is read: ten times as much of it takes no more memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.database import TownDatabase

CODE = "99853"
FEW, MANY = 30_000, 300_000
MORE_MB = 40
"""Kept as objects, the shapes between would take ten times that."""

WRITE = """
import resource, sys
from datetime import UTC, date, datetime
from pathlib import Path
import shapely
from geo.database import TownDatabase
from geo.model.ground import GroundKind, GroundShape, StreetKind
from geo.settings import Settings
from geo.store.editions import add_edition, begin_load
from geo.store.ground_shapes import add_ground
from geo.store.ground_tiles import derive_tile_shapes

cluster, code, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

def shapes():
    for n in range(count):
        x, y = 138.3 + n % 1000 * 0.0005, 34.8 + n // 1000 * 0.0005
        if n % 3:
            yield GroundShape(GroundKind.BUILDING, shapely.box(x, y, x + 1e-4, y + 1e-4).wkb)
        else:
            road = shapely.LineString([(x, y), (x + 5e-4, y)])
            kind = StreetKind(n % 11)
            yield GroundShape(GroundKind.STREET, road.wkb, name=f"{n}", street=kind)

database = TownDatabase(Settings(town=Path(), cluster=cluster), code)
with database.owner() as conn:
    load_id = begin_load(conn, datetime.now(UTC), "test")
    edition = add_edition(conn, "streets", "streets", date(2026, 1, 1), load_id, {})
    written = add_ground(conn, edition, shapes())
    assert written.shapes == count
    derive_tile_shapes(conn, edition, lambda sentence: None)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.slow
def test_ten_times_the_shapes_take_no_more_memory(
    make_town_database: Callable[..., TownDatabase],
) -> None:
    def peak_mb(count: int) -> int:
        database = make_town_database(CODE)
        cluster = database.settings.cluster
        done = subprocess.run(
            [sys.executable, "-c", WRITE, str(cluster), CODE, str(count)],
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[2],
        )
        assert done.returncode == 0, done.stderr
        return int(done.stdout)

    few, many = peak_mb(FEW), peak_mb(MANY)
    assert many < few + MORE_MB, f"{few} MB for {FEW:,} shapes, {many} MB for {MANY:,}"
