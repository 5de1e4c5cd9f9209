"""Marked texts in every field of what must stay hidden, searched in every cell of every view."""

from __future__ import annotations

import itertools
from dataclasses import fields
from typing import Any

import pytest
import shapely
from sqlalchemy import text

from geo.model.audience import Audience, ConsentScope, Medium, Precision
from geo.model.treasure import Consent, ShownField, Treasure
from geo.schema.audience_views import VIEW_NAMES, VIEW_SCHEMAS

BELOW = [(a, m) for a, m in itertools.product(Audience, Medium) if a is not Audience.COORDINATOR]
BOTH = (Consent(ConsentScope.WEB, "試験"), Consent(ConsentScope.PRINT, "試験"))


def marked(mark: str, **known: Any) -> Treasure:
    """A record whose every text field carries its own mark."""
    texts = {f.name: f"{mark}-{f.name}-{mark}" for f in fields(Treasure) if "str" in str(f.type)}
    texts |= {
        "layer": "",
        "functions": (f"{mark}-functions",),
        "extra": {"見出し": f"{mark}-extra"},
    }
    return Treasure(**(texts | known))


def every_cell(hand: Any, audience: Audience, medium: Medium) -> str:
    """All rows of all views of a schema as one text, geometry as hexadecimal WKB."""
    told = []
    with hand.database.connect(audience, medium) as conn:
        for name in VIEW_NAMES:
            view = f"{VIEW_SCHEMAS[audience, medium]}.{name}"
            told += conn.execute(
                text(f"SELECT t::text || to_jsonb(t)::text FROM {view} t")
            ).scalars()
    return "\n".join(told)


@pytest.mark.parametrize(
    "hidden",
    [
        {"audience": Audience.COORDINATOR, "consents": BOTH},
        {"audience": Audience.PUBLIC, "consents": ()},
        {"audience": Audience.PUBLIC, "consents": (*BOTH, Consent(ConsentScope.NONE, "試験"))},
    ],
    ids=["coordinators-only", "nobody-agreed", "refused"],
)
def test_no_byte_of_a_hidden_record_leaves(
    hand: Any, in_b1: tuple[float, float], hidden: dict[str, Any]
) -> None:
    lon, lat = in_b1
    record = marked("カナリア", lon=lon, lat=lat, number=77_777, **hidden)
    open_record = Treasure("", "o1", "見える会", Audience.PUBLIC, consents=BOTH)
    show = [ShownField("見出し", "見出し"), ShownField("備考", "備考", "note")]
    hand.load(
        hand.reading(
            {"秘": [record], "公": [open_record]},
            show=show,
            titles={"秘": "カナリアの題"},
        )
    )
    for audience, medium in BELOW:
        cells = every_cell(hand, audience, medium)
        assert "見える会" in cells
        for mark in (
            "カナリア",
            "77777",
            "秘",
            shapely.to_wkb(shapely.Point(lon, lat), hex=True)[10:],
        ):
            assert mark not in cells, (audience, medium, mark)
        assert f"{lon:.4f}" not in cells
        assert f"{lat:.4f}" not in cells
    assert "カナリア" in every_cell(hand, Audience.COORDINATOR, Medium.WEB)


@pytest.mark.parametrize("precision", [Precision.BLOCK, Precision.AREA, Precision.NONE])
def test_the_text_of_a_coarse_record_is_coarse(
    hand: Any, in_b1: tuple[float, float], precision: Precision
) -> None:
    lon, lat = in_b1
    record = marked(
        "カナリア",
        audience=Audience.PUBLIC,
        contact_audience=Audience.PUBLIC,
        consents=BOTH,
        precision=precision,
        lon=lon,
        lat=lat,
        participants=4_444,
        address="手作り市一本町3丁目98765-43",
    )
    show = [ShownField("見出し", "見出し"), ShownField("備考", "備考", "note")]
    hand.load(hand.reading({"layer": [record]}, show=show))
    for audience, medium in BELOW:
        cells = every_cell(hand, audience, medium)
        assert "カナリア-name-カナリア" in cells
        for field in (
            "id", "venue", "venue_kind", "contact", "organiser", "note", "story", "photo", "url",
            "found_through", "extra",
        ):  # fmt: skip
            assert f"カナリア-{field}" not in cells, (audience, medium, field)
        for mark in ("98765", "4444", f"{lon:.4f}", f"{lat:.4f}"):
            assert mark not in cells, (audience, medium, mark)
        assert shapely.to_wkb(shapely.Point(lon, lat), hex=True)[10:] not in cells
        assert ("一本町3丁目" in cells) == (precision is Precision.BLOCK)


def test_withdrawn_consent_disappears_by_date(hand: Any) -> None:
    from datetime import date

    until = date(2026, 6, 30)
    consents = (Consent(ConsentScope.WEB, "試験", None, until),)
    record = Treasure("", "t1", "夏までの会", Audience.PUBLIC, consents=consents)
    hand.load(hand.reading({"layer": [record]}))
    seen = {}
    for day in (until, date(2026, 7, 1)):
        with hand.database.owner() as conn:
            conn.execute(text("UPDATE town.clock SET today = :day"), {"day": day})
        with hand.database.connect(Audience.PUBLIC) as conn:
            assert conn.execute(text("SELECT today FROM town")).scalar_one() == day
            seen[day] = conn.execute(text("SELECT name FROM treasure")).scalars().all()
            assert len(conn.execute(text("SELECT id FROM layer")).all()) == len(seen[day])
    assert list(seen.values()) == [["夏までの会"], []]


def test_a_hidden_record_does_not_decide_how_visible_ones_share_a_venue(
    hand: Any, at_m: Any
) -> None:
    """Two halls of one name 160 m apart stay two, whoever meets in secret half-way."""

    def at(record_id: str, x_m: float, audience: Audience) -> Treasure:
        lon, lat = at_m(x_m, 500)
        return Treasure(
            "", record_id, record_id, audience, consents=BOTH, venue="集会所", lon=lon, lat=lat
        )

    hand.load(
        hand.reading(
            {
                "layer": [
                    at("middle", 580, Audience.COORDINATOR),
                    at("west", 500, Audience.PUBLIC),
                    at("east", 660, Audience.PUBLIC),
                    at("near", 540, Audience.PUBLIC),
                ]
            }
        )
    )
    with hand.database.connect(Audience.PUBLIC) as conn:
        venue = dict(map(tuple, conn.execute(text("SELECT name, venue_id FROM treasure"))))
    assert venue["west"] == venue["near"] != venue["east"]
