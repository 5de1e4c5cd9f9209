"""Write the data of the demonstration town at the repository root: ``boundaries/``, ``layers/``.

Run ``python tests/towns/make_minato.py`` after changing anything under ``minato/``; the output is
committed and byte for byte the same on every run. Manifests are written by hand and stay.
"""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
if str(TESTS) not in sys.path:
    sys.path.insert(0, str(TESTS))

from towns.minato.blocks import blocks, blocks_in_degrees  # noqa: E402
from towns.minato.districts import DISTRICTS  # noqa: E402
from towns.minato.divisions import Division, associations, districts, schools  # noqa: E402
from towns.minato.ground_files import write_ground_files  # noqa: E402
from towns.minato.halls import halls  # noqa: E402
from towns.minato.lists import GIVEN_ON, HEADERS, lists, numbers  # noqa: E402
from towns.minato.people_files import write_census, write_population  # noqa: E402
from towns.minato.plane import CODE, to_degrees  # noqa: E402
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
    """What lies beside the levels: named places, people, streets and the base map."""
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
    write_ground_files(base)


def write_layers(base: Path) -> None:
    """The treasures and their numbers."""
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


def main(town: Path = TOWN) -> None:
    """Write every data file under a town folder."""
    assert len(DISTRICTS) == len(districts())
    write_boundaries(town / "boundaries")
    write_ground(town / "boundaries")
    write_layers(town / "layers")


if __name__ == "__main__":
    main()
