"""Writers that die, that fail, and that come two at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pinning.pin_town import PinTown

from geo.errors import LoadRefusedError, TownFolderError
from geo.intake.pins_reading import read_pins
from geo.pinning import set_pin, unplaced
from geo.pinning.pins_writing import LOCK_NAME, pins_lock

LON, LAT = 138.305, 34.805
ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from pathlib import Path
from geo.pinning import set_pin
from geo.settings import Settings
town, start, step, count = Path(sys.argv[1]), *map(int, sys.argv[2:])
settings = Settings(town=town)
print("ready", flush=True)
sys.stdin.readline()
for n in range(start, start + step * count, step):
    set_pin(settings, "tea", f"r{n}", 138.30 + n * 1e-4, 34.80 + n * 1e-4)
"""


def _writer(town: PinTown, start: int, step: int, count: int) -> subprocess.Popen[bytes]:
    words = [str(town.folder), str(start), str(step), str(count)]
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def _go(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.write(b"\n")
    process.stdin.flush()


def _close(process: subprocess.Popen[bytes]) -> int:
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        stream.close()
    return process.wait()


def _temporaries(town: PinTown) -> list[str]:
    folder = town.folder / "layers/tea"
    return [p.name for p in folder.iterdir() if p.name.startswith(".") and p.name != LOCK_NAME]


def test_two_writers_at_once_lose_nothing(town: PinTown) -> None:
    town.write_list([(f"r{n}", f"会{n}", "", "") for n in range(40)])
    both = [_writer(town, start, 2, 20) for start in (0, 1)]
    for process in both:
        _go(process)
    assert [_close(process) for process in both] == [0, 0]
    reading = read_pins(town.folder / "layers/tea/places.csv", "places.csv")
    assert reading.problems == ()
    assert {record_id: pin.lon for record_id, pin in reading.pins.items()} == {
        f"r{n}": pytest.approx(138.30 + n * 1e-4) for n in range(40)
    }
    assert _temporaries(town) == []


def test_a_killed_writer_leaves_a_whole_file_and_no_lock(town: PinTown) -> None:
    town.write_list([(f"r{n}", f"会{n}", "", "") for n in range(2000)])
    path = town.folder / "layers/tea/places.csv"
    for blow in range(3):
        process = _writer(town, 0, 1, 2000)
        _go(process)
        deadline = time.monotonic() + 20
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(0.03 * blow)
        process.send_signal(signal.SIGKILL)
        assert _close(process) == -signal.SIGKILL
        reading = read_pins(path, "places.csv")
        assert reading.problems == ()
        assert reading.pins
    answer = set_pin(town.settings, "tea", "r1999", LON, LAT)
    assert answer.now is not None
    assert "r1999," in town.pins()


@pytest.mark.parametrize("call", ["fsync", "chmod", "replace"])
def test_a_writer_that_fails_leaves_the_old_file(
    town: PinTown, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    set_pin(town.settings, "tea", "g1", LON, LAT)
    before = town.pins()

    def fail(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if call == "fsync" else Path, call, fail)
    with pytest.raises(TownFolderError):
        set_pin(town.settings, "tea", "g2", LON, LAT)
    monkeypatch.undo()
    assert town.pins() == before
    assert _temporaries(town) == []


def test_a_lock_that_is_held_is_said_after_some_patience(town: PinTown) -> None:
    folder = town.folder / "layers/tea"
    with pins_lock(folder), pytest.raises(LoadRefusedError), pins_lock(folder, patience_s=0.05):
        raise AssertionError("two writers at once")
    with pins_lock(folder, patience_s=0.05):
        pass


def test_a_link_in_place_of_the_lock_is_not_followed(town: PinTown, tmp_path: Path) -> None:
    target = tmp_path / "target"
    (town.folder / "layers/tea" / LOCK_NAME).symlink_to(target)
    with pytest.raises(TownFolderError):
        set_pin(town.settings, "tea", "g1", LON, LAT)
    assert not target.exists()


def test_a_thousand_records_without_a_place(town: PinTown) -> None:
    town.write_list([(f"r{n}", f"会{n}", f"会館{n}", f"本町{n}番地") for n in range(1000)])
    set_pin(town.settings, "tea", "r500", LON, LAT)
    answer = unplaced(town.settings)
    assert (len(answer.records), len(answer.unplaced)) == (1000, 999)
    assert [r.placing.id for r in answer.records if r.placing.pin] == ["r500"]
