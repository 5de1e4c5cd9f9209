"""Headers as people write them, titles, days, folder names, symbols, colours, towns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from drafting.drafted import TODAY, Draft, became
from hypothesis import given
from hypothesis import strategies as st

from geo.drafting import Sureness, municipality_draft, plane_zone_of
from geo.drafting.header_words import guarded, recognise
from geo.drafting.layer_naming import (
    COLORS,
    color_of,
    day_of,
    layer_id_of,
    romaji,
    symbol_of,
    title_of,
)
from geo.drafting.publication import with_keys
from geo.errors import LoadRefusedError, WordsError
from geo.manifest.layer_file import COLUMN_KEYS

SAID = {
    "name": "名称 団体の名称 サロン名 グループ名 会の名前 ｸﾞﾙｰﾌﾟ名 名　称 居場所名 教室名 イベント名 店名",
    "venue": "会場 場所 開催場所 ところ 会場名 実施場所 活動場所 開催場所（会場名） 会　場 集合場所",
    "address": "住所 所在地 会場住所 会場の住所 所在地（番地まで） 店舗住所 開催場所の住所",
    "schedule": "日時 開催日時 活動日時 日程 曜日・時間 とき 営業時間",
    "days": "曜日 開催日 活動日 実施日 開催曜日",
    "times": "時間 開催時間 活動時間 時刻",
    "start": "開始時間 開始時刻",
    "end": "終了時間 終了時刻",
    "frequency": "頻度 回数 開催頻度",
    "contact": "連絡先 電話 電話番号 TEL ＴＥＬ 問い合わせ先 お問合せ先 代表者 代表者・電話 携帯電話 連絡先（電話番号）",
    "fee": "参加費 会費 参加費（円） 料金 利用料 参加費(1回)",
    "for_whom": "対象 対象者 参加対象",
    "activities": "内容 主な活動 活動内容 主な内容 プログラム",
    "area": "地区 自治会 町内会 地区名 自治会名 圏域 行政区",
    "lat": "緯度 北緯 Latitude",
    "lon": "経度 東経 LON",
    "note": "備考 特記事項 その他 備考欄 営業時間の備考",
    "kana": "フリガナ ふりがな ﾌﾘｶﾞﾅ 名称（カナ） 名称_カナ よみがな",
    "audience": "掲載可否 掲載の可否 公開可否 公開範囲 HP掲載",
    "capacity": "定員 定員数",
    "participants": "参加人数 人数 会員数 登録者数",
    "url": "URL ホームページ HP",
    "started_on": "設立年月日 開始日 発足",
    "status": "状態 活動状況",
    "transport": "送迎 送迎の有無",
}


@pytest.mark.parametrize("field", SAID)
def test_headers_as_people_write_them(field: str) -> None:
    found = {header: recognise(header) for header in SAID[field].split(" ")}
    assert {header: role and role[0] for header, role in found.items()} == dict.fromkeys(
        found, field
    )
    assert all(role and role[1] >= Sureness.LIKELY for role in found.values())


@pytest.mark.parametrize(
    "header", ["避難確保計画対象", "家屋倒壊危険区域", "工場見学", "路線", "あ" * 100, "", "12"]
)
def test_words_that_say_nothing(header: str) -> None:
    assert recognise(header) is None


@given(st.text(max_size=40))
def test_any_header_is_read_or_not(header: str) -> None:
    found = recognise(header)
    assert found is None or found[0] in {*COLUMN_KEYS, "days", "times", "frequency"}
    assert guarded(header) is None or isinstance(guarded(header), str)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("令和8年度　お茶の会一覧表（令和8年3月31日現在）", "お茶の会"),
        ("【いきいき体操】", "いきいき体操"),
        ("R8.3現在", "控え"),
        ("○○市 集いの名簿", "○○市 集い"),
        ("2026", "控え"),
    ],
)
def test_titles_without_days_and_lists(text: str, title: str) -> None:
    assert title_of(None, [text], "123456_控え", one_table=True) == title


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和8年3月現在", date(2026, 3, 31)),
        ("（令和８年３月３１日現在）", date(2026, 3, 31)),
        ("R8.10.1現在", date(2026, 10, 1)),
        ("令和元年5月1日時点", date(2019, 5, 1)),
        ("H31.4.1", date(2019, 4, 1)),
        ("2026年2月現在", date(2026, 2, 28)),
        ("一覧20260401", date(2026, 4, 1)),
        ("令和8年13月1日", TODAY),
        ("令和9年3月現在", TODAY),
        ("令和8年度", TODAY),
        ("電話 054-626-1139", TODAY),
    ],
)
def test_the_day_a_list_speaks_of(text: str, day: date) -> None:
    assert day_of(["題名", text], TODAY)[0] == day


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("カフェ だんだん", "kafe_dandan"),
        ("ジャズ・クラブ", "jazu_kurabu"),
        ("ﾗｼﾞｵ", "rajio"),
        ("Cafe 1", "cafe_1"),
        ("お茶の会", None),
        ("1", None),
        ("../x", None),
    ],
)
def test_folder_names_in_ascii(title: str, name: str | None) -> None:
    assert romaji(title) == name
    assert layer_id_of(None, title, {"list_1"}, place=0) == (name or "list_2")


@pytest.mark.parametrize("wanted", ["", "Tea", "../x", "茶", "a b", "1a", "a" * 33, "a/b", ".a"])
def test_folder_names_that_are_refused(wanted: str) -> None:
    with pytest.raises(WordsError):
        layer_id_of(wanted, "お茶の会", (), place=0)


def test_white_numbers_can_be_read_on_every_color() -> None:
    """WCAG contrast with white: (1.05) / (L + 0.05), at least 4.5."""

    def light(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    for color in COLORS:
        red, green, blue = (light(int(color[i : i + 2], 16)) for i in (1, 3, 5))
        luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        assert 1.05 / (luminance + 0.05) >= 4.5, color
    used: list[str] = []
    for _ in COLORS:
        used.append(color_of([], used))
    assert sorted(used) == sorted(COLORS)


def test_a_symbol_nobody_has() -> None:
    assert symbol_of("お茶の会", ()) == "茶"
    assert symbol_of("お茶の会", {"茶"}) == "会"
    assert symbol_of("カフェ一覧", ()) == "カ"
    assert symbol_of("2026", {"宝"}) == "場"


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("22212", 8),
        ("402052", 2),
        ("３３２０２", 5),
        ("13421", 14),
        ("47207", 16),
        ("47201", 15),
        ("04205", 10),
    ],
)
def test_the_plane_zone_of_a_prefecture(code: str, zone: int) -> None:
    town = municipality_draft("ためし町", code)
    assert (town.plane_zone, len(town.code)) == (zone, 5)
    assert plane_zone_of(town.code) == zone


@pytest.mark.parametrize(
    ("name", "code", "zone"),
    [
        ("", "22212", None),
        ("町", "2221", None),
        ("町", "402053", None),  # the check digit is 2
        ("町", "48201", None),
        ("町", "00000", None),
        ("町", "01100", None),  # Hokkaido has three zones
        ("町", "22212", 20),
        ("町", "くらし", None),
        ("あ" * 51, "22212", None),
    ],
)
def test_towns_that_are_refused(name: str, code: str, zone: int | None) -> None:
    with pytest.raises(WordsError) as refused:
        municipality_draft(name, code, zone)
    assert refused.value.message_ja
    assert municipality_draft("札幌の町", "01100", 12).plane_zone == 12


def test_keys_are_set_and_comments_stay() -> None:
    text = '# 上\ntitle = "a"  # 題\nas_of = 2026-01-01\naudience = "担当者だけ"  # まだ\n\n[show]\n"audience" = "x"\n'
    after = with_keys(text, {"audience": "だれでも", "publication_basis": '冊子"1"'})
    assert after == (
        '# 上\ntitle = "a"  # 題\nas_of = 2026-01-01\npublication_basis = "冊子\\"1\\""\n'
        'audience = "だれでも"  # まだ\n\n[show]\n"audience" = "x"\n'
    )
    assert with_keys(after, {"audience": "だれでも"}) == after
    with pytest.raises(LoadRefusedError):
        with_keys('title = "a"\naudience = """\nだれでも\n"""\n', {"audience": "協議体まで"})


NATIONAL = {
    "care": (
        "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,介護サービス事業所名称,介護サービス事業所名称_カナ,"
        "実施サービス,住所,方書,緯度,経度,電話番号,内線番号,FAX番号,法人番号,法人の名称,事業所番号,利用可能曜日,"
        "利用可能曜日特記事項,定員,URL,備考",
        {
            "NO": "id", "介護サービス事業所名称": "name", "介護サービス事業所名称_カナ": "kana",
            "実施サービス": "activity_kind", "住所": "address", "緯度": "lat", "経度": "lon",
            "電話番号": "contact", "法人の名称": "operator", "利用可能曜日": "weekdays",
            "利用可能曜日特記事項": "schedule_note", "定員": "capacity", "URL": "url", "備考": "note",
        },
    ),
    "event": (
        "都道府県コード又は市区町村コード,ＮＯ,都道府県名,市区町村名,イベント名,イベント名_カナ,イベント名_英語,開始日,終了日,"
        "開始時間,終了時間,開始日時特記事項,説明,料金（基本）,料金（詳細）,連絡先名称,連絡先電話番号,連絡先内線番号,主催者,"
        "場所名称,住所,方書,緯度,経度,アクセス方法,駐車場情報,定員,参加申込終了日,参加申込終了時間,参加申込方法,URL,備考",
        {
            "ＮＯ": "id", "イベント名": "name", "イベント名_カナ": "kana", "開始日": "started_on",
            "終了日": "ended_on", "開始時間": "start", "終了時間": "end",
            "開始日時特記事項": "schedule_note", "説明": "story", "料金（基本）": "fee",
            "連絡先電話番号": "contact", "主催者": "operator", "場所名称": "venue", "住所": "address",
            "緯度": "lat", "経度": "lon", "定員": "capacity", "URL": "url", "備考": "note",
        },
    ),
    "toilet": (
        "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,名称_英字,所在地_全国地方公共団体コード,町字ID,"
        "所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),緯度,経度,高度の種別,"
        "高度の値,設置位置,男性トイレ総数,女性トイレ総数,利用可能時間_開始,利用可能時間特記事項,画像,備考",
        {
            "ID": "id", "名称": "name", "名称_カナ": "kana", "所在地_連結表記": "address", "緯度": "lat",
            "経度": "lon", "利用可能時間特記事項": "schedule_note", "画像": "photo", "備考": "note",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", NATIONAL)
def test_national_layouts_whose_files_we_do_not_hold(
    draft: Draft, tmp_path: Path, kind: str
) -> None:
    header, fields = NATIONAL[kind]
    headers = header.split(",")
    values = {
        "緯度": "34.86", "経度": "138.32", "開始日": "2026-05-01", "終了日": "2026-05-02",
        "利用可能曜日": "月火水木金", "開始時間": "9:00", "終了時間": "10:00", "定員": "20",
        "URL": "https://example.jp/",
    }  # fmt: skip
    source = tmp_path / "a.csv"
    rows = [",".join(values.get(h, f"{h}{n}") for h in headers) for n in (1, 2)]
    source.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    found = draft(source)
    assert {h: f for h, f in became(found).items() if f != "kept"} == fields
    assert (found.layers[0].rows, found.layers[0].unplaced, found.layers[0].errors) == (2, 0, ())
    assert "[columns]" not in found.layers[0].manifest
