"""Furigana stand above the kanji they are the reading of, or above the whole name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webmap.paper.sheets.name_ruby import RubyPart, ruby_parts


def _said(name: str, kana: str | None) -> list[tuple[str, str]]:
    return [(part.base, part.ruby) for part in ruby_parts(name, kana)]


@pytest.mark.parametrize(
    ("name", "kana", "parts"),
    [
        ("面瀬台カラオケ愛好会", "オモセダイカラオケアイコウカイ",
         [("面瀬台", "おもせだい"), ("カラオケ", ""), ("愛好会", "あいこうかい")]),
        ("朝の散歩 どんぐり", "ｱｻﾉｻﾝﾎﾟ ﾄﾞﾝｸﾞﾘ",
         [("朝", "あさ"), ("の", ""), ("散歩", "さんぽ"), (" どんぐり", "")]),
        ("松ヶ丘サロン", "まつがおかさろん", [("松ヶ丘", "まつがおか"), ("サロン", "")]),
        ("１丁目", "いっちょうめ", [("１丁目", "いっちょうめ")]),
        ("第2体操の会 A", "だい2たいそうのかいＡ",
         [("第", "だい"), ("2", ""), ("体操", "たいそう"), ("の", ""), ("会", "かい"), (" A", "")]),
        ("おしゃべり・会", "おしゃべりかい", [("おしゃべり・", ""), ("会", "かい")]),
    ],
)  # fmt: skip
def test_each_kanji_gets_its_own(name: str, kana: str, parts: list[tuple[str, str]]) -> None:
    assert _said(name, kana) == parts


def test_what_can_be_read_in_two_ways_is_read_whole() -> None:
    assert _said("山の野の会", "やまののののかい") == [("山の野の会", "やまののののかい")]


def test_a_reading_of_something_else_stands_above_the_whole_name() -> None:
    assert _said("鹿の里", "しかなさと") == [("鹿の里", "しかなさと")]


@pytest.mark.parametrize("kana", [None, "", "・ 　"])
def test_without_a_reading_there_is_none(kana: str | None) -> None:
    assert _said("鹿の里", kana) == [("鹿の里", "")]


def test_kana_need_no_reading() -> None:
    assert ruby_parts("ひまわりサロン", "ヒマワリサロン") == (RubyPart("ひまわりサロン"),)


@given(
    st.text(alphabet="山野のはンー１a ヶ・", max_size=30),
    st.text(alphabet="やまのはんー", max_size=40),
)
def test_the_parts_are_the_name_and_their_readings_the_reading(name: str, kana: str) -> None:
    parts = ruby_parts(name, kana)
    assert "".join(part.base for part in parts) == name
    above = "".join(part.ruby for part in parts)
    assert above in kana or all(part.ruby in kana for part in parts)


def test_a_name_made_to_be_slow_is_not() -> None:
    parts = ruby_parts("山の" * 2000, "の" * 4000 + "や")
    assert len(parts) == 1
