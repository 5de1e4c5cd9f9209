"""A small server of the hand-made answer, with the policy the real one sends, and a Chromium."""

from __future__ import annotations

import importlib.util
import json
import sys
import threading
from pathlib import Path
from types import ModuleType
from urllib.parse import parse_qs, unquote, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from webmap import map_data, pages
from webmap.assets import STATIC
from webmap.headers import SECURITY_HEADERS
from webmap.kept_shell import shell

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def _load_sample() -> ModuleType:
    path = Path(__file__).with_name("sample.py")
    spec = importlib.util.spec_from_file_location("front_sample", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["front_sample"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    return _load_sample()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None: ...


@pytest.fixture(scope="session")
def front(sample: ModuleType):
    """Base address of a server of every page kind."""
    answers = {
        "J0": sample.map_answer(),
        "EMPTY": sample.map_answer(empty=True),
        "NOPLACE": sample.unplaced_answer(),
        "INNER": sample.map_answer(audience=sample.Audience.COORDINATOR),
        "BIG": sample.big_answer(2000),
    }

    def body(path: str, query: str) -> tuple[str, bytes]:
        if path.startswith("/static/"):
            file = (STATIC / path.removeprefix("/static/")).resolve()
            if file.is_relative_to(STATIC) and file.is_file():
                return TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes()
            raise KeyError(path)
        if path in ("/map.js", "/map.css"):
            text = shell().script if path == "/map.js" else shell().style
            return TYPES[path[4:]], text.encode()
        if path == "/":
            return "text/html", pages.render(pages.overview_page(sample.town_answer())).encode()
        if path == "/error":
            page = pages.error_page(404, "その地区は見つかりません。", "一覧からお選びください。")
            return "text/html", pages.render(page).encode()
        _, _, level, code = path.split("/", 3)
        if not code:
            page = pages.level_page(sample.town_answer(level))
            return "text/html", pages.render(page).encode()
        if code.endswith(".json"):
            value = map_data.as_json(answers[code.removesuffix(".json")])
            return "application/json", json.dumps(value, ensure_ascii=False).encode()
        asked = pages.Filters.from_args(parse_qs(query))
        page = pages.map_page(answers[code], asked, data_url=f"{path}.json")
        return "text/html", pages.render(page).encode()

    def app(environ, start):
        url = urlsplit(environ["PATH_INFO"])
        try:
            kind, data = body(unquote(url.path), environ.get("QUERY_STRING", ""))
            status = "200 OK"
        except (KeyError, ValueError):
            kind, data, status = "text/plain", b"", "404 Not Found"
        headers = [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(data)))]
        start(status, headers + list(SECURITY_HEADERS.items()))
        return [data]

    class Server(WSGIServer):
        request_queue_size = 128

    server = make_server("127.0.0.1", 0, app, server_class=Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(chromium, front):
    """Open a path; afterwards nothing may have gone wrong or outside."""
    contexts, troubles = [], []

    def opened(path: str, *, width: int = 1366, height: int = 768, script: bool = True):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.on("console", lambda m: troubles.append(m.text) if m.type != "log" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "request",
            lambda r: troubles.append(r.url) if not r.url.startswith((front, "data:")) else None,
        )
        page.on("dialog", lambda d: (troubles.append(f"dialog {d.message}"), d.dismiss()))
        page.goto(front + path, timeout=90_000)
        if script and page.locator("[data-map]").count():
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []
