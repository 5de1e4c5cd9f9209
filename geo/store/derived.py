"""What is computed from the standing editions: overlaps, venues, coarse places, areas of records."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from geo.model.audience import Audience, Placed, Precision, Status
from geo.model.town import Area, Level, Member
from geo.model.treasure import Treasure
from geo.overlap import Share
from geo.schema.tables import (
    area_version,
    current_treasure,
    derivation,
    edition_area,
    edition_treasure,
    layer,
    level,
    number_ledger,
    overlap,
    treasure_area,
    treasure_version,
    venue,
)
from geo.store.bulk import copy_rows
from geo.store.ewkb import point_ewkb
from geo.store.record_consents import standing_consents


@dataclass(frozen=True, slots=True)
class StandingTreasure:
    """A record that stands, with its number.

    ``treasure`` holds only what placing it needs, and who may know its place; ``count_only`` is
    true in a layer that is never shown.
    """

    version_id: int
    number: int
    treasure: Treasure
    count_only: bool = False


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A place that records share. Degrees in EPSG:4326; None where nobody knows."""

    id: int
    name: str | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What is derived for one standing record."""

    version_id: int
    layer_id: str
    number: int
    venue_id: int | None
    block_text: str | None
    block_lon: float | None
    block_lat: float | None


def standing_hash(conn: Connection, *more: str | None, layers: bool) -> str:
    """A word for the editions that stand (levels, and layers if asked) and for ``more``."""
    told: list[Any] = [
        sorted(map(tuple, conn.execute(select(level.c.id, level.c.edition_id, level.c.tier))))
    ]
    if layers:
        told.append(sorted(map(tuple, conn.execute(select(layer.c.id, layer.c.edition_id)))))
    return hashlib.blake2b(repr([told, more]).encode(), digest_size=16).hexdigest()


def is_derived(conn: Connection, name: str, version: int, made_from: str) -> bool:
    """Whether a derived table was computed by this version from these editions."""
    row = conn.execute(
        select(derivation.c.version, derivation.c.made_from).where(derivation.c.name == name)
    ).one_or_none()
    return row is not None and tuple(row) == (version, made_from)


def note_derivation(conn: Connection, name: str, version: int, made_from: str) -> None:
    """Remember how a derived table was computed."""
    conn.execute(delete(derivation).where(derivation.c.name == name))
    conn.execute(insert(derivation).values(name=name, version=version, made_from=made_from))


def standing_levels(conn: Connection) -> tuple[Level, ...]:
    """The levels that stand, without their files; lowest tier first, levels without one last."""
    rows = conn.execute(select(level).order_by(level.c.tier.nulls_last(), level.c.ord, level.c.id))
    return tuple(
        Level(
            id=row.id,
            folder=Path(),
            title=row.title,
            data=(),
            name_column="",
            code_column="",
            source=row.source,
            licence=row.licence,
            as_of=row.as_of,
            tier=row.tier,
            order=row.ord,
        )
        for row in rows
    )


def standing_areas(conn: Connection) -> tuple[Area, ...]:
    """Every area that stands; outlines as WKB in EPSG:4326."""
    a = area_version.c
    rows = conn.execute(
        select(
            a.level_id,
            a.code,
            a.name,
            a.kana,
            a.ord,
            a.contact,
            func.ST_AsBinary(a.outline, type_=None).label("wkb"),
            a.members,
        )
        .join(edition_area, edition_area.c.version_id == a.id)
        .join(level, level.c.edition_id == edition_area.c.edition_id)
        .order_by(level.c.ord, a.level_id, a.ord.nulls_last(), a.code)
    )
    return tuple(
        Area(
            row.level_id,
            row.code,
            row.name,
            row.kana,
            row.ord,
            row.contact,
            bytes(row.wkb) if row.wkb is not None else None,
            tuple(Member(*pair) for pair in row.members),
        )
        for row in rows
    )


def standing_treasures(conn: Connection) -> tuple[StandingTreasure, ...]:
    """Every record that stands, by number."""
    v, n = treasure_version.c, number_ledger.c
    agreed = standing_consents(conn)
    rows = conn.execute(
        select(
            v.id,
            n.number,
            v.layer_id,
            v.record_id,
            v.name,
            v.audience,
            v.precision,
            v.venue,
            v.address,
            v.area_text,
            v.status,
            v.ended_on,
            v.placed,
            layer.c.count_only,
            v.geom.ST_X().label("lon"),
            v.geom.ST_Y().label("lat"),
        )
        .join(edition_treasure, edition_treasure.c.version_id == v.id)
        .join(layer, layer.c.edition_id == edition_treasure.c.edition_id)
        .join(number_ledger, (n.layer_id == v.layer_id) & (n.record_id == v.record_id))
        .order_by(n.number)
    )
    return tuple(
        StandingTreasure(
            row.id,
            row.number,
            Treasure(
                layer=row.layer_id,
                id=row.record_id,
                name=row.name,
                audience=Audience(row.audience),
                precision=Precision(row.precision),
                venue=row.venue,
                address=row.address,
                area=row.area_text,
                lon=row.lon,
                lat=row.lat,
                status=Status(row.status),
                ended_on=row.ended_on,
                placed=Placed(row.placed) if row.placed else None,
                consents=agreed.get(row.id, ()),
            ),
            row.count_only,
        )
        for row in rows
    )


def standing_shares(conn: Connection) -> tuple[Share, ...]:
    """Every overlap that was written."""
    o = overlap.c
    rows = conn.execute(select(o.level_id, o.code, o.other_level_id, o.other_code, o.share))
    return tuple(Share(*row) for row in rows)


def write_overlaps(conn: Connection, shares: Iterable[Share]) -> None:
    """Replace all overlaps."""
    conn.execute(delete(overlap))
    columns = ("level_id", "code", "other_level_id", "other_code", "share")
    rows = ((s.level, s.code, s.other_level, s.other_code, s.share) for s in shares)
    copy_rows(conn, overlap, columns, rows)


def write_places(
    conn: Connection,
    venues: Sequence[VenueRow],
    places: Sequence[PlaceRow],
    areas: Iterable[tuple[bool, str, str, int]],
) -> None:
    """Replace venues, standing records and their areas (exact?, level, code, version id).

    Deleting and copying keeps what readers see whole until the commit; TRUNCATE would not.
    """
    for table in (treasure_area, current_treasure, venue):
        conn.execute(delete(table))
    venue_rows = ((v.id, v.name, point_ewkb(v.lon, v.lat)) for v in venues)
    copy_rows(conn, venue, ("id", "name", "geom"), venue_rows)
    columns = ("version_id", "layer_id", "number", "venue_id", "block_text", "block_geom")
    copy_rows(
        conn,
        current_treasure,
        columns,
        (
            (
                p.version_id,
                p.layer_id,
                p.number,
                p.venue_id,
                p.block_text,
                point_ewkb(p.block_lon, p.block_lat),
            )
            for p in places
        ),
    )
    copy_rows(conn, treasure_area, ("exact", "level_id", "code", "version_id"), areas)
