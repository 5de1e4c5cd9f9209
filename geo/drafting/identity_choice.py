"""What tells one row from another, today and in next month's list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.drafting.column_roles import Roles
from geo.drafting.column_samples import Samples
from geo.intake.records import identity
from geo.intake.values import is_missing

TRIED = (
    ("name",),
    ("name", "address"),
    ("name", "venue"),
    ("name", "area"),
    ("name", "organiser"),
    ("name", "address", "days"),
    ("name", "venue", "days"),
    ("name", "address", "schedule"),
    ("name", "venue", "schedule"),
    ("name", "area", "schedule"),
    ("name", "days"),
    ("name", "schedule"),
    ("name", "contact"),
)
"""Columns that may tell rows apart, the steadiest first: a name stays when a group moves."""


@dataclass(frozen=True, slots=True)
class Identity:
    """``identify`` is empty where an id column (or the national layout) tells rows apart.

    ``collisions`` are Excel's row numbers that cannot be told apart, group by group.
    """

    identify: tuple[str, ...]
    said_ja: str
    collisions: tuple[tuple[int, ...], ...] = ()


def choose_identity(
    roles: Roles, samples: Sequence[Samples], row_numbers: Sequence[int], named: Mapping[int, str]
) -> Identity:
    """Propose what tells the rows apart.

    Parameters
    ----------
    roles : Roles
        What each column became.
    samples : sequence of Samples
        Column by column, one text per row.
    row_numbers : sequence of int
        Excel's number of each row.
    named : Mapping[int, str]
        Column index -> the header as the manifest names it.
    """
    by_id = roles.of("id")
    if by_id and any(samples[by_id[0].index].filled):
        if samples[by_id[0].index].is_unique:
            return Identity((), f"「{named[by_id[0].index]}」の列で見分けます。")
    elif roles.national:
        columns = tuple(c.index for role in ("name", "address") for c in roles.of(role)[:1])
        if not _collisions(columns, samples, row_numbers):
            headers = "と".join(f"「{named[index]}」" for index in columns)
            return Identity((), f"IDが空なので、{headers}で見分けます。")
    best: tuple[tuple[int, ...], tuple[tuple[int, ...], ...]] | None = None
    for wanted in TRIED:
        found = [roles.of(role)[:1] for role in wanted]
        if not all(found):
            continue
        columns = tuple(candidate[0].index for candidate in found)
        collisions = _collisions(columns, samples, row_numbers)
        if best is None or len(collisions) < len(best[1]):
            best = columns, collisions
        if not collisions:
            break
    if best is None:
        return Identity((), "")
    columns, collisions = best
    identify = tuple(named[index] for index in columns)
    headers = "と".join(f"「{header}」" for header in identify)
    said = f"IDの列がないので、{headers}で見分けます。"
    if not collisions:
        said += "重なるものはありませんでした。"
    else:
        shown = "、".join("と".join(f"{n}行目" for n in rows[:4]) for rows in collisions[:5])
        more = f" ほか{len(collisions) - 5}組" if len(collisions) > 5 else ""
        said += (
            f"見分けられない行があります（{shown}{more}）。名前を書き分けるか、1行にしてください。"
        )
    return Identity(identify, said, collisions)


def _collisions(
    columns: Sequence[int], samples: Sequence[Samples], row_numbers: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    """Rows of one identity, where there are two or more; rows that say nothing are left alone."""
    rows_of: dict[str, list[int]] = {}
    for place, number in enumerate(row_numbers):
        parts = [samples[index].texts[place] for index in columns]
        key = identity(["" if is_missing(part) else part for part in parts])
        if key.strip("|"):
            rows_of.setdefault(key, []).append(number)
    return tuple(tuple(rows) for rows in rows_of.values() if len(rows) > 1)
