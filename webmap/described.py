"""Fields of page dataclasses, each with the words that explain it to who edits a template."""

from __future__ import annotations

from dataclasses import field
from typing import Any


def described(text: str, **more: Any) -> Any:
    """A dataclass field with its help text in ``metadata["help"]``."""
    return field(metadata={"help": text}, **more)
