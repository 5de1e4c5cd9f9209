"""What だれでも may not know of a record changes nothing of what coverage tells だれでも.

Against a real PostGIS: records hidden in every way are written into the town's lists and loaded, and
every figure, map, gap, outline and file is the same as without them, also out of a shelf from which
担当者だけ, who see them all, were answered in between.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from coverage_questions.conftest import OpenSquares, WalkTown
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from geo.crs import reproject
from geo.model.audience import Audience, Medium
from geo.questions import WalkingShelf
from geo.questions.coverage_export import (
    coverage_csv,
    coverage_geojson,
    gaps_csv,
    gaps_geojson,
)

SHOWN = {"公開範囲": "だれでも", "掲載の同意": "ホームページ;冊子・印刷"}
HIDDEN = {
    "協議体まで": SHOWN | {"公開範囲": "協議体まで"},
    "支援関係者まで": SHOWN | {"公開範囲": "支援関係者まで"},
    "担当者だけ": SHOWN | {"公開範囲": "担当者だけ"},
    "同意なし": SHOWN | {"掲載の同意": ""},
    "支援関係者のみ": SHOWN | {"掲載の同意": "支援関係者のみ"},
    "冊子だけ": SHOWN | {"掲載の同意": "冊子・印刷"},
    "同意を取り消した": SHOWN | {"掲載の同意": "のせない"},
    "同意が切れた": SHOWN,
    "終了": SHOWN | {"状態": "終了"},
    "終了日が過ぎた": SHOWN | {"終了日": "2026-04-09"},
}
"""Ways of which nothing at all may be felt."""
KNOWN_TO_BE = {
    "おやすみ中": SHOWN | {"状態": "おやすみ中"},
    "町丁目まで": SHOWN | {"地図での示し方": "町丁目まで"},
    "地区まで": SHOWN | {"地図での示し方": "地区まで"},
    "地図にのせない": SHOWN | {"地図での示し方": "のせない"},
}
"""It is no secret that there is such a record. It is nowhere one could walk to."""
COLUMNS = (
    "ID", "名称", "公開範囲", "地図での示し方", "掲載の同意", "状態", "終了日", "開催日時",
    "はじめての方", "送迎", "定員", "緯度", "経度",
)  # fmt: skip


@dataclass(frozen=True)
class Hidden:
    """A record, metres from the corner of the town."""

    way: str
    layer: str
    x_m: float
    y_m: float
    schedule: str
    newcomers: str
    transport: str

    def row(self, number: int) -> dict[str, object]:
        """As its list writes it."""
        from shapely import Point

        point = reproject(Point(self.x_m, self.y_m), "EPSG:6676", "EPSG:4326")
        return (HIDDEN | KNOWN_TO_BE).get(self.way, SHOWN) | {
            "ID": f"H{number}",
            "名称": f"ひみつの会{number}" if number else "みんなの会",
            "開催日時": self.schedule,
            "はじめての方": self.newcomers,
            "送迎": self.transport,
            "定員": 12,
            "緯度": round(point.y, 9),
            "経度": round(point.x, 9),
        }


places_m = st.floats(-200, 2200).map(lambda metres: round(metres, 1))
hidden_records = st.builds(
    Hidden,
    way=st.sampled_from([*HIDDEN, *KNOWN_TO_BE]),
    layer=st.sampled_from(["secret", "shown"]),
    x_m=places_m,
    y_m=places_m,
    schedule=st.sampled_from(["", "毎日 9時〜17時", "毎週火曜 10時〜", "第1・3木曜", "月1回"]),
    newcomers=st.sampled_from(["どなたでも", "会員のみ", ""]),
    transport=st.sampled_from(["あり", ""]),
)


KNOWN = Hidden("みんなの会", "shown", 1750, 250, "毎週木曜 10時〜", "", "あり")


def write(town: WalkTown, records: list[Hidden]) -> None:
    """Two lists beside the town's own: one with a record for everybody, and one that has none."""
    rows: dict[str, list[dict[str, object]]] = {"shown": [KNOWN.row(0)], "secret": []}
    for number, one in enumerate(records, 1):
        # It is no secret that there is a list of what may be known to be.
        rows[one.layer if one.way in HIDDEN else "shown"].append(one.row(number))
    for layer, symbol in (("shown", "明"), ("secret", "秘")):
        folder = town.folder / "layers" / layer
        folder.mkdir(exist_ok=True)
        (folder / "layer.toml").write_text(
            f'title = "{symbol}の会"\nsymbol = "{symbol}"\ncolor = "#00518f"\norder = 40\n'
            'source = "テスト"\nlicence = "CC0-1.0"\nas_of = 2026-03-01\n'
            '[show]\n"日時" = "開催日時"\n',
            "utf-8",
        )
        with (folder / "list.csv").open("w", encoding="utf-8", newline="") as out:
            table = csv.DictWriter(out, COLUMNS)
            table.writeheader()
            table.writerows(rows[layer])


def load(town: WalkTown, records: list[Hidden]) -> None:
    """Load them; consents of 「同意が切れた」 ended the day before."""
    write(town, records)
    town.load()
    ended = [f"H{n}" for n, one in enumerate(records, 1) if one.way == "同意が切れた"]
    with town.database.owner() as conn:
        conn.execute(
            text(
                "UPDATE town.consent SET valid_until = DATE '2026-04-09' FROM town.treasure_version v"
                " WHERE v.id = consent.version_id AND v.record_id = ANY(:ended)"
            ),
            {"ended": ended},
        )


def everything_told(town: WalkTown, audience: Audience, shelf: WalkingShelf | None) -> list[Any]:
    """Figures, maps, gaps, outlines and files; the number of those without a place left out."""
    ask: dict[str, Any] = {"audience": audience, "shelf": shelf}
    told: list[Any] = []
    for words in (
        {},
        {"weekday": 1},
        {"weekday": 3, "some_weeks": True},
        {"limits_m": (300, 500, 800), "hours": (600, 660)},
    ):
        answer = replace(town.coverage(**ask, **words), unplaced=0)
        told += [answer, coverage_csv(answer), json.dumps(coverage_geojson(answer, {}))]
        told += [town.map(**ask, **words), town.reach(**ask, **words)]
    told.append(town.map(**ask, level="quarter", code="q1"))
    for code in ("q1", "q2", "q3", "q4"):
        found = town.gaps(f"quarter/{code}", **ask)
        found = replace(found, coverage=replace(found.coverage, unplaced=0))
        told += [found, gaps_csv(found), json.dumps(gaps_geojson(found))]
    return told


@pytest.fixture(scope="module")
def town(open_squares: OpenSquares) -> Iterator[WalkTown]:
    opened = open_squares("99897", load=False)
    yield opened
    opened.database.dispose()


@pytest.fixture(scope="module")
def bare(town: WalkTown) -> list[Any]:
    """What だれでも are told where nothing is hidden."""
    load(town, [])
    told = everything_told(town, Audience.PUBLIC, None)
    answer = told[0]
    assert {layer.id: layer.count for layer in answer.layers} == {"tea": 1, "stop": 1, "shown": 1}
    return told


def test_every_way_of_hiding_hides(town: WalkTown, bare: list[Any]) -> None:
    """One of each beside every house of the town: 担当者だけ are told of other figures."""
    records = [
        Hidden(way, layer, x_m, y_m, "毎日 9時〜17時", "どなたでも", "あり")
        for way in (*HIDDEN, *KNOWN_TO_BE)
        for layer in ("secret", "shown")
        for x_m, y_m in ((740.0, 1740.0), (1260.0, 760.0))
    ]
    load(town, records)
    assert everything_told(town, Audience.PUBLIC, None) == bare
    inner = everything_told(town, Audience.COORDINATOR, None)
    counts = {layer.id: layer.count for layer in inner[0].layers}
    # Without those that rest or have ended; all others stand where they are for 担当者だけ.
    held = [r for r in records if r.way not in {"おやすみ中", "終了", "終了日が過ぎた"}]
    assert counts["secret"] + counts["shown"] == len(held) + 1
    assert "ひみつの会" not in repr(everything_told(town, Audience.PUBLIC, None))


@settings(
    max_examples=25,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(records=st.lists(hidden_records, min_size=1, max_size=8))
def test_what_is_hidden_changes_no_figure_map_gap_or_file(
    town: WalkTown, bare: list[Any], records: list[Hidden]
) -> None:
    load(town, records)
    shelf = WalkingShelf()
    before = everything_told(town, Audience.PUBLIC, shelf)
    everything_told(town, Audience.COORDINATOR, shelf)  # who see them all
    assert before == bare
    assert everything_told(town, Audience.PUBLIC, shelf) == bare


def test_only_those_without_a_place_are_counted_more(town: WalkTown, bare: list[Any]) -> None:
    """Records that may be known, at a place that may not: their number is on every list."""
    ways = [*KNOWN_TO_BE, "担当者だけ"]
    load(town, [Hidden(way, "shown", 700, 700, "毎日", "", "") for way in ways])
    assert town.coverage().unplaced == bare[0].unplaced + 3 + 3


@pytest.mark.parametrize("medium", list(Medium))
def test_what_is_for_one_medium_only_is_nowhere_on_the_other(
    town: WalkTown, medium: Medium
) -> None:
    load(town, [Hidden("冊子だけ", "secret", 740, 740, "毎日 9時〜17時", "", "")])
    told = {layer.id for layer in town.coverage(Audience.PUBLIC, medium).layers}
    assert ("secret" in told) == (medium is Medium.PRINT)
