"""Pages and map data as values: shapes, words, filters; no browser."""

from __future__ import annotations

import dataclasses
import json
from typing import get_type_hints
from urllib.parse import parse_qs

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.audience import Audience, Status
from webmap import (
    entry_cards,
    map_data,
    marks,
    overview,
    page_frame,
    pages,
    straddling,
    town_page,
    views,
)
from webmap.filters import Filters
from webmap.kept_shell import shell
from webmap.treasure_map import draw_shell, vendor_table


@given(text=st.text(), functions=st.lists(st.text(), max_size=3), empty=st.booleans())
def test_any_text_travels_in_the_map_data(sample, text, functions, empty) -> None:
    answer = sample.map_answer(empty=empty)
    said = msgspec.structs.replace(
        sample.map_answer().entries[0],
        mark=text,
        layer=text,
        name=text,
        search=text,
        functions=tuple(functions),
        flag=None,
    )
    answer = dataclasses.replace(answer, entries=(*answer.entries, said))
    data = map_data.as_json(answer)
    assert json.loads(views.compact(data)) == data
    assert data["entries"][-1]["name"] == text


def test_map_json_has_stable_keys_and_six_decimals(sample) -> None:
    data = map_data.as_json(sample.map_answer())
    assert list(data) == [
        "version", "kind", "area", "bounds", "layers", "entries", "flags", "days", "across",
        "neighbours", "sub_areas", "backdrops",
    ]  # fmt: skip
    assert list(data["entries"][0]) == [
        "number", "mark", "layer", "name", "status", "functions", "search", "flag", "days",
    ]  # fmt: skip
    assert list(data["flags"][0]) == ["lon", "lat", "numbers", "approximate"]
    numbers = [n for ring in data["area"]["outline"]["coordinates"][0] for p in ring for n in p]
    assert numbers
    assert all(round(n, 6) == n for n in numbers)
    assert json.loads(json.dumps(data)) == data


def test_flags_carry_every_placed_entry_exactly_once(sample) -> None:
    data = map_data.as_json(sample.map_answer())
    on_flags = sorted(n for flag in data["flags"] for n in flag["numbers"])
    placed = sorted(e["number"] for e in data["entries"] if e["flag"] is not None)
    assert on_flags == placed
    assert len(set(placed)) == len(placed) == 36


def test_offline_data_links_nowhere(sample) -> None:
    data = map_data.as_json(sample.map_answer(), links=False)
    assert {area["href"] for area in data["neighbours"] + data["sub_areas"]} == {None}
    html = pages.render(pages.map_page(sample.map_answer(), offline=True))
    assert 'href="/' not in html
    assert 'src="' not in html.replace("<img src=x", "").replace("src=x", "")


def test_every_field_of_every_page_is_explained() -> None:
    kinds = [
        kind
        for module in (pages, page_frame, town_page, entry_cards, overview, straddling)
        for kind in vars(module).values()
        if getattr(kind, "__module__", "") == module.__name__
    ]
    described = [kind for kind in kinds if dataclasses.is_dataclass(kind)]
    assert len(described) >= 10
    missing = [f"{k.__name__}.{f.name}" for k in described for f in dataclasses.fields(k)
               if not f.metadata.get("help")]  # fmt: skip
    structs = [
        kind for kind in kinds if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    ]
    assert structs == [entry_cards.EntryCard]
    missing += [
        f"EntryCard.{name}"
        for name, kind in get_type_hints(entry_cards.EntryCard, include_extras=True).items()
        if not any(isinstance(m, msgspec.Meta) and m.description for m in kind.__metadata__)
    ]
    assert missing == []


def test_straddle_sentence(sample) -> None:
    html = pages.render(pages.map_page(sample.map_answer(), offline=True))
    assert (
        "この地区は、<strong>東小学校区</strong>（62%）と<strong>西小学校区</strong>（38%）"
        "にまたがっています。"
    ) in html


def test_title_date_contact_and_unplaced(sample) -> None:
    page = pages.map_page(sample.map_answer())
    assert page.as_of == "2026年3月31日現在"
    assert page.frame.title == "東中学校区のお宝マップ"
    assert page.frame.contact is not None
    assert page.frame.contact.startswith("東地域包括支援センター")
    assert [card.number for card in page.unplaced] == [37, 38, 39]
    assert page.total == page.shown == 39
    assert page.frame.audience_label is None


def test_above_public_the_page_says_so(sample) -> None:
    html = pages.render(pages.map_page(sample.map_answer(audience=Audience.COORDINATOR)))
    assert "内部用" in html
    assert "担当者だけの画面です" in html
    assert "3件 あります" in html


def test_no_inline_script_style_or_handler(sample) -> None:
    for html in (
        pages.render(pages.map_page(sample.map_answer())),
        pages.render(pages.overview_page(sample.town_answer())),
        pages.render(pages.level_page(sample.town_answer("nb"))),
        pages.render(pages.error_page(404, "<b>ない", "`${x}`")),
    ):
        assert " style=" not in html
        assert "<style" not in html
        assert "{{" not in html.replace("{{ 7*7 }}", "")
        assert "<img" not in html
        assert html.count("<script>") == 0


def test_table_shows_not_yet_found_as_a_dash_never_as_zero(sample) -> None:
    html = pages.render(pages.level_page(sample.town_answer("nb")))
    assert ">0<" not in html
    assert "またがり：<span>東小学校区 70%、西小学校区 30%</span>" in html
    assert "境界の図なし" in html


def test_shell_is_the_same_bytes_every_time_and_names_no_host() -> None:
    first = shell()
    shell.cache_clear()
    assert shell() == first
    assert "://" not in first.script + first.html + first.style
    assert first.js[0].startswith("/static/vendor/leaflet/")


def test_an_unknown_vendor_name_is_refused() -> None:
    from geo.errors import AssetError

    with pytest.raises(AssetError):
        vendor_table(["jquery"])


@pytest.mark.parametrize(
    ("color", "ink"),
    [("#1f6f54", marks.PAPER), ("#f2b705", marks.INK), ("#000000", marks.PAPER)],
)
def test_ink_reads_on_every_cloth(color: str, ink: str) -> None:
    assert marks.mark_for("通1", color).ink == ink


def test_a_colour_that_is_none_cannot_enter_the_drawing() -> None:
    assert marks.mark_for("通1", '"/><script>').color == marks.FALLBACK_COLOR


def test_filters_from_the_address(sample) -> None:
    asked = Filters.from_args(
        {"layer": ["salon", "x"], "status": ["paused", "?"], "q": ["  ﾌﾚｱｲ　会 "]}
    )
    assert asked.layers == {"salon", "x"}
    assert asked.within(sample.map_answer()).layers == {"salon"}
    assert asked.statuses == {Status.PAUSED}
    assert asked.q == "ﾌﾚｱｲ 会"


@given(
    st.frozensets(st.text(min_size=1).filter(str.strip).map(str.strip), max_size=3),
    st.frozensets(st.sampled_from(list(Status))),
    st.text(max_size=80),
)
def test_filters_round_trip_through_the_address(layers, statuses, q) -> None:
    asked = Filters(layers=layers, statuses=statuses, q=" ".join(q.split()))
    assert Filters.from_args(parse_qs(asked.query(), keep_blank_values=True)) == asked


def test_search_meets_other_spellings(sample) -> None:
    page = pages.map_page(sample.map_answer(), Filters(q="高橋"))
    shown = [c.number for g in page.groups for c in g.cards if not c.filtered_out]
    assert shown == [2]  # 髙橋さん家
    page = pages.map_page(sample.map_answer(), Filters(q="みなと さろん"))
    assert [c.number for g in page.groups for c in g.cards if not c.filtered_out] == [19]


def test_filtered_page_counts_and_hides(sample) -> None:
    page = pages.map_page(sample.map_answer(), Filters(statuses=frozenset({Status.PAUSED})))
    assert (page.total, page.shown, page.filters_active) == (39, 2, True)
    assert "お宝 39件のうち <strong>2件</strong>" in pages.render(page)


def test_the_kept_shell_is_the_drawn_one() -> None:
    """Kept on disk for quick starts, drawn by folium whenever anything that decides it changed."""
    from webmap import kept_shell

    shell.cache_clear()
    first = shell()
    assert first == draw_shell()
    kept_shell.KEPT.write_text('{"key": "of another program"}', "utf-8")
    shell.cache_clear()
    assert shell() == first
    shell.cache_clear()
    assert kept_shell._read(kept_shell._key()) == first
