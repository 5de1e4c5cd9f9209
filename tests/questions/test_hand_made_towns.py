"""Fields, order, credits, homelessness and size, on towns built for one question each."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection

from geo.database import TownDatabase
from geo.errors import DatabaseError
from geo.model.audience import Audience, Medium, Newcomers, Placed, Precision, Status
from geo.model.map_answer import MapAnswer
from geo.model.reading import TownReading
from geo.model.town import Area
from geo.model.treasure import Consent, ShownField, Treasure
from geo.questions import revision, town_overview, treasure_map

Load = Callable[[TownReading], TownDatabase]
Counted = Callable[[Connection], AbstractContextManager[list[str]]]


def ask(
    conn: Connection, code: str, audience: Audience = Audience.PUBLIC, level: str = "a"
) -> MapAnswer:
    return treasure_map(
        conn,
        audience=audience,
        medium=Medium.WEB,
        level=level,
        code=code,
        today=date(2026, 4, 10),
    )


@pytest.fixture
def record(shown_to_all: tuple[Consent, ...]) -> Callable[..., Treasure]:
    def make(number: int, layer: str = "x", **others: Any) -> Treasure:
        given: dict[str, Any] = {
            "name": f"お宝{number}",
            "audience": Audience.PUBLIC,
            "consents": shown_to_all,
        }
        return Treasure(layer=layer, id=f"r{number}", number=number, **(given | others))

    return make


def test_shown_fields_in_order_as_japanese_words(
    by_hand: Any, load_by_hand: Load, record: Callable[..., Treasure]
) -> None:
    show = [
        ShownField("曜日", "ようび"),  # a column of the file that is no field
        ShownField("状態", "状態", "status"),
        ShownField("はじめての方", "はじめての方", "newcomers"),
        ShownField("最終確認", "最終確認日", "confirmed_on"),
        ShownField("はたらき", "効用", "functions"),
        ShownField("定員", "定員", "capacity"),
        ShownField("会場", "会場", "venue"),  # empty: left out
        ShownField("見せない列", "見せない列"),
        ShownField("地区", "地区", "area"),
        ShownField("公開範囲", "公開範囲", "audience"),
        ShownField("示し方", "地図での示し方", "precision"),
        ShownField("だれが来たか", "参加者実人数", "participants"),
    ]
    lon, lat = by_hand.degrees(100, 100)
    treasure = record(
        7,
        area="中",
        lon=lon,
        lat=lat,
        placed=Placed.VENUE,
        status=Status.PAUSED,
        newcomers=Newcomers.ASK_FIRST,
        confirmed_on=date(2026, 3, 31),
        functions=("見守り", "健康づくり"),
        capacity=20,
        participants=12,
        extra={"ようび": "火・木 ", "見せない列": "", "ひみつ": "ないしょ"},
    )
    area = Area("a", "1", "中", outline_wkb=by_hand.square(0, 0))
    database = load_by_hand(
        by_hand.town([by_hand.level("a", [area])], [by_hand.layer("x", "印", [treasure], show)])
    )
    public = (
        ("曜日", "火・木"),
        ("状態", "おやすみ中"),
        ("はじめての方", "声をかけてから"),
        ("最終確認", "2026年3月31日"),
        ("はたらき", "見守り、健康づくり"),
        ("定員", "20"),
        ("地区", "中"),
    )
    with database.connect(Audience.PUBLIC) as conn:
        (entry,) = ask(conn, "1").entries
    assert entry.fields == public
    assert (entry.placed, entry.precision) == (Placed.VENUE, Precision.POINT)
    assert "ナイショ" not in entry.search
    assert "火・木" in entry.search
    with database.connect(Audience.COORDINATOR) as conn:
        (entry,) = ask(conn, "1", Audience.COORDINATOR).entries
    assert entry.fields == (
        *public,
        ("公開範囲", "だれでも"),
        ("示し方", "場所どおり"),
        ("だれが来たか", "12"),
    )


def test_list_order_credits_and_dates_follow_the_layers(
    by_hand: Any, load_by_hand: Load, record: Callable[..., Treasure]
) -> None:
    lon, lat = by_hand.degrees(100, 100)
    here = {"lon": lon, "lat": lat}
    late = by_hand.layer("late", "遅", [record(1, "late", **here)], order=9, as_of=date(2026, 3, 1))
    early = by_hand.layer("early", "早", [record(3, "early"), record(2, "early", **here)], order=1)
    areas = [
        Area("a", c, f"第{c}", outline_wkb=by_hand.square(500 * i, 0)) for i, c in enumerate("1")
    ]
    areas += [Area("a", c, f"第{c}") for c in ("10", "9")]
    database = load_by_hand(by_hand.town([by_hand.level("a", areas)], [late, early]))
    with database.connect(Audience.PUBLIC) as conn:
        answer = ask(conn, "1")
        town = town_overview(
            conn, audience=Audience.PUBLIC, medium=Medium.WEB, today=date(2026, 4, 10)
        )
    assert [entry.mark for entry in answer.entries] == ["早2", "遅1"]
    assert [flag.numbers for flag in answer.flags] == [(1, 2)]
    assert answer.as_of == date(2026, 3, 1)
    assert answer.credits == ("出典：aの図（CC0-1.0）", "出典：社協（CC-BY-4.0）")
    assert [(layer.symbol, layer.count) for layer in answer.layers] == [("早", 1), ("遅", 1)]
    assert [area.code for area in answer.choices[0].areas] == ["1", "9", "10"]
    assert [entry.mark for entry in town.homeless] == ["早3"]
    assert [(layer.symbol, layer.count) for layer in town.layers] == [("早", 2), ("遅", 1)]


def test_two_thousand_places_cost_no_more_statements(
    by_hand: Any,
    load_by_hand: Load,
    record: Callable[..., Treasure],
    counted: Counted,
) -> None:
    """A grid of 50 x 40 places in two of four squares: 1,000 in each."""
    treasures = []
    for number in range(1, 2001):
        east, north = divmod(number - 1, 40)
        lon, lat = by_hand.degrees(9 + east * 20, 10 + north * 12)
        treasures.append(record(number, lon=lon, lat=lat, venue=f"会場{number}"))
    areas = [
        Area("a", f"{x}{y}", f"{x}{y}", outline_wkb=by_hand.square(500 * x, 500 * y))
        for x in range(2)
        for y in range(2)
    ]
    show = [ShownField("会場", "会場", "venue")]
    database = load_by_hand(
        by_hand.town([by_hand.level("a", areas)], [by_hand.layer("x", "印", treasures, show)])
    )
    with database.connect(Audience.PUBLIC) as conn, counted(conn) as statements:
        full = ask(conn, "00")
        of_full = len(statements)
        empty = ask(conn, "11")
        of_empty = len(statements) - of_full
    assert [entry.number for entry in full.entries] == list(range(1, 1001))
    assert [flag.numbers for flag in full.flags] == [(n,) for n in range(1, 1001)]
    assert full.entries[41].fields == (("会場", "会場42"),)
    assert [(n.area.code, n.treasures) for n in full.neighbours] == [
        ("01", 0),
        ("10", 1000),
        ("11", 0),
    ]
    assert empty.entries == ()
    assert of_full == 9, "eight, and one for the twelve treasures told from across the border"
    assert of_empty <= 9
    with database.connect(Audience.COORDINATOR) as conn, counted(conn) as statements:
        ask(conn, "00", Audience.COORDINATOR)
    assert len(statements) == 10


def test_nothing_loaded_is_said(make_town_database: Callable[..., TownDatabase]) -> None:
    database = make_town_database("99373")
    with database.connect(Audience.PUBLIC) as conn, pytest.raises(DatabaseError) as said:
        revision(conn)
    assert said.value.hint_ja == "otakara load で読み込んでください。"
    with database.connect(Audience.PUBLIC) as conn, pytest.raises(DatabaseError):
        ask(conn, "1")


def test_revision_rises_with_a_change_only(
    by_hand: Any, load_by_hand: Load, record: Callable[..., Treasure], today: date
) -> None:
    from geo.loading import load_reading

    reading = by_hand.town([], [by_hand.layer("x", "印", [record(1)])])
    database = load_by_hand(reading)
    changed = by_hand.town([], [by_hand.layer("x", "印", [record(1, name="新しい名")])])
    seen = []
    for again in (reading, changed):
        with database.connect(Audience.PUBLIC) as conn:
            before, day = revision(conn)
        with database.owner() as owner:
            load_reading(owner, again)
        with database.connect(Audience.PUBLIC) as conn:
            seen.append(revision(conn)[0] - before)
    assert seen == [0, 1]
    assert day == today
