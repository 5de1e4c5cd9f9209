"""Asking for the passphrase, and keeping everybody else out."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

from geo.errors import AudienceError
from webmap.form_token import form_token, is_own_form
from webmap.headers import CACHE_PRIVATE
from webmap.passphrase import is_this_machine
from webmap.statuses import PHRASES_JA

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.wrappers import Response as AnyResponse

    from webmap.context import AppContext
    from webmap.page_frame import Frame

PATH = "/passphrase"
OPEN_ENDPOINTS = frozenset(
    {"static", "map_script", "map_style", "favicon", "healthz", "ask_passphrase", "try_passphrase"}
)
"""What holds nothing of the town, and so needs no passphrase."""


@dataclass(frozen=True, slots=True)
class PassphrasePage:
    """The one question in front of an inner screen."""

    template: ClassVar[str] = "passphrase.html"
    frame: Frame
    audience_label: str
    csrf: str
    next_path: str
    refused: str | None


def register_gate(app: Flask, context: AppContext) -> None:
    """Hold every request against the gate of this server."""
    from flask import redirect, request, session

    gate = context.gate

    @app.before_request
    def keep_out() -> AnyResponse | None:
        if gate.loopback_only:
            _require_this_machine()
            return None
        if not gate.asks or request.endpoint in OPEN_ENDPOINTS:
            return None
        if session.get("audience") == gate.audience.word:
            return None
        if not _wants_page():
            raise AudienceError(
                "not let in",
                message_ja="先に、画面で合言葉を入れてください。",
            )
        response = redirect(PATH + _query(request.full_path.rstrip("?")), code=303)
        response.headers["Cache-Control"] = CACHE_PRIVATE
        return response

    attempts = gate.attempts
    if not gate.asks or attempts is None:
        return

    @app.get(PATH)
    def ask_passphrase() -> Response:
        return _form(gate.audience.label_ja, request.args.get("next", "/"))

    @app.post(PATH)
    def try_passphrase() -> AnyResponse:
        client = request.remote_addr or ""
        next_path = safe_path(request.form.get("next", "/"))
        if not attempts.allowed(client):
            return _form(
                gate.audience.label_ja,
                next_path,
                refused="".join(PHRASES_JA[HTTPStatus.TOO_MANY_REQUESTS]),
                status=HTTPStatus.TOO_MANY_REQUESTS,
            )
        if not is_own_form():
            return _form(
                gate.audience.label_ja,
                next_path,
                refused="画面が古くなっていました。もう一度、合言葉を入れてください。",
                status=HTTPStatus.BAD_REQUEST,
            )
        if not gate.opens(request.form.get("passphrase", "")):
            attempts.failed(client)
            return _form(
                gate.audience.label_ja,
                next_path,
                refused="合言葉がちがいます。もう一度お試しください。",
                status=HTTPStatus.FORBIDDEN,
            )
        session.clear()
        session.permanent = True
        session["audience"] = gate.audience.word
        response = redirect(next_path, code=303)
        response.headers["Cache-Control"] = CACHE_PRIVATE
        return response


def safe_path(path: str) -> str:
    """A path on this server; anything that could lead elsewhere becomes the first page."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if plain and path.isprintable() and "\\" not in path else "/"


def _require_this_machine() -> None:
    """Refuse what does not come from this machine."""
    from flask import request

    if not is_this_machine(request.remote_addr, request.host):
        raise AudienceError(
            "a request from outside this machine",
            message_ja="この画面は、動かしているパソコンの中だけで開けます。",
            hint_ja="http://127.0.0.1 で始まるアドレスを使ってください。",
        )


def _wants_page() -> bool:
    from flask import request

    return (
        request.method == "GET"
        and request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
        == "text/html"
        and not request.path.endswith((".json", ".geojson", ".csv"))
    )


def _query(path: str) -> str:
    from urllib.parse import urlencode

    return "?" + urlencode({"next": safe_path(path)})


def _form(label: str, next_path: str, *, refused: str | None = None, status: int = 200) -> Response:
    from flask import current_app

    from webmap.pages import error_page, render

    page = PassphrasePage(
        frame=error_page(status, "合言葉を入れてください").frame,
        audience_label=label,
        csrf=form_token(),
        next_path=safe_path(next_path),
        refused=refused,
    )
    response: Response = current_app.response_class(
        render(page), status=int(status), content_type="text/html; charset=utf-8"
    )
    response.headers["Cache-Control"] = CACHE_PRIVATE
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = "60"
    return response
