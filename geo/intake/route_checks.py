"""Routes that contradict themselves: two stops of one order, a vehicle that drives back in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from geo.folding import fold
from geo.model.audience import Status
from geo.model.problem import Problem, Severity
from geo.model.reading import LayerReading
from geo.model.treasure import Treasure

LOOKED_AT = timedelta(days=62)
"""So many days from the list's date: every week of a month comes twice."""


def route_problems(reading: LayerReading) -> Iterator[Problem]:
    """What is wrong along the routes of a layer, each once."""
    stops = [t for t in reading.treasures if t.vehicle and t.status is Status.ACTIVE]
    if not stops:
        return
    first = reading.layer.as_of
    said: set[tuple[str, str, str]] = set()
    for stop in stops:
        yield from _other_hours(reading, stop)
    for on_one_day in _rounds(stops, first, first + LOOKED_AT):
        ordered = [stop for stop in on_one_day if stop.stop_order is not None]
        ordered.sort(key=lambda stop: (stop.stop_order or 0, stop.arrive_min or 0))
        for before, stop in pairwise(ordered):
            code = _fault(before, stop)
            if code and (code, before.id, stop.id) not in said:
                said.add((code, before.id, stop.id))
                yield from _problem(reading, code, before, stop)


def _rounds(stops: list[Treasure], first: date, last: date) -> Iterator[list[Treasure]]:
    """The stops of one vehicle on one day."""
    from geo.schedule import parse

    rounds: dict[tuple[str, date], list[Treasure]] = {}
    for stop in stops:
        for day in {one.day for one in parse(stop.schedule or "").dates(first, last)}:
            rounds.setdefault((fold(stop.vehicle or ""), day), []).append(stop)
    yield from (rounds[key] for key in sorted(rounds))


def _fault(before: Treasure, stop: Treasure) -> str | None:
    if before.stop_order == stop.stop_order:
        return "route-order-twice"
    if before.arrive_min is None or stop.arrive_min is None:
        return None
    return "route-backwards" if stop.arrive_min < before.arrive_min else None


def _problem(
    reading: LayerReading, code: str, before: Treasure, stop: Treasure
) -> Iterator[Problem]:
    address = reading.addresses.get(stop.id)
    if address is None:
        return
    other = f"「{before.name[:30]}」"
    if code == "route-order-twice":
        message = f"{stop.vehicle}の{stop.stop_order}番目が、同じ日に{other}と2つあります。順を直してください。"
        yield address.problem(
            Severity.WARNING, code, message, at="stop_order", value=str(stop.stop_order)
        )
        return
    message = (
        f"{stop.vehicle}の{stop.stop_order}番目なのに、{before.stop_order}番目の{other}（{_clock(before.arrive_min)}）"
        "より早く着くことになっています。順か到着を直してください。"
    )
    yield address.problem(
        Severity.WARNING, code, message, at="arrive_min", value=_clock(stop.arrive_min)
    )


def _other_hours(reading: LayerReading, stop: Treasure) -> Iterator[Problem]:
    """A text that names other hours than the route: the text goes first."""
    if stop.arrive_min is None or not stop.schedule:
        return
    from geo.schedule import parse
    from geo.schedule.route_hours import told_otherwise

    leave = stop.timing.leave_min
    if not told_otherwise(parse(stop.schedule), stop.arrive_min, leave):
        return
    address = reading.addresses.get(stop.id)
    if address is not None:
        route = f"{_clock(stop.arrive_min)}〜" + (_clock(leave) if leave is not None else "")
        yield address.problem(
            Severity.WARNING,
            "route-hours-differ",
            f"順路の時刻（{route}）とちがいます。ここに書かれた時刻のほうを出しています。どちらかを直してください。",
            at="schedule",
            value=stop.schedule,
        )


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02d}"
