"""A gazetteer that a page asks again and again: read anew only when one of its files changes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.intake.gazetteer_reader import read_gazetteer
from geo.manifest.gazetteer_file import GAZETTEER_FILE
from geo.model.problem import Problem
from geo.model.reading import LayerReading
from geo.model.town import Town
from geo.placing import Gazetteer

Stamp = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: Stamp
    gazetteer: Gazetteer | None
    problems: tuple[Problem, ...]


class KeptGazetteer:
    """Keeps the gazetteer of the town asked about last. Threads may share it."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None
        self._lock = threading.Lock()

    def read(
        self, town: Town, layers: Sequence[LayerReading], problems: list[Problem]
    ) -> Gazetteer | None:
        """As `read_gazetteer`, from memory where every file is as it was."""
        if town.gazetteer is None:
            return None
        stamp = _stamp(town)
        with self._lock:
            if self._kept is None or self._kept.stamp != stamp:
                self._kept = None  # two of them need not be in memory at once
                found: list[Problem] = []
                gazetteer = read_gazetteer(town, layers, found)
                self._kept = _Kept(stamp, gazetteer, tuple(found))
            kept = self._kept
        problems += kept.problems
        return kept.gazetteer


def _stamp(town: Town) -> Stamp:
    stamped = []
    for path in sorted(set(_files(town))):
        try:
            seen = path.stat()
        except OSError:
            continue
        stamped.append((str(path), seen.st_ino, seen.st_size, seen.st_mtime_ns))
    return tuple(stamped)


def _files(town: Town) -> Iterator[Path]:
    """Every file that says something to the gazetteer; those beside a Shapefile belong to it."""
    assert town.gazetteer is not None
    yield town.folder / GAZETTEER_FILE
    yield town.folder / "boundaries" / "municipality.toml"
    named_layers = {source.layer for source in town.gazetteer.venues}
    named_levels = {source.level for source in town.gazetteer.addresses}
    data = [path for source in town.gazetteer.venues for path in source.data]
    data += [path for source in town.gazetteer.addresses for path in source.data]
    for layer in town.layers:
        if layer.id in named_layers:
            data += [layer.folder / "layer.toml", *layer.data]
    for level in town.levels:
        if level.id in named_levels:
            data += [level.folder / "boundary.toml", *level.data]
    for path in data:
        yield path
        if path.suffix.lower() == ".shp":
            yield from path.parent.glob(f"{path.stem}.*")
