"""A town of files that a test writes, changes and loads: one square ward, one list."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.answers import LoadAnswer
from geo.model.audience import Audience, Medium
from geo.settings import Settings

CODE = "99311"
HEADER = ("ID", "名称", "住所", "緯度", "経度", "公開範囲", "番号")
Row = Sequence[Any]


@dataclass
class FileTown:
    """Writes the files of a town and loads them for real."""

    folder: Path
    settings: Settings
    database: TownDatabase

    def write_ward(self, names: Sequence[str] = ("中区",), as_of: str = "2026-01-01") -> None:
        """Squares side by side, one per name; the code is the position from 1."""
        features = []
        for n, name in enumerate(names):
            west, east = 138.30 + n * 0.05, 138.35 + n * 0.05
            ring = [[west, 34.80], [east, 34.80], [east, 34.85], [west, 34.85], [west, 34.80]]
            features.append(
                {
                    "type": "Feature",
                    "properties": {"code": str(n + 1), "name": name},
                    "geometry": {"type": "Polygon", "coordinates": [ring]},
                }
            )
        level = self.folder / "boundaries" / "ward"
        level.mkdir(parents=True, exist_ok=True)
        (level / "boundary.toml").write_text(
            f"""title = "区"\ntier = 2\ndata = "ward.geojson"\ncode = "code"\nname = "name"
source = "試験"\nlicence = "CC0-1.0"\nas_of = {as_of}\n""",
            encoding="utf-8",
        )
        (level / "ward.geojson").write_text(
            json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
        )

    def write_list(
        self,
        rows: Sequence[Row],
        *,
        layer: str = "tea",
        as_of: str = "2026-01-01",
        symbol: str = "茶",
        title: str = "お茶の場",
    ) -> None:
        """Rows of (ID, name, address, lat, lon[, audience[, number]])."""
        folder = self.folder / "layers" / layer
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "layer.toml").write_text(
            f"""title = "{title}"\nsymbol = "{symbol}"\ncolor = "#1f5aa6"\norder = 1
source = "試験"\nlicence = "CC0-1.0"\nas_of = {as_of}\npublication_basis = "試験用"\n""",
            encoding="utf-8",
        )
        with (folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for row in rows:
                padded = [*row, *[""] * (len(HEADER) - len(row))]
                writer.writerow([*padded[:5], padded[5] or "だれでも", padded[6]])

    def load(self, **options: Any) -> LoadAnswer:
        return load_town(self.settings, **options)

    def seen(self, query: str, audience: Audience = Audience.PUBLIC) -> list[tuple[Any, ...]]:
        """Ask a view as an audience."""
        with self.database.connect(audience, Medium.WEB) as conn:
            return [tuple(row) for row in conn.exec_driver_sql(query)]

    def names(self) -> list[str]:
        return [row[0] for row in self.seen("SELECT name FROM treasure ORDER BY number")]

    def numbers(self) -> dict[str, int]:
        return dict(self.seen("SELECT name, number FROM treasure"))  # type: ignore[arg-type]

    def owned(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the tables."""
        with self.database.owner() as conn:
            return [tuple(row) for row in conn.exec_driver_sql(query)]


@pytest.fixture
def files(
    tmp_path: Path,
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
) -> FileTown:
    (tmp_path / "boundaries").mkdir()
    (tmp_path / "layers").mkdir()
    (tmp_path / "boundaries" / "municipality.toml").write_text(
        f'name = "書類町"\ncode = "{CODE}"\nplane_zone = 8\n', encoding="utf-8"
    )
    town = FileTown(tmp_path, make_settings(tmp_path), make_town_database(CODE, town=tmp_path))
    town.write_ward()
    return town


@pytest.fixture
def ten() -> list[list[Any]]:
    """Ten records about 200 m apart, each with an address of its own."""
    return [
        [f"g{n}", f"集まり{n}", f"書類町本町{n + 1}-1", 34.81 + n * 0.002, 138.31]
        for n in range(10)
    ]
