"""The small town with a list that has no coordinates, on the coordinator's desk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browser.watching import SIZES, ServedTown
from flask.testing import FlaskClient
from opened_apps import opened_apps
from playwright.sync_api import Browser, BrowserContext
from served_apps import served_apps
from town_copy import copy_of_town

from geo.loading import load_town
from geo.model.audience import Audience
from geo.settings import Settings

SMALL_TOWN = Path(__file__).resolve().parents[1] / "small_town"
LAYER = "evening_club"
MANIFEST = """title = "夕方の会"
symbol = "夕"
color = "#7a2f6b"
source = "試験"
licence = "CC0-1.0"
as_of = 2026-04-01
audience = "だれでも"
publication_basis = "公表済みの冊子に掲載"
"""
GAZETTEER = """[[venues]]
title = "会館の一覧"
data = "halls.csv"

[[addresses]]
kind = "level"
level = "town_block"
"""
HALLS = """名称,住所,緯度,経度
中央会館,みなと市港町2-1,34.7505,138.5223
中央会館,みなと市本町9-9,34.7491,138.5271
北の会館,みなと市駅北町1-1,34.7570,138.5280
"""
QUESTIONS = """ID,名称,会場,住所
Q1,まよう会,中央会館,
Q2,およその会,,みなと市浜町77
Q3,決まる会,北の会館,
Q4,引っこす会,古い集会所,
"""
NAMES = ("月見の会", "縁台の会", "<b>太字</b>の会")


@dataclass(frozen=True, slots=True)
class DeskTown:
    """A town of its own for one module: folder, settings, app."""

    folder: Path
    settings: Settings
    code: str

    def pins(self, layer: str = LAYER) -> str:
        """What places.csv holds; empty where there is none."""
        path = self.folder / "layers" / layer / "places.csv"
        return path.read_text("utf-8-sig") if path.is_file() else ""


def town_folder(folder: Path, code: str, *, rows: int = len(NAMES)) -> Path:
    """A copy of the small town, under a code of its own, with a list without places."""
    copy_of_town(SMALL_TOWN, folder, code)
    layer = folder / "layers" / LAYER
    layer.mkdir()
    (layer / "layer.toml").write_text(MANIFEST, "utf-8")
    lines = ["ID,名称,会場,住所,開催日時"]
    for index in range(rows):
        name = NAMES[index] if index < len(NAMES) else f"{index + 1}番目の会"
        lines.append(f"E{index + 1},{name},どこかの集会所{index + 1},,毎週火曜 17:00〜18:00")
    (layer / "club.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def ask_questions(folder: Path) -> None:
    """Give the town a gazetteer, and the list records that need a second look."""
    (folder / "boundaries/gazetteer.toml").write_text(GAZETTEER, "utf-8")
    (folder / "boundaries/halls.csv").write_text(HALLS, "utf-8")
    (folder / "layers" / LAYER / "club.csv").write_text(QUESTIONS, "utf-8")


@pytest.fixture(scope="module")
def make_desk_town(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., DeskTown]:
    """``make_desk_town(code, rows=...)``: a loaded town nobody else uses."""

    def make(code: str, *, rows: int = len(NAMES), questions: bool = False) -> DeskTown:
        folder = town_folder(tmp_path_factory.mktemp("desk") / "町 の写し", code, rows=rows)
        if questions:
            ask_questions(folder)
        settings = make_settings(folder)
        load_town(settings)
        return DeskTown(folder, settings, code)

    return make


@pytest.fixture(scope="module")
def make_desk_client() -> Iterator[Callable[..., FlaskClient]]:
    """``make_desk_client(town, audience)``: a client of a fresh app."""
    with opened_apps() as open_app:

        def make(
            town: DeskTown, audience: Audience = Audience.COORDINATOR, **changed: Any
        ) -> FlaskClient:
            return open_app(town.settings, audience, **changed)

        yield make


@pytest.fixture(scope="module")
def serve_desk() -> Iterator[Callable[[DeskTown], ServedTown]]:
    """Serve a town to its coordinator on this machine."""
    with served_apps() as serve:
        yield lambda town: serve(town.settings, Audience.COORDINATOR)


@pytest.fixture
def desk_tab(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """``desk_tab(size)``: a fresh browser context of a size, or without scripts."""
    contexts: list[BrowserContext] = []

    def make(size: str = "laptop", *, script: bool = True) -> BrowserContext:
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            java_script_enabled=script,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


def token_of(page: str) -> str:
    """The token of a page's forms."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]
