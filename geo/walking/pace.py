"""How fast who walks, on the level."""

from __future__ import annotations

from geo.model.people import PeopleBand

ADULT_M_PER_MIN = 80
"""80 m of road are one minute: 不動産の表示に関する公正競争規約施行規則. Ten minutes are the 800 m that
都市構造の評価に関するハンドブック (国土交通省, 2014) takes for everybody."""

FROM_65_M_PER_MIN = 60
"""1 m/s, the pace that time at a crossing is reckoned with for those who walk slowly."""

FROM_75_M_PER_MIN = 50
"""The 500 m that the same handbook takes for the old, in ten minutes."""

_USUAL = {
    PeopleBand.EVERYBODY: ADULT_M_PER_MIN,
    PeopleBand.FROM_65: FROM_65_M_PER_MIN,
    PeopleBand.FROM_75: FROM_75_M_PER_MIN,
    PeopleBand.FROM_85: FROM_75_M_PER_MIN,
}


def usual_speed_m_per_min(band: PeopleBand) -> int:
    """Metres a minute on the level where a town sets no speed of its own."""
    return _USUAL[band]
