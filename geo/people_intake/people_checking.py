"""Read a town's people whole, keep nothing, tell what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo.model.people import BANDS, PeopleBand, PeopleCell
from geo.model.problem import Problem
from geo.model.reading import TownReading
from geo.people_intake.people_reader import PeopleReader


@dataclass(frozen=True, slots=True)
class PeopleCheck:
    """How many people were read, and every fault.

    Parameters
    ----------
    rows : int
        Cells: polygons or points with people of their own.
    totals : tuple of float or None
        By `BANDS`, over the cells that tell; None where no cell does.
    suppressed : int
        Areas whose people the table counted with another's.
    unknown : int
        Cells of which nobody tells how many people live there.
    """

    rows: int
    totals: tuple[float | None, ...]
    suppressed: int
    unknown: int
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, int]:
        """The stable shape of ``check --json``, as that of ``load --json``."""
        return {"rows": self.rows, "total": round(self.totals[0] or 0)}

    def line_ja(self, shares: Mapping[PeopleBand, float]) -> str:
        """Places, people by band, and what is hidden, unknown or assumed."""
        told = [
            f"{band.label_ja}{total:,.0f}人"
            for band, total in zip(BANDS[1:], self.totals[1:], strict=True)
            if total is not None
        ]
        ages = f"うち{'、'.join(told)}" if told else "年齢は分かりません"
        line = f"{self.rows:,}か所、{self.totals[0] or 0:,.0f}人（{ages}）"
        if self.suppressed:
            line += f"。人数が少ないので、となりと合わせて数えてある地区が{self.suppressed}"
        if self.unknown:
            line += f"。人数の分からない地区が{self.unknown}"
        for band, share in shares.items():
            line += f"。{band.label_ja}は、住民の{share:.0%}とみなした人数です"
        return line


def check_people(reading: TownReading, tell: Callable[[str], None]) -> PeopleCheck | None:
    """Everything wrong with a town's people; None where there is nothing to read."""
    people = reading.town.people
    if people is None or not people.data:  # the manifest's own faults are told already
        return None
    reader = PeopleReader(reading, tell)
    cells = reader.cells() or ()
    return count_people(cells, reader.problems)


def count_people(cells: Sequence[PeopleCell], problems: tuple[Problem, ...]) -> PeopleCheck:
    """What was read, in numbers."""
    totals: list[float | None] = []
    for place in range(len(BANDS)):
        known = [count for cell in cells if (count := cell.counts[place]) is not None]
        totals.append(sum(known) if known else None)
    return PeopleCheck(
        len(cells),
        tuple(totals),
        sum(len(cell.merged) for cell in cells),
        sum(cell.counts[0] is None for cell in cells),
        problems,
    )
