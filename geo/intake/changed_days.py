"""The clerk's changed days, held against the timetables: what is right goes to its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from geo.folding import fold
from geo.intake.called_records import CalledRecords, TownNumbers
from geo.intake.days_table import DaysLine, read_days
from geo.manifest.layer_file import FIELD_HEADERS
from geo.manifest.strict_table import near_ja
from geo.model.audience import Status
from geo.model.day_change import DayChange, DayChangeKind
from geo.model.problem import Problem, Severity
from geo.model.reading import LayerReading
from geo.model.town import Layer, Town
from geo.model.treasure import RecordKey, Treasure

if TYPE_CHECKING:
    from geo.schedule import ChangedSchedule, Told

_EVERYBODY = frozenset(map(fold, ("全部", "すべて", "全て", "みんな")))
Records = dict[RecordKey, Treasure]


def change_days(
    town: Town, readings: Sequence[LayerReading], numbers: TownNumbers
) -> tuple[LayerReading, ...]:
    """Read every layer's changed days, once it is known who follows whom.

    Those who follow nobody come first: a line about a follower names the day on which it is held
    after the other has been moved.
    """
    changed = {r.layer.id: _LayerDays(town, r, numbers) for r in readings if r.layer.days}
    if not changed:
        return tuple(readings)
    records: Records = {RecordKey(t.layer, t.id): t for r in readings for t in r.treasures}
    for followers in (False, True):
        for days in changed.values():
            days.settle(records, followers=followers)
    return tuple(
        changed[r.layer.id].reading(records) if r.layer.id in changed else r for r in readings
    )


class _LayerDays:
    """The changed days of one layer."""

    def __init__(self, town: Town, own: LayerReading, numbers: TownNumbers) -> None:
        self._own = own
        self._problems: list[Problem] = []
        self._lines: dict[str, list[DaysLine]] = {}
        self._crowds: dict[DaysLine, bool] = {}
        """Lines that mean a vehicle or everybody, and whether anybody is held on that day."""
        self._failed, self._blocking = 0, False
        called = CalledRecords(town, own, numbers)
        for path in own.layer.days:
            found = read_days(path, town.shown_path(path), _name_headers(own.layer))
            self._problems += found.problems
            self._failed += found.failed_rows
            self._blocking |= found.blocking
            for line in found.lines:
                self._give(line, called)

    def _give(self, line: DaysLine, called: CalledRecords) -> None:
        """A line to the records it means."""
        meant = called.find(line.who)
        if len(meant) > 1:
            self._fail(
                line,
                "days-record-unclear",
                f"「{line.who[:30]}」が{len(meant)}件あります。IDか番号で書いてください。",
            )
            return
        if not meant:
            is_everybody = fold(line.who) in _EVERYBODY
            meant = self._own.treasures if is_everybody else called.of_vehicle(line.who)
            if meant:
                self._crowds[line] = False
        if not meant:
            near = near_ja(line.who, called.names) or "ID、番号、名称のどれかを書いてください。"
            self._fail(
                line,
                "days-record-unknown",
                f"「{line.who[:30]}」が、この一覧にありません。{near}一覧から消えたものなら、行を消してください。",
            )
        for treasure in meant:
            self._lines.setdefault(treasure.id, []).append(line)

    def _fail(self, line: DaysLine, code: str, message_ja: str, at: str = "who") -> None:
        self._failed += 1
        value = line.who if at == "who" else _slashed(line.change.day)
        self._problems.append(
            line.address.problem(Severity.ERROR, code, message_ja, at=at, value=value)
        )

    def settle(self, records: Records, *, followers: bool) -> None:
        """Hold the lines against the timetables of those who follow somebody, or of the others."""
        for treasure in self._own.treasures:
            lines = self._lines.get(treasure.id)
            if lines and (treasure.follows is not None) is followers:
                key = RecordKey(treasure.layer, treasure.id)
                records[key] = replace(treasure, day_changes=self._right(treasure, lines, records))

    def _right(
        self, treasure: Treasure, lines: Sequence[DaysLine], records: Records
    ) -> tuple[DayChange, ...]:
        """The changes that fit the timetable, in the order of their days."""
        from geo.schedule import timed

        schedule = timed(_told(treasure, records))
        first: dict[object, DaysLine] = {}
        kept: list[DayChange] = []
        # One record is meant more closely than a whole vehicle: its own lines go first.
        for line in sorted(lines, key=lambda line: line in self._crowds):
            change = line.change
            is_added = change.kind is DayChangeKind.ADDED
            before = first.setdefault((change.day, is_added), line)
            if before is not line:
                self._second(line, before)
            elif treasure.status is Status.ACTIVE and self._fits(line, schedule, treasure):
                kept.append(change)
        return tuple(sorted(kept, key=lambda change: (change.day, change.last_day, change.kind)))

    def _second(self, line: DaysLine, before: DaysLine) -> None:
        """Two lines about one day of one record."""
        if line in self._crowds:
            self._crowds[line] = True
            return
        row = before.address.row
        if line.change == before.change:
            self._warn(line, "days-twice", f"{row}行目と同じです。片方を消してください。", "day")
            return
        self._fail(
            line,
            "days-contradict",
            f"同じ日のことが{row}行目にもあり、ちがうことが書いてあります。どちらかを消してください。",
            "day",
        )

    def _fits(self, line: DaysLine, schedule: ChangedSchedule, treasure: Treasure) -> bool:
        change = line.change
        is_held = bool(schedule.dates(change.day, change.day))
        if change.kind is DayChangeKind.ADDED:
            if is_held and change.start_min is None:
                self._taken(line, treasure, change)
                return False
            return True
        if not is_held:
            if line not in self._crowds:
                self._warn(
                    line,
                    "days-not-held",
                    f"その日は「{treasure.name[:30]}」の日ではありません。日にちを確かめてください。この行は使いません。",
                    "day",
                )
            return False
        if line in self._crowds:
            self._crowds[line] = True
        if (
            change.to is not None
            and change.to != change.day
            and schedule.dates(change.to, change.to)
        ):
            self._taken(line, treasure, change)
        return True

    def _taken(self, line: DaysLine, treasure: Treasure, change: DayChange) -> None:
        if line not in self._crowds:
            self._warn(
                line,
                "days-held-already",
                f"その日は、もともと「{treasure.name[:30]}」の日です。日にちを確かめてください。",
                "to" if change.to is not None and "to" in line.address.headers else "day",
            )

    def _warn(self, line: DaysLine, code: str, message_ja: str, at: str) -> None:
        value = _slashed((line.change.to if at == "to" else None) or line.change.day)
        self._problems.append(
            line.address.problem(Severity.WARNING, code, message_ja, at=at, value=value)
        )

    def reading(self, records: Records) -> LayerReading:
        """The layer with its changed days."""
        for line, is_met in self._crowds.items():
            if not is_met and line.change.kind is not DayChangeKind.ADDED:
                self._warn(
                    line,
                    "days-not-held",
                    f"その日に開くものが、「{line.who[:30]}」にはありません。日にちを確かめてください。この行は使いません。",
                    "day",
                )
        return replace(
            self._own,
            treasures=tuple(records[RecordKey(t.layer, t.id)] for t in self._own.treasures),
            problems=(*self._own.problems, *self._problems),
            skippable_rows=self._own.skippable_rows + self._failed,
            blocking=self._own.blocking or self._blocking,
        )


def _told(treasure: Treasure, records: Records) -> Told:
    """What is known of a record's days without its own changes, and of whom it follows with them."""
    from geo.schedule import Told

    stop = records.get(treasure.follows) if treasure.follows is not None else None
    told_stop = None
    if stop is not None and stop.status is Status.ACTIVE:
        told_stop = Told(stop.schedule or "", stop.timing)
    plain = replace(treasure, day_changes=()).timing
    return Told(treasure.schedule or "", plain, told_stop)


def _slashed(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _name_headers(layer: Layer) -> tuple[str, ...]:
    """Under which headers the list itself has name, ID and number."""
    return tuple(
        header
        for name in ("name", "id", "number")
        for header in layer.columns.get(name, (FIELD_HEADERS[name],))
    )
