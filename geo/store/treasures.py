"""Treasures and backdrops: from the model to versions, and their consents."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter

import msgspec
from sqlalchemy import Connection

from geo.model.treasure import Backdrop, Treasure
from geo.schema.tables import consent
from geo.store.bulk import copy_rows
from geo.store.ewkb import ewkb, point_ewkb
from geo.store.versions import (
    BACKDROPS,
    TREASURES,
    Version,
    add_members,
    content_hash,
    store_versions,
)

PLAIN_COLUMNS = (
    "name", "kana", "venue", "venue_kind", "address", "schedule", "for_whom", "fee", "activities",
    "activity_kind", "operator", "transport", "capacity", "participants", "contact", "organiser",
    "functions", "meaning", "story", "photo", "url", "started_on", "ended_on", "confirmed_on",
    "found_through", "note", "vehicle", "stop_order", "arrive_min", "stay_min",
)  # fmt: skip
"""Fields stored as they are, in a column of their name."""

TREASURE_COLUMNS = (
    *PLAIN_COLUMNS, "audience", "precision", "contact_audience", "status", "placed", "newcomers",
    "area_text", "geom", "extra", "follows_layer", "follows_id", "day_changes",
)  # fmt: skip

_plain_of = attrgetter(*PLAIN_COLUMNS)
_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def treasure_version_of(treasure: Treasure) -> Version:
    """A record as the database stores it; equal records give equal hashes."""
    values = (
        *_plain_of(treasure),
        int(treasure.audience),
        int(treasure.precision),
        int(treasure.contact_audience),
        treasure.status.value,
        treasure.placed.value if treasure.placed is not None else None,
        treasure.newcomers.value if treasure.newcomers is not None else None,
        treasure.area,
        point_ewkb(treasure.lon, treasure.lat),
        _as_json(dict(treasure.extra)) if treasure.extra else "{}",
        treasure.follows.layer if treasure.follows else None,
        treasure.follows.id if treasure.follows else None,
        msgspec.json.encode(treasure.day_changes).decode() if treasure.day_changes else None,
    )
    agreed = tuple(sorted(map(repr, _consent_rows(treasure))))
    hashed = content_hash([*zip(TREASURE_COLUMNS, values, strict=True), ("consents", agreed)])
    stored = tuple(list(v) if isinstance(v, tuple) else v for v in values)
    return Version(treasure.id, treasure.name, hashed, stored)


def _consent_rows(treasure: Treasure) -> list[tuple[str, date | None, date | None, str]]:
    return [(c.scope.value, c.valid_from, c.valid_until, c.basis) for c in treasure.consents]


def add_treasures(
    conn: Connection,
    layer_id: str,
    edition_id: int,
    versions: Sequence[Version],
    treasures: Mapping[str, Treasure],
) -> None:
    """Store an edition's treasures, contents and consents.

    Parameters
    ----------
    conn : Connection
    layer_id, edition_id
        Whose edition.
    versions : Sequence[Version]
        One per record.
    treasures : Mapping[str, Treasure]
        The records by their id.
    """
    ids, fresh = store_versions(conn, TREASURES, layer_id, TREASURE_COLUMNS, versions)
    copy_rows(
        conn,
        consent,
        ("version_id", "scope", "valid_from", "valid_until", "basis"),
        (
            (ids[v.identity, v.content_hash], *row)
            for v in fresh
            for row in _consent_rows(treasures[v.identity])
        ),
    )
    add_members(conn, TREASURES, edition_id, ids.values())


def backdrop_version_of(backdrop: Backdrop) -> Version:
    """A quiet feature as the database stores it; its content is its identity."""
    values = (backdrop.name, ewkb(backdrop.geometry_wkb))
    hashed = content_hash(zip(("name", "geom"), values, strict=True))
    return Version(hashed, backdrop.name, hashed, values)


def add_backdrops(
    conn: Connection, layer_id: str, edition_id: int, versions: Sequence[Version]
) -> None:
    """Store an edition's quiet features."""
    ids, _ = store_versions(conn, BACKDROPS, layer_id, ("name", "geom"), versions)
    add_members(conn, BACKDROPS, edition_id, ids.values())
