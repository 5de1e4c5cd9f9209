"""Sixty thousand people by block, sex and five-year band; a few blocks too small to be told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from towns.minato.blocks import blocks
from towns.minato.districts import DISTRICTS
from towns.minato.plane import dice_for

BANDS = 18
"""Five-year bands: 0-4 … 80-84, 85 and more."""
_YOUNG = (3.0, 3.4, 3.9, 4.2, 3.6, 3.9, 4.4, 5.0, 5.8, 6.6, 7.2, 7.0, 7.6)
_OLD = (8.2, 9.0, 7.4, 5.6, 6.4)
# Block too small to be told, and the neighbour its people are counted with.
SUPPRESSED: dict[str, str] = {"大の森": "長根", "鶴ヶ沢": "大石", "水梨": "鍛冶町", "山口": "落合"}
_SMALL = 17
_HAMLETS = {"才の神": 38}  # told, but without a single child


@dataclass(frozen=True, slots=True)
class People:
    """The people of one block: men and women by five-year band."""

    men: tuple[int, ...]
    women: tuple[int, ...]

    def both(self, low_band: int = 0, high_band: int = BANDS) -> int:
        """Everybody from one band up to (without) another."""
        return sum(self.men[low_band:high_band]) + sum(self.women[low_band:high_band])

    def __add__(self, other: People) -> People:
        return People(
            tuple(a + b for a, b in zip(self.men, other.men, strict=True)),
            tuple(a + b for a, b in zip(self.women, other.women, strict=True)),
        )


def _spread(total: int, weights: list[float]) -> list[int]:
    """Whole people in proportion to weights; what is left goes to the largest remainders."""
    whole = sum(weights)
    exact = [total * w / whole for w in weights]
    counts = [int(x) for x in exact]
    order = sorted(range(len(exact)), key=lambda i: (counts[i] - exact[i], i))
    for i in order[: total - sum(counts)]:
        counts[i] += 1
    return counts


@cache
def people() -> dict[str, People]:
    """The people of every block by its code."""
    dice = dice_for("people")
    found: dict[str, People] = {}
    for district in DISTRICTS:
        own = [b for b in blocks().values() if b.district == district.code]
        weights = [dice.uniform(0.6, 1.4) * (1.3 if b.chome else 0.8) for b in own]
        fixed = [_SMALL if b.name in SUPPRESSED else _HAMLETS.get(b.name, 0) for b in own]
        rest = district.people - sum(fixed)
        totals = _spread(rest, [0.0 if n else w for w, n in zip(weights, fixed, strict=True)])
        for block, total, few in zip(own, totals, fixed, strict=True):
            old = min(0.62, district.old * dice.uniform(0.8, 1.2))
            bands = [w / sum(_YOUNG) * (1 - old) * dice.uniform(0.85, 1.15) for w in _YOUNG]
            if block.name in _HAMLETS:
                bands[:4] = [0.0] * 4
            bands += [w / sum(_OLD) * old * dice.uniform(0.9, 1.1) for w in _OLD]
            counts = _spread(few or total, bands)
            # Women live longer: their share grows from a half to two thirds.
            women = [round(n * (0.49 + 0.17 * max(0, i - 11) / 6)) for i, n in enumerate(counts)]
            found[block.code] = People(
                tuple(n - w for n, w in zip(counts, women, strict=True)), tuple(women)
            )
    return found
