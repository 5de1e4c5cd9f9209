"""One table: what went wrong → the HTTP status that says so."""

from __future__ import annotations

from http import HTTPStatus

from geo.errors import (
    AssetError,
    AudienceError,
    ClusterError,
    DatabaseError,
    HostileFileError,
    LoadRefusedError,
    NotFoundError,
    OtakaraError,
    SettingsError,
    TownFolderError,
    WordsError,
)
from webmap.words import to_say

STATUSES: dict[type[OtakaraError], HTTPStatus] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    WordsError: HTTPStatus.BAD_REQUEST,
    AudienceError: HTTPStatus.FORBIDDEN,
    HostileFileError: HTTPStatus.BAD_REQUEST,
    LoadRefusedError: HTTPStatus.CONFLICT,
    DatabaseError: HTTPStatus.SERVICE_UNAVAILABLE,
    ClusterError: HTTPStatus.SERVICE_UNAVAILABLE,
    AssetError: HTTPStatus.INTERNAL_SERVER_ERROR,
    SettingsError: HTTPStatus.INTERNAL_SERVER_ERROR,
    TownFolderError: HTTPStatus.INTERNAL_SERVER_ERROR,
}

PHRASES_JA: dict[HTTPStatus, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: (
        to_say("この形では、お答えできません。"),
        to_say("アドレスの「?」より後ろを消して、開き直してください。"),
    ),
    HTTPStatus.FORBIDDEN: (
        to_say("この画面は、ここからは開けません。"),
        to_say("担当の方におたずねください。"),
    ),
    HTTPStatus.NOT_FOUND: (
        to_say("お探しのページは見つかりません。"),
        to_say("町の地図から、地区をえらび直してください。"),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        to_say("この画面では、その操作はできません。"),
        to_say("町の地図から、開き直してください。"),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        to_say("送られた内容が大きすぎます。"),
        to_say("町の地図から、開き直してください。"),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        to_say("合言葉のまちがいが続いたため、少しのあいだお休みしています。"),
        to_say("1分ほど待ってから、もう一度お試しください。"),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        to_say("いまデータベースにつながりません。"),
        to_say("少し待ってから、開き直してください。続くときは、担当の方にお知らせください。"),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        to_say("申しわけありません。この画面をつくれませんでした。"),
        to_say("少し待ってから、開き直してください。続くときは、担当の方にお知らせください。"),
    ),
}
"""What a page says for a status: what happened, what to do. Never any text of a record."""


def status_of(error: OtakaraError) -> HTTPStatus:
    """The status of an error: its own class first, then the nearest parent in the table."""
    for kind in type(error).__mro__:
        if kind in STATUSES:
            return STATUSES[kind]
    return HTTPStatus.INTERNAL_SERVER_ERROR


def phrase_of(status: int) -> tuple[str, str]:
    """What happened and what to do, in Japanese, for any status."""
    try:
        known = HTTPStatus(status)
    except ValueError:
        known = HTTPStatus.INTERNAL_SERVER_ERROR
    if known in PHRASES_JA:
        return PHRASES_JA[known]
    fallback = HTTPStatus.BAD_REQUEST if 400 <= status < 500 else HTTPStatus.INTERNAL_SERVER_ERROR
    return PHRASES_JA[fallback]
