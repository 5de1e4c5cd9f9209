"""Whether this reader may leave stickers on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.passphrase import is_this_machine

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from webmap.passphrase import Gate

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


def takes_stickers(request: Request, gate: Gate) -> bool:
    """Whether a sticker of this request is kept.

    Behind a passphrase: of everybody who has said it. Else only from this machine, under its own
    name, and not through a proxy: behind one, everybody seems to sit at this machine.
    """
    if gate.asks:
        return True  # the gate has let the request in
    return is_this_machine(request.remote_addr, request.host) and not any(
        header in request.headers for header in _FORWARDED
    )
