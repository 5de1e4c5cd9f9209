"""Files as offices keep them, byte for byte the same on every run: no clock, no hash order."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

STAMP = (2026, 4, 1, 0, 0, 0)
Feature = tuple[dict[str, Any], BaseGeometry]
"""Properties and a shape in EPSG:4326, already rounded."""


def write_geojson(path: Path, features: Iterable[Feature]) -> None:
    """One feature per line, so that a difference can be read; rings by the right-hand rule."""
    from shapely import orient_polygons
    from shapely.geometry import mapping

    lines = [
        json.dumps(
            {"type": "Feature", "properties": p, "geometry": dict(mapping(orient_polygons(g)))},
            ensure_ascii=False,
        )
        for p, g in features
    ]
    path.write_text(
        '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n",
        encoding="utf-8",
    )


def write_csv(path: Path, header: str, rows: Iterable[Mapping[str, str]]) -> None:
    """A CSV as Excel saves it: UTF-8 with BOM, CRLF."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header.split(","), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def write_xlsx(
    path: Path,
    sheet: str,
    title: str,
    header: str,
    rows: Sequence[Mapping[str, str]],
    widths: Mapping[str, int],
) -> None:
    """A workbook with a title row above the header: degrees are numbers, days are days."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    columns = header.split(",")
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page.append([title])
    page.append(columns)
    for row in rows:
        page.append([_typed(column, row.get(column)) for column in columns])
    for letters, width in widths.items():
        page.column_dimensions[letters].width = width
    day = get_column_letter(columns.index("最終確認日") + 1)
    for (cell,) in page[f"{day}3:{day}{len(rows) + 2}"]:
        cell.number_format = "yyyy/m/d"
    page.freeze_panes = "C3"
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(_without_clock(raw.getvalue()))


def _typed(column: str, value: str | None) -> Any:
    if not value:
        return None
    if column in ("緯度", "経度"):
        return float(value)
    return datetime.fromisoformat(value) if column == "最終確認日" else value


def _without_clock(raw: bytes) -> bytes:
    """The same zip with fixed times, so that two runs give the same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            body = source.read(name)
            if name == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-04-01T00:00:00Z", body)
            target.writestr(zipfile.ZipInfo(name, STAMP), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def write_zipped_shapefile(path: Path, features: Sequence[Feature]) -> None:
    """A zip of a Shapefile in CP932, as the national download sites give them."""
    import geopandas

    frame = geopandas.GeoDataFrame(
        [p for p, _ in features], geometry=[g for _, g in features], crs="EPSG:6668"
    )
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        stem = Path(folder) / path.stem
        frame.to_file(stem.with_suffix(".shp"), encoding="cp932", engine="pyogrio")
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for part in sorted(Path(folder).iterdir()):
                body = bytearray(part.read_bytes())
                if part.suffix == ".dbf":
                    body[1:4] = bytes((STAMP[0] - 1900, STAMP[1], STAMP[2]))
                target.writestr(
                    zipfile.ZipInfo(part.name, STAMP), bytes(body), zipfile.ZIP_DEFLATED
                )
    path.write_bytes(out.getvalue())
