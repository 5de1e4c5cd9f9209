"""Words every Japanese address is made of, for the rooms that read addresses."""

from __future__ import annotations

import re

KANJI_NUMBER = "〇一二三四五六七八九十百"
"""The characters numbers in addresses are written with."""

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ｰ"), "-")
"""For ``str.translate``: every dash an address is typed with, but the long vowel mark."""

POSTAL = re.compile(r"^〒?\s*\d{3}-?\d{4}(?=\D)")
"""A postal code before an address, after NFKC and with plain hyphens."""

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100}


def kanji_number(text: str) -> int:
    """The number that kanji spell, by units (二十三) or digit by digit (二三).

    >>> kanji_number("二十三"), kanji_number("百五"), kanji_number("二三")
    (23, 105, 23)
    """
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
