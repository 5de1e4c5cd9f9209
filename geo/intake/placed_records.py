"""Records whose list gives no coordinates get their place: by a pin, else by their own words.

The order of trust: the list's own coordinates, a pin, the gazetteer. A pin set for another venue
or address is kept out until somebody confirms it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.intake.guarded_places import Guarded, guarded_places, widest_audience
from geo.intake.left_pins import LeftPins
from geo.intake.pin_words import is_for_other_words, is_same_address, is_same_text
from geo.intake.pins_reading import PinsReading, read_pins
from geo.model.audience import Audience
from geo.model.pin import Pin, PlaceChoice, PlacingState, RecordPlacing
from geo.model.problem import Problem, Severity
from geo.model.reading import LayerReading
from geo.model.town import Town
from geo.model.treasure import Treasure

if TYPE_CHECKING:
    from geo.placing import Gazetteer

SAME_PLACE_M = 30.0
"""A pin this close to the list's own coordinates says nothing else than the list."""

_NAMED = 3
_NO_WORDS_JA = "会場も住所も書いてありません。"
_NO_GAZETTEER_JA = "地図で場所を決めてください。"


@dataclass(frozen=True, slots=True)
class PlacedLayer:
    """A layer with its records placed, and how each of them was; ``pins`` is its file, if any."""

    reading: LayerReading
    placings: tuple[RecordPlacing, ...]
    pins: PinsReading | None = None


def place_records(
    town: Town, readings: Sequence[LayerReading], gazetteer: Callable[[], Gazetteer | None]
) -> tuple[PlacedLayer, ...]:
    """Place the records of every layer that have no coordinates.

    Parameters
    ----------
    town : Town
    readings : sequence of LayerReading
    gazetteer : callable
        Asked once, and only when some record has neither coordinates nor a pin; may answer None.

    Returns
    -------
    tuple of PlacedLayer
        In the order given. The faults of the pins are among the layer's own.
    """
    pins = {
        reading.layer.id: read_pins(reading.layer.pins, town.shown_path(reading.layer.pins))
        for reading in readings
        if reading.layer.pins is not None
    }
    ground = _Ground(None, {}, None)
    if any(_needs_search(reading, pins.get(reading.layer.id)) for reading in readings):
        ground = _Ground(gazetteer(), guarded_places(town, readings), LeftPins(readings, pins))
    return tuple(_placed(reading, pins.get(reading.layer.id), ground) for reading in readings)


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where a record without a pin of its own is looked for."""

    gazetteer: Gazetteer | None
    guarded: Guarded
    left: LeftPins | None


def _needs_search(reading: LayerReading, pins: PinsReading | None) -> bool:
    set_here = pins.pins if pins is not None else {}
    for treasure in reading.treasures:
        if treasure.lat is None:
            pin = set_here.get(treasure.id)
            if pin is None or is_for_other_words(pin, treasure):
                return True
    return False


def _placed(reading: LayerReading, pins: PinsReading | None, ground: _Ground) -> PlacedLayer:
    if pins is None and all(treasure.lat is not None for treasure in reading.treasures):
        return PlacedLayer(reading, ())
    set_here: Mapping[str, Pin] = pins.pins if pins is not None else {}
    treasures: list[Treasure] = []
    placings: list[RecordPlacing] = []
    for treasure in reading.treasures:
        if treasure.lat is None:
            widest = widest_audience(treasure, count_only=reading.layer.count_only)
            placing = _place(treasure, set_here.get(treasure.id), ground, widest)
            placings.append(placing)
            if placing.placed is not None:
                treasure = replace(
                    treasure, lon=placing.lon, lat=placing.lat, placed=placing.placed
                )
        treasures.append(treasure)
    problems = [*reading.problems]
    if pins is not None:
        problems += pins.problems
        problems += _faults_of_pins(pins, reading)
    problems += _questions(placings, reading)
    return PlacedLayer(
        replace(
            reading,
            treasures=tuple(treasures),
            problems=tuple(problems),
            skippable_rows=reading.skippable_rows + (pins.failed_rows if pins else 0),
            blocking=reading.blocking or (pins is not None and pins.blocking),
        ),
        tuple(placings),
        pins,
    )


def _place(treasure: Treasure, pin: Pin | None, ground: _Ground, widest: Audience) -> RecordPlacing:
    """How one record without coordinates, seen by ``widest`` at most, is placed."""
    base = RecordPlacing(
        treasure.layer,
        treasure.id,
        treasure.name,
        treasure.venue,
        treasure.address,
        PlacingState.UNPLACED,
        pin=pin,
    )
    moved = pin is not None and is_for_other_words(pin, treasure)
    if pin is not None and not moved:
        return replace(base, state=PlacingState.PLACED, placed=pin.how, lon=pin.lon, lat=pin.lat)
    found = _found(base, treasure, ground.gazetteer)
    if found.lon is not None and found.lat is not None:
        knowing = ground.guarded.get((found.lon, found.lat), Audience.PUBLIC)
        if knowing > widest:
            found = _asked(base, found, knowing)
    if pin is None and found.state is not PlacingState.PLACED and ground.left is not None:
        found = _with_left(found, ground.left.choices(treasure))
    if not moved:
        return found
    words = "新しい会場か住所で見つかった場所を使っています。" if found.placed else ""
    return replace(
        found,
        state=PlacingState.MOVED,
        why_ja=f"会場か住所が変わったので、前に決めた場所は使っていません。{words}",
    )


def _with_left(found: RecordPlacing, left: tuple[PlaceChoice, ...]) -> RecordPlacing:
    """The places that were set for the same name or address under an id that is no more."""
    if not left:
        return found
    return replace(
        found,
        choices=left + found.choices,
        why_ja=f"同じ名前か住所で、前に決めた場所があります。{found.why_ja}",
    )


def _asked(base: RecordPlacing, found: RecordPlacing, knowing: Audience) -> RecordPlacing:
    """A place that fewer people may know than the record: only the clerk can say that it may be told."""
    assert found.lon is not None
    assert found.lat is not None
    assert found.placed is not None
    matched = found.matched or ""
    choice = PlaceChoice(found.lon, found.lat, found.placed, matched, found.source or "")
    return replace(
        base,
        why_ja=f"「{matched[:40]}」の場所は{knowing.label_ja}の一覧から分かりましたが、このお宝はもっと広く見せるものです。"
        "見せてよければ、この場所を選んでください。",
        choices=(choice,),
    )


def _found(base: RecordPlacing, treasure: Treasure, gazetteer: Gazetteer | None) -> RecordPlacing:
    if gazetteer is None:
        no_words = not (treasure.venue or treasure.address)
        return replace(base, why_ja=(_NO_WORDS_JA if no_words else "") + _NO_GAZETTEER_JA)
    finding = gazetteer.find(
        name=treasure.name, venue=treasure.venue, address=treasure.address, area=treasure.area
    )
    place = finding.place
    if place is None:
        choices = tuple(
            PlaceChoice(c.lon, c.lat, c.placed, c.matched, c.source) for c in finding.candidates
        )
        return replace(base, why_ja=finding.why_ja, choices=choices)
    exact = place.placed.is_exact
    return replace(
        base,
        state=PlacingState.PLACED if exact else PlacingState.TO_CONFIRM,
        placed=place.placed,
        lon=place.lon,
        lat=place.lat,
        matched=place.matched,
        source=place.source,
        why_ja=""
        if exact
        else f"「{place.matched[:40]}」までしか分からないので、およその位置です。",
    )


def _faults_of_pins(pins: PinsReading, reading: LayerReading) -> list[Problem]:
    from geo.placing import apart_m

    problems: list[Problem] = []
    records = {treasure.id: treasure for treasure in reading.treasures}
    without: list[str] = []
    for record_id, pin in pins.pins.items():
        treasure = records.get(record_id)
        if treasure is None:
            without.append(record_id)
        elif treasure.lon is not None and treasure.lat is not None:
            away_m = apart_m(treasure.lon, treasure.lat, pin.lon, pin.lat)
            if away_m > SAME_PLACE_M:
                problems.append(
                    pins.problem(
                        Severity.WARNING,
                        "place-in-list",
                        f"「{treasure.name[:40]}」は一覧に緯度と経度があるので、この行の場所（{away_m:,.0f}mはなれています）は"
                        "使いません。この行が正しければ、一覧の緯度と経度を空にしてください。",
                        record_id,
                        record_id,
                    )
                )
    # A row of the list with an error is no record yet; its pin waits without a word.
    if without and not reading.skippable_rows and not reading.blocking:
        first = "、".join(f"「{record_id[:20]}」" for record_id in without[:_NAMED])
        more = "など" if len(without) > _NAMED else ""
        problems.append(
            Problem(
                Severity.WARNING,
                pins.file,
                f"一覧にないIDの場所が{len(without)}件あります（{first}{more}）。終わったものなら、このままでかまいません。"
                "IDを付けかえたのなら、新しいIDに直してください。",
                "place-without-record",
            )
        )
    return problems


def _questions(placings: Sequence[RecordPlacing], reading: LayerReading) -> list[Problem]:
    """What the clerk is asked about the places of a layer."""
    problems: list[Problem] = []
    for placing in placings:
        pin = placing.pin
        if placing.state is PlacingState.MOVED and pin is not None:
            problems.append(_moved(placing, pin, reading))
    about = [p.name for p in placings if p.state is PlacingState.TO_CONFIRM]
    if about:
        first = "、".join(f"「{name[:20]}」" for name in about[:_NAMED])
        more = "など" if len(about) > _NAMED else ""
        problems.append(
            Problem(
                Severity.WARNING,
                f"layers/{reading.layer.id}",
                f"町丁目までしか場所が分からないものが{len(about)}件あります（{first}{more}）。"
                f"地図では白ぬきの旗になります。「otakara place」で確かめてください。",
                "place-approximate",
            )
        )
    return problems


def _moved(placing: RecordPlacing, pin: Pin, reading: LayerReading) -> Problem:
    at, before, now = "address", pin.address, placing.address
    if is_same_address(before, now):
        at, before, now = "venue", pin.venue, placing.venue
        if is_same_text(before, now):
            at, before, now = "name", pin.name, placing.name
    word = {"address": "住所", "venue": "会場", "name": "名称"}[at]
    message_ja = (
        f"「{placing.name[:40]}」の{word}が変わりました（前は「{(before or '空')[:60]}」）。"
        f"前に決めた場所（{pin.how.label_ja}）は使っていません。"
        "「otakara place」か場所を決める画面で、前の場所を使うか、決め直してください。"
    )
    address = reading.addresses.get(placing.id)
    if address is None:
        return Problem(
            Severity.WARNING, f"layers/{placing.layer}", message_ja, "place-moved", value=now
        )
    return address.problem(Severity.WARNING, "place-moved", message_ja, at=at, value=now)
