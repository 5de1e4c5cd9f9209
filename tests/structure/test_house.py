"""The shape of the house: import contracts, small rooms, nothing of this machine in the files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _tracked(*patterns: str) -> list[Path]:
    out = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    return [ROOT / name for name in out.split("\0") if name and (ROOT / name).is_file()]


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_rooms_stay_small() -> None:
    large = {
        path.relative_to(ROOT).as_posix(): lines
        for path in _tracked(
            "geo/**/*.py", "webmap/**/*.py", "webmap/static/app/*", "geo/*.py", "webmap/*.py"
        )
        if "versions" not in path.parts
        and (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert large == {}


def test_no_vague_rooms() -> None:
    vague = [
        p.name
        for p in _tracked("*.py")
        if re.fullmatch(r"(utils?|helpers?|misc|common)\.py", p.name)
    ]
    assert vague == []


def test_no_two_modules_of_one_name() -> None:
    seen: dict[str, list[str]] = {}
    for path in _tracked("geo/**/*.py", "geo/*.py", "webmap/**/*.py", "webmap/*.py"):
        if path.name not in {"__init__.py", "__main__.py"} and "versions" not in path.parts:
            seen.setdefault(path.stem, []).append(path.relative_to(ROOT).as_posix())
    # A command is named after what it does, as the room that does it is: `geo.cli.x` calls `geo.x`.
    twice = {
        name: [p for p in paths if "/cli/" not in p]
        for name, paths in seen.items()
        if len(paths) > 1
    }
    assert {name: paths for name, paths in twice.items() if len(paths) > 1} == {}


def test_lock_files_carry_hashes_and_no_addresses() -> None:
    locks = [*_tracked("*.lock"), *_tracked("*package-lock.json")]
    assert locks
    for lock in locks:
        words = lock.read_text("utf-8")
        assert "://" not in words, lock.name
        assert "sha256:" in words or '"integrity"' in words or '"packages": {}' in words, lock.name


def test_measuring_stays_out_of_sql() -> None:
    """Arrays measure, PostGIS does not (architecture, law 5)."""
    measuring = re.compile(r"ST_(Distance|DWithin|Area|Buffer|Length)\b", re.IGNORECASE)
    found = [
        path.relative_to(ROOT).as_posix()
        for path in _tracked("geo/**/*.py", "geo/*.py", "webmap/**/*.py", "geo/**/*.sql")
        if measuring.search(path.read_text("utf-8"))
    ]
    assert found == []
