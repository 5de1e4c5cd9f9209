"""「移動販売日に合わせ」: whose days a record follows. Asked, where it is not sure; never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from geo.folding import fold
from geo.intake.called_records import CalledRecords, TownNumbers
from geo.intake.nearness import metres
from geo.manifest.layer_file import FOLLOWS_HEADER, FOLLOWS_KEY
from geo.manifest.strict_table import near_ja
from geo.model.audience import Placed, Status
from geo.model.problem import Problem, Severity
from geo.model.reading import LayerReading
from geo.model.town import Town
from geo.model.treasure import RecordKey, Treasure

BESIDE_M = 100.0
"""A record within this distance, where it is the only one, is taken to be meant."""
_SIGNS = ("合わせ", "合せ", "あわせ")


def follow_records(
    town: Town, readings: Sequence[LayerReading], numbers: TownNumbers
) -> tuple[LayerReading, ...]:
    """Tell every record that is held on somebody else's days whose they are.

    The layer is the manifest's ``attached_to``, or the one layer with whose title the text begins
    (「移動販売日に合わせ」 means 移動販売). In it the record is looked for by, in this order, the
    column 合わせる先 (ID, number or name); the record's own venue or name; the only one within
    100 m; the only one of the same declared 地区. What was taken by its place is told, so that the
    clerk may say otherwise; where there is none, or there are several, she is asked.
    """
    return tuple(_Following(town, reading, readings, numbers).reading() for reading in readings)


def attached_to_word(treasure: Treasure) -> str | None:
    """On whose days a text says it is held: 「移動販売日」."""
    if not treasure.schedule or not any(sign in treasure.schedule for sign in _SIGNS):
        return None
    from geo.schedule import parse

    return next((r.attached_to for r in parse(treasure.schedule).rules if r.attached_to), None)


class _Found(NamedTuple):
    """Whom a record follows, or what to ask; ``how_ja`` where the clerk should look at it."""

    followed: Treasure | None = None
    how_ja: str = ""
    asked_ja: str = ""


class _Following:
    """Whom the records of one layer follow."""

    def __init__(
        self,
        town: Town,
        own: LayerReading,
        readings: Sequence[LayerReading],
        numbers: TownNumbers,
    ) -> None:
        self._town, self._own, self._readings, self._numbers = town, own, readings, numbers
        self._called: dict[str, CalledRecords] = {}
        headers = own.layer.columns.get(FOLLOWS_KEY, (FOLLOWS_HEADER,))
        self._headers = frozenset(map(fold, headers))
        self._header = headers[0]

    def reading(self) -> LayerReading:
        """The layer with what was found, and what could not be."""
        problems: list[Problem] = []
        treasures: list[Treasure] = []
        for treasure in self._own.treasures:
            word = attached_to_word(treasure)
            if word is not None:
                found = self._find(treasure, word)
                if found.followed is not None:
                    key = RecordKey(found.followed.layer, found.followed.id)
                    treasure = replace(treasure, follows=key)
                problems += self._said(treasure, found)
            treasures.append(treasure)
        if not problems and all(t.follows is None for t in treasures):
            return self._own
        known = (*self._own.problems, *problems)
        return replace(self._own, treasures=tuple(treasures), problems=known)

    def _find(self, treasure: Treasure, word: str) -> _Found:
        reading = self._layer_of(word)
        if reading is None:
            return _Found(
                asked_ja=f"「{word[:30]}」が、どの種類のお宝の日か分かりません。layer.toml に attached_to を書いてください。"
            )
        named = self._named(treasure)
        if named:
            return self._by_name(reading, named)
        others = [t for t in reading.treasures if t.id != treasure.id or t.layer != treasure.layer]
        standing = [t for t in others if t.status is not Status.ENDED]
        words = {fold(text) for text in (treasure.venue, treasure.name) if text}
        same = [t for t in standing if words & {fold(text) for text in (t.name, t.venue) if text}]
        if len(same) == 1:
            return _Found(same[0])
        near = [t for t in standing if _is_beside(treasure, t)]
        if len(near) == 1 and not same:
            return _Found(near[0], how_ja="100m以内にある")
        in_area = [
            t for t in standing if t.area and treasure.area and fold(t.area) == fold(treasure.area)
        ]
        if len(in_area) == 1 and not same and not near:
            return _Found(in_area[0], how_ja="同じ地区にある")
        title = reading.layer.title
        several = same or near or in_area
        if several:
            names = "、".join(f"「{t.name[:20]}」" for t in several[:3])
            return _Found(
                asked_ja=f"「{title}」のどれに合わせるのか、決められません（{names}など{len(several)}件）。"
            )
        return _Found(asked_ja=f"「{title}」のどれに合わせるのか、分かりません。")

    def _by_name(self, reading: LayerReading, named: str) -> _Found:
        title = reading.layer.title
        if reading.layer.id not in self._called:
            called = CalledRecords(self._town, reading, self._numbers)
            self._called[reading.layer.id] = called
        found = self._called[reading.layer.id].find(named)
        if len(found) == 1:
            return _Found(found[0])
        if found:
            return _Found(
                asked_ja=f"「{title}」に「{named[:30]}」が{len(found)}件あります。IDで書いてください。"
            )
        near = near_ja(named, self._called[reading.layer.id].names)
        return _Found(asked_ja=f"「{title}」に「{named[:30]}」がありません。{near}")

    def _layer_of(self, word: str) -> LayerReading | None:
        key = self._own.layer.attached_to
        if key is not None:
            return next((r for r in self._readings if r.layer.id == key), None)
        named = [
            r
            for r in self._readings
            if not r.layer.backdrop and fold(word).startswith(fold(r.layer.title))
        ]
        return named[0] if len(named) == 1 else None

    def _named(self, treasure: Treasure) -> str | None:
        """What the column says."""
        said = (text for header, text in treasure.extra.items() if fold(header) in self._headers)
        return next(said, None)

    def _said(self, treasure: Treasure, found: _Found) -> Iterable[Problem]:
        """What the clerk is told, or asked."""
        name = treasure.name[:40]
        column = f"「{self._header}」の列に、そのIDか番号か名前を書いてください。"
        if found.how_ja and found.followed is not None:
            code = "follows-nearby"
            message = (
                f"「{name}」の日にちは、{found.how_ja}「{found.followed.name[:40]}」に合わせました。"
                f"ちがうときは、{column}"
            )
        elif found.asked_ja:
            code = "follows-unclear"
            message = f"「{name}」の日にち：{found.asked_ja}{column}書くまで、日にちは出ません。"
        else:
            return
        address = self._own.addresses.get(treasure.id)
        if address is not None:
            yield address.problem(
                Severity.WARNING, code, message, at="schedule", value=treasure.schedule
            )


def _is_beside(treasure: Treasure, other: Treasure) -> bool:
    if treasure.lat is None or other.lat is None:
        return False
    if Placed.BLOCK in (treasure.placed, other.placed):
        return False
    return metres(treasure, other) <= BESIDE_M
