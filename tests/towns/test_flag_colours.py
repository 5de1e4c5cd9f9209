"""The flags of the demonstration town: numbers can be read on them, and eyes tell them apart."""

from __future__ import annotations

import math
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

TOWN = Path(__file__).resolve().parents[2]

Rgb = tuple[float, float, float]

# How red-blind and green-blind eyes see linear light (Machado, Oliveira and Fernandes 2009).
EYES = {
    "most eyes": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "green-blind": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "red-blind": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}


def light(color: str) -> Rgb:
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return r, g, b


def luminance(color: str) -> float:
    r, g, b = light(color)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def seen_as(color: str, eye: str) -> Rgb:
    """CIE L*a*b* of a colour as an eye sees it."""
    r, g, b = (sum(m * c for m, c in zip(row, light(color), strict=True)) for row in EYES[eye])
    x, y, z = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    fx, fy, fz = (
        max(v, 0) ** (1 / 3) if v > 0.008856 else 7.787 * max(v, 0) + 16 / 116 for v in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def manifests() -> dict[str, dict[str, object]]:
    return {
        path.parent.name: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in (TOWN / "layers").glob("*/layer.toml")
    }


def test_white_numbers_can_be_read_on_every_flag_and_symbols_differ() -> None:
    flags = {k: m for k, m in manifests().items() if not m.get("backdrop")}
    assert len(flags) == 8
    for layer, manifest in flags.items():
        assert 1.05 / (luminance(str(manifest["color"])) + 0.05) >= 4.5, layer
    symbols = [m["symbol"] for m in manifests().values()]
    assert len(set(symbols)) == len(symbols)


@pytest.mark.parametrize("eye", EYES)
def test_colour_blind_eyes_tell_the_flags_apart(eye: str) -> None:
    """A difference of 15 in L*a*b* is plain to see; symbols tell the rest."""
    colors = [str(m["color"]) for m in manifests().values() if not m.get("backdrop")]
    for one, other in combinations(colors, 2):
        assert math.dist(seen_as(one, eye), seen_as(other, eye)) >= 15, (one, other)
