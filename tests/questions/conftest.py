"""Towns for questions: the squares of ``tests/town``, and small towns built by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from clocked_town import TODAY, set_clock
from shapely import MultiPolygon, Polygon
from sqlalchemy import Connection, event

from geo.crs import reproject
from geo.database import TownDatabase
from geo.intake import read_town
from geo.loading import load_reading
from geo.model.audience import ConsentScope
from geo.model.reading import LayerReading, LevelReading, TownReading
from geo.model.town import Area, Layer, Level, Municipality, Town
from geo.model.treasure import Consent, ShownField, Treasure

SQUARES = Path(__file__).resolve().parents[1] / "town"
PLANE = "EPSG:6676"
SHOWN_TO_ALL = (
    Consent(ConsentScope.WEB, "試験"),
    Consent(ConsentScope.PRINT, "試験"),
)


def _load(database: TownDatabase, reading: TownReading) -> None:
    set_clock(database)
    with database.owner() as conn:
        load_reading(conn, reading)


@pytest.fixture(scope="session")
def squares(
    make_town_database: Callable[..., TownDatabase], tmp_path_factory: pytest.TempPathFactory
) -> TownDatabase:
    """``tests/town``, loaded as its files tell it."""
    folder = tmp_path_factory.mktemp("squares") / "town"
    shutil.copytree(SQUARES, folder)
    reading = read_town(folder, None)
    assert reading.errors == ()
    database = make_town_database("99371", town=folder)
    _load(database, reading)
    return database


class HandMade:
    """Builds a town from a few words; metres are counted from the origin of plane zone 8."""

    folder: Path
    title = "手づくり町"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def degrees(self, east_m: float, north_m: float) -> tuple[float, float]:
        from shapely import Point

        point = reproject(Point(east_m, north_m), PLANE, "EPSG:4326")
        return point.x, point.y

    def square(self, west_m: float, south_m: float, side_m: float = 500.0) -> bytes:
        """A square as WKB in EPSG:4326."""
        w, s, e, n = west_m, south_m, west_m + side_m, south_m + side_m
        ring = Polygon([(w, s), (e, s), (e, n), (w, n)])
        wkb = reproject(MultiPolygon([ring]), PLANE, "EPSG:4326").wkb
        assert isinstance(wkb, bytes)
        return wkb

    def level(self, level_id: str, areas: Sequence[Area], tier: int | None = None) -> LevelReading:
        level = Level(
            id=level_id,
            folder=self.folder / "boundaries" / level_id,
            title=f"圏域{level_id}",
            data=(),
            name_column="name",
            code_column="code",
            source=f"{level_id}の図",
            licence="CC0-1.0",
            as_of=date(2026, 1, 1),
            tier=tier,
        )
        return LevelReading(level, tuple(areas), ())

    def layer(
        self,
        layer_id: str,
        symbol: str,
        treasures: Sequence[Treasure],
        show: Sequence[ShownField] = (),
        *,
        order: int = 0,
        as_of: date = date(2026, 1, 1),
    ) -> LayerReading:
        layer = Layer(
            id=layer_id,
            folder=self.folder / "layers" / layer_id,
            title=f"レイヤー{symbol}",
            symbol=symbol,
            color="#123456",
            order=order,
            source="社協",
            licence="CC-BY-4.0",
            as_of=as_of,
            data=(),
        )
        return LayerReading(layer, tuple(treasures), (), tuple(show), ())

    def town(self, levels: Sequence[LevelReading], layers: Sequence[LayerReading]) -> TownReading:
        (self.folder / "layers").mkdir(parents=True, exist_ok=True)
        town = Town(
            self.folder,
            Municipality(self.title, "99372", PLANE, plane_zone=8),
            tuple(level.level for level in levels),
            tuple(layer.layer for layer in layers),
        )
        return TownReading(town, tuple(levels), tuple(layers), ())


@pytest.fixture
def by_hand(tmp_path: Path) -> HandMade:
    return HandMade(tmp_path / "town")


@pytest.fixture
def load_by_hand(
    make_town_database: Callable[..., TownDatabase], by_hand: HandMade
) -> Callable[[TownReading], TownDatabase]:
    """Load a hand-made town into a fresh database."""

    def load(reading: TownReading) -> TownDatabase:
        database = make_town_database("99372", town=by_hand.folder)
        _load(database, reading)
        return database

    return load


@pytest.fixture
def counted() -> Callable[[Connection], object]:
    """``with counted(conn) as statements:`` collects the statements that are executed."""

    @contextmanager
    def count(conn: Connection) -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_others: object) -> None:
            statements.append(statement)

        event.listen(conn, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(conn, "before_cursor_execute", note)

    return count


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def shown_to_all() -> tuple[Consent, ...]:
    return SHOWN_TO_ALL
