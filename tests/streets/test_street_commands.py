"""What the clerk reads of streets on her terminal; a broken file changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.cluster import Cluster
from geo.model.problem_codes import PROBLEM_CODES
from tests.streets.street_town import StreetTown, alone, grid, write_ward
from tests.typed_command import Otakara, typed_on


@pytest.fixture
def otakara(
    town: StreetTown,
    cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Otakara:
    return typed_on(town.folder, monkeypatch, capsys, cluster=cluster.folder)


def test_a_load_says_how_much_there_is(town: StreetTown, otakara: Otakara) -> None:
    town.write([*grid(40), alone(7000)])
    first = otakara("load")
    assert first.returncode == 0, first.stderr
    assert (
        "道と地形：交差点 1,602、道 3,121本、あわせて 315.8km、つながり 2（いちばん大きいものに99.9％）"
        in first.stdout
    )
    assert "地図の絵を、大きさごとに作っています" in first.stderr
    again = otakara("load")
    assert "道と地形：交差点 1,602、道 3,121本（そのまま）" in again.stdout
    told = json.loads(otakara("load", "--json").stdout)
    assert told["streets"] == {"nodes": 1602, "edges": 3121}


def test_older_and_lost_streets_are_told(town: StreetTown, otakara: Otakara) -> None:
    town.write(grid(4), as_of="2026-04-01")
    otakara("load")
    town.write(grid(3), as_of="2025-04-01")
    assert (
        "道と地形：交差点 16、道 24本のままです。読んだものは今あるものより古い版なので、記録に残しました。"
        in otakara("load").stdout
    )
    town.manifest.unlink()
    level = town.folder / "boundaries" / "ward"
    level.mkdir()
    (level / "boundary.toml").write_text(
        'title = "区"\nmembers = "m.csv"\nsource = "試験"\nlicence = "CC0-1.0"\nas_of = 2026-01-01\n',
        encoding="utf-8",
    )
    (level / "m.csv").write_text("", encoding="utf-8")
    assert "streets" in json.loads(otakara("check", "--json").stdout)


def test_check_reads_the_streets_too(town: StreetTown, otakara: Otakara) -> None:
    town.write(grid(4))
    said = otakara("check")
    assert said.returncode == 0
    assert "道    道と地形: 交差点 16、道 24本（あわせて2km）" in said.stdout
    told = json.loads(otakara("check", "--json").stdout)
    assert told["ok"] is True
    assert told["streets"] == {"nodes": 16, "edges": 24}


BROKEN = {
    "not JSON": b'{"elements": [',
    "nothing": b"",
    "not text": bytes(range(256)) * 4,
    "another thing": b'{"elements": [{"type": "way"}]}',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_changes_nothing(town: StreetTown, otakara: Otakara, content: bytes) -> None:
    town.write(grid(4))
    assert otakara("load").returncode == 0
    before = town.state()
    town.data.write_bytes(content)
    checked = otakara("check", "--json")
    told = json.loads(checked.stdout)
    assert checked.returncode == 1
    assert told["streets"] == {"nodes": 0, "edges": 0}
    [problem] = told["problems"]
    assert problem["file"] == "boundaries/streets.json"
    assert problem["severity"] == "error"
    assert problem["code"] in PROBLEM_CODES
    refused = otakara("load")
    assert refused.returncode == 1
    assert problem["message_ja"] in refused.stdout
    assert (
        "道と地形のファイルに、直すまで読み込めないところが1件あります。何も変えていません。"
        in refused.stderr
    )
    assert "Traceback" not in refused.stderr + refused.stdout
    assert town.state() == before


def test_a_system_that_does_not_measure_here_is_told(town: StreetTown, otakara: Otakara) -> None:
    town.write(grid(4))
    town.write_town("EPSG:3857")
    told = json.loads(otakara("check", "--json").stdout)
    [problem] = told["problems"]
    assert problem["code"] == "streets-not-measured"
    assert problem["message_ja"] == (
        "町の座標系（EPSG:3857）では、この道の長さを正しく測れません。"
        "municipality.toml の plane_zone（または metric_crs）と、道のデータの場所を確かめてください。"
    )
    assert otakara("load").returncode == 1


def test_streets_of_another_town_are_told(town: StreetTown, otakara: Otakara) -> None:
    town.write(grid(4))
    write_ward(town.folder, east=2.0)
    (town.folder / "layers").mkdir()
    told = json.loads(otakara("check", "--json").stdout)
    assert [problem["message_ja"] for problem in told["problems"]] == [
        "道がすべて、この町の地区の外にあります（道は 緯度34.80・経度138.30 のあたり、"
        "地区は 緯度34.82・経度140.33 のあたり）。ほかの町のデータでないか、確かめてください。"
    ]
    assert told["ok"] is True
    loaded = otakara("load")
    assert loaded.returncode == 0
    assert "道がすべて、この町の地区の外にあります" in loaded.stdout


def test_a_file_without_a_street_is_told(town: StreetTown, otakara: Otakara) -> None:
    town.write([])
    told = json.loads(otakara("check", "--json").stdout)
    codes = {problem["code"]: problem for problem in told["problems"]}
    assert codes["streets-empty"]["message_ja"] == (
        "道も地形も、1つもありません。ファイルを確かめてください。"
    )
    refused = otakara("load")
    assert refused.returncode == 1
    assert town.owned("SELECT count(*) FROM town.edition") == [(0,)]


def test_a_fault_of_the_base_map_alone_stops_the_load(town: StreetTown, otakara: Otakara) -> None:
    """It shows when half of it is written."""
    town.write(grid(4), more='[[ground]]\nkind = "sea"\ndata = "sea.geojson"\n')
    (town.folder / "boundaries" / "sea.geojson").write_text("{", encoding="utf-8")
    before = town.state()
    refused = otakara("load")
    assert refused.returncode == 1
    assert "boundaries/sea.geojson" in refused.stdout
    assert town.state() == before


def test_a_town_without_streets_imports_no_numbers(tmp_path: Path) -> None:
    """Commands that use no streets do not load what only streets need."""
    import subprocess
    import sys

    code = (
        "import sys; import geo.cli.group, geo.loading, geo.manifest, geo.street_intake,"
        " geo.street_intake.streets_reader, geo.street_intake.checking;"
        "print([m for m in ('numpy', 'osmium', 'scipy', 'shapely') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "[]"
