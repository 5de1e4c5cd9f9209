"""The town of squares behind the real app, over a real database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from geo.loading import load_town
from geo.model.audience import Audience
from geo.settings import Settings
from webmap.app import create_app
from webmap.context import CONTEXT

SQUARES = Path(__file__).resolve().parents[1] / "town"
CODE = "99711"

MakeClient = Callable[..., FlaskClient]


class ReadingClient(FlaskClient):
    """Reads every answer to its end, so that files are closed."""

    def open(self, *args: Any, buffered: bool = True, **more: Any) -> Any:
        return super().open(*args, buffered=buffered, **more)


def copy_of_squares(folder: Path, code: str) -> Path:
    """The town of squares under a code of its own, so that no other test empties its database."""
    shutil.copytree(SQUARES, folder)
    manifest = folder / "boundaries/municipality.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("99001", code), "utf-8")
    return folder


@pytest.fixture(scope="session")
def squares(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Settings of the loaded town of squares."""
    town = copy_of_squares(tmp_path_factory.mktemp("app") / "町 の写し", CODE)
    settings = make_settings(town)
    load_town(settings)
    return settings


@pytest.fixture(scope="session")
def make_client(squares: Settings) -> Iterator[MakeClient]:
    """``make_client(audience, **changed settings)``: a client of a fresh app."""
    made: list[FlaskClient] = []

    def make(audience: Audience = Audience.PUBLIC, **changed: Any) -> FlaskClient:
        app = create_app(replace(squares, **changed), audience=audience)
        app.test_client_class = ReadingClient
        made.append(app.test_client())
        return made[-1]

    yield make
    for client in made:
        client.application.extensions[CONTEXT].database.dispose()


@pytest.fixture(scope="session")
def public(make_client: MakeClient) -> FlaskClient:
    """What everybody gets."""
    return make_client()


@pytest.fixture(scope="session")
def coordinator(make_client: MakeClient) -> FlaskClient:
    """What only the coordinator gets, on this machine."""
    return make_client(Audience.COORDINATOR)
