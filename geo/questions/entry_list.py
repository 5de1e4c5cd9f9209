"""Rows of the audience's view become entries of the list: marks, shown fields, search text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace as replace_struct

from geo.folding import fold
from geo.model.answers import Entry, LayerInfo
from geo.model.audience import Audience, Newcomers, Placed, Precision, Status
from geo.model.timing import Timing
from geo.model.treasure import ShownField
from geo.questions.flag_sharing import Spot
from geo.store.reading.layer_rows import LayerRow
from geo.store.reading.treasure_rows import (
    COLUMNS,
    TreasureRow,
    read_area_treasures,
    read_treasures,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COLUMN_OF_FIELD = {
    "id": "record_id",
    "area": "area_text",
    "precision": "declared_precision",
}
_ALWAYS = (
    "number",
    "layer_id",
    "name",
    "kana",
    "status",
    "newcomers",
    "functions",
    "meaning",
    "precision",
    "placed",
    "lon",
    "lat",
    "venue_id",
    "venue",
    "address",
    "area_text",
    "schedule",
    "for_whom",
    "fee",
    "timing",
)
_NUMBER, _LAYER = 0, 1

_NO_TIMING = Timing()
_SEPARATOR = "|"
"""Between the parts of the search text, so that no word is found across two of them."""

_STATUS = {s.value: s for s in Status}
_NEWCOMERS = {n.value: n for n in Newcomers}
_PLACED = {p.value: p for p in Placed}
_PRECISION = {p.name.lower(): p for p in Precision}

Formatter = Callable[[Any], str]

_folded = lru_cache(maxsize=8192)(fold)
"""Venues, hours and layers are said again and again, on one page and on the next."""


def japanese_date(day: date) -> str:
    """2026年3月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, date):
        return japanese_date(value)
    if isinstance(value, list | tuple):
        return "、".join(str(v) for v in value)
    if isinstance(value, float):
        return f"{value:.6f}"
    return str(value)


_FORMATTERS: Mapping[str, Formatter] = {
    "status": lambda v: _STATUS[v].label_ja,
    "newcomers": lambda v: _NEWCOMERS[v].label_ja,
    "placed": lambda v: _PLACED[v].label_ja,
    "declared_precision": lambda v: _PRECISION[v].label_ja,
    "audience": lambda v: Audience.from_word(v).label_ja,
    "arrive_min": lambda v: f"{v // 60}:{v % 60:02d}",
    "stay_min": lambda v: f"{v}分",
}


def _shown_column(shown: ShownField) -> str | None:
    """The view's column that holds a shown field; None when the views do not bring it."""
    if shown.field is None:
        return "extra"
    column = _COLUMN_OF_FIELD.get(shown.field, shown.field)
    return column if column in COLUMNS else None


class _ShownFields:
    """The ``[show]`` of one layer, ready to be applied to rows."""

    def __init__(self, show: Iterable[ShownField], index: Mapping[str, int]) -> None:
        columns = [(shown, _shown_column(shown)) for shown in show]
        self._lines = [
            (
                shown.label,
                index[column],
                shown.header if shown.field is None else None,
                _FORMATTERS.get(column, _plain),
            )
            for shown, column in columns
            if column is not None
        ]
        self._extra = index["extra"] if any(shown.field is None for shown in show) else None
        said = {shown.field for shown in show}
        self.says_when = "schedule" in said
        self.says_where = "venue" in said
        self.says_for_whom = "for_whom" in said
        self.says_fee = "fee" in said
        self._says_vehicle = "vehicle" in said

    def timing(self, told: str) -> Timing | None:
        """What the list may say of it: its days as its text, the route as its vehicle."""
        known = msgspec.json.decode(told, type=Timing)
        if not self.says_when:
            known = Timing(known.vehicle, known.order)
        if not self._says_vehicle:
            known = replace_struct(known, vehicle=None, order=None)
        return None if known == _NO_TIMING else known

    def of(self, row: TreasureRow) -> tuple[tuple[str, str], ...]:
        """Label and text of every field of the row that is not empty."""
        extra: Mapping[str, Any] = {}
        if self._extra is not None and row[self._extra]:
            extra = json.loads(row[self._extra])
        found = []
        for label, index, header, formatter in self._lines:
            value = row[index] if header is None else extra.get(header)
            if value is not None:
                text = (
                    value.strip()
                    if formatter is _plain and type(value) is str
                    else formatter(value)
                )
                if text:
                    found.append((label, text))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Records:
    """The treasures of a page in list order (layer by layer, then by number), and their layers.

    ``index`` says where a column stands in a row.
    """

    rows: Sequence[TreasureRow]
    layers: Sequence[LayerRow]
    index: Mapping[str, int]

    def counts(self) -> dict[str, int]:
        """Treasures per layer."""
        return Counter(row[_LAYER] for row in self.rows)

    def spots(self) -> list[Spot]:
        """The places of the treasures that have one."""
        lon, lat, venue = (self.index[name] for name in ("lon", "lat", "venue_id"))
        precision, placed = self.index["precision"], self.index["placed"]
        return [
            Spot(
                row[_NUMBER],
                row[lon],
                row[lat],
                row[venue],
                row[precision] == "block" or row[placed] == "block",
            )
            for row in self.rows
            if row[lon] is not None and row[lat] is not None
        ]

    def entries(self, flag_of: Mapping[int, int]) -> tuple[Entry, ...]:
        """One entry per treasure; ``flag_of`` leads from its number to the index of its flag."""
        known = {layer.id: (layer, _ShownFields(layer.show, self.index)) for layer in self.layers}
        return tuple(_entry(row, *known[row[_LAYER]], flag_of) for row in self.rows)


def area_records(conn: Connection, level: str, code: str, layers: Sequence[LayerRow]) -> Records:
    """Fetch the treasures of an area, and of them what their layers show.

    Parameters
    ----------
    conn : sqlalchemy.Connection
    level, code : str
        The area.
    layers : Sequence[LayerRow]
        Every layer that the audience may see, in legend order.
    """
    columns = _columns(layers)
    return _records(read_area_treasures(conn, level, code, columns), columns, layers)


def numbered_records(
    conn: Connection,
    numbers: Sequence[int],
    layers: Sequence[LayerRow],
    more: Sequence[str] = (),
) -> Records:
    """Fetch the treasures with these numbers; those the audience may not see are left out.

    ``more`` are columns of the view besides those that a list needs.
    """
    columns = tuple(dict.fromkeys((*_columns(layers), *more)))
    return _records(read_treasures(conn, numbers, columns), columns, layers)


def _columns(layers: Iterable[LayerRow]) -> tuple[str, ...]:
    """What is asked of every treasure, and what some layer shows besides."""
    shown = {_shown_column(line) for layer in layers for line in layer.show}
    return (*_ALWAYS, *sorted(c for c in shown if c is not None and c not in _ALWAYS))


def _records(
    found: Iterable[TreasureRow], columns: tuple[str, ...], layers: Sequence[LayerRow]
) -> Records:
    """Put rows into list order; a layer without any leaves the page."""
    place = {layer.id: index for index, layer in enumerate(layers)}
    # Plain tuples: each is read a dozen times, and a Row takes three times as long.
    rows = [row for row in map(tuple, found) if row[_LAYER] in place]
    rows.sort(key=lambda row: (place[row[_LAYER]], row[_NUMBER]))
    present = {row[_LAYER] for row in rows}
    return Records(
        rows,
        [layer for layer in layers if layer.id in present],
        {name: index for index, name in enumerate(columns)},
    )


def layer_infos(layers: Iterable[LayerRow], counts: Mapping[str, int]) -> tuple[LayerInfo, ...]:
    """Layers as legend and filter name them, with their entries on the page."""
    return tuple(
        LayerInfo(
            layer.id,
            layer.title,
            layer.symbol,
            layer.color,
            layer.order,
            counts.get(layer.id, 0),
            layer.source,
            layer.licence,
            layer.as_of,
        )
        for layer in layers
    )


def _entry(
    row: TreasureRow, layer: LayerRow, shown: _ShownFields, flag_of: Mapping[int, int]
) -> Entry:
    # In the order of _ALWAYS; a slice is much faster than one look-up by name per column.
    number, _, name, kana, status, newcomers, told, meaning, precision, placed = row[:10]
    venue, address, area_text, schedule, for_whom, fee, timing = row[13:20]
    mark = f"{layer.symbol}{number}"
    fields = shown.of(row)
    functions = tuple(told) if told else ()
    said = [mark, name, kana, layer.title, venue, address, area_text, meaning, *functions]
    said += [text for _, text in fields]
    return Entry(
        mark=mark,
        number=number,
        layer=layer.id,
        name=name,
        kana=kana,
        status=_STATUS[status],
        newcomers=_NEWCOMERS[newcomers] if newcomers else None,
        functions=functions,
        meaning=meaning,
        fields=fields,
        precision=_PRECISION[precision],
        placed=_PLACED[placed] if placed else None,
        # A part that was said already (a shown venue) need not be searched twice.
        search=_SEPARATOR.join(map(_folded, dict.fromkeys(filter(None, said)))),
        flag=flag_of.get(number),
        # A wall, a calendar and a paper say nothing that the list does not.
        schedule=schedule if shown.says_when else None,
        venue=venue if shown.says_where else None,
        for_whom=for_whom if shown.says_for_whom else None,
        fee=fee if shown.says_fee else None,
        timing=None if timing is None else shown.timing(timing),
    )
