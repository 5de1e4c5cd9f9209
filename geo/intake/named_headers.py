"""Headers a manifest names, held against the headers the lists really have."""

from __future__ import annotations

from collections.abc import Iterable

from geo.folding import fold
from geo.intake.layouts import GUARDED_FIELDS, MIXED_FIELDS, Columns
from geo.intake.source_table import SourceTable
from geo.manifest.layer_file import FIELD_HEADERS
from geo.manifest.strict_table import near_ja
from geo.model.problem import Problem, Severity
from geo.model.town import Layer
from geo.model.treasure import ShownField

NEVER_SHOWN = frozenset(
    {
        "audience",
        "contact_audience",
        "consent",
        "precision",
        "found_through",
        "lat",
        "lon",
        "latlon",
    }
)
"""Fields that steer or reveal; [show] may not name them."""

Tables = list[tuple[SourceTable, Columns]]


def check_named_headers(layer: Layer, tables: Tables) -> list[Problem]:
    """Every header the manifest names must exist in at least one of the layer's files."""
    known = {fold(header): header for table, _ in tables for header in table.headers}
    problems: list[Problem] = []

    def check(headers: Iterable[str], table_ja: str, severity: Severity = Severity.ERROR) -> None:
        for header in headers:
            if fold(header) not in known:
                near = near_ja(header, known.values()) or _some(known.values())
                problems.append(
                    Problem(
                        severity,
                        f"layers/{layer.id}/layer.toml",
                        f"{table_ja}に書いた見出し「{header}」が一覧にありません。{near}",
                        "header-missing",
                        column=header,
                    )
                )

    for headers in layer.columns.values():
        check(headers, "[columns] ")
    # Gone is as good as left out; but a column that was only renamed would be read from now on.
    check(layer.leave_out, "leave_out ", Severity.WARNING)
    check(layer.keep, "[keep] ")
    check(layer.drop, "[drop] ")
    for pair in layer.weekday_hours.values():
        check(pair, "[weekday_hours] ")
    check(layer.route.values(), "[route] ")
    return problems


def _some(headers: Iterable[str]) -> str:
    names = [header for header in headers if not header.startswith("（")][:8]
    return f"一覧の見出しは {'、'.join(names)} などです。" if names else ""


def resolve_show(layer: Layer, tables: Tables) -> tuple[tuple[ShownField, ...], list[Problem]]:
    """Where each line of ``[show]`` takes its value from: a treasure field, or a kept column."""
    fields: dict[str, str] = {}
    extra: dict[str, str] = {}
    for table, columns in tables:
        for index in columns.extra:
            extra.setdefault(fold(table.headers[index]), table.headers[index])
        for name, indexes in columns.of.items():
            if len(indexes) == 1 and (name not in MIXED_FIELDS or name == "latlon"):
                fields.setdefault(fold(table.headers[indexes[0]]), name)
            elif name in GUARDED_FIELDS:
                for index in indexes:
                    fields.setdefault(fold(table.headers[index]), name)
        if columns.weekday_hours or any(name in columns.of for name in MIXED_FIELDS[1:]):
            fields.setdefault(fold(FIELD_HEADERS["schedule"]), "schedule")
    for name, indexes in ((n, i) for _, columns in tables for n, i in columns.of.items()):
        if indexes and name in FIELD_HEADERS and fold(FIELD_HEADERS[name]) not in extra:
            fields.setdefault(fold(FIELD_HEADERS[name]), name)
    shown: list[ShownField] = []
    problems: list[Problem] = []
    for label, header in layer.show.items():
        key = fold(header)
        field = fields.get(key)
        if field in NEVER_SHOWN:
            problems.append(
                _show_problem(
                    layer,
                    label,
                    header,
                    "show-not-allowed",
                    "は、公開の決まりを表す列なので出せません。",
                )
            )
        elif field is not None:
            shown.append(ShownField(label, header, field))
        elif key in extra:
            shown.append(ShownField(label, extra[key]))
        else:
            names = [table.headers for table, _ in tables]
            known = [name for headers in names for name in headers]
            near = near_ja(header, known) or _some(known)
            problems.append(
                _show_problem(layer, label, header, "header-missing", f"が一覧にありません。{near}")
            )
    return tuple(shown), problems


def _show_problem(layer: Layer, label: str, header: str, code: str, rest_ja: str) -> Problem:
    return Problem(
        Severity.ERROR,
        f"layers/{layer.id}/layer.toml",
        f"[show] の「{label}」に書いた見出し「{header}」{rest_ja}",
        code,
        column=header,
    )


def nothing_kept(layer: Layer, tables: Tables) -> Problem:
    """``[keep]`` and ``[drop]`` left no row: say what the lists really hold."""
    header = next(iter([*layer.keep, *layer.drop]))
    values = dict.fromkeys(
        row.text(index).strip()
        for table, _ in tables
        for index in column_indexes(table, (header,)) or ()
        for row in table.rows
    )
    first = "、".join(f"「{value[:30]}」" for value in values if value)
    said = f"「{header}」の列には {first[:200]} などがあります。" if first else ""
    return Problem(
        Severity.ERROR,
        f"layers/{layer.id}/layer.toml",
        f"[keep]・[drop] の条件に合う行が1つもありません。{said}",
        "keep-leaves-nothing",
        column=header,
    )


def column_indexes(table: SourceTable, headers: Iterable[str]) -> tuple[int, ...] | None:
    """Indexes of headers in a table, or None when one is not there."""
    where: dict[str, int] = {}
    for index, header in enumerate(table.headers):
        where.setdefault(fold(header), index)
    found = [where.get(fold(header)) for header in headers]
    indexes = tuple(index for index in found if index is not None)
    return indexes if len(indexes) == len(found) else None
