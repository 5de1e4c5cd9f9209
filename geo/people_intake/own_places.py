"""Records that bring their own point or polygon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.intake.national_editions import Edition, area_edition, in_town
from geo.model.people import PeopleForm, PeopleSources
from geo.model.problem import Problem, Severity
from geo.model.town import Municipality
from geo.people_intake.counted_rows import Counts, PeopleRow
from geo.people_intake.one_row_each import one_row_each
from geo.people_intake.own_shapes import own_shapes
from geo.people_intake.people_columns import PeopleColumns
from geo.people_intake.suppressed import Located, united


def own_places(
    rows: Sequence[PeopleRow],
    columns: PeopleColumns,
    sources: PeopleSources,
    municipality: Municipality,
    problems: list[Problem],
) -> list[Located]:
    """Every record of one table whose place is known."""
    if not rows:
        return []
    edition = _edition(rows)
    if edition is not None:
        rows = _of_town(rows, edition, sources, municipality, problems)
    shapes = own_shapes(rows, columns, sources, municipality, problems)
    located = [Located(row, wkb) for row, wkb in zip(rows, shapes, strict=True) if wkb is not None]
    if edition is not None:
        is_drawn = sources.form is PeopleForm.POLYGONS
        return _whole_areas(located) if is_drawn else _centres(located)
    one_row_each([one.row for one in located], problems)
    return located


def _edition(rows: Sequence[PeopleRow]) -> Edition | None:
    """The national data set of a table; None where a list was made by somebody."""
    headers = rows[0].found.table.headers
    edition = area_edition(
        headers, (dict(zip(headers, row.row.cells, strict=False)) for row in rows)
    )
    return edition if edition is not None and edition.code == ("KEY_CODE",) else None


def _of_town(
    rows: Sequence[PeopleRow],
    edition: Edition,
    sources: PeopleSources,
    municipality: Municipality,
    problems: list[Problem],
) -> list[PeopleRow]:
    """Without other municipalities, unless the manifest chose the rows; drawn water is nobody's."""
    chosen = bool(sources.keep or sources.drop)
    found = []
    for row in rows:
        record = dict(zip(row.found.table.headers, row.row.cells, strict=False))
        here = chosen or in_town(edition.town_of(record), municipality.code)
        is_water = sources.form is PeopleForm.POLYGONS and edition.is_water(record)
        if here and not is_water:
            found.append(replace(row, code=edition.code_of(record), name=edition.name_of(record)))
    if not found:
        problems.append(
            rows[0].found.table.problem(
                Severity.ERROR,
                "people-nothing-joined",
                f"この町（コード {municipality.code}）の行が1つもありません。この町のある県のファイルを使ってください。",
            )
        )
    return found


def _centres(located: Sequence[Located]) -> list[Located]:
    """Every point a cell of its own: the parts of one area get a code each."""
    seen: dict[str, int] = {}
    found = []
    for one in located:
        code = one.row.code
        times = seen[code] = seen.get(code, 0) + 1
        named = one.row if times == 1 else replace(one.row, code=f"{code}-{times}")
        found.append(Located(named, one.geometry_wkb))
    return found


def _whole_areas(located: Sequence[Located]) -> list[Located]:
    """The polygons of one area as one: its people stand on one of them."""
    parts: dict[str, list[Located]] = {}
    for one in located:
        parts.setdefault(one.row.code, []).append(one)
    return [several[0] if len(several) == 1 else _whole(several) for several in parts.values()]


def _whole(several: Sequence[Located]) -> Located:
    row = replace(several[0].row, counts=_added([one.row.counts for one in several]))
    return Located(row, united([one.geometry_wkb for one in several]))


def _added(counts: Sequence[Counts]) -> Counts:
    sums: list[float | None] = []
    for band in zip(*counts, strict=True):
        known = [count for count in band if count is not None]
        sums.append(sum(known) if known else None)
    return sums[0], sums[1], sums[2], sums[3]
