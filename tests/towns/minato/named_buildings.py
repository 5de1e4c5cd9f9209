"""What everybody finds their way by: schools, shops, stations, shrines; each with its house."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import cache

import shapely
from shapely import LineString, Point, Polygon
from shapely.ops import unary_union
from towns.minato.divisions import by_name, schools
from towns.minato.greens import faces, parks
from towns.minato.halls import halls
from towns.minato.lines import railway, rivers
from towns.minato.plane import Metre
from towns.minato.road_lines import TUNNEL
from towns.minato.streets import net

# Name, kana, kind, block, length and breadth of the house in metres.
_HOUSES: tuple[tuple[str, str, str, str, int, int], ...] = (
    ("みなと市役所", "ミナトシヤクショ", "hall", "本町一丁目", 50, 20),
    ("みなと市立病院", "ミナトシリツビョウイン", "clinic", "幸町一丁目", 62, 28),
    ("みなと図書館", "ミナトトショカン", "library", "本町二丁目", 34, 22),
    ("みなと警察署", "ミナトケイサツショ", "other", "南郷一丁目", 34, 18),
    ("魚市場", "ウオイチバ", "other", "魚町三丁目", 90, 22),
    ("港の資料館", "ミナトノシリョウカン", "other", "魚町二丁目", 26, 16),
    ("スーパーうみねこ", "スーパーウミネコ", "shop", "城下町一丁目", 42, 30),
    ("スーパーはやま", "スーパーハヤマ", "shop", "松の木一丁目", 42, 30),
    ("マルシェ面瀬", "マルシェオモセ", "shop", "面瀬台一丁目", 46, 32),
    ("鹿の里ストア", "シカノサトストア", "shop", "鹿の里二丁目", 30, 22),
    ("津谷ふれあい市場", "ツヤフレアイイチバ", "shop", "津谷町二丁目", 32, 20),
    ("道の駅 大谷浜", "ミチノエキ オオヤハマ", "shop", "大谷浜", 44, 20),
    ("上町ストア", "カミマチストア", "shop", "上町一丁目", 28, 20),
    ("唐桑ショッピングセンター", "カラクワショッピングセンター", "shop", "中の井", 36, 24),
    ("みなと郵便局", "ミナトユウビンキョク", "post_office", "駅前町一丁目", 28, 16),
    ("唐桑郵便局", "カラクワユウビンキョク", "post_office", "中の井", 16, 11),
    ("大島郵便局", "オオシマユウビンキョク", "post_office", "横沼", 15, 10),
    ("津谷郵便局", "ツヤユウビンキョク", "post_office", "津谷町一丁目", 16, 11),
    ("面瀬郵便局", "オモセユウビンキョク", "post_office", "面瀬台二丁目", 16, 11),
    ("鹿折郵便局", "シシオリユウビンキョク", "post_office", "鹿の里一丁目", 16, 11),
    ("松岩郵便局", "マツイワユウビンキョク", "post_office", "岩月台一丁目", 16, 11),
    ("大谷郵便局", "オオヤユウビンキョク", "post_office", "美島", 15, 10),
    ("南町医院", "ミナミマチイイン", "clinic", "南町一丁目", 18, 13),
    ("松の木内科", "マツノキナイカ", "clinic", "松の木二丁目", 18, 13),
    ("上町クリニック", "カミマチクリニック", "clinic", "上町二丁目", 18, 13),
    ("津谷医院", "ツヤイイン", "clinic", "津谷町一丁目", 16, 12),
    ("唐桑支所", "カラクワシショ", "hall", "津本", 26, 14),
    ("津谷支所", "ツヤシショ", "hall", "津谷町一丁目", 26, 14),
    ("みなと市民会館", "ミナトシミンカイカン", "hall", "栄町", 44, 34),
    ("みなと高校", "ミナトコウコウ", "school", "西町二丁目", 64, 15),
    ("潮見中学校", "シオミチュウガッコウ", "school", "桜ヶ丘二丁目", 58, 14),
    ("鹿折中学校", "シシオリチュウガッコウ", "school", "鹿の里三丁目", 56, 14),
    ("面瀬中学校", "オモセチュウガッコウ", "school", "仙石田", 56, 14),
    ("唐桑中学校", "カラクワチュウガッコウ", "school", "津本", 50, 14),
    ("津谷中学校", "ツヤチュウガッコウ", "school", "津谷町二丁目", 50, 14),
)  # fmt: skip
_SCHOOL_HOUSE = (54, 14)
_SCHOOLS_AT = {
    "11": "柳町一丁目", "12": "栄町", "13": "港町一丁目", "14": "鹿の里二丁目", "15": "松の木二丁目", "16": "月見台一丁目",
    "17": "波見台一丁目", "18": "亀山", "19": "面瀬台二丁目", "20": "唐桑浜", "21": "津谷町二丁目", "22": "前浜",
}  # fmt: skip
"""The block of each elementary school, by the code of its district."""
_STATIONS: tuple[tuple[str, str, Metre], ...] = (
    ("小泉浜駅", "コイズミハマエキ", (1700, 3530)), ("前浜駅", "マエハマエキ", (2900, 3350)),
    ("波見駅", "ナミミエキ", (5200, 3500)), ("面瀬駅", "オモセエキ", (6030, 4600)),
    ("松の木駅", "マツノキエキ", (6380, 5700)), ("みなと駅", "ミナトエキ", (7070, 6990)),
    ("川原町駅", "カワラマチエキ", (6500, 8230)), ("上沢駅", "カミサワエキ", (5450, 9500)),
)  # fmt: skip
_FREE_STANDING: tuple[tuple[str, str, str, Metre], ...] = (
    ("唐桑灯台", "カラクワトウダイ", "other", (12230, 640)),
    ("大島フェリー跡の桟橋", "オオシマフェリーアトノサンバシ", "other", (9712, 4112)),
)
_HALL_M = {"寺": (16.0, 13.0), "神社": (10.0, 8.0), "公共施設": (24.0, 15.0)}
_OWN_HOUSE = (14.0, 10.0)


@dataclass(frozen=True, slots=True)
class Named:
    """A name at a place, and the house there if it has one; local metres."""

    kind: str
    name: str
    kana: str
    at: Metre
    house: Polygon | None = None
    ground: Polygon | None = None
    """Land of its own, where nobody else builds: a school's yard."""


@cache
def named_buildings() -> tuple[Named, ...]:
    """All of them."""
    found = [_shrine_on_the_hill(), *_stations()]
    found += [Named(kind, name, kana, at) for name, kana, kind, at in _FREE_STANDING]
    # No house stands over a river or the rails, whatever streets lie round it.
    lines = [LineString(line).buffer(24) for line in (*rivers().values(), railway())]
    taken = unary_union([*lines, *(park.shape for park in parks())])
    shapely.prepare(taken)
    free = [face for face in faces() if not taken.intersects(face)]
    for school in schools():
        wanted = (school.name, school.kana, "school", _SCHOOLS_AT[school.code], *_SCHOOL_HOUSE)
        found.append(_in_a_face(*wanted, free=free))
    found += [_in_a_face(*wanted, free=free) for wanted in _HOUSES]
    large = [one.house for one in found if one.house is not None]
    return (*found, *_of_halls(large))


def oblong(at: Metre, long_m: float, wide_m: float, turn_deg: float) -> Polygon:
    """A house: turned against east, counter-clockwise."""
    cos, sin = math.cos(math.radians(turn_deg)) / 2, math.sin(math.radians(turn_deg)) / 2
    corners = ((long_m, wide_m), (-long_m, wide_m), (-long_m, -wide_m), (long_m, -wide_m))
    return Polygon([(at[0] + x * cos - y * sin, at[1] + x * sin + y * cos) for x, y in corners])


def _in_a_face(
    name: str,
    kana: str,
    kind: str,
    block: str,
    long_m: float,
    wide_m: float,
    *,
    free: list[Polygon],
) -> Named:
    """On the nearest ground between streets that is large enough; nobody gets it twice."""
    middle = Point(by_name()[block].seed)
    needed = long_m * wide_m * (2.6 if kind == "school" else 1.5)
    near = [face for face in free if face.area > needed and face.distance(middle) < 900]
    for face in sorted(near, key=lambda one: (round(one.distance(middle)), one.bounds)):
        inner = face.buffer(-5.5)
        side = _longest_side(face)
        for share in (0.5, 0.35, 0.65, 0.2, 0.8):
            at = side.interpolate(share, normalized=True)
            for inwards in (wide_m / 2 + 7, -wide_m / 2 - 7):
                (ax, ay), (bx, by) = side.coords
                turn = math.atan2(by - ay, bx - ax)
                spot = (at.x - inwards * math.sin(turn), at.y + inwards * math.cos(turn))
                house = oblong(spot, long_m, wide_m, math.degrees(turn))
                if inner.contains(house) and not _hindered(house):
                    free.remove(face)
                    rounded = (round(spot[0], 1), round(spot[1], 1))
                    return Named(kind, name, kana, rounded, house, face)
    raise AssertionError(f"no ground for {name}")


def _longest_side(face: Polygon) -> LineString:
    ring = face.exterior.simplify(4).coords
    sides = [LineString(pair) for pair in itertools.pairwise(ring)]
    return max(sides, key=lambda side: round(side.length, 1))


def _shrine_on_the_hill() -> Named:
    top = LineString(TUNNEL).interpolate(0.5, normalized=True)
    at = (6338.0, 7338.0)
    assert top.distance(Point(at)) < 80
    return Named("shrine", "城山神社", "シロヤマジンジャ", at, oblong(at, 12, 9, 20))


@cache
def _barriers() -> shapely.STRtree:
    town = net()
    found = [town.line(s).buffer(2.5) for s in town.streets if s.layer >= 0]
    found += [LineString(line).buffer(14) for line in rivers().values()]
    return shapely.STRtree([*found, LineString(railway()).buffer(4)])


def _hindered(house: Polygon) -> bool:
    """Whether it would stand on a street, in a river, on the rails."""
    return len(_barriers().query(house, predicate="intersects")) > 0


def _stations() -> list[Named]:
    rails = LineString(railway())
    found = []
    for name, kana, near in _STATIONS:
        where = rails.project(Point(near))
        on, ahead = rails.interpolate(where), rails.interpolate(where + 15)
        turn = math.atan2(ahead.y - on.y, ahead.x - on.x)
        size = (46.0, 11.0) if name == "みなと駅" else (24.0, 7.0)
        aside = size[1] / 2 + 5
        tried = []
        for along in (0, 15, -15, 30, -30, 45, -45, 60, -60):
            for side in (aside, -aside):
                x, y = on.x + along * math.cos(turn), on.y + along * math.sin(turn)
                at = (x + side * math.sin(turn), y - side * math.cos(turn))
                tried.append(oblong(at, *size, math.degrees(turn)))
        house = next((one for one in tried if not _hindered(one)), None)
        found.append(Named("station", name, kana, (round(on.x, 1), round(on.y, 1)), house))
    return found


def _of_halls(large: list[Polygon]) -> list[Named]:
    """The places of the gazetteer, each where it is, turned as its street."""
    town = net()
    streets = shapely.STRtree([town.line(s) for s in town.streets])
    built = list(large)
    found = []
    for hall in halls():
        kind = {"寺": "temple", "神社": "shrine"}.get(hall.kind, "hall")
        if hall.kind == "介護・医療の事業所":
            if not hall.name.endswith("診療所"):
                continue
            kind = "clinic"
        (ax, ay), (bx, by) = streets.geometries[streets.nearest(Point(hall.spot.at))].coords
        turn = math.degrees(math.atan2(by - ay, bx - ax))
        house = _beside(hall.spot.at, *_HALL_M.get(hall.kind, _OWN_HOUSE), turn, built)
        if house is not None:
            built.append(house)
        found.append(Named(kind, hall.name, hall.kana, hall.spot.at, house))
    return found


def _beside(
    at: Metre, long_m: float, wide_m: float, turn: float, built: list[Polygon]
) -> Polygon | None:
    """A house as near to its spot as streets and other houses let it stand."""
    for far in range(0, 40, 3):
        for k in range(12 if far else 1):
            angle = math.radians(turn + 30 * k)
            spot = (at[0] + far * math.cos(angle), at[1] + far * math.sin(angle))
            house = oblong(spot, long_m, wide_m, turn)
            if not _hindered(house) and not any(house.intersects(one) for one in built):
                return house
    return None
