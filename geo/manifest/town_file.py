"""``boundaries/municipality.toml`` -> :class:`Municipality`."""

from __future__ import annotations

import re

from geo.crs import parse_crs, plane_crs
from geo.manifest.strict_table import StrictTable
from geo.model.outside_tiles import OutsideTiles
from geo.model.people import PeopleBand
from geo.model.town import Municipality

UNKNOWN_CODE = "00000"
_EPSG = re.compile(r"EPSG:\d{4,6}")
_WORDS = ("お宝", "宝物")


def check_digit(code5: str) -> int:
    """The sixth digit of a municipality code (全国地方公共団体コード)."""
    total = sum(int(digit) * weight for digit, weight in zip(code5, (6, 5, 4, 3, 2), strict=True))
    return (11 - total % 11) % 10 if total >= 11 else 11 - total


def read_municipality(table: StrictTable) -> Municipality:
    """Read the town's own manifest; a missing part is a fault and is filled with a placeholder."""
    name = table.text("name", required=True) or "?"
    code = _code(table)
    zone = table.optional_integer("plane_zone", low=1, high=19)
    metric = _metric_crs(table, zone)
    url = table.text("public_url")
    if url is not None and not re.fullmatch(r"https?://[^\s\"'<>]+", url):
        table.error(
            "manifest-bad-value",
            "「public_url」は http:// か https:// で始まるアドレスにしてください。",
            "public_url",
            url,
        )
        url = None
    word = table.text("word") or _WORDS[0]
    if word not in _WORDS:
        table.error("manifest-bad-value", "「word」は「お宝」か「宝物」です。", "word", word)
    town = Municipality(
        name=name,
        code=code,
        metric_crs=metric,
        plane_zone=zone,
        block_level=table.text("block_level"),
        public_url=url,
        contact=table.text("contact"),
        word=word,
        walk_speed_m_per_min=table.optional_integer("walk_speed_m_per_min", low=10, high=200),
        walk_limits_min=table.integers("walk_limits_min", low=1, high=120, default=(5, 10, 15)),
        attach_limit_m=table.integer("attach_limit_m", low=1, high=5000, default=300),
        people_band=_people_band(table),
        outside_tiles=_outside_tiles(table),
    )
    table.finish()
    return town


def _people_band(table: StrictTable) -> str:
    """Whom pages and tables speak of."""
    key, known = "people_band", [band.value for band in PeopleBand]
    said = table.texts(key, allow_numbers=True) or (PeopleBand.FROM_65.value,)
    if len(said) == 1 and said[0] in known:
        return said[0]
    words = "、".join(f'"{value}"' for value in known)
    table.error(
        "manifest-bad-value", f"「{key}」は {words} のどれか一つです。", key, "、".join(said)
    )
    return PeopleBand.FROM_65.value


def _outside_tiles(table: StrictTable) -> OutsideTiles | None:
    """Switched on by hand only, and said at every check: the hall needs the internet then."""
    key = "outside_tiles"
    word = table.text(key)
    if word is None:
        return None
    known = {tiles.value: tiles for tiles in OutsideTiles}
    if word not in known:
        words = "、".join(f"「{value}」" for value in known)
        table.error("manifest-bad-value", f"「{key}」は{words}のどれかです。", key, word)
        return None
    tiles = known[word]
    table.warning(
        "outside-tiles",
        f"外の地図「{tiles.label_ja}」を使う設定です。会場でもインターネットにつなぐ必要があり、"
        "地図のどこを見ているかが外のサーバーに伝わります。ファイルに書き出した地図には入りません。",
        key,
        word,
    )
    return tiles


def _code(table: StrictTable) -> str:
    code = table.text("code", required=True)
    if code is None:
        return UNKNOWN_CODE
    if not re.fullmatch(r"[0-9]{5}[0-9]?", code):
        table.error(
            "municipality-code",
            '「code」は5けた（または検査数字のついた6けた）の全国地方公共団体コードを "12345" の形で書いてください。',
            "code",
            code,
        )
        return UNKNOWN_CODE
    if len(code) == 6 and int(code[5]) != check_digit(code[:5]):
        table.error(
            "municipality-code",
            f"6けた目の検査数字が合いません（{code[:5]} なら {check_digit(code[:5])}）。番号を確かめてください。",
            "code",
            code,
        )
    return code[:5]


def _metric_crs(table: StrictTable, zone: int | None) -> str:
    metric = table.text("metric_crs")
    if metric is None:
        if zone is None and not table.has("plane_zone") and not table.has("metric_crs"):
            table.error(
                "manifest-key-missing",
                "「plane_zone」がありません。平面直角座標系の系番号（1〜19）を書いてください。",
                "plane_zone",
            )
        return plane_crs(zone or 9)
    problem = None
    if not _EPSG.fullmatch(metric):
        problem = '「metric_crs」は "EPSG:6676" の形で書いてください。'
    elif zone is not None and metric != plane_crs(zone):
        problem = "「plane_zone」と「metric_crs」が別の座標系です。どちらか一つにしてください。"
    else:
        try:
            crs = parse_crs(metric)
            if not crs.is_projected or {axis.unit_name for axis in crs.axis_info} != {"metre"}:
                problem = "「metric_crs」はメートルの座標系（投影座標系）にしてください。"
        except ValueError:
            problem = f"「{metric}」という座標系はありません。"
    if problem:
        table.error("manifest-bad-value", problem, "metric_crs", metric)
        return plane_crs(zone or 9)
    return metric
