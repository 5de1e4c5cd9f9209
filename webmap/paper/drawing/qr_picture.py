"""The square that leads a telephone to the same view."""

from __future__ import annotations

import io

QUIET_MODULES = 4
"""White around it, which readers need."""


def qr_picture(address: str) -> str:
    """A QR code as SVG, with its quiet zone; one unit is one module."""
    import segno

    code = segno.make(address, error="m", micro=False)
    drawn = io.BytesIO()
    code.save(
        drawn,
        kind="svg",
        border=QUIET_MODULES,
        xmldecl=False,
        svgns=True,
        omitsize=True,
        dark="#000",
    )
    return drawn.getvalue().decode("utf-8")
