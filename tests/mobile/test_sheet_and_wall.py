"""Changed days, ends and second sessions on the week sheet, and the wall's order by weekday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
from week.week_answers import TODAY, of_entries, treasure

from geo.model.answers import Flag
from geo.model.day_change import DayChange, DayChangeKind
from geo.model.map_answer import MapAnswer
from geo.model.timing import Timing
from geo.questions.entry_dates import day_book
from geo.questions.page_days import with_rounds
from webmap.hall.hall_page import hall_page
from webmap.pages import render
from webmap.showing import Mode, Showing, TourOrder
from webmap.week import WeekPage, week_page

OFF, MOVED, ADDED = DayChangeKind
NEXT = Showing(Mode.WEEK, week="next")
FRI = date(2026, 11, 27)


def stop(*changes: DayChange) -> Timing:
    return Timing("かもめ号", 1, 620, 30, None, changes)


def market(*changes: DayChange) -> MapAnswer:
    """Two stops of a van on Fridays and a café beside the first."""
    answer = of_entries(
        treasure(1, "公民館前", "毎週金曜", timing=stop(*changes)),
        treasure(2, "団地前", "毎週金曜 11時〜11時半", timing=Timing("かもめ号", 2, 660, 30)),
        treasure(3, "青空喫茶", "移動販売日に合わせて開催", timing=Timing(follows=1)),
    )
    first, second, _ = answer.entries
    book = day_book(answer.entries, TODAY, {1: first})
    return replace(answer, days=with_rounds(book, answer.entries, (first, second), TODAY))


def told(page: WeekPage, day: str) -> list[tuple[str, str, str, str]]:
    return [
        (entry.when, entry.name, entry.stop, entry.news)
        for one in page.days
        if one.iso == day
        for entry in one.entries
    ]


def test_a_day_has_its_end_and_all_its_sessions() -> None:
    answer = of_entries(treasure(1, "体操の会", "毎週火曜 10:00〜12:00、13:30〜15:00"))
    page = week_page(answer, NEXT)
    assert [when for when, *_ in told(page, "2026-11-24")] == ["10:00〜12:00", "13:30〜15:00"]
    assert page.held == 1


def test_stops_have_their_hours_and_their_place() -> None:
    assert told(week_page(market(), NEXT), "2026-11-27") == [
        ("10:20〜10:50", "公民館前", "かもめ号・1番目の停留所", ""),
        ("10:20〜10:50", "青空喫茶", "", ""),
        ("11:00〜11:30", "団地前", "かもめ号・2番目の停留所", ""),
    ]


def test_a_moved_day_hangs_under_both_days() -> None:
    page = week_page(market(DayChange(MOVED, FRI, date(2026, 11, 28), 780, 810, "市")), NEXT)
    news = "11月27日(金)の分は28日(土) 13:00〜13:30に移ります（市）"
    assert told(page, "2026-11-27") == [
        ("11:00〜11:30", "団地前", "かもめ号", ""),  # alone it is no round
        ("", "公民館前", "", news),
        ("", "青空喫茶", "", news),
    ]
    assert told(page, "2026-11-28") == [
        ("13:00〜13:30", "公民館前", "かもめ号", "11月27日(金)の分です"),
        ("13:00〜13:30", "青空喫茶", "", "11月27日(金)の分です"),
    ]
    assert "お休み" in render(page)


def test_a_day_off_says_why_and_one_more_day_that_it_is_one() -> None:
    page = week_page(
        market(DayChange(OFF, FRI, reason="雪"), DayChange(ADDED, date(2026, 11, 25))), NEXT
    )
    off = [e for d in page.days for e in d.entries if e.off]
    assert [(e.name, e.news) for e in off] == [
        ("公民館前", "11月27日(金)は休みます（雪）"),
        ("青空喫茶", "11月27日(金)は休みます（雪）"),
    ]
    assert told(page, "2026-11-25") == [("", "公民館前", "かもめ号", "この日だけ、開きます")]


def test_on_paper_nobody_tells_the_days_of_who_may_not_stand_there() -> None:
    page = week_page(market(), NEXT, on_paper={2, 3})
    assert [name for _, name, *_ in told(page, "2026-11-27")] == ["団地前"]
    assert [entry.name for entry in page.undated] == ["青空喫茶"]


def test_the_wall_walks_by_the_days_that_are_held() -> None:
    """The café has no weekday in its text: it stands at the van's, and one moved day moves neither."""
    van = market(DayChange(MOVED, FRI, date(2026, 12, 1)))
    entries = (*van.entries, treasure(4, "木曜の会", "毎週木曜 10時〜"))
    entries = tuple(msgspec.structs.replace(e, flag=i) for i, e in enumerate(entries))
    book = day_book(entries, TODAY, {1: entries[0]})
    flags = tuple(Flag(138.5 + e.number / 1000, 36.0, (e.number,)) for e in entries)
    page = hall_page(
        replace(van, flags=flags, entries=entries, days=book),
        Showing(Mode.HALL, order=TourOrder.WEEKDAY),
    )
    tour = page.script_data["tours"]["weekday"]
    assert [(part["heading"], part["numbers"]) for part in tour] == [
        ("木曜日", [4]),
        ("金曜日", [1, 2, 3]),
    ]
