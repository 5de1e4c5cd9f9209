"""Large type: readings above names, every piece escaped, whatever a name holds."""

from __future__ import annotations

import dataclasses
import importlib.util
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from webmap import pages
from webmap.furigana import ruby
from webmap.showing import Language, Showing
from webmap.template_engine import environment, with_reading

LARGE = Showing(large=True)
LONG = ' class="long"'
NAME = "港町<b>おとこ</b>の台所"
KANA = "ミナトマチ b オトコ b ノダイドコロ"


@pytest.fixture(scope="module")
def sample() -> ModuleType:
    path = Path(__file__).resolve().parents[1] / "front" / "sample.py"
    spec = importlib.util.spec_from_file_location("words_sample", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["words_sample"] = module
    spec.loader.exec_module(module)
    return module


class Names(HTMLParser):
    """The names of the list as a reader sees them: base and readings apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[list[str]] = []
        self._depth = 0
        self._into = 0
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("class") == "entry-name":
            self.names.append(["", ""])
            self._depth = 1
        elif self._depth:
            self.tags.add(tag)
            self._depth += 1
            self._into = int(tag == "rt")

    def handle_endtag(self, tag: str) -> None:
        if self._depth:
            self._depth -= 1
            self._into = 0

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.names[-1][self._into] += data


def test_names_carry_their_readings(sample: ModuleType) -> None:
    answer = sample.map_answer()
    first = msgspec.structs.replace(
        answer.entries[0], name="港町おとこの台所", kana="ﾐﾅﾄﾏﾁｵﾄｺﾉﾀﾞｲﾄﾞｺﾛ"
    )
    answer = dataclasses.replace(answer, entries=(first, *answer.entries[1:]))
    html = pages.render(pages.map_page(answer, None, LARGE))
    assert (
        '<span class="entry-name"><ruby>港町<rt>みなとまち</rt></ruby>おとこの'
        "<ruby>台所<rt>だいどころ</rt></ruby></span>"
    ) in html
    assert "<ruby>東中学校区<rt>ひがしちゅうがっこうく</rt></ruby>" in html
    assert 'class="no-script large" data-kept="?large=1"' in html
    assert "large.css" in html
    plain = pages.render(pages.map_page(answer))
    assert "<ruby>" not in plain
    assert "large.css" not in plain


@pytest.mark.parametrize("language", list(Language))
def test_hostile_names_stay_text(sample: ModuleType, language: Language) -> None:
    answer = sample.map_answer()
    entries = tuple(
        msgspec.structs.replace(one, kana="ヨミガナ<i>" if one.number % 2 else None)
        for one in answer.entries
    )
    page = pages.map_page(
        dataclasses.replace(answer, entries=entries), None, Showing(language=language, large=True)
    )
    read = Names(pages.render(page))
    assert sorted(name for name, _ in read.names) == sorted(one.name for one in entries)
    assert read.tags == {"ruby", "rt"}


@given(st.text(), st.text() | st.none())
def test_markup_is_the_pieces_escaped(name: str, kana: str | None) -> None:
    drawn = with_reading(name, kana)
    assert isinstance(drawn, Markup)
    assert drawn == "".join(
        escape(base)
        if reading is None
        else f"<ruby{LONG * (len(base) > 8)}>{escape(base)}<rt>{escape(reading)}</rt></ruby>"
        for base, reading in ruby(name, kana)
    )


def test_markup_inside_a_name_is_a_sign_like_any_other() -> None:
    assert with_reading(NAME, KANA) == (
        "<ruby>港町<rt>みなとまち</rt></ruby>&lt;b&gt;おとこ&lt;/b&gt;の<ruby>台所<rt>だいどころ</rt></ruby>"
    )


def test_neighbours_and_tables_too(sample: ModuleType) -> None:
    town = sample.town_answer()
    rows = tuple(
        dataclasses.replace(row, area=dataclasses.replace(row.area, kana="よみがな"))
        for row in town.rows
    )
    html = pages.render(pages.overview_page(dataclasses.replace(town, rows=rows), LARGE))
    assert html.count("<rt>よみがな</rt>") == len(rows)
    answer = sample.map_answer()
    near = tuple(
        dataclasses.replace(one, area=dataclasses.replace(one.area, kana="となりがっこうく"))
        for one in answer.neighbours
    )
    html = pages.render(pages.map_page(dataclasses.replace(answer, neighbours=near), None, LARGE))
    assert html.count("<rt>となりがっこうく</rt>") == len(near)


def test_a_fixed_text_is_part_of_the_compiled_template() -> None:
    """On a Japanese page a text costs nothing, and names its language nowhere."""
    code = '<a{{ written() }} title="{{ say("地図") }}">{{ say("閉じる") }}</a>'
    japanese, english = (environment(one) for one in Language)
    assert japanese.from_string(code).render() == '<a title="地図">閉じる</a>'
    assert english.from_string(code).render() == '<a lang="ja" title="Map">Close</a>'
    assert '<a title="地図">閉じる</a>' in str(japanese.compile(code, raw=True))
    sentence = "{% trans total=n %}お宝 <strong>{{ total }}件</strong>{% endtrans %}"
    drawn = japanese.from_string(sentence).render(n="<i>")
    assert drawn == "お宝 <strong>&lt;i&gt;件</strong>"
