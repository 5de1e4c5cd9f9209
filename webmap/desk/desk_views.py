"""The desk itself, and bringing its work onto the map."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from geo.errors import LoadRefusedError, OtakaraError
from geo.model.sticker import MEETING_FILE_BYTES
from webmap.desk.desk_answers import DeskAnswers, said_on_page
from webmap.desk.desk_pages import HomePage, LoadingPage, ProblemLine, desk_frame
from webmap.desk.draft_shelf import DraftShelf
from webmap.desk.drafts_page import PATH as DRAFTS_PATH
from webmap.desk.drafts_views import TAKE_PATH, register_drafts, sticker_box
from webmap.desk.list_views import MOST_UPLOAD_BYTES, register_lists
from webmap.desk.placing_views import register_placing
from webmap.desk.reloading import BusyError, is_shown, show_files
from webmap.form_token import form_token
from webmap.headers import CACHE_PRIVATE
from webmap.same_site import require_own_form, require_same_site
from webmap.statuses import status_of

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.wrappers import Response as AnyResponse

    from webmap.context import AppContext

PATH = "/desk"
DESK = "otakara_desk"
"""Where an application keeps its desk: ``app.extensions[DESK]``."""
TOLD = "desk_told"
ROOM_BYTES = 256 * 1024


def register_desk(app: Flask, context: AppContext) -> None:
    """Put the desk on an application that serves 担当者だけ."""
    from flask import redirect, request, session
    from werkzeug.exceptions import RequestEntityTooLarge

    settings = context.settings
    desk = DeskAnswers(context, DraftShelf.make())
    app.extensions[DESK] = desk

    register_placing(app, desk)
    uploads = {
        f"{PATH}/new": (MOST_UPLOAD_BYTES, register_lists(app, desk)),
        TAKE_PATH: (MEETING_FILE_BYTES, register_drafts(app, desk)),
    }

    @app.before_request
    def own_forms_only() -> Response | None:
        if request.method != "POST" or not _is_desk(request.path):
            return None
        require_same_site()
        most_bytes, refuse = uploads.get(request.path, (0, None))
        if refuse or request.path.startswith((f"{PATH}/new/", f"{DRAFTS_PATH}/")):
            # A word for each of hundreds of columns; whom to ask, in whole sentences.
            request.max_content_length = most_bytes + ROOM_BYTES
        try:
            require_own_form()
        except RequestEntityTooLarge:
            if refuse:
                return refuse()
            raise
        return None

    @app.after_request
    def nowhere_else(response: Response) -> Response:
        if _is_desk(request.path):
            response.headers["Cache-Control"] = CACHE_PRIVATE
            # Without its origin, a form sent over the office network could not be told apart.
            response.headers["Referrer-Policy"] = "same-origin"
        return response

    @app.get(PATH)
    def desk_home() -> Response:
        from geo.pinning import unplaced

        trouble, count, drafts = None, 0, 0
        try:
            drafts = sum(one.state.is_open for one in sticker_box(desk).read().stickers)
            count = len(unplaced(settings).unplaced)
        except OtakaraError as error:
            trouble = said_on_page(error)
        page = HomePage(
            frame=desk_frame(desk.town(), "一覧を用意する"),
            csrf=form_token(),
            is_shown=is_shown(settings),
            can_place=trouble is None,
            waiting=count,
            drafts=drafts,
            told=session.pop(TOLD, None),
            trouble=trouble,
        )
        return desk.page(page)

    @app.get(f"{PATH}/load")
    def desk_loading() -> Response:
        return desk.page(_loading())

    @app.post(f"{PATH}/load")
    def desk_load() -> AnyResponse:
        wants_page = (
            request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
            == "text/html"
        )
        try:
            answer = show_files(settings, desk.shelf.folder)
        except OtakaraError as error:
            status = status_of(error)
            if not wants_page:
                busy = isinstance(error, BusyError)
                status = HTTPStatus.ACCEPTED if busy else status
                return desk.json({"busy": busy, "message_ja": error.message_ja}, status=status)
            return desk.page(_loading(error), status=status)
        if not wants_page:
            return desk.json({"busy": False})
        shown = "地図に出しました。" if answer else "地図には、もう全部出ています。"
        session[TOLD] = session.get(TOLD, "") + shown
        return redirect(PATH, code=HTTPStatus.SEE_OTHER)

    def _loading(error: OtakaraError | None = None) -> LoadingPage:
        problems = error.problems if isinstance(error, LoadRefusedError) else ()
        return LoadingPage(
            frame=desk_frame(desk.town(), "地図に出す"),
            csrf=form_token(),
            heading="一覧を地図に出しています",
            next_url=PATH,
            refused=said_on_page(error) if error else None,
            problems=ProblemLine.of(problems),
        )


def _is_desk(path: str) -> bool:
    return path == PATH or path.startswith(f"{PATH}/")
