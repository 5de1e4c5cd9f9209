"""ますめ市 under a code of its own, and stickers that can be measured in the head."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import pytest
import shapely
from browser.watching import ServedTown
from flask.testing import FlaskClient
from opened_apps import opened_apps
from served_apps import served_apps
from town_copy import copy_of_squares

from geo.crs import reproject
from geo.loading import load_town
from geo.model.audience import Audience
from geo.model.sticker import JAPAN, Sticker
from geo.settings import Settings
from geo.stickers import StickerBox

METRIC_CRS = "EPSG:6676"
HALL = "/{code}/quarter/q1?mode=hall"
DROPPED_AT = datetime(2026, 11, 21, 14, 5, tzinfo=JAPAN)


def at(x_m: float, y_m: float) -> tuple[float, float]:
    """Degrees of a point in metres from the town's south-west corner."""
    point = reproject(shapely.Point(x_m, y_m), METRIC_CRS, "EPSG:4326")
    return float(point.x), float(point.y)


def hexed(number: int) -> str:
    """An id."""
    return f"{number:032x}"


def sticker(number: int = 1, letter: str = "あ", word: str = "", **changed: Any) -> Sticker:
    """A sticker in the square B2, 100 m west of 茶7."""
    lon, lat = at(650, 750)
    given = {
        "id": hexed(number), "meeting": hexed(9), "letter": letter, "word": word,
        "lon": lon, "lat": lat, "level": "quarter", "code": "q1", "area": "南西区",
        "met_at": DROPPED_AT,
    }  # fmt: skip
    return Sticker(**(given | changed))


def sent(number: int = 1, **changed: Any) -> dict[str, Any]:
    """What a page sends of it."""
    words = msgspec.to_builtins(sticker(number))
    for name in ("met_at", "state", "ask_next", "note"):
        del words[name]
    return words | {"secret": hexed(number + 1000)} | changed


def meeting_file(*numbers: int, **changed: Any) -> dict[str, Any]:
    """What the offline page saves."""
    stickers = [
        {
            "id": hexed(n), "letter": "あいうえお"[n % 5], "word": f"ことば{'あいうえお'[n % 5]}",
            "lon": at(650, 750)[0], "lat": at(650, 750)[1], "at": "2026-11-21T05:05:00Z",
        }
        for n in numbers
    ]  # fmt: skip
    return {
        "format": "otakara-stickers", "version": 1, "meeting": hexed(77),
        "area": {"level": "quarter", "code": "q1", "name": "南西区"}, "stickers": stickers,
    } | changed  # fmt: skip


@dataclass(frozen=True, slots=True)
class StickerTown:
    """A loaded town of its own."""

    settings: Settings
    code: str

    @property
    def box(self) -> StickerBox:
        """Its stickers."""
        return StickerBox.of(self.settings, self.code)

    def words(self) -> list[str]:
        """What its stickers say."""
        return [one.word for one in self.box.read().stickers]

    def empty(self) -> None:
        """Forget every sticker."""
        shutil.rmtree(self.box.folder, ignore_errors=True)


@pytest.fixture(scope="module")
def make_town(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], StickerTown]:
    """``make_town(code)``: a loaded town nobody else uses."""

    def make(code: str) -> StickerTown:
        folder = copy_of_squares(tmp_path_factory.mktemp("stickers") / "town", code)
        settings = make_settings(folder)
        load_town(settings)
        return StickerTown(settings, code)

    return make


@pytest.fixture(scope="module")
def make_client() -> Iterator[Callable[..., FlaskClient]]:
    """``make_client(town, audience, **settings)``: a client of a fresh application."""
    with opened_apps() as open_app:

        def make(
            town: StickerTown, audience: Audience = Audience.PUBLIC, **changed: Any
        ) -> FlaskClient:
            return open_app(town.settings, audience, **changed)

        yield make


@pytest.fixture(scope="module")
def serve_town() -> Iterator[Callable[..., ServedTown]]:
    """``serve_town(town, audience)``: serve it on this machine."""
    with served_apps() as serve:
        yield lambda town, audience=Audience.PUBLIC: serve(town.settings, audience)
