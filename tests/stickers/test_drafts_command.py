"""``otakara drafts``: what was said, whom to ask, and what became of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from stickers.conftest import StickerTown, hexed, meeting_file, sticker
from typed_command import Otakara, typed_on


@pytest.fixture(scope="module")
def town(make_town: Callable[[str], StickerTown]) -> StickerTown:
    return make_town("99762")


@pytest.fixture
def otakara(
    town: StickerTown, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Otakara:
    town.empty()
    return typed_on(town.settings.town, monkeypatch, capsys, cluster=town.settings.cluster)


def file(tmp_path: Path, *numbers: int, **changed: object) -> str:
    path = tmp_path / "ふせん_南西区_2026-11-21.json"
    path.write_text(json.dumps(meeting_file(*numbers, **changed)), "utf-8")
    return str(path)


def test_a_meeting_is_taken_asked_about_and_settled(otakara: Otakara, tmp_path: Path) -> None:
    assert otakara("drafts").stdout == "残っているふせんはありません。\n"
    done = otakara("drafts", "--take", file(tmp_path, 0x1 << 120, 0x2 << 120))
    assert (done.returncode, done.stdout) == (0, "ふせんを2枚、取り込みました。\n")
    again = otakara("drafts", "--take", file(tmp_path, 0x1 << 120, 0x2 << 120), "--json")
    assert json.loads(again.stdout) == {"new": 0, "known": 2}

    told = otakara("drafts").stdout
    assert told.startswith("2026年11月21日（土） 南西区の集まり：残り 2枚\n")
    assert "  い  01000000  ことばい  まだたずねていない\n" in told
    assert "      たずねる先：鶴亀の会／茶7 ないしょ会（100m、" in told

    settled = otakara("drafts", "--settle", "01000000", "--as", "asked")
    assert settled.stdout.endswith("：たずねた\n")
    otakara("drafts", "--settle", "02", "--as", "done")
    told = otakara("drafts").stdout
    assert "残り 1枚" in told
    assert "たずねた\n" in told
    assert "02000000" not in told
    assert "済んだもの 1枚" in told

    data = json.loads(otakara("drafts", "--json").stdout)
    (meeting,) = data["meetings"]
    assert (data["damaged"], meeting["area"], meeting["code"]) == (0, "南西区", "q1")
    assert [draft["state"] for draft in meeting["drafts"]] == ["asked", "done"]
    assert meeting["drafts"][0]["near"][0] == {
        "mark": "茶7",
        "name": "ないしょ会",
        "distance_m": 100,
    }
    assert meeting["drafts"][0]["met_at"] == "2026-11-21T14:05+09:00"


def test_rows_are_written_for_the_clerk_alone(
    otakara: Otakara, tmp_path: Path, town: StickerTown
) -> None:
    town.box.take([sticker(1, word="朝市")])
    target = tmp_path / "rows.csv"
    done = otakara("drafts", "--export", str(target))
    assert (done.returncode, "1行を" in done.stdout) == (0, True)
    assert target.stat().st_mode & 0o777 == 0o600
    text = target.read_text("utf-8-sig")
    assert text.splitlines()[0] == "名称,緯度,経度,地区,公開範囲,いもづる元,備考"
    assert "朝市" in text
    refused = otakara("drafts", "--export", str(tmp_path / "none" / "rows.csv"))
    assert refused.returncode == 2
    assert "書き込めません" in refused.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\x01", "壊れています"),
        (b'{"format": "x"}', "集まりのふせんのファイルでは"),
        (json.dumps(meeting_file(1, version=2)).encode(), "別の版"),
        (b" " * 300_000, "大きすぎます"),
        (b"", "壊れています"),
    ],
    ids=["bytes", "other", "version", "large", "empty"],
)
def test_a_hostile_file_is_a_sentence(
    otakara: Otakara, tmp_path: Path, town: StickerTown, content: bytes, said: str
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    done = otakara("drafts", "--take", str(path))
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert town.words() == []


def test_what_is_no_file_is_a_sentence(otakara: Otakara, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none.json", tmp_path, tmp_path / "pipe"):
        done = otakara("drafts", "--take", str(path))
        assert (done.returncode, "開けません" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("--settle", "1"),
        ("--as", "done"),
        ("--settle", "1", "--as", "new"),
        ("--settle", "1", "--as", "done", "--export", "x.csv"),
        ("--take", "a", "--export", "b"),
    ],
)
def test_unusable_words(otakara: Otakara, words: tuple[str, ...]) -> None:
    assert otakara("drafts", *words).returncode == 2


def test_nobody_is_settled_by_mistake(otakara: Otakara, town: StickerTown) -> None:
    town.box.take([sticker(0x11 << 120), sticker(0x12 << 120)])
    for beginning in ("1", "3", ""):
        done = otakara("drafts", "--settle", beginning, "--as", "done")
        assert (done.returncode, "そのふせんはありません" in done.stderr) == (1, True)


def test_a_slip_is_erased(otakara: Otakara, town: StickerTown, tmp_path: Path) -> None:
    otakara("drafts", "--take", file(tmp_path, 0xAB << 120))
    done = otakara("drafts", "--erase", "AB")
    assert (done.returncode, done.stdout) == (0, "ふせんを消しました。\n")
    assert otakara("drafts", "--erase", "ab").returncode == 1
    assert otakara("drafts", "--take", file(tmp_path, 0xAB << 120)).stdout.startswith("ふせんを0枚")
    assert town.words() == []


def test_words_cannot_steer_the_terminal(otakara: Otakara, town: StickerTown) -> None:
    town.box.take([sticker(1, word="朝\u200b市\U000e0001")])
    assert "  朝市  " in otakara("drafts").stdout


def test_damage_and_a_town_that_is_not_loaded_are_said(
    otakara: Otakara, town: StickerTown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.box.take([sticker(1, word="朝市")])
    (town.box.folder / f"{hexed(2)}.json").write_bytes(b"{")
    done = otakara("drafts")
    assert "1枚は、ファイルが壊れていて読めません" in done.stderr
    assert "朝市" in done.stdout
    monkeypatch.setenv("OTAKARA_DRAFTS", str(town.box.folder.parent))
    monkeypatch.setenv("OTAKARA_CLUSTER", str(tmp_path / "no-cluster"))
    done = otakara("drafts")
    assert done.returncode == 0
    assert "たずねる先は、読み込んだあとに出ます。" in done.stderr
    assert "朝市" in done.stdout


def test_no_arrays_before_somebody_asks() -> None:
    import subprocess
    import sys

    code = (
        "import sys, geo.cli.drafts; print({'numpy', 'shapely', 'sqlalchemy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
