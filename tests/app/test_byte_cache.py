"""The cache of answers: bounded, one edition at a time, never across audiences."""

from __future__ import annotations

import os
from datetime import date

from geo.model.audience import Audience, Medium
from webmap.byte_cache import ByteCache, StoredAnswer
from webmap.edition_shelf import CacheKey, Edition
from webmap.etag import entity_tag, matches

DAY = Edition(1, date(2026, 4, 1))


def _answer(body: bytes) -> StoredAnswer:
    return StoredAnswer.of(body, tag=lambda _stored: 'W/"x"', content_type="text/plain")


def test_audiences_and_editions_are_apart() -> None:
    cache = ByteCache()
    key = CacheKey(Audience.COORDINATOR, "/a")
    cache.put(DAY, key, _answer(b"inner"))
    found = cache.get(DAY, key)
    assert found is not None
    assert found.plain() == b"inner"
    assert cache.get(DAY, CacheKey(Audience.PUBLIC, "/a")) is None
    assert cache.get(Edition(1, date(2026, 4, 2)), key) is None
    assert cache.get(Edition(2, date(2026, 4, 1)), key) is None


def test_memory_is_bounded_and_the_oldest_goes_first() -> None:
    cache = ByteCache(limit_bytes=40_000)
    keys = [CacheKey(Audience.PUBLIC, f"/{i}") for i in range(10)]
    for key in keys:
        cache.put(DAY, key, _answer(os.urandom(9_000)))
        cache.get(DAY, keys[0])  # used all the time
    assert cache.weight <= 40_000
    kept = [key.url for key in keys if cache.get(DAY, key)]
    assert kept == ["/0", "/7", "/8", "/9"]
    cache.put(DAY, keys[1], _answer(os.urandom(11_000)))  # more than a quarter: not kept
    assert cache.get(DAY, keys[1]) is None
    cache.put(Edition(2, DAY.today), keys[2], _answer(b"x"))
    assert cache.weight < 100


def test_etag_depends_on_everything_that_is_shown() -> None:
    base = {
        "audience": Audience.PUBLIC,
        "medium": Medium.WEB,
        "today": date(2026, 4, 1),
        "version": "1",
        "query": "/a?",
    }
    others = [
        {"audience": Audience.COUNCIL},
        {"medium": Medium.PRINT},
        {"today": date(2026, 4, 2)},
        {"version": "2"},
        {"query": "/a?q=x"},
    ]
    tags = {entity_tag(b"x", **(base | other)) for other in ({}, *others)}  # type: ignore[arg-type]
    tags.add(entity_tag(b"y", **base))  # type: ignore[arg-type]
    assert len(tags) == 7
    assert matches('"b", W/"a"', 'W/"a"')
    assert matches("*", 'W/"a"')
    assert not matches(None, 'W/"a"')
