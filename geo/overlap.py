"""Areas over areas: how much of each area lies in the areas of other levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.crs import STORAGE_CRS, reproject
from geo.model.town import Area

if TYPE_CHECKING:
    import numpy as np

LISTED_FROM = 0.01
_ROUNDING = 1e-6  # what moving to another system and back may cost a share


@dataclass(frozen=True, slots=True)
class Share:
    """A share (0..1) of area (level, code) lies in area (other_level, other_code)."""

    level: str
    code: str
    other_level: str
    other_code: str
    share: float


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Everything measured between areas.

    Parameters
    ----------
    shares : tuple of Share
        Between areas of different levels, both directions, from 1 %; sorted.
    within_level : tuple of Share
        Between drawn areas of one level, from 1 %: a fault of the data.
    area_m2 : dict of (level, code) to float
        Of drawn areas only.
    """

    shares: tuple[Share, ...]
    within_level: tuple[Share, ...]
    area_m2: dict[tuple[str, str], float]


def shares(areas: Sequence[Area], *, metric_crs: str) -> list[Share]:
    """The shares between areas of different levels; see :func:`measure_overlaps`."""
    return list(measure_overlaps(areas, metric_crs=metric_crs).shares)


def measure_overlaps(areas: Sequence[Area], *, metric_crs: str) -> Overlaps:
    """Measure every area against every other.

    Parameters
    ----------
    areas : sequence of Area
        Of any number of levels. An area nobody has drawn counts as the union of its members when
        every one of them is drawn; otherwise it has no shares.
    metric_crs : str
        The municipality's metric system; areas are measured in it, in square metres.
    """
    import numpy as np
    import shapely

    shapes, drawn = _measurable(areas, metric_crs)
    known = np.flatnonzero([shape is not None for shape in shapes])
    area_m2 = np.zeros(len(areas))
    area_m2[known] = shapely.area(shapes[known])
    first, second = _pairs(shapes, area_m2, known)
    common_m2 = _common_m2(shapes, area_m2, first, second)
    between: list[Share] = []
    within: list[Share] = []
    for a, b in ((first, second), (second, first)):
        part = np.minimum(common_m2 / area_m2[a], 1.0)
        for n in np.flatnonzero(part >= LISTED_FROM - _ROUNDING).tolist():
            one, other = areas[int(a[n])], areas[int(b[n])]
            share = Share(one.level, one.code, other.level, other.code, float(part[n]))
            if one.level != other.level:
                between.append(share)
            elif drawn[a[n]] and drawn[b[n]]:
                within.append(share)
    return Overlaps(
        tuple(sorted(between, key=_order)),
        tuple(sorted(within, key=_order)),
        {(areas[n].level, areas[n].code): float(area_m2[n]) for n in known.tolist() if drawn[n]},
    )


def _order(share: Share) -> tuple[str, str, str, float, str]:
    return share.level, share.code, share.other_level, -share.share, share.other_code


def _measurable(
    areas: Sequence[Area], metric_crs: str
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Metric outlines (None where there is none to measure), and which of them are drawn."""
    import numpy as np
    import shapely

    blobs = np.empty(len(areas), dtype=object)
    blobs[:] = [area.outline_wkb for area in areas]
    shapes = np.asarray(reproject(shapely.from_wkb(blobs), STORAGE_CRS, metric_crs), dtype=object)
    broken = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    # Moving to another system can make a hair-thin polygon cross itself.
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    drawn = ~shapely.is_missing(shapes)
    place = {(area.level, area.code): n for n, area in enumerate(areas)}
    unions: dict[int, Any] = {}
    for n, area in enumerate(areas):
        if drawn[n] or not area.members:
            continue
        members = [place.get((member.level, member.code)) for member in area.members]
        parts = [shapes[m] for m in members if m is not None and drawn[m]]
        if len(parts) == len(members):
            unions[n] = shapely.union_all(parts)
    for n, union in unions.items():
        shapes[n] = union
    shapes[shapely.is_empty(shapes)] = None
    return shapes, drawn


def _pairs(
    shapes: np.ndarray[Any, Any], area_m2: np.ndarray[Any, Any], known: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Pairs whose boxes share enough room for a share that would be listed, each pair once."""
    import numpy as np
    import shapely

    tree = shapely.STRtree(shapes[known])
    a, b = tree.query(shapes[known])
    once = a < b
    first, second = known[a[once]], known[b[once]]
    box = shapely.bounds(shapes)
    low = np.maximum(box[first, :2], box[second, :2])
    high = np.minimum(box[first, 2:], box[second, 2:])
    room_m2 = np.prod(np.maximum(high - low, 0.0), axis=1)
    # A listed share needs 1 % of the smaller of the two; its box cannot hold less.
    smaller_m2 = np.minimum(area_m2[first], area_m2[second])
    enough = room_m2 >= (LISTED_FROM - 2 * _ROUNDING) * smaller_m2
    return first[enough], second[enough]


def _common_m2(
    shapes: np.ndarray[Any, Any],
    area_m2: np.ndarray[Any, Any],
    first: np.ndarray[Any, Any],
    second: np.ndarray[Any, Any],
) -> np.ndarray[Any, Any]:
    """Area common to each pair. Containment is asked of prepared shapes before cutting any."""
    import numpy as np
    import shapely

    common = np.zeros(len(first))
    if not len(first):
        return common
    shapely.prepare(shapes[np.unique(np.concatenate([first, second]))])
    touching = shapely.intersects(shapes[first], shapes[second])
    inside = np.zeros(len(first), dtype=bool)
    for a, b in ((first, second), (second, first)):
        rest = touching & ~inside
        held = np.zeros(len(first), dtype=bool)
        held[rest] = shapely.covers(shapes[b[rest]], shapes[a[rest]])
        common[held] = area_m2[a[held]]
        inside |= held
    cut = touching & ~inside
    common[cut] = shapely.area(shapely.intersection(shapes[first[cut]], shapes[second[cut]]))
    return common
