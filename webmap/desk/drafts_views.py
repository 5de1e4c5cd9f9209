"""``/desk/drafts``: the queue of what was said at meetings, gone through by the coordinator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from geo.errors import DatabaseError, HostileFileError, NotFoundError, OtakaraError, WordsError
from geo.model.audience import Audience, Medium
from geo.model.sticker import LONGEST_NOTE, MEETING_FILE_BYTES, StickerState, read_meeting
from geo.stickers import StickerBox, meetings_of
from webmap.assets import app_url
from webmap.desk.desk_answers import said_on_page
from webmap.desk.desk_pages import desk_frame
from webmap.desk.drafts_page import PATH, DraftsPage, as_one_line, meeting_lines
from webmap.form_token import form_token
from webmap.headers import CACHE_PRIVATE
from webmap.statuses import status_of

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.wrappers import Response as AnyResponse

    from geo.model.answers import GeoJson
    from geo.stickers import BoxReading, MeetingDrafts
    from webmap.desk.desk_answers import DeskAnswers

TAKE_PATH = f"{PATH}/take"
TOLD = "desk_told"
STYLE = "sticker_desk.css"


class Queue(NamedTuple):
    """What waits, and the outlines of the areas it is about, by level and code."""

    meetings: tuple[MeetingDrafts, ...]
    outlines: Mapping[tuple[str, str], GeoJson]


def sticker_box(desk: DeskAnswers) -> StickerBox:
    """The stickers of the town that is served."""
    return StickerBox.of(desk.context.settings, desk.context.municipality_code)


def register_drafts(app: Flask, desk: DeskAnswers) -> Callable[[], Response]:
    """The addresses under ``/desk/drafts``; returns the answer to an upload that is too large."""
    from flask import redirect, request, session

    box = sticker_box(desk)

    @app.get(PATH)
    def draft_list() -> Response:
        return show()

    @app.get(f"{PATH}.csv")
    def draft_rows() -> Response:
        from geo.stickers.list_rows import list_csv

        response = app.response_class(
            list_csv(queue(box.read()).meetings), content_type="text/csv; charset=utf-8"
        )
        response.headers["Content-Disposition"] = "attachment; filename=drafts.csv"
        response.headers["Cache-Control"] = CACHE_PRIVATE
        return response

    @app.post(TAKE_PATH)
    def take_file() -> AnyResponse:
        given = request.files.get("meeting")
        try:
            content = given.read(MEETING_FILE_BYTES + 1) if given and given.filename else b""
            if not content:
                raise WordsError(
                    "no file in the form",
                    message_ja="ファイルが選ばれていないか、空です。",
                    hint_ja="会場の画面の「ファイルに残す」で作ったファイル（.json）を選んでください。",
                )
            taken = box.take(read_meeting(content).as_stickers())
        except OtakaraError as error:
            return show(error)
        finally:
            if given is not None:
                given.close()
        session[TOLD] = taken.sentence_ja
        return redirect(PATH, code=HTTPStatus.SEE_OTHER)

    @app.post(f"{PATH}/<sticker_id>")
    def change_draft(sticker_id: str) -> AnyResponse:
        word = request.form.get("do", "")
        state = StickerState(word) if word in set(StickerState) else None
        reading = box.read()
        drafts = (draft for meeting in queue(reading).meetings for draft in meeting.drafts)
        found = next((draft for draft in drafts if draft.sticker.id == sticker_id), None)
        if found is None:
            raise NotFoundError("no such sticker", message_ja="そのふせんは、もうありません。")
        if word == "erase":
            box.erase(sticker_id)
            session[TOLD] = f"ふせん「{found.sticker.letter}」を消しました。"
            return redirect(f"{PATH}#told", code=HTTPStatus.SEE_OTHER)
        ask = as_one_line(request.form.get("ask_next", found.ask_ja))
        if found.ask is not None and ask == as_one_line(found.ask.text_ja):
            ask = ""  # what the program suggests follows the town
        note = as_one_line(request.form.get("note", found.sticker.note))
        try:
            after = box.change(sticker_id, state=state, ask_next=ask, note=note)
        except OtakaraError as error:
            return show(error)
        done = f"「{after.state.label_ja}」にしました" if state else "書いたことを残しました"
        session[TOLD] = f"ふせん「{after.letter}」：{done}。"
        return redirect(f"{PATH}#told", code=HTTPStatus.SEE_OTHER)

    def queue(reading: BoxReading) -> Queue:
        from geo.stickers.ask_next import who_to_ask
        from geo.stickers.meeting_ground import outlines_of

        stickers = reading.stickers
        try:
            with desk.context.database.connect(Audience.COORDINATOR, Medium.WEB) as conn:
                meetings = meetings_of(stickers, who_to_ask(conn, stickers))
                return Queue(meetings, outlines_of(conn, stickers))
        except DatabaseError:  # the words are there all the same
            return Queue(meetings_of(stickers), {})

    def show(error: OtakaraError | None = None, status: HTTPStatus | None = None) -> Response:
        reading = box.read()
        asked = queue(reading)
        frame = desk_frame(desk.town(), "集まりで出たふせん")
        page = DraftsPage(
            frame=replace(frame, styles=(*frame.styles, app_url(STYLE))),
            csrf=form_token(),
            url=PATH,
            waiting=sum(meeting.open_count for meeting in asked.meetings),
            meetings=meeting_lines(asked.meetings, desk.context.municipality_code, asked.outlines),
            fault=reading.fault_ja,
            longest=LONGEST_NOTE,
            most_bytes=MEETING_FILE_BYTES,
            told=session.pop(TOLD, None),
            trouble=said_on_page(error) if error else None,
        )
        return desk.page(page, status=status or (status_of(error) if error else HTTPStatus.OK))

    def refuse_upload() -> Response:
        return show(
            HostileFileError(
                "the upload is too large",
                message_ja=f"ファイルが大きすぎます（{MEETING_FILE_BYTES // 1024}KBまで）。",
                hint_ja="会場の画面の「ファイルに残す」で作ったファイル（.json）を選んでください。",
            ),
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )

    return refuse_upload
