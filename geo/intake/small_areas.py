"""Areas as addresses: census small areas, and the polygons of one of the town's levels."""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import error as ZlibError  # noqa: N812 - a class in lower case

from geo.intake.archive import LIMIT_BYTES, read_bytes
from geo.intake.dbf import read_dbf
from geo.intake.features import UnreadableFileError, stop
from geo.intake.national_editions import Edition, area_edition, in_town
from geo.intake.values import looks_like_lat, looks_like_lon
from geo.model.audience import Placed
from geo.model.gazetteer_sources import AddressSource
from geo.model.problem import Problem, Severity
from geo.model.town import Municipality, Town
from geo.placing import AddressPlace, apart_m

_TABLES = (".dbf", ".gz")
_LARGE_DIGITS = 9
"""So many digits of a key name the 大字. Its parts often have one name, or one in brackets: an
address does not tell them apart, so that they are one place."""
_IN_BRACKETS = re.compile(r"[（(].*$")


@dataclass(frozen=True, slots=True)
class _Part:
    """One polygon or centre point of an area; ``across_m`` is how far it reaches from its point."""

    name: str
    lon: float
    lat: float
    across_m: float
    first: bool


def small_area_places(
    source: AddressSource,
    path: Path,
    file: str,
    municipality: Municipality,
    problems: list[Problem],
) -> list[AddressPlace]:
    """The census small areas of the town: polygons, or the centre points of a table alone."""
    try:
        if path.suffix.lower() in _TABLES:
            headers, rows, outlines = _table(path, file, source, problems)
        else:
            headers, rows, outlines = _shapes(path, file, source, municipality, problems)
    except UnreadableFileError as error:
        problems.append(error.problem)
        return []
    if not rows:
        return []
    edition = area_edition(headers, rows)
    if edition is None or edition.water is None:
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                f"{source.kind.title_ja}とみて読みましたが、列 KEY_CODE と MOJI（または S_NAME）がありません。"
                "ファイルと kind を確かめてください。",
                "gazetteer-columns",
            )
        )
        return []
    areas: dict[tuple[str, str], list[_Part]] = {}
    for row, outline in zip(rows, outlines, strict=True):
        if edition.is_water(row) or not in_town(edition.town_of(row), municipality.code):
            continue
        part = _part(row, outline, edition)
        if part is not None:
            areas.setdefault((edition.code_of(row)[:_LARGE_DIGITS], part.name), []).append(part)
    if not areas:
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                f"この町（{municipality.code}）の小地域が1つもありません。この町のある県のファイルを使ってください。",
                "gazetteer-other-town",
            )
        )
    return [_joined(source, parts) for parts in areas.values()]


def level_places(source: AddressSource, town: Town) -> list[AddressPlace]:
    """The areas of one of the town's levels by name, each at a point inside it.

    Their faults are said where the level itself is read.
    """
    from geo.intake.boundaries import read_level

    level = next(level for level in town.levels if level.id == source.level)
    places = []
    for area in read_level(level, town).areas:
        if area.outline_wkb is None:
            continue
        lon, lat, reach_m = _inside(area.outline_wkb)
        places.append(
            AddressPlace(
                town=area.name,
                lon=lon,
                lat=lat,
                level=Placed.BLOCK,
                source=source.title,
                reach_m=reach_m,
            )
        )
    return places


_Rows = Sequence[Mapping[str, str]]


def _table(
    path: Path, file: str, source: AddressSource, problems: list[Problem]
) -> tuple[tuple[str, ...], _Rows, list[bytes | None]]:
    data = read_bytes(path, file)
    if path.suffix.lower() == ".gz":
        data = _unpacked(data, file)
    # The census has never published anything else than Shift_JIS in these tables.
    table = read_dbf(data, file=file, encoding=source.encoding or "cp932")
    problems.extend(table.problems)
    rows = [row for row in table.rows if row is not None]
    return table.headers, rows, [None] * len(rows)


def _unpacked(data: bytes, file: str) -> bytes:
    import io

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            whole = stream.read(LIMIT_BYTES + 1)
    except (OSError, EOFError, ZlibError):
        stop(
            file,
            "zip-broken",
            "圧縮ファイルがこわれていて開けません。もう一度もらい直してください。",
        )
    if len(whole) > LIMIT_BYTES:
        stop(
            file,
            "file-too-large",
            "広げると大きすぎるので読みません。必要な市町村だけにしてください。",
        )
    return whole


def _shapes(
    path: Path,
    file: str,
    source: AddressSource,
    municipality: Municipality,
    problems: list[Problem],
) -> tuple[tuple[str, ...], _Rows, list[bytes | None]]:
    from geo.intake.shapes import read_features

    features = read_features(
        path,
        file=file,
        encoding=source.encoding,
        crs=source.crs,
        plane_zone=municipality.plane_zone,
    )
    problems.extend(features.problems)
    return features.headers, features.rows, list(features.geometries_wkb)


def _part(row: Mapping[str, str], outline: bytes | None, edition: Edition) -> _Part | None:
    name = _IN_BRACKETS.sub("", edition.name_of(row)).strip()
    if not name:
        return None
    # Of an area in several parts, the people stand on the first one.
    first = row.get("KIGO_E", "") in ("", "E1")
    if outline is not None:
        return _Part(name, *_inside(outline), first)
    try:
        lon, lat = float(row.get("X_CODE", "")), float(row.get("Y_CODE", ""))
        across_m = math.sqrt(float(row.get("AREA") or 0))
    except ValueError:
        return None
    if not (looks_like_lon(lon) and looks_like_lat(lat)):
        return None
    return _Part(name, lon, lat, across_m, first)


def _joined(source: AddressSource, parts: Sequence[_Part]) -> AddressPlace:
    """One place for the parts of a 大字: the part nearest their middle, reaching to the farthest."""
    first = [part for part in parts if part.first] or list(parts)
    weights = [max(part.across_m, 1.0) ** 2 for part in first]
    lon = sum(part.lon * w for part, w in zip(first, weights, strict=True)) / sum(weights)
    lat = sum(part.lat * w for part, w in zip(first, weights, strict=True)) / sum(weights)
    one = min(first, key=lambda part: apart_m(part.lon, part.lat, lon, lat))
    reach_m = max(apart_m(one.lon, one.lat, part.lon, part.lat) + part.across_m for part in parts)
    return AddressPlace(
        town=one.name,
        lon=one.lon,
        lat=one.lat,
        level=Placed.BLOCK,
        source=source.title,
        reach_m=reach_m,
    )


def _inside(wkb: bytes) -> tuple[float, float, float]:
    """A point inside an outline, and the distance to the farthest corner of its box, metres."""
    import shapely

    shape = shapely.from_wkb(wkb)
    point = shapely.point_on_surface(shape)
    lon, lat = float(point.x), float(point.y)
    west, south, east, north = shape.bounds
    reach_m = max(apart_m(lon, lat, x, y) for x in (west, east) for y in (south, north))
    return lon, lat, reach_m
