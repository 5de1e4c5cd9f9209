"""The national holidays in the words of a page."""

from __future__ import annotations

from datetime import date

from webmap.words import Words, to_say

HOLIDAYS = (
    to_say("元日"),
    to_say("成人の日"),
    to_say("建国記念の日"),
    to_say("天皇誕生日"),
    to_say("春分の日"),
    to_say("昭和の日"),
    to_say("憲法記念日"),
    to_say("みどりの日"),
    to_say("こどもの日"),
    to_say("海の日"),
    to_say("山の日"),
    to_say("敬老の日"),
    to_say("秋分の日"),
    to_say("スポーツの日"),
    to_say("文化の日"),
    to_say("勤労感謝の日"),
    to_say("国民の休日"),
)
"""Those of the law as it stands; one that comes only once is said in Japanese."""


def holiday_words(day: date, words: Words) -> str:
    """「勤労感謝の日」「元日 振替休日」; empty on other days."""
    from geo.schedule.holiday_calendar import holiday_name

    name, _, instead = holiday_name(day).partition(" ")
    if not name:
        return ""
    said = words.say(name)
    return words.say("%(holiday)s 振替休日", holiday=said) if instead else said
