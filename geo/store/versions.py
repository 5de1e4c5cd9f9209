"""Contents of records, each stored once however many editions hold it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, Text, any_, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from geo.schema.tables import (
    area_version,
    backdrop_version,
    edition_area,
    edition_backdrop,
    edition_treasure,
    treasure_version,
)
from geo.store.bulk import copy_rows, reserve_ids


@dataclass(frozen=True, slots=True)
class VersionKind:
    """Where the versions of one kind of record live, and what identifies a record there."""

    versions: Table
    members: Table
    owner_column: str
    identity_column: str


TREASURES = VersionKind(treasure_version, edition_treasure, "layer_id", "record_id")
AREAS = VersionKind(area_version, edition_area, "level_id", "code")
BACKDROPS = VersionKind(backdrop_version, edition_backdrop, "layer_id", "content_hash")


@dataclass(frozen=True, slots=True)
class Version:
    """One content of one record, ready to be stored.

    ``values`` are the columns after (owner, identity, content_hash); ``identity`` is what the
    source calls the record.
    """

    identity: str
    name: str
    content_hash: str
    values: tuple[Any, ...]


def content_hash(pairs: Iterable[tuple[str, Any]]) -> str:
    """Hash named values; empty ones do not count, so that a new column changes no old hash."""
    told = [pair for pair in pairs if pair[1] is not None and pair[1] != () and pair[1] != "{}"]
    return hashlib.blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def member_hashes(conn: Connection, kind: VersionKind, edition_id: int) -> dict[str, str]:
    """Identity to content hash of an edition's members."""
    identity = kind.versions.c[kind.identity_column]
    rows = conn.execute(
        select(identity, kind.versions.c.content_hash)
        .join(kind.members, kind.members.c.version_id == kind.versions.c.id)
        .where(kind.members.c.edition_id == edition_id)
    )
    return {row[0]: row[1] for row in rows}


def member_names(
    conn: Connection, kind: VersionKind, edition_id: int, identities: Iterable[str]
) -> dict[str, str]:
    """Identity to name, for some members of an edition."""
    identity = kind.versions.c[kind.identity_column]
    rows = conn.execute(
        select(identity, kind.versions.c.name)
        .join(kind.members, kind.members.c.version_id == kind.versions.c.id)
        .where(
            kind.members.c.edition_id == edition_id,
            identity == any_(literal(list(identities), ARRAY(Text))),
        )
    )
    return {row[0]: row[1] for row in rows}


def store_versions(
    conn: Connection,
    kind: VersionKind,
    owner: str,
    value_columns: Sequence[str],
    versions: Sequence[Version],
) -> tuple[dict[tuple[str, str], int], list[Version]]:
    """Store the contents that are not there yet.

    Returns
    -------
    ids : dict
        (identity, content hash) to version id, for every version given.
    fresh : list of Version
        Those that were stored now.
    """
    table = kind.versions
    known = {
        (row[0], row[1]): row[2]
        for row in conn.execute(
            select(table.c[kind.identity_column], table.c.content_hash, table.c.id).where(
                table.c[kind.owner_column] == owner
            )
        )
    }
    fresh = list(
        {
            (v.identity, v.content_hash): v
            for v in versions
            if (v.identity, v.content_hash) not in known
        }.values()
    )
    ids = reserve_ids(conn, table, len(fresh))
    keys = (kind.owner_column, kind.identity_column)
    columns = ["id", *dict.fromkeys((*keys, "content_hash")), *value_columns]
    single = kind.identity_column == "content_hash"
    copy_rows(
        conn,
        table,
        columns,
        (
            (id_, owner, v.content_hash, *v.values)
            if single
            else (id_, owner, v.identity, v.content_hash, *v.values)
            for id_, v in zip(ids, fresh, strict=True)
        ),
    )
    known.update(((v.identity, v.content_hash), id_) for v, id_ in zip(fresh, ids, strict=True))
    return {
        (v.identity, v.content_hash): known[v.identity, v.content_hash] for v in versions
    }, fresh


def add_members(
    conn: Connection, kind: VersionKind, edition_id: int, version_ids: Iterable[int]
) -> None:
    """Make versions members of an edition."""
    rows = ((edition_id, version_id) for version_id in version_ids)
    copy_rows(conn, kind.members, ("edition_id", "version_id"), rows)
