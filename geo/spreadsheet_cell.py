"""Text that a spreadsheet will not run as a formula."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """Text that a spreadsheet will not run: a leading ``= + - @``, tab or return gets a quote.

    Blanks in front, full-width signs and invisible characters do not hide a formula from Excel
    for everybody, so they are looked through.
    """
    seen = text.lstrip(" \u3000\ufeff\u200b\u200e\u200f\n")
    starts = (*FORMULA_STARTS, "\uff1d", "\uff0b", "\uff0d", "\uff20")
    dangerous = text.startswith(starts) or seen.startswith(starts)
    return f"'{text}" if dangerous else text
