"""``members.csv``: areas nobody has drawn but everybody can list, and what they consist of."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geo.intake.csv_rows import read_csv
from geo.model.problem import Problem, Severity
from geo.model.reading import LevelReading
from geo.model.town import Area, Level, Member, Town

HEADERS = ("area_code", "area_name", "member_level", "member_code")


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area as ``members.csv`` tells it. ``row`` is where it is named first."""

    code: str
    name: str
    members: tuple[Member, ...]
    row: int


def read_members(path: Path, level: Level, town: Town) -> tuple[list[NamedArea], list[Problem]]:
    """Read ``members.csv`` of a level.

    A line without member columns names an area of which nothing more is known.
    """
    file = town.shown_path(path)
    problems: list[Problem] = []
    grid = read_csv(path, file, None, problems)
    if grid is None and level.encoding is not None:
        problems.clear()
        grid = read_csv(path, file, level.encoding, problems)
    if grid is None:
        return [], problems

    def error(
        code: str, message_ja: str, row: int, column: str | None = None, value: str | None = None
    ) -> None:
        letter = "ABCD"[HEADERS.index(column)] if column in HEADERS and in_order else None
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                message_ja,
                code,
                cell=f"{letter}{row}" if letter else None,
                row=row,
                column=column,
                value=value,
            )
        )

    headers = [cell.strip().strip("　") for cell in grid.rows[0]]
    in_order = tuple(headers[: len(HEADERS)]) == HEADERS
    missing = [name for name in HEADERS if name not in headers]
    if missing:
        error(
            "column-missing",
            f"列 {'、'.join(missing)} がありません。1行目を {','.join(HEADERS)} にしてください。",
            1,
        )
        return [], problems
    at = {name: headers.index(name) for name in HEADERS}
    levels = [known.id for known in town.levels]
    names: dict[str, tuple[str, int]] = {}
    members: dict[str, dict[Member, None]] = {}
    for number, cells in enumerate(grid.rows[1:], start=2):
        code, name, member_level, member_code = (
            cells[at[h]].strip().strip("　") if at[h] < len(cells) else "" for h in HEADERS
        )
        if not (code or name or member_level or member_code):
            continue
        if not code or not name:
            error("area-without-code", "地区のコードと名前の両方を書いてください。", number)
            continue
        known_name, first = names.setdefault(code, (name, number))
        held = members.setdefault(code, {})
        if known_name != name:
            error(
                "area-code-twice",
                f"コード「{code}」の名前が {first} 行目では「{known_name}」、"
                f"ここでは「{name}」です。どちらかを直してください。",
                number,
                "area_name",
                name,
            )
        elif bool(member_level) != bool(member_code):
            error(
                "member-incomplete",
                "member_level と member_code は、両方書くか、両方空けてください。",
                number,
            )
        elif member_level and member_level not in levels:
            near = difflib.get_close_matches(member_level, levels, n=1)
            error(
                "member-level-unknown",
                f"区域の種類「{member_level}」はありません。"
                + (
                    f"{near[0]} のことでしょうか。"
                    if near
                    else f"あるのは {'、'.join(levels)} です。"
                ),
                number,
                "member_level",
                member_level,
            )
        elif member_level:
            held[Member(member_level, member_code)] = None
    named = [NamedArea(c, n, tuple(members[c]), row) for c, (n, row) in names.items()]
    return named, problems


def with_members(
    areas: list[Area], level: Level, town: Town, problems: list[Problem]
) -> list[Area]:
    """The areas of ``members.csv`` put to the drawn ones."""
    assert level.members is not None
    named, faults = read_members(level.members, level, town)
    problems.extend(faults)
    place = {area.code: n for n, area in enumerate(areas)}
    for area in named:
        known = place.get(area.code)
        if known is None:
            areas.append(Area(level.id, area.code, area.name, members=area.members))
        elif areas[known].name != area.name:
            problems.append(
                Problem(
                    Severity.ERROR,
                    town.shown_path(level.members),
                    f"コード「{area.code}」は、図形のファイルでは「{areas[known].name}」、"
                    f"ここでは「{area.name}」です。どちらかを直してください。",
                    "area-code-twice",
                    row=area.row,
                    value=area.code,
                )
            )
        else:
            areas[known] = replace(areas[known], members=area.members)
    if not areas and not any(p.is_error for p in problems):
        problems.append(
            Problem(
                Severity.ERROR,
                town.shown_path(level.members),
                "地区が1つも書かれていません。",
                "no-areas",
            )
        )
    return areas


def unknown_members(readings: Sequence[LevelReading], town: Town) -> tuple[Problem, ...]:
    """Members that name an area no level has. For the checks across files."""
    known = {(area.level, area.code) for reading in readings for area in reading.areas}
    failed = {reading.level.id for reading in readings if reading.blocking}
    return tuple(
        Problem(
            Severity.ERROR,
            town.shown_path(reading.level.members),
            f"「{area.name}」に入る地区「{member.level}/{member.code}」が見つかりません。",
            "member-unknown",
            column="member_code",
            value=member.code,
        )
        for reading in readings
        if reading.level.members is not None
        for area in reading.areas
        for member in area.members
        if member.level not in failed and (member.level, member.code) not in known
    )
