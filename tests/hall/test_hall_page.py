"""What the hall's page holds: words, order, whose eyes; and what it must never hold."""

from __future__ import annotations

import dataclasses
import json
import re

import msgspec
import pytest
from hall.hall_answers import LONG_NAME, TELEPHONE, few, many, members, none, unplaced

from geo.model.audience import Audience, Newcomers
from webmap import pages
from webmap.hall import hall_page
from webmap.hall.hall_card import Phrase, fee_of, phrases, terms_of
from webmap.hall.wall_color import wall_color
from webmap.marks import white_contrast
from webmap.offline import offline_map
from webmap.offline.sealing import unseal
from webmap.pages import render
from webmap.showing import Mode, Showing, TourOrder
from webmap.words import Language, words_in

JAPANESE = words_in(Language.JAPANESE)


def shown(**more: object) -> Showing:
    return Showing(mode=Mode.HALL, **more)  # type: ignore[arg-type]


def test_many() -> None:
    answer = many()
    page = hall_page(answer, shown(), members=members(answer))
    assert (page.heading, page.total, page.on_map) == ("東中学校区", 39, 36)
    assert page.as_of == "2026年3月31日現在"
    assert [card.number for card in page.cards] == list(range(1, 37))
    assert [card.number for card in page.unplaced] == [37, 38, 39]
    assert [(kind.title, kind.count) for kind in page.kinds] == [
        (layer.title, layer.count) for layer in answer.layers
    ]
    assert page.script_data["start"] == "number"
    assert list(page.script_data["tours"]) == ["number", "area", "weekday"]
    assert [choice.label for choice in page.orders] == ["番号の順", "地区の順", "曜日の順"]
    assert page.orders[2].url == "/99999/jhs/J0?mode=hall&order=weekday"
    assert page.leave_url == "/99999/jhs/J0"
    assert page.audiences == ()
    assert page.seen_as is None
    tuesday = page.script_data["tours"]["weekday"][0]
    assert (tuesday["heading"], tuesday["isName"], tuesday["numbers"][:3]) == (
        "火曜日",
        False,
        [1, 3, 5],
    )
    areas = page.script_data["tours"]["area"]
    assert [part["heading"] for part in areas] == ["東小学校区", "西小学校区", "そのほかの場所"]


def test_one_card_says_few_words() -> None:
    card = hall_page(few(), shown()).cards[0]
    assert card.number == 1
    assert card.layer_title == "通いの場"
    assert card.schedule == (
        Phrase("毎週火曜日", True, gap=True),
        Phrase("10時〜", True, gap=False),
        Phrase("11時30分", True, gap=False),
    )
    assert card.venue == (Phrase("東町1丁目公会堂", True, gap=False),)
    assert [term.text for term in card.terms] == ["どなたでも", "・100円"]
    assert not card.approximate
    assert card.beside is None


def test_what_a_card_says_of_its_place_and_its_state() -> None:
    paused, near = hall_page(few(), shown()).cards[1:]
    assert (paused.number, paused.status_label, paused.approximate) == (4, "おやすみ中", False)
    assert (near.number, near.status_label, near.approximate) == (10, None, True)
    assert near.name == LONG_NAME


def test_a_shared_hall_names_the_others() -> None:
    cards = {card.number: card for card in hall_page(many(), shown()).cards}
    assert cards[30].beside == "31番"
    assert cards[32].beside == "33番・34番・35番・36番"
    answer = many()
    flags = tuple(
        msgspec.structs.replace(flag, numbers=tuple(range(1, 10)) if i == 0 else flag.numbers)
        for i, flag in enumerate(answer.flags)
    )
    first = hall_page(dataclasses.replace(answer, flags=flags), shown()).cards[0]
    assert (first.beside, first.beside_more) == ("2番・3番・4番・5番・6番・7番", 2)


@pytest.mark.parametrize(
    ("order", "start"),
    [(TourOrder.AREA, "area"), (TourOrder.WEEKDAY, "weekday"), (TourOrder.NUMBER, "number")],
)
def test_the_url_decides_where_the_tour_begins(order: TourOrder, start: str) -> None:
    answer = many()
    page = hall_page(answer, shown(order=order), members=members(answer))
    assert page.script_data["start"] == start
    assert [choice.value for choice in page.orders if choice.current] == [start]
    steps = [n for part in page.script_data["tours"][start] for n in part["numbers"]]
    assert [card.number for card in page.cards] == steps


def test_an_order_that_this_area_has_not_is_by_number() -> None:
    page = hall_page(many(), shown(order=TourOrder.AREA))
    assert page.script_data["start"] == "number"
    assert "area" not in page.script_data["tours"]


def test_a_list_of_marks() -> None:
    page = hall_page(many(), shown(marks=("5", "38", "通1", "777", "サ3")))
    assert page.script_data["start"] == "chosen"
    assert page.script_data["tours"] == {
        "chosen": [{"heading": None, "isName": False, "numbers": [5, 1, 3]}]
    }
    assert (page.picked, page.missing, page.asked_marks) == (4, 1, "5、38、通1、777、サ3")
    assert [card.number for card in page.cards][:4] == [5, 1, 3, 2]  # flags stay pressable
    assert [card.number for card in page.unplaced] == [38]
    html = render(page)
    assert "きょうは、このうち4か所を紹介します。" in html
    assert "えらんだ番号のうち 1件は、この画面には見つかりませんでした。" in html


def test_a_list_of_which_nothing_is_here_shows_everything_and_says_so() -> None:
    page = hall_page(many(), shown(marks=("777", "888")))
    assert (page.script_data["start"], page.picked, page.missing) == ("number", None, 2)
    assert len(page.cards) == 36


def test_an_area_without_any_treasure_asks() -> None:
    page = hall_page(none(), shown())
    assert (page.total, page.cards, page.unplaced) == (0, (), ())
    html = render(page)
    assert "まだ見つかっていません。" in html
    assert "ご存じのものがありましたら、ぜひ教えてください。" in html
    assert "0か所" not in html
    assert 'data-hall-card="rest"' not in html


def test_without_a_place_everything_stands_in_the_last_list() -> None:
    page = hall_page(unplaced(), shown())
    assert (page.on_map, len(page.unplaced), page.has_map) == (0, 39, False)
    assert page.map_html is None
    assert page.map_data is None
    assert not any(url.startswith("/map.js") for url in page.frame.scripts)


def test_whose_eyes_is_a_choice_of_inner_screens_only() -> None:
    inner = hall_page(
        many(Audience.COUNCIL),
        shown(seen_as=Audience.COUNCIL),
        served=Audience.PARTNERS,
    )
    assert inner.seen_as == "協議体まで"
    assert [(c.label, c.url, c.current) for c in inner.audiences] == [
        ("だれでも", "/99999/jhs/J0?mode=hall", False),
        ("協議体まで", "/99999/jhs/J0?mode=hall&as=council", True),
        ("支援関係者まで", "/99999/jhs/J0?mode=hall&as=partners", False),
    ]
    assert "協議体までの内容を映しています" in render(inner)
    public = hall_page(many(), shown(), served=Audience.PARTNERS)
    assert [c.current for c in public.audiences] == [True, False, False]
    assert "の内容を映しています" not in render(public)


def test_nobody_to_call_stands_on_a_wall() -> None:
    answer = many()
    html = render(hall_page(answer, shown()))
    assert TELEPHONE not in html
    assert answer.area.contact is not None
    assert answer.area.contact not in html
    assert answer.town.contact is not None
    assert answer.town.contact not in html


def test_the_map_inside_holds_what_the_map_needs() -> None:
    answer = many()
    page = hall_page(answer, shown())
    assert page.map_data is not None
    assert set(page.map_data["entries"][0]) == {
        *("number", "mark", "layer", "name", "status", "flag")
    }
    assert all(area["href"] is None for area in page.map_data["neighbours"])
    assert page.script_data["postUrl"] == "/stickers"
    json.dumps(page.script_data)


def test_in_a_file_nothing_has_an_address() -> None:
    answer = many()
    page = hall_page(answer, members=members(answer), offline=True)
    assert page.map_data is None
    assert page.map_html is None
    assert page.leave_url is None
    assert page.page_url is None
    assert [choice.url for choice in page.orders] == [None, None, None]
    assert page.script_data["postUrl"] is None
    assert page.script_data["leave"] is None
    assert page.frame.scripts == page.frame.styles == ()


def test_a_file_above_everybody_holds_no_hall() -> None:
    inner = pages.map_page(many(Audience.COUNCIL), offline=True)
    assert inner.hall is None
    words = "三つの言葉をつなぐ"
    sealed = offline_map(many(Audience.COUNCIL), passphrase=words).content.decode()
    found = re.search(r'<script type="application/json" id="sealed">(.*?)</script>', sealed)
    assert found
    inside = unseal(found[1], words)
    for trace in (b'id="hall-data"', b'class="hall', b"data-open-hall hidden"):
        assert trace not in inside
        assert trace in offline_map(many()).content


@pytest.mark.parametrize(
    ("fee", "said"),
    [
        ("100", "100円"),
        ("１，０００", "1,000円"),
        ("なし", "無料"),
        ("0円", "無料"),
        ("100円（お茶代）", "100円（お茶代）"),
        ("実費", "実費"),
        (" ", None),
        (None, None),
    ],
)
def test_a_fee_stands_alone(fee: str | None, said: str | None) -> None:
    assert fee_of(fee, JAPANESE) == said


def test_who_may_come_is_said_once() -> None:
    entry = msgspec.structs.replace(many().entries[0], fee=None)

    def terms(who: str | None, newcomers: Newcomers | None) -> tuple[str, ...]:
        given = msgspec.structs.replace(entry, for_whom=who, newcomers=newcomers)
        return terms_of(given, JAPANESE)

    assert terms("どなたでも", Newcomers.ANYONE) == ("どなたでも",)
    assert terms(None, Newcomers.MEMBERS_ONLY) == ("会員のみ",)
    assert terms("65歳以上", Newcomers.ASK_FIRST) == ("65歳以上", "はじめての方は声をかけてから")
    assert terms("どなたでも（犬も一緒に）", Newcomers.ANYONE) == ("どなたでも（犬も一緒に）",)
    assert terms(None, None) == ()


def test_a_text_breaks_where_one_breathes() -> None:
    pieces = phrases("第2木曜日　10時から12時（8月は休み、\n雨天中止）")
    assert [(one.text, one.gap) for one in pieces] == [
        ("第2木曜日", True),
        ("10時から", False),
        ("12時", False),
        ("（8月は休み、", True),
        ("雨天中止）", False),
    ]
    assert [one.whole for one in phrases("あ" * 14 + "、" + "い" * 20)] == [False, False]
    assert phrases(None) == phrases("  ") == ()


def test_flags_are_dark_whatever_a_manifest_says() -> None:
    for color in ("#f2b705", "#ffffff", "#b8570a", "no colour"):
        assert white_contrast(wall_color(color)) >= 7
    assert wall_color("#123456") == "#123456"
