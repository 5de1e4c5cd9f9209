"""A small server of hand-made answers, with the policy the real one sends."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from geo.model.answers import AreaMembers, TownAnswer
from geo.model.map_answer import MapAnswer
from webmap import map_data, pages
from webmap.assets import STATIC
from webmap.hall import hall_page
from webmap.headers import SECURITY_HEADERS
from webmap.kept_shell import shell
from webmap.showing import Mode, Showing
from webmap.week import week_page

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
HTML = "text/html"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None: ...


class _Server(WSGIServer):
    request_queue_size = 128


Body = Callable[[str, str], tuple[str, bytes]]


@contextmanager
def served(
    areas: Mapping[str, MapAnswer],
    towns: Mapping[str, TownAnswer],
    members: Mapping[str, tuple[AreaMembers, ...]] | None = None,
) -> Iterator[str]:
    """Serve an area's page by its code and a town's by its address; gives the base address."""
    inside = members or {}
    with serving(lambda path, query: _body(areas, towns, inside, path, query)) as base:
        yield base


@contextmanager
def serving(body: Body) -> Iterator[str]:
    """Serve what ``body(path, query)`` makes: a type and its bytes; gives the base address."""

    def app(environ: Any, start: Any) -> list[bytes]:
        url = urlsplit(environ["PATH_INFO"])
        path = unquote(url.path.encode("latin-1").decode())
        try:
            kind, data = own_files(path) or body(path, environ.get("QUERY_STRING", ""))
            status = "200 OK"
        except (KeyError, ValueError):
            kind, data, status = "text/plain", b"", "404 Not Found"
        headers = [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(data)))]
        start(status, headers + list(SECURITY_HEADERS.items()))
        return [data]

    server = make_server("127.0.0.1", 0, app, server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def own_files(path: str) -> tuple[str, bytes] | None:
    """A script, a style or a picture of every page; None for any other address."""
    if path.startswith("/static/"):
        file = (STATIC / path.removeprefix("/static/")).resolve()
        if file.is_relative_to(STATIC) and file.is_file():
            return TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes()
        raise KeyError(path)
    if path in ("/map.js", "/map.css"):
        text = shell().script if path == "/map.js" else shell().style
        return TYPES[path[4:]], text.encode()
    return None


def _body(
    areas: Mapping[str, MapAnswer],
    towns: Mapping[str, TownAnswer],
    members: Mapping[str, tuple[AreaMembers, ...]],
    path: str,
    query: str,
) -> tuple[str, bytes]:
    if path == "/error":
        page = pages.error_page(404, "その地区は見つかりません。", "一覧からお選びください。")
        return HTML, pages.render(page).encode()
    args = parse_qs(query)
    showing = Showing.from_args({key: values[0] for key, values in args.items()})
    if path.endswith("/"):
        town = towns[path]
        make = pages.level_page if town.level else pages.overview_page
        return HTML, pages.render(make(town, showing)).encode()
    _, _, _, code = path.split("/", 3)
    if code.endswith(".json"):
        value = map_data.as_json(areas[code.removesuffix(".json")])
        return "application/json", json.dumps(value, ensure_ascii=False).encode()
    asked = pages.Filters.from_args(args)
    if showing.mode is Mode.HALL:
        hall = hall_page(areas[code], showing, filters=asked, members=members.get(code, ()))
        return HTML, pages.render(hall).encode()
    if showing.mode is Mode.WEEK:
        return HTML, pages.render(week_page(areas[code], showing)).encode()
    page = pages.map_page(areas[code], asked, showing, data_url=f"{path}.json")
    return HTML, pages.render(page).encode()
