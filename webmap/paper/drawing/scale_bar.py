"""The bar that says how far it is: 「歩いて5分（約300m）」."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

_MINUTES = (1, 2, 5, 10, 15, 20, 30)
"""Nobody walks for hours: where these are too short, the bar says kilometres alone."""
_METRES = (1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
_USUAL_MIN = 5
_SHORTEST_MM, _LONGEST_MM = 22.0, 75.0


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """How long a walk is on the map.

    Parameters
    ----------
    scale : int
        5000 for 1:5000.
    minutes : int
        Of walking at the town's speed; 0 where it is too far for a walk.
    metres : int
        Walked in that time, or just so far.
    """

    scale: int
    minutes: int
    metres: int

    @property
    def length_mm(self) -> float:
        """On the paper."""
        return self.metres * 1000 / self.scale

    @property
    def reach(self) -> str:
        """How far it is: all that is said where nobody measured along streets."""
        far = f"{self.metres}m" if self.metres < 1000 else f"{self.metres / 1000:g}km"
        return f"約{far}"

    @property
    def label(self) -> str:
        """What the bar says."""
        far = f"{self.metres}m" if self.metres < 1000 else f"{self.metres / 1000:g}km"
        return f"歩いて{self.minutes}分（約{far}）" if self.minutes else far

    @property
    def alt(self) -> str:
        """The bar in words."""
        return self._told(self.label)

    @property
    def straight_alt(self) -> str:
        """The same of its reach."""
        return self._told(self.reach)

    def _told(self, far: str) -> str:
        return f"縮尺 1:{self.scale}。{far}は、この地図の上で{self.length_mm:.1f}mmです。"

    def picture(self, height: float = 3.0) -> str:
        """The bar as SVG in millimetres, exactly ``length_mm`` wide: halves in black and white."""
        long, half, line = self.length_mm, self.length_mm / 2, 0.3
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{long:.4f}mm" height="{height:g}mm"'
            f' viewBox="0 0 {long:.4f} {height:g}">'
            f'<rect width="{long:.4f}" height="{height:g}" fill="#000"/>'
            f'<rect x="{half:.4f}" y="{line}" width="{half - line:.4f}"'
            f' height="{height - 2 * line:g}" fill="#fff"/></svg>'
        )


def scale_bar(scale: int, walk_speed_m_per_min: int) -> ScaleBar:
    """The bar for a scale: about five minutes; kilometres where half an hour is too short."""
    bars = [ScaleBar(scale, m, m * walk_speed_m_per_min) for m in _MINUTES]
    handy = [bar for bar in bars if _SHORTEST_MM <= bar.length_mm <= _LONGEST_MM]
    if not handy and bars[0].length_mm > _LONGEST_MM:  # a garden
        return bars[0]
    if not handy:
        far = [ScaleBar(scale, 0, metres) for metres in _METRES]
        return next((bar for bar in far if bar.length_mm >= _SHORTEST_MM), far[-1])
    return min(handy, key=lambda bar: abs(log(bar.minutes / _USUAL_MIN)))
