"""Records and polygons of one code, put together; what has no partner is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.folding import fold
from geo.model.people import PeopleForm, PeopleSources
from geo.model.problem import Problem, Severity
from geo.model.town import Area
from geo.people_intake.counted_rows import PeopleRow
from geo.people_intake.receivers import receivers
from geo.people_intake.suppressed import Located

_NAMED = 5
_MOST_LOST = 0.2
"""More people than this share without a polygon: no figure of any district would be right."""
_WHOLE_TOWN, _PARTED = "1", "3"
_DEPTH = "HYOSYO"


def joined(
    rows: Sequence[PeopleRow],
    areas: Sequence[Area],
    sources: PeopleSources,
    problems: list[Problem],
) -> list[Located]:
    """Every record whose polygon is known; a polygon nobody tells about becomes an unknown one."""
    outlines = {area.code: area for area in areas if area.outline_wkb is not None}
    here = _of_town(rows, outlines, sources)
    leaves = _leaves(here, outlines)
    if not any(problem.is_error for problem in problems):
        problems += _sum_differs(here, leaves)
    codes = _codes(leaves, outlines, sources.form)
    homes = receivers(leaves)
    found: list[Located] = []
    lost: list[PeopleRow] = []
    taken: dict[str, PeopleRow] = {}
    for row in leaves:
        area = outlines.get(codes[row.code])
        if area is None:
            lost.append(row)
        elif area.code in taken:
            problems.append(
                row.problem(
                    Severity.ERROR,
                    "people-code-twice",
                    f"地区「{area.name}」に当たる行が、{taken[area.code].where_ja}にもあります。"
                    "どちらかを直してください。",
                )
            )
        else:
            assert area.outline_wkb is not None
            taken[area.code] = row
            home = homes.get(row.code)
            found.append(Located(replace(row, code=area.code), area.outline_wkb, home))
    if leaves and not found:
        problems.append(_nothing_joined(leaves, list(outlines)))
        return []
    by_name = [row for row in leaves if codes[row.code] != row.code]
    if by_name:
        problems.append(_by_name(by_name))
    if lost:
        problems.append(_without_polygon(lost, leaves))
    silent = [area for area in outlines.values() if area.code not in taken]
    if silent and leaves:
        problems.append(_without_row(leaves[0], silent))
        found += [_unknown(area, leaves[0]) for area in silent]
    return found


def _of_town(
    rows: Sequence[PeopleRow], outlines: Mapping[str, Area], sources: PeopleSources
) -> list[PeopleRow]:
    """Records of a whole prefecture cut to the municipalities the polygons lie in."""
    if sources.keep or sources.drop:
        return list(rows)
    towns = {code[:5] for code in outlines}
    here = [row for row in rows if row.code[:5] in towns]
    return here or list(rows)


def _leaves(rows: Sequence[PeopleRow], outlines: Mapping[str, Area]) -> list[PeopleRow]:
    """Without the town's total, and without areas whose parts are counted one by one."""
    parts = {row.code for row in rows if row.more(_DEPTH) not in (_WHOLE_TOWN, _PARTED)}
    drawn = [code for code in parts if code in outlines]
    whole = {
        row.code
        for row in rows
        if row.more(_DEPTH) == _PARTED
        and row.code in outlines
        and not any(code.startswith(row.code) for code in drawn)
    }
    return [
        row
        for row in rows
        if row.code in whole or (row.code in parts and not row.code.startswith(tuple(whole)))
    ]


def _sum_differs(rows: Sequence[PeopleRow], leaves: Sequence[PeopleRow]) -> list[Problem]:
    """A table that tells the town's total, of which rows are missing or doubled."""
    wholes = [row for row in rows if row.more(_DEPTH) == _WHOLE_TOWN]
    said = sum(row.counts[0] or 0 for row in wholes)
    counted = sum(row.counts[0] or 0 for row in leaves)
    if not wholes or said == counted:
        return []
    return [
        wholes[0].problem(
            Severity.WARNING,
            "people-sum-differs",
            f"町丁・字の人数をたすと{counted:,.0f}人ですが、全体の行には{said:,.0f}人とあります。"
            "行が欠けていないか確かめてください。",
        )
    ]


def _codes(
    rows: Sequence[PeopleRow], outlines: Mapping[str, Area], form: PeopleForm
) -> dict[str, str]:
    """From a record's code to its polygon's.

    Where a town numbers its districts itself, that of the only polygon of its name that no other
    record has by its code.
    """
    found = {row.code: row.code for row in rows}
    if form is PeopleForm.SMALL_AREA:
        return found  # the census numbers areas and polygons alike
    by_name: dict[str, list[str]] = {}
    for area in outlines.values():
        by_name.setdefault(fold(area.name), []).append(area.code)
    for row in rows:
        alike = by_name.get(fold(row.name or ""), [])
        if row.code not in outlines and len(alike) == 1 and alike[0] not in found:
            found[row.code] = alike[0]
    return found


def _unknown(area: Area, beside: PeopleRow) -> Located:
    nobody = (None, None, None, None)
    row = PeopleRow(
        area.code, area.name, nobody, (False, False, False, False), beside.found, beside.row
    )
    assert area.outline_wkb is not None
    return Located(row, area.outline_wkb)


def _nothing_joined(rows: Sequence[PeopleRow], codes: Sequence[str]) -> Problem:
    mine = "、".join(row.code for row in rows[:_NAMED])
    theirs = "、".join(codes[:_NAMED])
    return rows[0].found.table.problem(
        Severity.ERROR,
        "people-nothing-joined",
        f"人口の表の番号（{mine} など）と、地区の番号（{theirs or 'なし'} など）が、1つも合いません。"
        "level（または shapes）と、番号の列を確かめてください。",
    )


def _by_name(rows: Sequence[PeopleRow]) -> Problem:
    return rows[0].found.table.problem(
        Severity.WARNING,
        "people-joined-by-name",
        f"番号の合わない {len(rows)} 行は、同じ名前の地区に合わせました"
        f"（{_names([row.name or row.code for row in rows])}）。同じ区域か確かめてください。",
        row=rows[0].row.number,
    )


def _without_polygon(rows: Sequence[PeopleRow], among: Sequence[PeopleRow]) -> Problem:
    """Lost people; where they are many, the table is of other areas than the polygons."""
    people, all_people = _people(rows), _people(among)
    many = people > _MOST_LOST * all_people
    names = _names([row.name or row.code for row in rows])
    return rows[0].found.table.problem(
        Severity.ERROR if many else Severity.WARNING,
        "people-without-polygon",
        f"地区の図形のない行が {len(rows)} 行（{all_people:,.0f}人のうち{people:,.0f}人）あります（{names}）。"
        + (
            "地区の分け方のちがう表のようです。この表の地区の図形を、level か shapes に書いてください。"
            if many
            else "どこの人か分からないので、計算に入りません。"
        ),
        row=rows[0].row.number,
        value=rows[0].code,
    )


def _people(rows: Sequence[PeopleRow]) -> float:
    return sum(row.counts[0] or 0 for row in rows)


def _without_row(beside: PeopleRow, areas: Sequence[Area]) -> Problem:
    return beside.found.table.problem(
        Severity.WARNING,
        "people-without-row",
        f"人口の表に行のない地区が {len(areas)} か所あります（{_names([area.name for area in areas])}）。"
        "そこの人数は「分からない」として扱います。",
        value=areas[0].code,
    )


def _names(names: Sequence[str]) -> str:
    shown = "、".join(f"「{name[:20]}」" for name in names[:_NAMED])
    return shown + (" など" if len(names) > _NAMED else "")
