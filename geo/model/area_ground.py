"""Where an area lies."""

from __future__ import annotations

from dataclasses import dataclass

AreaKey = tuple[str, str]
"""(level, code)."""


@dataclass(frozen=True, slots=True)
class AreaGround:
    """The outline as WKB in EPSG:4326; where nobody has drawn it, the areas it consists of."""

    outline: bytes | None
    members: tuple[AreaKey, ...]
