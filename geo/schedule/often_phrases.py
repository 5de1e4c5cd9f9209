"""How often without when: 月2〜3回, 週に1度, 年数回, 四半期に1回, 不定期, 移動販売日に合わせ."""

from __future__ import annotations

import re

from geo.schedule.numerals import NUMBER, number
from geo.schedule.pieces import Kind, phrase
from geo.schedule.schedule_parts import Count

_TIMES = rf"(?:(?:約|およそ)?(?P<low>{NUMBER})(?:回?(?:〜|[、,・]|か|ないし)(?P<high>{NUMBER}))?|(?P<several>数)|各(?P<each>{NUMBER}))[回度]"
_MORE = r"(?P<word>以上|程度|ほど|くらい|ぐらい|前後)?"
_UNIT = rf"(?:毎?(?P<unit>[週月年])|(?P<every>{NUMBER})(?P<long>[かヶケカヵ箇ｶ]月|ヵ月|週間?|年)|(?P<other>隔月|隔週|隔年|四半期|半年))"
_WORDS = {
    "不定期": "不定期", "随時": "随時", "ほぼ毎日": "ほぼ毎日", "ほとんど毎日": "ほぼ毎日",
    "隔日": "隔日", "一日おき": "隔日", "1日おき": "隔日",
}  # fmt: skip


def _count(found: re.Match[str]) -> Count | None:
    unit, every = found["unit"] or "月", 1
    if found["long"]:
        unit, every = {"週": "週", "年": "年"}.get(found["long"][0], "月"), number(found["every"])
    if found["other"]:
        unit, every = {
            "隔月": ("月", 2), "隔週": ("週", 2), "隔年": ("年", 2), "四半期": ("月", 3), "半年": ("月", 6),
        }[found["other"]]  # fmt: skip
    word = {"以上": "以上"}.get(found["word"] or "", "程度" if found["word"] else "")
    if found["several"]:
        return Count(2, 2, unit, every, "数")
    low = number(found["low"] or found["each"])
    high = number(found["high"]) if found["high"] else low
    if not 1 <= low <= high or not 1 <= every <= 12:
        return None
    return Count(low, high, unit, every, word)


OFTEN_PHRASES = (
    phrase(Kind.COUNT, rf"(?<=月)(?:に|の)?(?P<unit>)(?P<long>)(?P<other>){_TIMES}{_MORE}", _count),
    phrase(Kind.COUNT, rf"{_UNIT}(?:間|内)?(?:に|の)?{_TIMES}{_MORE}", _count),
    phrase(
        Kind.COUNT,
        r"四半期(?:ごと|毎|に一度)|3[かヶケカヵ]月(?:ごと|おき|毎)",
        lambda _: Count(1, 1, "月", 3),
    ),
    phrase(
        Kind.COUNT,
        r"(?P<n>[2-9])[かヶケカヵ]月(?:ごと|毎)",
        lambda m: Count(1, 1, "月", int(m["n"])),
    ),
    phrase(
        Kind.WORD,
        "|".join(sorted(_WORDS, key=len, reverse=True)) + r"(?:開催|に開催|実施)?",
        lambda m: next(word for said, word in _WORDS.items() if m[0].startswith(said)),
    ),
    phrase(
        Kind.ATTACHED,
        r"(?P<what>[^\s、,。()〜・]{2,16}?)(?:の日)?に(?:合わせて?|あわせて?)(?:、|,)?",
        lambda m: m["what"],
    ),
)
