"""The vectors that server and browser share, worked out by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from days.timetable_page import one_entry

from geo.model.audience import Status
from geo.model.map_answer import MapAnswer
from webmap.filters import Filters

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "vectors.json").read_text("utf-8")
)
QUERIES = (
    *(f"weekday={letter}" for letter in "月火水木金土日"),
    *(f"when={when}" for when in ("today", "week", "next-week")),
    "weekday=火&when=week",
    "weekday=火&when=next-week",
)
"""Every query is asked of every vector; ``held`` names those that keep the treasure."""


def answer_of(vector: dict[str, Any]) -> MapAnswer:
    """A page with that one treasure."""
    status = Status(vector.get("status", "active"))
    return one_entry(vector["text"], date.fromisoformat(vector["today"]), status)


def filters_of(query: str) -> Filters:
    """As the views read a query."""
    return Filters.from_args(parse_qs(query))
