"""A list (CSV) whose rows say where they are in degrees, as features."""

from __future__ import annotations

import struct
from pathlib import Path

from geo.folding import fold
from geo.intake.csv_rows import read_csv
from geo.intake.features import Features, UnreadableFileError, stop, warning
from geo.intake.header_row import make_table
from geo.intake.source_table import SourceRow, SourceTable
from geo.intake.values import looks_like_lat, looks_like_lon, parse_degrees
from geo.model.problem import Problem

_LAT_HEADERS = ("緯度", "lat", "latitude")
_LON_HEADERS = ("経度", "lon", "lng", "longitude")
_POINT = struct.Struct("<bIdd")


def read_listed_places(path: Path, *, file: str, encoding: str | None) -> Features:
    """Read a CSV with columns 緯度 and 経度.

    Returns
    -------
    Features
        Points in EPSG:4326; None where a row has no usable place. Never raises for a bad file.
    """
    problems: list[Problem] = []
    grid = read_csv(path, file, encoding, problems)
    table = None if grid is None else make_table(grid, file, None, None, problems)
    if table is None or any(problem.is_error for problem in problems):
        return Features(problems=tuple(problems))
    try:
        lat, lon = _column(table, _LAT_HEADERS, "緯度"), _column(table, _LON_HEADERS, "経度")
    except UnreadableFileError as error:
        return Features(problems=(*problems, error.problem))
    points = [_point(row, lat, lon) for row in table.rows]
    lost = [row.number for row, point in zip(table.rows, points, strict=True) if point is None]
    if lost:
        problems.append(
            warning(
                file,
                "ground-without-place",
                f"緯度・経度のない（または正しくない）行が {len(lost):,} 行あるので、それは読みません。",
                row=lost[0],
            )
        )
    rows = tuple(
        {header: row.text(n).strip() for n, header in enumerate(table.headers)}
        for row in table.rows
    )
    return Features(table.headers, rows, tuple(points), tuple(problems))


def _column(table: SourceTable, usual: tuple[str, ...], name_ja: str) -> int:
    found = next((n for n, header in enumerate(table.headers) if fold(header) in usual), None)
    if found is None:
        stop(
            table.file,
            "column-missing",
            f"列「{name_ja}」がありません。緯度と経度の列のある一覧を用意してください。",
            value=name_ja,
        )
    return found


def _point(row: SourceRow, lat_column: int, lon_column: int) -> bytes | None:
    """A point as WKB; a pair that is swapped in Japan is none."""
    try:
        lat, lon = parse_degrees(row.text(lat_column)), parse_degrees(row.text(lon_column))
    except ValueError:
        return None
    is_swapped = looks_like_lon(lat) and looks_like_lat(lon)
    if is_swapped or abs(lat) > 90 or abs(lon) > 180 or lat == lon == 0:
        return None
    return _POINT.pack(1, 1, lon, lat)
