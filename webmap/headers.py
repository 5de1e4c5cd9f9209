"""The headers every answer carries: nothing from outside, nothing inline, nothing remembered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from geo.model.audience import Audience
from webmap.outside_layer import OutsideLayer

if TYPE_CHECKING:
    from flask import Response

_OWN_PICTURES = "img-src 'self' data:"
CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self'; {_OWN_PICTURES}; "
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


def security_headers(outside: OutsideLayer | None) -> Mapping[str, str]:
    """The policy of an application; with pictures from one host where a town has switched it on."""
    if outside is None:
        return SECURITY_HEADERS
    pictures = f"{_OWN_PICTURES} {outside.host}"
    widened = {"Content-Security-Policy": CONTENT_SECURITY_POLICY.replace(_OWN_PICTURES, pictures)}
    if outside.names_us:
        widened["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return {**SECURITY_HEADERS, **widened}


def add_headers(response: Response, headers: Mapping[str, str]) -> Response:
    """Put a policy on an answer."""
    for name, value in headers.items():
        response.headers[name] = value
    return response


def cache_control(audience: Audience) -> str:
    """Public answers are asked for again with their ETag; all others are never kept."""
    return CACHE_REVALIDATE if audience is Audience.PUBLIC else CACHE_PRIVATE
