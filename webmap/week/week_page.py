"""The page of a week: seven days, each with what is held on it, and what has no day."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from geo.model.answers import Entry
from geo.model.audience import Status
from geo.model.held_days import DayBook, Period, Session
from geo.model.map_answer import MapAnswer
from webmap.assets import app_url
from webmap.change_words import ChangeWords
from webmap.day_words import PARTS_OF_DAY, DayWords
from webmap.described import described
from webmap.entry_cards import LayerGroup
from webmap.map_data import area_path
from webmap.marks import FALLBACK_COLOR, Mark, mark_for
from webmap.page_frame import Frame
from webmap.showing import NEXT_WEEK, Mode, Showing
from webmap.template_engine import with_reading
from webmap.town_frame import as_of_words, town_frame
from webmap.view_links import view_links
from webmap.week.holiday_words import holiday_words
from webmap.week.week_news import news_of_days
from webmap.words import Words, words_in

A_WEEK = timedelta(days=7)
SUNDAY = 6
_ABOUT_MIN = dict(
    zip(PARTS_OF_DAY, (9 * 60, 13 * 60, 6 * 60, 12 * 60, 16 * 60, 18 * 60), strict=True)
)
"""Where a part of the day stands among the clock times, in minutes after midnight."""
_END_OF_DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A treasure in one line of the sheet."""

    mark: Mark = described("The flag as the map and the list show it")
    name: str = described("Its name; in large type markup with readings")
    when: str = described("10:00〜12:00, or its timetable as written; empty where nobody wrote it")
    venue: str | None = described("Where, where the list says so")
    certain: bool = described("False where the day may change", default=True)
    stop: str = described("かもめ号・2番目の停留所, where a vehicle comes", default="")
    news: str = described("What was changed about this day: 11月26日(木)の分です", default="")
    off: bool = described("Not held on this day although it would be", default=False)


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day of the week."""

    iso: str = described("2026-11-23, for the machine")
    date: str = described("11月23日(月)")
    holiday: str = described("勤労感謝の日; empty on other days")
    off: bool = described("Sunday or holiday")
    today: bool = described("Whether it is the day the page is made for")
    entries: tuple[SheetEntry, ...] = described("By the time they begin, those without one last")


@dataclass(frozen=True, slots=True)
class WeekLink:
    """Another week of the same area."""

    label: str = described("前の週, 今週, 次の週")
    dates: str = described("11月23日〜29日")
    url: str = described("Its address")


@dataclass(frozen=True, slots=True)
class WeekPage:
    """One area from Monday to Sunday, on paper and on screens."""

    template: ClassVar[str] = "week.html"
    frame: Frame = described("Surroundings")
    heading: str = described("Name of the area")
    kana: str | None = described("How the name is read")
    level_title: str = described("What kind of area this is")
    dates: str = described("2026年11月16日〜22日")
    days: tuple[SheetDay, ...] = described("Monday to Sunday")
    held: int = described("Treasures that are held on one of these days")
    undated: tuple[SheetEntry, ...] = described("Held, on days that nobody has written down")
    resting: tuple[SheetEntry, ...] = described("おやすみ中")
    other_weeks: int = described("Treasures whose days are known and lie in other weeks")
    unprinted: int = described("Treasures of the map that may not stand on paper")
    kinds: tuple[LayerGroup, ...] = described("What the signs on the flags mean")
    as_of: str | None = described("2026年3月31日現在")
    map_url: str = described("The treasure map of the area")
    weeks: tuple[WeekLink, ...] = described("The week before, this one, the week after")


def week_page(
    answer: MapAnswer,
    showing: Showing | None = None,
    *,
    on_paper: Collection[int] | None = None,
) -> WeekPage:
    """The week sheet of an area.

    Parameters
    ----------
    answer : MapAnswer
        From ``geo.questions.treasure_map``.
    showing : Showing, optional
        From the URL: the week, language and size of type.
    on_paper : Collection[int], optional
        Numbers of the treasures that may stand on paper: a sheet hangs on a board. None: all.
    """
    asked = replace(showing or Showing(), mode=Mode.WEEK)
    words = words_in(asked.language)
    book = answer.days or DayBook(Period.around(answer.today))
    speak = DayWords(words, book.period)
    monday = _monday(asked.week, book.period)
    path = area_path(answer.town.code, answer.area.level, answer.area.code)
    entries = [e for e in answer.entries if on_paper is None or e.number in on_paper]
    book = _without_hidden_stops(book, entries, on_paper)
    active = [entry for entry in entries if entry.status is Status.ACTIVE]
    line = _Lines(answer, large=asked.large)
    days = _days(active, book, monday, line, speak)
    facets = {e.number: facet for e in active if (facet := book.of(e.number)) and facet.dated}
    sunday = monday + timedelta(days=SUNDAY)
    held = sum(any(True for _ in f.between(monday, sunday)) for f in facets.values())
    shown = {entry.layer for entry in entries}
    return WeekPage(
        frame=_frame(answer, asked, words, path),
        heading=answer.area.name,
        kana=answer.area.kana,
        level_title=answer.level.title,
        dates=words.say("%(year)s年%(date)s", year=monday.year, date=_span(speak, monday)),
        days=days,
        held=held,
        undated=tuple(line.written(e) for e in active if e.number not in facets),
        resting=tuple(line.written(e) for e in entries if e.status is Status.PAUSED),
        other_weeks=len(facets) - held,
        unprinted=len(answer.entries) - len(entries),
        kinds=tuple(LayerGroup.of(layer) for layer in answer.layers if layer.id in shown),
        as_of=as_of_words(answer.as_of, words),
        map_url=path + asked.kept(),
        weeks=tuple(_weeks(asked, monday, speak, path)),
    )


def _without_hidden_stops(
    book: DayBook, entries: Iterable[Entry], on_paper: Collection[int] | None
) -> DayBook:
    """Whose days are those of a treasure that may not stand on paper has none there."""
    if on_paper is None:
        return book
    hidden = {
        entry.number
        for entry in entries
        if entry.timing is not None and entry.timing.follows not in (None, *on_paper)
    }
    kept = {number: index for number, index in book.facet_of.items() if number not in hidden}
    return replace(book, facet_of=kept) if hidden else book


def _monday(week: str, period: Period) -> date:
    """The Monday of the week that is asked for; of this one where its days are not known."""
    if week == NEXT_WEEK:
        return period.first + A_WEEK
    asked = date.fromisoformat(week) if week else period.first
    return asked if period.first <= asked <= period.last else period.first


class _Lines:
    """Entries as the sheet shows them."""

    def __init__(self, answer: MapAnswer, *, large: bool) -> None:
        self._colors = {layer.id: layer.color for layer in answer.layers}
        self._flags = answer.flags
        self._large = large

    def of(self, entry: Entry, when: str) -> SheetEntry:
        """One treasure."""
        color = self._colors.get(entry.layer, FALLBACK_COLOR)
        hollow = entry.flag is not None and self._flags[entry.flag].approximate
        name = with_reading(entry.name, entry.kana) if self._large else entry.name
        mark = mark_for(entry.mark, color, hollow=hollow)
        return SheetEntry(mark, name, when, entry.venue)

    def written(self, entry: Entry) -> SheetEntry:
        """Below the days, with its timetable as somebody wrote it."""
        return self.of(entry, (entry.schedule or "").strip())


def _days(
    active: Iterable[Entry], book: DayBook, monday: date, line: _Lines, speak: DayWords
) -> tuple[SheetDay, ...]:
    on: list[list[tuple[tuple[int, int], SheetEntry]]] = [[] for _ in range(A_WEEK.days)]
    told = ChangeWords(speak)
    sunday = monday + timedelta(days=SUNDAY)
    for entry in active:
        facet = book.of(entry.number)
        if facet is None:
            continue
        news = news_of_days(facet.changes, told)
        stop = "".join(place for _, place, _, _ in told.coming(entry, book))
        vehicle = (entry.timing.vehicle if entry.timing is not None else None) or ""
        for one in facet.between(monday, sunday):
            for session in one.sessions:
                said = replace(
                    line.of(entry, told.hours(session)),
                    certain=one.certain,
                    stop=vehicle if one.day in news.held else stop,
                    news=news.held.get(one.day, ""),
                )
                on[one.day.weekday()].append(((_order_min(session), entry.number), said))
        for day, why in news.off.items():
            if monday <= day <= sunday:
                said = replace(line.of(entry, ""), news=why, off=True)
                on[day.weekday()].append(((_END_OF_DAY_MIN, entry.number), said))

    def sheet_day(weekday: int) -> SheetDay:
        day = monday + timedelta(days=weekday)
        holiday = holiday_words(day, speak.words)
        return SheetDay(
            iso=day.isoformat(),
            date=speak.day_of_week(day),
            holiday=holiday,
            off=bool(holiday) or weekday == SUNDAY,
            today=day == book.period.today,
            entries=tuple(said for _, said in sorted(on[weekday], key=lambda held: held[0])),
        )

    return tuple(map(sheet_day, range(A_WEEK.days)))


def _order_min(held: Session) -> int:
    if held.start_min is not None:
        return held.start_min
    return _ABOUT_MIN.get(held.word, _END_OF_DAY_MIN)


def _span(speak: DayWords, monday: date) -> str:
    return speak.span(monday, monday + timedelta(days=SUNDAY))


def _weeks(asked: Showing, monday: date, speak: DayWords, path: str) -> Iterable[WeekLink]:
    """Only weeks whose days are known; this week has no day in its address."""
    period, words = speak.period, speak.words

    def link(label: str, first: date) -> WeekLink:
        week = "" if first == period.first else first.isoformat()
        query = replace(asked, week=week).query()
        return WeekLink(label, _span(speak, first), f"{path}?{query}")

    if monday > period.first:
        yield link(words.say("前の週"), monday - A_WEEK)
    if monday > period.first + A_WEEK:
        yield link(words.say("今週"), period.first)
    if monday + A_WEEK < period.last:
        yield link(words.say("次の週"), monday + A_WEEK)


def _frame(answer: MapAnswer, asked: Showing, words: Words, path: str) -> Frame:
    frame = town_frame(
        answer.town,
        words.say("%(area)sの予定表", area=answer.area.name),
        audience=answer.audience,
        contact=answer.area.contact or answer.town.contact,
        credits=answer.credits,
        with_map=False,
        offline=False,
        showing=asked,
        views=view_links(path, "", asked, words),
    )
    return replace(frame, styles=(*frame.styles, app_url("week.css")))
