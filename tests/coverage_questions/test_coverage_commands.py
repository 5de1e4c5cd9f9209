"""``otakara coverage`` and ``otakara gaps`` as a coordinator types them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage_questions.conftest import OpenSquares, WalkTown
from typed_command import Otakara, typed_on

from geo.cluster import Cluster
from geo.model.coverage_answer import CoverageMethod


@pytest.fixture(scope="module")
def town(open_squares: OpenSquares) -> Iterator[WalkTown]:
    opened = open_squares("99897")
    yield opened
    opened.database.dispose()


@pytest.fixture
def otakara(
    cluster: Cluster,
    town: WalkTown,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Otakara:
    return typed_on(town.folder, monkeypatch, capsys, cluster=cluster.folder)


def test_the_stable_shape(otakara: Otakara) -> None:
    """The keys of ``coverage --json``, and 南西区's figures (see the figures' test)."""
    done = otakara("coverage", "quarter/q1", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["method"] == "道のりから計算した目安で、実際に通う人数ではありません。"
    assert (told["speed_m_per_min"], told["limits_min"], told["limits_m"]) == (
        60,
        [5, 10, 15],
        None,
    )
    assert (told["layers"], told["weekday"], told["as_of"]) == (["tea", "stop"], None, "2026-04-01")
    assert told["period"] == {"first": "2026-04-06", "last": "2026-06-07", "weeks": 9}
    (area,) = told["areas"]
    assert {
        key: area[key] for key in ("level", "code", "name", "people", "unknown", "covered")
    } == {
        "level": "quarter",
        "code": "q1",
        "name": "南西区",
        "people": 40,
        "unknown": 0,
        "covered": {"5": None, "10": 22, "15": None},
    }
    assert otakara("coverage", "quarter/q1", "--format", "json").stdout == done.stdout


@pytest.mark.parametrize("word", ["火", "火曜", "火曜日", "tue", "Tuesday", "ＴＵＥ"])
def test_weekdays_are_read_as_people_write_them(otakara: Otakara, word: str) -> None:
    told = json.loads(otakara("coverage", "quarter/q1", "--weekday", word, "--json").stdout)
    assert told["weekday"] == "火"
    assert told["areas"][0]["covered"]["10"] == 22


def test_other_options(otakara: Otakara) -> None:
    def covered(*words: str) -> dict[str, int | None]:
        done = otakara("coverage", "quarter/q4", *words, "--json")
        assert done.returncode == 0, done.stderr
        told: dict[str, int | None] = json.loads(done.stdout)["areas"][0]["covered"]
        return told

    assert covered("--minutes", "10、5") == {"5": 11, "10": 22}
    assert covered("--metres", "300,600") == {"300": 11, "600": 22}
    assert covered("--speed", "30") == {"5": None, "10": 11, "15": None}
    assert covered("--layer", "tea") == {"5": 0, "10": 0, "15": 0}
    assert covered("--weekday", "水") == {"5": 0, "10": 0, "15": 0}
    assert covered("--hours", "11時〜12時") == {"5": None, "10": 22, "15": None}
    assert covered("--hours", "9:00-10:30") == {"5": 0, "10": 0, "15": 0}
    assert covered("--people", "all") == covered("--people", "all", "--flat", "--some-weeks")
    bands = json.loads(otakara("coverage", "quarter/q4", "--people", "75歳以上", "--json").stdout)
    assert (bands["people_band"], bands["speed_m_per_min"]) == ("75", 50)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("--weekday", "げ"),
            "「げ」という曜日はありません（月 火 水 木 金 土 日 か mon … sun）。",
        ),
        (("--weekday", "t"), "「t」という曜日はありません"),
        (("--people", "70"), "「70」という人の分け方はありません（all、65、75、85 のどれか）。"),
        (("--minutes", "five"), "「five」は数として読めません（例: 5,10,15）。"),
        (("--minutes", "5,99"), "歩く範囲 99分 は遠すぎます。\n30分までで書いてください。"),
        (
            ("--minutes", "5", "--metres", "300"),
            "--minutes と --metres は、いっしょには使えません。",
        ),
        (("--hours", "あさ"), "「あさ」は時間として読めません（例: 10:00-12:00）。"),
        (("--hours", "12-10"), "時間の範囲が正しくありません。"),
        (("--speed", "500"), "歩く速さ 500m/分 では計算できません。"),
        (("--format", "parquet"), "parquet は画面に出せません。"),
        (("--format", "csv", "--json"), "--json と --format csv は、いっしょには使えません。"),
        (("quarter",), "「quarter」は、地区の書き方ではありません。"),
        (("quarter/q1", "--level", "cell"), "地区「quarter/q1」と --level cell が合っていません。"),
        (("-o", "/nowhere/at/all.csv"), "書き出す先のフォルダ /nowhere/at がありません。"),
    ],
)
def test_words_that_mean_nothing(otakara: Otakara, words: tuple[str, ...], told: str) -> None:
    done = otakara("coverage", *words)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--level", "block"), "圏域の種類「block」はありません。"),
        (("quarter/q9",), "という地区はありません。"),
        (
            ("--layer", "te"),
            "お宝の種類「te」はありません。\n「tea」（お茶の場）のことでしょうか。",
        ),
        (("--people", "85"), "85歳以上の人数は、この町の表にありません。"),
    ],
)
def test_what_is_not_there(otakara: Otakara, words: tuple[str, ...], told: str) -> None:
    done = otakara("coverage", *words)
    assert done.returncode == 1
    assert told in done.stderr


def test_the_table_says_how_it_was_reckoned(otakara: Otakara) -> None:
    lines = otakara("coverage", "--level", "quarter", "--weekday", "tue").stdout.splitlines()
    assert lines[0] == (
        "65歳以上のうち、家から歩いて5分・10分・15分以内に、火曜日に毎週ひらかれる所がある人数です。"
    )
    rows = [line for line in lines if "q1 南西区" in line]
    cells = [[cell.strip() for cell in row.strip("│").split("│")] for row in rows]
    assert cells == [
        ["q1 南西区", "40", "―", "22", "―", "0", "1"],
        ["q1 南西区", "0", "22", "0", "0", "0", "0", "0"],
    ]
    assert "四半区：毎週その曜日に、歩いて10分以内" in "".join(lines)
    assert "道のりから計算した目安で、実際に通う人数ではありません。" in lines
    assert any(line.startswith("歩く速さは1分に60m。坂は考えに入れていません。") for line in lines)
    assert "場所がわからないので数えていないお宝：3件" in lines
    assert "人数：人口（2026年4月1日）出典：テスト（CC0-1.0）" in lines
    one = otakara("coverage", "quarter/q1").stdout
    assert "南西区：年齢ごと" in one
    assert "通える所がある人数です。" in one


def test_csv_opens_in_excel_and_every_row_has_its_method(otakara: Otakara, tmp_path: Path) -> None:
    target = tmp_path / "coverage.csv"
    done = otakara("coverage", "--level", "quarter", "--format", "csv", "-o", str(target))
    assert done.returncode == 0
    assert f"{target} に書き出しました。" in done.stderr
    written = target.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    assert [row["地区"] for row in rows] == ["南西区", "南東区", "北西区", "北東区"]
    first = rows[0]
    assert (first["数えた人"], first["人数"], first["わからない人数"]) == ("65歳以上", "40", "0")
    assert (first["歩いて5分以内"], first["歩いて10分以内"]) == ("", "22")
    assert first["火曜（毎週）歩いて10分以内"] == "22"
    sentence = CoverageMethod.sentence_ja.fget  # type: ignore[attr-defined]
    assert all(row["計算のしかた"].startswith(sentence(None)) for row in rows)
    printed = otakara("coverage", "--level", "quarter", "--format", "csv").stdout
    assert printed.splitlines()[1:] == written.decode("utf-8-sig").splitlines()[1:]


def test_files_for_a_map(otakara: Otakara, tmp_path: Path) -> None:
    import geopandas

    told = json.loads(otakara("coverage", "--level", "strip", "--format", "geojson").stdout)
    assert [f["properties"]["code"] for f in told["features"]] == [
        "s1",
        "s2",
        "s3",
        "s4",
        "s5",
        "s6",
    ]
    assert told["features"][0]["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert told["features"][5]["geometry"] is None  # nobody has drawn it
    assert told["coverage"]["method"]
    target = tmp_path / "coverage.parquet"
    assert (
        otakara("coverage", "--level", "strip", "--format", "parquet", "-o", str(target)).returncode
        == 0
    )
    frame = geopandas.read_parquet(target)
    assert frame.crs == "EPSG:4326"
    assert frame["people"].tolist() == [20, 40, 20, 40, 40, 10]
    assert str(frame["covered_10"].dtype) == "Int64"
    assert frame.geometry.isna().tolist() == [False] * 5 + [True]


def test_gaps_of_an_area(otakara: Otakara) -> None:
    """南西区 for だれでも: 18 of its 40 people are out of reach, in three pieces.

    B2 whole, with the last 150 m of the arms of B1 and of A2 that lead there, are 1,300 m with
    10 + 2 + 2 people. The last 150 m of A2's way north and of B1's way east hang on nothing of this
    area; two people live along each. Four may not be told, and so neither the 14 that are left of 18.
    """
    told = json.loads(otakara("gaps", "quarter/q1", "--json").stdout)
    assert told["coverage"]["areas"][0]["covered"]["10"] == 22
    assert told["unvisited"] is None
    pieces = [(gap["streets_m"], gap["people"], gap["names"]) for gap in told["gaps"]]
    assert pieces == [  # from north to south
        (150, None, ["鶴町"]),
        (1300, None, ["亀町", "鶴町", "竹町"]),
        (150, None, ["竹町"]),
    ]
    table = otakara("gaps", "quarter/q1").stdout
    assert "南西区：歩いて10分以内に、まだ見つかっていない所 3か所" in table
    assert "まだ訪ねていない町丁" not in table


def test_a_gap_says_who_lives_there_and_how_far_it_is(otakara: Otakara, tmp_path: Path) -> None:
    """B2 alone: ten people, 1,000 m; its middle is 1,000 m from both places, the first is named."""
    import geopandas

    (gap,) = json.loads(otakara("gaps", "cell/B2", "--json").stdout)["gaps"]
    assert (gap["people"], gap["streets_m"], gap["names"]) == (10, 1000, ["亀町"])
    assert gap["nearest"] in ("茶1 あさひ会", "店9 雪町角")
    assert 985 <= gap["nearest_m"] <= 1000  # the middle of a piece of street of 25 m
    printed = otakara("gaps", "cell/B2", "--format", "csv").stdout.lstrip("\ufeff")
    (row,) = csv.DictReader(io.StringIO(printed))
    assert (row["町丁"], row["65歳以上（歩いて10分より遠い人）"]) == ("亀町", "10")
    shapes = json.loads(otakara("gaps", "cell/B2", "--format", "geojson").stdout)
    assert shapes["features"][0]["geometry"]["type"] == "MultiLineString"
    target = tmp_path / "gaps.parquet"
    done = otakara("gaps", "cell/B2", "--format", "parquet", "-o", str(target))
    assert done.returncode == 0
    assert geopandas.read_parquet(target)["people"].tolist() == [10]
    assert otakara("gaps", "quarter").returncode == 2
    assert otakara("gaps").returncode == 2


def test_what_nobody_has_visited_is_for_coordinators(otakara: Otakara) -> None:
    """Of 南東区 梅町 and 鳩町 have records; of 鷺町 and 桜町 nobody has written down anything."""
    inner = json.loads(otakara("gaps", "quarter/q2", "--audience", "coordinator", "--json").stdout)
    assert inner["unvisited"] == ["桜町", "鷺町"]
    people = [gap["people"] for gap in inner["gaps"] if gap["people"] is not None]
    assert people == sorted(people, reverse=True)
    told = otakara("gaps", "quarter/q2", "--audience", "coordinator").stdout
    assert "まだ訪ねていない町丁：桜町、鷺町" in told


def test_a_file_of_others_than_everybody_is_for_its_owner(otakara: Otakara, tmp_path: Path) -> None:
    for audience, mode in (("public", 0o644), ("coordinator", 0o600)):
        target = tmp_path / audience
        words = ("--level", "quarter", "--format", "json", "-o", str(target))
        assert otakara("coverage", *words, "--audience", audience).returncode == 0
        assert target.stat().st_mode & 0o777 == mode


def test_help_and_other_questions_leave_arrays_alone() -> None:
    """Neither the list of commands nor the questions of pages bring the machinery of walking along."""
    heavy = ["numpy", "scipy", "numba", "shapely", "pyproj", "pandas", "geopandas"]
    for line in ("import geo.questions", "import geo.cli.coverage, geo.cli.gaps"):
        code = (
            f"import sys\n{line}\nassert not set({heavy!r}) & set(sys.modules), sys.modules.keys()"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_no_figure_is_cut_however_narrow_the_terminal(columns: int) -> None:
    from rich.console import Console

    from geo.cli.text_table import text_table
    from geo.cli.walk_output import print_whole

    rows = [["とても長い名前の地区", *["169,429"] * 5, "―"]]
    console = Console(width=columns, file=io.StringIO(), force_terminal=False)
    print_whole(console, text_table("表", ["地区", "65歳以上", *"月火水木", "金"], rows, words=1))
    assert isinstance(console.file, io.StringIO)
    told = console.file.getvalue()
    assert told.count("169,429") == 5
    assert "…" not in told
    for letter in "とても長い名前の地区":
        assert letter in told
