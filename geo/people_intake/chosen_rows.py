"""``[keep]`` and ``[drop]``: which records of a table are read."""

from __future__ import annotations

from dataclasses import replace

from geo.folding import fold
from geo.intake.source_table import SourceRow
from geo.manifest.people_file import PEOPLE_FILE
from geo.model.people import PeopleSources
from geo.model.problem import Problem, Severity
from geo.people_intake.people_table import PeopleTable


def chosen_rows(
    found: PeopleTable, sources: PeopleSources, problems: list[Problem]
) -> PeopleTable | None:
    """The table with the chosen records only; None with the fault kept where there are none."""
    if not sources.keep and not sources.drop:
        return found
    where = {fold(header): n for n, header in reversed(list(enumerate(found.table.headers)))}
    missing = [h for h in (*sources.keep, *sources.drop) if fold(h) not in where]
    problems += [
        Problem(
            Severity.ERROR,
            PEOPLE_FILE,
            f"[keep]・[drop] の「{header}」という見出しが、人口の表（{found.table.file}）にありません。",
            "header-missing",
            value=header,
        )
        for header in missing
    ]
    if missing:
        return None

    def fits(row: SourceRow, header: str, values: tuple[str, ...]) -> bool:
        return row.text(where[fold(header)]).strip() in values

    rows = tuple(
        row
        for row in found.rows
        if all(fits(row, header, values) for header, values in sources.keep.items())
        and not any(fits(row, header, values) for header, values in sources.drop.items())
    )
    if rows or not found.rows:
        return replace(found, table=replace(found.table, rows=rows))
    problems.append(
        found.table.problem(
            Severity.ERROR,
            "keep-leaves-nothing",
            f"[keep]・[drop] の条件に合う行が1つもありません（全 {len(found.rows)} 行）。",
        )
    )
    return None
