"""Records of several tables: one for every code, each band from the first table that gives it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from geo.model.problem import Problem, Severity
from geo.people_intake.counted_rows import PeopleRow


def one_row_each(rows: Iterable[PeopleRow], problems: list[Problem]) -> list[PeopleRow]:
    """The records with those of one code put together, in the order of the first.

    A code that stands twice in one table is a fault: nobody knows which of the two is right.
    """
    by_code: dict[str, PeopleRow] = {}
    for row in rows:
        known = by_code.get(row.code)
        if known is None:
            by_code[row.code] = row
        elif known.found is row.found:
            problems.append(
                row.problem(
                    Severity.ERROR,
                    "people-code-twice",
                    f"番号「{row.code}」が、{known.where_ja}にもあります。どちらかを直してください。",
                )
            )
        else:
            by_code[row.code] = _put_together(known, row)
    return list(by_code.values())


def _put_together(first: PeopleRow, later: PeopleRow) -> PeopleRow:
    takes = [
        mine is None and not hidden
        for mine, hidden in zip(first.counts, first.suppressed, strict=True)
    ]
    counts = [
        b if take else a for a, b, take in zip(first.counts, later.counts, takes, strict=True)
    ]
    hides = [
        b if take else a
        for a, b, take in zip(first.suppressed, later.suppressed, takes, strict=True)
    ]
    return replace(
        first,
        name=first.name or later.name,
        counts=(counts[0], counts[1], counts[2], counts[3]),
        suppressed=(hides[0], hides[1], hides[2], hides[3]),
    )
