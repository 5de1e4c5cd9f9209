"""Set, confirm and take away a pin: read, change and write as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from geo.errors import LoadRefusedError, NotFoundError, TownFolderError, WordsError
from geo.intake.cross import TOWN_MARGIN_M, near_areas
from geo.intake.layer_reader import read_layer
from geo.intake.pin_words import is_for_other_words
from geo.intake.pins_reading import place_fault, read_pins
from geo.intake.records import identity
from geo.manifest import read_manifests
from geo.manifest.pins_path import PINS_NAME, is_pins_file
from geo.model.audience import Placed
from geo.model.pin import HOW_PLACED, Pin
from geo.model.town import Layer, Town
from geo.model.treasure import Treasure
from geo.pinning.pins_writing import NO_MEMOS, Memos, pins_lock, write_pins
from geo.pinning.unplaced_list import placings_now
from geo.settings import Settings

_JAPAN = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class PinAnswer:
    """What became of a record's pin: ``before`` and ``now``, None where there is none.

    ``name`` is the record's; of a record that left its list, its id. ``notes_ja`` are sentences
    to look at.
    """

    layer: str
    id: str
    name: str
    before: Pin | None
    now: Pin | None
    notes_ja: tuple[str, ...] = ()


def set_pin(
    settings: Settings,
    layer: str,
    record_id: str,
    lon: float,
    lat: float,
    *,
    how: Placed = Placed.MAP,
) -> PinAnswer:
    """Put a record somewhere and keep it in ``places.csv``.

    Parameters
    ----------
    settings : Settings
        Names the town folder.
    layer, record_id : str
        The record by its layer and its id in the list.
    lon, lat : float
        Degrees in EPSG:4326.
    how : Placed
        MAP for a tap on the map; what the chosen candidate says for VENUE, ADDRESS, BLOCK.

    Raises
    ------
    NotFoundError, WordsError, LoadRefusedError, TownFolderError
        As the room's docstring says; nothing was written.
    """
    _check_place(lon, lat, how)
    spec, town = _layer(settings, layer)
    treasure = _record(spec, town, record_id)
    notes = _notes(town, treasure, lon, lat)

    def change(_before: Pin | None) -> Pin:
        return _pin(treasure, lon, lat, how)

    return _changed(spec, treasure.id, treasure.name, change, notes)


def confirm(settings: Settings, layer: str, record_id: str) -> PinAnswer:
    """Keep a record where it stands now, or where its old pin was when its address moved.

    Raises
    ------
    WordsError
        When the record has no place that could be confirmed.
    NotFoundError, LoadRefusedError, TownFolderError
        As for `set_pin`.
    """
    spec, town = _layer(settings, layer)
    treasure = _record(spec, town, record_id)
    if treasure.lat is not None:
        raise WordsError(
            "the list has the coordinates of this record",
            message_ja=f"「{treasure.name}」は、一覧に緯度と経度があります。確かめることはありません。",
        )
    # Before the lock: a gazetteer takes its time.
    known = {(p.layer, p.id): p for p in placings_now(settings).placings}
    placing = known.get((spec.id, treasure.id))

    def change(before: Pin | None) -> Pin:
        if before is not None:
            is_asked = is_for_other_words(before, treasure)
            return _pin(treasure, before.lon, before.lat, before.how) if is_asked else before
        if placing is None or placing.lon is None or placing.lat is None or not placing.placed:
            raise WordsError(
                "there is no place to confirm",
                message_ja=f"「{treasure.name}」は、まだ場所が決まっていません。",
                hint_ja="地図か緯度・経度で、場所を決めてください。",
            )
        return _pin(treasure, placing.lon, placing.lat, placing.placed)

    return _changed(spec, treasure.id, treasure.name, change)


def remove_pin(settings: Settings, layer: str, record_id: str) -> PinAnswer:
    """Take a record's pin away, also that of a record that has left its list.

    Raises
    ------
    NotFoundError
        When there is no such pin.
    LoadRefusedError, TownFolderError
        As for `set_pin`.
    """
    spec, _ = _layer(settings, layer)

    def change(before: Pin | None) -> None:
        if before is None:
            raise NotFoundError(
                "this record has no pin",
                message_ja=f"layers/{spec.id}/{PINS_NAME} に「{record_id}」の場所はありません。",
                hint_ja="「otakara place」で、場所の決まり方を確かめてください。",
            )

    wanted = identity([record_id])
    return _changed(spec, wanted, wanted, change)


def _changed(
    spec: Layer,
    record_id: str,
    name: str,
    change: Callable[[Pin | None], Pin | None],
    notes_ja: tuple[str, ...] = (),
) -> PinAnswer:
    """Read, change and write under the lock, so that two writers lose nothing."""
    path = spec.folder / PINS_NAME
    with pins_lock(spec.folder):
        pins, memos = _standing(path, spec)
        before = pins.get(record_id)
        now = change(before)
        if now is None:
            pins.pop(record_id, None)
        else:
            pins[record_id] = now
        if now != before:
            write_pins(path, pins.values(), memos)
    shown = before.name if before is not None and before.name and name == record_id else name
    return PinAnswer(spec.id, record_id, shown, before, now, notes_ja)


def _standing(path: Path, spec: Layer) -> tuple[dict[str, Pin], Memos]:
    """The pins as they stand; a file that cannot be understood whole is never overwritten."""
    if not path.exists() and not path.is_symlink():
        return {}, NO_MEMOS
    file = f"layers/{spec.id}/{PINS_NAME}"
    if path.is_symlink() or not is_pins_file(path):
        raise LoadRefusedError(
            "places.csv is not a file of pins",
            message_ja=f"{file} は場所の控えではないので、書き込みません。",
            hint_ja="場所の控えの名前は places.csv と決まっています。ほかの一覧なら、名前を変えてください。",
        )
    reading = read_pins(path, file)
    lost = [p for p in reading.problems if p.is_error or p.code.startswith("latlon-")]
    if lost:
        raise LoadRefusedError(
            "places.csv has faults",
            message_ja=f"{file} に直すところがあるので、書き込みません。\n"
            + "\n".join(f"・{p.cell or ''} {p.message_ja}" for p in lost[:5]),
            hint_ja="「otakara check」で全部を見て、直してから、もう一度お試しください。",
            problems=reading.problems,
        )
    return dict(reading.pins), Memos(reading.memo_headers, reading.memos)


def _layer(settings: Settings, layer: str) -> tuple[Layer, Town]:
    town, problems = read_manifests(settings.town, settings.realdata)
    if town is None:
        first = problems[0].message_ja if problems else "町のフォルダがありません。"
        raise TownFolderError("there is no town folder", message_ja=first)
    for spec in town.layers:
        if spec.id == layer and not spec.backdrop:
            return spec, town
    raise NotFoundError(
        "no such layer",
        message_ja=f"layers に「{layer[:64]}」という種類はありません。",
        hint_ja=f"あるのは {'、'.join(s.id for s in town.layers if not s.backdrop) or 'ありません'}",
    )


def _record(spec: Layer, town: Town, record_id: str) -> Treasure:
    wanted = identity([record_id])
    for treasure in read_layer(spec, town).treasures:
        if treasure.id == wanted:
            return treasure
    raise NotFoundError(
        "no such record in the layer",
        message_ja=f"「{spec.title}」の一覧に、ID「{record_id[:64]}」のものはありません。",
        hint_ja="「otakara place」でIDを確かめてください。その行に直すところがあるときは、先に直してください。",
    )


def _check_place(lon: float, lat: float, how: Placed) -> None:
    fault = place_fault(lon, lat)
    if fault is not None:
        raise WordsError(f"unusable coordinates: {fault[0]}", message_ja=fault[1])
    if how not in HOW_PLACED:
        raise WordsError(
            f"a pin cannot be {how.value}",
            message_ja="場所の決まり方は「地図で指定」「会場名で一致」「番地まで」「町丁目まで」のどれかです。",
        )


def _notes(town: Town, treasure: Treasure, lon: float, lat: float) -> tuple[str, ...]:
    notes = []
    if treasure.lat is not None:
        notes.append(
            "この一覧の行には緯度と経度があるので、そちらを使います。"
            "決めた場所を使うには、一覧の緯度と経度を空にしてください。"
        )
    if not _is_near(town, lon, lat):
        notes.append(
            f"この場所は、どの地区の境界からも{TOWN_MARGIN_M:.0f}m以上はなれています。まちがいなら取り消してください。"
        )
    return tuple(notes)


def _is_near(town: Town, lon: float, lat: float) -> bool:
    """Whether a place lies in the town; a town without drawn areas has no outside."""
    from geo.intake.boundaries import read_level

    drawn = False
    for level in town.levels:
        outlines = [a.outline_wkb for a in read_level(level, town).areas if a.outline_wkb]
        if outlines and near_areas(town.municipality.metric_crs, outlines, [lon], [lat])[0]:
            return True
        drawn |= bool(outlines)
    return not drawn


def _pin(treasure: Treasure, lon: float, lat: float, how: Placed) -> Pin:
    return Pin(
        treasure.id,
        round(lon, 7),
        round(lat, 7),
        how,
        _today(),
        treasure.venue,
        treasure.address,
        treasure.name,
    )


def _today() -> date:
    return datetime.now(UTC).astimezone(_JAPAN).date()
