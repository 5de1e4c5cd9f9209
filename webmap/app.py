"""``create_app``: one Flask application for one town and one audience. Nothing at import."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from datetime import timedelta
from functools import cache, partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from geo import __version__
from geo.errors import DatabaseError, OtakaraError, TownFolderError
from geo.model.audience import Audience
from geo.settings import Settings
from webmap.answer_shelf import AnswerShelf
from webmap.assets import HERE, STATIC
from webmap.byte_cache import ByteCache
from webmap.context import CONTEXT, AppContext
from webmap.etag import template_version
from webmap.headers import CACHE_PRIVATE, add_headers, security_headers
from webmap.outside_layer import OUTSIDE_LAYERS
from webmap.passphrase import SESSION_HOURS, Gate, new_gate
from webmap.statuses import PHRASES_JA, phrase_of, status_of

if TYPE_CHECKING:
    from flask import Flask, Response

    from geo.model.town import Municipality
    from geo.questions.walking_shelf import WalkingShelf

LONGEST_FORM_BYTES = 4096


def create_app(
    settings: Settings, *, audience: Audience = Audience.PUBLIC, gate: Gate | None = None
) -> Flask:
    """The web application of one town as one audience sees it.

    No connection is made here: an application made before a fork is safe after it.

    Parameters
    ----------
    settings : Settings
        Names the town folder and the database.
    audience : Audience
        Everything this application answers goes through this audience's views.
    gate : Gate, optional
        Made before the fork by the server, so that all workers share its key; without one a
        fresh gate is made from ``settings.passphrase``.

    Raises
    ------
    TownFolderError
        When the folder is no town.
    AssetError
        When the browser assets have not been fetched.
    """
    from flask import Flask as _Flask

    from geo.database import TownDatabase as _TownDatabase
    from webmap.coverage import register_coverage
    from webmap.kept_shell import shell
    from webmap.paper.asking.paper_views import register_paper
    from webmap.stickers import register_stickers
    from webmap.tiles import register_tiles
    from webmap.views import register_views

    town = served_municipality(settings)
    code, outside = town.code, town.outside_tiles
    if gate is None or gate.audience is not audience:
        gate = new_gate(audience, settings.passphrase)
    app = _Flask("webmap", static_folder=str(STATIC), static_url_path="/static")
    app.config.update(
        SECRET_KEY=gate.secret_key,
        SESSION_COOKIE_NAME="otakara",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=SESSION_HOURS),
        MAX_CONTENT_LENGTH=LONGEST_FORM_BYTES,
        MAX_FORM_PARTS=16,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.url_map.merge_slashes = False
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # errors are read by people too
    app.extensions[CONTEXT] = AppContext(
        settings=settings,
        audience=audience,
        municipality_code=code,
        database=_TownDatabase(settings, code),
        cache=ByteCache(),
        answers=AnswerShelf(),
        gate=gate,
        outside_tiles=outside,
        walking=cache(_walking_shelf),
        version=template_version(
            [HERE.parent / "templates", HERE.parent / "words", STATIC / "app"],
            __version__,
            shell().version,
        ),
    )
    register_views(app)
    register_stickers(app, app.extensions[CONTEXT])
    register_tiles(app, app.extensions[CONTEXT])
    register_coverage(app, app.extensions[CONTEXT])
    register_paper(app, app.extensions[CONTEXT])
    if audience is Audience.COORDINATOR:
        from webmap.desk.desk_views import register_desk

        register_desk(app, app.extensions[CONTEXT])
    _register_errors(app)
    headers = security_headers(OUTSIDE_LAYERS[outside] if outside else None)
    app.after_request(partial(add_headers, headers=headers))
    return app


def served_municipality(settings: Settings) -> Municipality:
    """The town as its own manifest names it; the other manifests may be broken meanwhile.

    Raises
    ------
    TownFolderError
    """
    from geo.manifest import read_manifests
    from geo.manifest.town_file import UNKNOWN_CODE

    town, problems = read_manifests(settings.town, settings.realdata)
    if town is None or town.municipality.code == UNKNOWN_CODE:
        first = next((p.message_ja for p in problems if p.is_error), "")
        raise TownFolderError(
            f"no town in {settings.town}",
            message_ja=f"町のフォルダ {settings.town} を開けません。",
            hint_ja=first or "boundaries と layers の入ったフォルダを --town で示してください。",
        )
    return town.municipality


def _walking_shelf() -> WalkingShelf:
    """Made when somebody asks first: it brings the whole machinery of arrays along."""
    from geo.questions.walking_shelf import WalkingShelf as _WalkingShelf

    return _WalkingShelf()


def _register_errors(app: Flask) -> None:
    from werkzeug.exceptions import HTTPException

    def deliberate(error: OtakaraError) -> Response:
        status = status_of(error)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _log(error)
            # Its hint is for the person who runs the server, not for the reader.
            return _error_response(status, *PHRASES_JA[status])
        return _error_response(status, error.message_ja, error.hint_ja)

    def standard(error: HTTPException) -> Response:
        status = error.code or 500
        if status < 400:  # a redirect is no error
            response = error.get_response()
            assert isinstance(response, app.response_class)
            return response
        answer = _error_response(status, *phrase_of(status))
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            for name, value in error.get_headers():
                if name.lower() == "allow":
                    answer.headers["Allow"] = value
        return answer

    def unforeseen(error: Exception) -> Response:
        if _lost_database(error):
            return deliberate(
                DatabaseError(
                    f"the database failed while answering: {type(error).__name__}",
                    message_ja=PHRASES_JA[HTTPStatus.SERVICE_UNAVAILABLE][0],
                )
            )
        _log(error)
        return _error_response(500, *PHRASES_JA[HTTPStatus.INTERNAL_SERVER_ERROR])

    app.register_error_handler(OtakaraError, deliberate)
    app.register_error_handler(HTTPException, standard)
    app.register_error_handler(Exception, unforeseen)


def _lost_database(error: Exception) -> bool:
    """Whether the server went away or gave up in the middle of an answer (no SQL import here)."""
    names = {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}
    return bool(names & {"sqlalchemy.exc.OperationalError", "sqlalchemy.exc.InterfaceError"})


def _log(error: Exception) -> None:
    """Where it happened and what kind it is. Never its text: that may quote a record."""
    where = " < ".join(
        f"{frame.name}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(error.__traceback__)[-6:])
    )
    said = f": {error}" if isinstance(error, OtakaraError) else ""
    print(f"otakara: {type(error).__name__}{said} at {where}", file=sys.stderr)  # noqa: T201


def _error_response(status: int, message_ja: str, hint_ja: str) -> Response:
    """An error as the client wants to read it: a page, or JSON (in Japanese)."""
    from flask import jsonify, make_response, request

    wanted = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    if wanted == "application/json":
        response = jsonify({"status": int(status), "message_ja": message_ja, "hint_ja": hint_ja})
    else:
        response = make_response(_error_html(status, message_ja, hint_ja, request.args))
        response.content_type = "text/html; charset=utf-8"
    response.status_code = int(status)
    response.headers["Cache-Control"] = CACHE_PRIVATE
    response.vary.add("Accept")
    if status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}:
        response.headers["Retry-After"] = "60"
    return response


def _error_html(status: int, message_ja: str, hint_ja: str, args: Mapping[str, str]) -> str:
    """An error as a page; in another language it says what its status means."""
    from webmap.pages import error_page, render
    from webmap.showing import Showing
    from webmap.words import Language, words_in

    showing = Showing.from_args(args)
    told = (message_ja, hint_ja)
    if showing.language is not Language.JAPANESE:
        told = phrase_of(status)
    message, hint = (words_in(showing.language).say(text) if text else "" for text in told)
    return render(error_page(int(status), message, hint, showing=showing))
