"""Lists on the shelf: private, under a random name, and not for long."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from webmap.desk.draft_shelf import LIFETIME_S, MOST_DRAFTS, DraftShelf, SheetNote, shown_name


@pytest.fixture
def now() -> list[float]:
    return [0.0]


@pytest.fixture
def shelf(tmp_path: Path, now: list[float]) -> DraftShelf:
    import time

    return DraftShelf(tmp_path, lambda: time.time() + now[0])


def test_a_list_comes_back_as_it_was(shelf: DraftShelf) -> None:
    kept = shelf.keep(b"a,b\n", "通いの一覧.csv")
    changed = shelf.change(kept, {"": SheetNote("サロン", {"C": "venue"})}, "冊子に掲載")
    found = DraftShelf(shelf.folder).find(kept.token)  # another worker
    assert found == changed
    assert found is not None
    assert found.path.read_bytes() == b"a,b\n"
    assert found.note.file_name == "通いの一覧.csv"
    assert found.note.basis == "冊子に掲載"


def test_the_name_of_the_file_is_never_a_path(shelf: DraftShelf) -> None:
    kept = shelf.keep(b"", "../../etc/cron.d/x")
    assert kept.path.name == "list"
    assert kept.path.parent.parent == shelf.folder
    assert sorted(path.name for path in kept.path.parent.iterdir()) == ["list", "note.json"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\花子\\一覧.xlsx", "一覧.xlsx"),
        ("a\x00b\r\nc.csv", "abc.csv"),
        ("..", "一覧"),
        ("", "一覧"),
        ("<b>x</b>.xlsx", "b.xlsx"),
    ],
)
def test_what_is_shown_of_a_name(given: str, shown: str) -> None:
    assert shown_name(given) == shown
    assert len(shown_name("長" * 500 + ".xlsx")) <= 80
    assert shown_name("長" * 500 + ".xlsx").endswith(".xlsx")


@pytest.mark.parametrize("token", ["", "..", "../x", "a" * 31, "a" * 32 + "/", "/etc/passwd"])
def test_only_a_token_finds_anything(shelf: DraftShelf, token: str) -> None:
    assert shelf.find(token) is None
    shelf.drop(token)


def test_old_lists_go(shelf: DraftShelf, now: list[float]) -> None:
    kept = shelf.keep(b"", "a.csv")
    now[0] = LIFETIME_S - 60.0
    assert shelf.find(kept.token) is not None
    now[0] = LIFETIME_S + 60.0
    assert shelf.find(kept.token) is None
    assert not kept.path.exists()


def test_there_are_never_many(shelf: DraftShelf) -> None:
    tokens = [shelf.keep(b"", "a.csv").token for _ in range(MOST_DRAFTS + 3)]
    assert len(list(shelf.folder.iterdir())) == MOST_DRAFTS
    assert shelf.find(tokens[-1]) is not None


def test_a_shelf_is_private_and_goes_with_its_process(tmp_path: Path) -> None:
    orphan = tmp_path / f"otakara-desk-{2**22 + 1}-left"  # no process has this number
    orphan.mkdir()
    words = (
        "from webmap.desk.draft_shelf import DraftShelf;"
        "s = DraftShelf.make(); k = s.keep(b'x', 'a.csv');"
        "import os; print(s.folder, oct(s.folder.stat().st_mode & 0o777),"
        " oct(k.path.parent.stat().st_mode & 0o777))"
    )
    said = subprocess.run(
        [sys.executable, "-c", words],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert said[1:] == ["0o700", "0o700"]
    assert Path(said[0]).parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_a_worker_leaves_the_shelf_to_the_others(tmp_path: Path) -> None:
    words = (
        "import os, sys; from webmap.desk.draft_shelf import DraftShelf;"
        "s = DraftShelf.make(); pid = os.fork();"
        "pid == 0 and sys.exit(0);"
        "os.waitpid(pid, 0); print(s.folder.is_dir(), flush=True)"
    )
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", words],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said == "True\n"
    assert list(tmp_path.iterdir()) == []


def test_the_file_itself_is_ours_alone(shelf: DraftShelf) -> None:
    kept = shelf.keep(b"", "a.csv")
    assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700
