"""まだ訪ねていない町丁: pieces of the census of which no record of any kind is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.coverage.in_areas import areas_of
from geo.crs import STORAGE_CRS, transformer
from geo.folding import fold
from geo.questions.asked_walk import AskedWalk
from geo.store.reading.treasure_rows import read_places, read_treasures

if TYPE_CHECKING:
    from sqlalchemy import Connection


def unvisited_blocks(conn: Connection, walk: AskedWalk) -> tuple[str, ...]:
    """The 町丁 of an area where somebody lives and nobody has written down anything, in order.

    A record counts wherever it stands, whatever its state; one without a place counts where its
    address names the 町丁. For 担当者だけ: below, somebody else's eyes may have been there.
    """
    assert walk.people is not None
    assert walk.key is not None
    assert walk.areas.homes is not None
    people, homes = walk.people, walk.homes
    inside = walk.areas.homes.inside(walk.key)
    lived_in = np.unique(homes.cell[inside & ~(people.people(walk.terms.band) == 0)])
    found = read_places(conn)
    lonlat = np.array(
        [(p.lon, p.lat) for p in found.values() if p.lon is not None], dtype=float
    ).reshape(-1, 2)
    x, y = transformer(STORAGE_CRS, walk.town.metric_crs).transform(lonlat[:, 0], lonlat[:, 1])
    visited = set(areas_of(np.asarray(x), np.asarray(y), list(people.shapes)).tolist())
    rows = read_treasures(conn, sorted(found), ("address", "venue"))
    written = [fold(word) for row in rows for word in row if word]
    names = {
        name: cell
        for cell in lived_in.tolist()
        if cell not in visited and (name := people.names[cell])
    }
    known = {people.names[cell] for cell in visited if cell >= 0}
    return tuple(
        name
        for name in names
        if name not in known and not any(fold(name) in word for word in written)
    )
