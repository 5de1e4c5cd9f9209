"""The town of squares under a code of its own, so that no other test empties its database."""

from __future__ import annotations

import shutil
from pathlib import Path

SQUARES = Path(__file__).resolve().parent / "town"


def copy_of_squares(folder: Path, code: str) -> Path:
    """Write the copy; the folder must not be there yet."""
    shutil.copytree(SQUARES, folder)
    manifest = folder / "boundaries/municipality.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("99001", code), "utf-8")
    return folder
