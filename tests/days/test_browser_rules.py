"""The browser's rules are the server's: the shared vectors, and every day of a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote_plus

import pytest
from days.shared_vectors import QUERIES, VECTORS, answer_of
from days.timetable_page import SCHEDULES, with_days
from playwright.sync_api import Page

from geo.schedule import parse
from webmap.day_filter import ANY_DAY
from webmap.day_lines import day_lines
from webmap.filters import Filters
from webmap.map_data import as_json
from webmap.words import Language, words_in

pytestmark = pytest.mark.browser

KNOWN = """(data) => {
  const days = Otakara.openDays(data.days);
  return { ...days, weekdays: Otakara.WEEKDAYS, whens: Otakara.WHENS };
}"""
ASK = (
    """([data, queries, asked]) => {
  const days = ("""
    + KNOWN
    + """)(data);
  const offered = Otakara.offeredBy(data, days);
  const state = (query) => Otakara.stateFromQuery(query, offered);
  const [entry] = data.entries;
  return {
    next: entry.days === null ? null : days.nextLine(entry.days),
    held: queries.filter((query) => Otakara.matching(data.entries, state(query), (t) => t, days).length),
    asked: Object.fromEntries(asked.map((query) => [query, days.askedLine(entry.days, state(query))])),
  };
}"""
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["why"])
def test_the_browser_says_and_keeps_what_the_vectors_say(
    rules: Page, vector: dict[str, Any]
) -> None:
    data = as_json(answer_of(vector))
    found = rules.evaluate(ASK, [data, list(QUERIES), list(vector["asked"])])
    assert found["next"] == vector["next"]
    assert sorted(found["held"]) == sorted(vector["held"])
    assert found["asked"] == vector["asked"]


def test_queries_are_canonical_on_both_sides(rules: Page) -> None:
    data = as_json(with_days())
    for query, canonical in (
        ("when=week&weekday=土&weekday=月", "weekday=月&weekday=土&when=week"),
        ("weekday=火&layer=salon&q=体操", "layer=salon&weekday=火&q=体操"),
        ("weekday=火曜&weekday=&when=someday", ""),
        ("when=someday&when=today&when=week", "when=today"),
        ("weekday=月火", ""),
    ):
        ours = rules.evaluate(
            "([data, query]) => { const days = (" + KNOWN + ")(data); return Otakara.queryOf("
            "Otakara.stateFromQuery(query, Otakara.offeredBy(data, days))); }",
            [data, query],
        )
        theirs = Filters.from_args(parse_qs(query)).within(with_days()).query()
        assert (unquote_plus(ours), unquote_plus(theirs)) == (canonical, canonical)


def test_three_sides_agree_over_a_year(rules: Page) -> None:
    """parse().dates() = the server's facets = what the browser keeps and says, from 60 todays."""
    texts = [text for text in SCHEDULES if text]
    japanese = words_in(Language.JAPANESE)
    for step in range(60):
        today = date(2026, 4, 1) + timedelta(days=7 * step)
        answer = with_days(today=today)
        book = answer.days
        assert book is not None
        first, last = book.period.first, book.period.last
        for text in texts:
            number = next(e.number for e in answer.entries if e.schedule == text)
            facet = book.of(number)
            if facet is None:
                continue
            told = [held.day for held in facet.days]
            assert told == sorted({one.day for one in parse(text).dates(first, last)})
        lines = day_lines(book, japanese, ANY_DAY)
        asked = [Filters.from_args({"weekday": "火"}), Filters.from_args({"when": "next-week"})]
        kept = [[e.number for e in answer.entries if one.chooser(answer)(e)] for one in asked]
        found = rules.evaluate(
            "([data]) => { const days = (" + KNOWN + ")(data);"
            " const offered = Otakara.offeredBy(data, days);"
            " const of = (query) => Otakara.matching(data.entries,"
            "   Otakara.stateFromQuery(query, offered), (t) => t, days);"
            " return [of('weekday=火'), of('when=next-week'), data.entries.map((e) =>"
            "   [e.number, e.days === null ? null : days.nextLine(e.days)])]; }",
            [as_json(answer)],
        )
        assert found[:2] == kept
        assert dict(map(tuple, found[2])) == {
            e.number: lines[e.number].next_line if e.number in lines else None
            for e in answer.entries
        }
