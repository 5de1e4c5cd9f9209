"""The bar of weekdays: seven lines and one for any day, each with its number in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from geo.model.coverage_answer import AreaCoverage
from geo.model.coverage_map import ANY_DAY
from webmap.coverage.coverage_asked import CoverageAsked
from webmap.coverage.coverage_words import DAYS, CoverageWords, Told, thousands
from webmap.day_words import WEEKDAYS
from webmap.described import described
from webmap.view_links import address

FULL = 1000
"""A bar as long as everybody who lives in the area."""
_NUMBER = re.compile(r"(約?[0-9][0-9,.]*(?:歳以上|人みなさん|人|分以内|m以内|km)?)")


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line of the bar, and what the page says when it is chosen."""

    key: str = described("any, or 0 (月) to 6 (日)")
    label: str = described("月曜; どの曜日でも")
    shaded: str = described("What the map is shaded by: （月曜日）")
    url: str = described("The page with this day chosen")
    chosen: bool = described("Whether the page speaks of it now")
    figure: str = described("410人; まだ見つかっていません")
    more: str = described("月に何回かも入れて470人; empty where there is none")
    every: int = described("Length of the bar, 0 to FULL")
    some: int = described("The same with what is held in some weeks; at least `every`")
    is_number: bool = described("Whether the figure is one")
    opening: tuple[tuple[str, bool], ...] = described(
        "The sentence that opens the talk, in pieces: those that are numbers are not torn apart"
    )
    missing: str = described("The sentence that asks for what has not been found; may be empty")


def day_lines(
    area: AreaCoverage,
    told: Mapping[str, Told],
    words: CoverageWords,
    asked: CoverageAsked,
    path: str,
) -> tuple[DayLine, ...]:
    """The lines from Monday to Sunday, and last that of any day.

    Parameters
    ----------
    area : AreaCoverage
    told : Mapping of str to Told
        From :func:`told_by_day`.
    words : CoverageWords
    asked : CoverageAsked
        What the lines' addresses keep.
    path : str
        Of the page.
    """
    chosen = chosen_day(told, asked.weekday)
    any_day = words.words.say("どの曜日でも")

    def line(key: str) -> DayLine:
        one = told[key]
        weekday = one.weekday
        number = one.covered
        some = one.some or 0
        is_more = some > (number or 0)
        return DayLine(
            key=key,
            label=any_day if weekday is None else words.words.say(WEEKDAYS[weekday]),
            shaded=_shaded(any_day if weekday is None else words.day(weekday), one, words),
            url=address(path, replace(asked, weekday=weekday).query()),
            chosen=key == chosen,
            figure=figure_said(area.figure.people, one, words),
            more=words.words.say("月に何回かの場もいれると %(some)s人", some=thousands(some))
            if is_more
            else "",
            every=_length(number, area.figure.people),
            some=_length(max(some, number or 0), area.figure.people),
            is_number=bool(number),
            opening=pieces(words.opening(area.figure, one)),
            missing=words.missing(told, key),
        )

    return tuple(line(key) for key in (*DAYS[1:], ANY_DAY) if key in told)


def chosen_day(told: Mapping[str, Told], asked: int | None) -> str:
    """The day a page speaks of: the one that was asked for, else the one with the most to tell."""
    if asked is not None and str(asked) in told:
        return str(asked)
    known = [key for key in DAYS[1:] if key in told and told[key].seen]
    best = max(known, key=lambda key: _weight(told[key]), default=None)
    return ANY_DAY if best is None or not _weight(told[best]) else best


def _weight(one: Told) -> float:
    """A figure that is not told is not nothing."""
    return 0.5 if one.covered is None else one.covered


def figure_said(people: int | None, one: Told, words: CoverageWords) -> str:
    """A figure in a line: a number, or why there is none."""
    say = words.words.say
    if not one.seen:
        return say("まだ見つかっていません")
    if people is None:
        return say("見つかっています")
    if one.covered is None:
        return say("数は出しません")
    if one.covered == 0:
        if one.only_in_some_weeks:
            return say("毎週の場は、まだ")
        return say("%(limit)sには、まだ", limit=words.brief(words.limit))
    return say("%(people)s人", people=thousands(one.covered))


def _shaded(day: str, one: Told, words: CoverageWords) -> str:
    """Which places the streets of the map are shaded by."""
    if one.only_in_some_weeks:
        return words.words.say("（%(day)s、月に何回かの場もいれて）", day=day)
    return words.words.say("（%(day)s）", day=day)


def pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """A sentence in pieces, each with whether it is a number with its unit."""
    return tuple((one, i % 2 == 1) for i, one in enumerate(_NUMBER.split(text)) if one)


def _length(number: int | None, people: int | None) -> int:
    """Of a bar; none where there is nothing to draw."""
    if not number or not people:
        return 0
    return max(1, round(FULL * number / people))
