"""Treasures to areas: as they are, and as an audience below 担当者だけ may know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.belonging.block_words import block_text
from geo.belonging.declared import AreaKey, DeclaredAreas
from geo.belonging.point_areas import areas_of_points
from geo.model.audience import Precision
from geo.model.town import Area, Level
from geo.model.treasure import Treasure
from geo.overlap import Share, measure_overlaps

HELD_FROM = 0.5
"""A coarsened place belongs to the area that holds at least this share of it."""
SURELY_HELD_FROM = 0.95
"""A record without a place is in an area around its declared one only where no doubt is left."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where one treasure belongs.

    Parameters
    ----------
    layer, id : str
        The treasure.
    exact : tuple of (level, code)
        For 担当者だけ: per level the area of its point; where the point finds none, the declared
        area and, per other level, the area that surely holds it; always the declared
        area where nobody has drawn it: no point can find it.
    coarse : tuple of (level, code)
        For everybody else, from the place as coarsened by its precision.
    block_text : str or None
        Its address down to 町丁目; the block's name where the address does not say.
    block_lon, block_lat : float or None
        Degrees in EPSG:4326: a point inside its block that says nothing about where in it.
    declared : (level, code) or None
        The area its 地区 column names; None also where that could be several.
    declared_candidates : tuple of (level, code)
        All areas the 地区 column may mean; more than one is worth a warning.
    """

    layer: str
    id: str
    exact: tuple[AreaKey, ...]
    coarse: tuple[AreaKey, ...]
    block_text: str | None
    block_lon: float | None
    block_lat: float | None
    declared: AreaKey | None
    declared_candidates: tuple[AreaKey, ...]


def belong(
    treasures: Sequence[Treasure],
    areas: Sequence[Area],
    levels: Sequence[Level],
    *,
    metric_crs: str,
    block_level: str | None,
    shares: Sequence[Share] | None = None,
) -> list[Belonging]:
    """Where each treasure belongs, in the order given.

    Parameters
    ----------
    treasures : sequence of Treasure
    areas : sequence of Area
        Of every level.
    levels : sequence of Level
        For their tiers and titles.
    metric_crs : str
        The municipality's metric system.
    block_level : str or None
        The level whose areas are 町丁目.
    shares : sequence of Share, optional
        What :func:`geo.overlap.shares` answered for these areas; measured here when missing.
    """
    import numpy as np

    if shares is None:
        shares = measure_overlaps(areas, metric_crs=metric_crs).shares
    declared = DeclaredAreas(areas, levels)
    coarsening = _Coarsening(areas, levels, shares, block_level)
    lon = np.array([np.nan if t.lon is None else t.lon for t in treasures], dtype=float)
    lat = np.array([np.nan if t.lat is None else t.lat for t in treasures], dtype=float)
    places = areas_of_points(lon, lat, areas, metric_crs=metric_crs)
    answers = []
    for treasure, place in zip(treasures, places, strict=True):
        candidates = declared.find(treasure.area)
        named = candidates[0] if len(candidates) == 1 else None
        block = coarsening.block(place)
        spot = coarsening.spot(block)
        answers.append(
            Belonging(
                layer=treasure.layer,
                id=treasure.id,
                exact=coarsening.with_declared(place, named),
                coarse=coarsening.coarse(treasure.precision, place, block, named),
                block_text=block_text(treasure.address) or coarsening.name(block),
                block_lon=None if spot is None else spot[0],
                block_lat=None if spot is None else spot[1],
                declared=named,
                declared_candidates=candidates,
            )
        )
    return answers


class _Coarsening:
    """What a place may say once it is only a block or an area."""

    def __init__(
        self,
        areas: Sequence[Area],
        levels: Sequence[Level],
        shares: Sequence[Share],
        block_level: str | None,
    ) -> None:
        self._undrawn = {(a.level, a.code) for a in areas if a.outline_wkb is None}
        self._names = {(a.level, a.code): a.name for a in areas if a.level == block_level}
        self._outlines = {(a.level, a.code): a.outline_wkb for a in areas if a.level == block_level}
        self._block_level = block_level
        self._spots: dict[AreaKey, tuple[float, float]] = {}
        self._tiered = [
            level.id
            for level in sorted(
                (lv for lv in levels if lv.tier is not None),
                key=lambda lv: (lv.tier or 0, lv.order, lv.id),
            )
        ]
        self._held: dict[AreaKey, dict[str, tuple[float, AreaKey]]] = {}
        for share in shares:
            # Like a point, a block never falls by itself into an area nobody has drawn.
            undrawn = (share.other_level, share.other_code) in self._undrawn
            if share.share >= HELD_FROM and not undrawn:
                per_level = self._held.setdefault((share.level, share.code), {})
                key = (share.other_level, share.other_code)
                best = per_level.get(share.other_level)
                # Two halves of exactly 50 %: the smaller code, as for a point on a border.
                if best is None or (-share.share, key) < (-best[0], best[1]):
                    per_level[share.other_level] = (share.share, key)

    def with_declared(
        self, place: dict[str, AreaKey], named: AreaKey | None
    ) -> tuple[AreaKey, ...]:
        """The areas of a place with the declared one put to them."""
        found = dict(place)
        if named is not None:
            # A list without coordinates still fills the pages of the areas around its 地区.
            found = self._around(named, SURELY_HELD_FROM) | found
            if named in self._undrawn:
                found[named[0]] = named
        return tuple(sorted(found.values()))

    def block(self, place: dict[str, AreaKey]) -> AreaKey | None:
        """The block of a place."""
        return place.get(self._block_level) if self._block_level is not None else None

    def name(self, block: AreaKey | None) -> str | None:
        return None if block is None else self._names.get(block)

    def spot(self, block: AreaKey | None) -> tuple[float, float] | None:
        """A point inside the block, the same for everything in it."""
        import shapely

        outline = None if block is None else self._outlines.get(block)
        if block is None or outline is None:
            return None
        if block not in self._spots:
            point = shapely.point_on_surface(shapely.from_wkb(outline))
            self._spots[block] = (float(shapely.get_x(point)), float(shapely.get_y(point)))
        return self._spots[block]

    def coarse(
        self,
        precision: Precision,
        place: dict[str, AreaKey],
        block: AreaKey | None,
        named: AreaKey | None,
    ) -> tuple[AreaKey, ...]:
        """The areas others may know."""
        if precision is Precision.POINT:
            return self.with_declared(place, named)
        if precision is Precision.BLOCK and block is not None:
            return self.with_declared(self._around(block), named)
        if precision is Precision.AREA:
            tiered = (place[level] for level in self._tiered if level in place)
            base = named if named is not None else next(tiered, None)
            return () if base is None else tuple(sorted(self._around(base).values()))
        return self.with_declared({}, named)

    def _around(self, area: AreaKey, held_from: float = HELD_FROM) -> dict[str, AreaKey]:
        """The area itself, and per other level the area that holds so much of it."""
        held = {
            level: key
            for level, (share, key) in self._held.get(area, {}).items()
            if share >= held_from
        }
        return held | {area[0]: area}
