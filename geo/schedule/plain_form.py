"""A text in the form it is read in, every character knowing where it stood in the writing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DASHES = dict.fromkeys("~～〜-‐‑‒–—―−ー－", "〜")
_BLANK = re.compile(r"[ \t　]")
_LISTED = "①②③④⑤⑥⑦⑧⑨"
"""At the head of a sentence they number it."""
_UNITS = "月日時分回週年"
_WEEKDAY_ENDS = tuple("月火水木金土日曜")
_AFTER_DASH = "午正夕夜朝昼翌約令"


@dataclass(frozen=True, slots=True)
class PlainForm:
    """``plain`` is half-width with one dash; ``at[i]`` is where its i-th character was written."""

    written: str
    plain: str
    at: tuple[int, ...]

    def written_between(self, start: int, end: int) -> str:
        """What was written for ``plain[start:end]``, blanks and line breaks made single."""
        if start >= end:
            return ""
        return " ".join(self.written[self.at[start] : self.at[end - 1] + 1].split())


def plain_form(written: str) -> PlainForm:
    """NFKC character by character, dashes made one, blanks beside dashes and units left out."""
    pairs: list[tuple[str, int]] = []
    for index, character in enumerate(written):
        for one in unicodedata.normalize("NFKC", character):
            listed = character in _LISTED and (not pairs or pairs[-1][0] in "\n 、,")
            kept = "\n" if one in "\r\n" or listed else " " if _BLANK.match(one) else one
            pairs.append((_dash(kept, pairs), index))
    kept_pairs: list[tuple[str, int]] = []
    for place, (character, index) in enumerate(pairs):
        if character == " " and _is_idle(pairs, place, kept_pairs):
            continue
        kept_pairs.append((character, index))
    return PlainForm(
        written, "".join(c for c, _ in kept_pairs), tuple(index for _, index in kept_pairs)
    )


def _dash(character: str, before: list[tuple[str, int]]) -> str:
    # ー lengthens a kana (サークル); elsewhere it stands for a dash.
    if character == "ー" and before and "ァ" <= before[-1][0] <= "ヿ":
        return character
    return _DASHES.get(character, character)


def _is_idle(pairs: list[tuple[str, int]], place: int, kept: list[tuple[str, int]]) -> bool:
    before = "".join(character for character, _ in kept[-3:]) or "\n"
    behind = "".join(character for character, _ in pairs[place + 1 :] if character != " ") or "\n"
    last, after = before[-1], behind[0]
    if last in " \n第・:" or after in "\n・:〜":
        return True
    if last == "〜":  # 「10:00〜 12:00」 is one span, 「10:00〜 定休日」 is none
        weekdays = before[-2:-1] in _WEEKDAY_ENDS and after in _WEEKDAY_ENDS
        return after.isdigit() or after in _AFTER_DASH or weekdays
    # 「12 時」, but not 「18:00 月曜」.
    return last.isdigit() and ":" not in before and after in _UNITS and behind[1:2] != "曜"
