"""「まだ見つかっていない所」: pieces of streets out of reach, as a list beside the map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo.model.answers import GeoJson
from geo.model.audience import Audience
from geo.model.gap_answer import Gap, GapAnswer
from webmap.coverage.coverage_words import CoverageWords, about
from webmap.described import described
from webmap.words import Words

ROUNDED_M = 10
A_KILOMETRE = 1000


@dataclass(frozen=True, slots=True)
class GapCard:
    """One connected piece."""

    box: str = described("West, south, east, north: where the map goes to show it")
    names: tuple[str, ...] = described("町丁 along it; empty where none is known")
    people: str = described("75歳以上 約40人; empty where there are fewer than ten")
    streets: str = described("道の長さ 約1.2km")
    nearest: str | None = described("通23 ひだまりの会; None where no walk leads to any place")
    nearest_far: str = described("道のり 約1.1km; empty where there is none")


@dataclass(frozen=True, slots=True)
class GapBlock:
    """All of an area, and how they are to be read."""

    cards: tuple[GapCard, ...] = described("Those of ten people or more, in the answer's order")
    small: tuple[GapCard, ...] = described("Those of fewer, or of nobody, in the same order")
    ordered: bool = described("Most people first, for 担当者だけ; else from north to south")
    unvisited: tuple[str, ...] | None = described(
        "町丁 of which no record is known; None where that is not told"
    )


def gap_block(answer: GapAnswer, words: CoverageWords) -> GapBlock:
    """The gaps of an area in words."""
    return GapBlock(
        cards=tuple(_card(gap, words) for gap in answer.gaps if gap.people),
        small=tuple(_card(gap, words) for gap in answer.gaps if not gap.people),
        ordered=answer.coverage.audience is Audience.COORDINATOR,
        unvisited=answer.unvisited,
    )


def metres_said(metres: int, words: Words) -> str:
    """約350m; 約1.2km."""
    if metres < A_KILOMETRE:
        return words.say("約%(metres)sm", metres=max(ROUNDED_M, round(metres, -1)))
    return words.say("約%(kilometres)skm", kilometres=f"{metres / A_KILOMETRE:.1f}")


def _card(gap: Gap, words: CoverageWords) -> GapCard:
    say = words.words.say
    people = ""
    if gap.people:
        people = say(
            "%(who)s 約%(people)s人", who=words.who, people=about(gap.people, gap.people + 1)
        )
    return GapCard(
        box=_box(gap.lines),
        names=gap.names,
        people=people,
        streets=say("道の長さ %(length)s", length=metres_said(gap.streets_m, words.words)),
        nearest=gap.nearest,
        nearest_far=""
        if gap.nearest_m is None
        else say("道のり %(length)s", length=metres_said(gap.nearest_m, words.words)),
    )


def _box(lines: GeoJson) -> str:
    points = list(_points(lines["coordinates"]))
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return ",".join(f"{one:.5f}" for one in (min(lons), min(lats), max(lons), max(lats)))


def _points(lines: list[list[list[float]]]) -> Iterator[tuple[float, float]]:
    for line in lines:
        for lon, lat, *_ in line:
            yield lon, lat
