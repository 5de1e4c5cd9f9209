"""One treasure as the wall shows it: few words, the same for every layer, and nobody to call.

A telephone number or a name on a wall helps nobody and is photographed; the list has it.
"""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from geo.model.answers import Entry, LayerInfo
from geo.model.audience import Status
from geo.model.map_answer import MapAnswer
from webmap.day_lines import NO_LINES, DayLines, day_lines
from webmap.described import described
from webmap.hall.wall_color import wall_color
from webmap.marks import Mark, mark_for
from webmap.words import Words

MOST_BESIDE = 6
LONGEST_PHRASE = 14
"""Characters that are kept on one line where they fit; more than a few lines could not be cut
between two screens."""
LONGEST_TERM = 24
LONG_NAME = 16
"""From here on a name fills its lines; a shorter one may break where it is spoken."""
_BETWEEN_PHRASES = re.compile(r"(?<=[、。）)〜～])|(?<=から)|(?=[（(])")
_FREE = frozenset({"なし", "無し", "無", "不要", "0", "0円", "無料"})
_SUM = re.compile(r"[0-9][0-9,]*")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a text that is spoken in one breath: a wall breaks its lines between two."""

    text: str = described("The piece, without blanks around it")
    whole: bool = described("Short enough to stay on one line")
    gap: bool = described("Whether a blank follows")


@dataclass(frozen=True, slots=True)
class HallCard:
    """What stands beside the map while the hall looks at one treasure."""

    number: int = described("23番, as on the flag")
    mark: Mark = described("Its layer's flag")
    layer_title: str = described("What kind of treasure")
    name: str = described("Its name")
    kana: str | None = described("How the name is read")
    long_name: bool = described("Whether its lines are filled to the edge")
    status_label: str | None = described("おやすみ中; None while it is active")
    schedule: tuple[Phrase, ...] = described("Day and time in words, as the list has them")
    days: DayLines = described("When it is held next, and in which season")
    venue: tuple[Phrase, ...] = described("Where")
    terms: tuple[Phrase, ...] = described("Who may come, and for how much: どなたでも, ・100円")
    meaning: str | None = described("この場のよさ")
    approximate: bool = described("Whether its flag stands only somewhere near")
    beside: str | None = described("24番・25番: other numbers on its flag, a few of them")
    beside_more: int = described("How many more there are on its flag")


@dataclass(frozen=True, slots=True)
class HallKind:
    """A kind of treasure, as the opening names it: its flag explains those on the map."""

    mark: Mark = described("A flag with the symbol only")
    title: str = described("What the layer is called")
    count: int = described("Treasures of it in this area")


def hall_kinds(answer: MapAnswer) -> tuple[HallKind, ...]:
    """The kinds that this area has, in legend order."""
    return tuple(
        HallKind(mark_for(layer.symbol, wall_color(layer.color)), layer.title, layer.count)
        for layer in answer.layers
        if layer.count
    )


def hall_cards(answer: MapAnswer, entries: Iterable[Entry], words: Words) -> tuple[HallCard, ...]:
    """The cards of some entries of an answer, in their order."""
    layers = {layer.id: layer for layer in answer.layers}
    entries = tuple(entries)
    days = day_lines(answer.days, words, entries=entries)
    return tuple(
        _card(answer, entry, layers[entry.layer], days.get(entry.number, NO_LINES), words)
        for entry in entries
    )


def _card(
    answer: MapAnswer, entry: Entry, layer: LayerInfo, days: DayLines, words: Words
) -> HallCard:
    flag = None if entry.flag is None else answer.flags[entry.flag]
    others = tuple(n for n in flag.numbers if n != entry.number) if flag else ()
    return HallCard(
        number=entry.number,
        mark=mark_for(layer.symbol, wall_color(layer.color)),
        layer_title=layer.title,
        name=entry.name,
        kana=entry.kana,
        long_name=len(entry.name) > LONG_NAME,
        status_label=None if entry.status is Status.ACTIVE else words.say(entry.status.label_ja),
        schedule=phrases(entry.schedule),
        days=days,
        venue=phrases(entry.venue),
        terms=tuple(
            Phrase(words.say("・") + term if i else term, len(term) <= LONGEST_TERM, gap=False)
            for i, term in enumerate(terms_of(entry, words))
        ),
        meaning=entry.meaning,
        approximate=bool(flag and flag.approximate),
        beside=words.say("・").join(
            words.say("%(number)s番", number=n) for n in others[:MOST_BESIDE]
        )
        or None,
        beside_more=len(others[MOST_BESIDE:]),
    )


def phrases(text: str | None) -> tuple[Phrase, ...]:
    """A text in pieces: 毎月第2木曜日 | 13時30分から | 15時まで | （8月はおやすみ）."""
    found: list[Phrase] = []
    for piece in re.split(r"(\s+)", (text or "").strip()):
        if piece.isspace():
            found[-1] = replace(found[-1], gap=True)
            continue
        found += (
            Phrase(part, len(part) <= LONGEST_PHRASE, gap=False)
            for part in _BETWEEN_PHRASES.split(piece)
            if part
        )
    return tuple(found)


def terms_of(entry: Entry, words: Words) -> tuple[str, ...]:
    """Who may come and for how much, each said once: ``("どなたでも", "100円")``."""
    who = [entry.for_whom.strip()] if entry.for_whom and entry.for_whom.strip() else []
    if entry.newcomers and not any(entry.newcomers.label_ja in said for said in who):
        label = words.say(entry.newcomers.label_ja)
        who.append(words.say("はじめての方は%(how)s", how=label) if who else label)
    fee = fee_of(entry.fee, words)
    return (*who, fee) if fee else tuple(who)


def fee_of(fee: str | None, words: Words) -> str | None:
    """A fee so that it can stand alone: ``100`` is 100円, ``なし`` is 無料; others as written."""
    if not fee or not fee.strip():
        return None
    plain = unicodedata.normalize("NFKC", fee).strip()
    if plain in _FREE:
        return words.say("無料")
    return words.say("%(sum)s円", sum=plain) if _SUM.fullmatch(plain) else fee.strip()
