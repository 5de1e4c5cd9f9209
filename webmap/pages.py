"""The pages: one frozen dataclass per template, ready to print. Words are made here, not there."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from geo.model.answers import TownInfo
from geo.model.map_answer import MapAnswer
from webmap.around_cards import AroundBlock, around_block
from webmap.day_choices import DayChoices, day_choices
from webmap.day_lines import day_lines
from webmap.described import described
from webmap.entry_cards import AreaGroup, EntryCard, LayerGroup, cards_of, grouped
from webmap.filters import Filters
from webmap.ground_data import TileArchive, credits_of
from webmap.map_data import area_path, as_json, coverage_path
from webmap.overview import AreaLine
from webmap.page_frame import Frame, Page, map_element, styles_of
from webmap.showing import Mode, Showing
from webmap.straddling import StraddleNotice, straddle_notices
from webmap.template_engine import environment
from webmap.town_frame import area_switch, as_of_words, town_frame
from webmap.town_page import level_page, overview_page
from webmap.view_links import view_links
from webmap.words import words_in

if TYPE_CHECKING:
    from webmap.hall import HallPage

__all__ = ["Filters", "error_page", "level_page", "map_page", "overview_page", "render"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One checkbox of a filter."""

    value: str = described("What goes into the URL")
    label: str = described("What the reader sees")
    count: int = described("Entries of this page that it would keep")
    checked: bool = described("Whether it is asked for now")


@dataclass(frozen=True, slots=True)
class LayerChoice:
    """One checkbox of the layer filter; it is the legend as well."""

    choice: Choice = described("Value, label, count, state")
    group: LayerGroup = described("The layer's mark")


@dataclass(frozen=True, slots=True)
class MapPage:
    """The treasure map of one area."""

    template: ClassVar[str] = "map.html"
    frame: Frame = described("Surroundings")
    heading: str = described("Name of the area")
    kana: str | None = described("How the name is read")
    level_title: str = described("What kind of area this is")
    drawn: bool = described("Whether anybody has drawn its boundary")
    level_url: str | None = described("List of all areas of this level")
    as_of: str | None = described("2026年3月31日現在")
    here: tuple[str, str] = described("Level and code, to mark the present one in the switch")
    choices: tuple[AreaGroup, ...] = described("Every level with its areas, for the switch")
    notices: tuple[StraddleNotice, ...] = described("One sentence per level this area spreads over")
    neighbours: tuple[AreaLine, ...] = described("Areas next door, as links")
    sub_areas: tuple[AreaLine, ...] = described("Areas inside this one, as links")
    around: AroundBlock = described("Treasures across the border, and areas that are alike")
    layers: tuple[LayerChoice, ...] = described("Layer filter and legend")
    functions: tuple[Choice, ...] = described("Filter by what it does for people")
    statuses: tuple[Choice, ...] = described("Filter by status; empty when all have the same")
    days: DayChoices | None = described("Filter by day; None where no day is known")
    q: str = described("Text searched for")
    filters_active: bool = described("Whether any filter is on")
    narrowed_more: bool = described("Whether a filter of the second fold is on")
    groups: tuple[LayerGroup, ...] = described("Entries with a place, by layer")
    unplaced: tuple[EntryCard, ...] = described("Entries that are not on the map")
    total: int = described("All entries")
    shown: int = described("Entries the filters keep")
    has_approximate: bool = described("Whether the legend must explain the hollow flag")
    has_paused: bool = described("Whether the legend must explain おやすみ中")
    has_shared: bool = described("Whether the legend must explain a flag with several numbers")
    hidden_count: int | None = described("Counted, never shown; a number only for 担当者だけ")
    clear_url: str = described("The same page without filters")
    coverage_url: str | None = described(
        "Who could walk where; None where the town has no streets or no people"
    )
    hall_query: str = described("What the address of the hall says of filters and language")
    print_query: str = described("What the address of printing says of the language")
    has_map: bool = described("Whether anything has a place; else the map's element is hidden")
    map_html: str | None = described("The map's element from the folium shell, when scripts run")
    data_url: str | None = described("Where the script reads the answer")
    data: dict[str, Any] | None = described("The answer itself, when it travels inside the page")
    hall: HallPage | None = described("The hall, in an offline file for everybody", default=None)


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Something is not as the reader expected."""

    template: ClassVar[str] = "error.html"
    frame: Frame = described("Surroundings")
    status: int = described("HTTP status")
    message: str = described("What is the matter")
    hint: str = described("What to do about it")


def map_page(
    answer: MapAnswer,
    filters: Filters | None = None,
    showing: Showing | None = None,
    *,
    data_url: str | None = None,
    offline: bool = False,
    archive: TileArchive | None = None,
) -> MapPage:
    """The treasure map of an area.

    Parameters
    ----------
    answer : MapAnswer
        From ``geo.questions.treasure_map``.
    filters : Filters, optional
        From the URL; choices this page does not offer are dropped.
    showing : Showing, optional
        From the URL: language and size of type.
    data_url : str, optional
        Where ``as_json(answer)`` is served; default is the page's own path with ``.json``.
    offline : bool
        One self-contained file: no links to other pages, data inside, no addresses of scripts.
    archive : TileArchive, optional
        The base map of that file.
    """
    asked = (filters or Filters()).within(answer)
    showing = showing or Showing()
    words, kept, large = words_in(showing.language), showing.kept(), showing.large
    path = area_path(answer.town.code, answer.area.level, answer.area.code)
    accepts = asked.chooser(answer) if asked.active else None
    lines = day_lines(answer.days, words, asked.days, answer.entries)
    cards = cards_of(
        answer.entries, answer.layers, answer.flags, accepts, words, large=large, days=lines
    )
    placed = [card for card in cards if card.flag is not None]
    functions = [f for entry in answer.entries for f in set(entry.functions)]
    statuses = [entry.status for entry in answer.entries]
    has_map = answer.bounds is not None
    scripted = has_map or bool(cards)  # the filters need the script as well
    return MapPage(
        frame=town_frame(
            answer.town,
            words.say("%(area)sの%(word)sマップ", area=answer.area.name, word=answer.town.word),
            audience=answer.audience,
            contact=answer.area.contact or answer.town.contact,
            credits=credits_of(answer, drawn=has_map),
            with_map=scripted,
            with_ground=has_map and answer.ground is not None,
            with_pictures=has_map and answer.outside_tiles is not None,
            offline=offline,
            showing=showing,
            views=() if offline else view_links(path, asked.query(), showing, words),
        ),
        heading=answer.area.name,
        kana=answer.area.kana,
        level_title=answer.level.title,
        drawn=answer.outline is not None,
        level_url=None if offline else area_path(answer.town.code, answer.area.level) + kept,
        as_of=as_of_words(answer.as_of, words),
        here=(answer.area.level, answer.area.code),
        choices=() if offline else area_switch(answer.town.code, answer.choices, words, kept),
        notices=straddle_notices(
            answer.straddles, answer.town.code, words, links=not offline, kept=kept
        ),
        neighbours=AreaLine.of_outlines(
            answer.neighbours, answer.town.code, links=not offline, kept=kept, large=large
        ),
        sub_areas=AreaLine.of_outlines(
            answer.sub_areas, answer.town.code, links=not offline, kept=kept, large=large
        ),
        around=around_block(answer, words, links=not offline, kept=kept, large=large),
        layers=tuple(
            LayerChoice(
                Choice(layer.id, layer.title, layer.count, layer.id in asked.layers),
                LayerGroup.of(layer),
            )
            for layer in answer.layers
        ),
        functions=tuple(
            Choice(name, words.say(name), functions.count(name), name in asked.functions)
            for name in answer.functions
        ),
        statuses=tuple(
            Choice(s.value, words.say(s.label_ja), statuses.count(s), s in asked.statuses)
            for s in answer.statuses
        )
        if len(answer.statuses) > 1
        else (),
        days=day_choices(answer.days, asked.days, words),
        q=asked.q,
        filters_active=asked.active,
        narrowed_more=bool(asked.functions or asked.statuses),
        groups=grouped(placed, answer.layers),
        unplaced=tuple(card for card in cards if card.flag is None),
        total=len(cards),
        shown=sum(not card.filtered_out for card in cards),
        has_approximate=any(flag.approximate for flag in answer.flags),
        has_paused=any(card.status_label for card in cards),
        has_shared=any(len(flag.numbers) > 1 for flag in answer.flags),
        hidden_count=answer.hidden_count,
        clear_url=path + kept,
        coverage_url=coverage_path(path) + kept if answer.has_coverage and not offline else None,
        hall_query="&".join(
            filter(None, (asked.query(), replace(showing, mode=Mode.HALL).query()))
        ),
        print_query=replace(showing, mode=Mode.PRINT).query(),
        has_map=has_map,
        map_html=map_element() if scripted else None,
        data_url=None if offline else data_url or f"{path}.json{showing.data_query()}",
        data=as_json(answer, links=False, style=showing.map_style, archive=archive)
        if offline
        else None,
    )


def error_page(
    status: int,
    message: str,
    hint: str = "",
    *,
    town: TownInfo | None = None,
    showing: Showing | None = None,
) -> ErrorPage:
    """An error as a page.

    Parameters
    ----------
    status : int
        HTTP status, said in small print only.
    message, hint : str
        What is the matter, and what to do, in the language of the page.
    town : TownInfo, optional
        When it is known.
    showing : Showing, optional
        From the URL: language and size of type.
    """
    showing = showing or Showing()
    frame = Frame(
        title=message,
        town_name=town.name if town else "",
        word=town.word if town else "お宝",
        home_url="/" + showing.kept(),
        audience_label=None,
        contact=town.contact if town else None,
        credits=(),
        styles=styles_of(with_map=False, large=showing.large),
        scripts=(),
        language=showing.language,
        large=showing.large,
        kept=showing.kept(),
    )
    return ErrorPage(frame=frame, status=status, message=message, hint=hint)


def render(page: Page, *, head: str = "", tail: str = "") -> str:
    """The page as HTML; every value is escaped by the template engine.

    Parameters
    ----------
    page : Page
        Any of the pages.
    head, tail : str
        Markup of the offline file: its policy and styles, and its scripts before ``</body>``.
    """
    template = environment(page.frame.language).get_template(page.template)
    return template.render(page=page, frame=page.frame, head=head, tail=tail)
