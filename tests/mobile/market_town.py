"""A town of two squares, one vehicle with three stops on Fridays, and a café beside one of them.

Friday the 4th of December 2026 is the first Friday of its month; the 23rd of November is a holiday.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

STOP_HEADER = (
    "ID", "名称", "住所", "地区", "緯度", "経度", "来る日", "車", "順", "到着", "停車", "公開範囲", "地図での示し方",
)  # fmt: skip
STOPS: tuple[dict[str, str], ...] = (
    {"ID": "M1", "名称": "西の辻", "地区": "西地区", "緯度": "36.0010", "経度": "138.5010", "順": "1", "到着": "9:30"},
    {"ID": "M2", "名称": "公民館前", "地区": "西地区", "緯度": "36.0040", "経度": "138.5040", "順": "2", "到着": "10:20"},
    {"ID": "M3", "名称": "東の広場", "地区": "東地区", "緯度": "36.0010", "経度": "138.5110", "順": "3", "到着": "11:10"},
)  # fmt: skip
STOP = {"来る日": "毎週金曜", "車": "かもめ号", "停車": "30", "公開範囲": "だれでも"}
CAFE_HEADER = (
    "ID",
    "名称",
    "会場",
    "住所",
    "地区",
    "緯度",
    "経度",
    "開催日時",
    "合わせる先",
    "公開範囲",
)
CAFE = {
    "ID": "C1",
    "名称": "青空喫茶",
    "会場": "公民館前",
    "地区": "西地区",
    "緯度": "36.0040",
    "経度": "138.5040",
    "開催日時": "移動販売日に合わせ月1回",
    "公開範囲": "だれでも",
}
DAYS_HEADER = ("名称か番号かID", "日", "変更", "新しい日", "新しい時間", "わけ")
Row = dict[str, str]

_LAYER = """title = "{title}"
symbol = "{symbol}"
color = "#a34700"
order = {order}
source = "試験"
licence = "CC0-1.0"
as_of = 2026-04-01
data = "list.csv"
"""
STOP_TOML = (
    _LAYER.format(title="移動販売", symbol="移", order=1)
    + """[columns]
schedule = "来る日"
[route]
vehicle = "車"
order = "順"
arrive = "到着"
stay_min = "停車"
[show]
"来る日" = "来る日"
"車" = "車"
"""
)
CAFE_TOML = (
    _LAYER.format(title="青空喫茶", symbol="喫", order=2)
    + """attached_to = "stop"
[show]
"日時" = "開催日時"
"会場" = "会場"
"""
)


def stops(**changed: Row) -> list[Row]:
    """The three stops; ``stops(M2={...})`` changes some cells."""
    return [STOP | row | changed.get(row["ID"], {}) for row in STOPS]


def cafes(**changed: str) -> list[Row]:
    return [CAFE | changed]


def write(
    folder: Path,
    code: str,
    *,
    stop_rows: Iterable[Row] | None = None,
    cafe_rows: Iterable[Row] | None = None,
    days: Iterable[tuple[str, ...]] = (),
    cafe_days: Iterable[tuple[str, ...]] = (),
    stop_toml: str = STOP_TOML,
    cafe_toml: str = CAFE_TOML,
) -> Path:
    """Write the town folder anew."""
    ground = folder / "boundaries"
    (ground / "district").mkdir(parents=True, exist_ok=True)
    (ground / "municipality.toml").write_text(
        f'name = "市の町"\ncode = "{code}"\nplane_zone = 8\npublic_url = "https://machi.example.jp"\n',
        "utf-8",
    )
    (ground / "district" / "boundary.toml").write_text(
        'title = "地区"\ntier = 2\ndata = "d.geojson"\nname = "name"\ncode = "code"\n'
        'source = "試験"\nlicence = "CC0-1.0"\nas_of = 2026-04-01\ncrs = "EPSG:4326"\n',
        "utf-8",
    )
    features = [
        {"type": "Feature", "properties": {"code": c, "name": n}, "geometry": _square(west)}
        for c, n, west in (("W", "西地区", 138.5), ("E", "東地区", 138.51))
    ]
    (ground / "district" / "d.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8"
    )
    _layer(folder, "stop", stop_toml, STOP_HEADER, stops() if stop_rows is None else stop_rows)
    _layer(folder, "cafe", cafe_toml, CAFE_HEADER, cafes() if cafe_rows is None else cafe_rows)
    write_days(folder, "stop", days)
    write_days(folder, "cafe", cafe_days)
    return folder


def write_days(folder: Path, layer: str, lines: Iterable[tuple[str, ...]]) -> None:
    """``days.csv`` of a layer; without lines there is no file."""
    path = folder / "layers" / layer / "days.csv"
    path.unlink(missing_ok=True)
    rows = list(lines)
    if rows:
        _csv(path, DAYS_HEADER, rows)


def _layer(
    folder: Path, layer: str, toml: str, header: tuple[str, ...], rows: Iterable[Row]
) -> None:
    place = folder / "layers" / layer
    place.mkdir(parents=True, exist_ok=True)
    (place / "layer.toml").write_text(toml, "utf-8")
    _csv(place / "list.csv", header, [tuple(row.get(name, "") for name in header) for row in rows])


def _csv(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _square(west: float) -> dict[str, object]:
    ring = [[west, 36.0], [west + 0.01, 36.0], [west + 0.01, 36.01], [west, 36.01], [west, 36.0]]
    return {"type": "Polygon", "coordinates": [ring]}
