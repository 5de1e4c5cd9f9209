"""Only forms of our own pages may change anything."""

from __future__ import annotations

from urllib.parse import urlsplit

from geo.errors import AudienceError
from webmap.form_token import is_own_form


def require_same_site() -> None:
    """Refuse a request that another site sent; asked before its body is read.

    A browser says where a form comes from (``Sec-Fetch-Site``; ``Origin``, where the address is
    not this machine's). A request that says nothing of the kind was sent by no browser of today
    and still needs the token.

    Raises
    ------
    AudienceError
    """
    from flask import request

    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    strange = site is not None and site != "same-origin"
    if origin is not None:
        strange = strange or urlsplit(origin).netloc != request.host
    if strange:
        raise AudienceError(
            "a form of another site",
            message_ja="ほかの画面から送られた内容なので、受け取りませんでした。",
            hint_ja="この画面を開き直してから、もう一度お試しください。",
        )


def require_own_form() -> None:
    """Refuse a form that does not carry the token of this session.

    Raises
    ------
    AudienceError
    """
    if not is_own_form():
        raise AudienceError(
            "a form without the token of its session",
            message_ja="画面が古くなっていました。何も変えていません。",
            hint_ja="前の画面を開き直してから、もう一度お試しください。",
        )
