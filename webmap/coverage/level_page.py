"""The list of a level: every area in its own order, with its figure and its weekdays; no ranking."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from geo.model.answers import TownAnswer
from geo.model.audience import Audience
from geo.model.coverage_answer import AreaCoverage, CoverageAnswer
from webmap.assets import app_url
from webmap.coverage.counting_choices import CountingGroup, counting_groups
from webmap.coverage.coverage_asked import CoverageAsked
from webmap.coverage.coverage_page import STYLES, switch_of
from webmap.coverage.coverage_words import CoverageWords
from webmap.coverage.figure_tables import FigureCell, covered_cell, people_cell
from webmap.coverage.method_words import credit_lines, method_lines
from webmap.day_words import LETTERS
from webmap.described import described
from webmap.entry_cards import AreaGroup
from webmap.hall.hall_choices import HallChoice, audiences_to_choose
from webmap.map_data import area_path, coverage_path
from webmap.page_frame import Frame
from webmap.template_engine import with_reading
from webmap.town_frame import area_switch, as_of_words, town_frame
from webmap.view_links import address, view_links
from webmap.words import Words, words_in


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One area of the list."""

    name: str = described("Its name; in large type markup with readings")
    url: str = described("Its page of coverage")
    people: FigureCell = described("How many such people live there")
    covered: FigureCell = described("How many have a place within the limit")
    weekdays: str = described("月・火・木; 毎日; まだ見つかっていません")


@dataclass(frozen=True, slots=True)
class CoverageLevelPage:
    """All areas of a level."""

    template: ClassVar[str] = "coverage_level.html"
    frame: Frame = described("Surroundings")
    heading: str = described("小学校区で、歩いて通える場")
    map_url: str = described("The list of this level with its treasures")
    as_of: str | None = described("2026年3月31日現在")
    who: str = described("75歳以上")
    within: str = described("歩いて10分以内")
    lines: tuple[CoverageLine, ...] = described("The areas, in their own order")
    has_hidden: bool = described("Whether a figure is too small to be told")
    here: tuple[str, str] = described("Nothing of the switch is the present page")
    choices: tuple[AreaGroup, ...] = described("Every level with its areas, for the switch")
    ways: tuple[CountingGroup, ...] = described("What may be counted otherwise")
    audiences: tuple[HallChoice, ...] = described("Whose eyes: offered on inner screens only")
    method: tuple[str, ...] = described("How the figures were made")


def coverage_level_page(
    answer: CoverageAnswer,
    town: TownAnswer,
    asked: CoverageAsked | None = None,
    *,
    served: Audience = Audience.PUBLIC,
) -> CoverageLevelPage:
    """The list of a level.

    Parameters
    ----------
    answer : CoverageAnswer
        Of the areas of one level and any day.
    town : TownAnswer
        The same level with its treasures, for the same audience.
    asked : CoverageAsked, optional
        From the URL.
    served : Audience
        Whom the application serves.
    """
    asked = asked or CoverageAsked()
    assert town.level is not None
    showing = asked.showing
    spoken, kept = words_in(showing.language), showing.kept()
    words = CoverageWords.of(answer, spoken)
    path = coverage_path(area_path(answer.town.code, town.level.id))
    heading = spoken.say("%(level)sごとの、歩いて通える場", level=town.level.title)

    def url(other: CoverageAsked) -> str:
        return address(path, other.query())

    figures = [area.figure for area in answer.areas]
    known = {band for area in answer.areas for band in area.bands}
    frame = town_frame(
        answer.town,
        heading,
        audience=answer.audience,
        contact=answer.town.contact,
        credits=tuple(dict.fromkeys((*credit_lines(answer), *town.credits))),
        with_map=False,
        offline=False,
        showing=showing,
        views=view_links(path, asked.asked_query(), showing, spoken),
    )
    return CoverageLevelPage(
        frame=replace(frame, styles=(*frame.styles, *map(app_url, STYLES))),
        heading=heading,
        map_url=area_path(answer.town.code, town.level.id) + kept,
        as_of=as_of_words(answer.as_of, spoken),
        who=words.who,
        within=words.within(),
        lines=tuple(_line(area, answer, words, asked) for area in answer.areas),
        has_hidden=any(
            None in (figure.people, figure.covered.get(answer.limit)) for figure in figures
        ),
        here=(town.level.id, ""),
        choices=switch_of(area_switch(answer.town.code, town.choices, spoken, kept)),
        ways=counting_groups(answer, known, words, asked, url),
        audiences=audiences_to_choose(
            answer.audience, served, spoken, lambda eyes: url(replace(asked, seen_as=eyes))
        ),
        method=method_lines(answer, None, words),
    )


def _line(
    area: AreaCoverage, answer: CoverageAnswer, words: CoverageWords, asked: CoverageAsked
) -> CoverageLine:
    info = area.area
    path = coverage_path(area_path(answer.town.code, info.level, info.code))
    return CoverageLine(
        name=with_reading(info.name, info.kana) if asked.showing.large else info.name,
        url=address(path, replace(asked, weekday=None).query()),
        people=people_cell(area.figure, words),
        covered=covered_cell(area.figure, answer.limit, words),
        weekdays=_weekdays(area, words.words),
    )


def _weekdays(area: AreaCoverage, words: Words) -> str:
    """On which weekdays a place in reach of the area is known."""
    seen = [day.weekday for day in area.weekdays if day.seen]
    if not seen:
        return words.say("まだ見つかっていません")
    if len(seen) == len(LETTERS):
        return words.say("毎日")
    return words.say("・").join(words.say(LETTERS[weekday]) for weekday in seen)
