"""The bar that says how far a walk is."""

from __future__ import annotations

import re

import pytest

from webmap.paper.drawing.map_window import ROUND_SCALES
from webmap.paper.drawing.scale_bar import ScaleBar, scale_bar


@pytest.mark.parametrize(
    ("scale", "speed", "label", "length_mm"),
    [
        (5000, 60, "歩いて5分（約300m）", 60.0),
        (10_000, 60, "歩いて5分（約300m）", 30.0),
        (2500, 60, "歩いて2分（約120m）", 48.0),
        (1000, 60, "歩いて1分（約60m）", 60.0),
        (5000, 50, "歩いて5分（約250m）", 50.0),
        (25_000, 60, "歩いて10分（約600m）", 24.0),
        (50_000, 60, "歩いて20分（約1.2km）", 24.0),
        (80_000, 60, "歩いて30分（約1.8km）", 22.5),
        (150_000, 60, "5km", 100 / 3),
        (200_000, 60, "5km", 25.0),
    ],
)
def test_it_says_a_walk_and_is_as_long(
    scale: int, speed: int, label: str, length_mm: float
) -> None:
    bar = scale_bar(scale, speed)
    assert bar.label == label
    assert bar.length_mm == pytest.approx(length_mm)
    assert f'width="{length_mm:.4f}mm"' in bar.picture()
    assert f"{length_mm:.1f}mm" in bar.alt
    assert f"1:{scale}" in bar.alt


@pytest.mark.parametrize("speed", [40, 50, 60, 67, 80])
@pytest.mark.parametrize("scale", ROUND_SCALES)
def test_it_has_a_handy_length_at_every_scale(scale: int, speed: int) -> None:
    assert 6 <= scale_bar(scale, speed).length_mm <= 80


def test_the_drawing_is_measured_by_its_black_edges() -> None:
    """The black rectangle is the bar; the white one lies in its right half."""
    drawn = ScaleBar(5000, 5, 300).picture()
    widths = [float(w) for w in re.findall(r'<rect[^>]* ?width="([0-9.]+)"', drawn)]
    assert widths == [60.0, 29.7]
