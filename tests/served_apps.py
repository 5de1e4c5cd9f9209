"""Applications of the tests behind a real server on this machine, for a browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from browser.watching import ServedTown
from werkzeug.serving import make_server

from geo.model.audience import Audience
from geo.settings import Settings
from webmap.app import create_app
from webmap.context import CONTEXT

Serve = Callable[..., ServedTown]


@contextmanager
def served_apps() -> Iterator[Serve]:
    """``serve(settings, audience)``: the town of the settings, until the tests are done."""
    servers: list[Any] = []

    def serve(settings: Settings, audience: Audience = Audience.PUBLIC) -> ServedTown:
        app = create_app(settings, audience=audience)
        context = app.extensions[CONTEXT]
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append((server, context.database))
        base = f"http://127.0.0.1:{server.server_port}"
        return ServedTown(context.municipality_code, base, settings)

    try:
        yield serve
    finally:
        for server, database in servers:
            server.shutdown()
            server.server_close()
            database.dispose()
