"""Where people live, as far as anybody may say: spread along the streets of their piece of census.

Nothing here is drawn by lot. Of the people of a polygon every metre of street inside it that
people live on has the same part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.coverage.in_areas import Shape, held_points
from geo.coverage.stretches import Stretches
from geo.model.ground import StreetKind, WayMark
from geo.walking.attaching import LEAST_PIECE_M, attach
from geo.walking.spots import NOWHERE as NO_STREET
from geo.walking.spots import Spots
from geo.walking.walk_streets import WalkStreets

LIVED_ON = (
    StreetKind.MAIN,
    StreetKind.SECONDARY,
    StreetKind.TERTIARY,
    StreetKind.LOCAL,
    StreetKind.SERVICE,
    StreetKind.PEDESTRIAN,
    StreetKind.FOOTWAY,
    StreetKind.TRACK,
)
"""Kinds of streets with houses along them."""

NOT_LIVED_ON = WayMark.BRIDGE | WayMark.TUNNEL | WayMark.INDOOR | WayMark.STEPS

_GRID_POINTS = 64  # of a polygon without a street near it
_FINEST_M = 10.0

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """Parts of the people of cells, by cell.

    Parameters
    ----------
    cell : int32[H]
    share : float64[H]
        Part of the cell's people; 1 in sum for every cell.
    x, y : float64[H]
        Metres.
    spots : Spots
        Where they step on a street; edge -1: nobody can say how far they walk.
    """

    cell: npt.NDArray[np.int32]
    share: Floats
    x: Floats
    y: Floats
    spots: Spots

    def __len__(self) -> int:
        """Number of homes."""
        return len(self.cell)


def house_people(
    cells: Sequence[Shape], streets: WalkStreets, stretches: Stretches, attach_limit_m: float
) -> Homes:
    """Spread the people of every cell.

    Parameters
    ----------
    cells : sequence of shapely geometry
        Polygons and points, in the metric system of the streets.
    streets : WalkStreets
        May be empty.
    stretches : Stretches
        Of these streets.
    attach_limit_m : float
        Who lives farther than this from every street, of them nobody says how far they walk.

    Returns
    -------
    Homes
        Of a polygon: its stretches (their middle lies inside) that people live on, by length;
        where it has none such, all its stretches; where it has no stretch, its inner point, put on
        a street; where none is near, points of a grid that are on no street. Of a point: itself.
    """
    import shapely

    shapes = np.empty(len(cells), dtype=object)
    shapes[:] = cells
    is_polygon = np.isin(shapely.get_type_id(shapes), (3, 6))
    stretch, cell = _stretches_of(shapes, is_polygon, streets, stretches)
    length = stretches.length_m[stretch]
    share = length / np.bincount(cell, weights=length, minlength=len(cells))[cell]

    alone = np.flatnonzero(np.bincount(cell, minlength=len(cells)) == 0)
    points = shapely.point_on_surface(shapes[alone])
    x, y = shapely.get_x(points), shapely.get_y(points)
    spots = attach(streets, x, y, attach_limit_m)
    lost = ~spots.known & is_polygon[alone]
    grids = [_grid(shape) for shape in shapes[alone[lost]]]
    sizes = np.array([len(grid) for grid in grids], dtype=np.int64)
    grid = np.concatenate([*grids, np.zeros((0, 2))])

    homes = _joined(
        Homes(
            cell.astype(np.int32),
            share,
            stretches.x[stretch],
            stretches.y[stretch],
            _spots_of(stretch, streets, stretches, attach_limit_m),
        ),
        Homes(
            alone[~lost].astype(np.int32),
            np.ones(np.count_nonzero(~lost)),
            x[~lost],
            y[~lost],
            spots.take(~lost),
        ),
        Homes(
            np.repeat(alone[lost], sizes).astype(np.int32),
            np.repeat(1 / np.maximum(sizes, 1), sizes),
            grid[:, 0],
            grid[:, 1],
            _on_no_street(len(grid)),
        ),
    )
    return _taken(homes, np.argsort(homes.cell, kind="stable"))


def _stretches_of(
    shapes: npt.NDArray[np.object_],
    is_polygon: npt.NDArray[np.bool_],
    streets: WalkStreets,
    stretches: Stretches,
) -> tuple[Places, Places]:
    """The stretches that house the people of each polygon, in pairs."""
    import shapely

    outlines = [shape if drawn else None for shape, drawn in zip(shapes, is_polygon, strict=True)]
    stretch, cell = held_points(stretches.x, stretches.y, outlines)
    inside = shapely.contains_xy(shapes[cell], stretches.x[stretch], stretches.y[stretch])
    # A street along a border houses people of one side only: else those of the other side would
    # be found in the area of their neighbours.
    bordering = np.flatnonzero(~inside)
    _, first = np.unique(stretch[bordering], return_index=True)
    kept = inside.copy()
    kept[bordering[first]] = ~np.isin(stretch[bordering[first]], stretch[inside])
    stretch, cell = stretch[kept], cell[kept]

    lived_on = np.isin(streets.kind, LIVED_ON) & ((streets.marks & int(NOT_LIVED_ON)) == 0)
    good = lived_on[stretches.edge[stretch]]
    has_good = np.zeros(len(shapes), dtype=bool)
    has_good[cell[good]] = True
    taken = good | ~has_good[cell]
    return stretch[taken], cell[taken]


def _spots_of(
    stretch: Places, streets: WalkStreets, stretches: Stretches, attach_limit_m: float
) -> Spots:
    """The middles of stretches; on a piece of streets too small to lead anywhere, what is near."""
    spots = stretches.spots.take(stretch)
    if not len(stretch):
        return spots
    component = streets.component[streets.edge_from]
    streets_m = np.bincount(component, weights=streets.length_m)
    small = np.flatnonzero(streets_m[component[spots.edge]] < LEAST_PIECE_M)
    x, y = stretches.x[stretch[small]], stretches.y[stretch[small]]
    near = attach(streets, x, y, attach_limit_m)
    edge, at, away_m = spots.edge.copy(), spots.at.copy(), spots.away_m.copy()
    edge[small], at[small], away_m[small] = near.edge, near.at, near.away_m
    return Spots(edge, at, away_m)


def _grid(shape: Shape) -> Floats:
    """Points inside a polygon, on lines that run the same way everywhere; at least one."""
    import shapely

    apart = max(np.sqrt(shapely.area(shape) / _GRID_POINTS), _FINEST_M)
    west, south, east, north = shapely.bounds(shape)
    x, y = np.meshgrid(
        (np.arange(np.floor(west / apart), np.ceil(east / apart)) + 0.5) * apart,
        (np.arange(np.floor(south / apart), np.ceil(north / apart)) + 0.5) * apart,
    )
    shapely.prepare(shape)
    held = shapely.contains_xy(shape, x.ravel(), y.ravel())
    if held.any():
        return np.column_stack([x.ravel()[held], y.ravel()[held]])
    inner = shapely.point_on_surface(shape)
    return np.array([[shapely.get_x(inner), shapely.get_y(inner)]])


def _on_no_street(count: int) -> Spots:
    nothing = np.full(count, np.nan)
    return Spots(np.full(count, NO_STREET, dtype=np.int32), nothing, nothing)


def _joined(*parts: Homes) -> Homes:
    return Homes(
        np.concatenate([part.cell for part in parts]),
        np.concatenate([part.share for part in parts]),
        np.concatenate([part.x for part in parts]),
        np.concatenate([part.y for part in parts]),
        Spots(
            np.concatenate([part.spots.edge for part in parts]),
            np.concatenate([part.spots.at for part in parts]),
            np.concatenate([part.spots.away_m for part in parts]),
        ),
    )


def _taken(homes: Homes, order: Places) -> Homes:
    return Homes(
        homes.cell[order],
        homes.share[order],
        homes.x[order],
        homes.y[order],
        homes.spots.take(order),
    )
