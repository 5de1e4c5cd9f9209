"""Records of mesh tables -> the cells that touch the town."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geo.crs import STORAGE_CRS, reproject
from geo.intake.crs_said import accuracy_warnings
from geo.model.people import PeopleSources
from geo.model.problem import Problem, Severity
from geo.model.reading import TownReading
from geo.people_intake.counted_rows import PeopleRow
from geo.people_intake.mesh_cells import mesh_bounds
from geo.people_intake.receivers import receivers
from geo.people_intake.suppressed import Located

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def mesh_cells(
    rows: Sequence[PeopleRow],
    reading: TownReading,
    sources: PeopleSources,
    problems: list[Problem],
) -> list[Located]:
    """Every record whose cell shares ground with the town's areas; all where none is drawn."""
    import numpy as np
    import shapely

    coded: list[PeopleRow] = []
    bounds = []
    for row in rows:
        try:
            bounds.append(mesh_bounds(row.code))
        except ValueError:
            problems.append(
                row.problem(
                    Severity.ERROR,
                    "people-mesh-code",
                    "地域メッシュの番号ではありません。8けた（1km）、9けた（500m）、10けた（250m）の番号にしてください。",
                )
            )
        else:
            coded.append(row)
    if not coded:
        return []
    cells = shapely.box(*np.array(bounds).T)
    if sources.crs is not None:
        cells = reproject(cells, sources.crs, STORAGE_CRS)
        problems += accuracy_warnings(sources.crs, coded[0].found.table.file)
    is_here = _in_town(cells, reading, sources)
    if not is_here.any():
        problems.append(
            coded[0].problem(
                Severity.ERROR,
                "people-nothing-joined",
                "町にかかるメッシュが1つもありません。この町をふくむ1次メッシュの表を使ってください。",
            )
        )
        return []
    homes = receivers(coded)
    blobs = shapely.to_wkb(cells)
    return [
        Located(row, blob, homes.get(row.code))
        for row, blob, here in zip(coded, blobs, is_here, strict=True)
        if here
    ]


def _in_town(
    cells: NDArray[Any], reading: TownReading, sources: PeopleSources
) -> NDArray[np.bool_]:
    """Which cells share ground with the areas of the level that is named, or of any level."""
    import numpy as np
    import shapely

    outlines = [
        area.outline_wkb
        for level in reading.levels
        if sources.level in (None, level.level.id)
        for area in level.areas
        if area.outline_wkb is not None
    ]
    if not outlines:
        return np.ones(len(cells), dtype=bool)
    town = shapely.union_all(shapely.from_wkb(outlines))
    shapely.prepare(town)
    return shapely.intersects(town, cells) & ~shapely.touches(town, cells)
