"""A town of four blocks, and whatever table of people a test writes beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.intake import read_town
from geo.model.people import PeopleCell
from geo.people_intake.people_reader import PeopleReader

HEAD = 'source = "ためし町"\nlicence = "CC-BY-4.0"\nas_of = 2026-03-31\n'
SIDE_DEG = 0.004
BLOCKS = {
    "99891001001": ("西町一丁目", 138.320),
    "99891001002": ("西町二丁目", 138.324),
    "998910020": ("柳町", 138.328),
    "998910030": ("浜町", 138.332),
}
"""Code -> name and western edge; four squares in a row, their southern edge at 34.865."""
SOUTH = 34.865


class PeopleRead:
    """What reading brought: cells by code, and the faults as (code, message)."""

    def __init__(self, reader: PeopleReader) -> None:
        self.read = reader.cells()
        self.problems = reader.problems
        self.told = [(p.severity.value, p.code) for p in reader.problems]
        self.cells: dict[str, PeopleCell] = {cell.code: cell for cell in self.read or ()}

    def counts(self, code: str) -> tuple[float | None, ...]:
        return self.cells[code].counts


ReadPeople = Callable[..., PeopleRead]


def square(west: float, south: float = SOUTH, side: float = SIDE_DEG) -> dict[str, object]:
    """A square, GeoJSON."""
    east, north = round(west + side, 6), round(south + side, 6)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(features: list[tuple[dict[str, object], object]]) -> str:
    """A GeoJSON file."""
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": told, "geometry": shape}
                for told, shape in features
            ],
        },
        ensure_ascii=False,
    )


@pytest.fixture
def read_people(tmp_path: Path) -> ReadPeople:
    """``read_people({"people.csv": "…"}, 'form = "points"\\ndata = "people.csv"')``."""

    def read(files: dict[str, str | bytes], manifest: str, *, blocks: bool = True) -> PeopleRead:
        boundaries = tmp_path / "town/boundaries"
        boundaries.mkdir(parents=True, exist_ok=True)
        (boundaries / "municipality.toml").write_text(
            'name = "ためし町"\ncode = "99891"\nplane_zone = 8\n', "utf-8"
        )
        if blocks:
            level = boundaries / "town_block"
            level.mkdir(exist_ok=True)
            (level / "boundary.toml").write_text(
                f'title = "町丁目"\ncode = "KEY_CODE"\nname = "S_NAME"\n{HEAD}', "utf-8"
            )
            (level / "blocks.geojson").write_text(
                collection(
                    [
                        ({"KEY_CODE": code, "S_NAME": name}, square(west))
                        for code, (name, west) in BLOCKS.items()
                    ]
                ),
                "utf-8",
            )
        for name, content in files.items():
            (boundaries / name).write_bytes(
                content.encode() if isinstance(content, str) else content
            )
        top, _, tables = manifest.partition("\n[")
        (boundaries / "people.toml").write_text(
            f"{top}\n{HEAD}" + (f"\n[{tables}" if tables else ""), "utf-8"
        )
        reading = read_town(tmp_path / "town", None)
        assert [p.code for p in reading.errors] in ([], ["town-empty"])
        return PeopleRead(PeopleReader(reading, lambda _sentence: None))

    return read
