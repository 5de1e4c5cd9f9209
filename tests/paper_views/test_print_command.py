"""``otakara print``: a PDF from the clerk's hand to paper; the list as an Excel file."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from paper_foundation.printed import pages_mm, text_of
from paper_views.conftest import Ask
from paper_views.told_paper import cells_of
from typed_command import Otakara, typed_on

from geo.settings import Settings
from webmap.cli import main
from webmap.paper.sheets.printing import SHEETS


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
def at_door(
    squares_with_landmarks: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Otakara:
    settings = squares_with_landmarks
    return typed_on(settings.town, monkeypatch, capsys, cluster=settings.cluster, entry=main)


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
        ("--paper", "A1", "--sheet", "week"),
        ("--tile", "A4"),
        ("--week", "2026-02-02", "--sheet", "week"),
        ("--week", "next"),
    ],
)
def test_what_cannot_be_printed_leaves_no_file(
    otakara: Otakara, file: Path, words: tuple[str, ...]
) -> None:
    assert otakara("print", "quarter/q1", "-o", str(file), *words).returncode == 2
    assert not file.exists()
    assert otakara("print", "quarter/q9", "-o", str(file)).returncode == 1
    assert not file.exists()


@pytest.mark.parametrize(
    ("name", "words", "unused"),
    [
        ("x.pdf", ("--sheet", "week", "--short", "--grey"), ["short", "grey"]),
        ("x.pdf", ("--sheet", "list", "--scale", "1:5000", "--large"), ["scale"]),
        ("x.xlsx", ("--sheet", "list", "--large", "--paper", "A3"), ["large", "paper"]),
        ("x.pdf", ("--short", "--grey", "--scale", "1:5000"), []),
    ],
)
def test_what_makes_no_difference_is_said(
    otakara: Otakara, tmp_path: Path, name: str, words: tuple[str, ...], unused: list[str]
) -> None:
    done = otakara("print", "quarter/q2", "-o", str(tmp_path / name), *words)
    assert done.returncode == 0
    said = {line for line in done.stderr.splitlines() if "使いません" in line}
    assert said == {f"--{word} は、この印刷物では使いません。" for word in unused}


def test_posters_weeks_and_short_lists(otakara: Otakara, file: Path, ask: Ask) -> None:
    """q2 has nothing that is on paper only: over the web come the same bytes."""
    for words, query in (
        (("--paper", "A1", "--portrait"), "paper=A1&orientation=portrait"),
        (("--sheet", "poster", "--tile", "a3"), "paper=A1&tile=A3"),
        (("--sheet", "week", "--week", "next"), "sheet=week&week=next"),
        (("--sheet", "week", "--week", "2026-05-12"), "sheet=week&week=2026-05-11"),
        (("--short",), "short=1"),
    ):
        done = otakara("print", "quarter/q2", "-o", str(file), *words)
        assert done.returncode == 0, done.stderr
        assert ask().get(f"/99909/quarter/q2.pdf?{query}").data == file.read_bytes()
    done = otakara("print", "quarter/q2", "-o", str(file), "--paper", "A0", "--tile", "A4")
    assert "（A0 を A4 に分けて、" in done.stdout


def test_the_list_becomes_an_excel_file_by_its_name(
    otakara: Otakara, tmp_path: Path, ask: Ask
) -> None:
    file = tmp_path / "list.XLSX"
    done = otakara("print", "quarter/q1", "-o", str(file), "--sheet", "list")
    assert done.stdout == (
        f"南西区の印刷用のファイルを {file} に書き出しました（Excel、お宝 2件、だれでも）。\n"
    )
    cells = cells_of(file.read_bytes())
    assert ("あさひ会" in cells, "ゆうひ会" in cells, "つる会" in cells) == (True, True, False)
    otakara("print", "quarter/q2", "-o", str(file), "--sheet", "list")
    assert ask().get("/99909/quarter/q2.xlsx").data == file.read_bytes()
    inner = ("--sheet", "list", "--audience", "council", "--copy", "5", "--json")
    told = json.loads(otakara("print", "quarter/q1", "-o", str(file), *inner).stdout)
    assert (told["treasures"], told["audience"]) == (3, "council")
    assert "内部用　協議体まで　No. 5" in cells_of(file.read_bytes())
    assert file.stat().st_mode & 0o077 == 0


def test_only_the_list_is_a_table(otakara: Otakara, tmp_path: Path) -> None:
    file = tmp_path / "map.xlsx"
    done = otakara("print", "quarter/q1", "-o", str(file))
    assert done.returncode == 2
    assert "Excel のファイルにできるのは、一覧だけです。" in done.stderr
    assert not file.exists()


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """What comes from standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{line}\n"))


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("竹町公民館", "竹町公民館"),
        ("  竹町公民館 ", "竹町公民館"),
        ("36.002253,138.5083205", "この場所"),
        ("３６．００２２５３、１３８．５０８３２０５", "この場所"),
    ],
)
def test_a_doorstep_is_asked_for_and_never_stands_in_the_command(
    at_door: Otakara, file: Path, monkeypatch: pytest.MonkeyPatch, where: str, name: str
) -> None:
    """On paper there is かぜ会 as well, and つる会, which agreed to the web, is not."""
    typed(monkeypatch, where)
    done = at_door("print", "quarter/q1", "-o", str(file), "--sheet", "doorstep")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        f"南西区の玄関先の1枚の印刷用のファイルを {file} に書き出しました"
        "（A4、お宝 2件、だれでも）。\n"
    )
    said = text_of(file.read_bytes())
    assert name in said
    assert ("あさひ会" in said, "かぜ会" in said, "つる会" in said) == (True, True, False)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("空ヶ丘駅", "その名前の目印や会場は、この地区にありません。"),
        ("鶴会館", "その名前の目印や会場は、この地区にありません。"),
        ("稲荷神社", "その名前の所は、この地区に2つあります。"),
        ("138.5083205,36.002253", "その場所は、この地区の地図の上にありません。"),
    ],
)
def test_where_nobody_knows_is_said_without_saying_it_again(
    at_door: Otakara, file: Path, monkeypatch: pytest.MonkeyPatch, where: str, said: str
) -> None:
    typed(monkeypatch, where)
    done = at_door("print", "quarter/q1", "-o", str(file), "--sheet", "doorstep")
    assert done.returncode != 0
    assert said in done.stderr
    assert where not in done.stdout + done.stderr
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
