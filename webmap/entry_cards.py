"""A treasure as the list shows it, and the list's groups."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from geo.model.answers import AreaLink, Entry, Flag, LayerInfo, LevelChoice
from geo.model.audience import Newcomers, Placed, Precision, Status
from webmap.change_words import Coming
from webmap.day_lines import NO_LINES, DayLines
from webmap.described import described
from webmap.map_data import area_path
from webmap.marks import FALLBACK_COLOR, Mark, mark_for
from webmap.template_engine import with_reading
from webmap.words import Language, Words, to_say

LEAD_FIELDS = 2
WHEN = to_say("日時")

Fields = tuple[tuple[str, str], ...]
"""Labels and texts."""


class EntryCard(msgspec.Struct, frozen=True, gc=False):
    """One line of the list; it opens to everything this reader may know."""

    number: Annotated[int, Meta(description="The number on the flag, unique in the town")]
    mark: Annotated[Mark, Meta(description="The flag as drawn beside the name")]
    layer_title: Annotated[str, Meta(description="What kind of treasure")]
    name: Annotated[str, Meta(description="Its name; in large type markup with readings")]
    kana: Annotated[str | None, Meta(description="How the name is read")]
    lead: Annotated[
        tuple[tuple[str, str], ...],
        Meta(
            description="The first fields, and the days as written: always visible, label and text"
        ),
    ]
    fields: Annotated[
        tuple[tuple[str, str], ...], Meta(description="The other fields of the manifest's [show]")
    ]
    next_line: Annotated[
        str | None, Meta(description="When it is held next; None where no day may be told")
    ]
    season_line: Annotated[
        str | None, Meta(description="The only part of the year in which it is held")
    ]
    asked_line: Annotated[str | None, Meta(description="Why it is among the days asked for")]
    news: Annotated[tuple[str, ...], Meta(description="Days that are off, moved or added")]
    coming: Annotated[
        tuple[Coming, ...],
        Meta(description="Of a vehicle's stop: hours, place on the route, the round; else empty"),
    ]
    status_label: Annotated[
        str | None, Meta(description="おやすみ中 or 終了; None while it is active")
    ]
    newcomers_label: Annotated[str | None, Meta(description="Whether somebody new may simply come")]
    functions: Annotated[tuple[str, ...], Meta(description="What it does for people")]
    meaning: Annotated[str | None, Meta(description="The sentence that says why it matters")]
    place_note: Annotated[
        str | None, Meta(description="How sure its place is, where the reader should know")
    ]
    flag: Annotated[int | None, Meta(description="Index of its flag on the map")]
    filtered_out: Annotated[bool, Meta(description="Whether the filters hide it")] = False


@dataclass(frozen=True, slots=True)
class LayerGroup:
    """A layer with its mark; in the list with its entries."""

    id: str = described("Layer id")
    title: str = described("What the layer is called")
    mark: Mark = described("A flag with the symbol only")
    cards: tuple[EntryCard, ...] = described("Its entries with a place", default=())
    shown: int = described("How many of them the filters keep", default=0)

    @classmethod
    def of(cls, layer: LayerInfo, cards: tuple[EntryCard, ...] = ()) -> LayerGroup:
        """The layer as legend, filter and heading show it."""
        shown = sum(not card.filtered_out for card in cards)
        return cls(layer.id, layer.title, mark_for(layer.symbol, layer.color), cards, shown)


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """A level and its areas, for the switch."""

    level: str = described("Level id")
    title: str = described("What the level is called")
    tier_label: str | None = described("第2層")
    url: str = described("List of its areas")
    areas: tuple[tuple[str, str, str], ...] = described("Code, name and address of each area")

    @classmethod
    def of(cls, choice: LevelChoice, town: str, words: Words, *, kept: str = "") -> AreaGroup:
        """A level of the answer with addresses, each with what they keep."""

        def line(area: AreaLink) -> tuple[str, str, str]:
            return area.code, area.name, area_path(town, area.level, area.code) + kept

        return cls(
            level=choice.level.id,
            title=choice.level.title,
            tier_label=tier_label(choice.level.tier, words),
            url=area_path(town, choice.level.id) + kept,
            areas=tuple(line(area) for area in choice.areas),
        )


def tier_label(tier: int | None, words: Words) -> str | None:
    """第2層."""
    return None if tier is None else words.say("第%(tier)s層", tier=tier)


def cards_of(
    entries: Iterable[Entry],
    layers: Iterable[LayerInfo],
    flags: tuple[Flag, ...],
    accepts: Callable[[Entry], bool] | None,
    words: Words,
    *,
    large: bool = False,
    days: Mapping[int, DayLines] | None = None,
) -> tuple[EntryCard, ...]:
    """Entries as the list shows them, in the order of the answer.

    ``days`` are the lines about their days, by number.
    """
    by_id = {layer.id: layer for layer in layers}
    newcomers = {one: words.say(one.label_ja) for one in Newcomers}
    days = days or {}

    def card(entry: Entry) -> EntryCard:
        layer = by_id.get(entry.layer)
        hollow = entry.flag is not None and flags[entry.flag].approximate
        told = days.get(entry.number, NO_LINES)
        lead, fields = entry.fields[:LEAD_FIELDS], entry.fields[LEAD_FIELDS:]
        if told.next_line:
            lead, fields = _with_schedule(entry, lead, fields)
        return EntryCard(
            number=entry.number,
            mark=mark_for(entry.mark, layer.color if layer else FALLBACK_COLOR, hollow=hollow),
            layer_title=layer.title if layer else "",
            name=entry.name,
            kana=entry.kana,
            lead=lead,
            fields=fields,
            next_line=told.next_line,
            season_line=told.season_line,
            asked_line=told.asked_line,
            news=told.news,
            coming=told.coming,
            status_label=None
            if entry.status is Status.ACTIVE
            else words.say(entry.status.label_ja),
            newcomers_label=newcomers[entry.newcomers] if entry.newcomers else None,
            functions=entry.functions,
            meaning=entry.meaning,
            place_note=_place_note(entry, hollow, words),
            flag=entry.flag,
            filtered_out=accepts is not None and not accepts(entry),
        )

    cards: Iterable[EntryCard] = map(card, entries)  # nearly every page is drawn so
    if words.language is not Language.JAPANESE:
        cards = (_spoken(card, words) for card in cards)
    if large:
        cards = (replace(card, name=with_reading(card.name, card.kana)) for card in cards)
    return tuple(cards)


def _spoken(card: EntryCard, words: Words) -> EntryCard:
    """A card whose labels and functions are said in another language, where it knows them."""

    def named(fields: Fields) -> Fields:
        return tuple((words.say(label), text) for label, text in fields)

    functions = tuple(map(words.say, card.functions))
    return replace(card, lead=named(card.lead), fields=named(card.fields), functions=functions)


def _with_schedule(entry: Entry, lead: Fields, fields: Fields) -> tuple[Fields, Fields]:
    """Where a line says when it is held next, the text it was read from stands beside it."""
    written = entry.schedule.strip() if entry.schedule else ""
    if not written or any(text == written for _, text in lead):
        return lead, fields
    folded = next((field for field in fields if field[1] == written), None)
    if folded is None:
        return (*lead, (WHEN, written)), fields
    return (*lead, folded), tuple(field for field in fields if field is not folded)


def grouped(cards: Iterable[EntryCard], layers: Iterable[LayerInfo]) -> tuple[LayerGroup, ...]:
    """Cards by layer, layers in their order, without empty ones."""
    by_title: dict[str, list[EntryCard]] = {}
    for card in cards:
        by_title.setdefault(card.layer_title, []).append(card)
    return tuple(
        LayerGroup.of(layer, tuple(by_title[layer.title]))
        for layer in sorted(layers, key=lambda layer: (layer.order, layer.id))
        if layer.title in by_title
    )


def _place_note(entry: Entry, hollow: bool, words: Words) -> str | None:
    if hollow:
        return words.say("およその位置です（町丁目まで）。")
    if entry.flag is not None:
        if entry.placed not in (Placed.VENUE, Placed.ADDRESS, Placed.BLOCK):
            return None
        return words.say("位置：%(how)s", how=words.say(entry.placed.label_ja))
    if entry.precision is Precision.POINT:
        return words.say("場所が決まっていないので、地図にはのせていません。")
    return words.say("くわしい場所は、地図にのせていません。")
