"""The page of one area: the sentence, the weekdays, the map, the figures, what is not found yet."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from geo.model.audience import Audience
from geo.model.coverage_answer import AreaCoverage, CoverageAnswer
from geo.model.gap_answer import GapAnswer
from geo.model.map_answer import MapAnswer
from webmap.assets import app_url
from webmap.coverage.counting_choices import CountingGroup, counting_groups
from webmap.coverage.coverage_asked import CoverageAsked
from webmap.coverage.coverage_words import CoverageWords, thousands, told_by_day
from webmap.coverage.figure_tables import BandTable, OpenDaysLine, band_table, open_days
from webmap.coverage.gap_cards import GapBlock, gap_block
from webmap.coverage.method_words import credit_lines, method_lines
from webmap.coverage.weekday_bar import DayLine, day_lines
from webmap.described import described
from webmap.entry_cards import AreaGroup, LayerGroup
from webmap.ground_data import credits_of
from webmap.hall.hall_choices import HallChoice, audiences_to_choose
from webmap.map_data import area_path, coverage_path
from webmap.page_frame import DRAWING_SCRIPTS, Frame, map_element, scripts_of
from webmap.town_frame import area_switch, as_of_words, town_frame
from webmap.view_links import address, view_links
from webmap.words import Words, words_in

STYLES = ("coverage.css", "coverage_more.css")
SCRIPTS = ("map_pane.js", "reach_lines.js", "coverage.js")
DOWNLOADS = (".csv", ".geojson", ".json")
MAP_DATA = ".map.json"


@dataclass(frozen=True, slots=True)
class Download:
    """The same figures as a file."""

    suffix: str = described(".csv, .geojson or .json")
    url: str = described("Its address; the script adds the chosen day")


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """Who of an area could walk where, on which day."""

    template: ClassVar[str] = "coverage.html"
    frame: Frame = described("Surroundings")
    heading: str = described("Name of the area")
    kana: str | None = described("How the name is read")
    level_title: str = described("What kind of area this is")
    level_url: str = described("The same of every area of this level")
    map_url: str = described("The treasure map of the area")
    as_of: str | None = described("2026年3月31日現在")
    here: tuple[str, str] = described("Level and code, to mark the present one in the switch")
    choices: tuple[AreaGroup, ...] = described("Every level with its areas, for the switch")
    days: tuple[DayLine, ...] = described("Monday to Sunday, and any day")
    bar_title: str = described("75歳以上 1,180人のうち、歩いて10分以内に通える場のある人")
    has_some: bool = described("Whether a bar has a part for what is held in some weeks only")
    chosen: DayLine = described("The line of the day the page speaks of")
    unknown: str = described("How many are in no figure; empty for none")
    legend: tuple[str, ...] = described("What each shade of a street means; the last: out of reach")
    counted: tuple[LayerGroup, ...] = described("The kinds of places that were counted")
    table: BandTable = described("Bands of age by limits, for any day")
    open_days: tuple[OpenDaysLine, ...] = described("People by days a week in reach")
    open_days_title: str = described("1週間に何日、歩いて10分以内に通える場があるか")
    transport: str = described("Who may be fetched; empty where nobody is")
    gaps: GapBlock = described("What has not been found yet")
    gaps_lead: str = described("What these places are, and how they are listed")
    ways: tuple[CountingGroup, ...] = described("What may be counted otherwise")
    audiences: tuple[HallChoice, ...] = described("Whose eyes: offered on inner screens only")
    method: tuple[str, ...] = described("How the figures were made; the first stands beside them")
    downloads: tuple[Download, ...] = described("The same figures as files")
    has_map: bool = described("Whether there is anything to draw")
    map_html: str | None = described("The map's element from the folium shell")
    data_url: str = described("Where the script reads what it draws")


def coverage_page(
    gaps: GapAnswer,
    area_map: MapAnswer,
    asked: CoverageAsked | None = None,
    *,
    served: Audience = Audience.PUBLIC,
) -> CoveragePage:
    """The page of an area.

    Parameters
    ----------
    gaps : GapAnswer
        With the coverage of that area and any day, asked as ``asked.question(…)``.
    area_map : MapAnswer
        The treasure map of the area for the same audience.
    asked : CoverageAsked, optional
        From the URL.
    served : Audience
        Whom the application serves: above だれでも one may look through others' eyes.
    """
    asked = asked or CoverageAsked()
    answer = gaps.coverage
    (area,) = answer.areas
    showing = asked.showing
    spoken, kept = words_in(showing.language), showing.kept()
    words = CoverageWords.of(answer, spoken)
    say = spoken.say
    map_path = area_path(answer.town.code, area.area.level, area.area.code)
    path = coverage_path(map_path)
    days = day_lines(area, told_by_day(area, answer.limit), words, asked, path)
    has_map = area_map.bounds is not None

    def url(other: CoverageAsked) -> str:
        return address(path, other.query())

    return CoveragePage(
        frame=_frame(answer, area_map, asked, path, spoken, with_map=has_map),
        heading=area.area.name,
        kana=area.area.kana,
        level_title=area.area.level_title,
        level_url=coverage_path(area_path(answer.town.code, area.area.level)) + kept,
        map_url=map_path + kept,
        as_of=as_of_words(answer.as_of, spoken),
        here=(area.area.level, area.area.code),
        choices=switch_of(area_switch(answer.town.code, area_map.choices, spoken, kept)),
        days=days,
        bar_title=_bar_title(area, words),
        has_some=any(day.more for day in days),
        chosen=next(day for day in days if day.chosen),
        unknown=words.unknown(area.figure),
        legend=legend(answer.method.limits, words),
        counted=tuple(LayerGroup.of(layer) for layer in answer.layers),
        table=band_table(answer, area, words),
        open_days=open_days(area, words),
        open_days_title=say(
            "1週間に何日、%(within)sに通える場があるか（%(who)s）",
            within=words.within(),
            who=words.who,
        ),
        transport=transport_said(area, words),
        gaps=gap_block(gaps, words),
        gaps_lead=_gaps_lead(gaps, words),
        ways=counting_groups(answer, area.bands, words, asked, url),
        audiences=audiences_to_choose(
            answer.audience, served, spoken, lambda eyes: url(replace(asked, seen_as=eyes))
        ),
        method=method_lines(answer, area, words),
        downloads=downloads(path, asked),
        has_map=has_map,
        map_html=map_element() if has_map else None,
        data_url=address(path + MAP_DATA, asked.query_of_map()),
    )


def switch_of(groups: Sequence[AreaGroup]) -> tuple[AreaGroup, ...]:
    """The switch of areas, leading from coverage to coverage."""
    return tuple(
        replace(
            group,
            url=coverage_path(group.url),
            areas=tuple((code, name, coverage_path(url)) for code, name, url in group.areas),
        )
        for group in groups
    )


def downloads(path: str, asked: CoverageAsked) -> tuple[Download, ...]:
    """The files of a page, for the same question."""
    return tuple(
        Download(suffix, address(path + suffix, asked.asked_query())) for suffix in DOWNLOADS
    )


def legend(limits: Sequence[int], words: CoverageWords) -> tuple[str, ...]:
    """From the nearest to what is out of reach."""
    say = words.words.say
    shades = [words.within(limits[0])]
    for near, far in itertools.pairwise(limits):
        if words.in_metres:
            shades.append(
                say("%(near)smをこえて%(far)sm以内", near=thousands(near), far=thousands(far))
            )
        else:
            shades.append(say("%(near)s分をこえて%(far)s分以内", near=near, far=far))
    return (
        *shades,
        say("%(limit)sの場が、まだ見つかっていない道", limit=words.brief(limits[-1])),
    )


def transport_said(area: AreaCoverage, words: CoverageWords) -> str:
    """Who is out of reach on foot, and lives where a place fetches people; empty for nobody."""
    say, number = words.words.say, area.by_transport
    if number == 0 or (number is None and not area.figure.people):
        return ""
    if number is None:
        return say(
            "送迎のある場もあります。%(within)sに場のない%(who)sの方の中にも、その地区にお住まいの方が"
            "います。10人に満たない人数がわかるため、数は出しません。",
            within=words.within(),
            who=words.who,
        )
    return say(
        "送迎のある場もあります。%(within)sに場のない%(who)sの方のうち%(people)s人は、"
        "その地区にお住まいです。",
        within=words.within(),
        who=words.who,
        people=thousands(number),
    )


def _bar_title(area: AreaCoverage, words: CoverageWords) -> str:
    say, people = words.words.say, area.figure.people
    if not people:
        return say("%(within)sに通える場", within=words.within())
    return say(
        "%(who)s %(people)s人のうち、%(within)sに通える場のある人",
        who=words.who,
        people=thousands(people),
        within=words.within(),
    )


def _gaps_lead(gaps: GapAnswer, words: CoverageWords) -> str:
    say = words.words.say
    if not gaps.gaps:
        return say("%(within)sに場のない道は、ありません。", within=words.within())
    lead = say(
        "どの曜日にも、%(within)sに通える場がまだ見つかっていない道です。"
        "ご存じの場がありましたら教えてください。",
        within=words.within(),
    )
    ordered = gaps.coverage.audience is Audience.COORDINATOR
    order = say("人数の多い順です。") if ordered else say("北から順にならべています。")
    return words.joined(lead, order)


def _frame(
    answer: CoverageAnswer,
    area_map: MapAnswer,
    asked: CoverageAsked,
    path: str,
    spoken: Words,
    *,
    with_map: bool,
) -> Frame:
    frame = town_frame(
        answer.town,
        spoken.say("%(area)sで、歩いて通える場", area=answer.areas[0].area.name),
        audience=answer.audience,
        contact=answer.areas[0].area.contact or answer.town.contact,
        credits=tuple(
            dict.fromkeys((*credit_lines(answer), *credits_of(area_map, drawn=with_map)))
        ),
        with_map=with_map,
        offline=False,
        showing=asked.showing,
        views=view_links(path, asked.asked_query(), asked.showing, spoken),
    )
    scripts = scripts_of(
        (*DRAWING_SCRIPTS, *SCRIPTS),
        with_ground=area_map.ground is not None,
        with_pictures=area_map.outside_tiles is not None,
    )
    return replace(
        frame,
        styles=(*frame.styles, *map(app_url, STYLES)),
        scripts=scripts if with_map else (),
    )
