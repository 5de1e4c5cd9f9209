"""Write ``tests/town``: sixteen squares of 500 m, so that every answer can be worked out by head.

The south-west corner is the origin of plane rectangular zone 8, so local metres are plane
coordinates. Run ``python tests/towns/make_square_town.py``; the output is committed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pyproj import Transformer

TOWN = Path(__file__).resolve().parent.parent / "town"
SIDE_M = 500
COLUMNS, ROWS = "ABCD", "1234"

NAMES = {
    "A1": "松町",
    "B1": "竹町",
    "C1": "梅町",
    "D1": "桜町",
    "A2": "鶴町",
    "B2": "亀町",
    "C2": "鷺町",
    "D2": "鳩町",
    "A3": "月町",
    "B3": "星町",
    "C3": "雪町",
    "D3": "花町",
    "A4": "山町",
    "B4": "川町",
    "C4": "海町",
    "D4": "空町",
}

QUARTERS = {
    "q1": ("南西区", ("A1", "B1", "A2", "B2")),
    "q2": ("南東区", ("C1", "D1", "C2", "D2")),
    "q3": ("北西区", ("A3", "B3", "A4", "B4")),
    "q4": ("北東区", ("C3", "D3", "C4", "D4")),
}
STRIPS = {
    "s1": ("松竹の会", ("B1", "C1")),
    "s2": ("鶴亀の会", ("A1", "A2", "B2", "C2")),
    "s3": ("桜鳩の会", ("D1", "D2")),
    "s4": ("月星の会", ("A3", "B3", "A4", "B4")),
    "s5": ("雪花の会", ("C3", "D3", "C4", "D4")),
}

_to_degrees = Transformer.from_crs("EPSG:6676", "EPSG:4326", always_xy=True)


def degrees(east_m: float, north_m: float) -> tuple[float, float]:
    """Longitude, latitude of a local point, to a tenth of a millimetre."""
    lon, lat = _to_degrees.transform(east_m, north_m)
    return round(lon, 9), round(lat, 9)


def corner(cell: str) -> tuple[int, int]:
    """South-west corner of a square, in local metres."""
    return COLUMNS.index(cell[0]) * SIDE_M, ROWS.index(cell[1]) * SIDE_M


def outline(cells: tuple[str, ...]) -> dict[str, object]:
    """The union of squares as a GeoJSON polygon, every corner of every square kept."""
    from shapely import Polygon, orient_polygons, union_all
    from shapely.geometry import mapping

    squares = []
    for cell in cells:
        x, y = corner(cell)
        s = SIDE_M
        squares.append(Polygon([(x, y), (x + s, y), (x + s, y + s), (x, y + s)]))
    union = orient_polygons(union_all(squares))
    assert isinstance(union, Polygon)
    return dict(mapping(Polygon([degrees(x, y) for x, y in union.exterior.coords])))


def write_features(
    file: str, features: Iterable[tuple[dict[str, object], dict[str, object]]]
) -> None:
    """One GeoJSON of properties and geometries, one feature per line."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": properties, "geometry": geometry}, ensure_ascii=False
        )
        for properties, geometry in features
    ]
    path = TOWN / "boundaries" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n",
        encoding="utf-8",
    )


def write_level(level: str, areas: dict[str, tuple[str, tuple[str, ...]]]) -> None:
    """The areas of a level."""
    write_features(
        f"{level}/{level}.geojson",
        (({"code": code, "name": name}, outline(cells)) for code, (name, cells) in areas.items()),
    )


def write_streets() -> None:
    """A street from the middle of every square to those of its neighbours: 24 of 500 m."""
    middles = {cell: tuple(metre + SIDE_M // 2 for metre in corner(cell)) for cell in NAMES}
    pairs = [
        (one, other)
        for one, (x, y) in middles.items()
        for other, at in middles.items()
        if at in ((x + SIDE_M, y), (x, y + SIDE_M))
    ]
    write_features(
        "streets.geojson",
        (
            (
                {"highway": "residential", "name": f"{NAMES[one]}{NAMES[other]}通り"},
                {
                    "type": "LineString",
                    "coordinates": [degrees(*middles[one]), degrees(*middles[other])],
                },
            )
            for one, other in pairs
        ),
    )


def write_people() -> None:
    """Ten people in every square, all of them from 65, five of them from 75."""
    write_features(
        "people.geojson",
        (
            (
                {"code": code, "name": name, "人口": 10, "65歳以上": 10, "75歳以上": 5},
                outline((code,)),
            )
            for code, name in NAMES.items()
        ),
    )


def write_rows(layer: str, header: str, rows: list[tuple[str, tuple[int, int] | None]]) -> None:
    """A CSV whose rows end in latitude and longitude (empty where there is no place)."""
    lines = [header + ",緯度,経度"]
    for text, at in rows:
        lon, lat = degrees(*at) if at else ("", "")
        lines.append(f"{text},{lat},{lon}")
    path = TOWN / "layers" / layer / f"{layer}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write the levels, the streets, the people and the ten treasures."""
    write_level("quarter", QUARTERS)
    write_level("strip", STRIPS)
    write_level("cell", {code: (name, (code,)) for code, name in NAMES.items()})
    (TOWN / "boundaries" / "strip" / "members.csv").write_text(
        "area_code,area_name,member_level,member_code\ns6,空の会,cell,D4\n", encoding="utf-8"
    )
    write_streets()
    write_people()
    both = "ホームページ;冊子・印刷"
    write_rows(
        "tea",
        "ID,番号,名称,会場,住所,地区,公開範囲,地図での示し方,掲載の同意,状態,開催日時,はじめての方,連絡先,"
        "参加者実人数,効用,この場のよさ,いもづる元,備考",
        [
            (
                f"T1,1,あさひ会,松会館,ますめ市松町1-1,,だれでも,,{both},,毎週火曜 10:00〜11:00,"
                "どなたでも,000-000-0101,10,見守り・見守られ;健康づくり,朝日がさしこみます。,,",
                (250, 250),
            ),
            (
                f"T2,2,ゆうひ会,松会館,ますめ市松町1-1,,だれでも,,{both},おやすみ中,第2・4木 16時〜,"
                "声をかけてから,000-000-0102,8,交流・居場所,夕日がきれいです。,T1,",
                (250, 250),
            ),
            (
                f"T3,3,うめ会,梅田さん宅,ますめ市梅町1-1,,だれでも,町丁目まで,{both},,毎月1日,"
                "声をかけてから,000-000-0103,5,交流・居場所,梅の花がよく見えます。,T1,番地は出さない約束",
                (1250, 250),
            ),
            (
                f"T4,4,ほし会,星野さん宅,ますめ市星町2-2,,だれでも,地区まで,{both},,毎週金曜 19時〜,"
                "声をかけてから,000-000-0104,4,情報交換,晴れた夜は星を見ます。,,",
                (750, 1250),
            ),
            (
                f"T5,5,つる会,鶴会館,ますめ市鶴町3-3,,協議体まで,,{both},,毎週水曜 10時〜,"
                "どなたでも,000-000-0105,12,健康づくり,背筋がのびます。,,",
                (250, 750),
            ),
            (
                "T6,6,はと会,鳩会館,ますめ市鳩町4-4,,支援関係者まで,,支援関係者のみ,,第1月曜 13:30〜,"
                "声をかけてから,000-000-0106,6,困りごとの相談,話すと軽くなります。,,",
                (1750, 750),
            ),
            (
                "T7,7,ないしょ会,亀井さん宅,ますめ市亀町5-5,,担当者だけ,,,,毎朝,"
                "会員のみ,000-000-0107,3,安否確認,三人の朝の約束です。,T5,だれにも言わない",
                (750, 750),
            ),
            (
                f"T8,8,そら会,空の会集会室,,空の会,だれでも,,{both},,毎週月曜 10時〜,"
                "どなたでも,000-000-0108,9,交流・居場所,空が近い集まりです。,,",
                None,
            ),
        ],
    )
    write_rows(
        "stop",
        "ID,番号,名称,住所,開催日時",
        [("V1,9,雪町角,ますめ市雪町6-6,毎週火曜 11:20〜11:40", (1250, 1250))],
    )
    write_rows(
        "home",
        "ID,番号,名称,住所,開催日時",
        [("P1,10,花岡さん宅,ますめ市花町7-7,毎日", (1750, 1250))],
    )


if __name__ == "__main__":
    main()
