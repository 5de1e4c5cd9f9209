"""Applications of the tests: asked like a browser asks, closed when the tests are done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient

from geo.model.audience import Audience
from geo.settings import Settings
from webmap.app import create_app
from webmap.context import CONTEXT

OpenApp = Callable[..., FlaskClient]


class ReadingClient(FlaskClient):
    """Reads every answer to its end, so that files are closed."""

    def open(self, *args: Any, buffered: bool = True, **more: Any) -> Any:
        return super().open(*args, buffered=buffered, **more)


@contextmanager
def opened_apps() -> Iterator[OpenApp]:
    """``open_app(settings, audience, **changed settings)``: a client of a fresh application."""
    made: list[FlaskClient] = []

    def open_app(
        settings: Settings, audience: Audience = Audience.PUBLIC, **changed: Any
    ) -> FlaskClient:
        app = create_app(replace(settings, **changed), audience=audience)
        app.test_client_class = ReadingClient
        made.append(app.test_client())
        return made[-1]

    try:
        yield open_app
    finally:
        for client in made:
            client.application.extensions[CONTEXT].database.dispose()
