"""``otakara new`` and ``otakara publish`` as a coordinator runs them, to the map in PostGIS."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typed_command import Otakara, typed_on

from geo.cluster import Cluster
from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.model.map_answer import MapAnswer
from geo.questions import treasure_map
from geo.settings import Settings

CODE = "22998"


@pytest.fixture
def otakara(
    cluster: Cluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Otakara:
    """Run a command in this process, on a town folder that is not there yet."""
    return typed_on(tmp_path / "town", monkeypatch, capsys, cluster=cluster.folder)


TOWN = ("--municipality", "ためし町", "--code", CODE)


def test_the_first_day_needs_two_words(
    otakara: Otakara, her_workbook: Path, tmp_path: Path
) -> None:
    done = otakara("new", str(her_workbook))
    assert done.returncode == 2
    assert done.stderr == (
        "このフォルダには、まだ町がありません。\n"
        "町の名前とコードを、--municipality ○○市 --code 12345 のように書いてください。\n"
    )
    done = otakara("new", str(her_workbook), "--municipality", "ためし町", "--code", "229981")
    assert (done.returncode, "検査数字が合いません" in done.stderr) == (2, True)
    assert not (tmp_path / "town").exists()


def test_on_a_terminal_it_asks(
    otakara: Otakara, her_workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["ためし町", "２２９９８"])
    asked: list[str] = []

    def prompt(text: str, **_more: object) -> str:
        asked.append(text)
        return next(answers)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.prompt", prompt)
    assert otakara("new", str(her_workbook)).returncode == 0
    assert asked == [
        "町の名前（例: ○○市）",
        "全国地方公共団体コード（5けた、または検査数字のついた6けた）",
    ]
    manifest = (tmp_path / "town/boundaries/municipality.toml").read_text("utf-8")
    assert tomllib.loads(manifest) == {"name": "ためし町", "code": "22998", "plane_zone": 8}


def test_a_dry_run_writes_nothing(otakara: Otakara, her_workbook: Path, tmp_path: Path) -> None:
    done = otakara("new", str(her_workbook), *TOWN, "--dry-run")
    assert done.returncode == 0
    assert "下見だけで、何も書いていません" in done.stdout
    assert not (tmp_path / "town").exists()
    done = otakara("new", str(her_workbook), *TOWN, "--dry-run", "--json")
    told = json.loads(done.stdout)
    assert (told["ok"], told["written"]) == (True, False)
    assert [layer["rows"] for layer in told["layers"]] == [30, 12]
    assert told["layers"][0]["audience"] == {
        "public": 11,
        "council": 0,
        "partners": 0,
        "coordinator": 19,
    }
    assert {c["header"]: c["field"] for c in told["layers"][0]["columns"]}["会場"] == "venue"
    assert not (tmp_path / "town").exists()


def test_what_the_coordinator_reads(otakara: Otakara, her_workbook: Path) -> None:
    done = otakara("new", str(her_workbook), *TOWN)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "■ つどいの場（「つどいの場」シート） → layers/list_1/ を作りました" in lines
    assert "30件を読み込みました。だれでも見られるもの 11件、担当者だけ 19件" in lines
    assert "12件を読み込みました。だれでも見られるもの 0件、担当者だけ 12件" in lines
    assert lines[-3:] == [
        "地図にする　　　： otakara up",
        "一覧ごと公開する： otakara publish list_1 --basis 公表済みの冊子に掲載",
        "一覧ごと公開する： otakara publish list_2 --basis 公表済みの冊子に掲載",
    ]
    assert any(line.split()[:3] == ["E", "会場", "会場"] for line in lines)
    again = otakara("new", str(her_workbook))
    assert again.returncode == 1
    assert again.stderr.startswith("この一覧は、もう「つどいの場」（layers/list_1）にあります。")


def test_publishing_asks_or_needs_yes(
    otakara: Otakara, her_workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert otakara("new", str(her_workbook), *TOWN).returncode == 0
    manifest = tmp_path / "town/layers/list_2/layer.toml"
    words = ("publish", "list_2", "--basis", "時刻表をお店が公表済み")
    done = otakara(*words)
    assert done.returncode == 2
    assert "0件 から 12件 になります" in done.stdout
    assert "--yes をつけて" in done.stderr
    assert "audience" not in tomllib.loads(manifest.read_text("utf-8"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.confirm", lambda _text: False)
    assert otakara(*words).returncode == 1
    assert "audience" not in tomllib.loads(manifest.read_text("utf-8"))
    monkeypatch.setattr("click.confirm", lambda _text: True)
    assert otakara(*words).returncode == 0
    assert (
        tomllib.loads(manifest.read_text("utf-8"))["publication_basis"] == "時刻表をお店が公表済み"
    )
    done = otakara("publish", "list_2", "--basis", "時刻表をお店が公表済み", "--yes", "--json")
    assert json.loads(done.stdout)["would_be_visible"] == 12
    assert otakara("publish", "list_7", "--basis", "x", "--yes").returncode == 2


def test_new_and_published_in_one_step(
    otakara: Otakara, her_workbook: Path, tmp_path: Path
) -> None:
    words = ("new", str(her_workbook), *TOWN, "--sheet", "買い物の足", "--layer", "van")
    done = otakara(*words, "--publish", "時刻表をお店が公表済み")
    assert (done.returncode, "--yes をつけて" in done.stderr) == (2, True)
    assert otakara(*words, "--publish", " ", "--yes").returncode == 2
    assert not (tmp_path / "town").exists()  # nothing is half done
    done = otakara(*words, "--publish", "時刻表をお店が公表済み", "--yes", "--json")
    told = json.loads(done.stdout)
    assert [layer["id"] for layer in told["layers"]] == ["van"]
    assert [(p["would_be_visible"], p["published"]) for p in told["published"]] == [(12, True)]
    manifest = tomllib.loads((tmp_path / "town/layers/van/layer.toml").read_text("utf-8"))
    assert manifest["audience"] == "だれでも"
    assert manifest["data"] == "通いの一覧.xlsx"


def test_files_that_are_not_there_or_no_lists(otakara: Otakara, tmp_path: Path) -> None:
    done = otakara("new", str(tmp_path / "ない.xlsx"), *TOWN)
    assert (done.returncode, done.stdout) == (2, "")
    assert "がありません" in done.stderr
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    done = otakara("new", str(tmp_path / "a.xls"), *TOWN)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("a.xls：古いExcel形式（.xls）は読めません。")
    done = otakara("new", str(tmp_path / "a.xls"), *TOWN, "--json")
    assert json.loads(done.stdout)["problems"][0]["code"] == "data-kind"


HALLS = {"東公民館": (138.30, 34.85), "西集会所": (138.32, 34.86), "浜の家": (138.31, 34.84)}


def _with_places(path: Path) -> None:
    """Somebody has added 緯度 and 経度 of three halls: those rows have a place."""
    book = openpyxl.load_workbook(path)
    sheet = book["つどいの場"]
    sheet["M5"], sheet["N5"] = "緯度", "経度"
    for row in range(6, 36):
        place = HALLS.get(sheet.cell(row, 5).value)
        if place:
            sheet.cell(row, 13, place[1])
            sheet.cell(row, 14, place[0])
    book.save(path)


def _districts(town: Path) -> None:
    """One level of three areas, in strips from west to east."""
    folder = town / "boundaries" / "district"
    folder.mkdir(parents=True)
    features = []
    for code, name, west in (("1", "東", 138.32), ("2", "中", 138.305), ("3", "西", 138.29)):
        ring = [
            [west, 34.8],
            [west + 0.015, 34.8],
            [west + 0.015, 34.9],
            [west, 34.9],
            [west, 34.8],
        ]
        features.append(
            {
                "type": "Feature",
                "properties": {"code": code, "name": name},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "a.geojson").write_text(json.dumps(collection), "utf-8")
    (folder / "boundary.toml").write_text(
        'title = "見守りの区"\ncode = "code"\nname = "name"\nsource = "ためし町"\nlicence = "CC0-1.0"\n'
        "as_of = 2026-03-31\n",
        "utf-8",
    )


def test_from_an_empty_folder_to_the_map(
    otakara: Otakara, her_workbook: Path, tmp_path: Path, cluster: Cluster
) -> None:
    """new -> load -> the map of each district; then publish -> load -> what everybody sees."""
    town = tmp_path / "town"
    _with_places(her_workbook)
    _districts(town)
    assert otakara("new", str(her_workbook), *TOWN).returncode == 0
    done = otakara("load")
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    inside, public = _maps(town, cluster)
    assert sum(len(answer.entries) for answer in inside) == 30  # every row is in its 地区's list
    assert {entry.name for answer in inside for entry in answer.entries} >= {"こまくさクラブ"}
    assert sum(len(answer.flags) for answer in inside) > 0
    assert sum(len(answer.entries) for answer in public) == 11
    assert "054-000-" not in str(public)
    done = otakara("publish", "list_1", "--basis", "公表済みの冊子に掲載", "--yes")
    assert done.returncode == 0
    assert otakara("load").returncode == 0
    _, public = _maps(town, cluster)
    assert sum(len(answer.entries) for answer in public) == 14
    assert "054-000-" in str(public)


def test_without_boundaries_the_list_names_the_areas(
    otakara: Otakara, her_workbook: Path, tmp_path: Path, cluster: Cluster
) -> None:
    """No boundary file on the first day: 東, 中 and 西 have pages, with flags where there is a place."""
    town = tmp_path / "town"
    _with_places(her_workbook)
    done = otakara("new", str(her_workbook), *TOWN)
    assert done.returncode == 0
    assert (
        "地区の境界がまだないので、一覧の「地区」の列から、地区の一覧（3地区）を"
        "boundaries/district/ に作ります。地区ごとのページが開けます。"
    ) in done.stdout
    assert (town / "boundaries/district/members.csv").read_text("utf-8") == (
        "area_code,area_name,member_level,member_code\n1,東,,\n2,中,,\n3,西,,\n"
    )
    assert json.loads(otakara("check", "--json").stdout)["levels"] == {"district": 3}
    assert otakara("load").returncode == 0
    inside, public = _maps(town, cluster)
    assert [len(answer.entries) for answer in inside] == [10, 10, 10]
    assert [answer.area.name for answer in inside] == ["東", "中", "西"]
    placed = sum(len(flag.numbers) for answer in inside for flag in answer.flags)
    assert placed == 15  # every second group meets in one of the three halls
    assert sum(len(answer.entries) for answer in public) == 11


def _maps(town: Path, cluster: Cluster) -> tuple[list[MapAnswer], list[MapAnswer]]:
    """The three districts' maps for 担当者だけ and for だれでも."""
    found = []
    database = TownDatabase(Settings(town=town, cluster=cluster.folder), CODE)
    try:
        for audience in (Audience.COORDINATOR, Audience.PUBLIC):
            with database.connect(audience, Medium.WEB) as conn:
                found.append(
                    [
                        treasure_map(
                            conn,
                            audience=audience,
                            medium=Medium.WEB,
                            level="district",
                            code=code,
                            today=date(2026, 4, 10),
                        )
                        for code in "123"
                    ]
                )
    finally:
        database.dispose()
    return found[0], found[1]
