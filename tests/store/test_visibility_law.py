"""Every combination of the visibility law, asked of the views and of a second statement of it.

One load holds every product of record audience, consents, life, precision, contact audience and
place; each of the eight view schemas must then show exactly the rows and cells that `told` allows.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
import shapely
from sqlalchemy import text

from geo.model.audience import (
    Audience,
    ConsentScope,
    Medium,
    Newcomers,
    Placed,
    Precision,
    Status,
)
from geo.model.day_change import DayChange, DayChangeKind
from geo.model.treasure import Consent, RecordKey, ShownField, Treasure

TODAY = date(2026, 6, 15)
DAY = timedelta(days=1)
SHOW = (ShownField("持ち物", "持ち物"), ShownField("ひとこと", "備考", "note"))


def agreed(scope: ConsentScope, first: date | None = None, last: date | None = None) -> Consent:
    return Consent(scope, "試験", first, last)


CONSENTS: dict[str, tuple[Consent, ...]] = {
    "nothing": (),
    "web": (agreed(ConsentScope.WEB),),
    "print": (agreed(ConsentScope.PRINT, TODAY, TODAY),),
    "both": (agreed(ConsentScope.WEB), agreed(ConsentScope.PRINT)),
    "partners": (agreed(ConsentScope.PARTNERS),),
    "withdrawn": (agreed(ConsentScope.WEB, None, TODAY - DAY),),
    "not-yet": (agreed(ConsentScope.WEB, TODAY + DAY), agreed(ConsentScope.PARTNERS, TODAY)),
    "refused": (agreed(ConsentScope.WEB), agreed(ConsentScope.NONE)),
}
LIVES: dict[str, tuple[Status, date | None]] = {
    "active": (Status.ACTIVE, None),
    "paused": (Status.PAUSED, TODAY),
    "ended": (Status.ENDED, None),
    "ended-yesterday": (Status.ACTIVE, TODAY - DAY),
}
PLACES = ("placed", "placed, other area declared", "declared only", "nowhere")


def every_record(lon: float, lat: float) -> list[Treasure]:
    records = []
    product = itertools.product(Audience, CONSENTS, LIVES, Precision, PLACES)
    for n, (audience, consents, life, precision, place) in enumerate(product):
        status, ended_on = LIVES[life]
        has_point = place.startswith("placed")
        records.append(
            Treasure(
                layer="",
                id=f"r{n}",
                name=f"会{n}",
                audience=audience,
                precision=precision,
                consents=CONSENTS[consents],
                contact_audience=Audience(n % 4),
                kana="カナ",
                venue=f"会場{n}",
                venue_kind="自宅",
                address=f"手作り市一本町2丁目{n}-1",
                area="東区" if "declared" in place else None,
                lon=lon if has_point else None,
                lat=lat if has_point else None,
                placed=Placed.SOURCE if has_point else None,
                schedule="毎週火",
                for_whom="だれでも",
                newcomers=Newcomers.ANYONE,
                fee="100円",
                activities="お茶",
                activity_kind="茶話",
                operator="住民",
                transport="なし",
                capacity=20,
                participants=7,
                contact=f"電話{n}",
                organiser="主催",
                functions=("見守り・見守られ", "情報交換"),
                meaning="よさ",
                story="話",
                photo="p.jpg",
                url="https://example.jp/",
                started_on=date(2020, 4, 1),
                ended_on=ended_on,
                status=status,
                confirmed_on=date(2026, 1, 1),
                found_through="だれか",
                note="備考文",
                extra={"持ち物": "湯のみ", "内部メモ": "ひみつ"},
                vehicle=f"車{n}号",
                stop_order=n,
                arrive_min=600,
                stay_min=20,
                follows=RecordKey("all", f"r{(n * 7 + 1) % 2048}"),
                day_changes=(
                    DayChange(DayChangeKind.OFF, TODAY, reason=f"わけ{n}"),
                    DayChange(DayChangeKind.ADDED, TODAY + DAY, start_min=600),
                ),
            )
        )
    return records


def told(t: Treasure, audience: Audience, medium: Medium) -> dict[str, Any] | None:
    """The law once more, in other words: what the view shows of a record, None for nothing."""
    inside = audience == Audience.COORDINATOR
    if not inside:
        if t.audience > audience or t.status is Status.ENDED:
            return None
        if t.ended_on is not None and t.ended_on < TODAY:
            return None
        valid = {
            c.scope
            for c in t.consents
            if (c.valid_from or TODAY) <= TODAY <= (c.valid_until or TODAY)
        }
        enough = {ConsentScope.WEB if medium is Medium.WEB else ConsentScope.PRINT}
        if audience == Audience.PARTNERS:
            enough.add(ConsentScope.PARTNERS)
        if ConsentScope.NONE in valid or not valid & enough:
            return None
    whole = inside or t.precision is Precision.POINT
    has_point = t.lon is not None
    in_block = t.precision is Precision.BLOCK and not inside
    shown: dict[str, Any] = {
        "layer_id": "all",
        "name": t.name,
        "kana": "カナ",
        "area_text": t.area,
        "status": t.status.value,
        "schedule": "毎週火",
        "for_whom": "だれでも",
        "newcomers": "anyone",
        "fee": "100円",
        "activities": "お茶",
        "activity_kind": "茶話",
        "operator": "住民",
        "transport": "なし",
        "capacity": 20,
        "functions": ["見守り・見守られ", "情報交換"],
        "meaning": "よさ",
        "started_on": date(2020, 4, 1),
        "ended_on": t.ended_on,
        "confirmed_on": date(2026, 1, 1),
        "layer_as_of": date(2026, 4, 1),
        "vehicle": t.vehicle if whole else None,
        "stop_order": t.stop_order if whole else None,
        "arrive_min": 600,
        "stay_min": 20,
        "venue": t.venue if whole else None,
        "venue_kind": "自宅" if whole else None,
        "organiser": "主催" if whole else None,
        "story": "話" if whole else None,
        "photo": "p.jpg" if whole else None,
        "url": "https://example.jp/" if whole else None,
        "note": "備考文" if whole else None,
        "contact": t.contact if whole and t.contact_audience <= audience else None,
        "record_id": t.id if inside else None,
        "participants": 7 if inside else None,
        "found_through": "だれか" if inside else None,
        "audience": t.audience.word if inside else None,
        "declared_precision": t.precision.name.lower() if inside else None,
    }
    shown["extra"] = (dict(t.extra) if inside else {"持ち物": "湯のみ"}) if whole else None
    shown["address"] = t.address if whole else "手作り市一本町2丁目" if in_block else None
    if whole and has_point:
        shown |= {"precision": "point", "placed": "source", "where": "point"}
    elif in_block and has_point:
        shown |= {"precision": "block", "placed": "block", "where": "block"}
    else:
        is_area = t.precision is Precision.AREA and not inside
        shown |= {"precision": "area" if is_area else "none", "placed": None, "where": None}
    return shown


def timing_of(t: Treasure, audience: Audience, number_of: dict[str, int]) -> dict[str, Any]:
    """The law of what is known of days: where on the route and why only with the place."""
    whole = audience == Audience.COORDINATOR or t.precision is Precision.POINT
    off: dict[str, Any] = {"kind": "off", "day": "2026-06-15"}
    added = {"kind": "added", "day": "2026-06-16", "start_min": 600}
    shown: dict[str, Any] = {"arrive_min": 600, "stay_min": 20}
    if whole:
        shown |= {"vehicle": t.vehicle, "order": t.stop_order}
        off["reason"] = t.day_changes[0].reason
    assert t.follows is not None
    followed = number_of.get("会" + t.follows.id.removeprefix("r"))
    return shown | {"changes": [off, added]} | ({"follows": followed} if followed else {})


def areas_of(t: Treasure, audience: Audience) -> set[tuple[str, str]]:
    """Hand-worked: the point lies in b1 and w1; b1 is a quarter of w1; w2 is declared."""
    exact = audience == Audience.COORDINATOR or t.precision is Precision.POINT
    if t.lon is not None and (exact or t.precision is Precision.BLOCK):
        return {("ward", "w1"), ("block", "b1")}
    if t.area is not None:
        return {("ward", "w2")}
    if t.lon is not None and t.precision is Precision.AREA:
        return {("ward", "w1")}
    return set()


def _where(row: Any, exact: tuple[float, float], block: Any) -> str | None:
    if row.lon is None:
        assert (row.lat, row.geom) == (None, None)
        return None
    assert shapely.from_wkb(row.geom).coords[0] == (row.lon, row.lat)
    if (row.lon, row.lat) == exact:
        return "point"
    assert block.contains(shapely.Point(row.lon, row.lat))
    return "block"


@pytest.fixture
def matrix(hand: Any, in_b1: tuple[float, float]) -> Any:
    records = every_record(*in_b1)
    hand.load(
        hand.reading(
            {"all": records, "uncounted": records[:64]}, show=SHOW, count_only=["uncounted"]
        )
    )
    with hand.database.owner() as conn:
        conn.execute(text("UPDATE town.clock SET today = :day"), {"day": TODAY})
    return hand, records


def test_each_audience_and_medium_sees_exactly_what_the_law_says(
    matrix: Any, in_b1: tuple[float, float]
) -> None:
    hand, records = matrix
    by_name = {t.name: t for t in records}
    (outline,) = hand.rows("SELECT ST_AsBinary(outline) FROM town.area_version WHERE code = 'b1'")
    block = shapely.from_wkb(bytes(outline[0]))
    seen: dict[tuple[Audience, Medium], int] = {}
    for audience, medium in itertools.product(Audience, Medium):
        with hand.database.connect(audience, medium) as conn:
            rows = conn.execute(text("SELECT * FROM treasure")).all()
            belonging = conn.execute(text("SELECT * FROM treasure_area")).all()
        expected = {t.name: s for t in records if (s := told(t, audience, medium)) is not None}
        assert {row.name for row in rows} == expected.keys()
        number_of = {row.name: row.number for row in rows}
        for row in rows:
            cells = dict(row._mapping) | {"where": _where(row, in_b1, block)}
            assert {k: cells[k] for k in expected[row.name]} == expected[row.name]
            has_venue = expected[row.name]["venue"] is not None
            assert (cells["venue_id"] is not None) == has_venue
            unknown = cells.keys() - expected[row.name].keys()
            assert unknown == {"number", "venue_id", "lon", "lat", "geom", "timing"}
            timing = timing_of(by_name[row.name], audience, number_of)
            assert cells["timing"] == timing
        name_of = {row.number: row.name for row in rows}
        assert len(name_of) == len(rows)
        found = _grouped((name_of[b.number], (b.level_id, b.code)) for b in belonging)
        for name in expected:
            assert found.get(name, set()) == areas_of(by_name[name], audience), (audience, name)
        alike = {row.number: dict(row._mapping) for row in rows}
        for b in belonging:  # the same columns in both views: one law
            told_there = dict(b._mapping)
            del told_there["level_id"], told_there["code"]
            assert told_there == alike[b.number]
        seen[audience, medium] = len(rows)
    assert len(records) == 4 * 8 * 4 * 4 * 4
    # One audience, two lives of four, four precisions and four places each; consents differ:
    # web shows web, both; print shows print, both; partners also see partners and not-yet.
    assert seen[Audience.PUBLIC, Medium.WEB] == 2 * 2 * 16
    assert seen[Audience.PUBLIC, Medium.PRINT] == 2 * 2 * 16
    assert seen[Audience.COUNCIL, Medium.WEB] == 2 * 2 * 2 * 16
    assert seen[Audience.PARTNERS, Medium.WEB] == 3 * 2 * 4 * 16
    assert seen[Audience.COORDINATOR, Medium.PRINT] == len(records)


def _grouped(pairs: Iterable[tuple[str, tuple[str, str]]]) -> dict[str, set[tuple[str, str]]]:
    groups: dict[str, set[tuple[str, str]]] = {}
    for name, area in pairs:
        groups.setdefault(name, set()).add(area)
    return groups


def test_the_planner_knows_the_town_from_the_first_question_on(matrix: Any) -> None:
    hand, records = matrix
    known = dict(
        hand.rows(
            "SELECT relname, reltuples::integer FROM pg_class"
            " WHERE relnamespace = 'town'::regnamespace"
        )
    )
    (consents,) = hand.rows("SELECT count(*) FROM town.consent")
    assert known["treasure_version"] == known["current_treasure"] == len(records) + 64
    assert known["consent"] == consents[0]


def test_counted_records_are_a_number_for_coordinators_only(matrix: Any) -> None:
    hand, records = matrix
    alive = [
        t
        for t in records[:64]
        if t.status is not Status.ENDED and not (t.ended_on and t.ended_on < TODAY)
    ]
    in_w1 = sum(("ward", "w1") in areas_of(t, Audience.COORDINATOR) for t in alive)
    for audience in Audience:
        with hand.database.connect(audience) as conn:
            layers = conn.execute(text("SELECT id FROM layer")).scalars().all()
            counts = conn.execute(text("SELECT level_id, code, n FROM hidden_count")).all()
        assert layers == ["all"]
        if audience is Audience.COORDINATOR:
            assert (None, None, len(alive)) in counts
            assert ("ward", "w1", in_w1) in counts
        else:
            assert counts == []


def test_shown_fields_reach_the_layer_view(matrix: Any) -> None:
    hand, _ = matrix
    with hand.database.connect(Audience.PUBLIC) as conn:
        show = conn.execute(text("SELECT show FROM layer")).scalar_one()
    assert json.loads(json.dumps(show)) == [
        {"label": "持ち物", "header": "持ち物", "field": None},
        {"label": "ひとこと", "header": "備考", "field": "note"},
    ]
