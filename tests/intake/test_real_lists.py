"""The real lists of real towns, counted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from geo.intake import read_town
from geo.model.reading import LayerReading, TownReading

pytestmark = pytest.mark.realdata
YAIZU = "realdata:yaizu-22212"
MANIFEST = """
title = "{id}"
symbol = "{symbol}"
color = "#336699"
source = "焼津市"
licence = "PDL1.0"
as_of = 2026-07-22
audience = "だれでも"
publication_basis = "公表済み"
"""
WEEKDAY_HOURS = "[weekday_hours]\n" + "".join(
    f'"{day}" = ["{day}曜開放開始時刻", "{day}曜開放終了時刻"]\n' for day in "月火水木金土日"
)
LISTS = {
    "hall": f"""
data = [
  "{YAIZU}/地域交流センター/222127_community_center.csv",
  "{YAIZU}/市役所・センター/222127_facilities_smartmap.csv",
  "{YAIZU}/福祉会館/222127_facilities_welfare.csv",
]
identify = ["NO"]
merge_same = true
[show]
"開館時間" = "開催日時"
"電話" = "電話番号"
""",
    "cool": f'data = "{YAIZU}/まちなか涼みどころ/machinakasuzumidokoro.csv"\n{WEEKDAY_HOURS}',
    "care": f"""
data = "{YAIZU}/要配慮者利用施設/yohairyosya.csv"
encoding = "cp932"
identify = ["№"]
[columns]
name = "要配慮者利用施設名称"
address = "所在地"
[keep]
"地域防災計画分類" = ["②老人福祉施設"]
""",
    "care_all": f"""
data = "{YAIZU}/要配慮者利用施設/yohairyosya.csv"
encoding = "cp932"
identify = ["№"]
[columns]
name = "要配慮者利用施設名称"
""",
    "facilities": 'data = "realdata:iizuka-40205/facilities.csv"\nencoding = "cp932"\n',
    "hospitals": 'data = "realdata:iizuka-40205/hospitals.csv"\nencoding = "cp932"\n',
    "evacuation": f'data = "{YAIZU}/指定緊急避難場所一覧/222127_evacuation_space.csv"\n',
    "shelter": f'data = "{YAIZU}/避難所一覧/222127_hinannjo.csv"\n',
    "aed": f'data = "{YAIZU}/AED設置箇所一覧/222127_aed.csv"\n',
}


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> TownReading:
    """Every list as a layer of one town."""
    town = tmp_path_factory.mktemp("town")
    (town / "boundaries").mkdir()
    (town / "boundaries/municipality.toml").write_text(
        'name = "焼津市"\ncode = "222127"\nplane_zone = 8\n', "utf-8"
    )
    for symbol, (name, rest) in zip("あいうえおかきくけこ", LISTS.items(), strict=False):
        folder = town / "layers" / name
        folder.mkdir(parents=True)
        head = MANIFEST.format(id=name, symbol=symbol)
        (folder / "layer.toml").write_text(head + rest, "utf-8")
    return read_town(town, Path(os.environ["OTAKARA_REALDATA"]))


def layer(reading: TownReading, name: str) -> LayerReading:
    return next(part for part in reading.layers if part.layer.id == name)


def test_no_errors_and_every_row(reading: TownReading) -> None:
    assert reading.errors == ()
    assert {part.layer.id: len(part.treasures) for part in reading.layers} == {
        "hall": 28, "cool": 108, "care": 96, "care_all": 277, "facilities": 155, "hospitals": 140,
        "evacuation": 31, "shelter": 56, "aed": 82,
    }  # fmt: skip


def test_thirty_nine_rows_are_twenty_eight_halls(reading: TownReading) -> None:
    hall = next(t for t in layer(reading, "hall").treasures if t.id == "10947")
    assert (hall.name, hall.address) == ("港地域交流センター", "静岡県焼津市石津港町40-1")
    assert hall.schedule == "【開館時間】9:00～21:30 【休館日】月曜日"
    assert (hall.lon, hall.lat) == (138.3262067, 34.84124155)
    assert [shown.field for shown in layer(reading, "hall").show] == ["schedule", "contact"]


def test_line_breaks_in_cells_do_not_shift_the_row(reading: TownReading) -> None:
    part = layer(reading, "care_all")
    broken = [t for t in part.treasures if "\n" in t.extra.get("区分", "")]
    assert broken
    assert [part.addresses[t.id].row for t in part.treasures] == list(range(2, 279))


def test_weekday_columns_become_one_text(reading: TownReading) -> None:
    office = next(t for t in layer(reading, "cool").treasures if t.id == "000000000001")
    assert office.schedule == "月〜金 8:30〜17:15"


def test_an_empty_id_column_falls_back_to_name_and_address(reading: TownReading) -> None:
    part = layer(reading, "facilities")
    assert [p.code for p in part.problems] == ["id-column-empty"]
    assert part.treasures[0].id == f"{part.treasures[0].name}|{part.treasures[0].address}"
