"""The town overview and the list of one level."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from geo.model.answers import TownAnswer, TownInfo
from geo.model.audience import Audience
from webmap.described import described
from webmap.entry_cards import AreaGroup, EntryCard, LayerGroup, cards_of
from webmap.ground_data import credits_of
from webmap.map_data import area_path, coverage_path, town_as_json
from webmap.overview import LevelBlock, level_blocks
from webmap.page_frame import Frame, map_element
from webmap.showing import Showing
from webmap.town_frame import area_switch, as_of_words, town_frame
from webmap.view_links import view_links
from webmap.words import Words, words_in


@dataclass(frozen=True, slots=True)
class TownPage:
    """The town overview, or the list of one level."""

    template: ClassVar[str] = "town.html"
    frame: Frame = described("Surroundings")
    heading: str = described("Headline")
    lead: str = described("One sentence under the headline")
    as_of: str | None = described("2026年3月31日現在")
    levels: tuple[LevelBlock, ...] = described("Levels with their areas and counts")
    layers: tuple[LayerGroup, ...] = described("Columns of the tables, with their marks")
    homeless: tuple[EntryCard, ...] = described("Entries that belong to no area")
    one_level: bool = described("Whether this is the list of a single level")
    other_levels: tuple[AreaGroup, ...] = described("The other levels, as links")
    hidden_count: int | None = described("Counted, never shown; a number only for 担当者だけ")
    map_html: str | None = described("The map's element; None when no outline is drawn")
    map_level_title: str | None = described("The level drawn on the map")
    data: dict[str, Any] = described("What the map draws")
    coverage_url: str | None = described(
        "Who could walk where in the areas of a single level; None where nobody can tell"
    )
    desk_url: str | None = described(
        "The coordinator's desk; None for everybody else", default=None
    )


def overview_page(
    answer: TownAnswer, showing: Showing | None = None, *, offline: bool = False
) -> TownPage:
    """The town: its map, its levels with their areas and counts, entries without an area."""
    showing = showing or Showing()
    heading = _map_of(answer.town, words_in(showing.language))
    return _town_page(answer, showing, "/", title=heading, heading=heading, offline=offline)


def level_page(
    answer: TownAnswer, showing: Showing | None = None, *, offline: bool = False
) -> TownPage:
    """One level: its areas with counts and straddles."""
    assert answer.level is not None
    showing = showing or Showing()
    words = words_in(showing.language)
    heading = words.say("%(level)sの一覧", level=answer.level.title)
    return _town_page(
        answer,
        showing,
        area_path(answer.town.code, answer.level.id),
        title=f"{heading} - {_map_of(answer.town, words)}",
        heading=heading,
        offline=offline,
    )


def _map_of(town: TownInfo, words: Words) -> str:
    return words.say("%(area)sの%(word)sマップ", area=town.name, word=town.word)


def desk_url(audience: Audience) -> str | None:
    """Where the coordinator prepares the town's lists; nobody else is told of it."""
    return "/desk" if audience is Audience.COORDINATOR else None


def _town_page(
    answer: TownAnswer, showing: Showing, path: str, *, title: str, heading: str, offline: bool
) -> TownPage:
    if offline:  # it has no server to ask for tiles
        answer = replace(answer, ground=None)
    words, kept, large = words_in(showing.language), showing.kept(), showing.large
    data = town_as_json(answer, links=not offline, style=showing.map_style)
    titles = {choice.level.id: choice.level.title for choice in answer.choices}
    drawn = data["sub_areas"]
    has_map = bool(drawn) and answer.bounds is not None
    return TownPage(
        frame=town_frame(
            answer.town,
            title,
            audience=answer.audience,
            contact=answer.town.contact,
            credits=credits_of(answer, drawn=has_map),
            with_map=has_map,
            with_ground=answer.ground is not None,
            with_pictures=answer.outside_tiles is not None,
            offline=offline,
            showing=showing,
            views=() if offline else view_links(path, "", showing, words),
        ),
        heading=heading,
        lead=words.say(
            "地区を選ぶと、その地区の%(word)sの地図と一覧が開きます。", word=answer.town.word
        ),
        as_of=as_of_words(answer.as_of, words),
        levels=level_blocks(answer, words, links=not offline, kept=kept, large=large),
        layers=tuple(LayerGroup.of(layer) for layer in answer.layers),
        homeless=cards_of(answer.homeless, answer.layers, (), None, words, large=large),
        one_level=answer.level is not None,
        other_levels=() if offline else area_switch(answer.town.code, answer.choices, words, kept),
        hidden_count=answer.hidden_count,
        map_html=map_element() if has_map else None,
        map_level_title=titles.get(drawn[0]["level"]) if drawn else None,
        data=data,
        coverage_url=coverage_path(path) + kept
        if answer.has_coverage and answer.level is not None and not offline
        else None,
        desk_url=None if offline or answer.level is not None else desk_url(answer.audience),
    )
