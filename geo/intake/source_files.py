"""The data files of a layer -> tables, whatever their format."""

from __future__ import annotations

from pathlib import Path

from geo.intake.column_kinds import column_kind_warnings
from geo.intake.csv_rows import read_csv
from geo.intake.encodings import is_mojibake
from geo.intake.header_row import make_table
from geo.intake.source_table import SourceTable
from geo.intake.xlsx_rows import read_xlsx
from geo.manifest.data_paths import TABLE_SUFFIXES
from geo.model.problem import Problem, Severity
from geo.model.town import Layer, Municipality

_SAMPLE_ROWS = 2_000
_GARBLED_JA = (
    "文字化けしています。文字コードをまちがえて開いたCSVを、そのまま保存したブックのようです。"
    "元のCSVをこのフォルダに置くか、元のシステムからもう一度書き出してください。"
)


def read_source(
    path: Path,
    file: str,
    layer: Layer,
    problems: list[Problem],
    municipality: Municipality | None = None,
) -> SourceTable | None:
    """Read one data file of a layer; None with the fault kept when it cannot be read.

    With ``municipality`` a national file of a whole prefecture is cut to the town. Columns whose
    values are of another kind than their header says are told.
    """
    table = _table(path, file, layer, problems, municipality)
    if table is not None:
        problems += column_kind_warnings(table)
    return table


def _table(
    path: Path,
    file: str,
    layer: Layer,
    problems: list[Problem],
    municipality: Municipality | None,
) -> SourceTable | None:
    suffix = path.suffix.lower()
    if suffix not in TABLE_SUFFIXES:
        from geo.intake.feature_rows import read_feature_table

        return read_feature_table(path, file, layer, problems, municipality)
    if suffix == ".csv":
        grid = read_csv(path, file, layer.encoding, problems)
        if grid is None:
            return None
        return make_table(grid, file, None, layer.header_row, problems)
    found = read_xlsx(path, file, layer.sheet, problems)
    if found is None:
        return None
    grid, sheet = found
    if is_mojibake(cell for row in grid.rows[:_SAMPLE_ROWS] for cell in row):
        problems.append(Problem(Severity.ERROR, file, _GARBLED_JA, "text-garbled", sheet=sheet))
        return None
    return make_table(grid, file, sheet, layer.header_row, problems)
