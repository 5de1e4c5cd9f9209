"""A town of nothing but streets: a grid of them in an Overpass file, a manifest, a database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.answers import LoadAnswer
from geo.model.audience import Audience, Medium
from geo.settings import Settings

NAME = "道だけの町"
WEST, SOUTH, STEP = 138.30, 34.80, 0.001


def grid(size: int, *, name: str = "通り", highway: str = "residential") -> list[dict[str, Any]]:
    """``size`` streets each way that all cross: size² junctions, 2 size (size - 1) edges."""
    ways = []
    for line in range(size):
        for down in (False, True):
            spots = [(line, n) if down else (n, line) for n in range(size)]
            ways.append(
                {
                    "type": "way",
                    "id": line * 2 + down + 1,
                    "nodes": [y * size + x + 1 for x, y in spots],
                    "geometry": [
                        {"lon": round(WEST + x * STEP, 7), "lat": round(SOUTH + y * STEP, 7)}
                        for x, y in spots
                    ],
                    "tags": {"highway": highway, "name": f"{name}{line}"},
                }
            )
    return ways


def alone(id_: int, **tags: str) -> dict[str, Any]:
    """A street that meets no other."""
    y = SOUTH - 0.001 * id_ / 1000
    spots = [(WEST - 0.01, y), (WEST - 0.009, y)]
    return {
        "type": "way",
        "id": id_,
        "nodes": [id_ * 10, id_ * 10 + 1],
        "geometry": [{"lon": lon, "lat": lat} for lon, lat in spots],
        "tags": {"highway": "footway"} | tags,
    }


def station(name: str) -> dict[str, Any]:
    """A node people steer by."""
    tags = {"railway": "station", "name": name}
    return {"type": "node", "id": 900_001, "lon": WEST, "lat": SOUTH, "tags": tags}


def write_ward(folder: Path, east: float = 0.0) -> None:
    """One square level, so that the town is one without streets."""
    level = folder / "boundaries" / "ward"
    level.mkdir()
    (level / "boundary.toml").write_text(
        'title = "区"\ndata = "ward.geojson"\ncode = "code"\nname = "name"\n'
        'source = "試験"\nlicence = "CC0-1.0"\nas_of = 2026-01-01\n',
        encoding="utf-8",
    )
    box = shapely.box(WEST + east, SOUTH, WEST + east + 0.05, SOUTH + 0.05)
    (level / "ward.geojson").write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature",'
        '"properties": {"code": "1", "name": "中区"},'
        f'"geometry": {shapely.to_geojson(box)}}}]}}',
        encoding="utf-8",
    )


@dataclass
class StreetTown:
    """Writes the files of a town of streets and loads them for real."""

    folder: Path
    settings: Settings
    database: TownDatabase

    @property
    def manifest(self) -> Path:
        return self.folder / "boundaries" / "streets.toml"

    @property
    def data(self) -> Path:
        return self.folder / "boundaries" / "streets.json"

    def write_town(self, crs: str = "EPSG:6676") -> None:
        (self.folder / "boundaries").mkdir(exist_ok=True)
        code = self.database.municipality_code
        (self.folder / "boundaries" / "municipality.toml").write_text(
            f'name = "{NAME}"\ncode = "{code}"\nmetric_crs = "{crs}"\n', encoding="utf-8"
        )

    def write(
        self,
        elements: Sequence[dict[str, Any]],
        *,
        as_of: str = "2026-01-01",
        title: str = "道と地形",
        more: str = "",
    ) -> None:
        self.manifest.write_text(
            f'title = "{title}"\nsource = "試験"\nlicence = "CC0-1.0"\nas_of = {as_of}\n'
            f'data = "streets.json"\n{more}',
            encoding="utf-8",
        )
        self.data.write_text(json.dumps({"version": 0.6, "elements": list(elements)}), "utf-8")

    def load(self, **options: Any) -> LoadAnswer:
        return load_town(self.settings, **options)

    def told(self, **options: Any) -> list[str]:
        """Load, and what was said on the way."""
        said: list[str] = []
        self.load(progress=said.append, **options)
        return said

    def seen(self, query: str, audience: Audience = Audience.PUBLIC) -> list[tuple[Any, ...]]:
        """Ask a view as an audience."""
        with self.database.connect(audience, Medium.WEB) as conn:
            return [tuple(row) for row in conn.exec_driver_sql(query)]

    def owned(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the tables."""
        with self.database.owner() as conn:
            return [tuple(row) for row in conn.exec_driver_sql(query)]

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that streets are made of, and the town's revision."""
        tables = ("streets", "street_node", "street_edge", "ground_shape", "ground_landmark")
        derived = ("ground_tile_shape", "ground_tile_label", "edition")
        found = {
            table: self.owned(
                f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM town.{table} t"
            )
            for table in (*tables, *derived)
        }
        return found | {"revision": self.owned("SELECT revision FROM town.municipality")}
