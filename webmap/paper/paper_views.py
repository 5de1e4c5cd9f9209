"""The addresses of paper: ``….pdf`` beside an area's page, and the page of choices before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from geo.model.audience import Audience, Medium
from webmap.answering import HTML, Body, answered, map_of_area, require_readable_query
from webmap.paper.paper_choice import PaperChoice, Sheet
from webmap.paper.printing import PrintedArea, copy_number, print_area
from webmap.showing import Mode, Showing

if TYPE_CHECKING:
    from flask import Flask, Response

    from geo.model.map_answer import MapAnswer
    from webmap.context import AppContext
    from webmap.edition_shelf import Edition

PDF = "application/pdf"
PREVIEW_PIXELS = 1000
"""The longer side of the picture of a page."""
_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the URL says of a sheet; ``copy`` only of what is not for everybody."""

    choice: PaperChoice
    copy: int | None

    @classmethod
    def of_request(cls, audience: Audience) -> _Asked:
        from flask import request

        require_readable_query()
        internal = audience is not Audience.PUBLIC
        copy = copy_number(request.args.get("copy", "")) if internal else None
        return cls(PaperChoice.from_args(request.args), copy)

    def query(self) -> str:
        copy = [] if self.copy is None else [("copy", str(self.copy))]
        return urlencode([*self.choice.pairs(), *copy])


def register_paper(app: Flask, context: AppContext) -> None:
    """Put the PDF of an area beside its page."""

    @app.get("/<municipality>/<level>/<path:code>.pdf")
    def area_pdf(municipality: str, level: str, code: str) -> Response:
        from flask import request

        from webmap.exports import download_name

        context.require_town(municipality)
        asked = _Asked.of_request(context.audience)

        def make(conn: Any, edition: Edition) -> Body:
            screen = map_of_area(context, conn, edition, context.audience, level, code)
            printed = _printed(context, edition, screen, asked)
            return Body(printed.sheet.pdf(), PDF, download_name(printed.answer, _suffix(asked)))

        return answered(context, context.audience, f"{request.path}?{asked.query()}", make)


def print_choices(context: AppContext, level: str, code: str) -> Response:
    """The page on which a reader chooses what to print, with a picture of the first page."""
    from flask import request

    asked = _Asked.of_request(context.audience)
    showing = Showing.from_args(request.args)

    def make(conn: Any, edition: Edition) -> Body:
        from webmap.pages import render
        from webmap.paper.print_page import Preview, print_page

        screen = map_of_area(context, conn, edition, context.audience, level, code)
        printed = _printed(context, edition, screen, asked)
        pages = printed.sheet.pages(_preview_dpi(asked.choice))
        page = print_page(
            screen,
            asked.choice,
            showing,
            preview=Preview.of(pages, asked.choice),
            printed={entry.number for entry in printed.answer.entries},
            copy=asked.copy,
        )
        return Body(render(page).encode(), HTML)

    query = "&".join(filter(None, (f"mode={Mode.PRINT}", asked.query(), showing.kept()[1:])))
    return answered(context, context.audience, f"{request.path}?{query}", make)


def _printed(
    context: AppContext, edition: Edition, screen: MapAnswer, asked: _Asked
) -> PrintedArea:
    with context.database.connect(screen.audience, Medium.PRINT) as conn:
        return print_area(
            conn,
            audience=screen.audience,
            level=screen.level.id,
            code=screen.area.code,
            today=edition.today,
            choice=asked.choice,
            copy=asked.copy,
            screen=screen,
        )


def _suffix(asked: _Asked) -> str:
    """So that two sheets of one area are two files."""
    sheet, paper = asked.choice.sheet, asked.choice.paper
    return f"_{paper.value}.pdf" if sheet is Sheet.DISTRICT else f"_{sheet.value}_{paper.value}.pdf"


def _preview_dpi(choice: PaperChoice) -> float:
    """The same picture size for every paper."""
    return PREVIEW_PIXELS * _MM_PER_INCH / choice.paper.long_mm
