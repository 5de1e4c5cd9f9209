"""One treasure as the wall shows it: few words, the same for every layer, and nobody to call.

A telephone number or a name on a wall helps nobody and is photographed; the list has it.
"""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from geo.model.answers import Entry, LayerInfo, MapAnswer
from geo.model.audience import Status
from webmap.described import described
from webmap.marks import FALLBACK_COLOR, Mark, mark_for
from webmap.words import Words

MOST_BESIDE = 6
_FREE = frozenset({"なし", "無し", "無", "不要", "0", "0円", "無料"})
_SUM = re.compile(r"[0-9][0-9,]*")


@dataclass(frozen=True, slots=True)
class HallCard:
    """What stands beside the map while the hall looks at one treasure."""

    number: int = described("23番, as on the flag")
    mark: Mark = described("Its layer's flag")
    layer_title: str = described("What kind of treasure")
    name: str = described("Its name")
    kana: str | None = described("How the name is read")
    status_label: str | None = described("おやすみ中; None while it is active")
    schedule: str | None = described("Day and time in words, as the list has them")
    venue: str | None = described("Where")
    terms: tuple[str, ...] = described("Who may come, and for how much: どなたでも, 100円")
    meaning: str | None = described("この場のよさ")
    approximate: bool = described("Whether its flag stands only somewhere near")
    beside: str | None = described("24番・25番: other numbers on its flag, a few of them")
    beside_more: int = described("How many more there are on its flag")


def hall_cards(answer: MapAnswer, entries: Iterable[Entry], words: Words) -> tuple[HallCard, ...]:
    """The cards of some entries of an answer, in their order."""
    layers = {layer.id: layer for layer in answer.layers}
    return tuple(_card(answer, entry, layers.get(entry.layer), words) for entry in entries)


def _card(answer: MapAnswer, entry: Entry, layer: LayerInfo | None, words: Words) -> HallCard:
    flag = None if entry.flag is None else answer.flags[entry.flag]
    others = tuple(n for n in flag.numbers if n != entry.number) if flag else ()
    return HallCard(
        number=entry.number,
        mark=mark_for(layer.symbol if layer else "", layer.color if layer else FALLBACK_COLOR),
        layer_title=layer.title if layer else "",
        name=entry.name,
        kana=entry.kana,
        status_label=None if entry.status is Status.ACTIVE else words.say(entry.status.label_ja),
        schedule=entry.schedule,
        venue=entry.venue,
        terms=terms_of(entry, words),
        meaning=entry.meaning,
        approximate=bool(flag and flag.approximate),
        beside="・".join(words.say("%(number)s番", number=n) for n in others[:MOST_BESIDE]) or None,
        beside_more=len(others[MOST_BESIDE:]),
    )


def terms_of(entry: Entry, words: Words) -> tuple[str, ...]:
    """Who may come and for how much, each said once: ``("どなたでも", "100円")``."""
    who = [entry.for_whom.strip()] if entry.for_whom and entry.for_whom.strip() else []
    if entry.newcomers and entry.newcomers.label_ja not in who:
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
    return f"{plain}円" if _SUM.fullmatch(plain) else fee.strip()
