"""Write the data of the demonstration town at the repository root: ``boundaries/``, ``layers/``.

Run ``python tests/towns/make_minato.py`` after changing anything under ``minato/``; the output is
committed and byte for byte the same on every run. Manifests are written by hand and stay.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from shapely import LineString, Point

TESTS = Path(__file__).resolve().parent.parent
if str(TESTS) not in sys.path:
    sys.path.insert(0, str(TESTS))

from towns.minato import lines  # noqa: E402
from towns.minato.blocks import blocks, blocks_in_degrees  # noqa: E402
from towns.minato.districts import DISTRICTS  # noqa: E402
from towns.minato.divisions import Division, associations, districts, schools  # noqa: E402
from towns.minato.halls import halls, landmarks  # noqa: E402
from towns.minato.lists import GIVEN_ON, HEADERS, lists, numbers  # noqa: E402
from towns.minato.people_files import write_census, write_population  # noqa: E402
from towns.minato.plane import CODE, in_degrees, to_degrees  # noqa: E402
from towns.minato.streets import main_road_lines, streets  # noqa: E402
from towns.town_files import (  # noqa: E402
    Feature,
    write_csv,
    write_geojson,
    write_xlsx,
    write_zipped_shapefile,
)

TOWN = TESTS.parent


def _areas(divisions: tuple[Division, ...]) -> list[Feature]:
    return [
        ({"コード": d.code, "名称": d.name, "カナ": d.kana}, d.shape) for d in divisions if d.drawn
    ]


def write_boundaries(base: Path) -> None:
    """The four levels."""
    tier_two = []
    for number, (properties, shape) in enumerate(_areas(districts()), 1):
        desk = f"みなと市社協 {properties['名称']}担当 ☎ 000-000-00{number:02d}"
        tier_two.append((properties | {"順": number, "担当": desk}, shape))
    write_geojson(base / "welfare_district" / "welfare_district.geojson", tier_two)
    write_zipped_shapefile(
        base / "school_district" / "school_district.zip",
        [
            ({"CODE": p["コード"], "NAME": p["名称"] + "区", "KANA": p["カナ"] + "ク"}, shape)
            for p, shape in _areas(schools())
        ],
    )
    folder = base / "neighbourhood_association"
    write_geojson(folder / "neighbourhood_association.geojson", _areas(associations()))
    write_csv(
        folder / "members.csv",
        "area_code,area_name,member_level,member_code",
        [
            {
                "area_code": d.code,
                "area_name": d.name,
                "member_level": "town_block",
                "member_code": CODE + member,
            }
            for d in associations()
            if not d.drawn
            for member in d.members
        ],
    )
    write_geojson(
        base / "town_block" / "town_block.geojson",
        [
            ({"コード": CODE + code, "名称": b.name, "カナ": b.kana}, blocks_in_degrees()[code])
            for code, b in blocks().items()
        ],
    )


def write_ground(base: Path) -> None:
    """What lies beside the levels: named places, people, streets."""
    rows = []
    for hall in halls():
        lon, lat = to_degrees(*hall.spot.at)
        rows.append(
            {
                "名称": hall.name,
                "名称_通称": hall.alias,
                "種類": hall.kind,
                "住所": hall.spot.address,
                "緯度": f"{lat:.6f}",
                "経度": f"{lon:.6f}",
            }
        )
    write_csv(base / "halls.csv", "名称,名称_通称,種類,住所,緯度,経度", rows)
    write_census(base / f"tblT001082C{CODE}.txt")
    write_population(base / f"population_{CODE}.csv")
    write_streets(base / "streets.geojson")


def write_streets(path: Path) -> None:
    """One street a line: its ends, its rank, the heights of both ends in metres."""
    net = streets()
    degrees = [to_degrees(*at) for at in net.nodes]
    written = []
    for street in net.edges:
        properties: dict[str, object] = {
            "u": street.u,
            "v": street.v,
            "highway": street.kind,
            "h_u": net.heights[street.u],
            "h_v": net.heights[street.v],
        }
        if street.name:
            properties["name"] = street.name
        if street.bridge:
            properties["bridge"] = "yes"
        ends = [degrees[street.u], degrees[street.v]]
        feature = {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": "LineString", "coordinates": ends},
        }
        written.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    path.write_text(
        '{"type":"FeatureCollection","features":[\n' + ",\n".join(written) + "\n]}\n",
        encoding="utf-8",
    )


def write_layers(base: Path) -> None:
    """The treasures, their numbers, and the quiet features under them."""
    for layer, treasures in lists().items():
        rows = [treasure.cells() for treasure in treasures]
        if layer == "salon":
            write_xlsx(
                base / layer / "salon.xlsx",
                "サロン一覧",
                "みなと市 ふれあい・いきいきサロン一覧（2026年4月版）",
                HEADERS[layer],
                rows,
                {"A": 7, "B": 28, "C": 28, "D": 28, "E": 26, "F": 16, "H": 32, "R": 60},
            )
        else:
            write_csv(base / layer / "treasures.csv", HEADERS[layer], rows)
    ledger = [f"{number},{layer},{identity},{GIVEN_ON}" for number, layer, identity in numbers()]
    (base / "numbers.csv").write_text(
        "\n".join(["number,layer,id,given_on", *ledger]) + "\n", encoding="utf-8"
    )
    write_geojson(
        base / "coast" / "coast.geojson",
        [
            ({"名称": name}, in_degrees(LineString(line)))
            for name, line in zip(
                ("海岸線", "大島の海岸線", "防波堤", "防波堤"), lines.drawn()["coast"], strict=True
            )
        ],
    )
    write_geojson(
        base / "river" / "river.geojson",
        [({"名称": name}, in_degrees(LineString(line))) for name, line in lines.rivers().items()],
    )
    write_geojson(
        base / "railway" / "railway.geojson",
        [({"名称": "みなと線"}, in_degrees(LineString(lines.railway())))],
    )
    write_geojson(
        base / "main_road" / "main_road.geojson",
        [({"名称": name}, in_degrees(LineString(line))) for name, line in main_road_lines()],
    )
    write_geojson(
        base / "landmark" / "landmark.geojson",
        [({"名称": name}, in_degrees(Point(at))) for name, at in landmarks()],
    )


def main(town: Path = TOWN) -> None:
    """Write every data file under a town folder."""
    assert len(DISTRICTS) == len(districts())
    write_boundaries(town / "boundaries")
    write_ground(town / "boundaries")
    write_layers(town / "layers")


if __name__ == "__main__":
    main()
