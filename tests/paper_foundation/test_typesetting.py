"""Setting: accessible, exact, the same bytes each time; what a record says is never source."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_foundation.printed import (
    fonts_of,
    inaccessible,
    lines_of,
    pages_mm,
    sizes_of,
    tags_of,
    text_of,
)
from paper_foundation.probe_sheet import ABOUT, SQUARE, Setting, Showing, frame_of
from PIL import Image
from pypdf import PdfReader

from geo.errors import AssetError
from geo.model.audience import Audience
from webmap.paper.paper_choice import Paper, PaperChoice, Sheet
from webmap.paper.setting import typesetting
from webmap.paper.setting.about_sheet import stamp
from webmap.paper.setting.typesetting import TEMPLATES, missing_characters
from webmap.paper.sheet_frame import district_frame
from webmap.paper.type_sizes import type_sizes

EVERY_PAPER = [
    PaperChoice(Sheet.POSTER if paper.is_poster else Sheet.DISTRICT, paper, landscape, large=large)
    for paper in Paper
    for landscape in (True, False)
    for large in (True, False)
]


def _reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


# --- accessible ---------------------------------------------------------------------------------


def test_it_is_a_tagged_japanese_document_with_words_for_its_map(set_probe: Setting) -> None:
    pdf = set_probe("通23 朝の茶話会")
    root = _reader(pdf).trailer["/Root"]
    assert root["/Lang"] == "ja-JP"
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert inaccessible(pdf) == []
    tags = tags_of(pdf)
    assert tags[:3] == [
        ("/Document", None),
        ("/H1", None),
        ("/Figure", "面瀬地区の地図"),
    ]


def test_what_is_not_tagged_is_found_out() -> None:
    plain = typst.Compiler(b"#set document(title: [x]); x").compile(format="pdf", pdf_tags=False)
    assert isinstance(plain, bytes)
    assert inaccessible(plain) == ["language en", "not tagged"]


def test_it_knows_its_title_its_town_and_the_day_of_its_data(set_probe: Setting) -> None:
    known = _reader(set_probe()).metadata
    assert known is not None
    assert known.title == "面瀬地区 お宝マップ"
    assert known.author == "みなと市"
    assert known.creation_date is not None
    assert known.creation_date.date() == date(2026, 3, 31)


def test_a_picture_without_words_is_not_printed(set_probe: Setting) -> None:
    with pytest.raises(typst.TypstError, match="missing alt text"):
        set_probe(alt=None)


# --- exact --------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", EVERY_PAPER, ids=lambda c: c.query() or "A3")
def test_pages_and_type_are_as_large_as_they_should_be(
    set_probe: Setting, choice: PaperChoice
) -> None:
    pdf = set_probe("朝の茶話会", choice=choice)
    assert pages_mm(pdf) == [pytest.approx(choice.page_mm, abs=0.001)]
    frame = frame_of(choice)
    sizes = type_sizes(choice, frame.type_scale, frame.title_scale)
    assert sizes_of(pdf) == {
        round(sizes.title, 1): "面瀬地区お宝マップ",
        round(sizes.body, 1): "朝の茶話会",
    }


def test_the_picture_lies_where_the_frame_says(show_probe: Showing) -> None:
    """The grey square measured at 100 dpi: the map's box of an A3, to a dot."""
    picture = show_probe(dots_per_inch=100)
    assert picture.size == (1654, 1169)
    box = picture.point(lambda v: 255 if 215 < v < 227 else 0).getbbox()
    place = district_frame(PaperChoice()).map
    expected = (place.x, place.y, place.right, place.bottom)
    assert box == pytest.approx([mm / 25.4 * 100 for mm in expected], abs=1)


# --- the same bytes -----------------------------------------------------------------------------

_ELSEWHERE = """
import sys
from datetime import date
from pathlib import Path
from webmap.paper.setting import typesetting
from webmap.paper.setting.about_sheet import AboutSheet
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.sheet_frame import district_frame
from webmap.paper.type_sizes import type_sizes
typesetting.TEMPLATES = Path(sys.argv[1])
choice = PaperChoice()
data = {"title": "面瀬地区 お宝マップ", "alt": "面瀬地区の地図", "lines": ["髙﨑𠮷～①🍵"],
        "frame": district_frame(choice), "sizes": type_sizes(choice)}
sys.stdout.buffer.write(typesetting.typeset("probe.typ", data, {"map": sys.argv[2]},
    AboutSheet("面瀬地区 お宝マップ", "みなと市", date(2026, 3, 31))))
"""


def test_the_same_sheet_is_the_same_bytes_in_another_process_and_zone(
    set_probe: Setting, tmp_path: Path
) -> None:
    here = set_probe("髙﨑𠮷～①🍵")
    assert set_probe("髙﨑𠮷～①🍵") == here
    there = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE, str(tmp_path), SQUARE],
        check=True,
        capture_output=True,
        env={**os.environ, "TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
        cwd=TEMPLATES.parents[2],
    ).stdout
    assert there == here


def test_another_word_or_another_day_is_another_file(set_probe: Setting) -> None:
    files = {
        set_probe("茶話会"),
        set_probe("体操"),
        set_probe("茶話会", about=replace(ABOUT, day=date(2026, 4, 1))),
    }
    assert len(files) == 3


# --- record text is data ------------------------------------------------------------------------

HOSTILE = (
    '#panic("x") #read("/etc/passwd") $x^2$ *太字* _斜体_ `x` ] } ) \\u{41} \\ // 注 /* 注 */',
    "@preview <label> = 見出し - 箇条 -- ... 'x' \"y\" https://example.invalid/ ~ #",
    "</text><script>alert(1)</script>&amp;&#9731;",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_a_record_stay_words(set_probe: Setting, words: str) -> None:
    assert "".join(words.split()) in text_of(set_probe(words))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=30), max_size=5))
def test_no_text_whatever_stops_the_printer(set_probe: Setting, lines: list[str]) -> None:
    words = f'<text x="9" y="20" font-family="BIZ UDPGothic">{escape("".join(lines))}</text>'
    pdf = set_probe(*lines, drawn=SQUARE.replace("</svg>", f"{words}</svg>"))
    assert pdf.startswith(b"%PDF-1.7")


def test_no_template_asks_for_anything_outside_or_evaluates_anything() -> None:
    templates = sorted(TEMPLATES.glob("*.typ"))
    assert TEMPLATES / "sheet.typ" in templates
    for template in templates:
        text = template.read_text("utf-8")
        code = re.sub(r"//.*", "", text)
        assert not re.search(r"@(preview|local)|\beval\(|\bread\(|\bplugin\(|https?:", code), (
            template
        )
        imports = re.findall(r'#?(?:import|include) "([^"]+)"', code)
        assert all((TEMPLATES / name).is_file() for name in imports), template


# --- characters and fonts -----------------------------------------------------------------------


def test_rare_characters_are_set_in_the_next_font_and_no_other_font_is_used(
    set_probe: Setting,
) -> None:
    pdf = set_probe("髙﨑𠮷～①🍵⛩", "辻\U000e0100☕\ufe0f")
    assert "髙﨑𠮷～①🍵⛩" in text_of(pdf)
    assert fonts_of(pdf) == {
        "BIZUDPGothic-Bold",
        "BIZUDPGothic-Regular",
        "NotoSansJP-Regular",
        "NotoEmoji-Regular",
    }


def test_what_no_font_has_is_printed_as_geta_in_text_and_picture(set_probe: Setting) -> None:
    drawn = SQUARE.replace(
        "</svg>",
        '<text x="9" y="20" font-size="6" font-family="BIZ UDPGothic">通23 \U0001f9ff\ue000</text></svg>',
    )
    pdf = set_probe("外\ue000字\x07", drawn=drawn)
    assert "外〓字" in text_of(pdf)
    assert "通23" in text_of(pdf)
    assert text_of(pdf).count("〓") == 3
    assert "\ue000" not in text_of(pdf)


def test_the_last_page_says_what_geta_means_and_how_many_are_missing(set_probe: Setting) -> None:
    pages = [p.extract_text() for p in _reader(set_probe("\ue000\ue001\ue000", "NEXT")).pages]
    assert ["印刷の文字にない字です（2種類）" in page for page in pages] == [False, True]
    assert "印刷の文字にない" not in text_of(set_probe("髙﨑𠮷～①🍵"))
    assert missing_characters(
        {"a": ["\ue000", {"b": ("x", "\ue001")}], "c": 3}, {"map": "<svg>\ue002</svg>"}
    ) == {"\ue000", "\ue001", "\ue002"}


@pytest.mark.parametrize("where", ["text", "picture"])
def test_a_missing_glyph_would_be_refused_not_printed(
    set_probe: Setting, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """The standard itself: a sheet that is set at all has no empty box on it."""
    monkeypatch.setattr(typesetting, "writable", lambda text: text)
    drawn = SQUARE.replace(
        "</svg>", '<text x="9" y="20" font-family="BIZ UDPGothic">外\ue000字</text></svg>'
    )
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        set_probe("外\ue000字") if where == "text" else set_probe(drawn=drawn)


@pytest.mark.parametrize(
    "name", ["/etc/hostname", "file:///etc/hostname", "../assets/package.json"]
)
def test_a_picture_brings_no_file_along(set_probe: Setting, name: str) -> None:
    with pytest.raises(typst.TypstError, match="failed to load linked image"):
        set_probe(
            drawn=SQUARE.replace("</svg>", f'<image width="9" height="9" href="{name}"/></svg>')
        )


def test_without_its_fonts_nothing_is_printed(
    set_probe: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "vendor_file", lambda name: tmp_path / name)
    typesetting._fonts.cache_clear()
    try:
        with pytest.raises(AssetError) as caught:
            set_probe("茶話会")
    finally:
        typesetting._fonts.cache_clear()
    assert "make assets" in caught.value.hint_ja


# --- lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("隔週火曜(基準日 2026/4/7) １３：３０～１５：００", "１３：３０～１５：００"),
        ("毎月第1・第3水曜日の午前中  9:30〜11:30", "9:30〜11:30"),
        ("申しこみは前の日の夕方までにこちら ☎ 000-000-0001", "☎ 000-000-0001"),
        ("どなたでもおいでください。参加費は材料代を入れて１００円", "１００円"),
    ],
)
def test_hours_and_telephone_numbers_are_not_torn(
    set_probe: Setting, words: str, whole: str
) -> None:
    for more in range(12):  # wherever the line ends
        assert any(whole in line for line in lines_of(set_probe("お" * more + words)))


def test_no_line_of_one_character_is_left_over(set_probe: Setting) -> None:
    words = "内容：転倒予防体操、お茶　連絡先：みなと市社協の運営：住民です"
    for length in range(16, len(words) + 1):
        _, *lines = lines_of(set_probe(words[:length]))
        assert len(lines) == 1 or len(lines[-1]) > 1


@pytest.mark.parametrize(
    "address",
    ["https://www.example.jp/kayoinoba/" + "kayoinoba_ichiran_saishin_2026" * 3, "a" * 90],
)
def test_an_endless_word_stays_in_its_column(
    show_probe: Showing, set_probe: Setting, address: str
) -> None:
    box = district_frame(PaperChoice()).list
    _, _, right, _ = _ink(show_probe(address, dots_per_inch=100))
    assert right * 25.4 / 100 < box.x + box.width / 2
    assert address in text_of(set_probe(address))


def test_meeting_punctuation_does_not_lie_on_itself(show_probe: Showing) -> None:
    """火）、（木 is 0.98 + 0.5 + 0.6 + 0.5 + 0.98 em wide by its font; ink ends 0.1 em earlier."""
    page = show_probe("火）、（木", dots_per_inch=288)
    left, _, right, _ = _ink(page)
    assert (right - left) / 4 / type_sizes(PaperChoice()).body == pytest.approx(3.5, abs=0.1)


# --- for whom -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "choice", [c for c in EVERY_PAPER if not c.large], ids=lambda c: c.query() or "A3"
)
def test_every_page_of_what_is_not_for_everybody_says_so(
    set_probe: Setting, choice: PaperChoice
) -> None:
    about = replace(ABOUT, stamp=stamp(Audience.PARTNERS, 3))
    pdf = set_probe("茶話会", "NEXT", about=about, choice=choice)
    pages = [page.extract_text() for page in _reader(pdf).pages]
    assert len(pages) == 2
    assert all("内部用" in page and "No. 3" in page for page in pages)
    assert "内部用" not in text_of(set_probe("茶話会", choice=choice))
    assert inaccessible(pdf) == []


@pytest.mark.parametrize("choice", EVERY_PAPER, ids=lambda c: c.query() or "A3")
def test_the_stamp_has_the_room_the_frame_leaves_for_it(
    show_probe: Showing, choice: PaperChoice
) -> None:
    """Between the margin and the title, on an A3 and on a poster."""
    frame = frame_of(choice, stamped=True)
    dot_mm = 25.4 / 100 * frame.type_scale
    page = show_probe(
        dots_per_inch=25.4 / dot_mm,
        choice=choice,
        about=replace(ABOUT, stamp=stamp(Audience.PARTNERS)),
        drawn=SQUARE.replace("#ddd", "#fff"),
    )
    _, top, right, bottom = (dots * dot_mm for dots in _ink(page))
    edge = 7.5 * frame.type_scale
    assert edge < top < bottom < frame.title.y
    assert right < frame.page.width - edge


def test_a_sheet_is_a_picture_for_the_screen_too(show_probe: Showing) -> None:
    assert show_probe(dots_per_inch=30).size == (496, 351)


def _ink(page: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is black."""
    box = page.point(lambda v: 255 if v < 128 else 0).getbbox()
    assert box is not None
    return box
