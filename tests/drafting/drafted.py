"""What the tests of drafting say of a draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from geo.drafting import ListDraft

TODAY = date(2026, 11, 21)
Draft = Callable[..., ListDraft]


def became(draft: ListDraft, layer: int = 0) -> dict[str, str]:
    """Header -> field, or ``shown``, ``kept``, ``left_out``; columns without a text are left away."""
    return {c.header: c.field or c.becomes.value for c in draft.layers[layer].columns if c.samples}
