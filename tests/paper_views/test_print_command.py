"""``otakara print``: a PDF from the clerk's hand to paper."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from paper_foundation.printed import pages_mm, text_of
from paper_views.conftest import Ask
from typed_command import Otakara, typed_on

from geo.settings import Settings
from webmap.cli import main
from webmap.paper.printing import SHEETS


@pytest.fixture
def otakara(
    squares_on_paper: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Otakara:
    return typed_on(
        squares_on_paper.town, monkeypatch, capsys, cluster=squares_on_paper.cluster, entry=main
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sheet.pdf"


def test_it_writes_what_may_be_on_paper(otakara: Otakara, file: Path) -> None:
    """あさひ会 agreed to paper only: on it from here, and not over the web."""
    done = otakara("print", "quarter/q1", "-o", str(file))
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        f"南西区の印刷用のファイルを {file} に書き出しました（A3、お宝 2件、だれでも）。\n"
    )
    said = text_of(file.read_bytes())
    assert ("あさひ会" in said, "ゆうひ会" in said, "つる会" in said) == (True, True, False)
    assert "内部用" not in said


def test_every_choice_of_the_url_is_one_of_the_command(
    otakara: Otakara, file: Path, ask: Ask
) -> None:
    choices = ("--paper", "a4", "--portrait", "--scale", "1:20000", "--large", "--readings")
    assert otakara("print", "quarter/q2", "-o", str(file), *choices, "--grey").returncode == 0
    written = file.read_bytes()
    assert pages_mm(written)[0] == pytest.approx((210, 297), abs=0.01)
    assert "縮尺1:20,000" in text_of(written)
    query = "paper=A4&orientation=portrait&scale=20000&large=1&readings=1&grey=1"
    # q2 has nothing that is on paper only: over the web come the same bytes.
    assert ask().get(f"/99909/quarter/q2.pdf?{query}").data == written


@pytest.mark.parametrize("sheet", [sheet.value for sheet in SHEETS])
def test_every_sheet_is_written(otakara: Otakara, file: Path, sheet: str) -> None:
    done = otakara("print", "quarter/q1", "-o", str(file), "--sheet", sheet)
    assert done.returncode == 0, done.stderr
    said = text_of(file.read_bytes())
    assert ("ゆうひ会" in said, "つる会" in said) == (True, False)


def test_inner_sheets_say_so_and_carry_the_number_of_the_copy(otakara: Otakara, file: Path) -> None:
    done = otakara(
        "print", "quarter/q1", "-o", str(file), "--audience", "council", "--copy", "31", "--json"
    )
    told = json.loads(done.stdout)
    assert told == {
        "file": str(file),
        "bytes": file.stat().st_size,
        "treasures": 3,
        "audience": "council",
        "unwritable": "",
    }
    assert "内部用協議体までNo.31" in text_of(file.read_bytes())
    assert file.stat().st_mode & 0o077 == 0
    spoken = otakara("print", "quarter/q1", "-o", str(file), "--audience", "council")
    assert "内部用です。" in spoken.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--copy", "0"),
        ("--scale", "1:3"),
        ("--paper", "B4"),
        ("--paper", "A1"),  # not made yet
    ],
)
def test_what_cannot_be_printed_leaves_no_file(
    otakara: Otakara, file: Path, words: tuple[str, ...]
) -> None:
    assert otakara("print", "quarter/q1", "-o", str(file), *words).returncode == 2
    assert not file.exists()
    assert otakara("print", "quarter/q9", "-o", str(file)).returncode == 1
    assert not file.exists()


def test_help_imports_no_arrays() -> None:
    """``otakara print --help`` is there at once."""
    heavy = "[m for m in ('numpy', 'typst', 'shapely', 'flask') if m in sys.modules]"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, webmap.commands.print; print({heavy})"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "[]\n"
