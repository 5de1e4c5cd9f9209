"""How the figures were made, in sentences: no figure is shown without them."""

from __future__ import annotations

from collections.abc import Iterator

from geo.model.coverage_answer import AreaCoverage, CoverageAnswer
from geo.model.people import BANDS
from webmap.coverage.coverage_words import CoverageWords, percent_said, thousands
from webmap.day_words import DayWords


def method_lines(
    answer: CoverageAnswer, area: AreaCoverage | None, words: CoverageWords
) -> tuple[str, ...]:
    """The method's own sentence, then its details.

    Parameters
    ----------
    answer : CoverageAnswer
    area : AreaCoverage, optional
        Where the page is of one.
    words : CoverageWords
    """
    return (
        words.words.say(answer.method.sentence_ja),
        *_walking(answer, words),
        *_people(answer, words),
        *_places(answer, area, words),
    )


def credit_lines(answer: CoverageAnswer) -> tuple[str, ...]:
    """Whose people and whose streets these are."""
    return answer.method.people_credit, answer.method.streets_credit


def _walking(answer: CoverageAnswer, words: CoverageWords) -> Iterator[str]:
    method, say = answer.method, words.words.say
    if not method.in_metres:
        yield say("歩く速さは、1分に%(metres)smとしました。", metres=method.speed_m_per_min)
        if method.uses_slope:
            yield say("坂道は、平らな道より時間がかかるものとしました。")
            if method.edges_without_slope:
                yield words.words.say_count(
                    "標高のわからない道%(count)s本は、平らとしました。", method.edges_without_slope
                )
        else:
            yield say("坂道も、平らな道と同じとしました。")
        if method.steps_factor != 1:
            yield say(
                "階段は、平らな道の%(times)s倍の時間がかかるものとしました。",
                times=f"{method.steps_factor:g}",
            )
    else:
        yield say("道のりの長さで数えました。坂道や階段でも、同じ長さは同じとしました。")
    yield say(
        "地図の道から%(metres)smより遠い家や場は、歩く時間がわからないので、数に入れていません。",
        metres=thousands(method.attach_limit_m),
    )
    yield say(
        "道は「%(title)s」（%(day)s現在）です。",
        title=method.streets_title,
        day=words.words.say_day(method.streets_as_of),
    )


def _people(answer: CoverageAnswer, words: CoverageWords) -> Iterator[str]:
    method, say = answer.method, words.words.say
    yield say(
        "人数は「%(title)s」（%(day)s現在）で、それぞれの区画の中の道にそって割りふりました。",
        title=method.people_title,
        day=words.words.say_day(method.people_as_of),
    )
    for band in BANDS:
        if band in method.assumed_shares:
            yield say(
                "%(who)sの人数は数えたものではなく、住民の%(share)sと仮定したものです。",
                who=words.who_of(band),
                share=percent_said(method.assumed_shares[band]),
            )
    if answer.cells_unknown:
        yield words.words.say_count(
            "もとの統計に人数のない区画が%(count)sあり、その人数はわからないままにしています。",
            answer.cells_unknown,
        )
    yield say("10人に満たない人数と、それがわかってしまう数は、出していません。")


def _places(
    answer: CoverageAnswer, area: AreaCoverage | None, words: CoverageWords
) -> Iterator[str]:
    say = words.words.say
    titles = say("、").join(layer.title for layer in answer.layers)
    if titles:
        yield say("数えた場は、%(layers)sです。", layers=titles)
    if answer.question.monthly_or_more:
        yield say("月に1回より少ないものは、数えていません。")
    yield say(
        "「毎週」は、%(days)sのどの週にも開かれることです。",
        days=DayWords(words.words, answer.period).span(answer.period.first, answer.period.last),
    )
    if area is not None and area.members_only:
        yield words.words.say_count(
            "会員の方だけの場（%(count)sか所）は、その地区の方が通える場としました。",
            area.members_only,
        )
    if answer.unplaced:
        yield words.words.say_count(
            "地図にのせていないもの（%(count)s件）は、数に入れていません。", answer.unplaced
        )
    if answer.off_streets:
        yield words.words.say_count(
            "地図の道から遠い場（%(count)sか所）は、数に入れていません。", answer.off_streets
        )
