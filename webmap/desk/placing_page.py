"""From what has no place to the page on which it gets one."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.model.pin import PlaceChoice, PlacingState
from webmap.desk.desk_pages import CandidateLine, RecordGroup, RecordLine, RecordWork

if TYPE_CHECKING:
    from geo.pinning import PlacingAnswer, RecordToPlace

PATH = "/desk/place"
_SHORT = 16
_KEY_HEX = 24


@dataclass(frozen=True, slots=True)
class RecordKeys:
    """Names of records that tell nothing: an id may be a person's name, and addresses are seen.

    Parameters
    ----------
    secret : bytes
        Of this server; the keys are worth nothing after a restart.
    """

    secret: bytes

    def key(self, layer: str, record_id: str) -> str:
        """The word for a record in an address."""
        words = f"{layer}\0{record_id}".encode("utf-8", "surrogatepass")
        return hmac.new(self.secret, words, hashlib.sha256).hexdigest()[:_KEY_HEX]

    def url(self, record: RecordToPlace) -> str:
        """The page of a record."""
        placing = record.placing
        return f"{PATH}/{placing.layer}/{self.key(placing.layer, placing.id)}"

    def find(self, answer: PlacingAnswer, layer: str, key: str) -> RecordToPlace | None:
        """The record of an address."""
        for record in answer.records:
            placing = record.placing
            if placing.layer == layer and self.key(layer, placing.id) == key:
                return record
        return None


def next_after(answer: PlacingAnswer, layer: str, record_id: str) -> RecordToPlace | None:
    """The next record that waits: those without a place first, going on from this one."""
    keys = [(record.placing.layer, record.placing.id) for record in answer.records]
    order = {key: index for index, key in enumerate(keys)}
    here = order.get((layer, record_id), -1)

    def distance(record: RecordToPlace) -> int:
        at = order[record.placing.layer, record.placing.id]
        return (at - here - 1) % len(order)

    for group in (answer.unplaced, to_look_at(answer)):
        others = [r for r in group if (r.placing.layer, r.placing.id) != (layer, record_id)]
        if others:
            return min(others, key=distance)
    return None


def record_groups(
    answer: PlacingAnswer, current: RecordToPlace | None, url: Callable[[RecordToPlace], str]
) -> tuple[RecordGroup, ...]:
    """The list at the left: what has no place, what is to be looked at, what is settled."""

    def lines(records: Iterable[RecordToPlace]) -> tuple[RecordLine, ...]:
        return tuple(
            RecordLine(
                url=url(record),
                name=record.placing.name,
                where=_where(record),
                asks=_asks(record),
                is_current=record is current,
            )
            for record in records
        )

    settled = answer.of(PlacingState.PLACED)
    return (
        RecordGroup("", lines(answer.unplaced), waits=True),
        RecordGroup("確かめてほしいもの", lines(to_look_at(answer)), waits=True),
        RecordGroup("場所が決まったもの", lines(settled), waits=False),
    )


def record_work(record: RecordToPlace, url: str) -> RecordWork:
    """The record that is being placed: what is known of it, what is asked, where the map opens."""
    placing = record.placing
    question, confirm_label = _question(record)
    at = _opens_at(record)
    facts = [("種類", record.layer_title), ("会場", placing.venue), ("住所", placing.address)]
    if placing.state is PlacingState.PLACED and placing.placed is not None:
        facts.append(("場所", placing.placed.label_ja))
    name = placing.name
    return RecordWork(
        url=url,
        name=name,
        name_short=f"「{name if len(name) <= _SHORT else name[: _SHORT - 1] + '…'}」",
        facts=tuple((label, text) for label, text in facts if text),
        question=question,
        confirm_label=confirm_label,
        candidates=_lines(candidates_of(record)),
        is_placed=placing.state is PlacingState.PLACED and placing.pin is not None,
        lon=at[0] if at else None,
        lat=at[1] if at else None,
    )


def candidates_of(record: RecordToPlace) -> tuple[PlaceChoice, ...]:
    """Where a record may be: what nobody could decide, or what its new address says."""
    placing = record.placing
    if (
        placing.state is not PlacingState.MOVED
        or placing.lon is None
        or placing.lat is None
        or placing.placed is None
    ):
        return placing.choices
    words = placing.matched or placing.address or placing.name
    return (PlaceChoice(placing.lon, placing.lat, placing.placed, words, placing.source or ""),)


def to_look_at(answer: PlacingAnswer) -> tuple[RecordToPlace, ...]:
    """Placed somehow, but somebody should look at it."""
    asked = answer.of(PlacingState.TO_CONFIRM, PlacingState.MOVED)
    return tuple(record for record in asked if record.placing.placed is not None)


def _where(record: RecordToPlace) -> str:
    placing = record.placing
    return "　".join(filter(None, (placing.venue, placing.address))) or "会場も住所もありません"


def _asks(record: RecordToPlace) -> str:
    placing = record.placing
    if placing.state is PlacingState.MOVED:
        return "住所が変わりました"
    if placing.state is PlacingState.TO_CONFIRM:
        return "およその位置：この位置でよいですか"
    if placing.state is PlacingState.PLACED:
        return placing.placed.label_ja if placing.placed else ""
    return f"候補が{len(placing.choices)}つあります" if len(placing.choices) > 1 else ""


def _question(record: RecordToPlace) -> tuple[str | None, str | None]:
    """What is asked, and the words of the button that keeps the present place."""
    placing = record.placing
    if placing.state is PlacingState.MOVED and placing.pin is not None:
        before = " ".join(filter(None, (placing.pin.venue, placing.pin.address)))
        known = f"（前は「{before}」でした）" if before else ""
        return (
            f"会場か住所が変わりました{known}。前に置いた場所のままでよいですか。",
            "前の場所のままでよい",
        )
    if placing.state is PlacingState.TO_CONFIRM:
        matched = f"「{placing.matched}」までしかわかりません。" if placing.matched else ""
        return f"{matched}この位置でよいですか。", "この位置でよい"
    if placing.state is PlacingState.UNPLACED:
        if len(placing.choices) > 1:
            return "場所の候補がいくつもあります。正しいものを選んでください。", None
        return None, None
    return None, None


def _opens_at(record: RecordToPlace) -> tuple[float, float] | None:
    placing = record.placing
    if placing.lon is not None and placing.lat is not None:
        return placing.lon, placing.lat
    if placing.pin is not None:
        return placing.pin.lon, placing.pin.lat
    return None


def _lines(choices: Sequence[PlaceChoice]) -> tuple[CandidateLine, ...]:
    return tuple(
        CandidateLine(
            index=index,
            letter=chr(ord("A") + index % 26),
            name=choice.matched,
            how="、".join(filter(None, (choice.placed.label_ja, choice.source))),
            lon=round(choice.lon, 7),
            lat=round(choice.lat, 7),
        )
        for index, choice in enumerate(choices)
    )
