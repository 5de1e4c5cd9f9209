"""A data file of ``people.toml`` -> a table under headers, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from geo.intake import archive
from geo.intake.csv_rows import FILE_LIMIT_BYTES, csv_grid, read_limited
from geo.intake.dbf import read_dbf
from geo.intake.features import UnreadableFileError
from geo.intake.header_row import make_table
from geo.intake.shapes import read_features
from geo.intake.source_table import SourceRow, SourceTable
from geo.intake.xlsx_rows import read_xlsx
from geo.model.people import PeopleForm, PeopleSources
from geo.model.problem import Problem

KEY_HEADER = "KEY_CODE"
_TEXTS = (".txt", ".csv")
_SHAPES = (".shp", ".gpkg", ".geojson", ".json", ".topojson")
_OF_THE_CENSUS = (PeopleForm.SMALL_AREA, PeopleForm.MESH)


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """A table whose columns have labels: of a second header row, else the headers themselves."""

    table: SourceTable
    labels: tuple[str, ...]

    @property
    def rows(self) -> tuple[SourceRow, ...]:
        """The records."""
        return self.table.rows


def read_people_table(
    path: Path,
    file: str,
    sources: PeopleSources,
    plane_zone: int | None,
    problems: list[Problem],
) -> PeopleTable | None:
    """Read one file; None with the fault kept when it cannot be read."""
    try:
        table = _table(path, file, sources, plane_zone, problems)
    except UnreadableFileError as error:
        problems.append(error.problem)
        return None
    return None if table is None else _labelled(table)


def _table(
    path: Path,
    file: str,
    sources: PeopleSources,
    plane_zone: int | None,
    problems: list[Problem],
) -> SourceTable | None:
    name = path.name.lower()
    if name.endswith((".xlsx", ".xlsm")):
        found = read_xlsx(path, file, sources.sheet, problems)
        if found is None:
            return None
        return make_table(found[0], file, found[1], sources.header_row, problems)
    if name.endswith((".dbf", ".dbf.gz")):
        return _dbf(_bytes(path, file), file, sources, problems)
    raw = _text_bytes(path, file, problems)
    if raw is not None:
        grid = csv_grid(raw, file, sources.encoding or _codec(raw, sources.form), problems)
        return None if grid is None else make_table(grid, file, None, sources.header_row, problems)
    if name.endswith(_TEXTS):
        return None  # why is said already
    features = read_features(
        path,
        file=file,
        encoding=sources.encoding,
        crs=sources.crs,
        layer=sources.sheet,
        plane_zone=plane_zone,
    )
    problems.extend(features.problems)
    if features.failed:
        return None
    rows = tuple(
        SourceRow(number, tuple(row.get(h, "") for h in features.headers), geometry_wkb=wkb)
        for number, (row, wkb) in enumerate(
            zip(features.rows, features.geometries_wkb, strict=True), start=1
        )
    )
    return SourceTable(file, None, False, 0, features.headers, rows)


def _text_bytes(path: Path, file: str, problems: list[Problem]) -> bytes | None:
    """The bytes of a table of text, plain or packed; None where the file is something else."""
    name = path.name.lower()
    if name.endswith(_TEXTS):
        return read_limited(path, file, FILE_LIMIT_BYTES, problems)
    if name.endswith(tuple(f"{ending}.gz" for ending in _TEXTS)):
        return archive.unpack_gzip(path, file, limit_bytes=FILE_LIMIT_BYTES)
    if name.endswith(".zip"):
        inside = [member.lower() for member in archive.member_names(path, file)]
        if any(member.endswith(_SHAPES) for member in inside):
            return None  # texts beside shapes are notes
        for ending in _TEXTS:
            if any(member.endswith(ending) for member in inside):
                return archive.unpack_one(path, file, ending, limit_bytes=FILE_LIMIT_BYTES)[1]
    return None


def _bytes(path: Path, file: str) -> bytes:
    read = archive.unpack_gzip if path.suffix.lower() == ".gz" else archive.read_bytes
    return read(path, file)


def _dbf(data: bytes, file: str, sources: PeopleSources, problems: list[Problem]) -> SourceTable:
    # The census has never published anything else than Shift_JIS in these tables.
    table = read_dbf(data, file=file, encoding=sources.encoding or "cp932")
    problems.extend(table.problems)
    rows = tuple(
        SourceRow(number, tuple(row.values()))
        for number, row in enumerate(table.rows, start=1)
        if row is not None
    )
    return SourceTable(file, None, False, 0, table.headers, rows)


def _codec(raw: bytes, form: PeopleForm) -> str | None:
    """Tables of the census are Shift_JIS, unless somebody saved them again."""
    if form not in _OF_THE_CENSUS:
        return None
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp932"
    return None


def _labelled(table: SourceTable) -> PeopleTable:
    """With the second header row of the census taken from the records."""
    if table.rows and KEY_HEADER in table.headers:
        first = table.rows[0]
        key = table.headers.index(KEY_HEADER)
        if not first.text(key).strip():
            labels = tuple(first.text(n).strip() or h for n, h in enumerate(table.headers))
            return PeopleTable(replace(table, rows=table.rows[1:]), labels)
    return PeopleTable(table, table.headers)
