"""Features of a geometry file -> rows under headers, so that they are read like a list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geo.intake.national_places import named_places
from geo.intake.shapes import read_features
from geo.intake.source_table import SourceRow, SourceTable
from geo.model.problem import Problem, Severity
from geo.model.town import Layer, Municipality


def read_feature_table(
    path: Path,
    file: str,
    layer: Layer,
    problems: list[Problem],
    municipality: Municipality | None = None,
) -> SourceTable | None:
    """Read a geometry file as a table; None with the fault kept when it cannot be read.

    A point (or a MultiPoint of one) gives the row its place; anything larger gives the row a
    point that lies on it, with a warning. Backdrop layers keep the geometry as it is. Where the
    manifest maps no columns, a national data set brings its own.
    """
    features = read_features(
        path,
        file=file,
        encoding=layer.encoding,
        crs=layer.crs,
        layer=layer.sheet,
        plane_zone=None if municipality is None else municipality.plane_zone,
    )
    problems.extend(features.problems)
    if features.failed:
        return None
    if not features.headers and features.rows and not layer.backdrop:
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                f"図形が {len(features.rows)} 件ありますが、名前も番号も入っていません（GeometryCollection"
                " など）。名前の入った元のデータを使ってください。絵として敷くだけなら、マニフェストに"
                " backdrop = true と書いてください。",
                "no-properties",
            )
        )
        return None
    places: Sequence[int] = range(len(features.rows))
    if not layer.columns and municipality is not None:
        features, places = named_places(features, layer, municipality, file, problems)
    rows: list[SourceRow] = []
    areal: list[int] = []
    records = zip(features.rows, features.geometries_wkb, strict=True)
    for number, (record, wkb) in zip((n + 1 for n in places), records, strict=True):
        place = None if wkb is None else _place(wkb)
        if place is not None and place[2] and not layer.backdrop:
            areal.append(number)
        rows.append(
            SourceRow(
                number,
                tuple(record.get(header, "") for header in features.headers),
                lon=place[0] if place else None,
                lat=place[1] if place else None,
                geometry_wkb=wkb,
            )
        )
    if areal:
        problems.append(
            Problem(
                Severity.WARNING,
                file,
                f"点ではない図形（線や面）が{len(areal)}件あります。図形の中の1点を場所として読みました。",
                "geometry-not-a-point",
                row=areal[0],
            )
        )
    return SourceTable(file, None, False, 0, features.headers, tuple(rows))


def _place(wkb: bytes) -> tuple[float, float, bool] | None:
    """Longitude, latitude, and whether the geometry was more than one point."""
    import shapely

    geometry = shapely.from_wkb(wkb)
    if geometry.is_empty:
        return None
    parts = shapely.get_parts(geometry)
    if len(parts) == 1 and shapely.get_type_id(parts[0]) == shapely.GeometryType.POINT:
        return float(shapely.get_x(parts[0])), float(shapely.get_y(parts[0])), False
    point = shapely.point_on_surface(geometry)
    return float(shapely.get_x(point)), float(shapely.get_y(point)), True
