"""``days.csv`` (or ``days.xlsx``) beside a list: the days that are off, moved or added."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from geo.manifest.data_paths import Ground

DAYS_NAMES = ("days.csv", "days.xlsx")
CHANGE_HEADER = "変更"
_START_BYTES = 4096


def days_files(folder: Path, ground: Ground) -> tuple[Path, ...]:
    """The files of changed days of a layer folder.

    A town may call its own list ``days.csv``, too: one without the column 変更 is none of these. A
    link that leads out of the town is none of its files.
    """
    found: list[Path] = []
    for name in DAYS_NAMES:
        path = folder / name
        try:
            resolved = path.resolve()
            is_ours = resolved.is_file() and ground.holds(resolved) and _is_days_file(resolved)
        except (OSError, RuntimeError):
            continue
        if is_ours:
            found.append(resolved)
    return tuple(found)


def _is_days_file(path: Path) -> bool:
    if path.suffix.lower() != ".csv":
        return True
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
    texts = (start.decode(codec, "ignore") for codec in ("utf-8-sig", "cp932", "utf-16"))
    return any(CHANGE_HEADER in unicodedata.normalize("NFKC", text) for text in texts)
