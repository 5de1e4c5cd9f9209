"""A thousand maps by lot: no flag over another, and how far they stand from their places."""

from __future__ import annotations

import time

import numpy as np

from webmap.paper.drawing.flag_placing import Wanted, place_flags
from webmap.paper.drawing.flag_room import GAP_MM

MAPS = 1_000
WIDE_MM, HIGH_MM = 245.0, 235.0


def test_a_thousand_maps_by_lot(capsys) -> None:
    """Between 3 and 24 flags, each map crowded around up to four places."""
    dice = np.random.default_rng(20_260_410)
    shifts, overlaps, flags, left_out, seconds = [], 0, 0, 0, 0.0
    for _ in range(MAPS):
        wanted = _by_lot(dice)
        started = time.perf_counter()
        placed = place_flags(wanted, WIDE_MM, HIGH_MM)
        seconds += time.perf_counter() - started
        standing = [(at, flag) for at, flag in zip(placed, wanted, strict=True) if at is not None]
        flags += len(standing)
        left_out += len(placed) - len(standing)
        shifts += [at.shifted_mm for at, _ in standing]
        x, y, width, height = np.array(
            [(at.x, at.y, flag.width, flag.height) for at, flag in standing]
        ).T
        aside = np.abs(x[:, None] - x) < (width[:, None] + width) / 2 + GAP_MM - 1e-9
        above = np.abs(y[:, None] - y) < (height[:, None] + height) / 2 + GAP_MM - 1e-9
        overlaps += int(np.triu(aside & above, 1).sum())
    with capsys.disabled():
        print(
            f"\n旗 {flags:,}本、地図 {MAPS:,}枚: 重なり {overlaps}、置けない旗 {left_out}、"
            f"ずれ 平均 {np.mean(shifts):.1f} mm・最大 {max(shifts):.1f} mm、"
            f"1枚 {seconds / MAPS * 1000:.1f} ms"
        )
    assert overlaps == 0
    assert left_out == 0
    assert max(shifts) < 60
    assert np.median(shifts) < 4


def _by_lot(dice: np.random.Generator) -> list[Wanted]:
    count = int(dice.integers(3, 25))
    middles = dice.uniform(30, 200, (int(dice.integers(1, 5)), 2))
    spread = dice.choice([2.0, 15.0, 60.0])
    at = middles[dice.integers(0, len(middles), count)] + dice.normal(0, spread, (count, 2))
    at = np.clip(at, 0, (WIDE_MM, HIGH_MM))
    wide = dice.choice([9.0, 11.0, 13.5], count)
    high = dice.choice([5.7, 9.6, 13.5], count, p=[0.8, 0.15, 0.05])
    return [
        Wanted(x, y, x, y - h / 2 - 1.3, w, h)
        for (x, y), w, h in zip(at.tolist(), wide.tolist(), high.tolist(), strict=True)
    ]
