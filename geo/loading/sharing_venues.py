"""Which records share a place: one venue, one flag, several numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geo.crs import STORAGE_CRS, transformer
from geo.folding import fold
from geo.loading.reach import Reach, reach_of
from geo.model.audience import Placed
from geo.store.derived import StandingTreasure, VenueRow

SAME_VENUE_M = 100.0


@dataclass(frozen=True, slots=True)
class _Anchor:
    venue_id: int
    x_m: float
    y_m: float
    reach: Reach


def share_venues(
    standing: Sequence[StandingTreasure], metric_crs: str
) -> tuple[list[VenueRow], dict[int, int]]:
    """Group records into venues.

    The same folded venue name within 100 m of the first record of that name is one venue; records
    without a venue name share one where their coordinates are identical; without coordinates the
    same venue name at the same address is one, and so for records known to their block only: that
    two lie somewhere in it does not make them neighbours. A record joins another only where that
    one's place is known to everybody who knows its own: a hidden record never decides how others
    are grouped.

    Parameters
    ----------
    standing : Sequence[StandingTreasure]
    metric_crs : str
        In which metres are measured.

    Returns
    -------
    venues : list of VenueRow
        Placed at their first record.
    venue_of : dict
        Version id to venue id; records without venue name and place are not in it.
    """
    reach = {s.version_id: reach_of(s.treasure, count_only=s.count_only) for s in standing}
    ordered = sorted(standing, key=lambda s: (-len(reach[s.version_id].always), s.number))
    placed = [
        s
        for s in ordered
        if s.treasure.lon is not None
        and s.treasure.lat is not None
        and s.treasure.placed is not Placed.BLOCK
    ]
    xs, ys = transformer(STORAGE_CRS, metric_crs).transform(
        [s.treasure.lon for s in placed], [s.treasure.lat for s in placed]
    )
    metres = {s.version_id: (x, y) for s, x, y in zip(placed, xs, ys, strict=True)}
    venues: list[VenueRow] = []
    venue_of: dict[int, int] = {}
    anchors: dict[str, list[_Anchor]] = {}
    exact: dict[tuple[str, ...] | tuple[float, float], int] = {}

    def open_venue(s: StandingTreasure) -> int:
        t = s.treasure
        venues.append(VenueRow(len(venues) + 1, t.venue, t.lon, t.lat))
        return len(venues)

    for s in ordered:
        name = fold(s.treasure.venue or "")
        at = metres.get(s.version_id)
        if at is not None and name:
            near = [
                (math.dist(at, (a.x_m, a.y_m)), a.venue_id)
                for a in anchors.get(name, ())
                if math.dist(at, (a.x_m, a.y_m)) <= SAME_VENUE_M
                and a.reach.covers(reach[s.version_id])
            ]
            if near:
                venue_of[s.version_id] = min(near)[1]
            else:
                venue_id = venue_of[s.version_id] = open_venue(s)
                anchors.setdefault(name, []).append(_Anchor(venue_id, *at, reach[s.version_id]))
            continue
        key: tuple[str, ...] | tuple[float, float]
        if at is not None:
            key = at
        elif name:
            key = (name, fold(s.treasure.address or ""), fold(s.treasure.area or ""))
        else:
            continue
        if key not in exact:
            exact[key] = open_venue(s)
        venue_of[s.version_id] = exact[key]
    return venues, venue_of
