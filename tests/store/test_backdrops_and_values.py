"""Quiet features for everybody, and values that the database cannot hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import shapely
from sqlalchemy import text

from geo.errors import LoadRefusedError
from geo.model.answers import Changes
from geo.model.audience import Audience
from geo.model.treasure import Backdrop, Treasure


def test_quiet_features_are_loaded_once_and_shown_to_everybody(hand: Any) -> None:
    line = shapely.to_wkb(shapely.LineString([(138.50, 36.00), (138.52, 36.01)]))
    river = Backdrop("川", "大川", line)
    reading = hand.reading({"川": []}, backdrops=[river, river])
    assert hand.load(reading).layers["川"] == Changes(new=("大川",))
    assert hand.load(reading).layers["川"] == Changes(unchanged=1)
    moved = replace(
        river, geometry_wkb=shapely.to_wkb(shapely.LineString([(138.5, 36), (138.6, 36)]))
    )
    answer = hand.load(hand.reading({"川": []}, backdrops=[moved]))
    assert answer.layers["川"] == Changes(new=("大川",), ended=("大川",))
    for audience in Audience:
        with hand.database.connect(audience) as conn:
            (row,) = conn.execute(text("SELECT * FROM backdrop")).all()
            assert conn.execute(text("SELECT id FROM layer")).all() == []
        assert (row.layer_id, row.name, row.source, row.color) == ("川", "大川", "出典", "#123456")
        assert shapely.from_wkb(row.geom).equals(shapely.from_wkb(moved.geometry_wkb))


def test_a_value_too_large_for_the_database_is_refused_in_japanese(hand: Any) -> None:
    with pytest.raises(LoadRefusedError) as caught:
        hand.load(hand.reading({"layer": [Treasure("", "a", "会", capacity=10**12)]}))
    assert "データベースに入らない値" in caught.value.message_ja
    assert hand.rows("SELECT count(*) FROM town.load") == [(0,)]
