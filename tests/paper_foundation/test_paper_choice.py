"""What is asked to be printed: read from a URL, written back to it, refused in Japanese."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from geo.errors import WordsError
from webmap.paper.paper_choice import CHOICE_WORDS, Paper, PaperChoice, Sheet

SMALL, POSTERS = (Paper.A4, Paper.A3), (Paper.A1, Paper.A0)


def test_nothing_said_is_the_district_map_on_a3_landscape() -> None:
    usual = PaperChoice.from_args({})
    assert usual == PaperChoice(Sheet.DISTRICT, Paper.A3, landscape=True)
    assert usual.query() == ""
    assert usual.page_mm == (420, 297)
    assert PaperChoice.from_args({"paper": "", "scale": " ", "layer": "salon"}) == usual


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"paper": "A4"}, PaperChoice(paper=Paper.A4)),
        (
            {"paper": "Ａ４", "orientation": "portrait"},
            PaperChoice(paper=Paper.A4, landscape=False),
        ),
        ({"scale": "5000"}, PaperChoice(scale=5000)),
        ({"scale": "1:12,500"}, PaperChoice(scale=12_500)),
        ({"scale": "１／２５００"}, PaperChoice(scale=2500)),
        ({"large": "1", "readings": "1", "grey": "0"}, PaperChoice(large=True, readings=True)),
        ({"short": "1"}, PaperChoice(short=True)),
        ({"sheet": "week"}, PaperChoice(Sheet.WEEK, Paper.A4, landscape=True)),
        ({"sheet": "list"}, PaperChoice(Sheet.LIST, Paper.A4, landscape=False)),
        ({"sheet": "doorstep"}, PaperChoice(Sheet.DOORSTEP, Paper.A4, landscape=False)),
        ({"paper": "a1"}, PaperChoice(Sheet.POSTER, Paper.A1)),
        ({"sheet": "poster"}, PaperChoice(Sheet.POSTER, Paper.A1)),
        (
            {"sheet": "district", "paper": "A0", "tile": "a3"},
            PaperChoice(Sheet.POSTER, Paper.A0, tile=Paper.A3),
        ),
    ],
)
def test_words_are_read(args: dict[str, str], expected: PaperChoice) -> None:
    assert PaperChoice.from_args(args) == expected
    assert PaperChoice.from_args(MultiDict(args)) == expected


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"paper": "B4"}, "紙の大きさ（paper）の「B4」は使えません。"),
        ({"sheet": "flyer"}, "印刷物の種類（sheet）の「flyer」は使えません。"),
        ({"orientation": "縦"}, "紙の向き（orientation）の「縦」は使えません。"),
        ({"scale": "1:20"}, "縮尺「1:20」では印刷できません。"),
        ({"scale": "499"}, "縮尺「499」では印刷できません。"),
        ({"scale": "2000001"}, "縮尺「2000001」では印刷できません。"),
        ({"scale": "だいたい"}, "縮尺「だいたい」では印刷できません。"),
        ({"grey": "はい"}, "grey の「はい」は使えません。"),
        ({"sheet": "week", "paper": "A1"}, "この印刷物は A1 では作れません。"),
        ({"sheet": "poster", "paper": "A3"}, "この印刷物は A3 では作れません。"),
        ({"tile": "A4"}, "A4 に分けて印刷することはできません。"),
        ({"paper": "A0", "tile": "A1"}, "A1 に分けて印刷することはできません。"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_japanese(args: dict[str, str], said: str) -> None:
    with pytest.raises(WordsError) as caught:
        PaperChoice.from_args(args)
    assert caught.value.message_ja == said
    assert caught.value.hint_ja


def test_a_refusal_shows_no_more_than_the_beginning_of_what_was_typed() -> None:
    with pytest.raises(WordsError) as caught:
        PaperChoice.from_args({"paper": "紙" * 5000})
    assert len(caught.value.message_ja) < 80
    assert "紙" not in str(caught.value)


choices = st.one_of(
    st.builds(
        PaperChoice,
        sheet=st.sampled_from([s for s in Sheet if s is not Sheet.POSTER]),
        paper=st.sampled_from(SMALL),
        landscape=st.booleans(),
        scale=st.none() | st.integers(500, 2_000_000),
        large=st.booleans(),
        readings=st.booleans(),
        grey=st.booleans(),
        short=st.booleans(),
    ),
    st.builds(
        PaperChoice,
        sheet=st.just(Sheet.POSTER),
        paper=st.sampled_from(POSTERS),
        landscape=st.booleans(),
        scale=st.none() | st.integers(500, 2_000_000),
        tile=st.none() | st.sampled_from(SMALL),
        grey=st.booleans(),
        short=st.booleans(),
    ),
)


@given(choices)
def test_a_url_keeps_every_choice(choice: PaperChoice) -> None:
    args = dict(parse_qsl(choice.query()))
    assert PaperChoice.from_args(args) == choice
    assert set(args) <= set(CHOICE_WORDS)
