"""Treasures across the border of an area; distances worked out on ``tests/town`` (see its README).

At 60 m a minute a walk of 10 minutes reaches 600 m along streets, 600 / 1.3 = 461 m straight: told
and taken as 450 m.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from math import cos, hypot, radians
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon
from shapely.geometry import mapping
from sqlalchemy import Connection

from geo.crs import reproject
from geo.database import TownDatabase
from geo.model.audience import Audience, Medium, Placed, Precision, Status
from geo.model.map_answer import MapAnswer
from geo.model.reading import TownReading
from geo.model.town import Area
from geo.model.treasure import Consent, Treasure
from geo.questions import revision, treasure_map
from geo.questions.across_border import walk_limit_m, walk_window, within_walk

P, C, S, K = Audience.PUBLIC, Audience.COUNCIL, Audience.PARTNERS, Audience.COORDINATOR
PLANE = "EPSG:6676"
CORNER = hypot(250, 250)  # from the middle of a square to the next but one: 353.6 m

Load = Callable[[TownReading], TownDatabase]
Counted = Callable[[Connection], AbstractContextManager[list[str]]]


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


def told(answer: MapAnswer) -> list[tuple[str, str, float]]:
    if answer.across is None:
        return []
    return [(n.entry.mark, n.area.code, round(n.distance_m)) for n in answer.across.near]


@pytest.mark.parametrize(
    ("where", "audience", "expected"),
    [
        # 店9 in the middle of C3 (1250, 1250): over the corner of q1, 250 m from q2 and q3
        ("quarter/q1", P, [("店9", "q4", CORNER)]),
        ("quarter/q2", P, [("店9", "q4", 250.0)]),
        ("quarter/q3", P, [("店9", "q4", 250.0)]),
        # 茶1 and 茶2 are 750 m away, 茶3 is a block's, 茶4 an area's, 茶8 has no place
        ("quarter/q4", P, []),
        # s1 is B1 C1; 茶1 and 茶2 stand in the middle of A1, which is s2's
        ("strip/s1", P, [("茶1", "s2", 250.0), ("茶2", "s2", 250.0)]),
        # s2 is A1 A2 B2 C2: its farthest square ends below C3
        ("strip/s2", P, [("店9", "s5", 250.0)]),
        ("strip/s6", P, []),  # nobody has drawn it
        ("cell/A1", P, []),
        ("cell/B1", P, [("茶1", "A1", 250.0), ("茶2", "A1", 250.0)]),
        # 協議体 also knows 茶5 in A2: over the corner of B1, beside B2
        ("cell/B1", C, [("茶1", "A1", 250.0), ("茶2", "A1", 250.0), ("茶5", "A2", CORNER)]),
        ("cell/B2", C, [("茶5", "A2", 250.0), ("茶1", "A1", CORNER), ("茶2", "A1", CORNER), ("店9", "C3", CORNER)]),
        # 担当者だけ sees 茶3 in C1 and 茶4 in B3 where they are, and 茶7 in B2
        ("quarter/q4", K, [("茶4", "q3", 250.0), ("茶7", "q1", CORNER), ("茶6", "q2", 250.0)]),
    ],
)  # fmt: skip
def test_what_lies_within_a_walk_of_the_border(
    squares: TownDatabase, where: str, audience: Audience, expected: list[tuple[str, str, float]]
) -> None:
    found = told(ask(squares, where, audience))
    assert {mark: code for mark, code, _ in found} == {mark: code for mark, code, _ in expected}
    # An outline is drawn to about a metre.
    metres = {mark: pytest.approx(metres, abs=1) for mark, _, metres in expected}
    assert {mark: metres for mark, _, metres in found} == metres
    assert [metres for *_, metres in found] == sorted(metres for *_, metres in found)


def test_what_is_told_of_one(squares: TownDatabase) -> None:
    answer = ask(squares, "quarter/q2")
    assert answer.across is not None
    assert (answer.across.limit_m, answer.across.more) == (450, 0)
    (near,) = answer.across.near
    assert near.distance_m == pytest.approx(250, abs=1)
    assert (near.entry.name, near.color, near.area.name) == ("雪町角", "#a34700", "北東区")
    assert near.entry.fields == (("日時", "毎週火曜 11:20〜11:40"),)
    (flag,) = answer.across.flags
    assert (flag.numbers, flag.approximate, near.entry.flag) == ((9,), False, 0)
    assert (flag.lon, flag.lat) == (138.513867033, 36.011265737)
    # It is nowhere else: neither in the list nor on a flag, and no filter offers its layer.
    assert [entry.number for entry in answer.entries] == [3]
    assert [flag.numbers for flag in answer.flags] == [(3,)]
    assert [layer.id for layer in answer.layers] == ["tea"]


def test_two_groups_of_one_hall_are_two_lines_and_one_place(squares: TownDatabase) -> None:
    across = ask(squares, "strip/s1").across
    assert across is not None
    assert [near.entry.flag for near in across.near] == [0, 0]
    assert [flag.numbers for flag in across.flags] == [(1, 2)]
    assert [near.entry.status for near in across.near] == [Status.ACTIVE, Status.PAUSED]


@pytest.fixture
def beside(
    by_hand: Any, load_by_hand: Load, shown_to_all: tuple[Consent, ...]
) -> Callable[..., TownDatabase]:
    """Two squares side by side, 1 (0..500 m) and 2 (500..1000 m), and treasures of a few words."""

    def build(*treasures: tuple[float, float, dict[str, Any]], **others: Any) -> TownDatabase:
        made = []
        for number, (east, north, more) in enumerate(treasures, 1):
            lon, lat = by_hand.degrees(east, north)
            given: dict[str, Any] = {
                "name": f"お宝{number}",
                "audience": Audience.PUBLIC,
                "consents": shown_to_all,
            }
            given |= {"lon": lon, "lat": lat, **more}
            made.append(Treasure(layer="x", id=f"r{number}", number=number, **given))
        squares = [
            Area("a", str(n), f"第{n}", outline_wkb=by_hand.square(500.0 * (n - 1), 0))
            for n in (1, 2)
        ]
        reading = by_hand.town(
            [by_hand.level("a", [*squares, Area("a", "3", "第3")])],
            [by_hand.layer("x", "印", made)],
        )
        town = reading.town
        municipality = replace(town.municipality, **others)
        return load_by_hand(replace(reading, town=replace(town, municipality=municipality)))

    return build


def test_a_place_that_is_not_its_own_is_no_distance(beside: Callable[..., TownDatabase]) -> None:
    database = beside(
        (550, 100, {"precision": Precision.AREA}),
        (560, 100, {"precision": Precision.NONE, "area": "第2"}),
        (570, 100, {"placed": Placed.BLOCK}),  # the middle of a block, where nobody is
        (580, 100, {"status": Status.ENDED}),
        (590, 100, {"status": Status.PAUSED}),
        (600, 100, {"audience": Audience.COUNCIL}),
        (610, 100, {"consents": ()}),
    )
    assert told(ask(database, "a/1")) == [("印5", "2", 90.0)]
    assert told(ask(database, "a/1", C)) == [("印5", "2", 90.0), ("印6", "2", 100.0)]
    # 担当者だけ sees every place as it is, but a block's middle stays a guess
    of_all = [("印1", "2", 50.0), ("印2", "2", 60.0), ("印5", "2", 90.0), ("印6", "2", 100.0)]
    assert told(ask(database, "a/1", K)) == [*of_all, ("印7", "2", 110.0)]


def test_one_that_nobody_has_drawn_may_stand_inside(beside: Callable[..., TownDatabase]) -> None:
    """第3 has no outline; its place lies in the middle of 第1, and belongs to 第3 alone."""
    database = beside((250, 250, {"area": "第3"}), (100, 100, {}))
    answer = ask(database, "a/1")
    assert told(answer) == [("印1", "3", 0.0)]
    assert [entry.mark for entry in answer.entries] == ["印2"]


def test_the_limit_follows_the_walking_speed(beside: Callable[..., TownDatabase]) -> None:
    """At 40 m a minute: 400 / 1.3 = 307 m, told as 300 m."""
    places = ((799, 100, {}), (801, 100, {}), (920, 100, {}))
    database = beside(*places, walk_speed_m_per_min=40)
    answer = ask(database, "a/1")
    assert answer.across is not None
    assert answer.across.limit_m == 300
    assert told(answer) == [("印1", "2", 299.0)]


def test_a_dozen_is_told_and_the_rest_is_counted(
    beside: Callable[..., TownDatabase], counted: Counted
) -> None:
    database = beside(*[(505 + 10 * n, 100, {}) for n in range(20)])
    answer = ask(database, "a/1")
    assert answer.across is not None
    assert [near.entry.number for near in answer.across.near] == list(range(1, 13))
    assert answer.across.more == 8
    assert sum(len(flag.numbers) for flag in answer.across.flags) == 12
    assert answer.credits == ("出典：aの図（CC0-1.0）", "出典：社協（CC-BY-4.0）")
    # The other side has nothing across, and asks nothing more.
    with database.connect(P) as conn, counted(conn) as statements:
        empty = treasure_map(
            conn, audience=P, medium=Medium.WEB, level="a", code="2", today=answer.today
        )
    assert empty.across is None
    assert len(statements) == 8


@pytest.mark.parametrize(
    ("speed_m_per_min", "limit_m"),
    [(None, 450), (60, 450), (50, 350), (80, 600), (65, 500), (10, 50), (5, 50)],
)
def test_the_limit_is_what_is_told(speed_m_per_min: int | None, limit_m: int) -> None:
    assert walk_limit_m(speed_m_per_min) == limit_m


@given(
    st.floats(-80, 80),
    st.floats(120, 150),
    st.integers(50, 2000),
    st.floats(0, 6.3),
)
def test_the_window_holds_whatever_is_near(
    south: float, west: float, limit_m: int, turn: float
) -> None:
    """Selecting never loses what the distance would keep, at any latitude."""
    from pyproj import Geod

    window = walk_window((west, south, west + 0.01, south + 0.01), limit_m)
    for lon, lat in ((west, south), (west + 0.01, south + 0.01)):
        x, y, _ = Geod(ellps="GRS80").fwd(lon, lat, turn * 57.29577951308232, limit_m)
        assert window[0] <= x <= window[2]
        assert window[1] <= y <= window[3]
    wide_m = (window[2] - window[0] - 0.01) * 111_320 * cos(radians(abs(south) + 0.1))
    assert wide_m < 2.6 * limit_m, "and it does not select half of the town"


@given(st.lists(st.tuples(st.floats(-2000, 3000), st.floats(-2000, 3000)), max_size=30))
def test_distances_to_a_square_are_what_arithmetic_says(places: list[tuple[float, float]]) -> None:
    square = Polygon([(0, 0), (1000, 0), (1000, 1000), (0, 1000)])
    outline = dict(mapping(reproject(square, PLANE, "EPSG:4326")))
    spots = []
    for number, (east, north) in enumerate(places):
        point = reproject(Polygon([(east, north)] * 4).centroid, PLANE, "EPSG:4326")
        spots.append((number, point.x, point.y))
    expected = {}
    for number, (east, north) in enumerate(places):
        metres = hypot(max(0, -east, east - 1000), max(0, -north, north - 1000))
        if abs(metres - 450) > 0.1:
            expected[number] = metres
    found = within_walk(spots, outline, metric_crs=PLANE, limit_m=450)
    distances = {spot[0]: metres for metres, spot in found}
    for number, metres in expected.items():
        assert (number in distances) == (metres <= 450)
        if number in distances:
            assert distances[number] == pytest.approx(metres, abs=0.05)
    assert [metres for metres, _ in found] == pytest.approx(sorted(m for m, _ in found), abs=0.01)
