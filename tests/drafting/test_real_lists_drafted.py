"""The real lists of real towns, drafted without a word from anybody."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path

import pytest
from drafting.drafted import Draft, became

from geo.errors import LoadRefusedError
from geo.model.audience import Audience

pytestmark = pytest.mark.realdata
YAIZU = "yaizu-22212"
IIZUKA = "iizuka-40205"


def path_of(name: str) -> Path:
    return Path(os.environ["OTAKARA_REALDATA"]) / name


NATIONAL = {
    f"{IIZUKA}/facilities.csv": (155, 155, "cp932"),
    f"{IIZUKA}/hospitals.csv": (140, 140, "cp932"),
    f"{YAIZU}/AED設置箇所一覧/222127_aed.csv": (82, 82, None),
    f"{YAIZU}/まちなか涼みどころ/machinakasuzumidokoro.csv": (108, 108, None),
    f"{YAIZU}/図書館/222127_library.csv": (11, 11, None),
    f"{YAIZU}/地域交流センター/222127_community_center.csv": (9, 9, None),
    f"{YAIZU}/市役所・センター/222127_facilities_smartmap.csv": (28, 28, None),
    f"{YAIZU}/福祉会館/222127_facilities_welfare.csv": (2, 2, None),
    f"{YAIZU}/指定緊急避難場所一覧/222127_evacuation_space.csv": (31, 31, None),
    f"{YAIZU}/避難所一覧/222127_hinannjo.csv": (56, 56, None),
    f"{YAIZU}/小学校/222127_elementary_school.csv": (13, 13, None),
}
"""File -> records, records with a place, the encoding that the manifest has to name."""


@pytest.mark.parametrize("name", NATIONAL)
def test_national_layouts_need_no_columns(draft: Draft, name: str) -> None:
    records, placed, encoding = NATIONAL[name]
    found = draft(path_of(name))
    (layer,) = found.layers
    manifest = tomllib.loads(layer.manifest)
    assert "columns" not in manifest
    assert manifest.get("encoding") == encoding
    assert (layer.rows, layer.rows - layer.unplaced) == (records, placed)
    assert layer.errors == ()
    assert layer.counts[Audience.COORDINATOR] == records


def test_what_the_columns_of_iizuka_became(draft: Draft) -> None:
    facilities = draft(path_of(f"{IIZUKA}/facilities.csv"))
    assert {h: f for h, f in became(facilities).items() if f != "kept"} == {
        "名称": "name",
        "名称_カナ": "kana",
        "所在地_連結表記": "address",
        "緯度": "lat",
        "経度": "lon",
        "電話番号": "contact",
    }
    assert facilities.layers[0].identify == ()  # the national layout's own: 名称 and 所在地
    assert (
        "IDが空なので、「名称」と「所在地_連結表記」で見分けます。" in facilities.layers[0].said_ja
    )
    hospitals = draft(path_of(f"{IIZUKA}/hospitals.csv"))
    assert {h: f for h, f in became(hospitals).items() if f != "kept"} == {
        "ID": "id",
        "名称": "name",
        "名称_カナ": "kana",
        "所在地_連結表記": "address",
        "緯度": "lat",
        "経度": "lon",
        "電話番号": "contact",
        "診療曜日": "weekdays",
        "診療開始時間": "start",
        "診療終了時間": "end",
        "診療日時特記事項": "schedule_note",
        "URL": "url",
    }
    first = hospitals.layers[0].reading.treasures[0]
    assert first.schedule is not None
    assert first.schedule.startswith("月〜土 9:00〜17:30 木土:午後休診")


def test_a_pair_of_columns_per_weekday(draft: Draft) -> None:
    (layer,) = draft(path_of(f"{YAIZU}/まちなか涼みどころ/machinakasuzumidokoro.csv")).layers
    manifest = tomllib.loads(layer.manifest)
    assert manifest["weekday_hours"]["月"] == ["月曜開放開始時刻", "月曜開放終了時刻"]
    assert list(manifest["weekday_hours"]) == list("月火水木金土日")
    assert layer.reading.treasures[0].schedule == "月〜金 8:30〜17:15"


def test_a_town_s_own_words(draft: Draft) -> None:
    parks = draft(path_of(f"{YAIZU}/公園一覧/222127_park_info.csv"))
    assert became(parks) == {
        "ID": "id",
        "公園名": "name",
        "住所（番地まで）": "address",
        "緯度": "lat",
        "経度": "lon",
        "面積（㎡）": "shown",
        "供用開始年": "shown",
        "トイレ詳細": "shown",
        "駐車場詳細": "shown",
        "施設等": "shown",
        "設置遊具": "shown",
        "公園HPアドレス": "url",
        "公園紹介文": "story",
        "焼津市OpenPhoto写真": "photo",
    }
    assert (parks.layers[0].rows, parks.layers[0].unplaced) == (142, 0)
    shops = draft(path_of(f"{YAIZU}/焼津市デジタルクーポン対象店舗/digital_coupon.csv"))
    assert shops.layers[0].identify == ("クーポン名", "店舗住所")
    fields = became(shops)
    assert (fields["クーポン名"], fields["店舗住所"], fields["ソート番号"]) == (
        "name",
        "address",
        "left_out",
    )
    assert (shops.layers[0].rows, shops.layers[0].errors) == (548, ())
    care = draft(path_of(f"{YAIZU}/要配慮者利用施設/yohairyosya.csv"))
    fields = became(care)
    assert (fields["№"], fields["要配慮者利用施設名称"], fields["区分"]) == (
        "id",
        "name",
        "activity_kind",
    )
    assert care.said_ja[0].startswith("文字コードは Shift_JIS（CP932")
    sales = draft(path_of(f"{YAIZU}/工場併設直売所一覧/222127_koujouheisetsuchokubaijo.csv"))
    fields = became(sales)
    assert (fields["事業者名"], fields["営業時間"], fields["定休日"]) == (
        "name",
        "schedule",
        "schedule_note",
    )
    schedule = sales.layers[0].reading.treasures[0].schedule
    assert schedule == "9:00-16:00 定休日:土;日;祝"


@pytest.mark.parametrize(
    "name",
    [
        f"{IIZUKA}/population_2026-05.csv",
        "kurashiki-33202/population-H31.csv",
        "kurashiki-33202/elderly_people_home.csv",
        f"{YAIZU}/AED設置箇所一覧/attributes.csv",
    ],
)
def test_tables_of_figures_are_no_lists(draft: Draft, name: str) -> None:
    with pytest.raises(LoadRefusedError) as refused:
        draft(path_of(name))
    assert "見つからない" in refused.value.message_ja


def test_a_day_in_the_name_of_a_file(draft: Draft) -> None:
    source = path_of(f"{YAIZU}/図書館/222127_library.csv")
    (layer,) = draft(source, file_name="図書館_20260401.csv").layers
    assert (layer.as_of, layer.title) == (date(2026, 4, 1), "図書館")
