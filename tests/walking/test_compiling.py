"""Compiled loops: kept where that is possible, loaded only by who walks."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WALKING = ROOT / "geo" / "walking"

LOOP = """
import numpy as np
from geo.walking.compiled import compiled

@compiled
def total(values):
    found = 0
    for value in values:
        found += value
    return found

print(total(np.arange(5)))
"""


def python(code: str, *, cwd: Path, **environ: str) -> str:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OTAKARA_", "NUMBA_"))}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env=kept | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"} | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_loop_is_kept_beside_its_module(tmp_path: Path) -> None:
    (tmp_path / "summing.py").write_text(LOOP, "utf-8")
    assert python("import summing", cwd=tmp_path) == "10"
    assert [path.suffix for path in sorted((tmp_path / "__pycache__").iterdir())] == [
        ".nbc",
        ".nbi",
    ]
    again = "import summing; print(sum(summing.total.stats.cache_hits.values()))"
    assert python(again, cwd=tmp_path) == "10\n1"


def test_a_loop_runs_where_nothing_can_be_kept(tmp_path: Path) -> None:
    """The module's folder and the home cannot be written: the loop is compiled anew, and runs."""
    (tmp_path / "summing.py").write_text(LOOP, "utf-8")
    (tmp_path / "__pycache__").write_text("no folder", "utf-8")
    nowhere = {"HOME": os.devnull, "XDG_CACHE_HOME": os.devnull}
    again = "import summing; print(sum(summing.total.stats.cache_hits.values()))"
    for _ in range(2):
        assert python(again, cwd=tmp_path, **nowhere) == "10\n0"


def _compiled_modules() -> list[Path]:
    return [
        path
        for path in sorted(WALKING.glob("*.py"))
        if "@compiled" in path.read_text("utf-8") and path.name != "compiled.py"
    ]


def test_a_compiled_loop_calls_none_of_another_file() -> None:
    """What is kept of a loop is made anew when its own file changes, and only then.

    So such a file takes from others only what loops do not call or read while they run.
    """
    modules = _compiled_modules()
    assert len(modules) >= 3
    homes = {f"geo.walking.{path.stem}" for path in modules}
    for path in modules:
        taken = {
            node.module
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
        }
        assert not taken & homes, path.name


@pytest.mark.parametrize(
    "code",
    [
        "import geo.cli.group, geo.questions, geo.loading, geo.manifest, geo.people_intake",
        "import webmap.cli, webmap.app, webmap.views, webmap.serving",
        "import geo.coverage, geo.walking",
        "import geo.walking.attaching, geo.walking.facility_table, geo.walking.nearest_place",
    ],
)
def test_nothing_is_compiled_by_being_there(tmp_path: Path, code: str) -> None:
    """Commands and pages are imported by everybody; who does not walk loads no compiler."""
    asked = f"import sys; {code}; print([m for m in ('numba', 'llvmlite') if m in sys.modules])"
    assert python(asked, cwd=tmp_path) == "[]"


COMMANDS = [
    ["--help"],
    ["check"],
    ["check", "--json"],
    ["areas", "--help"],
    ["doctor", "--help"],
    ["coverage", "--help"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_commands_that_do_not_route(tmp_path: Path, words: list[str]) -> None:
    """`check` of a town with streets and people reads both, and walks on neither."""
    code = (
        "import sys\n"
        f"sys.argv = ['otakara', '--town', {str(ROOT / 'tests' / 'town')!r}, *{words!r}]\n"
        "from geo.cli.group import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "found = [m for m in ('numba', 'llvmlite') if m in sys.modules]\n"
        "assert not found, found\n"
    )
    python(code, cwd=tmp_path)
    if "--help" in words:
        python(code.replace("('numba', 'llvmlite')", "('numba', 'scipy', 'numpy')"), cwd=tmp_path)
