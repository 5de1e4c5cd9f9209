"""``otakara areas`` and ``otakara load`` as a clerk runs them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typed_command import Otakara, typed_on

from geo.cluster import Cluster

SQUARES = Path(__file__).resolve().parents[1] / "town"


CODE = "99374"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The squares under a code of their own."""
    folder = tmp_path / "town"
    shutil.copytree(SQUARES, folder)
    manifest = folder / "boundaries" / "municipality.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("99001", CODE), encoding="utf-8")
    return folder


@pytest.fixture
def otakara(
    cluster: Cluster,
    town: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Otakara:
    """Run a command in this process, through the program's own entry: fast, and all of it."""
    return typed_on(town, monkeypatch, capsys, cluster=cluster.folder)


@pytest.fixture(autouse=True)
def _fresh(make_town_database: Callable[..., object]) -> None:
    make_town_database(CODE)


def test_load_then_areas(otakara: Otakara, town: Path) -> None:
    first = otakara("load")
    assert first.returncode == 0, first.stderr
    assert "  お茶の場 8件（新しい 8、変わった 0、そのまま 0、なくなった 0）" in first.stdout
    assert "    新しい：あさひ会、ゆうひ会、うめ会、" in first.stdout
    assert "境界「四半区」を読んでいます" in first.stderr

    list_ = town / "layers" / "tea" / "tea.csv"
    text = list_.read_text("utf-8")
    list_.write_text(text.replace("毎朝", "毎夕"), encoding="utf-8")
    second = json.loads(otakara("load", "--json").stdout)
    assert second["layers"]["tea"] == {"new": 0, "changed": 1, "unchanged": 7, "ended": 0}
    assert second["levels"]["cell"] == {"new": 0, "changed": 0, "unchanged": 16, "ended": 0}
    assert second["people"] == {"rows": 16, "total": 160}

    rows = json.loads(otakara("areas", "--json", "--level", "strip").stdout)
    assert [row["code"] for row in rows] == ["s1", "s2", "s3", "s4", "s5", "s6"]
    assert rows[1]["municipality"] == CODE
    assert rows[1]["treasures"] == {"tea": 2}
    assert (rows[1]["people"], rows[1]["people_65"]) == (40, 40)
    assert rows[1]["overlaps"][0] == {
        "level": "quarter",
        "code": "q1",
        "name": "南西区",
        "share": 0.75,
    }
    full = json.loads(
        otakara("areas", "--json", "--level", "strip", "--audience", "coordinator").stdout
    )
    assert full[1]["treasures"] == {"tea": 4}

    table = otakara("areas", "--level", "strip")
    assert table.returncode == 0
    assert "南西区 75%、南東区 25%" in table.stdout
    assert "空の会（境界なし）" in table.stdout
    assert "茶＝お茶の場、店＝停まる店" in table.stdout

    wrong = otakara("areas", "--level", "stripe")
    assert wrong.returncode == 1
    assert wrong.stderr.startswith("圏域の種類「stripe」はありません。\n「strip」（町会）")


def test_a_refused_load_says_what_check_says(otakara: Otakara, town: Path) -> None:
    list_ = town / "layers" / "tea" / "tea.csv"
    good = list_.read_text("utf-8")
    list_.write_text(good.replace("だれでも,,ホーム", "だれかに,,ホーム", 1), encoding="utf-8")
    refused = otakara("load")
    assert refused.returncode == 1
    assert "【直すまで読み込めません】1件" in refused.stdout
    assert "G2『だれかに』: " in refused.stdout
    assert "--skip-bad-rows" in refused.stderr
    assert "Traceback" not in refused.stderr
    shape = json.loads(otakara("load", "--json").stdout)
    assert shape["ok"] is False
    assert shape["problems"][0]["cell"] == "G2"

    skipped = otakara("load", "--skip-bad-rows")
    assert skipped.returncode == 0, skipped.stderr
    assert "1行を除いて読み込みました" in skipped.stdout
    assert "G2『だれかに』: " in skipped.stdout
    assert "お茶の場 7件" in skipped.stdout


def test_many_endings_need_a_word(otakara: Otakara, town: Path) -> None:
    assert otakara("load").returncode == 0
    list_ = town / "layers" / "tea" / "tea.csv"
    lines = list_.read_text("utf-8").splitlines()
    list_.write_text("\n".join(lines[:6]) + "\n", encoding="utf-8")
    refused = otakara("load")
    assert refused.returncode == 1
    assert "--accept-ended 3" in refused.stderr
    accepted = otakara("load", "--accept-ended", "3")
    assert accepted.returncode == 0
    assert "お茶の場 5件（新しい 0、変わった 0、そのまま 5、なくなった 3）" in accepted.stdout
    lines = accepted.stdout.splitlines()
    assert (
        "前回から：新しく 0件、変わったところ 0件、終わったもの 3件、シートを移ったもの 0件。"
        in lines
    )
    ended = lines[lines.index("  終わったもの 3件") + 1 :][:3]
    assert ended == ["    ・茶6 はと会", "    ・茶7 ないしょ会", "    ・茶8 そら会"]


def test_areas_before_any_load_says_so(otakara: Otakara) -> None:
    said = otakara("areas")
    assert said.returncode == 1
    assert "otakara load" in said.stderr
    assert "Traceback" not in said.stderr


QUICK = [["--help"], ["areas", "--json"], ["areas"], ["db", "status"]]
HEAVY = ["numpy", "scipy", "numba", "shapely", "pandas", "geopandas", "pyproj", "flask", "folium"]


def test_quick_commands_leave_arrays_alone(otakara: Otakara, town: Path, cluster: Cluster) -> None:
    """Importing arrays costs more than the answer; none of these commands needs them."""
    assert otakara("load").returncode == 0
    environ = {k: v for k, v in os.environ.items() if not k.startswith("OTAKARA_")}
    environ |= {"OTAKARA_CLUSTER": str(cluster.folder), "OTAKARA_TOWN": str(town)}
    for words in QUICK:
        code = (
            "import sys\n"
            f"sys.argv = ['otakara', *{words!r}]\n"
            "from geo.cli.group import main\n"
            "try:\n    main()\n"
            "except SystemExit as end:\n    assert not end.code, end.code\n"
            f"found = sorted(set({HEAVY!r}) & set(sys.modules))\n"
            "assert not found, found\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, (words, done.stderr)
