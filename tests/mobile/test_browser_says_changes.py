"""The browser says the changed days as the server does, from every day a file may be opened on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest
from front.sample import map_answer
from playwright.sync_api import Browser, Page

from geo.model.day_change import DayChange, DayChangeKind
from geo.model.map_answer import MapAnswer
from geo.model.timing import Timing
from geo.questions.entry_dates import day_book
from webmap.assets import STATIC
from webmap.change_words import ChangeWords
from webmap.day_words import DayWords
from webmap.map_data import as_json
from webmap.words import Language, words_in

pytestmark = pytest.mark.browser

OFF, MOVED, ADDED = DayChangeKind
TODAY = date(2026, 11, 21)
CHANGES = (
    DayChange(OFF, date(2026, 11, 20), reason="もう過ぎた"),
    DayChange(OFF, date(2026, 11, 27), reason="<b>雪</b>"),
    DayChange(MOVED, date(2026, 12, 4), date(2026, 12, 5)),
    DayChange(MOVED, date(2026, 12, 11), date(2026, 12, 11), 780, 810),
    DayChange(MOVED, date(2026, 12, 18), date(2026, 12, 17), 840, None, "祭り"),
    DayChange(MOVED, date(2026, 12, 25), date(2027, 1, 3)),
    DayChange(ADDED, date(2026, 12, 6)),
    DayChange(ADDED, date(2026, 12, 13), start_min=600, end_min=690),
)
SAY = """([data, todays]) => todays.map((today) => {
  const days = Otakara.openDays(data.days, today);
  return [Otakara.newsLines(days, 0), days.nextLine(0)];
})"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page()
    for name in ("words.js", "days.js", "day_changes.js"):
        opened.add_script_tag(content=(STATIC / "app" / name).read_text("utf-8"))
    yield opened
    opened.close()


def answer() -> MapAnswer:
    sample = map_answer()
    timing = Timing("かもめ号", 2, 620, 30, None, CHANGES)
    entry = msgspec.structs.replace(sample.entries[0], schedule="毎週金曜", timing=timing)
    book = day_book((entry,), TODAY)
    return replace(sample, entries=(entry,), today=TODAY, days=book)


def test_the_same_sentences_from_every_day_on(page: Page) -> None:
    told = answer()
    assert told.days is not None
    period = told.days.period
    facet = told.days.facets[0]
    assert len(facet.changes) == len(CHANGES)
    todays = [period.today + timedelta(days=step) for step in range((period.last - TODAY).days + 1)]
    offsets = [(day - period.first).days for day in todays]
    found = page.evaluate(SAY, [as_json(told), offsets])
    for day, (news, next_line) in zip(todays, found, strict=True):
        then = replace(period, today=day)
        speak = DayWords(words_in(Language.JAPANESE), then)
        assert tuple(news) == ChangeWords(speak).news(facet), day
        assert next_line == speak.next_line(facet), day


def test_the_sentences() -> None:
    told = answer()
    assert told.days is not None
    speak = DayWords(words_in(Language.JAPANESE), told.days.period)
    assert ChangeWords(speak).news(told.days.facets[0]) == (
        "11月27日(金)は休みます（<b>雪</b>）",
        "12月4日(金)の分は5日(土)に移ります",
        "12月6日(日)にも開きます",
        "12月11日(金)は13:00〜13:30に変わります",
        "12月13日(日) 10:00〜11:30にも開きます",
        "12月18日(金)の分は17日(木) 14時からに移ります（祭り）",
        "12月25日(金)の分は1月3日(日)に移ります",
    )
