"""The page of hand-made coverage: what stands on it, what never does, and what its address means."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from coverage_pages import hand_made
from coverage_pages.hand_made import SAMPLE, answer_of, area_coverage, figure, gaps_of, weekday
from front.sample import HOSTILE, town_answer

from geo.model.audience import Audience
from geo.model.coverage_answer import Figure
from geo.model.coverage_question import CoverageQuestion
from geo.model.people import PeopleBand
from webmap.coverage.coverage_asked import CoverageAsked
from webmap.coverage.coverage_page import CoveragePage, coverage_page
from webmap.coverage.gap_cards import metres_said
from webmap.coverage.level_page import coverage_level_page
from webmap.coverage.reach_data import days_in_some_weeks, reach_as_json
from webmap.coverage.weekday_bar import pieces
from webmap.pages import level_page, map_page, overview_page, render
from webmap.showing import Language, Showing
from webmap.words import words_in

RANKING = ("ランキング", "順位", "ワースト", "最下位", "位）", "人数の多い順")


def made(audience: Audience = Audience.PUBLIC, **asked: object) -> CoveragePage:
    gaps = gaps_of(answer_of(audience=audience))
    return coverage_page(gaps, SAMPLE, CoverageAsked(**asked), served=audience)  # type: ignore[arg-type]


def test_the_bar_tells_every_day_in_numbers_or_words() -> None:
    lines = {line.label: (line.figure, line.more, line.every, line.some) for line in made().days}
    assert lines == {
        "月曜": ("355人", "", 301, 301),
        "火曜": ("413人", "", 350, 350),
        "水曜": ("毎週の場は、まだ", "月に何回かの場もいれると 124人", 0, 105),
        "木曜": ("198人", "月に何回かの場もいれると 267人", 168, 226),
        "金曜": ("まだ見つかっていません", "", 0, 0),
        "土曜": ("数は出しません", "", 0, 0),
        "日曜": ("10分以内には、まだ", "", 0, 0),
        "どの曜日でも": ("767人", "", 650, 650),
    }


def test_the_page_begins_with_the_day_of_which_there_is_most_to_tell() -> None:
    assert made().chosen.label == "火曜"
    assert made(weekday=4).chosen.label == "金曜"
    nothing = area_coverage(
        figure=figure(1180, (0, 0, 0)),
        weekdays=tuple(weekday(day, 0, seen=False) for day in range(7)),
    )
    page = coverage_page(gaps_of(answer_of(nothing)), SAMPLE)
    assert page.chosen.label == "どの曜日でも"


def test_a_day_is_a_link_that_keeps_what_was_asked() -> None:
    page = made(minutes=15, layers=("gather",), showing=Showing(language=Language.ENGLISH))
    assert page.days[1].url == (
        "/coverage/99999/jhs/J0?weekday=%E7%81%AB&minutes=15&layer=gather&lang=en"
    )
    assert page.data_url == "/coverage/99999/jhs/J0.map.json?layer=gather"
    assert page.downloads[0].url == "/coverage/99999/jhs/J0.csv?minutes=15&layer=gather"


def test_the_first_screen_says_the_sentence_the_gap_and_the_method() -> None:
    html = render(made())
    _, _, text = html.replace("<b>", "").replace("</b>", "").partition('data-cov-say="1">')
    sentence = (
        "火曜日は、75歳以上1,180人のうち約410人の家から、歩いて10分以内に通える場があります。"
    )
    missing = "金曜日の場は、まだ見つかっていません。ご存じでしたら教えてください。"
    method = "道のりから計算した目安で、実際に通う人数ではありません。"
    assert 0 < text.index(sentence) < text.index(missing) < text.index(method)
    assert html.index(method) < html.index("cov-days")
    assert html.count("data-cov-say=") == 8
    assert "style=" not in html


def test_the_table_says_zero_hidden_and_assumed_in_words() -> None:
    rows = {row.who: row for row in made().table.rows}
    assert [cell.text for cell in rows["75歳以上"].covered] == ["302", "767", "1,004"]
    assert [cell.text for cell in rows["85歳以上"].covered] == ["まだ0人", "231", "出しません"]
    assert rows["85歳以上"].assumed == "住民の6%と仮定"
    assert rows["85歳以上"].unknown.text == "―"
    assert rows["75歳以上"].asked
    assert "「出しません」は、10人に満たない人数がわかるため、" in render(made())


def test_unknown_people_are_said_to_be_unknown() -> None:
    nobody_knows = Figure(None, None, {5: None, 10: None, 15: None}, is_counted=False)
    page = coverage_page(gaps_of(answer_of(area_coverage(figure=nobody_knows, bands={}))), SAMPLE)
    assert [cell.text for cell in page.table.rows[0].covered] == ["わかりません"] * 3
    assert page.days[0].figure == "見つかっています"
    assert page.open_days == ()


def test_for_everybody_there_is_no_order_no_ranking_and_no_unvisited_block() -> None:
    html = render(made())
    assert [word for word in RANKING if word in html] == []
    assert "北から順にならべています。" in html
    assert "まだ訪ねていない町丁" not in html
    assert "<ol" not in html
    assert "映してよい範囲" not in html


def test_for_the_coordinator_gaps_have_an_order_and_blocks_are_named() -> None:
    html = render(made(Audience.COORDINATOR))
    assert "人数の多い順です。" in html
    assert '<ol class="cov-gap-list">' in html
    assert "まだ訪ねていない町丁" in html
    assert "山手町1丁目" in html
    assert 'href="/coverage/99999/jhs/J0?as=public"' in html  # 住民からの見え方


def test_gaps_are_said_plainly() -> None:
    cards = made().gaps.cards
    assert (cards[0].people, cards[0].streets) == ("75歳以上 約140人", "道の長さ 約420m")
    assert [card.names for card in cards] == [("東町3丁目", "東町4丁目"), ()]
    small = made().gaps.small  # 1 to 9 people, and nobody
    assert [card.people for card in small] == ["", ""]
    assert small[0].nearest_far == "道のり 約1.3km"
    assert (small[1].nearest, small[1].nearest_far) == (None, "")
    assert made().small_title == "75歳以上の方が10人に満たない所（2か所）"
    japanese = words_in(Language.JAPANESE)
    assert [metres_said(m, japanese) for m in (3, 994, 1049)] == ["約10m", "約990m", "約1.0km"]


def test_nothing_left_to_find_is_said_too() -> None:
    page = coverage_page(replace(gaps_of(), gaps=()), SAMPLE)
    assert page.gaps_lead == "歩いて10分以内に場のない道は、ありません。"


def test_who_may_be_fetched() -> None:
    def said(number: int | None) -> str:
        return coverage_page(
            gaps_of(answer_of(area_coverage(by_transport=number))), SAMPLE
        ).transport

    assert said(0) == ""
    assert said(118) == (
        "送迎のある場もあります。歩いて10分以内に場のない75歳以上の方のうち118人は、"
        "その地区にお住まいです。"
    )
    assert "数は出しません" in said(None)


@pytest.mark.parametrize(
    ("args", "asked"),
    [
        ({}, CoverageAsked()),
        ({"weekday": "火", "people": "75"}, CoverageAsked(1, band=PeopleBand.FROM_75)),
        ({"minutes": "15"}, CoverageAsked(minutes=15)),
        ({"metres": "500", "minutes": "15"}, CoverageAsked(metres=500)),
        # Words no page of ours writes mean nothing.
        ({"metres": "99999", "minutes": "1e9", "people": "66", "weekday": "x"}, CoverageAsked()),
        ({"minutes": "-5", "as": "root"}, CoverageAsked()),
        ({"minutes": "１５"}, CoverageAsked()),
    ],
)
def test_the_words_of_an_address(args: dict[str, str], asked: CoverageAsked) -> None:
    assert CoverageAsked.from_args(args) == asked


def test_a_page_asks_for_any_day_and_a_file_for_the_day() -> None:
    asked = CoverageAsked(weekday=1, metres=500)
    assert asked.question("jhs", "J0") == CoverageQuestion(
        level="jhs", code="J0", limits_m=(300, 500, 800), sentence_limit=500
    )
    assert asked.question_of_day("jhs", "J0").weekday == 1


def test_nobody_sees_more_than_is_served() -> None:
    asked = CoverageAsked.from_args({"as": "coordinator"})
    assert asked.audience(Audience.PUBLIC) is Audience.PUBLIC
    assert CoverageAsked().audience(Audience.COORDINATOR) is Audience.COORDINATOR
    assert CoverageAsked.from_args({"as": "public"}).audience(Audience.COUNCIL) is Audience.PUBLIC


def test_numbers_of_a_sentence_are_not_torn_apart() -> None:
    text = "火曜日は、75歳以上1,180人のうち約410人の家から、歩いて10分以内に通える場があります。"
    assert [one for one, whole in pieces(text) if whole] == [
        "75歳以上",
        "1,180人",
        "約410人",
        "10分以内",
    ]
    assert "".join(one for one, _ in pieces(text)) == text


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.COORDINATOR])
def test_hostile_names_are_text(audience: Audience) -> None:
    area = replace(SAMPLE.area, name=HOSTILE[2], kana=HOSTILE[3], contact=HOSTILE[4])
    answer = answer_of(area_coverage(area), audience=audience)
    hostile = replace(
        gaps_of(answer),
        gaps=tuple(hand_made.gap(20, name, at=i, nearest=name) for i, name in enumerate(HOSTILE)),
        unvisited=HOSTILE,
    )
    for asked in (CoverageAsked(), CoverageAsked(showing=Showing(large=True))):
        html = render(coverage_page(hostile, SAMPLE, asked, served=audience))
        assert "<img" not in html
        assert "</script><script>" not in html


def test_the_list_of_a_level_keeps_its_own_order() -> None:
    few = replace(SAMPLE.area, code="J1", name="西中学校区")
    answer = answer_of(
        area_coverage(few, figure=figure(None, (None, None, None), None)),  # type: ignore[arg-type]
        area_coverage(),
    )
    page = coverage_level_page(answer, town_answer(level="jhs"))
    assert [(line.name, line.people.text, line.covered.text) for line in page.lines] == [
        ("西中学校区", "出しません", "出しません"),
        ("東中学校区", "1,180", "767"),
    ]
    assert page.lines[0].weekdays == "月・火・水・木・土・日"
    assert page.lines[1].url == "/coverage/99999/jhs/J0"
    assert [word for word in RANKING if word in render(page)] == []


def test_the_data_of_the_map() -> None:
    """Lines are steps of a hundred-thousandth of a degree from the corner; a flag per spot."""
    value = reach_as_json(hand_made.streets(), SAMPLE, answer_of(), hand_made.streets(12))
    reach = value["reach"]
    west, south = reach["origin"]
    first = hand_made.streets().lines[0]
    steps = reach["lines"][0]
    assert [west + steps[0], south + steps[1]] == [round(1e5 * one) for one in first[:2]]
    assert [west + steps[0] + steps[2]] == [round(1e5 * first[2])]
    # Wednesday has something in some weeks only: its shades are of the other map.
    assert days_in_some_weeks(answer_of()) == {"2"}
    assert set(reach["shades"]) == {"any", "0", "1", "3", "4", "5", "6"}
    assert set(value["reach_some"]["shades"]) == {"2"}
    numbers = {entry["number"] for entry in value["entries"]}
    assert set(value["held"]["any"]) == numbers
    assert {n for flag in value["flags"] for n in flag["numbers"]} == numbers
    assert value["sub_areas"] == []
    assert value["neighbours"][0]["href"] == "/coverage/99999/jhs/J1"
    assert msgspec.json.encode(value)


def test_the_area_page_leads_there_only_where_there_is_an_answer() -> None:
    assert map_page(SAMPLE).coverage_url is None
    assert "/coverage/" not in render(map_page(SAMPLE))
    page = map_page(replace(SAMPLE, has_coverage=True), showing=Showing(large=True))
    assert page.coverage_url == "/coverage/99999/jhs/J0?large=1"
    offline = map_page(replace(SAMPLE, has_coverage=True), offline=True)
    assert offline.coverage_url is None
    town = replace(town_answer(level="jhs"), has_coverage=True)
    assert level_page(town).coverage_url == "/coverage/99999/jhs/"
    assert level_page(town, offline=True).coverage_url is None
    assert overview_page(replace(town, level=None)).coverage_url is None
