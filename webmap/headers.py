"""The headers every answer carries: nothing from outside, nothing inline, nothing remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.audience import Audience

if TYPE_CHECKING:
    from flask import Response

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

CACHE_REVALIDATE = "no-cache"
CACHE_PRIVATE = "private, no-store"
CACHE_FOREVER = "public, max-age=31536000, immutable"


def add_security_headers(response: Response) -> Response:
    """Put the policy on an answer."""
    for name, value in SECURITY_HEADERS.items():
        response.headers[name] = value
    return response


def cache_control(audience: Audience) -> str:
    """Public answers are asked for again with their ETag; all others are never kept."""
    return CACHE_REVALIDATE if audience is Audience.PUBLIC else CACHE_PRIVATE
