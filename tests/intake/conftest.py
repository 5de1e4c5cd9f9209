"""A town of one layer, written in the test that reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geo.intake import read_town
from geo.model.reading import TownReading

LAYER = """
title = "お茶の会"
symbol = "茶"
color = "#b8570a"
source = "ためし町"
licence = "CC-BY-4.0"
as_of = 2026-03-31
"""
ReadOne = Callable[..., TownReading]


@pytest.fixture
def read_one(tmp_path: Path) -> ReadOne:
    """``read_one({"a.csv": "ID,名称\\n1,さくら会\\n"}, 'audience = "だれでも"')``."""

    def read(files: dict[str, str | bytes], manifest: str = "") -> TownReading:
        town = tmp_path / "town"
        (town / "boundaries").mkdir(parents=True, exist_ok=True)
        (town / "boundaries" / "municipality.toml").write_text(
            'name = "ためし町"\ncode = "22999"\nplane_zone = 8\n', "utf-8"
        )
        folder = town / "layers" / "tea"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "layer.toml").write_text(LAYER + manifest, "utf-8")
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (folder / name).write_bytes(data)
        return read_town(town, None)

    return read
