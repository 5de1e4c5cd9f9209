"""Every sentence a council may hear, word for word: a few, all, nobody, nobody knows, not told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coverage_pages import hand_made
from coverage_pages.hand_made import METHOD, answer_of, area_coverage, figure, weekday

from geo.model.coverage_answer import Figure
from geo.model.people import PeopleBand
from webmap.coverage.coverage_words import CoverageWords, Told, about, told_by_day
from webmap.coverage.method_words import method_lines
from webmap.words import Language, words_in

JAPANESE = words_in(Language.JAPANESE)
WORDS = CoverageWords(JAPANESE, PeopleBand.FROM_75, 10, in_metres=False)
TUESDAY = 1
ASK = "ご存じでしたら教えてください。"
HIDDEN = "10人に満たない人数がわかるため、数は出しません。"


def told(covered: int | None, some: int | None = -1, *, seen: bool = True) -> Told:
    return Told(covered, covered if some == -1 else some, seen, TUESDAY)


def people(number: int | None, unknown: int | None = 0) -> Figure:
    return Figure(number, unknown, {10: None})


@pytest.mark.parametrize(
    ("figure", "day", "sentence"),
    [
        # few, many
        (
            people(1180),
            told(413),
            "火曜日は、75歳以上1,180人のうち約410人の家から、歩いて10分以内に通える場があります。",
        ),
        (
            people(1180),
            told(12),
            "火曜日は、75歳以上1,180人のうち約12人の家から、歩いて10分以内に通える場があります。",
        ),
        # all but ten: the tens would say everybody
        (
            people(1180),
            told(1176),
            "火曜日は、75歳以上1,180人のうち約1,176人の家から、歩いて10分以内に通える場があります。",
        ),
        # everybody
        (
            people(1180),
            told(1180),
            "火曜日は、75歳以上1,180人みなさんの家から、歩いて10分以内に通える場があります。",
        ),
        # everybody of whom the walk is known
        (
            people(1180, 86),
            told(1094),
            "火曜日は、75歳以上1,180人のうち、歩く道のわかる1,094人みなさんの家から、"
            "歩いて10分以内に通える場があります。",
        ),
        # one, or all but one: it is not told
        (
            people(1180),
            told(None),
            f"火曜日は、歩いて10分以内に通える場のある家があります。{HIDDEN}",
        ),
        # nobody, and there is a place farther away
        (
            people(1180),
            told(0),
            f"火曜日に、歩いて10分以内に通える場は、まだ見つかっていません。{ASK}",
        ),
        # no places that day
        (people(1180), told(0, seen=False), f"火曜日の場は、まだ見つかっていません。{ASK}"),
        # in some weeks only
        (
            people(1180),
            told(0, 124),
            "火曜日は、毎週ではありませんが、開かれる場があります。"
            "開かれる日には、75歳以上1,180人のうち約120人の家から、歩いて10分以内に通えます。",
        ),
        (
            people(1180),
            told(0, None),
            "火曜日は、毎週ではありませんが、開かれる場があります。"
            f"開かれる日には、歩いて10分以内に通える場のある家があります。{HIDDEN}",
        ),
        # nobody lives there
        (
            people(0),
            told(0),
            "この地区には、75歳以上の方は、もとの統計ではお住まいではありません。",
        ),
        # too few live there
        (
            people(None, None),
            told(None),
            "火曜日は、この地区から通える場が見つかっています。"
            "この地区の75歳以上の人数は、10人に満たないため、数は出しません。",
        ),
        (
            people(None, None),
            told(None, seen=False),
            f"火曜日の場は、まだ見つかっていません。{ASK}"
            "この地区の75歳以上の人数は、10人に満たないため、数は出しません。",
        ),
        # no streets lead to their homes
        (
            people(1180, 1180),
            told(0),
            "75歳以上1,180人の家から場まで、歩いて何分かかるかは、まだわかりません。"
            "家が、地図にある道から遠いためです。",
        ),
    ],
)
def test_the_sentence_of_a_day(figure: Figure, day: Told, sentence: str) -> None:
    assert WORDS.opening(figure, day) == sentence


@pytest.mark.parametrize(
    ("figure", "covered", "seen", "sentence"),
    [
        (
            people(1180),
            767,
            True,
            "75歳以上1,180人のうち約770人の家から、歩いて10分以内に通える場があります。",
        ),
        (people(1180), None, True, f"歩いて10分以内に通える場のある家があります。{HIDDEN}"),
        (people(1180), 0, True, f"歩いて10分以内に通える場は、まだ見つかっていません。{ASK}"),
        (people(1180), 0, False, f"歩いて通える場は、まだ見つかっていません。{ASK}"),
    ],
)
def test_the_sentence_of_any_day(
    figure: Figure, covered: int | None, seen: bool, sentence: str
) -> None:
    assert WORDS.opening(figure, Told(covered, covered, seen)) == sentence


def test_where_the_census_does_not_say_how_many_there_are() -> None:
    nobody_knows = replace(people(None, None), is_counted=False)
    assert WORDS.opening(nobody_knows, told(None)) == (
        "火曜日は、この地区から通える場が見つかっています。"
        "この地区の75歳以上の人数は、まだわかっていません。"
    )


def test_a_place_of_the_area_is_known_though_nobody_lives_near_it() -> None:
    """A hall on the hill, open on Fridays, with no home within ten minutes of it."""
    friday = replace(weekday(4, 0, seen=False), places=1, places_some=1)
    by_day = told_by_day(area_coverage(weekdays=(friday,)), 10)
    assert WORDS.opening(people(1180), by_day["4"]) == (
        f"金曜日に、歩いて10分以内に通える場は、まだ見つかっていません。{ASK}"
    )
    assert WORDS.missing(by_day, "any") == ""


def test_metres_and_other_people() -> None:
    words = CoverageWords(JAPANESE, PeopleBand.EVERYBODY, 500, in_metres=True)
    assert words.opening(people(6423), told(1580)) == (
        "火曜日は、住民6,423人のうち約1,580人の家から、歩いて500m以内に通える場があります。"
    )


@pytest.mark.parametrize(
    ("unseen", "key", "sentence"),
    [
        ((), "1", ""),
        ((4,), "1", f"金曜日の場は、まだ見つかっていません。{ASK}"),
        ((2, 4, 6), "1", f"水曜日・金曜日・日曜日の場は、まだ見つかっていません。{ASK}"),
        ((4,), "any", f"金曜日の場は、まだ見つかっていません。{ASK}"),
        # The day that is chosen has said so itself.
        ((4,), "4", ""),
        ((4, 6), "4", "ほかに、日曜日の場も、まだです。"),
        (tuple(range(7)), "any", f"何曜日に開かれるかわかる場は、まだ見つかっていません。{ASK}"),
        (tuple(range(7)), "3", ""),
    ],
)
def test_the_second_sentence(unseen: tuple[int, ...], key: str, sentence: str) -> None:
    days = tuple(weekday(d, 0 if d in unseen else 355, seen=d not in unseen) for d in range(7))
    by_day = told_by_day(area_coverage(weekdays=days), 10)
    assert WORDS.missing(by_day, key) == sentence


def test_where_nothing_is_known_at_all_one_sentence_says_it() -> None:
    days = tuple(weekday(day, 0, seen=False) for day in range(7))
    nothing = area_coverage(weekdays=days, figure=figure(1180, (0, 0, 0)), places=0)
    by_day = told_by_day(nothing, 10)
    assert WORDS.opening(nothing.figure, by_day["any"]) == (
        f"歩いて通える場は、まだ見つかっていません。{ASK}"
    )
    assert {WORDS.missing(by_day, key) for key in by_day} == {""}


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        (people(1180, 0), ""),
        (people(0, 0), ""),
        (people(None, None), ""),
        (people(1180, 1180), ""),  # the first sentence says it
        (
            people(1180, 186),
            "家が地図の道から遠く、歩いて何分かかるかわからない方がいます。"
            "約190人で、上の数には入れていません。",
        ),
        (
            people(1180, None),
            f"家が地図の道から遠く、歩いて何分かかるかわからない方がいます。{HIDDEN}",
        ),
    ],
)
def test_who_is_in_no_figure(figure: Figure, sentence: str) -> None:
    assert WORDS.unknown(figure) == sentence


@pytest.mark.parametrize(
    ("number", "below", "said"),
    [
        (99, 1000, "99"),
        (104, 1000, "100"),
        (105, 1000, "100"),
        (413, 1180, "410"),
        (1176, 1180, "1,176"),
        (1174, 1180, "1,170"),
    ],
)
def test_about(number: int, below: int, said: str) -> None:
    assert about(number, below) == said


def test_the_method_is_always_there_with_everything_that_was_assumed() -> None:
    answer = answer_of(area_coverage(cells_unknown=3), cells_unknown=5)
    words = CoverageWords.of(answer, JAPANESE)
    assert method_lines(answer, answer.areas[0], words) == (
        "道のりから計算した目安で、実際に通う人数ではありません。",
        "歩く速さは、1分に50mとしました。",
        "坂道は、平らな道より時間がかかるものとしました。",
        "標高のわからない道46本は、平らとしました。",
        "階段は、平らな道の2倍の時間がかかるものとしました。",
        "地図の道から300mより遠い家や場は、歩く時間がわからないので、数に入れていません。",
        "道は「道と地図」（2026年4月1日現在）です。",
        "人数は「国勢調査 小地域集計」（2020年10月1日現在）で、"
        "それぞれの区画の中の道にそって割りふりました。",
        "85歳以上の人数は数えたものではなく、住民の6%と仮定したものです。",
        "もとの統計に人数のない区画が3あり、その人数はわからないままにしています。",
        "10人に満たない人数と、それがわかってしまう数は、出していません。",
        "数えた場は、通いの場、移動販売、サロンです。",
        "月に1回より少ないものは、数えていません。",
        "「毎週」は、11月16日〜1月17日のどの週にも開かれることです。",
        "会員の方だけの場（2か所）は、その地区の方が通える場としました。",
        "地図にのせていないもの（3件）は、数に入れていません。",
        "地図の道から遠い場（1か所）は、数に入れていません。",
    )


def test_the_method_of_metres_and_of_a_town_without_heights() -> None:
    flat = answer_of(method=replace(METHOD, uses_slope=False, steps_factor=1.0))
    lines = method_lines(flat, None, CoverageWords.of(flat, JAPANESE))
    assert "坂道も、平らな道と同じとしました。" in lines
    assert not any("階段" in line or "標高" in line for line in lines)
    metres = answer_of(method=replace(METHOD, in_metres=True, limits=(300, 500, 800)), limit=500)
    lines = method_lines(metres, None, CoverageWords.of(metres, JAPANESE))
    assert lines[1] == "道のりの長さで数えました。坂道や階段でも、同じ長さは同じとしました。"


def test_english_begins_its_sentences_as_english_does() -> None:
    words = replace(WORDS, words=words_in(Language.ENGLISH))
    assert words.opening(people(1180), told(413)) == (
        "On Tuesdays, about 410 of the 1,180 people aged 75 or over have a place within a"
        " 10 minute walk of their home."
    )
    assert words.opening(people(1180), Told(767, 767, True)).startswith("About 770 of")
    assert words.opening(people(1180), told(0, seen=False)) == (
        "No place has been found yet for Tuesday. If you know of one, please tell us."
    )
    assert hand_made.TODAY.year == 2026
