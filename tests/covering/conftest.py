"""The town of squares with a hundred times as many people, so that its figures may be told."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from coverage_questions.conftest import OpenSquares, WalkTown, open_squares

__all__ = ["open_squares"]

PEOPLE = "boundaries/people.geojson"
COUNTS = ("人口", "65歳以上", "75歳以上")


def crowd(town: WalkTown, times: int = 100) -> None:
    """Write the people of the town's folder anew."""
    file = town.folder / PEOPLE
    cells = json.loads(file.read_text("utf-8"))
    for cell in cells["features"]:
        for column in COUNTS:
            cell["properties"][column] *= times
    file.write_text(json.dumps(cells, ensure_ascii=False), "utf-8")


@pytest.fixture(scope="session")
def crowded(open_squares: OpenSquares) -> Iterator[WalkTown]:
    """1,000 people in every square, all 65 or older, 500 of them 75 or older; read only."""
    town = open_squares("99883", load=False)
    crowd(town)
    town.load()
    yield town
    town.database.dispose()


@pytest.fixture
def own_crowded(open_squares: OpenSquares) -> Iterator[WalkTown]:
    """The same, not loaded yet, to be changed first."""
    town = open_squares("99884", load=False)
    crowd(town)
    yield town
    town.database.dispose()
