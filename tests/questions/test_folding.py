"""Folding in one pass means what the rules one by one mean."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.folding import _fold_whole, fold

JAPANESE = st.text(st.sampled_from("がガｶﾞﾊﾟぱハ゛゜\u3099\u309a ー～髙ヶヵАé¨①㈱\u0301İＡa\u200b"))


@given(st.text() | JAPANESE)
@example("ｶﾞｰﾄﾞ")
@example("か\u3099")
@example("e\u0301")
@example("\U0001f600髙\U00020bb7")
def test_one_pass_is_all_rules(text: str) -> None:
    assert fold(text) == _fold_whole(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ﾐﾅﾄ ｻﾛﾝ", "みなとサロン"),
        ("髙橋さん宅", "高橋さん宅"),
        ("ガーデン", "ｶﾞ-ﾃﾞﾝ"),
        ("霞ヶ関", "霞ケ関"),
        ("１２３番地", "123番地"),
    ],
)
def test_spellings_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)
