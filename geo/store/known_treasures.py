"""Records as the database knows them, back as treasures: what a new list is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, Text, any_, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on

from geo.model.audience import Audience, Newcomers, Placed, Precision, Status
from geo.model.day_change import DayChange
from geo.model.treasure import Consent, RecordKey, Treasure
from geo.schema.tables import edition, edition_treasure, treasure_version
from geo.store.record_consents import consents_of
from geo.store.treasures import PLAIN_COLUMNS

_V = treasure_version.c


def _records() -> Select[Any]:
    plain = [_V[name] for name in PLAIN_COLUMNS]
    place = (_V.geom.ST_X().label("lon"), _V.geom.ST_Y().label("lat"))
    return select(
        _V.id.label("version_id"), _V.layer_id, _V.record_id, *plain, *place,
        _V.audience, _V.precision, _V.contact_audience, _V.status, _V.placed, _V.newcomers,
        _V.area_text, _V.extra, _V.follows_layer, _V.follows_id, _V.day_changes,
    ).join(edition_treasure, edition_treasure.c.version_id == _V.id)  # fmt: skip


def whole_treasures(
    conn: Connection, edition_id: int, record_ids: Iterable[str]
) -> dict[str, Treasure]:
    """Some members of an edition by record id, whole; owner's rights."""
    query = _records().where(edition_treasure.c.edition_id == edition_id, _is_one_of(record_ids))
    return _treasures(conn, query)


def last_known_treasures(
    conn: Connection, layer_id: str, record_ids: Iterable[str]
) -> dict[str, Treasure]:
    """How records of a layer stood in the last edition that held them, by record id."""
    query = (
        _records()
        .join(edition, edition.c.id == edition_treasure.c.edition_id)
        .where(_V.layer_id == layer_id, _is_one_of(record_ids))
        .ext(distinct_on(_V.record_id))
        .order_by(_V.record_id, edition.c.as_of.desc(), edition.c.load_id.desc())
    )
    return _treasures(conn, query)


def _is_one_of(record_ids: Iterable[str]) -> Any:
    return _V.record_id == any_(literal(list(record_ids), ARRAY(Text)))


def _treasures(conn: Connection, query: Select[Any]) -> dict[str, Treasure]:
    rows = conn.execute(query).all()
    agreed = consents_of(conn, [row.version_id for row in rows])
    return {row.record_id: _treasure(row, agreed.get(row.version_id, ())) for row in rows}


def _treasure(row: Row[Any], consents: tuple[Consent, ...]) -> Treasure:
    plain = {name: getattr(row, name) for name in PLAIN_COLUMNS}
    return Treasure(
        layer=row.layer_id,
        id=row.record_id,
        audience=Audience(row.audience),
        precision=Precision(row.precision),
        consents=consents,
        area=row.area_text,
        lon=row.lon,
        lat=row.lat,
        placed=None if row.placed is None else Placed(row.placed),
        newcomers=None if row.newcomers is None else Newcomers(row.newcomers),
        contact_audience=Audience(row.contact_audience),
        status=Status(row.status),
        extra=dict(row.extra),
        follows=RecordKey(row.follows_layer, row.follows_id) if row.follows_layer else None,
        day_changes=msgspec.convert(row.day_changes or (), tuple[DayChange, ...]),
        **(plain | {"functions": tuple(row.functions)}),
    )
