"""The word that only our own pages know: a page of another site cannot say it."""

from __future__ import annotations

import hmac
import secrets

NAME = "csrf"
HEADER = "X-Otakara-Form"
"""Where a script that sends JSON says it."""


def form_token() -> str:
    """The token of this visitor's session, made when first asked for."""
    from flask import session

    if NAME not in session:
        session[NAME] = secrets.token_urlsafe(24)
    return str(session[NAME])


def is_own_form() -> bool:
    """Whether this request carries the token of this session, in its form or its header."""
    from flask import request, session

    token = str(session.get(NAME, ""))
    given = request.headers.get(HEADER) or request.form.get(NAME, "")
    return bool(token) and hmac.compare_digest(token.encode(), given.encode())
