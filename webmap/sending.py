"""How a stored answer travels: compressed where that is understood, or not at all."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from webmap.byte_cache import StoredAnswer
from webmap.etag import matches

if TYPE_CHECKING:
    from flask import Response


def send(stored: StoredAnswer, cache_control: str, *, for_everybody: bool) -> Response:
    """The answer to the present request.

    Parameters
    ----------
    stored : StoredAnswer
    cache_control : str
        Who may keep it, and for how long.
    for_everybody : bool
        Whether it is the same whoever asks.
    """
    from flask import current_app, request

    response: Response
    gzip = accepts_gzip(request.headers.get("Accept-Encoding", ""))
    if matches(request.headers.get("If-None-Match"), stored.etag):
        response = current_app.response_class(status=304)
        del response.headers["Content-Type"]
    elif gzip:
        response = current_app.response_class(stored.compressed, content_type=stored.content_type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = current_app.response_class(stored.plain(), content_type=stored.content_type)
    # A strong tag names the compressed bytes, and no others.
    strong_elsewhere = not gzip and not stored.etag.startswith("W/")
    response.headers["ETag"] = f"W/{stored.etag}" if strong_elsewhere else stored.etag
    response.headers["Cache-Control"] = cache_control
    response.vary.add("Accept-Encoding")
    if not for_everybody:
        response.vary.add("Cookie")
    if stored.download_name and response.status_code == 200:
        response.headers["Content-Disposition"] = attachment(stored.download_name)
    return response


def accepts_gzip(header: str) -> bool:
    """Whether ``Accept-Encoding`` names gzip and does not refuse it."""
    for part in header.split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip().lower() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def attachment(name: str) -> str:
    """``Content-Disposition`` of a file: a header holds Latin-1, Japanese goes into ``filename*``."""
    plain = f"map{PurePath(name).suffix}"
    return f"attachment; filename={plain}; filename*=UTF-8''{quote(name, safe='')}"
