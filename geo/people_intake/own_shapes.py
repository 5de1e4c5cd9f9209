"""The point or polygon of every record, as the form of the table wants it."""

from __future__ import annotations

from collections.abc import Sequence

from geo.intake.crs_said import accuracy_warnings
from geo.intake.place_system import PlaceSystem, place_system
from geo.intake.source_table import SourceTable
from geo.intake.values import (
    looks_like_lat,
    looks_like_lon,
    parse_degrees,
    parse_latlon,
    parse_metres,
)
from geo.model.people import PeopleForm, PeopleSources
from geo.model.problem import Problem, Severity
from geo.model.town import Municipality
from geo.people_intake.counted_rows import PeopleRow
from geo.people_intake.people_columns import PeopleColumns, ask_for_column

_POINT, _MULTIPOINT, _POLYGON, _MULTIPOLYGON = 0, 4, 3, 6


def own_shapes(
    rows: Sequence[PeopleRow],
    columns: PeopleColumns,
    sources: PeopleSources,
    municipality: Municipality,
    problems: list[Problem],
) -> list[bytes | None]:
    """WKB (EPSG:4326) of every record; None where it has no usable place."""
    if not rows:
        return []
    if any(row.row.geometry_wkb is not None for row in rows):
        drawn = _drawn(rows, sources.form, problems)
        if drawn is None:
            return [None] * len(rows)
        shapes = drawn
    elif sources.form is PeopleForm.POLYGONS:
        problems.append(
            rows[0].found.table.problem(
                Severity.ERROR,
                "people-wrong-shape",
                "図形のない表です。面の入ったファイルを使うか、緯度と経度の表なら"
                ' form = "points" と書いてください。',
            )
        )
        return [None] * len(rows)
    elif not columns.tells_places:
        table = rows[0].found.table
        problems.append(
            _ask_for_areas(table)
            if sources.form is PeopleForm.AGE_TABLE
            else ask_for_column(table, "lat", "緯度と経度（lat と lon）")
        )
        return [None] * len(rows)
    else:
        system = place_system(sources.crs)
        if system is not None:
            problems += accuracy_warnings(system.name, rows[0].found.table.file)
        shapes = [_point(row, columns, system, municipality) for row in rows]
    lost = [row for row, shape in zip(rows, shapes, strict=True) if shape is None]
    if lost:
        problems.append(_without_place(lost, len(rows)))
    return shapes


def _drawn(
    rows: Sequence[PeopleRow], form: PeopleForm, problems: list[Problem]
) -> list[bytes | None] | None:
    """Geometries of a file, mended; None where one is of another kind than the form."""
    import numpy as np
    import shapely

    blobs = np.empty(len(rows), dtype=object)
    blobs[:] = [row.row.geometry_wkb for row in rows]
    shapes = shapely.from_wkb(blobs)
    wanted = (_POLYGON, _MULTIPOLYGON) if form is PeopleForm.POLYGONS else (_POINT, _MULTIPOINT)
    kinds = shapely.get_type_id(shapes)
    others = np.flatnonzero((kinds >= 0) & ~np.isin(kinds, wanted))
    if len(others):
        is_other = "点" if form is PeopleForm.POINTS else "面"
        row = rows[int(others[0])]
        problems.append(
            row.problem(
                Severity.ERROR,
                "people-wrong-shape",
                f"{is_other}ではない図形が {len(others)} 件あります。form を確かめてください"
                "（面なら polygons、点なら points）。",
            )
        )
        return None
    broken = np.flatnonzero((kinds >= 0) & ~shapely.is_valid(shapes))
    if len(broken):
        shapes[broken] = shapely.make_valid(
            shapes[broken], method="structure", keep_collapsed=False
        )
        problems.append(
            rows[int(broken[0])].problem(
                Severity.WARNING,
                "polygon-repaired",
                f"線の交わりなどの誤りのある形を {len(broken)} 件、直して読みました。地図で形を確かめてください。",
            )
        )
    if form is PeopleForm.POINTS:
        shapes = shapely.centroid(shapes)  # a point of one point is itself
    shapes[shapely.is_empty(shapes)] = None
    return list(shapely.to_wkb(shapes))


def _point(
    row: PeopleRow,
    columns: PeopleColumns,
    system: PlaceSystem | None,
    municipality: Municipality,
) -> bytes | None:
    """The point of a record's own cells."""
    import shapely

    is_metric = system is not None and system.metric
    read = parse_metres if is_metric else parse_degrees
    try:
        if columns.latlon is not None:
            lat, lon = parse_latlon(row.row.text(columns.latlon), metric=is_metric)
        else:
            assert columns.lat is not None
            assert columns.lon is not None
            lat, lon = read(row.row.text(columns.lat)), read(row.row.text(columns.lon))
        if system is not None:
            lat, lon = system.to_degrees(lat, lon)
    except ValueError:
        return None
    is_of_japan = municipality.plane_zone is not None
    if is_of_japan and not (looks_like_lat(lat) and looks_like_lon(lon)):
        return None
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        return None
    found: bytes = shapely.to_wkb(shapely.Point(lon, lat))
    return found


def _ask_for_areas(table: SourceTable) -> Problem:
    return table.problem(
        Severity.ERROR,
        "people-columns",
        "どこの人か分かりません。表の番号や名前がどの境界のものかを、level か shapes に書いてください"
        "（表に緯度と経度の列があれば、[columns] の lat と lon に）。",
    )


def _without_place(lost: Sequence[PeopleRow], rows: int) -> Problem:
    people = sum(row.counts[0] for row in lost if row.counts[0] is not None)
    if len(lost) == rows:
        return lost[0].problem(
            Severity.ERROR,
            "people-without-place",
            "場所の分かる行が1つもありません。緯度と経度の列が入れかわっていないか、座標系（crs）が要らないか"
            "確かめてください。",
        )
    return lost[0].problem(
        Severity.WARNING,
        "people-without-place",
        f"場所の分からない行が {len(lost)} 行（あわせて{people:,.0f}人）あります。どこの人か分からないので、計算に入りません。",
    )
