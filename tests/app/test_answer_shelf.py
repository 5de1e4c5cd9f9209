"""A page, its data and its files ask the database once; nothing old is ever drawn again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from geo.model.audience import Audience
from webmap.answer_shelf import AnswerShelf
from webmap.edition_shelf import CacheKey, Edition

if TYPE_CHECKING:
    from geo.model.map_answer import MapAnswer

DAY = Edition(1, date(2026, 4, 1))


@pytest.fixture
def answer() -> MapAnswer:
    from geo.model.answers import AreaInfo, LevelInfo, TownInfo
    from geo.model.audience import Medium
    from geo.model.map_answer import MapAnswer

    return MapAnswer(
        town=TownInfo("99201", "試験市", "お宝", None, None),
        level=LevelInfo("ward", "区", 1, "", "", DAY.today),
        area=AreaInfo("ward", "区", "1", "一区", None, None, False),
        audience=Audience.PUBLIC,
        medium=Medium.WEB,
        today=DAY.today,
        as_of=None,
        outline=None,
        bounds=None,
        neighbours=(),
        sub_areas=(),
        straddles=(),
        layers=(),
        entries=(),
        flags=(),
        backdrops=(),
        functions=(),
        statuses=(),
        credits=(),
        choices=(),
        hidden_count=None,
    )


def test_audiences_and_editions_are_apart(answer: MapAnswer) -> None:
    shelf = AnswerShelf()
    key = CacheKey(Audience.COORDINATOR, "/a")
    shelf.put(DAY, key, answer)
    assert shelf.get(DAY, key) is answer
    assert shelf.get(DAY, CacheKey(Audience.PUBLIC, "/a")) is None
    assert shelf.get(Edition(1, date(2026, 4, 2)), key) is None
    assert shelf.get(Edition(2, DAY.today), key) is None
    shelf.put(Edition(2, DAY.today), CacheKey(Audience.PUBLIC, "/b"), answer)
    assert shelf.get(DAY, key) is None


def test_what_is_held_is_bounded(answer: MapAnswer) -> None:
    shelf = AnswerShelf(limit_entries=350)
    keys = [CacheKey(Audience.PUBLIC, f"/{i}") for i in range(5)]
    for key in keys:
        shelf.put(DAY, key, replace(answer, hidden_count=int(key.url[1:])))
        shelf.get(DAY, keys[0])  # used all the time
    held = [shelf.get(DAY, key) for key in keys]
    assert [a and a.hidden_count for a in held] == [0, None, None, 3, 4]
    shelf.forget()
    assert shelf.get(DAY, keys[0]) is None


def test_an_answer_longer_than_the_shelf_is_not_held(answer: MapAnswer) -> None:
    shelf = AnswerShelf(limit_entries=50)
    shelf.put(DAY, CacheKey(Audience.PUBLIC, "/a"), answer)
    assert shelf.get(DAY, CacheKey(Audience.PUBLIC, "/a")) is None
