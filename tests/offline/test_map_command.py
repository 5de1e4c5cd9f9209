"""``otakara map`` end to end, as a clerk calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from town_copy import copy_of_squares

from geo.loading import load_town
from geo.settings import Settings

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def otakara(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Run:
    """``otakara(*words, **settings)`` on a loaded copy of the town of squares."""
    town = copy_of_squares(tmp_path_factory.mktemp("offline") / "町", "99712")
    settings = make_settings(town)
    load_town(settings)

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("OTAKARA_")}
        return subprocess.run(
            [sys.executable, "-m", "webmap.cli", "--town", str(town), *words],
            env=clean | {"OTAKARA_CLUSTER": str(settings.cluster)} | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )

    return run


def test_a_public_file(otakara: Run, tmp_path: Path) -> None:
    target = tmp_path / "南西.html"
    done = otakara("map", "quarter/q1", "-o", str(target))
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    assert "南西区の地図を" in done.stdout
    text = target.read_text("utf-8")
    assert "あさひ会" in text
    assert [w for w in ("ないしょ会", "つる会", "亀井さん宅", "000-000-0101") if w in text] == []


def test_an_inner_file_needs_the_passphrase(otakara: Run, tmp_path: Path) -> None:
    target = tmp_path / "inner.html"
    words = ("map", "quarter/q1", "-o", str(target), "--audience", "coordinator", "--json")
    refused = otakara(*words)
    assert refused.returncode == 2
    assert "合言葉" in refused.stderr
    assert not target.exists()
    done = otakara(*words, OTAKARA_PASSPHRASE="himitsu-no-chizu")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["treasures"], told["flags"], told["encrypted"]) == (4, 3, True)
    assert "ないしょ会" not in target.read_text("utf-8")


@pytest.mark.parametrize(
    ("area", "sentence"),
    [
        ("quarter", "「地区の種類/地区のコード」の形"),
        ("quarter/zz", "zz"),
        ("nothing/q1", "nothing"),
    ],
)
def test_a_wrong_area_is_said_in_japanese(
    otakara: Run, tmp_path: Path, area: str, sentence: str
) -> None:
    done = otakara("map", area, "-o", str(tmp_path / "a.html"))
    assert done.returncode in {1, 2}
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_calendar(otakara: Run, tmp_path: Path) -> None:
    target = tmp_path / "南西.ics"
    done = otakara("calendar", "quarter/q1", "-o", str(target), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    text = target.read_text("utf-8")
    assert said["events"] == text.count("BEGIN:VEVENT") > 0
    assert said["audience"] == "public"
    assert [w for w in ("ないしょ会", "つる会", "亀井さん宅", "000-000-0101") if w in text] == []
    again = target.read_bytes()
    assert otakara("calendar", "quarter/q1", "-o", str(target)).returncode == 0
    assert target.read_bytes() == again


def test_a_calendar_for_the_inside_says_so(otakara: Run, tmp_path: Path) -> None:
    target = tmp_path / "内部.ics"
    done = otakara("calendar", "quarter/q1", "-o", str(target), "--audience", "coordinator")
    assert done.returncode == 0, done.stderr
    assert "内部用" in done.stderr
    assert "内部用" in target.read_text("utf-8")
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_calendar_nowhere(otakara: Run, tmp_path: Path) -> None:
    done = otakara("calendar", "quarter/q1", "-o", str(tmp_path / "nothing" / "a.ics"))
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "フォルダ" in done.stderr
