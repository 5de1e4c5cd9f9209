"""One landmark per real thing: a station mapped as a point, a building and six platforms is one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from geo.folding import fold
from geo.model.ground import Landmark, LandmarkKind
from geo.street_intake.points_nearby import PointsNearby
from geo.street_intake.rough_metres import METRES_PER_DEGREE

# How far apart two things of one kind and name may be drawn and still be the same, in metres;
# the side of the larger one is added. Two shops of a chain may stand on one crossing.
_SAME_WITHIN_M = {
    LandmarkKind.STATION: 400.0,
    LandmarkKind.PLACE: 500.0,
    LandmarkKind.MOUNTAIN: 300.0,
    LandmarkKind.WATER: 1000.0,
    LandmarkKind.SHOP: 30.0,
}
_SAME_WITHIN_USUALLY_M = 150.0
_LARGEST_SIDE_M = 3000.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    landmark: Landmark
    side_m: float


class OneLandmark:
    """Collects candidates; hands over each real thing once."""

    def __init__(self) -> None:
        self._groups: dict[tuple[LandmarkKind, str], list[_Candidate]] = {}

    def add(self, landmark: Landmark, side_m: float = 0.0) -> None:
        """Add a candidate; ``side_m`` is the square root of its area, 0 for a point."""
        name = fold(landmark.name)
        if landmark.kind is LandmarkKind.STATION:
            name = name.removesuffix("駅") or name
        self._groups.setdefault((landmark.kind, name), []).append(_Candidate(landmark, side_m))

    def landmarks(self) -> Iterator[Landmark]:
        """Each thing once: the largest drawing of it, with the greatest weight and any kana."""
        for (kind, _), group in self._groups.items():
            if len(group) == 1:
                yield group[0].landmark
            else:
                yield from _distinct(group, _SAME_WITHIN_M.get(kind, _SAME_WITHIN_USUALLY_M))


def _distinct(group: list[_Candidate], within_m: float) -> list[Landmark]:
    group.sort(key=lambda c: (-c.side_m, -c.landmark.weight))
    shrink = math.cos(math.radians(group[0].landmark.lat))
    kept = PointsNearby(within_m + min(group[0].side_m, _LARGEST_SIDE_M))
    found: list[Landmark] = []
    sides: list[float] = []
    for candidate in group:
        landmark = candidate.landmark
        x, y = landmark.lon * shrink * METRES_PER_DEGREE, landmark.lat * METRES_PER_DEGREE
        near = [(m, i) for m, i in kept.near(x, y) if m <= within_m + sides[i]]
        if not near:
            kept.add(x, y, len(found))
            found.append(landmark)
            sides.append(candidate.side_m)
            continue
        _, same = min(near)
        found[same] = replace(
            found[same],
            weight=max(found[same].weight, landmark.weight),
            kana=found[same].kana or landmark.kana,
        )
    return found
