"""A kind of thing on the map is one folder: a new layer and a new level appear without any code."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from geo.model.audience import Audience

if TYPE_CHECKING:
    from conftest import LoadedTown, OpenTown

LAYER = """title = "木かげのいす"
symbol = "木"
color = "#2f5d00"
order = 5
source = "散歩の会"
licence = "CC0-1.0"
as_of = 2026-10-01
audience = "だれでも"
[show]
"すわれる人数" = "すわれる人数"
"""
LEVEL = """title = "見守り区"
tier = 3
data = "watch.geojson"
code = "no"
name = "label"
source = "散歩の会"
licence = "CC0-1.0"
as_of = 2026-10-01
"""


@pytest.fixture(scope="module")
def town(open_town: OpenTown, request: pytest.FixtureRequest) -> LoadedTown:
    folder = request.config.rootpath / "tests" / "town"
    return open_town(folder, "99104")


def test_a_new_layer_and_a_new_level_appear_by_dropping_a_folder_each(town: LoadedTown) -> None:
    assert "木" not in {layer.symbol for layer in town.overview().layers}

    benches = town.folder / "layers" / "bench"
    benches.mkdir()
    (benches / "layer.toml").write_text(LAYER, encoding="utf-8")
    (benches / "list.csv").write_text(
        "ID,名称,緯度,経度,すわれる人数\nB1,松の下,36.0022,138.5027,3人\n", encoding="utf-8"
    )
    squares = json.loads(
        (town.folder / "boundaries/quarter/quarter.geojson").read_text(encoding="utf-8")
    )
    south_west = squares["features"][0]
    south_west["properties"] = {"no": "w1", "label": "はじめの見守り区"}
    watches = town.folder / "boundaries" / "watch"
    watches.mkdir()
    (watches / "boundary.toml").write_text(LEVEL, encoding="utf-8")
    (watches / "watch.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [south_west]}), encoding="utf-8"
    )

    answer = town.load()
    assert answer.layers["bench"].as_json()["new"] == 1
    assert answer.layers["tea"].as_json()["unchanged"] == 8
    assert answer.levels["watch"].as_json()["new"] == 1

    page = town.map("watch/w1")
    assert page.area.name == "はじめの見守り区"
    assert {e.name for e in page.entries} == {"松の下", "あさひ会", "ゆうひ会"}
    (bench,) = [e for e in page.entries if e.layer == "bench"]
    assert bench.mark == "木11"  # ten numbers were given before
    assert bench.fields == (("すわれる人数", "3人"),)
    assert next((layer.symbol, layer.color, layer.count) for layer in page.layers) == (
        "木",
        "#2f5d00",
        1,
    )
    assert [c.level.title for c in page.choices if c.areas[0].code == "w1"] == ["見守り区"]
    assert "散歩の会" in "".join(page.credits)
    assert [row.area.code for row in town.overview().rows if row.area.level == "watch"] == ["w1"]


def test_and_leave_when_the_folder_leaves(town: LoadedTown) -> None:
    shutil.rmtree(town.folder / "layers" / "bench")
    shutil.rmtree(town.folder / "boundaries" / "watch")
    answer = town.load(accept_ended=2)
    assert answer.layers["bench"].as_json()["ended"] == 1
    overview = town.overview(Audience.COORDINATOR)
    assert "木" not in {layer.symbol for layer in overview.layers}
    assert "watch" not in {row.area.level for row in overview.rows}
    ledger = (town.folder / "layers" / "numbers.csv").read_text(encoding="utf-8-sig")
    assert "11,bench,B1," in ledger  # the number stays given
