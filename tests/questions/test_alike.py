"""Areas that are like one another, worked out on ``tests/town`` (see its README).

The four quarters are 1 km² each. だれでも finds: q1 茶 茶 (茶2 pauses) · q2 茶 · q3 茶 · q4 茶 店.
Sizes are the same everywhere. Densities of 2 and 1 a km² differ by a factor of 2, more than 1.5:
not close. Mixes of 茶 alone are the same; 茶 alone against 茶 and 店 differ by a half, more than a
quarter: not close.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.database import TownDatabase
from geo.model.audience import Audience, Medium, Status
from geo.model.map_answer import MapAnswer
from geo.model.reading import TownReading
from geo.model.surroundings import Likeness
from geo.model.town import Area
from geo.model.treasure import Consent, Treasure
from geo.questions import revision, treasure_map
from geo.questions.alike import Profile, most_alike

P, C, S, K = Audience.PUBLIC, Audience.COUNCIL, Audience.PARTNERS, Audience.COORDINATOR
SIZE, DENSITY, MIX = Likeness.SIZE, Likeness.DENSITY, Likeness.MIX

Load = Callable[[TownReading], TownDatabase]


def ask(database: TownDatabase, where: str, audience: Audience = P) -> MapAnswer:
    level, code = where.split("/")
    with database.connect(audience) as conn:
        return treasure_map(
            conn,
            audience=audience,
            medium=Medium.WEB,
            level=level,
            code=code,
            today=revision(conn)[1],
        )


def likes(answer: MapAnswer) -> list[tuple[str, tuple[Likeness, ...]]]:
    return [(one.area.code, one.alike_in) for one in answer.alike]


def finds(answer: MapAnswer) -> dict[str, list[tuple[str, str]]]:
    return {
        one.area.code: [(find.kind, find.example.mark) for find in one.finds]
        for one in answer.alike
    }


@pytest.mark.parametrize(
    ("where", "audience", "expected"),
    [
        # q2 and q3 are equally far: in the order of the switch; q4 is as dense, of another mix
        ("quarter/q1", P, [("q2", (SIZE, MIX)), ("q3", (SIZE, MIX)), ("q4", (SIZE, DENSITY))]),
        # q4 is close in size only
        ("quarter/q2", P, [("q3", (SIZE, DENSITY, MIX)), ("q1", (SIZE, MIX))]),
        ("quarter/q4", P, [("q1", (SIZE, DENSITY))]),
        # 支援関係者まで finds a second 茶 in q2, and a third in q1: 3 a km² to 2 is just 1.5 times
        ("quarter/q2", S, [("q1", (SIZE, DENSITY, MIX)), ("q3", (SIZE, MIX)), ("q4", (SIZE, DENSITY))]),
        # Nothing is found in s3: only its size can be compared, and s1 is as large
        ("strip/s3", P, [("s1", (SIZE,))]),
        # s6 is not drawn: only its mix can be compared; the place order says s1, s2, s4
        ("strip/s6", P, [("s1", (MIX,)), ("s2", (MIX,)), ("s4", (MIX,))]),
        # s1 holds one 茶 in half a km², s2 two in one; s6 is not drawn: of its mix alone one may not say
        ("strip/s1", P, [("s2", (DENSITY, MIX))]),
    ],
)  # fmt: skip
def test_which_areas_are_alike_and_in_what(
    squares: TownDatabase,
    where: str,
    audience: Audience,
    expected: list[tuple[str, tuple[Likeness, ...]]],
) -> None:
    assert likes(ask(squares, where, audience)) == expected


def test_what_a_like_area_has_found_besides(squares: TownDatabase) -> None:
    """A layer first, then functions; an example that is told already tells no second kind."""
    assert finds(ask(squares, "quarter/q2")) == {
        "q3": [("情報交換", "茶4")],
        "q1": [("健康づくり", "茶1")],  # 交流・居場所 is known, 見守り・見守られ is 茶1 again
    }
    first = ask(squares, "quarter/q1")
    assert finds(first) == {"q2": [], "q3": [("情報交換", "茶4")], "q4": [("停まる店", "店9")]}
    (find,) = first.alike[2].finds
    assert (find.is_function, find.color, find.example.name) == (False, "#a34700", "雪町角")
    assert find.example.flag is None
    # What is told of another layer is credited; it is no layer of this page.
    assert [layer.id for layer in first.layers] == ["tea"]


def test_nothing_here_is_where_most_is_told(squares: TownDatabase) -> None:
    answer = ask(squares, "strip/s3")
    assert answer.entries == ()
    # 梅の会's only treasure pauses for nobody: its layer is the first kind
    assert finds(answer) == {"s1": [("お茶の場", "茶3")]}


def test_a_level_of_one_area_is_like_none(
    by_hand: Any, load_by_hand: Load, shown_to_all: tuple[Consent, ...]
) -> None:
    lon, lat = by_hand.degrees(100, 100)
    treasure = Treasure(
        layer="x",
        id="r1",
        number=1,
        name="お宝",
        audience=P,
        consents=shown_to_all,
        lon=lon,
        lat=lat,
    )
    area = Area("a", "1", "一つ", outline_wkb=by_hand.square(0, 0))
    database = load_by_hand(
        by_hand.town([by_hand.level("a", [area])], [by_hand.layer("x", "印", [treasure])])
    )
    answer = ask(database, "a/1")
    assert (answer.across, answer.alike) == (None, ())


def test_what_has_ended_or_pauses_is_no_find(
    by_hand: Any, load_by_hand: Load, shown_to_all: tuple[Consent, ...]
) -> None:
    """第1 holds a 印, 第2 twelve and three others: one that pauses, has ended, or is hidden."""

    def one(number: int, layer: str, east: float, **more: Any) -> Treasure:
        lon, lat = by_hand.degrees(east, 100)
        known: dict[str, Any] = {"audience": P, "consents": shown_to_all, "functions": ()}
        known |= {"lon": lon, "lat": lat, **more}
        return Treasure(layer=layer, id=f"r{number}", number=number, name=f"お宝{number}", **known)

    same = [one(1, "x", 100), *(one(n, "x", 600) for n in range(20, 32))]
    areas = [
        Area("a", str(n), f"第{n}", outline_wkb=by_hand.square(500.0 * (n - 1), 0)) for n in (1, 2)
    ]
    layers = [
        by_hand.layer("x", "印", same, order=1),
        by_hand.layer("paused", "休", [one(8, "paused", 600, status=Status.PAUSED)], order=2),
        by_hand.layer("ended", "終", [one(9, "ended", 600, status=Status.ENDED)], order=3),
        by_hand.layer("inner", "内", [one(10, "inner", 600, audience=C)], order=4),
    ]
    database = load_by_hand(by_hand.town([by_hand.level("a", areas)], layers))
    assert finds(ask(database, "a/1")) == {"2": []}
    assert finds(ask(database, "a/1", C)) == {"2": [("レイヤー内", "内10")]}
    assert finds(ask(database, "a/1", K)) == {"2": [("レイヤー内", "内10")]}


def profile(area_m2: float | None, **layers: int) -> Profile:
    return Profile(area_m2, layers)


@pytest.mark.parametrize(
    ("mine", "other", "close"),
    [
        (profile(100.0, tea=2), profile(150.0, tea=3), (SIZE, DENSITY, MIX)),  # just 1.5 times
        (profile(100.0, tea=2), profile(151.0, tea=3), (DENSITY, MIX)),
        (profile(100.0, tea=3, shop=1), profile(100.0, tea=4), (SIZE, DENSITY, MIX)),  # just 1/4
        (profile(100.0, tea=2, shop=1), profile(100.0, tea=3), (SIZE, DENSITY)),  # 1/3
        (profile(100.0, tea=1), profile(1000.0, tea=1), ()),  # in its mix alone
        (profile(None, tea=1), profile(1000.0, tea=9), (MIX,)),
        (profile(1000.0, tea=9), profile(None, tea=1), ()),  # more is known here: one is not enough
        (profile(100.0), profile(120.0, tea=9), (SIZE,)),
        (profile(100.0), profile(None, tea=9), ()),
        (profile(None), profile(None, tea=9), ()),
        (profile(100.0, tea=1), profile(100.0), ()),  # nothing found there: nothing to show
        (profile(0.0, tea=1), profile(0.0, tea=1), (MIX,)),
    ],
)
def test_close_is_close_in_two_of_what_is_known(
    mine: Profile, other: Profile, close: tuple[Likeness, ...]
) -> None:
    found = most_alike(mine, {("a", "1"): other})
    assert found == ([(("a", "1"), close)] if close else [])


def test_three_are_told_the_closest_first() -> None:
    mine = profile(100.0, tea=10)
    others = {
        ("a", "far"): profile(900.0, tea=10),
        ("a", "larger"): profile(140.0, tea=14),
        ("a", "twin"): profile(100.0, tea=10),
        ("a", "two"): profile(160.0, tea=16),
        ("a", "twin again"): profile(100.0, tea=10),
    }
    assert [key[1] for key, _ in most_alike(mine, others)] == ["twin", "twin again", "larger"]


PROFILES = st.builds(
    Profile,
    st.none() | st.floats(1.0, 1e9),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 500)),
)


@given(PROFILES, st.lists(PROFILES, max_size=12))
def test_likeness_is_mutual(mine: Profile, others: list[Profile]) -> None:
    keyed = {("a", str(n)): other for n, other in enumerate(others)}
    found = most_alike(mine, keyed)
    assert len(found) <= 3
    assert found == most_alike(mine, keyed)
    for key, close in found:
        assert close
        assert keyed[key].layers
        if mine.layers and mine.area_m2 and keyed[key].area_m2:
            assert most_alike(keyed[key], {key: mine}) == [(key, close)]
    twin = most_alike(mine, {("a", "twin"): mine})
    assert bool(twin) == bool(mine.layers), "an area is like itself in all that is known of it"
