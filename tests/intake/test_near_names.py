"""Names spelled twice: what is proposed, what is left in peace, and how long it takes."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.folding import fold
from geo.intake.near_names import _alike, _one_letter_apart

HEAD = "ID,名称,住所,緯度,経度\n"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("港町公民館", "港町公民舘分"),
        ("さくら会", "さくらの会"),
        ("みなとサロン", "みなとサロソ"),
        ("コミュニティセンター", "コミニュティセンター"),
        ("図書館", "図書館（分室）"),
    ],
)
def test_probably_one_thing(a: str, b: str) -> None:
    assert _alike(fold(a), fold(b))
    assert _alike(fold(b), fold(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("第1集会所", "第2集会所"),
        ("東体操", "西体操"),
        ("新公民館", "旧公民館"),
        ("壱番館", "弐番館"),
        ("駅前（のぼり）", "駅前（くだり）"),
        ("港町公民館", "丘町公園"),
        ("会", "会場"),
        ("さくら会", "さくら会"),  # the very same name is another fault
    ],
)
def test_neighbours_that_are_two_things(a: str, b: str) -> None:
    assert not _alike(fold(a), fold(b))


@given(st.text("あいう", max_size=6), st.integers(0, 6), st.sampled_from("あえ"))
def test_one_letter_put_in_or_changed_is_one_letter_apart(text: str, at: int, letter: str) -> None:
    at = min(at, len(text))
    more = text[:at] + letter + text[at:]
    changed = text[:at] + letter + text[at + 1 :]
    for other in (more, changed):
        assert _one_letter_apart(text, other)
        assert _one_letter_apart(other, text)
    assert not _one_letter_apart(text, more + "おお")


def test_one_address_is_enough_and_far_apart_without_one_is_not(read_one) -> None:
    rows = (
        "1,さくら会,港町１丁目２番,34.8671,138.3229\n"
        "2,さくらの会,港町1丁目2番,34.8971,138.3529\n"
        "3,もみじ会,丘町1,34.8671,138.3229\n"
        "4,もみじの会,丘町2,34.8971,138.3529\n"
    )
    problems = read_one({"a.csv": HEAD + rows}).problems
    assert [(p.code, p.cell) for p in problems] == [("similar-name-near", "B3")]
    assert "2行目の「さくら会」と名前がよく似ていて、住所が同じです。" in problems[0].message_ja


def test_a_list_that_repeats_one_place_is_not_slow(read_one) -> None:
    chance = random.Random(3)
    rows = "".join(
        f"{n},{''.join(chance.choices('あいうえお', k=6))},港町1,34.8671,138.3229\n"
        for n in range(3000)
    )
    start = time.process_time()
    read_one({"a.csv": HEAD + rows})
    assert time.process_time() - start < 5


def test_columns_of_another_kind_need_most_of_their_cells(read_one) -> None:
    head = "ID,名称,電話番号,URL\n"
    good = "1,さくら会,054-626-1111（代表）,https://example.jp/\n2,もみじ会,なし,example.jp/a\n"
    assert "column-kind" not in {p.code for p in read_one({"a.csv": head + good}).problems}
    shifted = "1,さくら会,石川県,054-626-1111\n2,もみじ会,石川県,054-626-2222\n"
    problems = [p for p in read_one({"a.csv": head + shifted}).problems if p.code == "column-kind"]
    assert [(p.cell, p.column, p.value) for p in problems] == [
        ("C2", "電話番号", "石川県"),
        ("D2", "URL", "054-626-1111"),
    ]
