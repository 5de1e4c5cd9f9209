"""What an audience may not see changes nothing of what it is told of the areas around."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from geo.database import TownDatabase
from geo.model.audience import Audience, ConsentScope, Medium, Precision
from geo.model.map_answer import MapAnswer
from geo.model.reading import TownReading
from geo.model.town import Area
from geo.model.treasure import Consent, Treasure
from geo.questions import treasure_map

P, C, S, K = Audience.PUBLIC, Audience.COUNCIL, Audience.PARTNERS, Audience.COORDINATOR
HIDDEN = "ひみつの会"

Load = Callable[[TownReading], TownDatabase]
Build = Callable[[bool], TownReading]


@pytest.fixture
def build(by_hand: Any, shown_to_all: tuple[Consent, ...]) -> Build:
    """Four squares in a row; ``build(True)`` has a hidden record in every way, everywhere.

    Each hidden record stands 20 m beyond the border of its square, in a layer of its own or in one
    of everybody's, with functions of its own.
    """
    partners = (Consent(ConsentScope.PARTNERS, "試験"),)
    ways: tuple[dict[str, Any], ...] = (
        {"audience": C},
        {"audience": S},
        {"audience": K},
        {"consents": ()},
        {"consents": partners},
        {"consents": (Consent(ConsentScope.WEB, "試験", valid_until=date(2026, 4, 9)),)},
        {"consents": (*shown_to_all, Consent(ConsentScope.NONE, "試験"))},
    )

    def one(number: int, layer: str, east: float, **more: Any) -> Treasure:
        lon, lat = by_hand.degrees(east, 250)
        known: dict[str, Any] = {"name": f"会{number}", "audience": P, "consents": shown_to_all}
        known |= {"lon": lon, "lat": lat, "functions": ("交流・居場所",), **more}
        return Treasure(layer=layer, id=f"r{number}", number=number, **known)

    def made(with_hidden: bool) -> TownReading:
        known = [one(n, "x", 100 + 500 * (n % 4) + 5 * n) for n in range(1, 13)]
        known.append(one(13, "x", 620, precision=Precision.AREA, area="第2"))
        inner: list[Treasure] = []
        if with_hidden:
            for n, way in enumerate(ways):
                more = {"name": HIDDEN, "functions": ("健康づくり",), **way}
                known += [one(100 + 4 * n + k, "x", 520 + 500 * k, **more) for k in range(3)]
                inner += [one(200 + 4 * n + k, "inner", 520 + 500 * k, **more) for k in range(3)]
        layers = [by_hand.layer("x", "印", known)]
        # A layer whose title alone would tell
        layers.append(by_hand.layer("inner", "秘", inner))
        squares = [
            Area("a", str(n), f"第{n}", outline_wkb=by_hand.square(500.0 * (n - 1), 0))
            for n in range(1, 5)
        ]
        return by_hand.town([by_hand.level("a", squares)], layers)

    return made


def ask(database: TownDatabase, audience: Audience) -> list[MapAnswer]:
    with database.connect(audience) as conn:
        return [
            treasure_map(
                conn,
                audience=audience,
                medium=Medium.WEB,
                level="a",
                code=str(n),
                today=date(2026, 4, 10),
            )
            for n in range(1, 5)
        ]


def test_hidden_records_change_nothing_for_the_public(load_by_hand: Load, build: Build) -> None:
    bare = ask(load_by_hand(build(False)), P)
    trap = load_by_hand(build(True))
    assert ask(trap, P) == bare
    assert all(answer.across and answer.alike for answer in bare), "there is something to change"
    for audience, wider in ((C, 1), (S, 3), (K, 7)):
        seen = ask(trap, audience)
        first = seen[0].across
        assert first is not None
        hidden = [near for near in first.near if near.entry.name == HIDDEN]
        # of 第2, 20 m beyond the border of 第1: one of each layer per way that this audience sees
        assert len(hidden) == min(12, 2 * wider)
        told = {find.kind for answer in seen for one in answer.alike for find in one.finds}
        assert told <= {"レイヤー秘", "健康づくり"}
    assert HIDDEN not in repr(ask(trap, P))


def test_what_is_coarse_is_counted_and_never_measured(load_by_hand: Load, build: Build) -> None:
    """会13 stands 120 m from 第1, and is known to 第2 alone: of its kind, not of its place."""
    database = load_by_hand(build(False))
    public, inner = ask(database, P)[0], ask(database, K)[0]
    assert public.across is not None
    assert inner.across is not None
    assert 13 not in [near.entry.number for near in public.across.near]
    assert 13 in [near.entry.number for near in inner.across.near]
    assert [n.treasures for n in public.neighbours] == [n.treasures for n in inner.neighbours]
