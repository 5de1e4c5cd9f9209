"""What surrounds every page of a town, and leads from there to its others."""

from __future__ import annotations

from datetime import date

from geo.model.answers import LevelChoice, TownInfo
from geo.model.audience import Audience
from webmap.entry_cards import AreaGroup
from webmap.page_frame import Frame, ViewLink, scripts_of, styles_of
from webmap.showing import Showing
from webmap.words import Words, words_in


def town_frame(
    town: TownInfo,
    title: str,
    *,
    audience: Audience,
    contact: str | None,
    credits: tuple[str, ...],
    with_map: bool,
    offline: bool,
    showing: Showing,
    views: tuple[ViewLink, ...],
    with_ground: bool = False,
    with_pictures: bool = False,
) -> Frame:
    """The surroundings of a page of the town.

    Parameters
    ----------
    town : TownInfo
        Named in the head line.
    title : str
        The document's.
    audience : Audience
        Said above everything, when it is not everybody.
    contact : str or None
        Whom to call.
    credits : tuple of str
        Sources and licences.
    with_map : bool
        Whether the map's styles and scripts are needed.
    offline : bool
        One self-contained file: no addresses.
    showing : Showing
        Language and size of type.
    views : tuple of ViewLink
        The page in the other language and size.
    with_ground : bool
        Whether a base map lies under the map.
    with_pictures : bool
        Whether pictures from outside lie there.
    """
    words = words_in(showing.language)
    return Frame(
        title=title,
        town_name=town.name,
        word=town.word,
        home_url=None if offline else "/" + showing.kept(),
        audience_label=None if audience is Audience.PUBLIC else words.say(audience.label_ja),
        contact=contact,
        credits=credits,
        styles=() if offline else styles_of(with_map=with_map, large=showing.large),
        scripts=scripts_of(with_ground=with_ground, with_pictures=with_pictures)
        if with_map and not offline
        else (),
        offline=offline,
        language=showing.language,
        large=showing.large,
        kept="" if offline else showing.kept(),
        kept_pairs=() if offline else showing.kept_pairs(),
        views=views,
    )


def area_switch(
    town: str, choices: tuple[LevelChoice, ...], words: Words, kept: str
) -> tuple[AreaGroup, ...]:
    """Every level with its areas, as links."""
    return tuple(AreaGroup.of(choice, town, words, kept=kept) for choice in choices)


def as_of_words(day: date | None, words: Words) -> str | None:
    """2026年3月31日現在."""
    return None if day is None else words.say("%(day)s現在", day=words.say_day(day))
