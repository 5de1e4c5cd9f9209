"""One address, one answer: sent as it is kept, or made, kept and sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from geo.errors import WordsError
from geo.model.audience import Audience, Medium
from webmap.byte_cache import StoredAnswer
from webmap.edition_shelf import CacheKey, Edition
from webmap.etag import entity_tag
from webmap.headers import cache_control
from webmap.map_data import area_path
from webmap.sending import send

if TYPE_CHECKING:
    from flask import Response

    from geo.model.map_answer import MapAnswer
    from webmap.context import AppContext

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
GEOJSON = "application/geo+json; charset=utf-8"
CSV = "text/csv; charset=utf-8"
ICS = "text/calendar; charset=utf-8"
PDF = "application/pdf"
LONGEST_QUERY_BYTES = 2000


@dataclass(frozen=True, slots=True)
class Body:
    """What a view made: bytes, their type, and the name to save them under."""

    content: bytes
    content_type: str
    download_name: str | None = None


Making = Callable[[Any, Edition], Body]
"""Makes an answer with a connection of its audience, for the town as it stands."""


def answered(context: AppContext, audience: Audience, url: str, make: Making) -> Response:
    """Send what is stored for an address, or make it, store it and send it.

    Parameters
    ----------
    context : AppContext
    audience : Audience
        Whose views answer.
    url : str
        Path and canonical query of the present request.
    make : callable
    """
    from geo.questions import revision

    key = CacheKey(audience, url)
    with context.database.connect(audience, Medium.WEB) as conn:
        number, today = revision(conn)
        edition = Edition(number, today)
        stored = context.cache.get(edition, key)
        if stored is None:
            body = make(conn, edition)
            tag = partial(
                entity_tag,
                audience=audience,
                medium=Medium.WEB,
                today=today,
                version=context.version,
                query=url,
            )
            stored = StoredAnswer.of(
                body.content,
                tag=tag,
                content_type=body.content_type,
                download_name=body.download_name,
            )
            context.cache.put(edition, key, stored)
    served = context.audience
    return send(stored, cache_control(served), for_everybody=served is Audience.PUBLIC)


def require_readable_query() -> None:
    """Refuse a query that no map of ours writes.

    Raises
    ------
    WordsError
        When it is too long or holds control characters.
    """
    from flask import request

    values = [value for _, value in request.args.items(multi=True)]
    too_long = len(request.query_string) > LONGEST_QUERY_BYTES
    if too_long or any(ord(c) < 0x20 or ord(c) == 0x7F for value in values for c in value):
        raise WordsError(
            "the query string is too long or holds control characters",
            message_ja="地図をしぼり込む条件を読めませんでした。",
            hint_ja="アドレスの「?」より後ろを消して、開き直してください。",
        )


def map_of_area(
    context: AppContext, conn: Any, edition: Edition, audience: Audience, level: str, code: str
) -> MapAnswer:
    """The treasure map of an area: page, data, files and coverage draw the same answer."""
    from geo.questions import treasure_map

    key = CacheKey(audience, area_path(context.municipality_code, level, code))
    kept = context.answers.get(edition, key)
    if kept is None:
        found = treasure_map(
            conn,
            audience=audience,
            medium=Medium.WEB,
            level=level,
            code=code,
            today=edition.today,
        )
        kept = context.shown(found)
        context.answers.put(edition, key, kept)
    return kept


def compact(value: Any) -> bytes:
    """JSON as bytes: the same value gives the same bytes."""
    return msgspec.json.encode(value)
