"""An area's treasures as a calendar file (iCalendar, RFC 5545): nothing but what the page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from geo.model.answers import Entry
from geo.model.audience import Audience, Precision, Status
from geo.model.held_days import DayBook, Period
from geo.model.map_answer import MapAnswer
from geo.questions.entry_dates import told_of
from webmap.change_words import ChangeWords
from webmap.day_words import DayWords
from webmap.map_data import DECIMALS, area_path
from webmap.words import Language, words_in

if TYPE_CHECKING:
    from icalendar import Calendar, Event

    from geo.schedule import CalendarSeries, Visit

TOKYO = ZoneInfo("Asia/Tokyo")
FISCAL_YEAR_STARTS = 4
A_DAY = timedelta(days=1)
_CONTROL = dict.fromkeys([*range(0x20), 0x7F], " ")
_FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def as_ics(answer: MapAnswer) -> bytes:
    """The calendar of an area: this fiscal year and the next, by the rules of its timetables.

    A treasure has one event for each rule of its timetable, with the days that are closed or
    moved as exceptions. What is paused, and what does not say its days, is not in it: no date is
    invented, and the calendar's description says how many were left out.

    The UID of an event is made of the treasure's number and the host of the town's
    ``public_url``: it stays when hours or names change, so that a calendar which is taken in
    again changes its events and does not double them.

    Parameters
    ----------
    answer : MapAnswer
        As the audience's view gave it.

    Returns
    -------
    bytes
        UTF-8 with CRLF; the same answer gives the same bytes.
    """
    first, last = fiscal_years(answer.today)
    events = []
    left_out = 0
    for entry in answer.entries:
        found = list(_events(answer, entry, first, last))
        events += found
        left_out += not found
    calendar = _calendar(answer, left_out)
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones(first_date=first, last_date=last)
    raw: bytes = calendar.to_ical()
    return raw


def fiscal_years(today: date) -> tuple[date, date]:
    """The first day of the Japanese fiscal year of ``today`` and the last day of the next one."""
    year = today.year - (today.month < FISCAL_YEAR_STARTS)
    return date(year, FISCAL_YEAR_STARTS, 1), date(year + 2, FISCAL_YEAR_STARTS, 1) - A_DAY


def _calendar(answer: MapAnswer, left_out: int) -> Calendar:
    from icalendar import Calendar

    internal = "" if answer.audience is Audience.PUBLIC else "【内部用】"
    about = "一覧に書かれた日時から計算した予定です。お出かけの前に、たしかめてください。"
    if left_out:
        about += f"日にちの分からないものなど{left_out}件は、入っていません。"
    calendar = Calendar()
    calendar.add("prodid", "-//Otakara Map//treasure calendar//JA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(f"{internal}{answer.area.name}の{answer.town.word}"))
    calendar.add("x-wr-caldesc", about)
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    calendar.add("x-published-ttl", "P1D")
    return calendar


def _events(answer: MapAnswer, entry: Entry, first: date, last: date) -> Iterator[Event]:
    if entry.status is not Status.ACTIVE:
        return
    if entry.timing is not None:
        yield from _changed_events(answer, entry, first, last)
    elif entry.schedule:
        series, certain = _series_of(entry.schedule, first, last)
        for index, one in enumerate(series):
            yield _event(answer, entry, str(index), one, certain=certain)


def _changed_events(answer: MapAnswer, entry: Entry, first: date, last: date) -> Iterator[Event]:
    """The series as they were planned, and every occasion that is not as planned.

    A day that is off is an exception of its series; one that is moved keeps its UID and says by
    RECURRENCE-ID which day it was; one more day is an event of its own, named by its day.
    """
    from geo.schedule import CalendarSeries, planned_series, timed

    book = answer.days or DayBook(Period.around(answer.today))
    told = told_of(entry, book.followed)
    if told is None:
        return
    schedule = timed(told)
    words = ChangeWords(DayWords(words_in(Language.JAPANESE), book.period))
    place = "".join(place for _, place, _, _ in words.coming(entry, book))
    planned, apart = planned_series(schedule, first, last)

    def occasion(name: str, visit: Visit) -> Event:
        held = visit.held
        assert held is not None
        assert visit.change is not None
        alone = CalendarSeries(held.day, "", held.start, held.end, held.word, (), ())
        said = place, words.line(visit.change)
        return _event(answer, entry, name, alone, certain=schedule.certain, said=said)

    for index, (series, moved) in enumerate(planned):
        certain = schedule.certain
        yield _event(answer, entry, str(index), series, certain=certain, said=(place,))
        for visit in moved:
            assert visit.planned is not None
            event = occasion(str(index), visit)
            event.add("recurrence-id", _moment(visit.planned.day, visit.planned.start))
            yield event
    for visit in apart:
        kind, one = ("added", visit.held) if visit.planned is None else ("moved", visit.planned)
        assert one is not None
        yield occasion(f"{kind}-{one.day:%Y%m%d}", visit)


@lru_cache(maxsize=2048)
def _series_of(text: str, first: date, last: date) -> tuple[tuple[CalendarSeries, ...], bool]:
    """Many treasures share a timetable; whether its text leaves no doubt about the days."""
    from geo.schedule import parse

    schedule = parse(text)
    return schedule.calendar(first, last), schedule.certain


def _event(
    answer: MapAnswer,
    entry: Entry,
    name: str,
    series: CalendarSeries,
    *,
    certain: bool,
    said: Iterable[str] = (),
) -> Event:
    """One event; ``name`` tells it from the others of its treasure, ``said`` is told besides."""
    from icalendar import Event, vRecur

    layer = next((one for one in answer.layers if one.id == entry.layer), None)
    event = Event()
    event.add("uid", f"treasure-{entry.number}-{name}@{_host(answer)}")
    event.add("dtstamp", _stamp(layer.as_of if layer else answer.as_of))
    event.add("summary", _line(entry.name))
    event.add("dtstart", _moment(series.first, series.start))
    if series.start is not None and series.end is not None:
        over_midnight = series.end <= series.start
        event.add("dtend", _moment(series.first + A_DAY * over_midnight, series.end))
    if series.rrule:
        event.add("rrule", vRecur.from_ical(_rule(series)))
    for name, days in (("rdate", series.added), ("exdate", series.taken)):
        if days:
            event.add(name, [_moment(day, series.start) for day in days])
    if entry.venue:
        event.add("location", _line(entry.venue))
    if entry.flag is not None and entry.precision is Precision.POINT:
        flag = answer.flags[entry.flag]
        event.add("geo", (round(flag.lat, DECIMALS), round(flag.lon, DECIMALS)))
    event.add("description", _description(entry, series, said))
    if layer:
        event.add("categories", [_line(layer.title)])
    if answer.town.public_url:
        path = area_path(answer.town.code, answer.area.level, answer.area.code)
        event.add("url", f"{answer.town.public_url.rstrip('/')}{path}#t{entry.number}")
    event.add("status", "CONFIRMED" if certain else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event


def _description(entry: Entry, series: CalendarSeries, besides: Iterable[str]) -> str:
    """What the wall says too; never a telephone number or a name of a person."""
    said: Iterable[str | None] = (
        f"{entry.mark} {entry.schedule or ''}",
        *besides,
        series.word and f"時間は「{series.word}」とだけ分かっています。",
        entry.for_whom and f"対象：{entry.for_whom}",
        entry.fee and f"参加費：{entry.fee}",
        entry.newcomers and f"はじめての方：{entry.newcomers.label_ja}",
        entry.meaning,
    )
    return "\n".join(_line(part) for part in said if part)


def _rule(series: CalendarSeries) -> str:
    """The rule with an UNTIL of the same kind as its start: a moment in UTC for clock times."""
    if series.start is None:
        return series.rrule
    parts = dict(part.split("=", 1) for part in series.rrule.split(";"))
    end = datetime.combine(
        datetime.strptime(parts["UNTIL"], "%Y%m%d").date(), time(23, 59, 59), TOKYO
    )
    parts["UNTIL"] = f"{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _moment(day: date, clock: time | None) -> date | datetime:
    return day if clock is None else datetime.combine(day, clock, TOKYO)


def _stamp(as_of: date | None) -> datetime:
    """When the list was made, not when it was asked for: the same answer, the same bytes."""
    return _FIRST_DAY if as_of is None else datetime.combine(as_of, time(), UTC)


def _host(answer: MapAnswer) -> str:
    return urlsplit(answer.town.public_url or "").hostname or f"otakara-{answer.town.code}"


def _line(text: str) -> str:
    """Without control characters: iCalendar keeps only line breaks, and those are ours."""
    return text.translate(_CONTROL).strip()
