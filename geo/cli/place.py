"""``otakara place``: what has no place yet, how the rest was placed, and a pin by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from geo.cli.check import for_terminal, problem_lines
from geo.cli.group import current_settings
from geo.cli.options import echo_json, json_option
from geo.errors import WordsError

if TYPE_CHECKING:
    from geo.model.pin import Pin
    from geo.pinning import PinAnswer, PlacingAnswer, RecordToPlace

_SHOWN_CHOICES = 5
_SAID_BELOW = ("place-approximate", "place-moved")


@click.command("place", help="場所が決まっていないものを言い、手で場所を決めます。")
@click.argument("record", required=False, metavar="LAYER/ID")
@click.argument("place", required=False, metavar="LAT,LON")
@click.option("--list", "listed", is_flag=True, help="場所の決まり方の一覧（ふだんの動き）")
@click.option(
    "--confirm", "confirmed", is_flag=True, help="今の場所（変わった住所なら前の場所）でよい"
)
@click.option("--remove", "removed", is_flag=True, help="手で決めた場所を取り消す")
@json_option
def place_command(
    record: str | None,
    place: str | None,
    listed: bool,
    confirmed: bool,
    removed: bool,
    as_json: bool,
) -> None:
    """Exit 0 when told or written, 1 when there is no such record or a file is broken, 2 usage."""
    from geo.pinning import confirm, remove_pin, set_pin

    settings = current_settings()
    acts = [place is not None, confirmed, removed]
    if record is None or listed:
        if record is not None or any(acts):
            raise _usage("--list は、ほかの指定といっしょには使えません。")
        _tell_list(as_json=as_json)
        return
    if sum(acts) != 1:
        raise _usage("緯度,経度 か --confirm か --remove の、どれか1つを書いてください。")
    layer, slash, record_id = record.partition("/")
    if not slash or not layer or not record_id:
        raise _usage(f"「{record[:80]}」は LAYER/ID の形ではありません。")
    if place is not None:
        lon, lat = _degrees(place)
        answer = set_pin(settings, layer, record_id, lon, lat)
    elif confirmed:
        answer = confirm(settings, layer, record_id)
    else:
        answer = remove_pin(settings, layer, record_id)
    if as_json:
        echo_json(_pin_json(answer))
        return
    for line in _pin_lines(answer):
        click.echo(for_terminal(line))


def _usage(message_ja: str) -> WordsError:
    return WordsError(
        "unusable words for place",
        message_ja=message_ja,
        hint_ja="例: otakara place LAYER/ID 34.8671,138.3229",
    )


def _degrees(text: str) -> tuple[float, float]:
    """Longitude and latitude of ``LAT,LON``."""
    from geo.intake.values import parse_latlon

    try:
        lat, lon = parse_latlon(text)
    except ValueError as error:
        raise _usage(f"「{text[:80]}」は「緯度,経度」として読めません。") from error
    return lon, lat


def _tell_list(*, as_json: bool) -> None:
    from geo.pinning import unplaced

    answer = unplaced(current_settings())
    if as_json:
        echo_json(answer.as_json())
        return
    for line in list_lines(answer):
        click.echo(line)


def list_lines(answer: PlacingAnswer) -> Iterator[str]:
    """The report for the terminal: faults, what waits for the clerk, how the rest was placed."""
    from geo.model.pin import PlacingState

    yield from problem_lines(p for p in answer.problems if not p.code.startswith(_SAID_BELOW))
    waiting = [r for r in answer.unplaced if r.placing.state is not PlacingState.MOVED]
    if waiting:
        yield f"場所が決まっていない {len(waiting)}件"
        yield from _records(waiting)
        yield ""
    if answer.to_confirm:
        yield f"町丁目まで（およその位置）。よければ確かめてください {len(answer.to_confirm)}件"
        yield from _records(answer.to_confirm)
        yield ""
    if answer.moved:
        yield f"住所や会場が変わったもの {len(answer.moved)}件"
        yield from _records(answer.moved)
        yield ""
    placed = answer.of(PlacingState.PLACED)
    if placed:
        yield f"場所が決まったもの {len(placed)}件"
        for how, of_how in _by_how(placed).items():
            yield f"  {how} {len(of_how)}件"
            yield from (f"    {for_terminal(_placed_ja(record))}" for record in of_how)
        yield ""
    if answer.source:
        yield f"元の一覧に緯度と経度があるもの {answer.source}件"
    if answer.counts.sentence_ja:
        yield answer.counts.sentence_ja
    if waiting or answer.moved or answer.to_confirm:
        yield from _what_to_do(answer)
    elif not answer.source and not answer.records:
        yield "お宝が1件もありません。"
    else:
        yield "どれも場所が決まっています。"


def _what_to_do(answer: PlacingAnswer) -> Iterator[str]:
    yield "場所を決める：   otakara place LAYER/ID 緯度,経度"
    if answer.to_confirm:
        yield "今の場所でよい： otakara place LAYER/ID --confirm"
    if answer.moved:
        yield "前の場所でよい： otakara place LAYER/ID --confirm"
    if answer.unplaced and not answer.has_gazetteer:
        yield (
            "boundaries/gazetteer.toml を置くと、会場名や住所から場所をさがします"
            "（書き方は README の「場所を決める」）。"
        )


def _records(records: Iterable[RecordToPlace]) -> Iterator[str]:
    for record in records:
        placing = record.placing
        number = f"{record.number}番 " if record.number is not None else ""
        words = "、".join(word for word in (placing.venue, placing.address) if word)
        yield for_terminal(
            f"  {placing.layer}/{placing.id}  {number}{placing.name}"
            + (f"（{words}）" if words else "")
        )
        if placing.why_ja:
            yield for_terminal(f"      {placing.why_ja}")
        pin = placing.pin
        if pin is not None:
            yield for_terminal(f"      前の場所: {_place_ja(pin)}")
        for choice in placing.choices[:_SHOWN_CHOICES]:
            yield for_terminal(
                f"      ? {choice.lat:.6f},{choice.lon:.6f}  {choice.matched}"
                f"（{choice.placed.label_ja}、{choice.source}）"
            )
        more = len(placing.choices) - _SHOWN_CHOICES
        if more > 0:
            yield f"      ほか{more}か所"


def _by_how(records: Iterable[RecordToPlace]) -> dict[str, list[RecordToPlace]]:
    found: dict[str, list[RecordToPlace]] = {}
    for record in records:
        if record.placing.placed is not None:
            found.setdefault(record.placing.placed.label_ja, []).append(record)
    return found


def _placed_ja(record: RecordToPlace) -> str:
    placing = record.placing
    met = f" ← {placing.matched}（{placing.source}）" if placing.matched else ""
    return f"{placing.layer}/{placing.id}  {placing.name}{met}"


def _place_ja(pin: Pin) -> str:
    when = f"、{pin.when.isoformat()}" if pin.when else ""
    words = "、".join(word for word in (pin.venue, pin.address) if word)
    return f"{pin.lat:.6f},{pin.lon:.6f}（{pin.how.label_ja}{when}）{words}"


def _pin_lines(answer: PinAnswer) -> Iterator[str]:
    file = f"layers/{answer.layer}/places.csv"
    if answer.now is None:
        yield f"「{answer.name}」の場所を取り消しました（{file}）。"
    elif answer.now == answer.before:
        yield f"「{answer.name}」の場所は、もう決まっています: {_place_ja(answer.now)}"
        return
    else:
        yield f"「{answer.name}」の場所を決めました: {answer.now.lat:.6f},{answer.now.lon:.6f}（{answer.now.how.label_ja}、{file}）。"
    if answer.before is not None and answer.now is not None:
        yield f"前の場所は {_place_ja(answer.before)} でした。"
    yield from answer.notes_ja
    yield "「otakara load」で読み込むと、地図に出ます。"


def _pin_json(answer: PinAnswer) -> dict[str, object]:
    return {
        "layer": answer.layer,
        "id": answer.id,
        "name": answer.name,
        "before": _json_of(answer.before),
        "now": _json_of(answer.now),
        "notes": list(answer.notes_ja),
    }


def _json_of(pin: Pin | None) -> dict[str, object] | None:
    if pin is None:
        return None
    when = pin.when.isoformat() if pin.when else None
    return {"lon": pin.lon, "lat": pin.lat, "how": pin.how.value, "when": when}
