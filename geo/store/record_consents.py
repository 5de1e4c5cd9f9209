"""Who agreed to what: the consents of record versions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, any_, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from geo.model.audience import ConsentScope
from geo.model.treasure import Consent
from geo.schema.tables import consent, edition_treasure, layer

_C = consent.c
_ALL = select(_C.version_id, _C.scope, _C.basis, _C.valid_from, _C.valid_until).order_by(
    _C.version_id, _C.scope
)


def standing_consents(conn: Connection) -> dict[int, tuple[Consent, ...]]:
    """The consents of every record that stands, by its version."""
    standing = _ALL.join(edition_treasure, edition_treasure.c.version_id == _C.version_id).join(
        layer, layer.c.edition_id == edition_treasure.c.edition_id
    )
    return _by_version(conn, standing)


def consents_of(conn: Connection, version_ids: list[int]) -> dict[int, tuple[Consent, ...]]:
    """The consents of some versions, by version; a version without any is left out."""
    named = _ALL.where(_C.version_id == any_(literal(version_ids, ARRAY(_C.version_id.type))))
    return _by_version(conn, named)


def _by_version(conn: Connection, query: Select[Any]) -> dict[int, tuple[Consent, ...]]:
    found: dict[int, list[Consent]] = {}
    for version_id, scope, *rest in conn.execute(query):
        found.setdefault(version_id, []).append(Consent(ConsentScope(scope), *rest))
    return {version_id: tuple(consents) for version_id, consents in found.items()}
