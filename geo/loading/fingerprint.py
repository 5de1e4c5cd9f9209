"""A word for the files of a town and the program that reads them, to ask what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from geo import __version__
from geo.manifest.ledger_file import ledger_path
from geo.manifest.renumbered_file import renumbered_path
from geo.model.ground import StreetSources
from geo.model.ground_answer import TILES_WRITTEN
from geo.model.people import PeopleSources
from geo.model.town import Town

DERIVATION_VERSION = 3
"""Raise it whenever overlaps, venues, coarse places or belonging are computed differently."""

STREETS_VERSION = 1
"""Raise it whenever the same files of streets would be read differently: they are read again."""

PEOPLE_VERSION = 1
"""Raise it whenever the same files of people would be read differently: they are read again."""

AREA_PEOPLE_VERSION = 1
"""Raise it whenever the people of areas are computed differently."""

SHAPE_SUFFIXES = (".dbf", ".shx", ".prj", ".cpg")
_CHUNK_BYTES = 1 << 20


def files_hash(town: Town) -> str:
    """Hash every manifest and data file of a town, by content.

    The number ledger and the lines of changed ids are left out: a load writes them itself (see
    `fingerprint`).
    """
    total = hashlib.blake2b(digest_size=16)
    own = _own_files(town)
    for path in sorted(set(_files(town))):
        if path in own or not path.is_file():
            continue
        total.update(town.shown_path(path).encode("utf-8", "surrogatepass") + b"\0")
        total.update(content_hash(path))
    return total.hexdigest()


def fingerprint(files: str, town: Town) -> str:
    """Files, ledger, changed ids, program and derivation as one word."""
    written = [content_hash(p).hex() if p.is_file() else "-" for p in _own_files(town)]
    versions = (
        *(__version__, DERIVATION_VERSION, STREETS_VERSION, TILES_WRITTEN),
        *(PEOPLE_VERSION, AREA_PEOPLE_VERSION),
    )
    told = "\n".join((files, *written, *map(str, versions)))
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def _own_files(town: Town) -> tuple[Path, Path]:
    """What a load itself writes into the town folder."""
    return ledger_path(town.folder), renumbered_path(town.folder)


def _files(town: Town) -> Iterator[Path]:
    for name in ("boundaries", "layers"):
        for path in (town.folder / name).rglob("*"):
            # Editors and Excel leave hidden and lock files beside the real ones.
            if not path.name.startswith((".", "~$")) and path.is_file():
                yield path
    given = [path for level in town.levels for path in level.data]
    given += [path for layer in town.layers for path in layer.data]
    if town.gazetteer is not None:
        given += [path for venues in town.gazetteer.venues for path in venues.data]
        given += [path for streets in town.gazetteer.addresses for path in streets.data]
    for data in given:
        yield from _with_sides(data)
    if town.streets is not None:
        yield from street_files(town.streets)
    if town.people is not None:
        yield from people_files(town.people)
    yield from (level.members for level in town.levels if level.members is not None)


def street_files(sources: StreetSources) -> Iterator[Path]:
    """Everything streets and base map are read from, in the order of the manifest."""
    for path in (*sources.data, *(path for ground in sources.ground for path in ground.data)):
        yield from _with_sides(path)
    yield from sources.heights


def people_files(sources: PeopleSources) -> Iterator[Path]:
    """Everything people are read from, in the order of the manifest."""
    for path in (*sources.data, *([sources.shapes] if sources.shapes is not None else [])):
        yield from _with_sides(path)


def _with_sides(data: Path) -> Iterator[Path]:
    """A file, and those that make up a Shapefile with it."""
    yield data
    if data.suffix.lower() == ".shp":
        beside = sorted(data.parent.glob(f"{data.stem}.*"))
        yield from (path for path in beside if path.suffix.lower() in SHAPE_SUFFIXES)


def content_hash(path: Path) -> bytes:
    """A hash of a file's bytes."""
    hashed = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            hashed.update(chunk)
    return hashed.digest()
