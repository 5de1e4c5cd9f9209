"""``otakara check``: what the clerk and the machine read, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.cli.check import SHOWN_PER_KIND, for_terminal, problem_lines
from geo.cli.group import GEO_COMMANDS, build_group
from geo.model.problem import Problem, Severity
from geo.model.problem_sentence import sentence_ja


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OTAKARA_REALDATA", raising=False)

    def run(town: Path, *options: str) -> Result:
        group = build_group(GEO_COMMANDS)
        return CliRunner().invoke(group, ["--town", str(town), "check", *options])

    return run


def test_a_good_town(read_one, check, tmp_path: Path) -> None:
    read_one({"a.csv": "ID,名称,緯度,経度\n1,さくら会,34.8671,138.3229\n"})
    done = check(tmp_path / "town")
    assert (done.exit_code, done.output) == (
        0,
        "お宝  お茶の会: 1件\n\n読み込めます。困りごとはありませんでした。\n",
    )
    machine = json.loads(check(tmp_path / "town", "--json").output)
    assert machine == {
        "ok": True,
        "problems": [],
        "layers": {"tea": 1},
        "levels": {},
        "schedules": {},
        "streets": {"nodes": 0, "edges": 0},
        "people": {"rows": 0, "total": 0},
    }


def test_a_faulty_town(read_one, check, tmp_path: Path) -> None:
    read_one({"a.csv": "ID,名称,公開範囲\n1,さくら会,みんな\n2,,\n3,もみじ会,\n"})
    done = check(tmp_path / "town")
    assert done.exit_code == 1
    assert "【直すまで読み込めません】2件\n  layers/tea/a.csv\n    C2『みんな』: " in done.output
    assert "    B3（名称）: 名称がありません。名前を書いてください。\n" in done.output
    assert "直すところが2か所あります。" in done.output
    machine = json.loads(check(tmp_path / "town", "--json").output)
    assert (machine["ok"], machine["layers"]) == (False, {"tea": 1})
    first = machine["problems"][0]
    assert first.pop("message_ja").startswith("公開範囲の「みんな」は決まった言葉ではありません。")
    assert first == {
        "severity": "error", "file": "layers/tea/a.csv", "sheet": None, "cell": "C2", "row": 2,
        "column": "公開範囲", "value": "みんな", "code": "audience-unknown",
    }  # fmt: skip


def test_a_sentence_says_where_what_and_that_it_may_stay(read_one, check, tmp_path: Path) -> None:
    read_one({"a.csv": "ID,名称,開催日時\n1,さくら会,第2・4木 10時〜\n"})
    done = check(tmp_path / "town")
    assert done.exit_code == 0
    assert (
        "    C2『第2・4木 10時〜』: 終わりの時刻がありません。このまま読み込めます。\n"
        in done.output
    )
    assert "  この2件は、このままでも読み込めます。" in done.output  # and one without a place


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (
            Problem(
                Severity.WARNING, "a.xlsx", "終わりの時刻がありません。", "schedule-no-end",
                sheet="サロン", cell="E25", row=25, column="開催日時", value="第2・4木 10時〜",
            ),
            "『サロン』シート E25『第2・4木 10時〜』: 終わりの時刻がありません。このまま読み込めます。",
        ),
        (
            Problem(
                Severity.ERROR, "a.xlsx", "書いてください。", "name-missing",
                sheet="サロン", cell="B3", row=3, column="名称",
            ),
            "『サロン』シート B3（名称）: 書いてください。",
        ),
        (
            Problem(Severity.ERROR, "a.geojson", "直してください。", "x", row=3),
            "3番目の図形: 直してください。",
        ),
        (
            Problem(Severity.ERROR, "layer.toml", "直してください。", "x", column="color", value="赤"),
            "color『赤』: 直してください。",
        ),
        (Problem(Severity.ERROR, "a.xlsx", "直してください。", "x", sheet="表"), "『表』シート: 直してください。"),
        (Problem(Severity.ERROR, "a.xlsx", "直してください。", "x"), "直してください。"),
    ],
)  # fmt: skip
def test_where_what_how(problem: Problem, sentence: str) -> None:
    assert sentence_ja(problem) == sentence


def test_nothing_to_check_is_a_fault(check, tmp_path: Path) -> None:
    done = check(tmp_path)
    assert done.exit_code == 1
    assert "読むものがありません。" in done.output
    assert check(tmp_path / "nowhere").exit_code == 1
    assert check(tmp_path, "--jsn").exit_code == 2


def test_a_long_list_is_cut_but_its_count_is_said() -> None:
    problems = [
        Problem(Severity.ERROR, "a.csv", f"だめ{i}。", "name-missing", cell=f"B{i}")
        for i in range(80)
    ]
    lines = list(problem_lines(problems))
    assert lines[0] == "【直すまで読み込めません】80件"
    assert sum("だめ" in line for line in lines) == SHOWN_PER_KIND
    assert f"    ほか{80 - SHOWN_PER_KIND}件（名称がない）" in lines


def test_text_of_a_file_does_not_steer_the_terminal() -> None:
    assert for_terminal("a\x1b[31m\u202eb\nc\x07") == "a[31mb⏎c"
