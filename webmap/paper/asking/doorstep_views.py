"""``/doorstep/…``: the sheet for one door. Where the door is comes by POST and goes nowhere else.

The point and the name stand in no address, no log, no cookie, no cache, here and in the browser;
nothing of the request is kept when its answer is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from geo.model.audience import Medium
from webmap.answering import HTML, PDF, map_of_area, require_readable_query
from webmap.edition_shelf import Edition
from webmap.exports import download_name
from webmap.form_token import form_token
from webmap.headers import CACHE_PRIVATE
from webmap.paper.asking.asked_sheet import copy_of
from webmap.paper.asking.door_starts import DoorStart, door_named, door_point, door_starts
from webmap.paper.asking.doorstep_page import DoorAsked, doorstep_page, doorstep_path
from webmap.paper.paper_choice import Sheet
from webmap.paper.sheets.printing import printable_area
from webmap.same_site import require_own_form, require_same_site
from webmap.sending import attachment
from webmap.showing import Showing

if TYPE_CHECKING:
    from flask import Flask, Response

    from geo.model.map_answer import MapAnswer
    from webmap.context import AppContext

HERE = doorstep_path("/")


@dataclass(frozen=True, slots=True)
class _Area:
    """What one request knows of the area: on the screen, and where a walk may begin."""

    screen: MapAnswer
    starts: dict[str, tuple[DoorStart, ...]]
    edition: Edition


def register_doorstep(app: Flask, context: AppContext) -> None:
    """Put the doorstep page of every area on an application."""
    from flask import request

    address = f"{doorstep_path('/<municipality>/<level>/<path:code>')}"

    @app.after_request
    def nowhere_else(response: Response) -> Response:
        if request.path.startswith(HERE):
            response.headers["Cache-Control"] = CACHE_PRIVATE
            # Without its origin, a form sent over the office network could not be told apart.
            response.headers["Referrer-Policy"] = "same-origin"
        return response

    @app.get(address)
    def doorstep_form(municipality: str, level: str, code: str) -> Response:
        context.require_town(municipality)
        require_readable_query()
        with context.database.connect(context.audience, Medium.WEB) as conn:
            return show(_area(context, conn, level, code))

    @app.post(address)
    def doorstep_file(municipality: str, level: str, code: str) -> Response:
        require_same_site()
        require_own_form()
        context.require_town(municipality)
        require_readable_query()
        with context.database.connect(context.audience, Medium.WEB) as conn:
            area = _area(context, conn, level, code)
            asked = DoorAsked.of_form(request.form)
            start = door_named(asked.landmark, area.starts)
            if start is None and not asked.lon:
                return show(area, asked)
            pdf = _sheet(context, conn, area, asked, start)
        response: Response = app.response_class(pdf, content_type=PDF)
        response.headers["Content-Disposition"] = attachment(
            download_name(area.screen, f"_{Sheet.DOORSTEP}_{asked.choice().paper}.pdf")
        )
        return response

    def show(area: _Area, refused: DoorAsked | None = None) -> Response:
        from webmap.pages import render

        page = doorstep_page(
            area.screen,
            area.starts,
            Showing.from_args(request.args),
            csrf=form_token(),
            refused=refused,
        )
        response: Response = app.response_class(render(page), content_type=HTML)
        if refused is not None:
            response.status_code = HTTPStatus.BAD_REQUEST
        return response


def _area(context: AppContext, conn: Any, level: str, code: str) -> _Area:
    """The area as it stands; its answer may be kept, for it knows of no door."""
    from geo.questions import revision
    from geo.questions.named_places import named_places

    edition = Edition(*revision(conn))
    screen = map_of_area(context, conn, edition, context.audience, level, code)
    with context.database.connect(context.audience, Medium.PRINT) as paper:
        printable = printable_area(
            paper,
            audience=context.audience,
            level=level,
            code=code,
            today=edition.today,
            screen=screen,
        )
    places = named_places(conn, screen.bounds, screen.outline) if screen.bounds else ()
    return _Area(screen, door_starts(places, printable), edition)


def _sheet(
    context: AppContext, conn: Any, area: _Area, asked: DoorAsked, start: DoorStart | None
) -> bytes:
    """The PDF: what may be seen from there on paper as well as on a screen."""
    from geo.questions.doorstep import doorstep
    from webmap.paper.sheets.doorstep_printing import print_doorstep

    if start is None:
        point, name = door_point(asked.lon, asked.lat, area.screen), asked.name
    else:
        point, name = (start.lon, start.lat), asked.name or start.name
    audience, today, shelf = context.audience, area.edition.today, context.walking()
    screen = doorstep(conn, *point, audience=audience, today=today, shelf=shelf, medium=Medium.WEB)
    with context.database.connect(audience, Medium.PRINT) as paper:
        sheet = print_doorstep(
            paper,
            *point,
            audience=audience,
            today=today,
            choice=asked.choice(),
            name=name,
            copy=copy_of(audience, {"copy": asked.copy}),
            shelf=shelf,
            screen=screen,
        )
    return sheet.pdf()
