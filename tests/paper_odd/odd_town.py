"""Town folders of odd areas, written as an office would keep them."""

from __future__ import annotations

from pathlib import Path

from paper_odd import odd_ground, odd_treasures
from towns.town_files import write_csv, write_geojson

CODE, LIST_CODE = "99915", "99916"
_SOURCE = 'source = "試験のための架空の町"\nlicence = "CC0-1.0"\nas_of = 2026-04-01\n'
_SHOW = """[show]
"日時" = "開催日時"
"会場" = "会場"
"対象" = "参加対象"
"参加費" = "参加費"
"内容" = "主な活動"
"連絡先" = "連絡先"
"""


def write_odd_town(town: Path, code: str = CODE) -> Path:
    """Ten areas, none of them ordinary, with streets and a sea."""
    _municipality(town, code, "まるた市")
    level = town / "boundaries/odd"
    _manifest(
        level / "boundary.toml",
        'title = "地区"\ntier = 2\ndata = "odd.geojson"\ncode = "code"\nname = "name"\nkana = "kana"\ncontact = "contact"\n',
    )
    write_geojson(
        level / "odd.geojson",
        [
            (
                {"code": area.code, "name": area.name, "kana": area.kana, "contact": "まるた市社協 ☎ 000-000-0000"},
                odd_ground.in_degrees(area.shape),
            )
            for area in odd_ground.AREAS
        ],
    )  # fmt: skip
    _ground(town / "boundaries")
    layers = odd_treasures.layers()
    for number, (kind, row, at) in enumerate(odd_treasures.rows(), start=1):
        layers[kind].rows.append(odd_treasures.written_at(row, at) | {"番号": str(number)})
    for order, layer in enumerate(layers):
        _layer(town, layer, order)
    return town


def write_list_town(town: Path, code: str = LIST_CODE) -> Path:
    """An area that nobody has drawn, with a list and no place at all."""
    _municipality(town, code, "かみ市")
    level = town / "boundaries/ward"
    _manifest(level / "boundary.toml", 'title = "行政区"\nmembers = "members.csv"\n')
    (level / "members.csv").write_text(
        "area_code,area_name,member_level,member_code\n1,一区,,\n2,二区,,\n", "utf-8"
    )
    layers = odd_treasures.layers()[:4]
    for n in range(18):
        row = odd_treasures.listed("list", n, "一区" if n < 17 else "二区")
        layers[n % 4].rows.append(row | {"番号": str(n + 1)})
    for order, layer in enumerate(layers):
        _layer(town, layer, order)
    return town


def _municipality(town: Path, code: str, name: str) -> None:
    _manifest(
        town / "boundaries/municipality.toml",
        f'name = "{name}"\ncode = "{code}"\nplane_zone = 8\n'
        'contact = "まるた市社協 生活支援コーディネーター ☎ 000-000-0000"\n'
        'public_url = "https://otakara.example.jp"\n',
        source="",
    )


def _ground(folder: Path) -> None:
    told = 'title = "道と地形"\n' + _SOURCE + 'data = ["streets.geojson"]\n'
    for kind, shapes in odd_ground.ground().items():
        named = "name" if any(name for name, _ in shapes) else ""
        told += f'[[ground]]\nkind = "{kind}"\ndata = ["{kind}.geojson"]\n'
        told += f'name = "{named}"\n' if named else ""
        write_geojson(
            folder / f"{kind}.geojson",
            [({"name": name}, odd_ground.in_degrees(shape)) for name, shape in shapes],
        )
    (folder / "streets.toml").write_text(told, "utf-8")
    write_geojson(
        folder / "streets.geojson",
        [
            ({"highway": highway, "name": name}, odd_ground.in_degrees(line))
            for highway, name, line in odd_ground.streets()
        ],
    )


def _layer(town: Path, layer: odd_treasures.OddLayer, order: int) -> None:
    folder = town / "layers" / layer.id
    told = f'title = "{layer.title}"\nsymbol = "{layer.symbol}"\ncolor = "{layer.color}"\n'
    _manifest(folder / "layer.toml", f"{told}order = {order + 1}\n", after=_SHOW)
    write_csv(folder / "treasures.csv", odd_treasures.HEADER, layer.rows)


def _manifest(path: Path, told: str, *, source: str = _SOURCE, after: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(told + source + after, "utf-8")
