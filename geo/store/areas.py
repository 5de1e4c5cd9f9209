"""Areas: from the model to versions, with their size."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from geo.crs import STORAGE_CRS, reproject
from geo.model.town import Area
from geo.store.ewkb import ewkb
from geo.store.versions import AREAS, Version, add_members, content_hash, store_versions

_HASHED = ("name", "kana", "ord", "contact", "members", "outline")
AREA_COLUMNS = (*_HASHED, "area_m2")


def area_version_of(area: Area) -> Version:
    """An area as the database stores it, its size still unknown."""
    values = (
        area.name,
        area.kana,
        area.order,
        area.contact,
        json.dumps([[m.level, m.code] for m in area.members], ensure_ascii=False),
        ewkb(area.outline_wkb) if area.outline_wkb is not None else None,
    )
    hashed = content_hash(zip(_HASHED, values, strict=True))
    return Version(area.code, area.name, hashed, (*values, None))


def add_areas(
    conn: Connection,
    level_id: str,
    edition_id: int,
    versions: Sequence[Version],
    metric_crs: str,
) -> None:
    """Store an edition's areas; sizes in square metres, measured in ``metric_crs``."""
    ids, _ = store_versions(conn, AREAS, level_id, AREA_COLUMNS, _measured(versions, metric_crs))
    add_members(conn, AREAS, edition_id, ids.values())


def _measured(versions: Sequence[Version], metric_crs: str) -> list[Version]:
    import shapely

    where = AREA_COLUMNS.index("outline")
    outlines = shapely.from_wkb([v.values[where] for v in versions])
    sizes_m2 = shapely.area(reproject(outlines, STORAGE_CRS, metric_crs)) if len(outlines) else []
    return [
        replace(v, values=(*v.values[:-1], float(size_m2) if v.values[where] else None))
        for v, size_m2 in zip(versions, sizes_m2, strict=True)
    ]
