"""The treasures of the odd areas: as many, as long and as strange as lists can be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import shapely
import shapely.ops
from paper_odd.odd_ground import BY_CODE, VALLEY
from shapely import Point
from towns.make_square_town import degrees

HEADER = (
    "ID,番号,名称,名称_カナ,会場,地区,緯度,経度,公開範囲,掲載の同意,開催日時,参加対象,はじめての方,参加費,"
    "主な活動,連絡先,連絡先の公開範囲,状態"
)
DAYS = "月火水木金土日"
PLACES = (
    ("東", "ヒガシ"), ("西", "ニシ"), ("南", "ミナミ"), ("北", "キタ"), ("上", "カミ"),
    ("中", "ナカ"), ("下", "シモ"), ("新", "シン"), ("元", "モト"), ("本", "ホン"),
)  # fmt: skip
THINGS = (
    ("お茶のみ場", "オチャノミバ"), ("いす体操", "イスタイソウ"), ("歌の会", "ウタノカイ"),
    ("手しごとの集い", "テシゴトノツドイ"), ("朝市", "アサイチ"), ("将棋の間", "ショウギノマ"),
    ("買い物便", "カイモノビン"),
)  # fmt: skip
NAME_200 = "ふれあいいきいき健康づくりと見守りと助け合いの会" * 9
STRANGE = (
    "髙橋さん家の縁側", "﨑浜のつどい", "𠮷野家の前のベンチ", "10：00～の①番茶会②", "🍵おしゃべり👵🏻会",
    "<b>太字</b>の会 & \"友\"", "#set text(99pt)の会", "\u202e逆さまの会", "ｶﾀｶﾅ ﾊﾝｶｸ会", "Ｗｉｄｅ＆narrow the very long English Name of a Club",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OddLayer:
    """A kind of treasure."""

    id: str
    title: str
    symbol: str
    color: str
    rows: list[dict[str, str]] = field(default_factory=list)


def layers() -> list[OddLayer]:
    """Twelve, in their order, without rows."""
    told = (
        ("tea", "お茶の場", "茶", "#0f7a45"), ("shop", "移動販売", "店", "#b8570a"),
        ("gym", "体操", "体", "#1c5fa8"), ("help", "助け合い", "助", "#6b3fa0"),
        ("song", "歌", "歌", "#a3195b"), ("meal", "食事の会", "食", "#7a5c00"),
        ("walk", "さんぽ", "歩", "#00707a"), ("field", "畑", "畑", "#4d6b00"),
        ("game", "囲碁将棋", "碁", "#5a4a42"), ("craft", "手しごと", "手", "#c2410c"),
        ("bench", "縁側", "縁", "#334e68"), ("child", "子どもと", "子", "#f2b705"),
    )  # fmt: skip
    return [OddLayer(*words) for words in told]


def rows() -> Iterator[tuple[int, Mapping[str, str], tuple[float, float]]]:
    """(which layer, what is written, where in metres)."""
    yield from _crowd()
    yield from _spread("parts", 14)
    yield from _spread("isle", 9)
    yield from _spread("shore", 26)
    yield from _valley()
    yield from _forty()
    yield from _endless()
    for kind in range(12):
        for again in range(2):
            n = kind * 2 + again
            yield kind, _usual("kinds", n), _inside("kinds", n, 24)
    for n in range(2_000):
        yield n % 4, _usual("many", n), _inside("many", n, 2_000)


def _usual(code: str, n: int, **more: str) -> dict[str, str]:
    """What an ordinary row says."""
    where, thing = PLACES[n % 10], THINGS[n % 7]
    name, kana = f"{where[0]}町{thing[0]}{n + 1}", f"{where[1]}マチ{thing[1]}{n + 1}"
    told = {
        "ID": f"{code}-{n}",
        "名称": name,
        "名称_カナ": kana if n % 3 else "",
        "会場": f"{where[0]}町{n % 30 + 1}丁目会館",
        "開催日時": f"毎週{DAYS[n % 7]}曜 {9 + n % 8}:00〜{10 + n % 8}:30",
        "参加対象": ("どなたでも", "おおむね65歳以上の方")[n % 2],
        "はじめての方": ("どなたでも", "声をかけてから", "会員のみ")[n % 3],
        "参加費": ("無料", "100円（お茶代）", "1回 300円")[n % 3],
        "主な活動": ("体操とお茶", "歌、折り紙、おしゃべり", "")[n % 3],
        "連絡先": f"☎ 000-555-{n % 10_000:04}",
        "連絡先の公開範囲": "だれでも",
        "状態": "",
    }
    return told | more


def _inside(code: str, n: int, count: int) -> tuple[float, float]:
    """The n-th of so many places, evenly over an area, by turns in each of its parts."""
    whole = BY_CODE[code].shape
    parts = sorted(getattr(whole, "geoms", [whole]), key=lambda part: part.bounds)
    shape = parts[n % len(parts)].buffer(-60)
    west, south, east, north = shape.bounds
    x, y = (west + east) / 2, (south + north) / 2
    turn, reach = n * 2.39996, math.sqrt((n + 0.5) / count) * (0.65 if code == "kinds" else 0.8)
    at = Point(
        x + (east - west) / 2 * reach * math.cos(turn),
        y + (north - south) / 2 * reach * math.sin(turn),
    )
    near = at if shape.covers(at) else shapely.ops.nearest_points(shape, at)[0]
    return near.x, near.y


def _spread(code: str, count: int) -> Iterator[tuple[int, Mapping[str, str], tuple[float, float]]]:
    for n in range(count):
        yield n % 4, _usual(code, n), _inside(code, n, count)


def _crowd() -> Iterator[tuple[int, Mapping[str, str], tuple[float, float]]]:
    """Three hundred: forty on every day of the week, fifteen without a day, five have a rest.

    The first sixty share twenty halls; a hundred stand around the station.
    """
    for n in range(300):
        more = {}
        if n >= 280:
            more = {"開催日時": ""} if n < 295 else {"状態": "おやすみ中"}
        if n < 60:
            more["会場"] = f"第{n // 3 + 1}会館"
            at = _inside("crowd", n // 3, 20)
        elif n < 160:
            turn, reach = n * 2.39996, 220 * math.sqrt((n - 59) / 100)
            at = reach * math.cos(turn), -300 + reach * math.sin(turn)
        else:
            at = _inside("crowd", n - 160, 140)
        yield n % 4, _usual("crowd", n, **more), at


def _valley() -> Iterator[tuple[int, Mapping[str, str], tuple[float, float]]]:
    for n in range(18):
        ((x, y),) = VALLEY.interpolate((n + 0.5) / 18, normalized=True).coords
        yield n % 4, _usual("valley", n), (x + 120 * (n % 3 - 1), y - 120)


def _forty() -> Iterator[tuple[int, Mapping[str, str], tuple[float, float]]]:
    """Names, halls, times and fees of forty characters."""
    name = "いつまでも住み慣れたまちで元気に笑って暮らすための体操とお茶とおしゃべりの会第{:02}"
    hall = "見晴らしが丘東部地域包括ケア交流センター別館二階の大会議室（エレベーターあり）西側"
    when = "毎月第1・3・5{}曜日 午前10時00分から11時30分まで（8月と12月はお休みです）"
    fee = "会費は月500円と、お茶とお菓子の実費（材料費はその月により変わることがあります）"
    for n in range(16):
        written = {
            "名称": name.format(n + 1), "名称_カナ": "", "会場": hall, "開催日時": when.format(DAYS[n % 7]), "参加費": fee,
        }  # fmt: skip
        yield n % 4, _usual("forty", n, **written), _inside("forty", n, 16)


def _endless() -> Iterator[tuple[int, Mapping[str, str], tuple[float, float]]]:
    """Names of two hundred characters, and characters that are not in every font."""
    names = [*STRANGE, NAME_200[:200], "A" * 200, "ー" * 60, f"{NAME_200[:197]}（終）"]
    for n, name in enumerate(names):
        more = {
            "名称": name,
            "名称_カナ": "",
            "会場": NAME_200[:200] if n % 5 == 4 else f"{name[:30]}の家",
        }
        yield n % 4, _usual("endless", n, **more), _inside("endless", n, len(names))


def written_at(row: Mapping[str, str], at: tuple[float, float]) -> dict[str, str]:
    """A row with its place, for everybody on every medium."""
    lon, lat = degrees(*at)
    return {
        **row,
        "緯度": f"{lat:.7f}",
        "経度": f"{lon:.7f}",
        "公開範囲": "だれでも",
        "掲載の同意": "ホームページ;冊子・印刷",
    }


def listed(code: str, n: int, area: str) -> dict[str, str]:
    """A row that says only which area it belongs to."""
    return {
        **_usual(code, n),
        "地区": area,
        "公開範囲": "だれでも",
        "掲載の同意": "ホームページ;冊子・印刷",
    }
