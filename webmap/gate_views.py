"""Asking for the passphrase, and keeping everybody else out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

from geo.errors import AudienceError
from webmap.form_token import form_token, is_own_form
from webmap.headers import CACHE_PRIVATE
from webmap.passphrase import is_this_machine
from webmap.statuses import PHRASES_JA
from webmap.words import to_say

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.wrappers import Response as AnyResponse

    from geo.model.audience import Audience
    from webmap.context import AppContext
    from webmap.page_frame import Frame

PATH = "/passphrase"
OLD_FORM_JA = to_say("画面が古くなっていました。もう一度、合言葉を入れてください。")
WRONG_JA = to_say("合言葉がちがいます。もう一度お試しください。")
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
        response = redirect(PATH + _query(request.full_path.rstrip("?"), request.args), code=303)
        response.headers["Cache-Control"] = CACHE_PRIVATE
        return response

    attempts = gate.attempts
    if not gate.asks or attempts is None:
        return

    @app.get(PATH)
    def ask_passphrase() -> Response:
        return _form(gate.audience, request.args.get("next", "/"))

    @app.post(PATH)
    def try_passphrase() -> AnyResponse:
        client = request.remote_addr or ""
        next_path = safe_path(request.form.get("next", "/"))
        if not attempts.allowed(client):
            return _form(
                gate.audience,
                next_path,
                refused=PHRASES_JA[HTTPStatus.TOO_MANY_REQUESTS],
                status=HTTPStatus.TOO_MANY_REQUESTS,
            )
        if not is_own_form():
            return _form(
                gate.audience,
                next_path,
                refused=(OLD_FORM_JA,),
                status=HTTPStatus.BAD_REQUEST,
            )
        if not gate.opens(request.form.get("passphrase", "")):
            attempts.failed(client)
            return _form(
                gate.audience,
                next_path,
                refused=(WRONG_JA,),
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
        and not request.path.endswith((".json", ".geojson", ".csv", ".mvt"))
    )


def _query(path: str, args: Mapping[str, str]) -> str:
    from urllib.parse import urlencode

    from webmap.showing import Showing

    asked = [("next", safe_path(path)), *Showing.from_args(args).kept_pairs()]
    return "?" + urlencode(asked)


def _form(
    audience: Audience, next_path: str, *, refused: tuple[str, ...] = (), status: int = 200
) -> Response:
    from flask import current_app, request

    from webmap.pages import error_page, render
    from webmap.showing import Showing
    from webmap.words import words_in

    showing = Showing.from_args(request.args)
    words = words_in(showing.language)
    page = PassphrasePage(
        frame=error_page(status, words.say("合言葉を入れてください"), showing=showing).frame,
        audience_label=words.say(audience.label_ja),
        csrf=form_token(),
        next_path=safe_path(next_path),
        refused=" ".join(map(words.say, refused)) or None,
    )
    response: Response = current_app.response_class(
        render(page), status=int(status), content_type="text/html; charset=utf-8"
    )
    response.headers["Cache-Control"] = CACHE_PRIVATE
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = "60"
    return response
