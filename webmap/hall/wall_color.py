"""A layer's colour, dark enough for a weak beamer in a bright room."""

from __future__ import annotations

from functools import lru_cache

from webmap.marks import mark_for, white_contrast

LEAST_CONTRAST = 7.0
"""Of white letters on it (WCAG 2, level AAA)."""
_DARKER = 0.92


@lru_cache(maxsize=256)
def wall_color(color: str) -> str:
    """The same hue, darkened step by step until white reads on it."""
    dark = mark_for("", color).color  # a colour, whatever the manifest says
    parts = [int(dark[at : at + 2], 16) for at in (1, 3, 5)]
    while white_contrast(dark) < LEAST_CONTRAST:
        parts = [int(part * _DARKER) for part in parts]
        dark = "#" + "".join(f"{part:02x}" for part in parts)
    return dark
