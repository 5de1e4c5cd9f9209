"""From the clerk's files to the reader: what is loaded, what a page says, and to whom."""

from __future__ import annotations

from datetime import date

import pytest
from mobile import market_town
from mobile.conftest import TODAY, MarketTown

from geo.model.audience import Audience, Medium
from geo.model.held_days import DayFacet
from geo.model.map_answer import MapAnswer
from webmap.day_filter import DayFilter, When
from webmap.day_lines import DayLines, day_lines
from webmap.words import Language, words_in

FRI = date(2026, 12, 4)
JAPANESE = words_in(Language.JAPANESE)


def number_of(answer: MapAnswer, name: str) -> int:
    return next(e.number for e in answer.entries if e.name == name)


def facet_of(answer: MapAnswer, name: str) -> DayFacet:
    assert answer.days is not None
    facet = answer.days.of(number_of(answer, name))
    assert facet is not None
    return facet


def days_of(answer: MapAnswer, name: str) -> list[date]:
    return [held.day for held in facet_of(answer, name).days if held.day >= TODAY]


def lines_of(answer: MapAnswer, name: str) -> DayLines:
    lines = day_lines(answer.days, JAPANESE, entries=answer.entries)
    return lines[number_of(answer, name)]


def test_a_stop_says_when_it_comes_and_where_else_on_that_day(town: MarketTown) -> None:
    town.load()
    answer = town.map()
    lines = lines_of(answer, "公民館前")
    assert lines.next_line == "次は 11月27日(金) 10時20分から"
    ((hours, place, title, stops),) = lines.coming
    assert hours == "10:20〜10:50（30分）"
    assert place == "かもめ号・2番目の停留所"
    assert title == "この車のまわり方（11月27日(金)）"
    assert stops == (
        ("西の辻", "9:30〜10:00", ""),
        ("公民館前", "10:20〜10:50", "ここ"),
        ("東の広場", "11:10〜11:40", ""),  # of the other area
    )
    assert [held.end_min for held in facet_of(answer, "公民館前").days][:1] == [650]


def test_the_round_holds_only_who_may_be_seen(town: MarketTown) -> None:
    town.load(stop_rows=market_town.stops(M1={"公開範囲": "支援関係者まで"}))
    ((_, place, _, stops),) = lines_of(town.map(), "公民館前").coming
    assert place == "かもめ号・1番目の停留所"  # a gap would tell of somebody
    assert [name for name, _, _ in stops] == ["公民館前", "東の広場"]
    seen = town.map(audience=Audience.PARTNERS)
    assert [s[0] for s in lines_of(seen, "公民館前").coming[0][3]] == [
        "西の辻",
        "公民館前",
        "東の広場",
    ]


def test_a_coarse_place_tells_no_route(town: MarketTown) -> None:
    town.load(stop_rows=market_town.stops(M2={"地図での示し方": "地区まで"}))
    lines = lines_of(town.map(), "公民館前")
    assert lines.coming == (("10:20〜10:50（30分）", "", "", ()),)
    ((_, _, _, stops),) = lines_of(town.map(), "西の辻").coming
    assert [name for name, _, _ in stops] == ["西の辻", "東の広場"]


def test_a_list_that_does_not_show_the_vehicle_tells_no_route(town: MarketTown) -> None:
    town.load(stop_toml=market_town.STOP_TOML.replace('"車" = "車"\n', ""))
    assert lines_of(town.map(), "公民館前").coming == (("10:20〜10:50（30分）", "", "", ()),)
    town.load(stop_toml=market_town.STOP_TOML.replace('"来る日" = "来る日"\n', ""))
    assert town.map().days is not None
    assert not town.map().days.dated  # type: ignore[union-attr]


def test_changed_days_are_followed_and_said(town: MarketTown) -> None:
    town.load(
        days=[
            ("M1", "2026/11/27", "休み", "", "", "車検"),
            ("M2", "2026/11/27", "移動", "2026/11/28", "13:00〜13:30", ""),
            ("M3", "2026/12/4", "移動", "2027/1/2", "", ""),
            ("M3", "2026/12/6", "追加", "", "10:00〜10:30", ""),
        ]
    )
    west, east = town.map("W"), town.map("E")
    assert date(2026, 11, 27) not in days_of(west, "西の辻")
    assert lines_of(west, "西の辻").news == ("11月27日(金)は休みます（車検）",)
    assert lines_of(west, "西の辻").next_line == "次は 12月4日(金) 9時30分から"
    assert days_of(west, "公民館前")[:2] == [date(2026, 11, 28), FRI]
    moved = lines_of(west, "公民館前")
    assert moved.news == ("11月27日(金)の分は28日(土) 13:00〜13:30に移ります",)
    assert moved.next_line == "次は 11月28日(土) 13時から"
    assert moved.coming[0][0] == "13:00〜13:30（30分）"
    assert lines_of(east, "東の広場").news == (
        "12月4日(金)の分は1月2日(土)に移ります",
        "12月6日(日) 10:00〜10:30にも開きます",
    )
    assert facet_of(west, "公民館前").every == (4,)  # one moved day leaves it 毎週
    assert facet_of(west, "公民館前").some == (5,)


def test_filters_by_day_mean_the_changed_days(town: MarketTown) -> None:
    town.load(days=[("M2", "2026/11/27", "移動", "2026/12/1", "", "")])
    answer = town.map()
    assert answer.days is not None
    stop, other = number_of(answer, "公民館前"), number_of(answer, "西の辻")
    next_week = DayFilter(when=When.NEXT_WEEK).numbers(answer.days)
    assert other in next_week
    assert stop not in next_week
    assert DayFilter(frozenset({1})).numbers(answer.days) == {stop}
    before = DayFilter(frozenset({1}), When.WEEK)
    then = town.map(today=date(2026, 12, 1)).days
    assert then is not None
    assert stop in before.numbers(then)


def test_over_is_over(town: MarketTown) -> None:
    town.load(days=[("M1", "2026/11/20", "休み", "", "", "")])
    assert lines_of(town.map(), "西の辻").news == ()
    before = town.map(today=date(2026, 11, 20))
    lines = day_lines(before.days, JAPANESE, entries=before.entries)
    assert lines[number_of(before, "西の辻")].news == ("11月20日(金)は休みます",)


def test_a_second_load_changes_nothing_and_a_line_is_a_change(town: MarketTown) -> None:
    line = ("M1", "2026/11/27", "休み", "", "", "車検")
    town.load()
    assert town.load().layers["stop"].as_json() == {
        "new": 0, "changed": 0, "unchanged": 3, "ended": 0,
    }  # fmt: skip
    changed = town.load(days=[line])
    assert changed.layers["stop"].changed == ("西の辻",)
    (told,) = [c for c in changed.changes if c.name == "西の辻"]
    assert (told.column, told.before, told.after) == (
        "日にちの変更", None, "2026/11/27 休み（車検）",
    )  # fmt: skip
    assert town.load(days=[line]).layers["stop"].changed == ()
    assert town.load(days=[line]).layers["cafe"].changed == ()
    assert town.load().layers["stop"].changed == ("西の辻",)
    with town.database.owner() as conn:
        from sqlalchemy import text

        kept = conn.execute(
            text("SELECT count(*) FROM town.treasure_version WHERE day_changes IS NOT NULL")
        )
        assert kept.scalar_one() == 1  # history keeps it


def test_the_cafe_is_held_on_the_first_visit_of_the_month(town: MarketTown) -> None:
    town.load()
    answer = town.map()
    assert days_of(answer, "青空喫茶") == [FRI, date(2027, 1, 1)]
    assert lines_of(answer, "青空喫茶").next_line == "次は 12月4日(金) 10時20分から"


def test_the_cafe_moves_when_the_route_moves(town: MarketTown) -> None:
    town.load(stop_rows=market_town.stops(M2={"来る日": "毎週水曜", "到着": "14:00"}))
    assert days_of(town.map(), "青空喫茶") == [date(2026, 12, 2), date(2027, 1, 6)]
    assert lines_of(town.map(), "青空喫茶").next_line == "次は 12月2日(水) 14時から"
    town.load(days=[("M2", "2026/12/4", "移動", "2026/12/5", "", "")])
    answer = town.map()
    assert days_of(answer, "青空喫茶") == [date(2026, 12, 5), date(2027, 1, 1)]
    assert lines_of(answer, "青空喫茶").news == ("12月4日(金)の分は5日(土)に移ります",)
    town.load(days=[("かもめ号", "2026/12/4", "休み", "", "", "雪")])
    assert days_of(town.map(), "青空喫茶") == [date(2027, 1, 1)]
    assert lines_of(town.map(), "青空喫茶").news == ("12月4日(金)は休みます（雪）",)


HIDDEN = {"公開範囲": "担当者だけ"}


@pytest.mark.parametrize("hidden", [HIDDEN, {"公開範囲": "支援関係者まで"}])
def test_a_cafe_beside_a_hidden_stop_does_not_tell_its_days(
    town: MarketTown, hidden: dict[str, str]
) -> None:
    town.load(stop_rows=market_town.stops(M2=hidden))
    answer = town.map()
    assert not facet_of(answer, "青空喫茶").dated
    assert answer.days is not None
    assert answer.days.followed == {}
    assert lines_of(answer, "青空喫茶").next_line == "日にちは、お問い合わせください"
    inside = town.map(audience=Audience.COORDINATOR)
    assert days_of(inside, "青空喫茶") == [FRI, date(2027, 1, 1)]


def test_a_stop_whose_list_hides_its_days_does_not_tell_them_through_the_cafe(
    town: MarketTown,
) -> None:
    town.load(stop_toml=market_town.STOP_TOML.replace('"来る日" = "来る日"\n', ""))
    assert not facet_of(town.map(), "青空喫茶").dated


def test_a_paused_stop_is_followed_by_nobody(town: MarketTown) -> None:
    header = market_town.STOP_HEADER
    try:
        market_town.STOP_HEADER = (*header, "状態")
        town.load(stop_rows=market_town.stops(M2={"状態": "おやすみ中"}))
    finally:
        market_town.STOP_HEADER = header
    assert not facet_of(town.map(), "青空喫茶").dated


def test_on_paper_the_days_are_those_that_may_stand_there(town: MarketTown) -> None:
    town.load()
    paper = town.map(medium=Medium.PRINT)
    assert days_of(paper, "青空喫茶") == [FRI, date(2027, 1, 1)]


def test_a_stop_without_timetable_stays_without_days(town: MarketTown) -> None:
    town.load(stop_rows=market_town.stops(M1={"来る日": ""}))
    answer = town.map()
    assert answer.days is not None
    assert answer.days.of(number_of(answer, "西の辻")) is None
    assert answer.days.unsaid == 1
