"""An address taken apart: towns keep their names, numbers lose their spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.address_words import kanji_number
from geo.placing.address_parts import AddressParts, address_parts, lettered, town_text


@pytest.mark.parametrize(
    ("text", "head", "chome", "numbers"),
    [
        ("本町2-16-32", "本町", None, ("2", "16", "32")),
        ("本町二丁目16番32号", "本町", 2, ("16", "32")),
        ("本町２丁目１６－３２　山田ビル2階", "本町", 2, ("16", "32")),
        ("本町2丁目 16 番 32 号", "本町", 2, ("16", "32")),
        ("本町三丁目十一番一号", "本町", 3, ("11", "1")),
        ("本町2丁目三の五", "本町", 2, ("3", "5")),
        ("本町十丁目2", "本町", 10, ("2",)),
        ("〒425-0022 本町5-6-1", "本町", None, ("5", "6", "1")),
        ("本町5-6-1アトレ庁舎1階", "本町", None, ("5", "6", "1")),
        ("本町1-2-3 201号室", "本町", None, ("1", "2", "3")),
        ("本町1-2 3階", "本町", None, ("1", "2")),
        ("本町1-2-3階", "本町", None, ("1", "2")),
        ("本町1丁目5-1コーポ松永102", "本町", 1, ("5", "1")),
        ("本町1-2（旧役場跡3-4）", "本町", None, ("1", "2")),
        ("本町1-2、ほか", "本町", None, ("1", "2")),
        ("本町３７４番地１号", "本町", None, ("374", "1")),
        ("本町13番地の7", "本町", None, ("13", "7")),
        ("本町40の1", "本町", None, ("40", "1")),
        ("本町 40 - 1", "本町", None, ("40", "1")),
        ("本町040-01", "本町", None, ("40", "1")),
        ("四番町四十番地", "四番町", None, ("40",)),
        ("三和1403", "三和", None, ("1403",)),
        ("北三条西四丁目1-2", "北3条西", 4, ("1", "2")),
        ("第3地割12-1", "第3地割", None, ("12", "1")),
        ("三ッ谷が丘1", "三ツ谷ケ丘", None, ("1",)),
        ("城之腰109-1", "城ノ腰", None, ("109", "1")),
        ("会下ノ島土地区画整理区域内", "会下ノ島土地区画整理区域内", None, ()),
        ("", "", None, ()),
        ("1-2-3", "", None, ("1", "2", "3")),
    ],
)
def test_known_forms(text, head, chome, numbers):
    parts = address_parts(text)
    assert (parts.head, parts.chome, parts.numbers) == (head, chome, numbers)


def test_a_small_aza_is_marked_and_a_large_one_said():
    parts = address_parts("大字宮本字港町40番地の1")
    assert parts == AddressParts("宮本\x1f港町", None, ("40", "1"), banchi=True, large_aza=True)
    assert address_parts("宮本小字港町40-1").head == "宮本\x1f港町"
    assert address_parts("十文字町2-3").head == "十文字町"


def test_a_letter_may_belong_to_the_number():
    parts = address_parts("宗高イ-123-4")
    assert parts.head == "宗高イ"
    assert lettered(parts) == AddressParts("宗高", None, ("イ123", "4"))
    assert lettered(address_parts("宗高123-4")) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("霞ヶ関", "霞が関"),
        ("霞ケ関", "霞ガ関"),
        ("丸の内", "丸之内"),
        ("髙﨑", "高崎"),
        ("大字宮本", "宮本"),
    ],
)
def test_spellings_of_a_town_meet(one, other):
    assert address_parts(one).head == address_parts(other).head


def test_kanji_numbers():
    assert [kanji_number(t) for t in ("一", "十", "十二", "二十", "百五", "二三", "九十九")] == [
        1, 10, 12, 20, 105, 23, 99,
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_no_text_breaks_it(text):
    parts = address_parts(text)
    assert all(number.isdigit() for number in parts.numbers)
    assert address_parts(text) == parts
    town_text(text)
