"""What a reader may have counted otherwise: how far, whom, which places, through whose eyes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from geo.model.coverage_answer import CoverageAnswer
from geo.model.coverage_question import DISTANCE_LIMITS_M
from geo.model.people import BANDS, PeopleBand
from webmap.coverage.coverage_asked import CoverageAsked
from webmap.coverage.coverage_words import CoverageWords, thousands
from webmap.described import described


@dataclass(frozen=True, slots=True)
class CountingChoice:
    """One way to count."""

    label: str = described("10分, 500m, 75歳以上, 通いの場")
    url: str = described("The page counted so")
    current: bool = described("Whether it is counted so now")


@dataclass(frozen=True, slots=True)
class CountingGroup:
    """Ways of one kind."""

    title: str = described("どこまで歩くか")
    choices: tuple[CountingChoice, ...] = described("At least two")


def counting_groups(
    answer: CoverageAnswer,
    known: Collection[PeopleBand],
    words: CoverageWords,
    asked: CoverageAsked,
    url: Callable[[CoverageAsked], str],
) -> tuple[CountingGroup, ...]:
    """Every kind of which there is a choice.

    Parameters
    ----------
    answer : CoverageAnswer
    known : Collection of PeopleBand
        Whose numbers are known.
    words : CoverageWords
    asked : CoverageAsked
    url : callable
        The address of the page asked otherwise.
    """
    say, in_metres = words.words.say, answer.method.in_metres

    def choice(label: str, current: bool, other: CoverageAsked) -> CountingChoice:
        return CountingChoice(label, url(other), current)

    if in_metres:
        minutes = [choice(say("分で数える"), False, replace(asked, metres=None, minutes=None))]
    else:
        minutes = [
            choice(
                words.length(limit),
                limit == answer.limit,
                replace(asked, minutes=limit, metres=None),
            )
            for limit in answer.method.limits
        ]
    metres = [
        choice(
            words.words.say("%(metres)sm", metres=thousands(limit)),
            in_metres and limit == answer.limit,
            replace(asked, metres=limit, minutes=None),
        )
        for limit in DISTANCE_LIMITS_M
    ]
    bands = [
        choice(words.who_of(band), band is answer.band, replace(asked, band=band))
        for band in BANDS
        if band in known
    ]
    layers = [
        choice(say("すべて"), not asked.layers, replace(asked, layers=())),
        *(
            choice(layer.title, layer.id in asked.layers, replace(asked, layers=(layer.id,)))
            for layer in answer.layers
        ),
    ]
    groups = (
        CountingGroup(say("どこまで歩くか"), (*minutes, *metres)),
        CountingGroup(say("だれを数えるか"), tuple(bands)),
        CountingGroup(say("何を数えるか"), tuple(layers)),
    )
    return tuple(group for group in groups if len(group.choices) > 1)
