"""The base map under a printed map: as much of it as its scale can show, in metres."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.crs import reproject, transformer
from geo.schema.ground_tables import TILE_SRID
from geo.store.reading.paper_rows import Box, read_paper_labels, read_paper_shapes
from geo.store.tile_bands import MAX_ZOOM, band_of, pixel_m

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from sqlalchemy import Connection

_PIXEL_MM = 0.25
"""What a pixel of a screen is on paper."""


@dataclass(frozen=True, slots=True)
class PaperLabel:
    """A name at a place, metres of the town's system; the smaller ``rank`` is placed first."""

    kind: str
    name: str
    rank: int
    x: float
    y: float


@dataclass(frozen=True, slots=True, eq=False)
class PaperGround:
    """Shapes and names of the base map around a piece of paper.

    Parameters
    ----------
    layer, kind : tuple of str
        By shape: the layer of a tile it belongs to, and its kind (a street's is the number of
        `geo.model.ground.StreetKind`).
    bridge, tunnel : bool[S]
    geometry : object[S]
        Shapely geometries in metres of the town's system, in the order of drawing; not empty.
    labels : tuple of PaperLabel
    zoom : int
        The zoom of a screen that shows as much.
    """

    layer: tuple[str, ...]
    kind: tuple[str, ...]
    bridge: npt.NDArray[np.bool_]
    tunnel: npt.NDArray[np.bool_]
    geometry: npt.NDArray[np.object_]
    labels: tuple[PaperLabel, ...]
    zoom: int


def paper_zoom(scale: int, latitude: float) -> int:
    """The zoom whose pixels are about a quarter of a millimetre on paper.

    Parameters
    ----------
    scale : int
        5000 for 1:5000.
    latitude : float
        Degrees.
    """
    metres = scale * _PIXEL_MM / 1000 / math.cos(math.radians(latitude))
    return max(0, min(MAX_ZOOM, math.ceil(math.log2(pixel_m(0) / metres))))


def no_ground() -> PaperGround:
    """What lies under a sheet without a map."""
    import numpy as np

    none = np.zeros(0, dtype=bool)
    return PaperGround((), (), none, none, np.empty(0, dtype=object), (), 0)


def paper_ground(conn: Connection, box: Box, scale: int, metric_crs: str) -> PaperGround:
    """The base map of a box; empty where the town has no streets.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        From ``TownDatabase.connect(audience, medium)``; every audience is answered the same.
    box : (west, south, east, north)
        Degrees in EPSG:4326.
    scale : int
        5000 for 1:5000.
    metric_crs : str
        The town's system in metres.
    """
    import numpy as np
    import shapely

    zoom = paper_zoom(scale, (box[1] + box[3]) / 2)
    rows = read_paper_shapes(conn, box, band_of(zoom))
    geometry = np.empty(len(rows), dtype=object)
    geometry[:] = [shapely.from_wkb(row.wkb) for row in rows]
    kept = np.flatnonzero(~shapely.is_empty(geometry)) if len(rows) else np.zeros(0, dtype=int)
    shown = [rows[n] for n in kept.tolist()]
    mercator = f"EPSG:{TILE_SRID}"
    labels = read_paper_labels(conn, box, zoom)
    x, y = transformer(mercator, metric_crs).transform(
        np.array([label.x for label in labels]), np.array([label.y for label in labels])
    )
    return PaperGround(
        layer=tuple(row.layer for row in shown),
        kind=tuple(row.kind for row in shown),
        bridge=np.array([row.bridge for row in shown], dtype=bool),
        tunnel=np.array([row.tunnel for row in shown], dtype=bool),
        geometry=np.asarray(reproject(geometry[kept], mercator, metric_crs)),
        labels=tuple(
            PaperLabel(label.kind, label.name, label.rank, east, north)
            for label, east, north in zip(labels, x.tolist(), y.tolist(), strict=True)
        ),
        zoom=zoom,
    )
