"""Compare what was read with what stands, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from geo.folding import fold
from geo.loading.identity import is_another
from geo.model.answers import Changes
from geo.model.reading import LayerReading, LevelReading
from geo.model.treasure import Treasure
from geo.store.areas import area_version_of
from geo.store.editions import (
    Edition,
    Kind,
    current_edition,
    latest_of,
    layer_manifest,
    level_manifest,
    same_manifest,
)
from geo.store.known_treasures import last_known_treasures, whole_treasures
from geo.store.treasures import backdrop_version_of, treasure_version_of
from geo.store.versions import (
    AREAS,
    BACKDROPS,
    TREASURES,
    Version,
    VersionKind,
    member_hashes,
    member_names,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One layer or level of the files against the database.

    ``standing`` is the current edition, ``adds_edition`` says whether the files bring a state that
    is not there yet, ``is_backfill`` whether that state is older than what stands. ``ended`` names
    the records or areas that would end (``changes`` also counts quiet features), of
    ``standing_count`` that stand; ``reading`` is None for a folder that left the town.
    """

    kind: Kind
    key: str
    title: str
    changes: Changes
    standing: Edition | None
    standing_count: int
    ended: tuple[str, ...]
    adds_edition: bool
    is_backfill: bool = False
    manifest: Mapping[str, Any] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    backdrops: tuple[Version, ...] = ()
    reading: LayerReading | LevelReading | None = None
    standing_ids: frozenset[str] = frozenset()
    known: Mapping[str, Treasure] = field(default_factory=dict)
    """The standing treasures that the files change or no longer have, whole, by id."""
    renamed: tuple[tuple[str, Treasure], ...] = ()
    """(known name, record of the file) where the same id has another name *and* place, or where
    the id of a record that ended comes back with another name."""

    @property
    def is_change(self) -> bool:
        """Whether what is shown changes."""
        return self.adds_edition and not self.is_backfill


def compare_layer(conn: Connection, reading: LayerReading, metric_crs: str) -> Comparison:
    """Compare one layer; names in the changes are record names."""
    spec = reading.layer
    versions = tuple(map(treasure_version_of, reading.treasures))
    backdrops = tuple({v.identity: v for v in map(backdrop_version_of, reading.backdrops)}.values())
    base = _compare(
        conn,
        "layer",
        spec.id,
        spec.title,
        reading,
        layer_manifest(spec, reading.show),
        {TREASURES.versions.name: versions, BACKDROPS.versions.name: backdrops},
    )
    if not base.is_change or base.standing is None:
        return base
    standing = member_hashes(conn, TREASURES, base.standing.id)
    listed = {v.identity: v.content_hash for v in versions}
    changed = {id_ for id_, hash_ in standing.items() if listed.get(id_) != hash_}
    known = whole_treasures(conn, base.standing.id, changed) if changed else {}
    fresh = listed.keys() - standing.keys()
    before = last_known_treasures(conn, spec.id, fresh) if fresh else {}
    renamed = tuple(
        (first.name, t)
        for t in reading.treasures
        for first in (known.get(t.id) or before.get(t.id),)
        if first is not None
        and (
            is_another(first, t, metric_crs) if t.id in known else fold(first.name) != fold(t.name)
        )
    )
    return replace(base, standing_ids=frozenset(standing), known=known, renamed=renamed)


def compare_level(conn: Connection, reading: LevelReading) -> Comparison:
    """Compare one level; names in the changes are area names."""
    spec = reading.level
    versions = tuple(map(area_version_of, reading.areas))
    return _compare(
        conn,
        "level",
        spec.id,
        spec.title,
        reading,
        level_manifest(spec),
        {AREAS.versions.name: versions},
    )


def compare_absent(conn: Connection, kind: Kind, key: str) -> Comparison:
    """A layer or level that stands but whose folder left the town: everything in it ends."""
    standing = current_edition(conn, kind, key)
    assert standing is not None
    main = TREASURES if kind == "layer" else AREAS
    hashes = member_hashes(conn, main, standing.id)
    names = member_names(conn, main, standing.id, hashes)
    ended = tuple(sorted(names.values()))
    quiet = _quiet_changes(conn, standing, ()) if kind == "layer" else Changes()
    known = whole_treasures(conn, standing.id, hashes) if kind == "layer" and hashes else {}
    return Comparison(
        kind,
        key,
        str(standing.manifest["title"]),
        Changes(ended=ended + quiet.ended),
        standing,
        len(hashes),
        ended,
        adds_edition=True,
        manifest=standing.manifest,
        standing_ids=frozenset(hashes),
        known=known,
    )


def _compare(
    conn: Connection,
    kind: Kind,
    key: str,
    title: str,
    reading: LayerReading | LevelReading,
    manifest: Mapping[str, Any],
    read: Mapping[str, tuple[Version, ...]],
) -> Comparison:
    spec = reading.layer if isinstance(reading, LayerReading) else reading.level
    kinds = (TREASURES, BACKDROPS) if kind == "layer" else (AREAS,)
    main = kinds[0]
    versions = read[main.versions.name]
    backdrops = read.get(BACKDROPS.versions.name, ())
    standing = current_edition(conn, kind, key)
    is_backfill = standing is not None and spec.as_of < standing.as_of
    compared = latest_of(conn, kind, key, spec.as_of) if is_backfill else standing
    is_same = (
        compared is not None
        and compared.as_of == spec.as_of
        and not compared.ended
        and same_manifest(compared.manifest, manifest)
        and all(_has_members(conn, k, compared, read[k.versions.name]) for k in kinds)
    )
    told = member_hashes(conn, main, standing.id) if standing is not None else {}
    changes = _changes(conn, main, standing, told, versions)
    ended = changes.ended
    if kind == "layer":
        changes = _both(changes, _quiet_changes(conn, standing, backdrops))
    return Comparison(
        kind,
        key,
        title,
        Changes() if is_backfill else changes,
        standing,
        len(told),
        () if is_backfill else ended,
        adds_edition=not is_same,
        is_backfill=is_backfill,
        manifest=manifest,
        versions=versions,
        backdrops=backdrops,
        reading=reading,
    )


def _has_members(
    conn: Connection, kind: VersionKind, edition: Edition, versions: tuple[Version, ...]
) -> bool:
    return member_hashes(conn, kind, edition.id) == {v.identity: v.content_hash for v in versions}


def _changes(
    conn: Connection,
    kind: VersionKind,
    standing: Edition | None,
    told: Mapping[str, str],
    versions: tuple[Version, ...],
) -> Changes:
    new = tuple(v.name for v in versions if v.identity not in told)
    changed = tuple(
        v.name for v in versions if told.get(v.identity, v.content_hash) != v.content_hash
    )
    gone = set(told) - {v.identity for v in versions}
    ended: tuple[str, ...] = ()
    if gone and standing is not None:
        ended = tuple(sorted(member_names(conn, kind, standing.id, gone).values()))
    return Changes(new, changed, len(versions) - len(new) - len(changed), ended)


def _quiet_changes(
    conn: Connection, standing: Edition | None, backdrops: tuple[Version, ...]
) -> Changes:
    """Quiet features have no id: another shape or name is one that ended and one that is new."""
    told = member_hashes(conn, BACKDROPS, standing.id) if standing is not None else {}
    return _changes(conn, BACKDROPS, standing, told, backdrops)


def _both(one: Changes, other: Changes) -> Changes:
    return Changes(
        one.new + other.new,
        one.changed + other.changed,
        one.unchanged + other.unchanged,
        one.ended + other.ended,
    )
