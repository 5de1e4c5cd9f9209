"""The box: one writer at a time, nothing lost, nothing twice, nobody else may read it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace as with_
from pathlib import Path

import pytest
from stickers.conftest import hexed, sticker

from geo.errors import LoadRefusedError, NotFoundError, SettingsError, TownFolderError, WordsError
from geo.model.sticker import StickerState
from geo.settings import Settings, read_settings
from geo.stickers import StickerBox, sticker_box
from geo.stickers.box_folder import box_folder
from geo.stickers.sticker_box import BoxFullError

SECRET = hexed(5)


@pytest.fixture
def box(tmp_path: Path) -> StickerBox:
    return StickerBox(tmp_path / "drafts" / "99001")


def test_what_is_put_in_comes_out_oldest_first(box: StickerBox) -> None:
    assert box.read().stickers == ()
    earlier = sticker(2, "い", "畑", met_at=sticker().met_at.replace(hour=9))
    box.put(sticker(1), SECRET)
    box.put(earlier, SECRET)
    assert box.read().stickers == (earlier, sticker(1))
    assert box.read().fault_ja == ""


def test_nobody_else_may_read_it(box: StickerBox) -> None:
    before = os.umask(0)
    try:
        box.put(sticker(word="秘密"), SECRET)
    finally:
        os.umask(before)
    assert box.folder.stat().st_mode & 0o777 == 0o700
    for path in box.folder.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600, path.name
        assert "秘密" not in path.name
    assert SECRET not in (box.folder / f"{hexed(1)}.json").read_text("utf-8")
    box.folder.chmod(0o755)
    box.put(sticker(2), SECRET)
    assert box.folder.stat().st_mode & 0o777 == 0o700


def test_a_page_changes_its_own_sticker_only(box: StickerBox) -> None:
    box.put(sticker(), SECRET)
    box.put(sticker(word="朝市", lon=138.5, met_at=sticker().met_at.replace(hour=20)), SECRET)
    (one,) = box.read().stickers
    assert (one.word, one.lon) == ("朝市", 138.5)
    assert one.met_at == sticker().met_at, "when it was dropped stays"
    with pytest.raises(NotFoundError):
        box.put(sticker(word="ほかの画面"), hexed(6))
    with pytest.raises(NotFoundError):
        box.take_back(hexed(1), hexed(6))
    assert box.read().stickers == (one,)


def test_an_undone_sticker_stays_away(box: StickerBox) -> None:
    box.put(sticker(), SECRET)
    box.take_back(hexed(1), SECRET)
    box.take_back(hexed(1), SECRET)
    box.put(sticker(word="おそく着いた写し"), SECRET)
    box.take_back(hexed(2), SECRET)  # taken back before it arrived
    box.put(sticker(2), SECRET)
    assert box.read().stickers == ()
    assert "おそく" not in "".join(p.read_text("utf-8") for p in box.folder.glob("*.json"))


def test_what_the_coordinator_began_is_hers(box: StickerBox) -> None:
    box.put(sticker(word="朝市"), SECRET)
    box.change(hexed(1), state=StickerState.ASKED, ask_next="組長さん", note="来週また")
    box.put(sticker(word="あとから"), SECRET)
    with pytest.raises(NotFoundError):
        box.take_back(hexed(1), SECRET)
    (one,) = box.read().stickers
    assert (one.word, one.state) == ("朝市", StickerState.ASKED)
    assert (one.ask_next, one.note) == ("組長さん", "来週また")


def test_a_change_that_could_not_be_read_again_is_refused(box: StickerBox) -> None:
    box.put(sticker(), SECRET)
    for note in ("あ" * 301, "一行\n二行", "\x00"):
        with pytest.raises(WordsError):
            box.change(hexed(1), note=note)
    assert box.read().stickers == (sticker(),)
    with pytest.raises(NotFoundError):
        box.change(hexed(2), note="")


def test_a_file_taken_twice_adds_nothing(box: StickerBox) -> None:
    given = [sticker(n) for n in (1, 2, 3)]
    assert box.take(given[:2]).sentence_ja == "ふせんを2枚、取り込みました。"
    box.change(hexed(1), state=StickerState.DROPPED)
    again = box.take([*given, given[2]])
    assert (again.new, again.known) == (1, 2)
    assert again.sentence_ja == "ふせんを1枚、取り込みました。（2枚は、もう入っています）"
    assert [one.state.value for one in box.read().stickers] == ["dropped", "new", "new"]


def test_what_is_erased_leaves_no_word(box: StickerBox) -> None:
    box.put(sticker(1, word="うっかり名前"), SECRET)
    box.take([sticker(2, word="うっかり番号")])
    for number in (1, 2):
        box.erase(hexed(number))
        with pytest.raises(NotFoundError):
            box.erase(hexed(number))
    box.put(sticker(1, word="うっかり名前"), SECRET)
    assert box.take([sticker(2, word="うっかり番号")]).known == 1
    assert box.read().stickers == ()
    assert "うっかり" not in "".join(p.read_text("utf-8") for p in box.folder.iterdir())


def test_a_damaged_file_costs_one_sticker(box: StickerBox) -> None:
    given = [sticker(n) for n in (1, 2, 3)]
    box.take(given)
    (box.folder / f"{hexed(2)}.json").write_bytes(b'{"sticker": {"id": "half')
    (box.folder / f"{hexed(8)}.json").write_bytes((box.folder / f"{hexed(1)}.json").read_bytes())
    (box.folder / "README.txt").write_text("x")
    reading = box.read()
    assert reading.stickers == (given[0], given[2])
    assert reading.damaged == 2
    assert reading.fault_ja == (
        "ふせんのうち2枚は、ファイルが壊れていて読めません。ほかのふせんは無事です。"
    )
    assert box.take(given).new == 1, "the file of the meeting mends it"
    assert box.read().stickers == tuple(given)


def test_ids_are_found_by_their_beginning(box: StickerBox) -> None:
    one, two = sticker(0xA1 << 120), sticker(0xA2 << 120)
    box.take([one, two])
    assert box.find("a1") == one
    for words in ("a", "", "b", "../"):
        with pytest.raises(NotFoundError):
            box.find(words)


def test_too_many_are_refused(box: StickerBox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sticker_box, "MOST_STICKERS", 3)
    box.take([sticker(1), sticker(2)])
    with pytest.raises(BoxFullError):
        box.take([sticker(3), sticker(4)])
    box.take([sticker(3)])
    with pytest.raises(BoxFullError):
        box.put(sticker(5), SECRET)
    assert len(box.read().stickers) == 3


def test_too_many_at_once_are_asked_to_wait(tmp_path: Path) -> None:
    late = 0.0
    box = StickerBox(tmp_path / "box", clock=lambda: (tmp_path / "box").stat().st_mtime + late)
    for number in range(sticker_box.MOST_A_MINUTE):
        box.put(sticker(number), SECRET)
    with pytest.raises(BoxFullError):
        box.put(sticker(1000), SECRET)
    box.put(sticker(1, word="書きたす"), SECRET)  # what is there may be written on
    late = 61.0
    box.put(sticker(1000), SECRET)
    assert len(box.read().stickers) == sticker_box.MOST_A_MINUTE + 1


WRITER = """
import sys
from pathlib import Path
from stickers.conftest import hexed, sticker
from geo.stickers import StickerBox
box, first = StickerBox(Path(sys.argv[1])), int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for number in range(first, first + 30):
    box.put(sticker(number, word=f"{number}番"), hexed(5))
    box.take([sticker(500)])
"""


def writer(folder: Path, first: int) -> subprocess.Popen[str]:
    done = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), str(folder), str(first)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout is not None
    assert done.stdout.readline() == "ready\n"
    return done


def test_two_processes_lose_nothing(box: StickerBox) -> None:
    both = [writer(box.folder, first) for first in (0, 100)]
    for one in both:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    for one in both:
        one.communicate(timeout=60)
        assert one.returncode == 0
    words = sorted(one.word for one in box.read().stickers)
    assert words == sorted(
        ["", *(f"{n}番" for first in (0, 100) for n in range(first, first + 30))]
    )


KILLED = """
import os, signal, sys
from pathlib import Path
from stickers.conftest import hexed, sticker
from geo import whole_file
from geo.stickers import StickerBox
box = StickerBox(Path(sys.argv[1]))
box.put(sticker(1, word="前"), hexed(5))
whole_file.os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
box.put(sticker(int(sys.argv[2]), word="途中"), hexed(5))
"""


@pytest.mark.parametrize("number", [1, 2], ids=["changing one", "a new one"])
def test_killed_in_the_middle_of_a_write(box: StickerBox, number: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(box.folder), str(number)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    reading = box.read()
    assert ([one.word for one in reading.stickers], reading.damaged) == (["前"], 0)
    assert len([p for p in box.folder.iterdir() if "途中" in p.read_text("utf-8")]) == 1
    box.put(sticker(3), hexed(5))  # the lock is free, and what was half written goes
    assert not [p for p in box.folder.iterdir() if "途中" in p.read_text("utf-8")]


def test_a_writer_that_holds_on_is_said(box: StickerBox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sticker_box, "PATIENCE_S", 0.05)
    with box._alone(), pytest.raises(LoadRefusedError, match="locked"):
        box.put(sticker(), SECRET)


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(TownFolderError, match="cannot be used") as refused:
        StickerBox(tmp_path / "file" / "99001").put(sticker(), SECRET)
    assert "OTAKARA_DRAFTS" in refused.value.hint_ja


class TestWhereItLies:
    def test_beside_the_cluster(self, tmp_path: Path) -> None:
        settings = Settings(tmp_path / "town", cluster=tmp_path / "cluster")
        assert box_folder(settings, "99001") == tmp_path / "cluster-drafts" / "99001"
        default = box_folder(Settings(tmp_path), "99001")
        assert default.parent.name.endswith("-drafts")
        assert default.name == "99001"

    def test_where_the_setting_says(self, tmp_path: Path) -> None:
        settings = read_settings({"OTAKARA_DRAFTS": str(tmp_path / "here")}, town=tmp_path / "town")
        assert box_folder(settings, "99001") == tmp_path / "here" / "99001"

    def test_with_a_given_database(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        settings = Settings(tmp_path, database_url="postgresql:///x")
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        assert box_folder(settings, "1") == tmp_path / "state/otakara/drafts/1"
        monkeypatch.setenv("XDG_STATE_HOME", "relative")
        assert box_folder(settings, "1") == Path.home() / ".local/state/otakara/drafts/1"
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        assert box_folder(settings, "1") == Path("/var/lib/otakara/drafts/1")

    def test_never_in_a_folder_of_data(self, tmp_path: Path) -> None:
        settings = Settings(tmp_path / "town", realdata=tmp_path / "data")
        for inside in (tmp_path / "town", tmp_path / "town/layers/x", tmp_path / "data/y"):
            with pytest.raises(SettingsError, match="OTAKARA_DRAFTS"):
                box_folder(with_(settings, drafts=inside), "99001")
