"""From a town folder to its database: compare, guard, write, derive.

What a load needs (frames, shapes, files) is imported when `load_town` is first asked for;
`is_loaded` does without.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.loading.freshness import is_loaded
    from geo.loading.town_load import load_reading, load_town

__all__ = ["is_loaded", "load_reading", "load_town"]

_HOMES = {
    "is_loaded": "geo.loading.freshness",
    "load_reading": "geo.loading.town_load",
    "load_town": "geo.loading.town_load",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
