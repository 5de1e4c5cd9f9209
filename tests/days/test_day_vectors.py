"""Next, every, some, held: the server against values worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from days.shared_vectors import QUERIES, VECTORS, answer_of, filters_of

from webmap.day_filter import WEEKDAYS
from webmap.day_lines import NO_LINES, day_lines
from webmap.words import Language, words_in

JAPANESE = words_in(Language.JAPANESE)
vectors = pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["why"])


@vectors
def test_next_and_season(vector: dict[str, Any]) -> None:
    answer = answer_of(vector)
    lines = day_lines(answer.days, JAPANESE).get(answer.entries[0].number, NO_LINES)
    assert lines[:3] == (vector["next"], vector.get("season"), None)


@vectors
def test_every_and_some_are_told_apart(vector: dict[str, Any]) -> None:
    answer = answer_of(vector)
    assert answer.days is not None
    facet = answer.days.of(answer.entries[0].number)
    every, some = (facet.every, facet.some) if facet else ((), ())
    assert "".join(WEEKDAYS[i] for i in every) == vector["every"]
    assert "".join(WEEKDAYS[i] for i in some) == vector["some"]


@vectors
def test_a_filter_by_day_means_dates(vector: dict[str, Any]) -> None:
    answer = answer_of(vector)
    kept = [q for q in QUERIES if filters_of(q).chooser(answer)(answer.entries[0])]
    assert sorted(kept) == sorted(vector["held"])


@vectors
def test_why_it_is_among_the_days_asked_for(vector: dict[str, Any]) -> None:
    answer = answer_of(vector)
    for query, said in vector["asked"].items():
        lines = day_lines(answer.days, JAPANESE, filters_of(query).days)
        assert (lines[answer.entries[0].number].asked_line or "") == said, query
