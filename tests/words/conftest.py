"""The town in Latin letters behind the real app, over a real database, and in a browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from words.ascii_town import write_town

from geo.loading import load_town
from geo.model.audience import Audience
from geo.settings import Settings
from webmap.app import create_app
from webmap.context import CONTEXT

MakeClient = Callable[..., FlaskClient]


class ReadingClient(FlaskClient):
    """Reads every answer to its end, so that files are closed."""

    def open(self, *args: Any, buffered: bool = True, **more: Any) -> Any:
        return super().open(*args, buffered=buffered, **more)


@pytest.fixture(scope="session")
def latin_town(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Settings of the loaded town."""
    settings = make_settings(write_town(tmp_path_factory.mktemp("words") / "town"))
    load_town(settings)
    return settings


@pytest.fixture(scope="session")
def make_client(latin_town: Settings) -> Iterator[MakeClient]:
    """``make_client(audience, **changed settings)``: a client of a fresh app."""
    made: list[FlaskClient] = []

    def make(audience: Audience = Audience.PUBLIC, **changed: Any) -> FlaskClient:
        app = create_app(replace(latin_town, **changed), audience=audience)
        app.test_client_class = ReadingClient
        made.append(app.test_client())
        return made[-1]

    yield make
    for client in made:
        client.application.extensions[CONTEXT].database.dispose()


@pytest.fixture(scope="session")
def latin_base(latin_town: Settings) -> Iterator[str]:
    """Where the town is served to a browser."""
    app = create_app(latin_town)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    app.extensions[CONTEXT].database.dispose()
