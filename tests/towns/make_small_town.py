"""Write the data files of the fictional town at the repository root: ``boundaries/``, ``layers/``.

Run ``python tests/towns/make_small_town.py`` after changing ``small_town_ground`` or
``small_town_treasures``; the output is committed and byte for byte the same on every run.
Manifests are written by hand and stay as they are.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from shapely import LineString, Point, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

import small_town_ground as ground  # noqa: E402
import small_town_treasures as people  # noqa: E402

TOWN = HERE.parent.parent
CODE = "99201"
STAMP = (2026, 4, 1, 0, 0, 0)

CONTACTS = {
    code: f"みなと市社協 {name}担当 ☎ 000-000-000{code}"
    for code, (name, _, _) in ground.WELFARE_DISTRICTS.items()
}

LANDMARKS: list[tuple[str, tuple[float, float]]] = [
    ("みなと駅", (2050, 2146)),
    ("みなと市役所", (2660, 1720)),
    ("みなと病院", (3640, 1930)),
    ("港小学校", (1640, 1800)),
    ("山手小学校", (1760, 2740)),
    ("川東小学校", (3880, 2440)),
    ("みなと漁港", (1650, 1120)),
    ("光明寺", (985, 2475)),
    ("岬神社", (4560, 600)),
    ("岬の灯台", (4610, 290)),
    ("城山公園", (1000, 3500)),
    ("滝の沢公民館", (3360, 3580)),
]


GO_ON = {"海岸線", "防波堤", "潮見川", "みなと線", "海岸通り"}
"""Lines that do not end at the border of the town."""
SURROUNDINGS = box(-150, 200, 5400, 4420)


def as_json_geometry(shape: BaseGeometry) -> dict[str, Any]:
    """GeoJSON of a local shape, right-hand rule for rings."""
    from shapely import orient_polygons
    from shapely.geometry import mapping

    return dict(mapping(orient_polygons(ground.in_degrees(shape))))


def write_geojson(path: Path, features: list[tuple[dict[str, Any], BaseGeometry]]) -> None:
    """One feature per line, so that a difference can be read."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": p, "geometry": as_json_geometry(g)},
            ensure_ascii=False,
        )
        for p, g in features
    ]
    path.write_text(
        '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n",
        encoding="utf-8",
    )


def write_csv(path: Path, header: str, rows: list[people.Row]) -> None:
    """A CSV as Excel saves it: UTF-8 with BOM, CRLF."""
    columns = header.split(",")
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(_with_place(row))
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def _with_place(row: people.Row) -> dict[str, Any]:
    cells = {k: v for k, v in row.items() if k != "at"}
    if "at" in row:
        lon, lat = ground.to_degrees(*row["at"])
        cells |= {"緯度": f"{lat:.6f}", "経度": f"{lon:.6f}"}
    return cells


def write_xlsx(path: Path, sheet: str, title: str, header: str, rows: list[people.Row]) -> None:
    """A workbook with a title row above the header, as offices keep them."""
    from openpyxl import Workbook

    columns = header.split(",")
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page.append([title])
    page.append(columns)
    for row in rows:
        cells = _with_place(row)
        values: list[Any] = []
        for column in columns:
            value = cells.get(column)
            if column in ("緯度", "経度") and value is not None:
                values.append(float(value))
            elif column == "最終確認日" and value is not None:
                values.append(datetime.fromisoformat(value))
            else:
                values.append(value)
        page.append(values)
    for letters, width in (("A", 6), ("B", 24), ("D", 20), ("E", 28), ("I", 34), ("R", 60)):
        page.column_dimensions[letters].width = width
    for (cell,) in page[f"T3:T{len(rows) + 2}"]:
        cell.number_format = "yyyy/m/d"
    page.freeze_panes = "C3"
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(_without_clock(raw.getvalue()))


def _without_clock(raw: bytes) -> bytes:
    """The same zip with fixed times, so that two runs give the same bytes."""
    import re

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            body = source.read(name)
            if name == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-04-01T00:00:00Z", body)
            target.writestr(zipfile.ZipInfo(name, STAMP), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def write_zipped_shapefile(path: Path, features: list[tuple[dict[str, Any], BaseGeometry]]) -> None:
    """A zip of a Shapefile in CP932, as the national download sites give them."""
    import geopandas

    frame = geopandas.GeoDataFrame(
        [p for p, _ in features],
        geometry=[ground.in_degrees(g) for _, g in features],
        crs="EPSG:6668",
    )
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        stem = Path(folder) / path.stem
        frame.to_file(stem.with_suffix(".shp"), encoding="cp932", engine="pyogrio")
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for part in sorted(Path(folder).iterdir()):
                body = bytearray(part.read_bytes())
                if part.suffix == ".dbf":
                    body[1:4] = bytes((STAMP[0] - 1900, STAMP[1], STAMP[2]))
                target.writestr(
                    zipfile.ZipInfo(part.name, STAMP), bytes(body), zipfile.ZIP_DEFLATED
                )
    path.write_bytes(out.getvalue())


def write_boundaries(town: Path) -> None:
    """The four levels."""
    blocks = ground.blocks()
    base = town / "boundaries"

    def areas(division: ground.Division) -> list[tuple[dict[str, Any], BaseGeometry]]:
        shapes = ground.divide(division, blocks)
        return [
            ({"コード": code, "名称": name, "カナ": kana}, shapes[code])
            for code, (name, kana, _) in division.items()
        ]

    write_geojson(
        base / "welfare_district" / "welfare_district.geojson",
        [
            (p | {"担当": CONTACTS[p["コード"]]}, shape)
            for p, shape in areas(ground.WELFARE_DISTRICTS)
        ],
    )
    write_zipped_shapefile(
        base / "school_district" / "school_district.zip",
        [
            ({"CODE": p["コード"], "NAME": p["名称"] + "区", "KANA": p["カナ"] + "ク"}, shape)
            for p, shape in areas(ground.SCHOOL_DISTRICTS)
        ],
    )
    write_geojson(
        base / "neighbourhood_association" / "neighbourhood_association.geojson",
        areas(ground.ASSOCIATIONS),
    )
    code, name, members = ground.UNDRAWN
    lines = ["area_code,area_name,member_level,member_code"]
    lines += [f"{code},{name},town_block,{CODE}{member}" for member in members]
    (base / "neighbourhood_association" / "members.csv").write_bytes(
        ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
    )
    write_geojson(
        base / "town_block" / "town_block.geojson",
        [
            ({"コード": CODE + code, "名称": name, "カナ": kana}, blocks[code])
            for code, (name, kana, _) in ground.BLOCKS.items()
        ],
    )


def write_layers(town: Path) -> None:
    """The treasures and the quiet features under them."""
    base = town / "layers"
    for layer, header, rows in (
        ("gathering_place", people.GATHERING_HEADER, people.GATHERING_PLACES),
        ("mobile_sales_stop", people.MOBILE_SALES_HEADER, people.MOBILE_SALES_STOPS),
        ("senior_club", people.SENIOR_CLUB_HEADER, people.SENIOR_CLUBS),
        ("neighbour_help", people.NEIGHBOUR_HELP_HEADER, people.NEIGHBOUR_HELPS),
        ("shared_table", people.SHARED_TABLE_HEADER, people.SHARED_TABLES),
        ("home_gathering", people.HOME_GATHERING_HEADER, people.HOME_GATHERINGS),
    ):
        write_csv(base / layer / "treasures.csv", header, rows)
    write_xlsx(
        base / "salon" / "salon.xlsx",
        "サロン一覧",
        "みなと市 ふれあい・いきいきサロン一覧（2026年4月版）",
        people.SALON_HEADER,
        people.SALONS,
    )
    lines: dict[str, list[tuple[str, list[ground.Metre]]]] = {
        "coast": [("海岸線", ground.COAST)] + [("防波堤", part) for part in ground.BREAKWATERS],
        "river": [("潮見川", ground.RIVER)],
        "railway": [("みなと線", ground.RAILWAY)],
        "main_road": [
            ("海岸通り", ground.NATIONAL_ROAD),
            ("西通り", ground.WEST_STREET),
            ("駅前通り", ground.STATION_STREET),
            ("岬通り", ground.CAPE_STREET),
        ],
    }
    land = unary_union(list(ground.blocks().values()))
    for layer, parts in lines.items():
        write_geojson(
            base / layer / f"{layer}.geojson",
            [
                ({"名称": name}, _clip(part, None if name in GO_ON else land))
                for name, part in parts
            ],
        )
    write_geojson(
        base / "landmark" / "landmark.geojson",
        [({"名称": name}, Point(at)) for name, at in LANDMARKS],
    )


def _clip(line: list[ground.Metre], land: BaseGeometry | None) -> BaseGeometry:
    """Streets end at the shore and at the hill foot; the longer lines a little outside the town."""
    cut = LineString(line).intersection(land if land is not None else SURROUNDINGS)
    return max(cut.geoms, key=lambda g: g.length) if hasattr(cut, "geoms") else cut


def main(town: Path = TOWN) -> None:
    """Write every data file under a town folder."""
    write_boundaries(town)
    write_layers(town)


if __name__ == "__main__":
    main()
