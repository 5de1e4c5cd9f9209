"""Two states of one record -> the cells that differ, as the clerk reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum

from geo.intake.record_fields import kept_under
from geo.intake.records import BASIS_COLUMN
from geo.manifest.layer_file import FIELD_HEADERS
from geo.model.audience import Placed
from geo.model.change import ChangeKind, RecordChange
from geo.model.day_change import DayChange
from geo.model.problem_sentence import shortened
from geo.model.reading import RowAddress
from geo.model.treasure import RecordKey, Treasure

TEXT_SHOWN = 60
_NOT_CELLS = frozenset({"id", "number", "lat", "lon", "consent"})
_ROUTE = {"vehicle": "車", "stop_order": "順", "arrive_min": "到着", "stay_min": "停車"}
_DAYS = {"follows": "合わせる先", "day_changes": "日にちの変更"}
_FIELDS = (*(name for name in FIELD_HEADERS if name not in _NOT_CELLS), *_ROUTE, *_DAYS)


def cell_changes(
    known: Treasure,
    treasure: Treasure,
    address: RowAddress | None,
    listed_id: str,
    number: int | None,
) -> Iterator[RecordChange]:
    """Every field in which a record differs from what stands, at its cell in the new list.

    Parameters
    ----------
    known, treasure : Treasure
        As it stands, and as the list has it now.
    address : RowAddress or None
        Where the list has it.
    listed_id : str
        What the list calls it.
    number : int or None
        On its flag.
    """
    before, after = _texts(known), _texts(treasure)
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old != new and not (name == "contact_audience" and _follows(known, treasure, address)):
            yield RecordChange(
                treasure.layer,
                listed_id,
                number,
                treasure.name,
                ChangeKind.CHANGED,
                file=address.file if address else None,
                sheet=address.sheet if address else None,
                cell=_cell(address, name),
                row=address.row if address else None,
                column=_column(address, name),
                before=None if old is None else shortened(old, TEXT_SHOWN),
                after=None if new is None else shortened(new, TEXT_SHOWN),
            )


def _follows(known: Treasure, treasure: Treasure, address: RowAddress | None) -> bool:
    """Whether the contact's circle has no column and only follows the record's own."""
    has_column = address is not None and "contact_audience" in address.headers
    return not has_column and known.audience is not treasure.audience


def _texts(treasure: Treasure) -> dict[str, str]:
    """Field (or kept column) to the text the clerk would read; empty fields are left out."""
    told = {name: _text(getattr(treasure, name)) for name in _FIELDS}
    told |= _place(treasure)
    if treasure.arrive_min is not None:
        told["arrive_min"] = f"{treasure.arrive_min // 60}:{treasure.arrive_min % 60:02d}"
    told["consent"] = "、".join(
        agreed.scope.label_ja + ("" if agreed.basis == BASIS_COLUMN else f"（{agreed.basis}）")
        for agreed in sorted(treasure.consents, key=lambda agreed: agreed.scope.value)
    )
    told |= {kept_under(header): text for header, text in treasure.extra.items()}
    return {name: text for name, text in told.items() if text}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.label_ja)  # type: ignore[attr-defined]
    if isinstance(value, RecordKey):
        return value.id
    if isinstance(value, tuple):
        return "、".join(one.said_ja if isinstance(one, DayChange) else str(one) for one in value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def _place(treasure: Treasure) -> dict[str, str]:
    if treasure.lat is None or treasure.lon is None:
        return {}
    if treasure.placed is Placed.SOURCE or treasure.placed is None:
        return {"lat": f"{treasure.lat:.9g}", "lon": f"{treasure.lon:.9g}"}
    return {"place": f"{treasure.lat:.6f}, {treasure.lon:.6f}（{treasure.placed.label_ja}）"}


def _cell(address: RowAddress | None, name: str) -> str | None:
    if address is None:
        return None
    names = _names(name)
    if name.startswith("["):  # a text that did not fit its field is kept under the field's header
        names += tuple(n for n, header in address.headers.items() if kept_under(header) == name)
    letter = next((address.letters[n] for n in names if n in address.letters), None)
    return f"{letter}{address.row}" if letter else None


def _column(address: RowAddress | None, name: str) -> str:
    headers = address.headers if address else {}
    found = next((headers[n] for n in _names(name) if n in headers), None)
    if found is not None:
        return found
    known = FIELD_HEADERS | _ROUTE | _DAYS | {"place": "場所"}
    return known.get(name, name.strip("[]"))


def _names(name: str) -> tuple[str, ...]:
    """Under which names the column of a field may stand: some fields are made of others."""
    return {
        "lat": ("lat", "latlon"),
        "lon": ("lon", "latlon"),
        "schedule": ("schedule", "weekdays", "start", "schedule_note"),
    }.get(name, (name,))
