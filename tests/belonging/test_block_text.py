"""The 町丁目 part of an address: never a house number, never a building, never a name."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.belonging import block_text


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("静岡県みなと市石津港町40-1", "静岡県みなと市石津港町"),
        ("静岡県みなと市石津港町４０番地の１", "静岡県みなと市石津港町"),
        ("みなと市本町5-6-1", "みなと市本町5丁目"),
        ("本町５丁目６番１号", "本町5丁目"),
        ("みなと市三丁目11番1号", "みなと市三丁目"),
        ("みなと市本町二丁目 3-4 山田様方", "みなと市本町二丁目"),
        ("〒425-0041 みなと市石津728番地の2", "みなと市石津"),
        ("みなと市 本町 5-6-1 田中ビル2F", "みなと市本町5丁目"),
        ("みなと市石津港町40-1-201", "みなと市石津港町"),
        ("みなと市本町5-1-201", "みなと市本町"),
        ("みなと市大字横田字上原123", "みなと市大字横田"),
        ("大字横田123番地", "大字横田"),
        ("中央区北5条西3丁目1-2", "中央区北5条西3丁目"),
        ("青葉区四番町2-5", "青葉区四番町"),
        ("みなと市三和1403", "みなと市三和"),
        ("みなと市石津港町四十番地", "みなと市石津港町"),
        ("みなと市本町二ノ五", "みなと市本町"),
        ("みなと市本町", "みなと市本町"),
        ("みなと市本町（旧役場）3-4", "みなと市本町"),
        ("みなと市本町 山田太郎", "みなと市本町"),
    ],
)
def test_known_forms(address, block):
    assert block_text(address) == block


@pytest.mark.parametrize(
    "address",
    [
        None, "", "   ", "40-1", "〇〇団地3号棟", "みなと団地 3-204", "山田太郎宅", "みなと市本町山田宅",
        "ひまわり会館", "公民館2階", "みなと市サンハイツ203号室", "石津728", "Minato 5-6-1", "A棟305",
    ],
)  # fmt: skip
def test_nothing_when_unsure(address):
    assert block_text(address) is None


towns = st.sampled_from(
    ["みなと市石津港町", "本町", "みなと市三和", "大字横田", "青葉区四番町", "中川原"]
)
chomes = st.one_of(
    st.just(""),
    st.integers(1, 30).map(lambda n: f"{n}丁目"),
    st.sampled_from(["一丁目", "二丁目", "十二丁目", "３丁目"]),
)
number = st.integers(1, 9999).map(str)
house = st.one_of(
    st.builds("{}番地{}".format, number, st.one_of(st.just(""), number.map("の{}".format))),
    st.builds("{}番{}号".format, number, number),
    st.builds("{}{}{}".format, st.integers(10, 9999), st.sampled_from("-－ー−‐の"), number),
    st.builds("{}-{}-{}".format, st.integers(10, 9999), number, number),
    number,
)
behind = st.sampled_from(
    ["", " ひまわり荘203", "　山田様方", "(公民館)", " 3階", "レジデンス12", "-201号室", " A-5"]
)
wide = st.booleans()


@settings(deadline=None)
@given(towns, chomes, house, behind, wide)
def test_no_house_number_comes_through(town, chome, number, rest, is_wide):
    address = f"{town}{chome}{number}{rest}"
    if is_wide:
        address = address.translate({n: n + 0xFEE0 for n in range(0x30, 0x3A)})
    answer = block_text(address)
    plain = unicodedata.normalize("NFKC", f"{town}{chome}")
    assert answer is None or plain.startswith(answer)


@settings(deadline=None)
@given(
    st.text(
        alphabet="みなと市町村大字丁目番地号棟の山田荘0123456789０１２一二三十- 　ー−/()",
        max_size=24,
    )
)
def test_digits_stand_only_before_chome(address):
    answer = block_text(address)
    if answer is not None:
        assert not re.search(r"\d", re.sub(r"(\d{1,2}条[東西南北]?)?\d{1,2}丁目$", "", answer))
        assert not re.search(r"番地|\d号|号棟|\s", answer)
