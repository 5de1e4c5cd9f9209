"""Text into a cell of a workbook, as text and nothing else."""

from __future__ import annotations

from typing import Any

LONGEST = 32_000
"""Excel holds 32,767 characters in a cell."""


def without_controls(text: str) -> str:
    """Text without the control characters that a workbook cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))[:LONGEST]


def put_text(cell: Any, text: str) -> None:
    """Write text so that ``= + - @`` at its head stay letters, also when the clerk edits the cell."""
    plain = without_controls(text)
    cell.value = plain
    cell.data_type = "s"
    if plain[:1] in ("=", "+", "-", "@", "\t", "\r"):
        cell.quotePrefix = True
