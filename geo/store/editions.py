"""Loads and editions: what was loaded when, and which edition stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from geo.model.town import Layer, Level, Municipality
from geo.model.treasure import ShownField
from geo.schema.tables import edition, layer, level, load, municipality

_LOAD_LOCK = 0x07A4A10
Kind = Literal["layer", "level", "streets", "people"]


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of a layer or level. ``manifest`` is what its manifest said of it."""

    id: int
    as_of: date
    manifest: Mapping[str, Any]
    ended: bool


def lock_loads(conn: Connection) -> None:
    """Wait until no other load is writing; held until this transaction ends."""
    conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOAD_LOCK})


def begin_load(conn: Connection, started_at: datetime, program_version: str) -> int:
    """Note that a load begins; returns its id."""
    row = {"started_at": started_at, "program_version": program_version}
    return int(conn.execute(insert(load).values(row).returning(load.c.id)).scalar_one())


def finish_load(conn: Connection, load_id: int, finished_at: datetime, fingerprint: str) -> None:
    """Note what the load had read."""
    values = {"finished_at": finished_at, "fingerprint": fingerprint}
    conn.execute(update(load).where(load.c.id == load_id).values(values))


def _editions(kind: Kind, key: str) -> Select[Any]:
    return (
        select(edition.c.id, edition.c.as_of, edition.c.manifest, edition.c.ended)
        .where(edition.c.kind == kind, edition.c.key == key)
        .order_by(edition.c.as_of.desc(), edition.c.load_id.desc(), edition.c.id.desc())
        .limit(1)
    )


def current_edition(conn: Connection, kind: Kind, key: str) -> Edition | None:
    """The edition that stands: the greatest (``as_of``, load)."""
    row = conn.execute(_editions(kind, key)).one_or_none()
    return Edition(*row) if row else None


def latest_of(conn: Connection, kind: Kind, key: str, as_of: date) -> Edition | None:
    """The newest edition of one ``as_of``."""
    row = conn.execute(_editions(kind, key).where(edition.c.as_of == as_of)).one_or_none()
    return Edition(*row) if row else None


def standing_keys(conn: Connection, kind: Kind) -> tuple[str, ...]:
    """The layers or levels that are shown now."""
    table = layer if kind == "layer" else level
    return tuple(conn.execute(select(table.c.id).order_by(table.c.id)).scalars())


def add_edition(
    conn: Connection,
    kind: Kind,
    key: str,
    as_of: date,
    load_id: int,
    manifest: Mapping[str, Any],
    *,
    ended: bool = False,
) -> int:
    """Add an edition; returns its id."""
    row = {"kind": kind, "key": key, "as_of": as_of, "load_id": load_id}
    values = row | {"manifest": dict(manifest), "ended": ended}
    return int(conn.execute(insert(edition).values(values).returning(edition.c.id)).scalar_one())


def layer_manifest(spec: Layer, show: tuple[ShownField, ...]) -> dict[str, Any]:
    """What an edition keeps of a layer's manifest: whatever a reader can see of it."""
    return {
        "title": spec.title,
        "symbol": spec.symbol,
        "color": spec.color,
        "ord": spec.order,
        "source": spec.source,
        "licence": spec.licence,
        "counts_as_place": spec.counts_as_place,
        "count_only": spec.count_only,
        "backdrop": spec.backdrop,
        "shown": [{"label": s.label, "header": s.header, "field": s.field} for s in show],
    }


def level_manifest(spec: Level) -> dict[str, Any]:
    """What an edition keeps of a level's manifest."""
    return {
        "title": spec.title,
        "tier": spec.tier,
        "ord": spec.order,
        "source": spec.source,
        "licence": spec.licence,
    }


def point_layer(
    conn: Connection, key: str, edition_id: int, as_of: date, manifest: Mapping[str, Any]
) -> None:
    """Let a layer's row say which edition stands, in the words of its manifest."""
    shown = manifest["shown"]
    values = {
        **manifest,
        "edition_id": edition_id,
        "as_of": as_of,
        "shown_headers": [s["header"] for s in shown if s["field"] is None],
        "shows_note": any(s["field"] == "note" for s in shown),
    }
    conn.execute(
        upsert(layer)
        .values(id=key, **values)
        .on_conflict_do_update(index_elements=[layer.c.id], set_=values)
    )


def point_level(
    conn: Connection, key: str, edition_id: int, as_of: date, manifest: Mapping[str, Any]
) -> None:
    """Let a level's row say which edition stands."""
    values = {**manifest, "edition_id": edition_id, "as_of": as_of}
    conn.execute(
        upsert(level)
        .values(id=key, **values)
        .on_conflict_do_update(index_elements=[level.c.id], set_=values)
    )


def unpoint(conn: Connection, kind: Kind, key: str) -> None:
    """Show a layer or level no more; its history stays."""
    table = layer if kind == "layer" else level
    conn.execute(delete(table).where(table.c.id == key))


def write_municipality(conn: Connection, town: Municipality) -> bool:
    """Write what the town says of itself; True when that changed something."""
    columns = (
        *("code", "name", "word", "contact", "public_url"),
        *("metric_crs", "block_level", "walk_speed_m_per_min"),
        *("walk_limits_min", "attach_limit_m", "people_band"),
    )
    values = {name: getattr(town, name) for name in columns}
    values["walk_limits_min"] = list(town.walk_limits_min)  # as the database gives it back
    standing = conn.execute(select(*(municipality.c[n] for n in columns))).mappings().one_or_none()
    if standing is not None and dict(standing) == values:
        return False
    conn.execute(
        upsert(municipality)
        .values(single=True, **values)
        .on_conflict_do_update(index_elements=[municipality.c.single], set_=values)
    )
    return True


def raise_revision(conn: Connection) -> None:
    """Tell caches that the town changed."""
    conn.execute(update(municipality).values(revision=municipality.c.revision + 1))


def same_manifest(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Compare as JSON, the way one of them was stored."""
    return bool(json.loads(json.dumps(one)) == json.loads(json.dumps(other)))
