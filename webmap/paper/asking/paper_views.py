"""The addresses of paper: ``….pdf`` and ``….xlsx`` beside an area's page, and the page of choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.model.audience import Medium
from webmap.answering import HTML, PDF, Body, answered, map_of_area, require_readable_query
from webmap.paper.asking.asked_sheet import AskedSheet, copy_of
from webmap.paper.asking.asked_week import week_of
from webmap.paper.paper_choice import Sheet
from webmap.paper.sheets.printing import PrintedArea, print_area, printable_area
from webmap.showing import Mode, Showing

if TYPE_CHECKING:
    from flask import Flask, Response

    from geo.model.map_answer import MapAnswer
    from webmap.context import AppContext
    from webmap.edition_shelf import Edition


def register_paper(app: Flask, context: AppContext) -> None:
    """Put PDF and Excel list of an area beside its page, and the doorstep page before it."""
    from flask import request

    from webmap.paper.asking.doorstep_views import register_doorstep

    register_doorstep(app, context)

    @app.get("/<municipality>/<level>/<path:code>.pdf")
    def area_pdf(municipality: str, level: str, code: str) -> Response:
        from webmap.exports import download_name

        context.require_town(municipality)
        asked = AskedSheet.of_request(context.audience)

        def make(conn: Any, edition: Edition) -> Body:
            screen = map_of_area(context, conn, edition, context.audience, level, code)
            printed = _printed(context, edition, screen, asked)
            return Body(printed.sheet.pdf(), PDF, download_name(printed.answer, _suffix(asked)))

        return answered(context, context.audience, f"{request.path}?{asked.query()}", make)

    @app.get("/<municipality>/<level>/<path:code>.xlsx")
    def area_book(municipality: str, level: str, code: str) -> Response:
        from webmap.exports import download_name
        from webmap.paper.sheets.list_book import MEDIA_TYPE, list_book

        context.require_town(municipality)
        require_readable_query()
        copy = copy_of(context.audience, request.args)

        def make(conn: Any, edition: Edition) -> Body:
            screen = map_of_area(context, conn, edition, context.audience, level, code)
            with context.database.connect(screen.audience, Medium.PRINT) as paper:
                answer = printable_area(
                    paper,
                    audience=screen.audience,
                    level=screen.level.id,
                    code=screen.area.code,
                    today=edition.today,
                    screen=screen,
                )
            name = download_name(answer, f"_{Sheet.LIST}.xlsx")
            return Body(list_book(answer, copy=copy), MEDIA_TYPE, name)

        return answered(context, context.audience, f"{request.path}?copy={copy}", make)


def print_choices(context: AppContext, level: str, code: str) -> Response:
    """The page on which a reader chooses what to print, with pictures of its pages."""
    from flask import request

    asked = AskedSheet.of_request(context.audience)
    showing = Showing.from_args(request.args)

    def make(conn: Any, edition: Edition) -> Body:
        from webmap.pages import render
        from webmap.paper.asking.page_preview import Preview
        from webmap.paper.asking.print_page import print_page

        screen = map_of_area(context, conn, edition, context.audience, level, code)
        printed = _printed(context, edition, screen, asked)
        page = print_page(
            screen,
            asked,
            showing,
            preview=Preview.of(printed.sheet, asked.choice.paper.long_mm),
            printed={entry.number for entry in printed.answer.entries},
        )
        return Body(render(page).encode(), HTML)

    query = "&".join(filter(None, (f"mode={Mode.PRINT}", asked.query(), showing.kept()[1:])))
    return answered(context, context.audience, f"{request.path}?{query}", make)


def _printed(
    context: AppContext, edition: Edition, screen: MapAnswer, asked: AskedSheet
) -> PrintedArea:
    week = week_of(asked.week, edition.today)
    with context.database.connect(screen.audience, Medium.PRINT) as conn:
        return print_area(
            conn,
            audience=screen.audience,
            level=screen.level.id,
            code=screen.area.code,
            today=edition.today,
            choice=asked.choice,
            copy=asked.copy,
            week=week,
            screen=screen,
        )


def _suffix(asked: AskedSheet) -> str:
    """So that two sheets of one area are two files."""
    choice = asked.choice
    kind = "" if choice.sheet is Sheet.DISTRICT else f"_{choice.sheet.value}"
    tile = "" if choice.tile is None else f"_{choice.tile.value}"
    return f"{kind}_{choice.paper.value}{tile}.pdf"
