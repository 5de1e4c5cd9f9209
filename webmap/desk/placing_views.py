"""Placing: one record after the other gets its place on the map."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import TYPE_CHECKING

from geo.errors import NotFoundError, OtakaraError, WordsError
from geo.model.audience import Medium, Placed
from geo.model.pin import PlacingState
from webmap.desk.desk_answers import said_on_page
from webmap.desk.desk_pages import LastPlaced, PlacingPage, desk_frame
from webmap.desk.placing_page import (
    PATH,
    RecordKeys,
    candidates_of,
    next_after,
    record_groups,
    record_work,
)
from webmap.desk.reloading import is_shown
from webmap.form_token import form_token
from webmap.page_frame import map_element
from webmap.statuses import status_of

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.wrappers import Response as AnyResponse

    from geo.pinning import PinAnswer, PlacingAnswer, RecordToPlace
    from webmap.desk.desk_answers import DeskAnswers

LAST = "desk_last"
TOLD = "desk_told"


def register_placing(app: Flask, desk: DeskAnswers) -> None:
    """The addresses under ``/desk/place``, and the map they work on."""
    from flask import redirect, request, session

    settings = desk.context.settings
    keys = RecordKeys(desk.context.gate.secret_key)

    @app.get(PATH)
    def place_first() -> Response:
        from geo.pinning import unplaced

        answer = unplaced(settings)
        return show(answer, next_after(answer, "", ""))

    @app.get(f"{PATH}/<layer>/<key>")
    def place_one(layer: str, key: str) -> Response:
        answer, record = find(layer, key)
        return show(answer, record)

    @app.post(f"{PATH}/<layer>/<key>")
    def put_one(layer: str, key: str) -> AnyResponse:
        from geo.pinning import set_pin

        answer, record = find(layer, key)
        placing = record.placing
        try:
            lon, lat, how = _asked_place(record)
            done = set_pin(settings, layer, placing.id, lon, lat, how=how)
        except OtakaraError as error:
            return show(answer, record, error)
        return on_to_the_next(answer, record, done)

    @app.post(f"{PATH}/<layer>/<key>/confirm")
    def confirm_one(layer: str, key: str) -> AnyResponse:
        from geo.pinning import confirm

        answer, record = find(layer, key)
        try:
            done = confirm(settings, layer, record.placing.id)
        except OtakaraError as error:
            return show(answer, record, error)
        return on_to_the_next(answer, record, done)

    @app.post(f"{PATH}/<layer>/<key>/undo")
    def undo_one(layer: str, key: str) -> AnyResponse:
        from geo.pinning import remove_pin, set_pin

        answer, record = find(layer, key)
        last = session.pop(LAST, None) or {}
        before = last.get("before") if last.get("url") == keys.url(record) else None
        try:
            if before:
                lon, lat, how = before
                set_pin(settings, layer, record.placing.id, lon, lat, how=Placed(how))
            else:
                remove_pin(settings, layer, record.placing.id)
        except OtakaraError as error:
            return show(answer, record, error)
        session[TOLD] = "元に戻しました。"
        return redirect(keys.url(record), code=HTTPStatus.SEE_OTHER)

    @app.get("/desk/map.json")
    def desk_map() -> Response:
        return desk.json(_map_data(desk))

    def find(layer: str, key: str) -> tuple[PlacingAnswer, RecordToPlace]:
        from geo.pinning import unplaced

        answer = unplaced(settings)
        record = keys.find(answer, layer, key)
        if record is None:
            raise NotFoundError(
                "no such record to place",
                message_ja="その行は、いまの一覧にはありません。",
                hint_ja="「場所を決める」から、開き直してください。",
            )
        return answer, record

    def on_to_the_next(
        answer: PlacingAnswer, record: RecordToPlace, done: PinAnswer
    ) -> AnyResponse:
        # What was asked about again is asked again after an undo: its old pin is not put back.
        before = done.before if record.placing.state is PlacingState.PLACED else None
        session[LAST] = {
            "url": keys.url(record),
            "layer": record.placing.layer,
            "key": keys.key(record.placing.layer, record.placing.id),
            "before": [before.lon, before.lat, before.how.value] if before else None,
        }
        following = next_after(answer, record.placing.layer, record.placing.id)
        return redirect(keys.url(following) if following else PATH, code=HTTPStatus.SEE_OTHER)

    def show(
        answer: PlacingAnswer, record: RecordToPlace | None, error: OtakaraError | None = None
    ) -> Response:
        last = session.pop(LAST, None) if request.method == "GET" else None
        placed = keys.find(answer, last["layer"], last["key"]) if last else None
        if last is not None:
            session[LAST] = last  # for its undo
        town = desk.town()
        shown = is_shown(settings)
        page = PlacingPage(
            frame=desk_frame(town, "場所を決める", with_map=True),
            csrf=form_token(),
            is_shown=shown,
            waiting=len(answer.unplaced),
            groups=record_groups(answer, record, keys.url),
            work=record_work(record, keys.url(record)) if record else None,
            last=LastPlaced(placed.placing.name, f"{keys.url(placed)}/undo") if placed else None,
            told=session.pop(TOLD, None),
            trouble=said_on_page(error) if error else None,
            map_html=map_element(),
        )
        return desk.page(page, status=status_of(error) if error else HTTPStatus.OK)


def _asked_place(record: RecordToPlace) -> tuple[float, float, Placed]:
    """Longitude, latitude and how, from a candidate's button or from the map.

    Raises
    ------
    WordsError
    """
    from flask import request

    chosen = request.form.get("choose") or request.form.get("candidate") or ""
    candidates = candidates_of(record)
    if chosen.isascii() and chosen.isdecimal() and int(chosen[:4]) < len(candidates):
        choice = candidates[int(chosen[:4])]
        return choice.lon, choice.lat, choice.placed
    try:
        lon, lat = (float(request.form.get(name, "")) for name in ("lon", "lat"))
    except ValueError:
        lon = lat = math.nan
    if chosen or not (math.isfinite(lon) and math.isfinite(lat)):
        raise WordsError(
            "no usable place in the form",
            message_ja="場所がわかりませんでした。何も変えていません。",
            hint_ja="地図の上で場所をえらぶか、緯度と経度を「34.86」の形で書いてください。",
        )
    return lon, lat, Placed.MAP


def _map_data(desk: DeskAnswers) -> dict[str, object]:
    """Outlines and names to find one's way by: the smallest areas the town has drawn."""
    from geo.questions import revision, town_overview
    from webmap.map_data import town_as_json

    context = desk.context
    with context.database.connect(context.audience, Medium.WEB) as conn:
        _, today = revision(conn)

        def ask(level: str | None) -> dict[str, object]:
            answer = town_overview(
                conn, audience=context.audience, medium=Medium.WEB, today=today, level=level
            )
            return town_as_json(context.shown(answer), links=False)

        whole = ask(None)
        block = desk.town().block_level
        fine = ask(block) if block else whole
    areas = fine["sub_areas"] or whole["sub_areas"]
    assert isinstance(areas, list)
    # Counts would only be in the way here.
    return {**whole, "sub_areas": [{**area, "treasures": 0} for area in areas]}
