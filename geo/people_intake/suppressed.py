"""Where a table hid an area's people in another's: both are one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.model.people import PeopleCell
from geo.people_intake.counted_rows import Counts, PeopleRow


@dataclass(frozen=True, slots=True)
class Located:
    """A record and where it is. ``receiver`` is the code of the area that holds its people too."""

    row: PeopleRow
    geometry_wkb: bytes
    receiver: str | None = None


def cells_of(located: Sequence[Located]) -> list[PeopleCell]:
    """A cell for every record, those of suppressed areas united with their receivers'.

    A receiver's figure holds the hidden people already: where a member's figure is hidden, the
    receiver's stands for both; where it is told (mesh tables tell the total), both are added.
    """
    by_code = {one.row.code: one for one in located}
    given: dict[str, list[Located]] = {}
    for one in located:
        home = _receiver(one, by_code)
        if home is not None:
            given.setdefault(home, []).append(one)
    gone = {one.row.code for members in given.values() for one in members}
    return [_cell(one, given.get(one.row.code, ())) for one in located if one.row.code not in gone]


def _receiver(one: Located, by_code: Mapping[str, Located]) -> str | None:
    """The code of the last area in the chain; None where a record stands alone."""
    seen = {one.row.code}
    at = one
    while at.receiver is not None and at.receiver in by_code and at.receiver not in seen:
        seen.add(at.receiver)
        at = by_code[at.receiver]
    return None if at is one or at.receiver in seen else at.row.code


def _cell(one: Located, members: Sequence[Located]) -> PeopleCell:
    row = one.row
    geometry = one.geometry_wkb
    if members:
        geometry = united([one.geometry_wkb, *(member.geometry_wkb for member in members)])
    return PeopleCell(
        row.code,
        row.name,
        geometry,
        _summed(row, [member.row for member in members]),
        tuple(sorted(member.row.code for member in members)),
    )


def _summed(row: PeopleRow, members: Iterable[PeopleRow]) -> Counts:
    counts = list(row.counts)
    for member in members:
        for band, (more, hidden) in enumerate(zip(member.counts, member.suppressed, strict=True)):
            mine = counts[band]
            if hidden or mine is None:
                continue  # the receiver's figure holds them, or nobody tells
            counts[band] = None if more is None else mine + more
    return counts[0], counts[1], counts[2], counts[3]


def united(shapes_wkb: Sequence[bytes]) -> bytes:
    """One valid polygon of several."""
    import shapely

    union = shapely.union_all(shapely.from_wkb(list(shapes_wkb)))
    found: bytes = shapely.to_wkb(union)
    return found
