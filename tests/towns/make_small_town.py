"""Write the data files of a small fictional town for tests: ``tests/small_town``.

Run ``python tests/towns/make_small_town.py`` after changing ``small_town_ground`` or
``small_town_treasures``; the output is committed and byte for byte the same on every run.
Manifests are written by hand and stay as they are.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from shapely import LineString, Point, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

HERE = Path(__file__).resolve().parent
for folder in (str(HERE), str(HERE.parent)):
    if folder not in sys.path:
        sys.path.insert(0, folder)

import small_town_ground as ground  # noqa: E402
import small_town_treasures as people  # noqa: E402
from towns.town_files import (  # noqa: E402
    write_csv,
    write_geojson,
    write_xlsx,
    write_zipped_shapefile,
)

TOWN = HERE.parent / "small_town"
CODE = "99202"

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


def in_degrees(
    features: list[tuple[dict[str, Any], BaseGeometry]],
) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Features in local metres as they are written."""
    return [(properties, ground.in_degrees(shape)) for properties, shape in features]


def _with_place(row: people.Row) -> dict[str, Any]:
    cells = {k: v for k, v in row.items() if k != "at"}
    if "at" in row:
        lon, lat = ground.to_degrees(*row["at"])
        cells |= {"緯度": f"{lat:.6f}", "経度": f"{lon:.6f}"}
    return cells


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
        in_degrees(
            [
                (p | {"担当": CONTACTS[p["コード"]]}, shape)
                for p, shape in areas(ground.WELFARE_DISTRICTS)
            ]
        ),
    )
    write_zipped_shapefile(
        base / "school_district" / "school_district.zip",
        in_degrees(
            [
                ({"CODE": p["コード"], "NAME": p["名称"] + "区", "KANA": p["カナ"] + "ク"}, shape)
                for p, shape in areas(ground.SCHOOL_DISTRICTS)
            ]
        ),
    )
    write_geojson(
        base / "neighbourhood_association" / "neighbourhood_association.geojson",
        in_degrees(areas(ground.ASSOCIATIONS)),
    )
    code, name, members = ground.UNDRAWN
    lines = ["area_code,area_name,member_level,member_code"]
    lines += [f"{code},{name},town_block,{CODE}{member}" for member in members]
    (base / "neighbourhood_association" / "members.csv").write_bytes(
        ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
    )
    write_geojson(
        base / "town_block" / "town_block.geojson",
        in_degrees(
            [
                ({"コード": CODE + code, "名称": name, "カナ": kana}, blocks[code])
                for code, (name, kana, _) in ground.BLOCKS.items()
            ]
        ),
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
        write_csv(base / layer / "treasures.csv", header, map(_with_place, rows))
    write_xlsx(
        base / "salon" / "salon.xlsx",
        "サロン一覧",
        "みなと市 ふれあい・いきいきサロン一覧（2026年4月版）",
        people.SALON_HEADER,
        [_with_place(row) for row in people.SALONS],
        {"A": 6, "B": 24, "D": 20, "E": 28, "I": 34, "R": 60},
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
            in_degrees(
                [
                    ({"名称": name}, _clip(part, None if name in GO_ON else land))
                    for name, part in parts
                ]
            ),
        )
    write_geojson(
        base / "landmark" / "landmark.geojson",
        in_degrees([({"名称": name}, Point(at)) for name, at in LANDMARKS]),
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
