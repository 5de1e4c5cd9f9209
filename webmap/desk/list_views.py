"""New lists: handed in, looked at, taken over or left."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from http import HTTPStatus
from typing import TYPE_CHECKING

from geo.errors import LoadRefusedError, NotFoundError, OtakaraError, WordsError
from webmap.desk.desk_answers import said_on_page
from webmap.desk.desk_pages import ProblemLine, desk_frame
from webmap.desk.draft_shelf import KeptList, SheetNote
from webmap.desk.list_page import (
    NewListPage,
    PreviewPage,
    PublishPage,
    changed_columns,
    errors_of,
    layer_lines,
)
from webmap.form_token import form_token
from webmap.statuses import status_of

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.wrappers import Response as AnyResponse

    from geo.drafting import ListDraft, PublicationPlan
    from webmap.desk.desk_answers import DeskAnswers

PATH = "/desk/new"
PUBLISH_PATH = "/desk/publish"
TOLD = "desk_told"
TO_PUBLISH = "desk_to_publish"
MOST_UPLOAD_BYTES = 20 * 1024 * 1024
_MIB = 1024 * 1024
_JAPAN = timezone(timedelta(hours=9))
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_TITLE, _LONGEST_BASIS = 40, 80


def register_lists(app: Flask, desk: DeskAnswers) -> Callable[[], Response]:
    """The addresses under ``/desk/new``; returns the answer to an upload that is too large."""
    from flask import redirect, request, session

    from geo.drafting import write_draft

    @app.get(PATH)
    def new_list() -> Response:
        return ask_for_file()

    @app.post(PATH)
    def hand_in() -> AnyResponse:
        given = request.files.get("list")
        content = b""
        if given is not None:
            content = given.read(MOST_UPLOAD_BYTES + 1)
            given.close()  # a large one lies in a file without a name
        if given is None or not given.filename or not content:
            return ask_for_file(
                WordsError(
                    "no file in the form",
                    message_ja="一覧のファイルが選ばれていないか、空です。",
                    hint_ja="Excel か CSV のファイルを選んでから、「読んでみる」を押してください。",
                )
            )
        if len(content) > MOST_UPLOAD_BYTES:
            return refuse_upload()
        kept = desk.shelf.keep(content, given.filename)
        try:
            _draft(desk, kept)
        except OtakaraError as error:
            desk.shelf.drop(kept.token)
            return ask_for_file(error, kept.note.file_name)
        return redirect(f"{PATH}/{kept.token}", code=HTTPStatus.SEE_OTHER)

    @app.get(f"{PATH}/<token>")
    def preview(token: str) -> Response:
        kept = find(token)
        return show(kept, _draft(desk, kept))

    @app.post(f"{PATH}/<token>")
    def decide(token: str) -> AnyResponse:
        kept = find(token)
        if request.form.get("do") == "drop":
            desk.shelf.drop(token)
            session[TOLD] = "やめました。何も書き込んでいません。"
            return redirect("/desk", code=HTTPStatus.SEE_OTHER)
        before = _draft(desk, kept)
        changed = desk.shelf.change(kept, *_said(before, kept))
        try:
            draft = _draft(desk, changed)
            if request.form.get("do") != "use":
                return redirect(f"{PATH}/{token}", code=HTTPStatus.SEE_OTHER)
            _require_usable(draft)
            write_draft(draft)
        except OtakaraError as error:
            # What cannot be drafted is not kept: the page shows what stood before.
            desk.shelf.change(kept, kept.note.sheets, changed.note.basis)
            return show(kept, before, error)
        desk.shelf.drop(token)
        session[TOLD] = "".join(
            f"「{layer.title}」{layer.rows}件を入れました。" for layer in draft.layers
        )
        if changed.note.basis is None:
            return redirect("/desk/load", code=HTTPStatus.SEE_OTHER)
        session[TO_PUBLISH] = {
            "layers": [layer.id for layer in draft.layers],
            "basis": changed.note.basis,
        }
        return redirect(PUBLISH_PATH, code=HTTPStatus.SEE_OTHER)

    @app.get(PUBLISH_PATH)
    def ask_to_publish() -> Response:
        return show_plans(plans())

    @app.post(PUBLISH_PATH)
    def publish_lists() -> AnyResponse:
        from geo.drafting import publish

        asked = plans()
        if request.form.get("do") == "yes":
            try:
                for plan in asked:
                    publish(plan)
            except OtakaraError as error:
                return show_plans(asked, error)
            session[TOLD] = session.get(TOLD, "") + "だれでも見られるようにしました。"
        del session[TO_PUBLISH]
        return redirect("/desk/load", code=HTTPStatus.SEE_OTHER)

    def plans() -> list[PublicationPlan]:
        from geo.drafting import plan_publication

        asked = session.get(TO_PUBLISH)
        if asked is None:
            raise NotFoundError(
                "nothing to publish",
                message_ja="いま、みなさんに見せようとしている一覧はありません。",
            )
        settings = desk.context.settings
        return [
            plan_publication(settings.town, settings.realdata, layer, asked["basis"])
            for layer in asked["layers"]
        ]

    def show_plans(asked: list[PublicationPlan], error: OtakaraError | None = None) -> Response:
        page = PublishPage(
            frame=desk_frame(desk.town(), "みなさんに見せる"),
            csrf=form_token(),
            sentences=tuple(plan.sentences_ja for plan in asked),
            trouble=said_on_page(error) if error else None,
        )
        return desk.page(page, status=status_of(error) if error else HTTPStatus.OK)

    def find(token: str) -> KeptList:
        kept = desk.shelf.find(token)
        if kept is None:
            raise NotFoundError(
                "no such list on the shelf",
                message_ja="読んでみた一覧は、もうここにありません。",
                hint_ja="何も書き込んでいません。もう一度、ファイルを選んでください。",
            )
        return kept

    def ask_for_file(
        error: OtakaraError | None = None,
        file_name: str | None = None,
        status: HTTPStatus | None = None,
    ) -> Response:
        problems = error.problems if isinstance(error, LoadRefusedError) else ()
        page = NewListPage(
            frame=desk_frame(desk.town(), "新しい一覧を入れる"),
            csrf=form_token(),
            most_mib=MOST_UPLOAD_BYTES // _MIB,
            refused=said_on_page(error) if error else None,
            problems=ProblemLine.of(problems, file=file_name),
        )
        return desk.page(page, status=status or (status_of(error) if error else HTTPStatus.OK))

    def refuse_upload() -> Response:
        return ask_for_file(
            WordsError(
                "the upload is too large",
                message_ja=f"ファイルが大きすぎます（{MOST_UPLOAD_BYTES // _MIB}MBまで）。",
                hint_ja="写真などを除いた一覧だけのファイルにして、もう一度選んでください。",
            ),
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )

    def show(kept: KeptList, draft: ListDraft, error: OtakaraError | None = None) -> Response:
        problems = error.problems if isinstance(error, LoadRefusedError) else ()
        name = kept.note.file_name
        page = PreviewPage(
            frame=desk_frame(desk.town(), "新しい一覧を入れる"),
            csrf=form_token(),
            url=f"{PATH}/{kept.token}",
            file_name=name,
            ok=draft.ok,
            errors=len(errors_of(draft)),
            said=draft.said_ja,
            layers=tuple(
                layer_lines(layer, several=len(draft.layers) > 1) for layer in draft.layers
            ),
            left_out=tuple(sheet for sheet, note in kept.note.sheets.items() if not note.use),
            basis=kept.note.basis,
            refused=said_on_page(error) if error else None,
            problems=ProblemLine.of(problems, file=name),
        )
        return desk.page(page, status=status_of(error) if error else HTTPStatus.OK)

    return refuse_upload


def _draft(desk: DeskAnswers, kept: KeptList) -> ListDraft:
    """Read the list anew; writes nothing.

    Raises
    ------
    LoadRefusedError, WordsError
    """
    from geo.drafting import Choices, SheetChoices, draft_list

    settings = desk.context.settings
    sheets = {
        sheet: SheetChoices(title=note.title or None, columns=note.columns, use=note.use)
        for sheet, note in kept.note.sheets.items()
    }
    return draft_list(
        settings.town,
        settings.realdata,
        kept.path,
        file_name=kept.note.file_name,
        today=datetime.now(UTC).astimezone(_JAPAN).date(),
        choices=Choices(sheets=sheets),
    )


def _said(draft: ListDraft, kept: KeptList) -> tuple[dict[str, SheetNote], str | None]:
    """What the form of the preview says: per sheet title, columns and use; and the basis."""
    from flask import request

    form = request.form
    sheets = dict(kept.note.sheets)
    for index, layer in enumerate(draft.layers):
        sheet = layer.sheet or ""
        before = sheets.get(sheet, SheetNote())
        title = _plain(form.get(f"title-{index}", ""), _LONGEST_TITLE)
        prefix = f"c-{index}-"
        asked = {
            name.removeprefix(prefix): word
            for name, word in form.items()
            if name.startswith(prefix)
        }
        sheets[sheet] = SheetNote(
            title=title if title and title != layer.title else before.title,
            columns=changed_columns(layer, asked, before),
            use=len(draft.layers) == 1 or f"use-{index}" in form,
        )
    for sheet in form.getlist("again"):
        if sheet in sheets:
            old = sheets[sheet]
            sheets[sheet] = SheetNote(old.title, old.columns, use=True)
    basis = _plain(form.get("basis", ""), _LONGEST_BASIS)
    return sheets, (basis or None) if form.get("public") == "yes" else None


def _plain(text: str, longest: int) -> str:
    return _CONTROL.sub("", text).strip()[:longest]


def _require_usable(draft: ListDraft) -> None:
    """Refuse what would keep the whole town from loading.

    Raises
    ------
    LoadRefusedError
    """
    from flask import request

    if request.form.get("public") == "yes" and not _plain(request.form.get("basis", ""), 80):
        raise WordsError(
            "public without a basis",
            message_ja="どこで公表したか（根拠）が書いてありません。",
            hint_ja="「公表済みの冊子に掲載」のように書いてください。",
        )
    if not draft.layers:
        raise WordsError(
            "no sheet is used",
            message_ja="使うシートがありません。",
            hint_ja="使うシートに印をつけてください。",
        )
    if not draft.ok:
        problems = errors_of(draft)
        raise LoadRefusedError(
            "the list has errors",
            message_ja=f"直すところが{len(problems)}つあるので、まだ使えません。",
            hint_ja="Excel を直してから、もう一度そのファイルを選んでください。",
            problems=problems,
        )
