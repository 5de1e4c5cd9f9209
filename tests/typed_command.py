"""An ``otakara`` command typed inside the test's own process, through the program's own entry."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from geo.cli.group import main


class Done(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


Otakara = Callable[..., Done]


def typed_on(
    town: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    cluster: Path | None = None,
    entry: Callable[[], None] = main,
) -> Otakara:
    """``run(*words)`` on a town folder, with no other setting; fast, and all of the command.

    ``entry`` is the library's own; ``webmap.cli.main`` knows the commands of the web as well.
    """
    for name in [name for name in os.environ if name.startswith("OTAKARA_")]:
        monkeypatch.delenv(name)
    if cluster is not None:
        monkeypatch.setenv("OTAKARA_CLUSTER", str(cluster))
    monkeypatch.setenv("OTAKARA_TOWN", str(town))

    def run(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["otakara", *words])
        capsys.readouterr()
        code = 0
        try:
            entry()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return run
