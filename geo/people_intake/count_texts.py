"""The text of one cell -> how many people. Zero, not told and suppressed are three things."""

from __future__ import annotations

from geo.intake.values import is_missing, plain

_DASHES = frozenset("-－ー―—‐−")
_SUPPRESSED = frozenset({"X", "x", "*", "***"})
_MOST = 10_000_000.0


def people_count(text: str, *, dash_is_zero: bool) -> float | None:
    """How many people a cell tells; None where it tells nothing.

    Parameters
    ----------
    text : str
        As written: full-width digits, thousands commas and 人 are read.
    dash_is_zero : bool
        Whether ``-`` means nobody, as in tables of the census; else it means that nobody counted.

    Raises
    ------
    ValueError
        For anything else, and for less than nobody.
    """
    short = plain(text)
    if dash_is_zero and short in _DASHES:
        return 0.0
    if is_missing(short):
        return None
    bare = short.removesuffix("人").removesuffix("名").replace(",", "")
    if not bare.replace(".", "", 1).isdecimal():
        raise ValueError(f"not a count: {text}")
    value = float(bare)
    if value >= _MOST:
        raise ValueError(f"not a count: {text}")
    return value


def is_suppressed(text: str) -> bool:
    """True where somebody counted and does not tell, because it would be too few people."""
    return plain(text) in _SUPPRESSED
