"""Streets one may walk: from the network to its tables, and the row that says which stand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select

from geo.crs import STORAGE_SRID
from geo.model.answers import StreetsLoaded
from geo.model.ground import StreetSources
from geo.schema.ground_tables import street_edge, street_node, streets
from geo.store.bulk import copy_binary

if TYPE_CHECKING:
    from geo.network.street_network import StreetNetwork

STREETS_KEY = "streets"
"""A town has one network: its editions are all of this key."""

_AT_ONCE = 20_000

_NODE_COLUMNS = ("edition_id", "id", "lon", "lat", "height_m", "component")
_EDGE_COLUMNS = (
    *("edition_id", "id", "from_node", "to_node", "length_m", "kind", "marks", "name"),
    "geom",
)

Box = tuple[float, float, float, float]
"""West, south, east, north; degrees in EPSG:4326."""


@dataclass(frozen=True, slots=True)
class StandingStreets:
    """The streets that stand."""

    edition_id: int
    nodes: int
    edges: int
    length_m: float
    components: int


def standing_streets(conn: Connection) -> StandingStreets | None:
    """The streets that stand, or None where the town has none."""
    names = StandingStreets.__dataclass_fields__
    row = conn.execute(select(*(streets.c[name] for name in names))).one_or_none()
    return StandingStreets(*row) if row else None


def streets_manifest(sources: StreetSources, files: str) -> dict[str, Any]:
    """What an edition keeps of its manifest, and the hash of everything it was read from."""
    return {
        "title": sources.title,
        "source": sources.source,
        "licence": sources.licence,
        "files": files,
    }


def add_network(conn: Connection, edition_id: int, network: StreetNetwork) -> None:
    """Store an edition's junctions and the streets between them."""
    copy_binary(conn, street_node, _NODE_COLUMNS, _node_rows(edition_id, network))
    copy_binary(conn, street_edge, _EDGE_COLUMNS, _edge_rows(edition_id, network))


def _node_rows(edition_id: int, network: StreetNetwork) -> Iterator[tuple[Any, ...]]:
    """Rows of nodes; numbers of Python are made of some thousands at a time."""
    for start in range(0, network.nodes, _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        columns = zip(
            network.node_lon[part].tolist(),
            network.node_lat[part].tolist(),
            network.node_height_m[part].tolist(),
            network.component[part].tolist(),
            strict=True,
        )
        for id_, (lon, lat, height_m, component) in enumerate(columns, start):
            known = None if math.isnan(height_m) else height_m
            yield edition_id, id_, lon, lat, known, component


def _edge_rows(edition_id: int, network: StreetNetwork) -> Iterator[tuple[Any, ...]]:
    """Rows of edges, their lines made some thousands at a time."""
    import numpy as np
    import shapely

    for start in range(0, network.edges, _AT_ONCE):
        stop = min(start + _AT_ONCE, network.edges)
        first = network.edge_first[start : stop + 1]
        vertices = slice(int(first[0]), int(first[-1]))
        lines = shapely.linestrings(
            np.column_stack((network.edge_lon[vertices], network.edge_lat[vertices])),
            indices=np.repeat(np.arange(stop - start), np.diff(first)),
        )
        wkb: Any = shapely.to_wkb(shapely.set_srid(lines, STORAGE_SRID), include_srid=True)
        part = slice(start, stop)
        columns = zip(
            range(start, stop),
            network.edge_from[part].tolist(),
            network.edge_to[part].tolist(),
            network.edge_length_m[part].tolist(),
            network.edge_kind[part].tolist(),
            network.edge_marks[part].tolist(),
            network.edge_name[part].tolist(),
            wkb.tolist(),
            strict=True,
        )
        for id_, from_node, to_node, length_m, kind, marks, name, line in columns:
            named = network.names[name] if name >= 0 else None
            yield edition_id, id_, from_node, to_node, length_m, kind, marks, named, line


def point_streets(
    conn: Connection,
    edition_id: int,
    as_of: date,
    manifest: Mapping[str, Any],
    totals: StreetsLoaded,
    box: Box,
) -> None:
    """Let the town's row of streets say which edition stands."""
    unpoint_streets(conn)
    west, south, east, north = box
    conn.execute(
        insert(streets).values(
            edition_id=edition_id,
            as_of=as_of,
            nodes=totals.nodes,
            edges=totals.edges,
            length_m=totals.length_m,
            components=totals.components,
            west=west,
            south=south,
            east=east,
            north=north,
            **{name: manifest[name] for name in ("title", "source", "licence")},
        )
    )


def unpoint_streets(conn: Connection) -> None:
    """Show streets no more; their history stays."""
    conn.execute(delete(streets))
