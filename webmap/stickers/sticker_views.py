"""``/stickers``: takes what a hall screen drops; answers with an id, and never with a sticker."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from geo.errors import AudienceError, WordsError
from geo.model.sticker import JAPAN, Key, Sticker
from geo.stickers import StickerBox
from webmap.form_token import NAME, form_token
from webmap.headers import CACHE_PRIVATE
from webmap.same_site import require_own_form, require_same_site
from webmap.stickers.sticker_door import takes_stickers

if TYPE_CHECKING:
    from flask import Flask, Response

    from webmap.context import AppContext

PATH = "/stickers"


class SentSticker(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sticker as its page sends it; words are held to :class:`geo.model.sticker.Sticker`.

    ``secret`` is known to that page only: with it, it may change the sticker or take it back.
    """

    secret: Key
    id: str
    meeting: str
    letter: str
    word: str = ""
    lon: float
    lat: float
    level: str
    code: str
    area: str


class TakenBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which sticker a page takes back, and the word that says it may."""

    id: Key
    secret: Key


Sent = TypeVar("Sent", bound=msgspec.Struct)


def register_stickers(app: Flask, context: AppContext) -> None:
    """Put the door for stickers on an application."""
    from flask import request

    box = StickerBox.of(context.settings, context.municipality_code)

    @app.get(f"{PATH}/door")
    def sticker_door() -> Response:
        takes = takes_stickers(request, context.gate)
        return answer({"takes": takes, "csrf": form_token() if takes else None})

    @app.post(PATH)
    def drop_sticker() -> Response:
        sent = _sent(context, SentSticker)
        words = msgspec.to_builtins(sent)
        secret = words.pop("secret")
        words["word"] = words["word"].strip()
        sticker = _checked({**words, "met_at": datetime.now(JAPAN)}, Sticker)
        box.put(sticker, secret)
        return answer({"id": sticker.id}, HTTPStatus.CREATED)

    @app.post(f"{PATH}/undo")
    def take_sticker_back() -> Response:
        sent = _sent(context, TakenBack)
        box.take_back(sent.id, sent.secret)
        return answer({"id": sent.id})

    def answer(value: Any, status: int = HTTPStatus.OK) -> Response:
        response: Response = app.response_class(
            msgspec.json.encode(value),
            status=int(status),
            content_type="application/json; charset=utf-8",
        )
        response.headers["Cache-Control"] = CACHE_PRIVATE
        return response


def _sent(context: AppContext, kind: type[Sent]) -> Sent:
    """What a page of ours sent, as JSON or as a form.

    Raises
    ------
    AudienceError
        From elsewhere, from another site, or without the token of its session.
    WordsError
        When it is no sticker.
    """
    from flask import request

    require_same_site()
    if not takes_stickers(request, context.gate):
        raise AudienceError(
            "a sticker from outside this machine",
            message_ja="ふせんは、動かしているパソコンの画面からだけ受け取ります。",
            hint_ja="この画面では「ファイルに残す」をお使いください。",
        )
    require_own_form()
    if request.is_json:
        try:
            return msgspec.json.decode(request.get_data(), type=kind)
        except msgspec.DecodeError as error:
            raise _no_sticker() from error
    form = {name: text for name, text in request.form.items() if name != NAME}
    return _checked(form, kind, strict=False)


def _checked(words: dict[str, Any], kind: type[Sent], *, strict: bool = True) -> Sent:
    try:
        return msgspec.convert(words, kind, strict=strict)
    except msgspec.ValidationError as error:
        raise _no_sticker() from error


def _no_sticker() -> WordsError:
    return WordsError(
        "not a sticker",
        message_ja="このふせんは、読めない形なので受け取れませんでした。",
        hint_ja="ことばは60字まで、改行なしで書いてください。",
    )
