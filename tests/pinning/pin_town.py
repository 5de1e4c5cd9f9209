"""A small made-up town whose list has no coordinates, as a coordinator's first list has none.

Two 町丁目 side by side, each 0.01 degrees wide, in one ward: 本町一丁目 from 138.30, 本町二丁目
from 138.31, both from 34.80 to 34.81 north.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.answers import LoadAnswer
from geo.model.audience import Audience, Medium
from geo.settings import Settings

HEADER = ("ID", "名称", "会場", "住所", "公開範囲", "地図での示し方", "緯度", "経度", "連絡先")
WEST_BLOCK, EAST_BLOCK = ("本町一丁目", 138.30), ("本町二丁目", 138.31)


def square(west: float, east: float, south: float = 34.80, north: float = 34.81) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@dataclass
class PinTown:
    """Writes the files of the town, asks about them and loads them for real."""

    folder: Path
    settings: Settings
    code: str
    database: TownDatabase | None = None
    rows: list[list[str]] = field(default_factory=list)

    def write(self) -> None:
        ground = self.folder / "boundaries"
        ground.mkdir(parents=True)
        (ground / "municipality.toml").write_text(
            f'name = "みさき町"\ncode = "{self.code}"\nplane_zone = 8\nblock_level = "block"\n',
            "utf-8",
        )
        self._level("ward", [("W", "みさき区", square(138.30, 138.32))], "tier = 2\n")
        blocks = [
            (str(n), name, square(west, west + 0.01))
            for n, (name, west) in enumerate((WEST_BLOCK, EAST_BLOCK), 1)
        ]
        self._level("block", blocks)

    def _level(
        self, level: str, areas: Sequence[tuple[str, str, dict[str, Any]]], more: str = ""
    ) -> None:
        folder = self.folder / "boundaries" / level
        folder.mkdir()
        (folder / "boundary.toml").write_text(
            f'title = "{level}"\ncode = "code"\nname = "name"\nsource = "試験"\n'
            f'licence = "CC0-1.0"\nas_of = 2026-01-01\n{more}',
            "utf-8",
        )
        features = [
            {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": shape}
            for code, name, shape in areas
        ]
        (folder / "areas.geojson").write_text(
            json.dumps({"type": "FeatureCollection", "features": features}), "utf-8"
        )

    def write_list(
        self,
        rows: Sequence[Sequence[Any]],
        *,
        layer: str = "tea",
        symbol: str = "茶",
        as_of: str = "2026-01-01",
        more: str = "",
    ) -> None:
        """Rows of (ID, name, venue, address[, audience, precision, lat, lon, contact])."""
        folder = self.folder / "layers" / layer
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "layer.toml").write_text(
            f'title = "{symbol}の場"\nsymbol = "{symbol}"\ncolor = "#1f5aa6"\nsource = "試験"\n'
            f'licence = "CC0-1.0"\nas_of = {as_of}\npublication_basis = "試験用"\n{more}',
            "utf-8",
        )
        with (folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for row in rows:
                cells = [*row, *[""] * (len(HEADER) - len(row))]
                cells[4] = cells[4] or "だれでも"
                writer.writerow(cells)

    def pins(self, layer: str = "tea") -> str:
        """The text of ``places.csv``."""
        return (self.folder / "layers" / layer / "places.csv").read_text("utf-8-sig")

    def write_pins(self, text: str, layer: str = "tea") -> None:
        (self.folder / "layers" / layer / "places.csv").write_text(text, "utf-8-sig")

    def load(self, **options: Any) -> LoadAnswer:
        return load_town(self.settings, **options)

    def seen(
        self, query: str, audience: Audience = Audience.PUBLIC, medium: Medium = Medium.WEB
    ) -> list[tuple[Any, ...]]:
        """Ask a view as an audience."""
        assert self.database is not None
        with self.database.connect(audience, medium) as conn:
            return [tuple(row) for row in conn.exec_driver_sql(query)]

    def places(self, audience: Audience = Audience.PUBLIC) -> dict[str, tuple[Any, ...]]:
        """Name -> (longitude, latitude, how it was placed)."""
        rows = self.seen("SELECT name, lon, lat, placed FROM treasure", audience)
        return {row[0]: row[1:] for row in rows}
