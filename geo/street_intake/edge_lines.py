"""Shapes of a table of edges -> the vertices of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

_LINE, _MULTILINE = 1, 5


@dataclass(frozen=True, slots=True)
class EdgeLines:
    """Lines as columns.

    Parameters
    ----------
    record : int64[E]
        Which record of the file a line is of: one record may be of several.
    alone : bool[E]
        Whether it is the only line of its record.
    first : int64[E + 1]
    lon, lat : float64[V]
    without_shape, without_line : int64 arrays
        Records without a shape, and with one that is no line.
    """

    record: npt.NDArray[np.int64]
    alone: npt.NDArray[np.bool_]
    first: npt.NDArray[np.int64]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    without_shape: npt.NDArray[np.int64]
    without_line: npt.NDArray[np.int64]


def edge_lines(wkb: Sequence[bytes | None], joined: npt.NDArray[np.bool_]) -> EdgeLines:
    """The lines of WKB geometries.

    Parameters
    ----------
    wkb : sequence of (bytes or None)
    joined : bool[R]
        Records whose ends are known: a street that was cut out of the map in two parts is still
        one edge between them, straight where it is missing. Parts of others are lines of their
        own.
    """
    blobs = np.empty(len(wkb), dtype=object)
    blobs[:] = wkb
    shapes = np.asarray(shapely.from_wkb(blobs), dtype=object)
    kind = shapely.get_type_id(shapes)
    many = np.flatnonzero(kind == _MULTILINE)
    if len(many):
        whole = shapely.line_merge(shapes[many], directed=True)
        shapes[many] = np.where(shapely.get_type_id(whole) == _LINE, whole, shapes[many])
    lined = np.flatnonzero((kind == _LINE) | (kind == _MULTILINE))
    parts, owner = shapely.get_parts(shapes[lined], return_index=True)
    begins = np.ones(len(parts), dtype=bool)
    begins[1:] = (owner[1:] != owner[:-1]) | ~joined[lined[owner[1:]]]
    line_of_part = np.cumsum(begins) - 1
    vertices, part = shapely.get_coordinates(parts, return_index=True)
    count = np.bincount(line_of_part[part], minlength=int(begins.sum()))
    record = lined[owner[begins]]
    return EdgeLines(
        record=record,
        alone=np.bincount(record, minlength=len(wkb))[record] == 1,
        first=np.concatenate([[0], np.cumsum(count)]).astype(np.int64),
        lon=vertices[:, 0],
        lat=vertices[:, 1],
        without_shape=np.flatnonzero(kind == -1),
        without_line=np.flatnonzero((kind != -1) & (kind != _LINE) & (kind != _MULTILINE)),
    )
