"""Changed days and stops of a vehicle in words: 「11月26日(木)は休みます」「10:20〜10:50（30分）」.

The sentences about changed days stand in ``static/app/day_changes.js``, too; shared vectors in the
tests hold both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo.model.answers import Entry
from geo.model.day_change import DayChange, DayChangeKind
from geo.model.held_days import DayBook, DayFacet, Session
from geo.model.vehicle_round import VehicleRound
from webmap.day_words import DayWords

A_DAY_MIN = 24 * 60

RoundLine = tuple[str, str, str]
"""Name of a stop, its hours, and a word where it is the treasure itself."""
Coming = tuple[str, str, str, tuple[RoundLine, ...]]
"""Hours, place on the route, title of the round, its stops."""


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """Changed days and stops in the words of one language."""

    speak: DayWords

    def news(self, facet: DayFacet) -> tuple[str, ...]:
        """Every change that is not over yet, in the order of its days."""
        return tuple(map(self.line, facet.news_from(self.speak.period.today)))

    def line(self, change: DayChange) -> str:
        """「11月26日(木)の分は27日(金)に移ります（祭りのため）」."""
        say, day = self.speak.words.say, self.speak.day_of_week(change.day)
        if change.kind is DayChangeKind.OFF:
            line = say("%(day)sは休みます", day=day)
        elif change.kind is DayChangeKind.ADDED:
            line = say("%(day)sにも開きます", day=self._with_hours(day, change))
        elif change.to is None or change.to == change.day:
            line = say("%(day)sは%(hours)sに変わります", day=day, hours=self._new_hours(change))
        else:
            line = say(
                "%(day)sの分は%(to)sに移ります",
                day=day,
                to=self._with_hours(self._to(change), change),
            )
        return (
            say("%(line)s（%(reason)s）", line=line, reason=change.reason)
            if change.reason
            else line
        )

    def _to(self, change: DayChange) -> str:
        """27日(金) within the same month."""
        to = change.to
        assert to is not None
        if (to.year, to.month) != (change.day.year, change.day.month):
            return self.speak.day_of_week(to)
        return self.speak.day_in_month(to)

    def _with_hours(self, day: str, change: DayChange) -> str:
        hours = self._new_hours(change)
        return f"{day} {hours}" if hours else day

    def _new_hours(self, change: DayChange) -> str:
        return self.hours(Session(change.start_min, change.end_min))

    def hours(self, session: Session) -> str:
        """10:20〜10:50; 10時20分から; 午前; empty where nobody says."""
        start, end = session.start_min, session.end_min
        if start is None or end is None:
            return self.speak.time_of(start, session.word)
        return self.speak.words.say("%(start)s〜%(end)s", start=_clock(start), end=_clock(end))

    def coming(self, entry: Entry, book: DayBook) -> tuple[Coming, ...]:
        """What is told of a stop: one, or none where the treasure is no stop."""
        facet = book.of(entry.number)
        timing = entry.timing
        if facet is None or timing is None or (timing.arrive_min is None and not timing.vehicle):
            return ()
        index = book.round_of.get(entry.number)
        one = None if index is None else book.rounds[index]
        title, stops = "", tuple[RoundLine, ...]()
        if one is not None:
            title = self.speak.words.say(
                "この車のまわり方（%(day)s）", day=self.speak.day_of_week(one.day)
            )
            stops = self._round(one, entry.number)
        return ((self._stay(facet), self._place(timing.vehicle, one, entry.number), title, stops),)

    def _stay(self, facet: DayFacet) -> str:
        """10:20〜10:50（30分）, on the next day it comes."""
        held = facet.next_from(self.speak.period.today)
        if held is None:
            return ""
        hours = self.hours(held.sessions[0])
        if held.start_min is None or held.end_min is None:
            return hours
        minutes = (held.end_min - held.start_min) % A_DAY_MIN
        return self.speak.words.say("%(hours)s（%(minutes)s分）", hours=hours, minutes=minutes)

    def _place(self, vehicle: str | None, one: VehicleRound | None, number: int) -> str:
        """かもめ号・2番目の停留所, counted among the stops that are told."""
        place = None if one is None else one.place_of(number)
        if place is None:
            return vehicle or ""
        said = self.speak.words.say("%(place)s番目の停留所", place=place)
        return self.speak.words.say("%(vehicle)s・%(stop)s", vehicle=vehicle or "", stop=said)

    def _round(self, one: VehicleRound, number: int) -> tuple[RoundLine, ...]:
        here = self.speak.words.say("ここ")
        return tuple(
            (
                stop.name,
                self.hours(Session(stop.start_min, stop.end_min)),
                here if stop.number == number else "",
            )
            for stop in one.stops
        )


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
