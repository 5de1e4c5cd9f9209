"""Days in words: 「次は 11月26日(木) 10時から」「11月〜3月だけ」「11月16日〜22日」.

The same sentences stand in ``static/app/days.js``; shared vectors in the tests hold both sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from geo.model.held_days import DayFacet, HeldDay, Period, Season
from webmap.day_filter import DayFilter, When
from webmap.words import Language, Words, to_say

LETTERS = (
    to_say("月"),
    to_say("火"),
    to_say("水"),
    to_say("木"),
    to_say("金"),
    to_say("土"),
    to_say("日"),
)
WEEKDAYS = (
    to_say("月曜"),
    to_say("火曜"),
    to_say("水曜"),
    to_say("木曜"),
    to_say("金曜"),
    to_say("土曜"),
    to_say("日曜"),
)
MONTHS = (
    to_say("1月"),
    to_say("2月"),
    to_say("3月"),
    to_say("4月"),
    to_say("5月"),
    to_say("6月"),
    to_say("7月"),
    to_say("8月"),
    to_say("9月"),
    to_say("10月"),
    to_say("11月"),
    to_say("12月"),
)
PARTS_OF_DAY = (
    to_say("午前"),
    to_say("午後"),
    to_say("朝"),
    to_say("昼"),
    to_say("夕方"),
    to_say("夜"),
)


@dataclass(frozen=True, slots=True)
class DayWords:
    """Days in the words of one language.

    Parameters
    ----------
    words : Words
        Of that language.
    period : Period
        The days spoken of.
    """

    words: Words
    period: Period

    def next_line(self, facet: DayFacet) -> str:
        """When it is held next; where nobody can tell, whom to ask."""
        found = facet.next_from(self.period.today)
        if found is None:
            return self.words.say("日にちは、お問い合わせください")
        when = self._when(found, with_year=found is facet.later)
        line = (
            self.words.say("今日 %(when)s", when=when)
            if found.day == self.period.today
            else self.words.say("次は %(when)s", when=when)
        )
        return (
            line if found.certain else self.words.say("%(line)s（変わることがあります）", line=line)
        )

    def season_line(self, season: Season | None) -> str | None:
        """The only part of the year in which it is held; None for all of it."""
        if season is None:
            return None
        ends = [self.words.say(MONTHS[month - 1]) for month in season.months]
        if len(ends) > 1 and self.words.language is not Language.JAPANESE:
            return self.words.say("%(first)sから%(last)sまでだけ", first=ends[0], last=ends[-1])
        return self.words.say("%(season)sだけ", season=ends[0] if len(ends) == 1 else season.text)

    def asked_line(self, facet: DayFacet, asked: DayFilter) -> str | None:
        """Why it is in a list narrowed to days: on which of the week, or that not every week."""
        said = [self._days_of_week(facet, asked), *self._not_every_week(facet, asked.weekdays)]
        return " ".join(filter(None, said)) or None

    def _days_of_week(self, facet: DayFacet, asked: DayFilter) -> str:
        if asked.when in (None, When.TODAY):
            return ""
        held = list(asked.held(facet, self.period))
        if not held or held == [facet.next_from(self.period.today)]:
            return ""  # the line above says it
        days = (
            self.words.say("毎日")
            if len(held) == len(LETTERS)
            else self.words.say("・").join(self.day_in_month(one.day) for one in held)
        )
        if asked.when is When.WEEK:
            return self.words.say("今週は %(days)s。", days=days)
        return self.words.say("来週は %(days)s。", days=days)

    def _not_every_week(self, facet: DayFacet, weekdays: Collection[int]) -> Iterator[str]:
        ahead = facet.between(self.period.today, self.period.last)
        times = Counter(held.day.weekday() for held in ahead)
        for weekday in sorted(set(weekdays).difference(facet.every)):
            if times[weekday]:
                yield self.words.say_count(
                    "%(weekday)sは毎週ではなく、%(last)sまでに%(count)s回です。",
                    times[weekday],
                    weekday=self.weekday(weekday),
                    last=self.day(self.period.last),
                )

    def when(self, when: When) -> str:
        """来週（11月23日〜29日）."""
        dates = self.dates(when)
        if when is When.TODAY:
            return self.words.say("今日（%(dates)s）", dates=dates)
        if when is When.WEEK:
            return self.words.say("今週（%(dates)s）", dates=dates)
        return self.words.say("来週（%(dates)s）", dates=dates)

    def dates(self, when: When) -> str:
        """11月21日(土); 11月16日〜22日."""
        first, last = when.days(self.period)
        return self.day_of_week(first) if first == last else self.span(first, last)

    def weekday(self, weekday: int) -> str:
        """火曜."""
        return self.words.say(WEEKDAYS[weekday])

    def day(self, day: date) -> str:
        """11月26日."""
        return _day(self.words, day)

    def day_of_week(self, day: date) -> str:
        """11月26日(木)."""
        return _day_of_week(self.words, day)

    def day_in_month(self, day: date) -> str:
        """26日(木), where the month is known."""
        weekday = self.words.say(LETTERS[day.weekday()])
        return self.words.say("%(day)s日(%(weekday)s)", day=day.day, weekday=weekday)

    def span(self, first: date, last: date) -> str:
        """11月16日〜22日; 11月30日〜12月6日."""
        if (first.year, first.month) == (last.year, last.month):
            return self.words.say(
                "%(month)s%(first)s日〜%(last)s日",
                month=self.words.say(MONTHS[first.month - 1]),
                first=first.day,
                last=last.day,
            )
        return self.words.say("%(first)s〜%(last)s", first=self.day(first), last=self.day(last))

    def time(self, held: HeldDay) -> str:
        """10時から; 午前; empty where the text does not say."""
        return self.time_of(held.start_min, held.word)

    def time_of(self, start_min: int | None, word: str) -> str:
        """The same of a time alone."""
        return _time(self.words, start_min, word)

    def _when(self, held: HeldDay, *, with_year: bool) -> str:
        day = self.day_of_week(held.day)
        if with_year and held.day.year != self.period.today.year:
            day = self.words.say("%(year)s年%(date)s", year=held.day.year, date=day)
        time = self.time(held)
        return f"{day} {time}" if time else day


@lru_cache(maxsize=1024)
def _day(words: Words, day: date) -> str:
    """A page says the days of a few weeks again and again."""
    return words.say("%(month)s%(day)s日", month=words.say(MONTHS[day.month - 1]), day=day.day)


@lru_cache(maxsize=1024)
def _day_of_week(words: Words, day: date) -> str:
    weekday = words.say(LETTERS[day.weekday()])
    return words.say("%(date)s(%(weekday)s)", date=_day(words, day), weekday=weekday)


@lru_cache(maxsize=2048)
def _time(words: Words, start_min: int | None, word: str) -> str:
    """10時から; 午前; empty where the text does not say."""
    if start_min is None:
        return words.say(word) if word else ""
    hour, minute = divmod(start_min, 60)
    if minute:
        return words.say("%(hour)s時%(minute)s分から", hour=hour, minute=f"{minute:02}")
    return words.say("%(hour)s時から", hour=hour)
