"""Whether a schedule says when it begins but not when it ends: 「第2・4木 10時〜」."""

from __future__ import annotations

import re
import unicodedata

_CLOCK = r"(?:\d{1,2}:\d{2}|\d{1,2}時(?:半|\d{1,2}分)?|正午)"
_OPEN = re.compile(
    rf"{_CLOCK}(?:[〜~]|から)"
    # Digits, and words that stand for a time, end it; so does a length (10時〜2時間).
    r"(?!約?\d|午前|午後|正午|朝|昼|夕|夜|晩|日没|日暮|閉館|終日|AM|PM|am|pm)"
)
_SAID_OPEN = re.compile(r"なくなり次第|売り?切れ|終わるまで|終了まで|随時|いつでも")


def has_open_end(text: str) -> bool:
    """Whether a time of day begins a span that nothing ends.

    >>> has_open_end("第2・4木 10時〜")
    True
    >>> has_open_end("毎週火曜 10:00〜12:00")
    False
    >>> has_open_end("11月〜3月 第3日曜 10時から 1時間半")
    False
    """
    short = "".join(unicodedata.normalize("NFKC", text).split())
    short = short.replace("~", "〜").replace("～", "〜")
    return _OPEN.search(short) is not None and _SAID_OPEN.search(short) is None
