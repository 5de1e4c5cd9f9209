"""A town of the repository under a code of its own, so that no other test empties its database."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SQUARES = ROOT / "tests/town"


def copy_of_town(town: Path, folder: Path, code: str | None = None) -> Path:
    """Write boundaries and layers of a town folder into ``folder``; its own code stays without one."""
    for part in ("boundaries", "layers"):
        if (town / part).is_dir():  # a town may have streets only
            shutil.copytree(town / part, folder / part)
    if code is not None:
        manifest = folder / "boundaries/municipality.toml"
        text = re.sub(r"(?m)^code = .*$", f'code = "{code}"', manifest.read_text("utf-8"))
        manifest.write_text(text, "utf-8")
    return folder


def copy_of_squares(folder: Path, code: str, *, streets: bool = True) -> Path:
    """The town of squares; if not ``streets``, without its streets."""
    copy = copy_of_town(SQUARES, folder, code)
    if not streets:
        for file in (copy / "boundaries").glob("streets.*"):
            file.unlink()
    return copy
