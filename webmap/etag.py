"""ETags: what a browser already has, and whether it is still what we would send."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from geo.model.audience import Audience, Medium


def entity_tag(
    body: bytes, *, audience: Audience, medium: Medium, today: date, version: str, query: str
) -> str:
    """A weak ETag over everything that decides what is shown.

    Weak, because the same answer travels compressed and plain.

    Parameters
    ----------
    body : bytes
        The answer as it is stored (compressed: a tenth to read, and equal answers are equal
        bytes); it is made from what the audience's view shows.
    audience, medium, today
        Who asked, for what, on which day.
    version : str
        :func:`template_version` of the program that drew it.
    query : str
        The canonical query string.
    """
    digest = hashlib.blake2b(digest_size=16)
    for part in (audience.word, medium.value, today.isoformat(), version, query):
        digest.update(part.encode())
        digest.update(b"\x00")
    digest.update(body)
    return f'W/"{digest.hexdigest()}"'


def template_version(folders: Iterable[Path], *extra: str) -> str:
    """A short hash of every template, script and style, so that an upgrade changes every ETag."""
    digest = hashlib.sha256()
    for text in extra:
        digest.update(text.encode() + b"\x00")
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(folder).as_posix().encode() + b"\x00")
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def matches(if_none_match: str | None, tag: str) -> bool:
    """Whether an ``If-None-Match`` header names this tag (weak comparison, RFC 9110 13.1.2)."""
    if not if_none_match:
        return False
    wanted = tag.removeprefix("W/")
    sent = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return "*" in sent or wanted in sent
