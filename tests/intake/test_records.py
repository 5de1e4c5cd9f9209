"""Rows of a list -> treasures: every field, consent, identity, merging, national layouts."""

from __future__ import annotations

import csv
import io
import time
from datetime import date

import pytest

from geo.model.audience import Audience, ConsentScope, Newcomers, Placed, Precision, Status
from geo.model.reading import TownReading
from geo.model.treasure import Consent, ShownField, Treasure


def rows_of(reading: TownReading) -> tuple[Treasure, ...]:
    return reading.layers[0].treasures


def codes(reading: TownReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def as_csv(*rows: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


FULL = {
    "ID": "g-1", "番号": "２３", "名称": "さくら会", "名称_カナ": "サクラカイ", "会場": "本町公民館",
    "会場の種類": "公民館", "住所": "本町1-2-3", "地区": "本町", "緯度": "34度52分2.3秒",
    "経度": "138.3229", "公開範囲": "協議体まで", "地図での示し方": "町丁目まで",
    "掲載の同意": "ホームページ;冊子・印刷", "開催日時": "第2・4木 10時〜", "参加対象": "どなたでも",
    "はじめての方": "声をかけてから", "参加費": "100円", "主な活動": "お茶", "活動区分": "茶話",
    "運営主体": "住民", "送迎": "なし", "定員": "１５人", "参加者実人数": "12", "連絡先": "054-000-0000",
    "連絡先の公開範囲": "支援関係者まで", "団体名": "さくら会", "効用": "見守り・見守られ；健康づくり",
    "この場のよさ": "笑う", "紹介文": "1行目\r\n2行目", "写真": "a.jpg", "URL": "https://example.jp/",
    "開始日": "H9.11.25", "終了日": "2027/3/31", "状態": "おやすみ中", "最終確認日": "令和8年3月1日",
    "いもづる元": "民生委員", "備考": "－", "好きなもの": "まんじゅう",
}  # fmt: skip


def test_every_field(read_one) -> None:
    reading = read_one({"a.csv": as_csv(list(FULL), list(FULL.values()))})
    assert codes(reading) == ["schedule-no-end"]
    assert rows_of(reading) == (
        Treasure(
            layer="tea", id="g-1", name="さくら会", audience=Audience.COUNCIL,
            precision=Precision.BLOCK,
            consents=(
                Consent(ConsentScope.WEB, "掲載の同意の列"),
                Consent(ConsentScope.PRINT, "掲載の同意の列"),
            ),
            number=23, kana="サクラカイ", venue="本町公民館", venue_kind="公民館", address="本町1-2-3",
            area="本町", lon=138.3229, lat=34 + 52 / 60 + 2.3 / 3600, placed=Placed.SOURCE,
            schedule="第2・4木 10時〜", for_whom="どなたでも", newcomers=Newcomers.ASK_FIRST,
            fee="100円", activities="お茶", activity_kind="茶話", operator="住民", transport="なし",
            capacity=15, participants=12, contact="054-000-0000",
            contact_audience=Audience.PARTNERS, organiser="さくら会",
            functions=("見守り・見守られ", "健康づくり"), meaning="笑う", story="1行目\n2行目",
            photo="a.jpg", url="https://example.jp/", started_on=date(1997, 11, 25),
            ended_on=date(2027, 3, 31), status=Status.PAUSED, confirmed_on=date(2026, 3, 1),
            found_through="民生委員", extra={"好きなもの": "まんじゅう"},
        ),
    )  # fmt: skip


def test_two_fields_make_a_record_and_the_narrowest_is_the_default(read_one) -> None:
    reading = read_one({"a.csv": "ID,名称\n1,さくら会\n"})
    (treasure,) = rows_of(reading)
    assert (treasure.audience, treasure.contact_audience) == (Audience.COORDINATOR,) * 2
    assert (treasure.precision, treasure.placed, treasure.lon) == (Precision.POINT, None, None)
    assert codes(reading) == ["no-place"]


@pytest.mark.parametrize(
    ("word", "audience"),
    [("○", Audience.PUBLIC), ("〇", Audience.PUBLIC), ("×", Audience.COORDINATOR),
     ("未確認", Audience.COORDINATOR), ("", Audience.COUNCIL)],
)  # fmt: skip
def test_publishable_column(read_one, word: str, audience: Audience) -> None:
    reading = read_one(
        {"a.csv": f"ID,名称,掲載可否\n1,さくら会,{word}\n"}, 'audience = "協議体まで"\n'
    )
    assert rows_of(reading)[0].audience is audience


def test_narrow_audience_column_wins_over_the_publishable_column(read_one) -> None:
    reading = read_one({"a.csv": "ID,名称,公開範囲,掲載可否\n1,さくら会,支援関係者まで,○\n"})
    assert rows_of(reading)[0].audience is Audience.PARTNERS


def test_consents(read_one) -> None:
    """An existing column left empty is no consent; a missing one follows the manifest."""
    listed = "ID,名称,掲載の同意\n1,a,\n2,b,支援関係者のみ\n3,c,のせない\n4,d,印刷、ＨＰ\n"
    reading = read_one({"a.csv": listed}, 'publication_basis = "2026年3月版に掲載済み"\n')
    assert [tuple(c.scope for c in t.consents) for t in rows_of(reading)] == [
        (),
        (ConsentScope.PARTNERS,),
        (ConsentScope.NONE,),
        (ConsentScope.PRINT, ConsentScope.WEB),
    ]
    reading = read_one(
        {"a.csv": "ID,名称\n1,a\n"},
        'publication_basis = "2026年3月版に掲載済み"\naudience = "だれでも"\n',
    )
    (treasure,) = rows_of(reading)
    assert {(c.scope, c.basis) for c in treasure.consents} == {
        (ConsentScope.WEB, "2026年3月版に掲載済み"),
        (ConsentScope.PRINT, "2026年3月版に掲載済み"),
    }
    assert treasure.contact_audience is Audience.PUBLIC


def test_names_of_every_kind_pass_unharmed(read_one) -> None:
    names = [
        "`", "${alert(1)}", "<img src=x onerror=alert(1)>", "\"'\"", "さくら\u200f会\u202e",
        "👨‍👩‍👧‍👦の会", "あ" * 500, "=1+1", "髙﨑①㈱～", "a\nb", "{{7*7}}", "%s%n", "'; DROP TABLE x;--",
    ]  # fmt: skip
    rows = [[str(i), name] for i, name in enumerate(names)]
    reading = read_one({"a.csv": as_csv(["ID", "名称"], *rows)})
    assert [treasure.name for treasure in rows_of(reading)] == names
    assert codes(reading) == ["no-place"]


def test_columns_joined_and_both_degrees_in_one_cell(read_one) -> None:
    listed = 'key,Name,Add1,Add2,location\n7,さくら会,本町,1-2,"34.8671,138.3229"\n'
    reading = read_one(
        {"a.csv": listed},
        'identify = ["key"]\n[show]\n"町" = "Add1"\n"ところ" = "住所"\n[columns]\nname = "Name"\n'
        'address = ["Add1", "Add2"]\nlatlon = "location"\n',
    )
    (treasure,) = rows_of(reading)
    assert codes(reading) == []
    assert (treasure.id, treasure.address) == ("7", "本町1-2")
    assert (treasure.lat, treasure.lon) == (34.8671, 138.3229)
    assert treasure.extra == {"key": "7", "Add1": "本町", "Add2": "1-2"}
    assert reading.layers[0].show == (
        ShownField("町", "Add1"),
        ShownField("ところ", "住所", "address"),
    )


def test_keep_and_drop(read_one) -> None:
    listed = "ID,Type,名称\n1,一般介護予防,a\n2,ほか,\n3,一般介護予防,TEMPL\n"
    reading = read_one(
        {"a.csv": listed}, '[keep]\n"Type" = ["一般介護予防"]\n[drop]\n"名称" = ["TEMPL", "DUMY"]\n'
    )
    assert [treasure.id for treasure in rows_of(reading)] == ["1"]
    assert codes(reading) == ["no-place"]


def test_the_same_record_in_two_files(read_one) -> None:
    """The later file fills blanks; the narrower circle and the coarser place win."""
    reading = read_one(
        {
            "a.csv": "ID,名称,住所,公開範囲,地図での示し方,緯度,経度\n1,さくら会,本町1,だれでも,場所どおり,,\n",
            "b.csv": "ID,名称,連絡先,公開範囲,地図での示し方,緯度,経度,備考\n"
            "１,さくら会,054,協議体まで,地区まで,34.8671,138.3229,よい会\n",
        },
        'merge_same = true\npublication_basis = "公表済み"\n',
    )
    (treasure,) = rows_of(reading)
    assert codes(reading) == []
    assert (treasure.address, treasure.contact, treasure.note) == ("本町1", "054", "よい会")
    assert (treasure.audience, treasure.precision) == (Audience.COUNCIL, Precision.AREA)
    assert (treasure.lat, treasure.placed) == (34.8671, Placed.SOURCE)


def test_national_layout_needs_no_columns(read_one) -> None:
    """Half-width and full-width brackets, № and NO, the address in pieces."""
    listed = (
        "都道府県コード又は市区町村コード,№,イベント名,料金（基本）,場所名称,開始日,開始時間,終了時間,"
        "所在地_連結表記,所在地_市区町村,所在地_町字,所在地_番地以下,緯度,経度\n"
        "229999,５,朝市,無料,港,2026/4/1,08:00,10:00,,ためし町,本町,1番地,34.8671,138.3229\n"
    )
    reading = read_one({"a.csv": listed})
    (treasure,) = rows_of(reading)
    assert codes(reading) == []
    assert (treasure.id, treasure.name, treasure.fee, treasure.venue) == ("5", "朝市", "無料", "港")
    assert (treasure.schedule, treasure.started_on) == ("8:00〜10:00", date(2026, 4, 1))
    assert treasure.address == "ためし町本町1番地"


def test_bad_rows_are_left_out_and_counted(read_one) -> None:
    reading = read_one({"a.csv": "ID,名称,番号\n1,a,1\n2,,\n3,c,1\n4,d,あ\n"})
    layer = reading.layers[0]
    assert [treasure.id for treasure in layer.treasures] == ["1"]
    assert (layer.skippable_rows, layer.blocking) == (3, False)
    assert set(reading.errors) <= set(layer.problems)


def test_two_thousand_places_in_a_moment(read_one) -> None:
    head = list(FULL)
    rows = [
        list((FULL | {"ID": str(i), "番号": str(i), "名称": f"会{i}", "緯度": f"{34.8 + i / 1e5:.5f}"}).values())
        for i in range(1, 2001)
    ]  # fmt: skip
    start = time.process_time()
    reading = read_one({"a.csv": as_csv(head, *rows)})
    assert len(rows_of(reading)) == 2000
    assert time.process_time() - start < 5


def test_features_are_rows_too(read_one) -> None:
    feature = '{"type":"Feature","properties":{"ID":%d,"名称":"%s","定員":%s},"geometry":%s}'
    point = '{"type":"Point","coordinates":[138.3229,34.8671]}'
    many = '{"type":"MultiPoint","coordinates":[[138.33,34.87]]}'
    area = (
        '{"type":"Polygon","coordinates":[[[138.32,34.86],[138.33,34.86],[138.33,34.87],'
        "[138.32,34.87],[138.32,34.86]]]}"
    )
    features = [
        feature % (1, "さくら会", "10", point),
        feature % (2, "もみじ会", "null", many),
        feature % (3, "公園", "null", area),
        feature % (4, "どこか", "null", "null"),
    ]
    document = '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"
    reading = read_one({"a.geojson": document})
    places = [(t.id, t.lon, t.lat, t.capacity) for t in rows_of(reading)]
    assert places[:2] == [("1", 138.3229, 34.8671, 10), ("2", 138.33, 34.87, None)]
    assert places[2] == ("3", pytest.approx(138.325), pytest.approx(34.865), None)
    assert places[3] == ("4", None, None, None)
    assert codes(reading) == ["geometry-not-a-point", "no-place"]
    backdrop = read_one({"a.geojson": document}, "backdrop = true\n").layers[0]
    assert [b.name for b in backdrop.backdrops] == ["さくら会", "もみじ会", "公園"]
    assert backdrop.treasures == ()


@pytest.mark.parametrize(
    ("crs", "lat", "lon"),
    [
        ("EPSG:6676", "-125654.978", "-16190.686"),
        ("EPSG:2450", "-125,654.978", "－16190.686"),
        ("EPSG:6668", "34.867206", "138.32291"),
        ("EPSG:4301", "34.863913", "138.325990"),
    ],
)
def test_a_list_in_another_coordinate_system(read_one, crs: str, lat: str, lon: str) -> None:
    """X is north and Y is east in Japanese documents; the Tokyo datum lies 450 m away.

    By the rule of thumb: lat - 0.00010695 lat + 0.000017464 lon + 0.0046017 = 34.867202.
    """
    reading = read_one({"a.csv": f'ID,名称,緯度,経度\n1,庁舎,"{lat}",{lon}\n'}, f'crs = "{crs}"\n')
    (treasure,) = rows_of(reading)
    assert reading.errors == ()
    assert (treasure.lat, treasure.lon) == (
        pytest.approx(34.867206, abs=3e-5),
        pytest.approx(138.32291, abs=3e-5),
    )
