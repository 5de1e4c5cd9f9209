"""A layer's files -> its treasures (or its backdrop), with every fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from geo.folding import fold
from geo.intake.cell_text import clean_text
from geo.intake.layouts import Columns, find_columns
from geo.intake.named_headers import (
    Tables,
    check_named_headers,
    column_indexes,
    nothing_kept,
    resolve_show,
)
from geo.intake.place_system import PlaceSystem, place_system
from geo.intake.record_fields import RecordFields, TableAddresses
from geo.intake.record_names import under_record_names
from geo.intake.records import read_record
from geo.intake.route_checks import route_problems
from geo.intake.same_record import merge
from geo.intake.source_files import read_source
from geo.intake.source_table import SourceRow, SourceTable
from geo.intake.values import is_missing
from geo.manifest.layer_file import FIELD_HEADERS
from geo.manifest.strict_table import near_ja
from geo.model.audience import Audience
from geo.model.problem import Problem, Severity
from geo.model.reading import LayerReading, RowAddress
from geo.model.town import Layer, Town
from geo.model.treasure import Backdrop, Treasure

_FALLBACK_IDENTITY = ("name", "address")


@dataclass(slots=True)
class _Gathered:
    """What has been read of a layer so far."""

    treasures: dict[str, Treasure] = field(default_factory=dict)
    addresses: dict[str, RowAddress] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    failed_rows: int = 0
    kept_rows: int = 0


def read_layer(layer: Layer, town: Town) -> LayerReading:
    """Read every file of a layer.

    Parameters
    ----------
    layer : Layer
        Its manifest.
    town : Town
        The town it belongs to, for the names of files.

    Returns
    -------
    LayerReading
        Records without an error, and all problems. Never raises for a bad file.
    """
    problems: list[Problem] = []
    tables: Tables = []
    for path in layer.data:
        table = read_source(path, town.shown_path(path), layer, problems, town.municipality)
        if table is not None:
            tables.append((table, find_columns(table.headers, layer)))
    show, show_problems = resolve_show(layer, tables) if tables else ((), [])
    if tables:
        problems += check_named_headers(layer, tables) + show_problems
    if layer.backdrop:
        return _backdrop(layer, tables, problems)
    gathered = _Gathered(problems=problems)
    consent_column = any("consent" in columns.of for _, columns in tables)
    for table, columns in tables:
        _read_table(layer, table, columns, gathered, consent_column=consent_column)
    if (layer.keep or layer.drop) and not gathered.kept_rows and any(t.rows for t, _ in tables):
        problems.append(nothing_kept(layer, tables))
    records, addresses = under_record_names(
        layer, town, gathered.treasures, gathered.addresses, problems
    )
    blocking = any(problem.is_error and problem.code not in ROW_CODES for problem in problems)
    treasures = tuple(records.values())
    _say_assumed_consent(layer, treasures, problems, consent_column=consent_column)
    reading = LayerReading(
        layer,
        treasures,
        (),
        show,
        (),
        skippable_rows=gathered.failed_rows,
        blocking=blocking,
        addresses=addresses,
    )
    return replace(reading, problems=(*problems, *route_problems(reading)))


ROW_CODES = frozenset(
    {
        "audience-unknown",
        "cell-formula-error",
        "cell-formula-unsaved",
        "consent-contradiction",
        "consent-unknown",
        "day-not-a-day",
        "degrees-not-a-number",
        "id-missing",
        "id-too-long",
        "id-twice",
        "latlon-half",
        "map-number-twice",
        "map-number-wrong",
        "name-missing",
        "precision-unknown",
        "status-unknown",
        "text-too-long",
    }
)
"""Errors that belong to one row: leaving the row out helps."""


def _read_table(
    layer: Layer,
    table: SourceTable,
    columns: Columns,
    gathered: _Gathered,
    *,
    consent_column: bool,
) -> None:
    if "name" not in columns.of:
        gathered.problems.append(_no_name_column(layer, table))
        return
    identify = _identify(layer, table, columns, gathered.problems)
    if identify is None:
        return
    addresses = TableAddresses.of(table, columns)
    system = _system(layer, table, gathered.problems)
    for row in kept_rows(layer, table, gathered.problems):
        gathered.kept_rows += 1
        address = RowAddress(
            table.file, row.number, table.sheet, addresses.letters, addresses.headers
        )
        fields = RecordFields(table, columns, row, address, system)
        treasure = read_record(fields, layer, identify, consent_column=consent_column)
        gathered.problems += dict.fromkeys(fields.problems)
        if treasure is None:
            gathered.failed_rows += 1
        else:
            _add(layer, treasure, address, gathered)


def _system(layer: Layer, table: SourceTable, problems: list[Problem]) -> PlaceSystem | None:
    system = place_system(layer.crs) if table.grid else None
    if system is not None:
        from geo.intake.crs_said import accuracy_warnings

        problems += accuracy_warnings(system.name, table.file)
    return system


def _add(layer: Layer, treasure: Treasure, address: RowAddress, gathered: _Gathered) -> None:
    before = gathered.treasures.get(treasure.id)
    if before is None:
        gathered.treasures[treasure.id] = treasure
        gathered.addresses[treasure.id] = address
        return
    first = gathered.addresses[treasure.id]
    at = "id" if "id" in address.letters else "name"
    if layer.merge_same and (first.file, first.sheet) != (address.file, address.sheet):
        merged, differing = merge(before, treasure)
        gathered.treasures[treasure.id] = merged
        if differing:
            gathered.problems.append(
                address.problem(
                    Severity.WARNING,
                    "merged-values-differ",
                    f"「{treasure.name[:40]}」は {first.file} の{first.row}行目と同じものですが、"
                    f"{'、'.join(differing)}が違います。先のファイルの値を使いました。",
                    at="name",
                )
            )
        return
    where = f"{first.row}行目" if first.file == address.file else f"{first.file} の{first.row}行目"
    gathered.problems.append(
        address.problem(
            Severity.ERROR,
            "id-twice",
            f"同じID（{treasure.id[:60]}）が{where}にもあります。別のものなら別のIDに、同じものなら1行にしてください。",
            at=at,
            value=treasure.id,
        )
    )
    gathered.failed_rows += 1


def _no_name_column(layer: Layer, table: SourceTable) -> Problem:
    wanted = layer.columns.get("name", (FIELD_HEADERS["name"],))
    near = near_ja(wanted[0], table.headers)
    lower = _header_lower_down(table, wanted[0])
    if lower is not None:
        hint = f"見出しが{lower}行目にあるようです。マニフェストに header_row = {lower} の行を足してください。"
    else:
        hint = near or (
            '名前の列の見出しを、マニフェストの [columns] に name = "…" と書いてください。'
        )
    return Problem(
        Severity.ERROR,
        table.file,
        f"名前の列（見出し「{wanted[0]}」）が見つかりません。{hint}",
        "name-column-missing",
        sheet=table.sheet,
        row=table.header_row or None,
    )


def _header_lower_down(table: SourceTable, name_header: str) -> int | None:
    key = fold(name_header)
    for row in table.rows[:20]:
        if any(fold(text) == key for text in row.cells):
            return row.number
    return None


def _identify(
    layer: Layer, table: SourceTable, columns: Columns, problems: list[Problem]
) -> tuple[int, ...] | None:
    """The identity's columns: () = the id column. None (with the fault kept) when there is none."""
    if layer.identify:
        indexes = column_indexes(table, layer.identify)
        if indexes is None:
            missing = [h for h in layer.identify if column_indexes(table, (h,)) is None]
            problems.append(
                Problem(
                    Severity.ERROR,
                    table.file,
                    f"identify に書いた見出し「{'」「'.join(missing)}」がこの一覧にありません。"
                    + near_ja(missing[0], table.headers),
                    "header-missing",
                    sheet=table.sheet,
                    column=missing[0],
                )
            )
        return indexes
    id_column = columns.first("id")
    if id_column is not None and (
        not columns.national or any(row.text(id_column).strip() for row in table.rows)
    ):
        return ()
    if columns.national:
        found = tuple(index for name in _FALLBACK_IDENTITY for index in columns.of.get(name, ()))
        headers = "と".join(f"「{table.headers[index]}」" for index in found)
        problems.append(
            Problem(
                Severity.WARNING,
                table.file,
                f"IDが1つも書かれていないので、{headers}で見分けます。どちらかを書きかえると、別のものになります。",
                "id-column-empty",
                sheet=table.sheet,
                row=table.header_row or None,
            )
        )
        return found
    problems.append(
        Problem(
            Severity.ERROR,
            table.file,
            '見分けるためのIDの列がありません。「ID」の列をつくるか、マニフェストに identify = ["名称", "住所"] の'
            "ように、見分けに使う見出しを書いてください。",
            "id-column-missing",
            sheet=table.sheet,
            row=table.header_row or None,
        )
    )
    return None


def kept_rows(layer: Layer, table: SourceTable, problems: list[Problem]) -> Iterator[SourceRow]:
    """Rows that are records: not blank, not a note under the table, not filtered away."""
    keep = _filters(table, layer.keep)
    drop = _filters(table, layer.drop)
    after_blank = False
    for row in table.rows:
        filled = [text for text in row.cells if text and not text.isspace()]
        if not filled and not row.faults and row.geometry_wkb is None:
            after_blank = True
            continue
        if table.grid and is_note(filled, after_blank=after_blank, width=len(table.headers)):
            problems.append(
                table.problem(
                    Severity.WARNING,
                    "row-note",
                    "表の下の注記とみて、読みませんでした。お宝の行なら、空の行をはさまずに書いてください。",
                    row=row.number,
                    column=0,
                    value=clean_text(filled[0]).text,
                )
            )
            continue
        after_blank = False
        if all(fold(row.text(i)) in values for i, values in keep) and not any(
            fold(row.text(i)) in values for i, values in drop
        ):
            yield row


def is_note(filled: list[str], *, after_blank: bool, width: int) -> bool:
    """Whether a row with these texts is a note under the table, not a record."""
    if not filled or width < 2:
        return False
    if filled[0].lstrip().startswith("※"):
        return len(filled) <= 2
    return after_blank and len(filled) == 1


def _filters(table: SourceTable, wanted: object) -> list[tuple[int, frozenset[str]]]:
    assert hasattr(wanted, "items")
    found = []
    for header, values in wanted.items():
        indexes = column_indexes(table, (header,))
        if indexes is not None:
            found.append((indexes[0], frozenset(map(fold, values))))
    return found


def _say_assumed_consent(
    layer: Layer,
    treasures: tuple[Treasure, ...],
    problems: list[Problem],
    *,
    consent_column: bool,
) -> None:
    open_rows = sum(treasure.audience is not Audience.COORDINATOR for treasure in treasures)
    if not consent_column and not layer.publication_basis and open_rows:
        problems.append(
            Problem(
                Severity.WARNING,
                f"layers/{layer.id}/layer.toml",
                f"「掲載の同意」の列がありません。公開範囲が「担当者だけ」でない{open_rows}件は、ホームページにも冊子にも"
                'のせてよいものとして扱います。公表済みの一覧なら publication_basis = "公表済み" と書いてください。',
                "consent-assumed",
            )
        )


def _backdrop(layer: Layer, tables: Tables, problems: list[Problem]) -> LayerReading:
    found: list[Backdrop] = []
    for table, columns in tables:
        name_column = columns.first("name")
        system = _system(layer, table, problems)
        for row in kept_rows(layer, table, problems):
            wkb = row.geometry_wkb
            if wkb is None and table.grid:
                wkb = _point_of(table, columns, row, system, problems)
            if wkb is not None:
                name = "" if name_column is None else clean_text(row.text(name_column)).text
                found.append(Backdrop(layer.id, "" if is_missing(name) else name[:500], wkb))
    return LayerReading(
        layer,
        (),
        tuple(found),
        (),
        tuple(problems),
        blocking=any(problem.is_error for problem in problems),
    )


def _point_of(
    table: SourceTable,
    columns: Columns,
    row: SourceRow,
    system: PlaceSystem | None,
    problems: list[Problem],
) -> bytes | None:
    import shapely

    from geo.intake.record_place import read_place

    addresses = TableAddresses.of(table, columns)
    address = RowAddress(table.file, row.number, table.sheet, addresses.letters, addresses.headers)
    fields = RecordFields(table, columns, row, address, system)
    place = read_place(fields)
    problems += fields.problems
    if place is None:
        return None
    wkb = shapely.to_wkb(shapely.Point(*place))
    assert isinstance(wkb, bytes)
    return wkb
