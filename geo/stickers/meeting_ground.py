"""The outlines of the areas that meetings were about, to see where their stickers lie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from geo.model.answers import GeoJson
from geo.store.reading.area_rows import AreaKey, read_outlines

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from geo.model.sticker import Sticker


def outlines_of(conn: Connection, stickers: Iterable[Sticker]) -> dict[AreaKey, GeoJson]:
    """The outline of every area somebody has drawn and stickers were dropped for; EPSG:4326."""
    wanted = {(one.level, one.code) for one in stickers}
    return {
        key: shape.outline
        for level in sorted({level for level, _ in wanted})
        for key, shape in read_outlines(conn, level).items()
        if key in wanted
    }
