"""The sixteen districts of 地区社協: where they lie, how many blocks, how many people.

Codes and names are those of the published table of Kesennuma (2024), so that it can be compared
line by line. Everything else about them is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from towns.minato.plane import Metre


@dataclass(frozen=True, slots=True)
class District:
    """One district of tier 2: ``anchors`` is where it lies, ``blocks`` at each of them."""

    code: str
    name: str
    kana: str
    people: int
    old: float
    anchors: tuple[Metre, ...]
    blocks: tuple[int, ...]


DISTRICTS: tuple[District, ...] = (
    District("1", "西地区", "ニシチク", 6900, 0.31, ((6000, 7250), (5700, 6750)), (8, 5)),
    District("2", "上地区", "カミチク", 4700, 0.34, ((6950, 8450), (7500, 8800)), (5, 4)),
    District("3", "中央地区", "チュウオウチク", 3900, 0.33, ((7150, 7450),), (7,)),
    District("4", "魚町地区", "サカナマチチク", 3300, 0.39, ((8150, 7500), (8250, 8050)), (4, 3)),
    District(
        "5", "南町・柏崎地区", "ミナミマチ・カシワザキチク", 2700, 0.41,
        ((7230, 6720), (8900, 6150)), (4, 2),
    ),
    District("6", "南地区", "ミナミチク", 3000, 0.33, ((6700, 6350),), (5,)),
    District(
        "7", "鹿折地区", "シシオリチク", 6000, 0.36, ((9300, 6900), (9900, 6200), (9600, 8100)),
        (6, 4, 4),
    ),
    District("8", "松岩地区", "マツイワチク", 6800, 0.32, ((6400, 5600), (5300, 5900)), (7, 4)),
    District(
        "9", "新月地区", "ニイツキチク", 3900, 0.38, ((5600, 8300), (4300, 8700), (5700, 9700)),
        (6, 4, 4),
    ),
    District("10", "階上地区", "ハシカミチク", 3400, 0.37, ((5400, 3100), (5750, 2400)), (6, 3)),
    District("11", "大島地区", "オオシマチク", 2000, 0.49, ((9350, 3000),), (7,)),
    District("12", "面瀬地区", "オモセチク", 5200, 0.29, ((5800, 4500), (4900, 4700)), (7, 3)),
    District(
        "13", "唐桑地区", "カラクワチク", 4300, 0.44,
        ((11400, 5600), (12900, 5400), (12100, 3600), (12100, 1900), (12700, 7000)),
        (4, 4, 4, 3, 1),
    ),
    District("14", "津谷地区", "ツヤチク", 2600, 0.37, ((2200, 5000), (2700, 6800)), (6, 3)),
    District("15", "小泉地区", "コイズミチク", 1300, 0.42, ((1300, 3200),), (6,)),
    District("16", "大谷地区", "オオヤチク", 2400, 0.40, ((3300, 3600), (3900, 4300)), (6, 3)),
)  # fmt: skip
