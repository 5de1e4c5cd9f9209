"""Names that stand on the map by themselves: blocks, hills, waters."""

from __future__ import annotations

from shapely import LineString
from towns.minato.blocks import blocks
from towns.minato.lines import rivers
from towns.minato.named_buildings import Named
from towns.minato.outline import HILLS
from towns.minato.waters import ponds

_HILL_KANA = {
    "大の森山": "オオノモリヤマ", "才の神山": "サイノカミヤマ", "新月山": "ニイツキヤマ", "高谷山": "タカヤヤマ",
    "水梨山": "ミズナシヤマ", "白滝山": "シラタキヤマ", "金山": "カナヤマ", "早瀬山": "ハヤセヤマ",
    "唐桑半島の峰": "カラクワハントウノミネ", "亀山": "カメヤマ", "城山": "シロヤマ", "外尾根山": "ソトオネヤマ",
    "波見台": "ナミミダイ",
}  # fmt: skip
_RIVER_KANA = {"潮見川": "シオミガワ", "津谷川": "ツヤガワ", "鹿折川": "シシオリガワ"}
_HILL_FROM_M = 70.0
_SEA: tuple[tuple[str, str, float, float], ...] = (
    ("みなと湾", "ミナトワン", 8050, 5250), ("みなと港", "ミナトコウ", 8010, 6600),
    ("大谷湾", "オオヤワン", 4100, 2150), ("大島瀬戸", "オオシマセト", 10480, 3950),
)  # fmt: skip
_CAPES: tuple[tuple[str, str, float, float], ...] = (
    ("大島", "オオシマ", 9100, 2950), ("唐桑半島", "カラクワハントウ", 12250, 2650),
    ("船原岬", "フナハラミサキ", 5900, 1790),
)  # fmt: skip


def names() -> tuple[Named, ...]:
    """All of them, in local metres."""
    found = [Named("place", b.name, b.kana, b.seed) for b in blocks().values()]
    found += [Named("place", name, kana, (east, north)) for name, kana, east, north in _CAPES]
    found += [
        Named("mountain", f"{name}（{height:.0f}m）", _HILL_KANA[name], (east, north))
        for east, north, height, _, name in HILLS
        if height >= _HILL_FROM_M
    ]
    found += [Named("water", name, kana, (east, north)) for name, kana, east, north in _SEA]
    for name, line in rivers().items():
        for share in (0.3, 0.62, 0.86):
            at = LineString(line).interpolate(share, normalized=True)
            found.append(Named("water", name, _RIVER_KANA[name], (round(at.x, 1), round(at.y, 1))))
    for name, kana, shape in ponds():
        middle = shape.centroid
        found.append(Named("water", name, kana, (round(middle.x, 1), round(middle.y, 1))))
    return tuple(found)
