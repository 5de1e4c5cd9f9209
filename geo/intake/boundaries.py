"""Features of a level's files to areas: one valid MultiPolygon per code."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.crs import STORAGE_CRS, reproject
from geo.folding import fold
from geo.intake.features import Features
from geo.intake.members import with_members
from geo.intake.national_areas import NationalAreas
from geo.intake.shapes import read_features
from geo.model.problem import Problem, Severity
from geo.model.reading import LevelReading
from geo.model.town import Area, Level, Town

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely import MultiPolygon
    from shapely.geometry.base import BaseGeometry

_JAPAN = (122.0, 20.0, 154.5, 46.0)
_SHOWN_VALUES = 8
_NOT_POLYGON_JA = {0: "点", 1: "線", 2: "線", 4: "点", 5: "線"}
_NOT_POLYGON_HINT_JA = {
    "線": "町の外形なら国土数値情報 N03（行政区域）を、地区なら面で作られた元のデータを使ってください。"
    "この線は、layers の下に backdrop = true のレイヤーとして置けば、地図の下絵に描けます。",
    "点": "点の一覧は layers の下に置いてください。",
}


@dataclass(slots=True)
class _Drawn:
    """An area while its rows are gathered."""

    row: Mapping[str, str]
    file: str
    number: int
    name: str
    parts: list[MultiPolygon] = field(default_factory=list)


def read_level(level: Level, town: Town) -> LevelReading:
    """Read every file of a level.

    Returns
    -------
    LevelReading
        Areas in file order, then those only ``members.csv`` names. Outlines are valid
        MultiPolygons in EPSG:4326; rows of one code are dissolved. Any error is blocking: a town
        with a district missing would give wrong answers everywhere.
    """
    problems: list[Problem] = []
    gathered = _Gathering(level, town, problems)
    for path in level.data:
        file = town.shown_path(path)
        features = read_features(
            path,
            file=file,
            encoding=level.encoding,
            crs=level.crs,
            layer=level.sheet,
            plane_zone=town.municipality.plane_zone,
        )
        problems.extend(features.problems)
        if not features.failed:
            gathered.take(features, file)
    gathered.finish()
    areas = gathered.areas()
    if level.members is not None:
        areas = with_members(areas, level, town, problems)
    return LevelReading(
        level, tuple(areas), tuple(problems), blocking=any(p.is_error for p in problems)
    )


class _Gathering:
    """Rows of one level becoming areas."""

    def __init__(self, level: Level, town: Town, problems: list[Problem]) -> None:
        self._level = level
        self._town = town
        self._problems = problems
        self._drawn: dict[str, _Drawn] = {}
        self._rows = 0
        self._kept = 0
        self._values: dict[str, dict[str, None]] = {column: {} for column in level.keep}
        self._failed = False
        self._not_polygon = False
        self._national = NationalAreas(level, town.municipality)

    def take(self, features: Features, file: str) -> None:
        import numpy as np
        import shapely

        blobs = np.empty(len(features.geometries_wkb), dtype=object)
        blobs[:] = features.geometries_wkb
        shapes = shapely.from_wkb(blobs)
        if not self._level.code_column and self._no_polygon(shapely.get_type_id(shapes), file):
            return  # said before its columns are asked for: no column would help
        if not features.headers and features.rows:
            self._error(
                file,
                "no-properties",
                f"図形が {len(features.rows)} 件ありますが、名前も番号も入っていません（GeometryCollection"
                " など）。どれがどの地区か決められないので、名前の入った元のデータを使ってください。",
            )
            return
        national = self._national.of(features) if not self._level.code_column else None
        if not self._level.code_column and national is None:
            self._error(file, "columns-not-said", self._national.ask_ja(features.headers))
            return
        columns = self._columns(features.headers, file)
        if columns is None:
            return
        for number, (row, shape) in enumerate(zip(features.rows, shapes, strict=True), start=1):
            self._rows += 1
            cells = {key: row[header] for key, header in columns.items()}
            if national is not None:
                if not national.keeps(row):
                    continue
                cells |= {"code": national.code_of(row), "name": national.name_of(row)}
            if self._keeps(cells):
                self._kept += 1
                self._row(cells, shape, file, number)
        self._problems.extend(self._national.said(file))

    def _no_polygon(self, kinds: NDArray[Any], file: str) -> bool:
        """Say so when a file holds lines or points only."""
        found = [_NOT_POLYGON_JA.get(int(kind)) for kind in kinds if kind >= 0]
        if not found or found[0] is None or None in found:
            return False
        self._error(
            file,
            "boundary-not-polygon",
            f"図形（{len(found)} 件）が面ではなく{found[0]}です。区域には面（ポリゴン）のデータが要ります。"
            f"{_NOT_POLYGON_HINT_JA[found[0]]}",
        )
        return True

    def finish(self) -> None:
        """Say so when nothing was kept."""
        if self._failed or self._kept or not self._level.data:
            return
        if any(p.is_error for p in self._problems):
            return
        file = self._town.shown_path(self._level.data[0])
        if not self._rows:
            self._error(file, "no-areas", "図形が1件も入っていません。")
            return
        if self._national.cut_all:
            self._error(file, "keep-leaves-nothing", self._national.cut_all_ja())
            return
        said = " ".join(
            f"列「{column}」にあるのは {'、'.join(list(values)[:_SHOWN_VALUES])}"
            f"{' など' if len(values) > _SHOWN_VALUES else ''} です。"
            for column, values in self._values.items()
        )
        self._error(
            file,
            "keep-leaves-nothing",
            f"[keep]・[drop] の条件に合う区域が1つもありません（全 {self._rows} 件）。{said}",
        )

    def areas(self) -> list[Area]:
        import shapely

        found = []
        for code, drawn in self._drawn.items():
            outline = None
            if len(drawn.parts) == 1:
                outline = drawn.parts[0]
            elif drawn.parts:
                outline = _polygons(shapely.union_all(drawn.parts))
            if outline is None and not self._failed:
                self._warn(
                    drawn.file,
                    "area-without-outline",
                    f"「{drawn.name}」に図形がありません。名前だけの地区として読みました。",
                    drawn.number,
                )
            found.append(
                Area(
                    level=self._level.id,
                    code=code,
                    name=drawn.name,
                    kana=drawn.row.get("kana") or None,
                    order=self._order(drawn),
                    contact=drawn.row.get("contact") or None,
                    outline_wkb=None if outline is None else shapely.to_wkb(outline),
                )
            )
        return found

    def _columns(self, headers: tuple[str, ...], file: str) -> dict[str, str] | None:
        """What each wanted column is called in this file, or None with the errors said."""
        level = self._level
        wanted = {"code": level.code_column, "name": level.name_column} if level.code_column else {}
        optional = {
            "kana": level.kana_column,
            "order": level.order_column,
            "contact": level.contact_column,
        }
        wanted |= {key: column for key, column in optional.items() if column is not None}
        wanted |= {f"={column}": column for column in [*level.keep, *level.drop]}
        folded = {fold(header): header for header in reversed(headers)}
        found: dict[str, str] = {}
        missing: dict[str, None] = {}
        for key, column in wanted.items():
            header = column if column in headers else folded.get(fold(column))
            if header is None:
                missing[column] = None
            else:
                found[key] = header
        for column in missing:
            near = difflib.get_close_matches(column, headers, n=3, cutoff=0.5)
            self._error(
                file,
                "column-missing",
                f"列「{column}」がありません。"
                + (f"{'、'.join(near)} のことでしょうか。" if near else "")
                + f"あるのは {'、'.join(headers[:20]) or '（列なし）'} です。",
                column=column,
            )
        return None if missing else found

    def _keeps(self, cells: Mapping[str, str]) -> bool:
        kept = True
        for column, values in self._level.keep.items():
            self._values[column].setdefault(cells[f"={column}"])
            kept = kept and cells[f"={column}"] in values
        return kept and not any(
            cells[f"={column}"] in values for column, values in self._level.drop.items()
        )

    def _row(
        self, cells: Mapping[str, str], shape: BaseGeometry | None, file: str, number: int
    ) -> None:
        code, name = cells["code"], cells["name"]
        if not code and not name:
            self._warn(
                file,
                "area-without-code",
                f"{number} 件目の区域には、コードも名前もないので読みませんでした。",
                number,
            )
            return
        if not code or not name:
            what, column = (
                ("コード", self._level.code_column)
                if not code
                else ("名前", self._level.name_column)
            )
            self._error(
                file,
                "area-without-code",
                f"{number} 件目の区域（{code or name}）に{what}（列「{column}」）がありません。",
                number,
                column=column,
            )
            return
        drawn = self._drawn.setdefault(code, _Drawn(cells, file, number, name))
        if drawn.name != name:
            self._error(
                file,
                "area-code-twice",
                f"コード「{code}」が2つの区域（{drawn.number} 件目「{drawn.name}」と"
                f" {number} 件目「{name}」）に付いています。どちらかを直してください。",
                number,
                column=self._level.code_column,
                value=code,
            )
            return
        outline = self._outline(name, shape, file, number)
        if outline is not None:
            drawn.parts.append(outline)

    def _outline(
        self, name: str, shape: BaseGeometry | None, file: str, number: int
    ) -> MultiPolygon | None:
        import shapely

        if shape is None or shape.is_empty:
            return None
        kind = int(shapely.get_type_id(shape))
        if kind in _NOT_POLYGON_JA:
            if not self._not_polygon:
                self._not_polygon = True
                what = _NOT_POLYGON_JA[kind]
                hint = _NOT_POLYGON_HINT_JA[what]
                self._error(
                    file,
                    "boundary-not-polygon",
                    f"この図形は面ではなく{what}です（{number} 件目「{name}」）。区域には"
                    f"面（ポリゴン）のデータが要ります。{hint}",
                    number,
                )
            return None
        outline = _polygons(shape)
        if outline is None or shapely.is_valid(outline):
            return self._in_japan(outline, name, file, number)
        mended = _polygons(shapely.make_valid(outline, method="structure", keep_collapsed=False))
        metric = self._town.municipality.metric_crs
        before, after = (
            0.0 if g is None else shapely.area(reproject(g, STORAGE_CRS, metric))
            for g in (outline, mended)
        )
        grown = round(after - before)
        change = f"{grown:+,} m²" if grown else "1 m² より小さい"
        self._warn(
            file,
            "polygon-repaired",
            f"「{name}」の形に、線の交わりなどの誤りがあったので直して読みました"
            f"（面積の変化は {change}）。地図で形を確かめてください。",
            number,
            value=name,
        )
        return self._in_japan(mended, name, file, number)

    def _in_japan(
        self, outline: MultiPolygon | None, name: str, file: str, number: int
    ) -> MultiPolygon | None:
        if outline is None or self._town.municipality.plane_zone is None:
            return outline
        west, south, east, north = outline.bounds
        if west >= _JAPAN[0] and south >= _JAPAN[1] and east <= _JAPAN[2] and north <= _JAPAN[3]:
            return outline
        self._error(
            file,
            "area-outside-japan",
            f"「{name}」が日本の外（経度 {west:.3f}、緯度 {south:.3f}）にあります。"
            "座標系か、緯度・経度の順番を確かめてください。",
            number,
        )
        return None

    def _order(self, drawn: _Drawn) -> int | None:
        text = drawn.row.get("order", "")
        if not text:
            return None
        try:
            return int(text)
        except ValueError:
            self._warn(
                drawn.file,
                "order-not-a-number",
                f"「{drawn.name}」の並び順「{text}」が数字ではないので、使いませんでした。",
                drawn.number,
                value=text,
            )
            return None

    def _error(
        self,
        file: str,
        code: str,
        message_ja: str,
        row: int | None = None,
        *,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        self._failed = True
        self._problems.append(
            Problem(Severity.ERROR, file, message_ja, code, row=row, column=column, value=value)
        )

    def _warn(
        self, file: str, code: str, message_ja: str, row: int, *, value: str | None = None
    ) -> None:
        self._problems.append(
            Problem(Severity.WARNING, file, message_ja, code, row=row, value=value)
        )


def _polygons(shape: BaseGeometry) -> MultiPolygon | None:
    """The polygons of a geometry, as one MultiPolygon; None where there are none."""
    import shapely

    parts = shapely.get_parts(shapely.get_parts(shape))
    polygons = [p for p in parts if shapely.get_type_id(p) == 3 and not p.is_empty]
    return shapely.MultiPolygon(polygons) if polygons else None
