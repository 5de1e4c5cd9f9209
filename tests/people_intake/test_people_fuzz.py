"""Damaged tables of every form: a fault is said, or the cells are whole; nothing is thrown."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from people_intake.conftest import BLOCKS, collection, square

from geo.intake import read_town
from geo.model.people import PeopleForm, PeopleSources
from geo.people_intake.people_reader import PeopleReader
from geo.people_intake.people_table import KEY_HEADER

ROUNDS = 60
BYTES = b'0123456789-X*,\n\r"\t.\x00\xff\x81'
SMALL = (
    f"{KEY_HEADER},HYOSYO,NAME,HTKSYORI,HTKSAKI,GASSAN,T1,T2\n,,,,,,総数,総数６５歳以上\n"
    + "".join(f"{code},4,{name},0,,,60,18\n" for code, (name, _) in BLOCKS.items())
).encode("cp932")
MESH = f"{KEY_HEADER},HTKSAKI,GASSAN,T1\n,,,人口\n52382235,,,8\n52382236,52382235,,*\n".encode(
    "cp932"
)
POINTS = (
    "コード,名称,緯度,経度,人口,65歳以上\n1,西町,34.866,138.321,60,18\n2,柳町,34.866,138.33,5,2\n"
)
SHAPES = collection(
    [({"コード": code, "人口": 10}, square(west)) for code, (_, west) in BLOCKS.items()]
)


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Bytes changed, taken out, put in, said again."""
    broken = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(broken) or 1)
        match dice.randrange(4):
            case 0:
                broken[at : at + 1] = bytes([dice.choice(BYTES)])
            case 1:
                del broken[at : at + dice.randint(1, 40)]
            case 2:
                broken[at:at] = bytes(dice.choice(BYTES) for _ in range(dice.randint(1, 12)))
            case _:
                broken[at:at] = broken[max(0, at - 60) : at]
    return bytes(broken)


@pytest.mark.parametrize(
    ("form", "name", "data"),
    [
        ("small_area", "people.txt", SMALL),
        ("mesh", "people.txt", MESH),
        ("age_table", "people.csv", POINTS.encode()),
        ("points", "people.csv", POINTS.encode()),
        ("polygons", "people.geojson", SHAPES.encode()),
    ],
)
def test_nothing_is_thrown(read_people, tmp_path: Path, form: str, name: str, data: bytes) -> None:
    dice = random.Random(form)
    assert read_people({"people.csv": POINTS}, 'form = "points"\ndata = "people.csv"').told == []
    town = read_town(tmp_path / "town", None)
    path = tmp_path / name
    sources = PeopleSources(
        *("人口", "出典", "条件", date(2026, 3, 31), PeopleForm(form), (path,)),
        level="town_block" if form == "small_area" else None,
    )
    reading = replace(town, town=replace(town.town, people=sources))
    for _ in range(ROUNDS):
        path.write_bytes(damaged(data, dice))
        reader = PeopleReader(reading, lambda _sentence: None)
        cells = reader.cells()
        assert (cells is None) == bool(reader.errors)
        assert len({cell.code for cell in cells or ()}) == len(cells or ())
