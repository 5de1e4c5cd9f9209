"""Which characters can be printed: as the fonts themselves say, read by somebody else too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from webmap.assets import vendor_file
from webmap.paper.setting.font_characters import (
    FAMILIES,
    FONTS,
    font_characters,
    unwritable,
    writable,
)
from webmap.paper.setting.typesetting import TEMPLATES


@pytest.mark.parametrize("name", FONTS)
def test_characters_are_those_another_reader_finds(name: str) -> None:
    with TTFont(vendor_file(name), lazy=True) as font:
        assert font_characters(vendor_file(name)) == frozenset(font.getBestCmap())


def test_bold_type_has_every_character_of_the_regular_one() -> None:
    regular, bold, more, more_bold = (font_characters(vendor_file(n)) for n in FONTS[:4])
    assert regular == bold
    assert more == more_bold


def test_templates_ask_for_the_same_families_in_the_same_order() -> None:
    text = (TEMPLATES / "sheet.typ").read_text("utf-8")
    named = re.search(r"#let fonts = \((.*?)\)", text)
    assert named is not None
    assert tuple(re.findall(r'"([^"]+)"', named.group(1))) == FAMILIES


def test_names_and_signs_of_our_lists_are_all_there() -> None:
    assert (
        unwritable(["髙﨑𠮷𠮟塚羽～①⑳㈱㈲℡☎〒♨㎡－—–‐･ｱ々〆ヶ゛〼", "🍵⛩☕🏠👵", "ABCabc012"])
        == set()
    )


def test_a_character_no_font_has_is_named_and_becomes_geta() -> None:
    assert unwritable(["通いの場\ue000", "𛀁", "𛀁"]) == {"\ue000", "𛀁"}
    assert writable("通いの場\ue000 𛀁の会") == "通いの場〓 〓の会"


def test_what_nobody_can_see_goes_quietly() -> None:
    assert writable("茶\x07話\u202e会\ufeff") == "茶話会"
    assert writable("\x00茶\r話\xad会") == "茶話会"
    assert unwritable(["茶\x07話\u202e会\ufeff"]) == set()
    assert writable("茶\u1680話\u202f会\u2028") == "茶 話 会 "
    kept = "辻\U000e0100 ☕\ufe0f 1行目\n2行目\tとなり\u200b"
    assert writable(kept) == kept


@given(st.text())
def test_what_is_writable_stays_so(text: str) -> None:
    once = writable(text)
    assert writable(once) == once
    assert unwritable([once]) == set()
    assert "〓" in once or not unwritable([text])


def test_a_font_of_another_make_is_refused(tmp_path: Path) -> None:
    odd = tmp_path / "odd.ttf"
    odd.write_bytes(b"\0\1\0\0\0\0" + b"\0" * 40)
    with pytest.raises(ValueError, match="no cmap"):
        font_characters(odd)
