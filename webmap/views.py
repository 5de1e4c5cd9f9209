"""The views: read the URL, ask one question, fill one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.model.audience import Audience, Medium
from webmap.answering import (
    CSV,
    GEOJSON,
    HTML,
    ICS,
    JSON,
    Body,
    answered,
    compact,
    map_of_area,
    require_readable_query,
)
from webmap.edition_shelf import Edition
from webmap.etag import matches
from webmap.filters import Filters
from webmap.headers import CACHE_FOREVER, CACHE_PRIVATE
from webmap.showing import Mode, Showing

if TYPE_CHECKING:
    from flask import Flask, Response

    from geo.model.answers import TownAnswer
    from geo.model.map_answer import MapAnswer
    from webmap.context import AppContext

SUFFIXES = (".json", ".geojson", ".csv", ".ics")
CACHE_A_DAY = "public, max-age=86400"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked for.

    Parameters
    ----------
    audience : Audience
        Whose views answer.
    filters : Filters
        What to narrow the page to.
    showing : Showing
        How to show it.
    """

    audience: Audience
    filters: Filters
    showing: Showing

    def query(self) -> str:
        """The canonical query string."""
        return "&".join(filter(None, (self.filters.query(), self.showing.query())))


Maker = Callable[[Any, Edition, Asked], Body]


def register_views(app: Flask) -> None:
    """Put every address of the HTTP contract on the application."""
    from flask import redirect, request
    from werkzeug.wrappers import Response as AnyResponse

    from webmap.assets import app_url
    from webmap.context import CONTEXT
    from webmap.gate_views import register_gate
    from webmap.kept_shell import shell

    context: AppContext = app.extensions[CONTEXT]
    register_gate(app, context)

    @app.get("/")
    def town() -> Response:
        return _answer(context, _ask_town(context, None))

    @app.get("/<municipality>/<level>/")
    def level_list(municipality: str, level: str) -> Response:
        context.require_town(municipality)
        return _answer(context, _ask_town(context, level))

    @app.get("/<municipality>/<level>/<path:code>")
    def area(municipality: str, level: str, code: str) -> Response:
        context.require_town(municipality)
        if request.args.get("mode") == Mode.PRINT:
            from webmap.paper.asking.paper_views import print_choices

            return print_choices(context, level, code)
        suffix = next((s for s in SUFFIXES if code.endswith(s) and code != s), "")
        return _answer(
            context,
            _ask_area(context, level, code.removesuffix(suffix), suffix),
            is_page=not suffix,
        )

    @app.get("/healthz")
    def healthz() -> Response:
        from geo.questions import revision

        with context.database.connect(context.audience) as conn:
            revision(conn)
        response = app.response_class('{"ok":true}', content_type=JSON)
        response.headers["Cache-Control"] = CACHE_PRIVATE
        return response

    @app.get("/map.js")
    def map_script() -> Response:
        return _shell_file(shell().script, "text/javascript; charset=utf-8", shell().version)

    @app.get("/map.css")
    def map_style() -> Response:
        return _shell_file(shell().style, "text/css; charset=utf-8", shell().version)

    @app.get("/favicon.ico")
    def favicon() -> AnyResponse:
        return redirect(app_url("icon.svg"), code=302)

    @app.after_request
    def keep_static(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in {200, 304}:
            response.headers["Cache-Control"] = (
                CACHE_FOREVER if request.args.get("v") else CACHE_A_DAY
            )
        return response


def _answer(context: AppContext, make: Maker, *, is_page: bool = True) -> Response:
    """Send what is stored for this address, or make it, store it and send it.

    ``is_page`` tells whether the whole query string changes the answer; of a file only the style
    of its map does.
    """
    from flask import request

    asked = (
        _asked(context.audience)
        if is_page
        else Asked(context.audience, Filters(), Showing.of_data(request.args))
    )
    return answered(
        context,
        asked.audience,
        f"{request.path}?{asked.query()}",
        lambda conn, edition: make(conn, edition, asked),
    )


def _asked(served: Audience) -> Asked:
    """What the URL asks for."""
    from flask import request

    require_readable_query()
    showing = Showing.from_args(request.args)
    return Asked(showing.audience(served), Filters.from_args(request.args), showing)


def _ask_town(context: AppContext, level: str | None) -> Maker:
    def make(conn: Any, edition: Edition, asked: Asked) -> Body:
        from geo.questions import town_overview
        from webmap.pages import level_page, overview_page, render

        answer: TownAnswer = town_overview(
            conn,
            audience=asked.audience,
            medium=Medium.WEB,
            today=edition.today,
            level=level,
        )
        make_page = overview_page if level is None else level_page
        page = make_page(context.shown(answer), asked.showing)
        return Body(render(page).encode(), HTML)

    return make


def _ask_area(context: AppContext, level: str, code: str, suffix: str) -> Maker:
    def make(conn: Any, edition: Edition, asked: Asked) -> Body:
        # The page, its data and its files are the same answer, drawn differently.
        answer = map_of_area(context, conn, edition, asked.audience, level, code)
        if asked.showing.mode is Mode.HALL:
            return _draw_hall(conn, answer, asked, context.audience)
        if asked.showing.mode is Mode.WEEK:
            return _draw_week(context, answer, asked)
        return _draw(answer, suffix, asked)

    return make


def _draw(answer: MapAnswer, suffix: str, asked: Asked) -> Body:
    """One answer as page, as the script's data, or as a file to take away."""
    from webmap.calendar_feed import as_ics
    from webmap.exports import as_csv, as_geojson, download_name
    from webmap.map_data import as_json
    from webmap.pages import map_page, render

    if suffix == ".json":
        return Body(compact(as_json(answer, style=asked.showing.map_style)), JSON)
    if suffix == ".geojson":
        return Body(compact(as_geojson(answer)), GEOJSON, download_name(answer, suffix))
    if suffix == ".csv":
        return Body(as_csv(answer), CSV, download_name(answer, suffix))
    if suffix == ".ics":
        return Body(as_ics(answer), ICS, download_name(answer, suffix))
    return Body(render(map_page(answer, asked.filters, asked.showing)).encode(), HTML)


def _draw_hall(conn: Any, answer: MapAnswer, asked: Asked, served: Audience) -> Body:
    """The same answer for a wall."""
    from geo.questions import finer_areas
    from webmap.hall import hall_page
    from webmap.pages import render

    page = hall_page(
        answer,
        asked.showing,
        filters=asked.filters,
        members=finer_areas(conn, answer),
        served=served,
    )
    return Body(render(page).encode(), HTML)


def _draw_week(context: AppContext, answer: MapAnswer, asked: Asked) -> Body:
    """What is held in a week, for a notice board: what may stand on paper as well as here."""
    from geo.questions import treasure_map
    from webmap.pages import render
    from webmap.week import week_page

    with context.database.connect(asked.audience, Medium.PRINT) as conn:
        paper = treasure_map(
            conn,
            audience=asked.audience,
            medium=Medium.PRINT,
            level=answer.level.id,
            code=answer.area.code,
            today=answer.today,
        )
    on_paper = {entry.number for entry in paper.entries}
    return Body(render(week_page(answer, asked.showing, on_paper=on_paper)).encode(), HTML)


def _shell_file(text: str, content_type: str, version: str) -> Response:
    """The shell's script or style; kept forever under the address that names its version."""
    from flask import current_app, request

    tag = f'W/"{version}"'
    fresh = matches(request.headers.get("If-None-Match"), tag)
    response: Response = current_app.response_class(
        b"" if fresh else text, status=304 if fresh else 200, content_type=content_type
    )
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = (
        CACHE_FOREVER if request.args.get("v") == version else CACHE_A_DAY
    )
    return response
