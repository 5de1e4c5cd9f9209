"""A hand-made town for the store: two wards of four blocks each, and readings built in the test.

West ward w1 is 4 km x 1 km, cut into blocks b1..b4 of 1 km; east ward w2 is undivided. A point in
the middle of b1 lies in w1 and b1; b1 is a quarter of w1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
import shapely

from geo.crs import reproject
from geo.database import TownDatabase
from geo.loading import load_reading
from geo.model.answers import LoadAnswer
from geo.model.reading import LayerReading, LevelReading, TownReading
from geo.model.town import Area, Layer, Level, Municipality, Town
from geo.model.treasure import Backdrop, ShownField, Treasure

CODE = "99301"
METRIC_CRS = "EPSG:6676"
AS_OF = date(2026, 4, 1)


def lonlat(x_m: float, y_m: float) -> tuple[float, float]:
    """Degrees of a point given in metres from the town's south-west corner."""
    point = reproject(shapely.Point(x_m, y_m), METRIC_CRS, "EPSG:4326")
    return float(point.x), float(point.y)


def square(level: str, code: str, name: str, west_m: float, east_m: float) -> Area:
    """An area 1 km high between two metre lines."""
    outline = reproject(shapely.box(west_m, 0, east_m, 1000), METRIC_CRS, "EPSG:4326")
    return Area(level, code, name, outline_wkb=shapely.to_wkb(shapely.MultiPolygon([outline])))


WARDS = (square("ward", "w1", "西区", 0, 4000), square("ward", "w2", "東区", 4000, 8000))
BLOCKS = tuple(square("block", f"b{n}", f"{n}町", n * 1000 - 1000, n * 1000) for n in range(1, 5))


@dataclass
class HandTown:
    """Builds readings and loads them."""

    folder: Path
    make_database: Callable[..., TownDatabase]
    _database: TownDatabase | None = None

    @property
    def database(self) -> TownDatabase:
        """An empty town database, made when first asked for."""
        if self._database is None:
            self._database = self.make_database(CODE)
        return self._database

    def reading(
        self,
        layers: Mapping[str, Sequence[Treasure]],
        *,
        as_of: date = AS_OF,
        show: Sequence[ShownField] = (),
        count_only: Sequence[str] = (),
        levels: Mapping[str, Sequence[Area]] | None = None,
        level_as_of: date = AS_OF,
        backdrops: Sequence[Backdrop] = (),
        titles: Mapping[str, str] | None = None,
    ) -> TownReading:
        """What intake would have brought."""
        given = {"ward": WARDS, "block": BLOCKS} if levels is None else levels
        level_readings = tuple(
            LevelReading(
                Level(
                    key,
                    self.folder,
                    f"{key}の題",
                    (),
                    "名",
                    "番",
                    "出典",
                    "CC0",
                    level_as_of,
                    tier=2 if key == "ward" else None,
                ),
                tuple(areas),
                (),
            )
            for key, areas in given.items()
        )
        layer_readings = tuple(
            LayerReading(
                Layer(
                    key,
                    self.folder,
                    (titles or {}).get(key, f"{key}の題"),
                    key[:1],
                    "#123456",
                    order,
                    "出典",
                    "CC0",
                    as_of,
                    (),
                    count_only=key in count_only,
                    backdrop=any(b.layer == key for b in backdrops),
                ),
                tuple(replace(t, layer=key) for t in treasures),
                tuple(b for b in backdrops if b.layer == key),
                tuple(show),
                (),
            )
            for order, (key, treasures) in enumerate(layers.items())
        )
        town = Town(
            self.folder,
            Municipality("手作り市", CODE, METRIC_CRS, block_level="block"),
            tuple(r.level for r in level_readings),
            tuple(r.layer for r in layer_readings),
        )
        return TownReading(town, level_readings, layer_readings, ())

    def load(self, reading: TownReading, accept_ended: int | None = None) -> LoadAnswer:
        """Load a reading in a transaction of its own."""
        with self.database.owner() as conn:
            return load_reading(conn, reading, accept_ended=accept_ended)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask as the owner."""
        with self.database.owner() as conn:
            return [tuple(row) for row in conn.exec_driver_sql(query)]


@pytest.fixture
def hand(tmp_path: Path, make_town_database: Callable[..., TownDatabase]) -> HandTown:
    (tmp_path / "layers").mkdir()
    return HandTown(tmp_path, make_town_database)


@pytest.fixture
def in_b1() -> tuple[float, float]:
    """Longitude and latitude of a point in block b1, off its centre."""
    return lonlat(321, 654)


@pytest.fixture
def at_m() -> Callable[[float, float], tuple[float, float]]:
    return lonlat
