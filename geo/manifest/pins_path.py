"""``places.csv`` beside a list: the file in which placing by hand keeps its pins."""

from __future__ import annotations

import codecs
from pathlib import Path

from geo.manifest.data_paths import Ground
from geo.model.pin import HOW_LABELS, PIN_COLUMNS

PINS_NAME = "places.csv"
_SURE_COLUMNS = frozenset({"id", "how"})
_FEWEST_COLUMNS = 2
_START_BYTES = 4096


def is_pins_file(path: Path) -> bool:
    """Whether a file of this name holds pins; a town may call its own list ``places.csv``, too."""
    return _first_cells(path) >= _SURE_COLUMNS


def is_spoilt_pins_file(path: Path) -> bool:
    """Whether a file was one of pins before somebody took its first line or saved it as UTF-16."""
    cells = _first_cells(path)
    if cells >= _SURE_COLUMNS:
        return False
    labels = set(HOW_LABELS.values())
    return len(cells & set(PIN_COLUMNS)) >= _FEWEST_COLUMNS or bool(cells & labels)


def _first_cells(path: Path) -> set[str]:
    try:
        with path.open("rb") as file:
            start = file.read(_START_BYTES)
    except OSError:
        return set()
    text = ""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Only what is told of it: a file of pins is never UTF-16.
        return {"lat", "lon"} if "how" in start.decode("utf-16", "replace") else set()
    for codec in ("utf-8-sig", "cp932"):
        text = start.decode(codec, "replace")
        if "\ufffd" not in text:
            break
    first = text.replace("\r", "\n").partition("\n")[0]
    return {cell.strip(' "').lower() for cell in first.split(",")}


def pins_file(folder: Path, ground: Ground) -> Path | None:
    """The pins of a layer folder; None where there are none, or the file is a list of the town.

    A link that leads out of the town is none of its files.
    """
    path = folder / PINS_NAME
    try:
        resolved = path.resolve()
        if not resolved.is_file() or not ground.holds(resolved):
            return None
    except (OSError, RuntimeError):
        return None
    return resolved if is_pins_file(resolved) else None
