"""What reading files brought: records and every fault found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.model.pin import RecordPlacing
from geo.model.problem import Problem, Severity
from geo.model.town import Area, Layer, Level, Town
from geo.model.treasure import Backdrop, ShownField, Treasure


@dataclass(frozen=True, slots=True)
class RowAddress:
    """Where a record stands: file, sheet, row, and the column of each treasure field.

    ``letters`` maps a field to Excel's column letter (empty for geometry files), ``headers`` to
    its header.
    """

    file: str
    row: int
    sheet: str | None = None
    letters: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def problem(
        self,
        severity: Severity,
        code: str,
        message_ja: str,
        *,
        at: str | None = None,
        value: str | None = None,
    ) -> Problem:
        """A problem of this record; ``at`` names the field whose cell is meant."""
        letter = self.letters.get(at) if at else None
        return Problem(
            severity,
            self.file,
            message_ja,
            code,
            sheet=self.sheet,
            cell=f"{letter}{self.row}" if letter else None,
            row=self.row,
            column=self.headers.get(at) if at else None,
            value=value,
        )


@dataclass(frozen=True, slots=True)
class LayerReading:
    """One layer read. ``skippable_rows`` are rows left out of ``treasures`` because of an error.

    ``treasures`` holds only records without an error; ``blocking`` is true when an error is not
    tied to a row (a missing column, an unreadable file), so that skipping rows cannot help.
    ``addresses`` tells for each id in ``treasures`` where the record stands.
    """

    layer: Layer
    treasures: tuple[Treasure, ...]
    backdrops: tuple[Backdrop, ...]
    show: tuple[ShownField, ...]
    problems: tuple[Problem, ...]
    skippable_rows: int = 0
    blocking: bool = False
    addresses: Mapping[str, RowAddress] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LevelReading:
    """One level read."""

    level: Level
    areas: tuple[Area, ...]
    problems: tuple[Problem, ...]
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class TownReading:
    """The whole town folder read, with the faults that show only when files are seen together."""

    town: Town
    levels: tuple[LevelReading, ...]
    layers: tuple[LayerReading, ...]
    problems: tuple[Problem, ...]
    """Every problem: of manifests, levels, layers, and across them; in reading order."""
    placings: tuple[RecordPlacing, ...] = ()
    """Every record whose list gave no coordinates: how it was placed, or why not; in list order."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The faults that stop a load."""
        return tuple(p for p in self.problems if p.is_error)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The faults to look at."""
        return tuple(p for p in self.problems if not p.is_error)
