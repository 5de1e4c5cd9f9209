"""Tables of edges: OSMnx Shapefiles, GeoPackages, GeoJSON lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.intake.features import Features, stop
from geo.intake.shapes import read_features
from geo.model.problem import Problem
from geo.network.measuring import sphere_m
from geo.street_intake.edge_lines import EdgeLines, edge_lines
from geo.street_intake.edge_rows import TAG_KEYS, UNKNOWN, EdgeRows
from geo.street_intake.edge_source import EdgeSource, once_each
from geo.street_intake.edge_words import EdgeWords

_HEADERS: Mapping[str, tuple[str, ...]] = {
    **{key: (key,) for key in ("u", "v", "name", *TAG_KEYS)},
    "length_m": ("length", "length_m"),
    "h_u": ("h_u", "h_s_SAMPLE"),
    "h_v": ("h_v", "h_e_SAMPLE"),
}
_SEVERAL = frozenset({"gpkg-several-layers", "zip-several"})
_EDGES_LAYER = "edges"  # what OSMnx calls them, beside its nodes
_NO_NUMBER = frozenset({"", "nan", "none", "null", "-"})
_LENGTH_UNLIKE = 2.0
_NODE_APART = 1e-4  # degrees: ten metres
_ENDS_APART_SHARE = 0.1


class EdgeTable(EdgeSource):
    """One table of edges.

    Parameters
    ----------
    path : Path
        ``.shp``, ``.zip`` of one, ``.gpkg``, ``.geojson`` (also ``.gz``).
    shown : str
    problems : list of Problem
    columns : Mapping[str, str]
        Header of what the table tells, where it is not the usual one.
    encoding, crs : str or None
        Of a file that does not say.
    """

    def __init__(
        self,
        path: Path,
        shown: str,
        problems: list[Problem],
        *,
        columns: Mapping[str, str],
        encoding: str | None = None,
        crs: str | None = None,
    ) -> None:
        super().__init__(path, shown, problems)
        self._columns = columns
        self._encoding = encoding
        self._crs = crs

    def _read(self) -> EdgeRows | None:
        features = self._features(None)
        if any(problem.code in _SEVERAL for problem in features.problems):
            features = self._features(_EDGES_LAYER)
        for problem in features.problems:
            self._say(problem)
        return None if features.failed else self._rows_of(features)

    def _features(self, layer: str | None) -> Features:
        asked = {header for headers in _HEADERS.values() for header in headers}
        return read_features(
            self._path,
            file=self._shown,
            encoding=self._encoding,
            crs=self._crs,
            layer=layer,
            columns=frozenset({*asked, *self._columns.values()}),
        )

    def _rows_of(self, features: Features) -> EdgeRows:
        headers = self._headers(features.headers)
        start, end = self._nodes(features, headers)
        lines = edge_lines(features.geometries_wkb, (start != UNKNOWN) & (end != UNKNOWN))
        self._say_shapes(lines)
        record = lines.record
        words = EdgeWords()
        for row in record.tolist():
            cells = features.rows[row]
            words.add({key: cells[headers[key]] for key in ("name", *TAG_KEYS) if key in headers})
        unknown = np.full(len(features.rows), np.nan)
        length, rise, fall = (
            self._numbers(features, headers[key]) if key in headers else unknown
            for key in ("length_m", "h_u", "h_v")
        )
        return EdgeRows(
            first=lines.first,
            lon=lines.lon,
            lat=lines.lat,
            start=np.where(lines.alone, start[record], UNKNOWN),
            end=np.where(lines.alone, end[record], UNKNOWN),
            tags=words.tags,
            name=words.name,
            length_m=np.where(lines.alone & (length[record] > 0), length[record], np.nan),
            height_start=rise[record].astype(np.float32),
            height_end=fall[record].astype(np.float32),
            tag_sets=words.tag_sets,
            names=words.names,
            tells_foot="foot" in headers,
        )

    def _settled(self, rows: EdgeRows) -> EdgeRows:
        return self._numbered(self._measured(super()._settled(rows)))

    def _headers(self, found: Sequence[str]) -> dict[str, str]:
        """Which header holds what; a header the manifest names must be there."""
        headers = {}
        for key, usual in _HEADERS.items():
            said = self._columns.get(key)
            if said is not None and said not in found:
                stop(
                    self._shown,
                    "column-missing",
                    f"列「{said}」がありません。streets.toml の [columns] の {key} を確かめてください。",
                    value=said,
                )
            header = said or next((name for name in usual if name in found), None)
            if header is not None:
                headers[key] = header
        return headers

    def _nodes(
        self, features: Features, headers: Mapping[str, str]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """A number for every node the table names, by row."""
        count = len(features.rows)
        if "u" not in headers or "v" not in headers:
            return np.full(count, UNKNOWN), np.full(count, UNKNOWN)
        texts = [
            row[headers[key]].removesuffix(".0") for key in ("u", "v") for row in features.rows
        ]
        numbers: dict[str, int] = {}
        node = np.array(
            [
                UNKNOWN if text.lower() in _NO_NUMBER else numbers.setdefault(text, len(numbers))
                for text in texts
            ],
            dtype=np.int64,
        ).reshape(2, count)
        lost = np.flatnonzero((node == UNKNOWN).any(axis=0))
        if len(lost) and numbers:
            self._warn(
                "street-ids-missing",
                f"端の番号（{headers['u']}・{headers['v']}）のない道が {len(lost):,} 行あります。"
                "そこは、同じ場所にある道の端とつなぎました。",
                row=int(lost[0]) + 1,
            )
        return node[0], node[1]

    def _numbers(self, features: Features, header: str) -> npt.NDArray[np.float64]:
        """A column of numbers; NaN where there is none."""
        values = np.full(len(features.rows), np.nan)
        strange: list[int] = []
        for place, row in enumerate(features.rows):
            text = row[header]
            try:
                values[place] = float(text)
            except ValueError:
                if text.lower() not in _NO_NUMBER:
                    strange.append(place)
        values[~np.isfinite(values)] = np.nan
        if strange:
            self._warn(
                "street-not-a-number",
                f"列「{header}」の {len(strange):,} 行が数ではないので、書かれていないものとして"
                "読みました。",
                row=strange[0] + 1,
                column=header,
                value=features.rows[strange[0]][header],
            )
        return values

    def _say_shapes(self, lines: EdgeLines) -> None:
        if not len(lines.record):
            stop(
                self._shown,
                "street-no-lines",
                "道の線が1本もありません。点や面ではなく、道を線で表したデータを用意してください。",
            )
        if len(lines.without_line):
            self._warn(
                "street-not-a-line",
                f"線でない図形が {len(lines.without_line):,} 件あるので、それは読みません。",
                row=int(lines.without_line[0]) + 1,
            )
        if len(lines.without_shape):
            self._warn(
                "street-without-line",
                f"図形のない行が {len(lines.without_shape):,} 行あるので、それは読みません。",
                row=int(lines.without_shape[0]) + 1,
            )

    def _numbered(self, rows: EdgeRows) -> EdgeRows:
        """Without node numbers where they cannot be right: one number at many places."""
        at = np.concatenate([rows.first[:-1], rows.last])
        node = np.concatenate([rows.start, rows.end])
        at, node = at[node != UNKNOWN], node[node != UNKNOWN]
        if not len(node):
            return rows
        order = np.argsort(node, kind="stable")
        begins = np.flatnonzero(np.diff(node[order], prepend=UNKNOWN))
        spread = np.zeros(len(begins))
        for axis in (rows.lon[at][order], rows.lat[at][order]):
            wide = np.maximum.reduceat(axis, begins) - np.minimum.reduceat(axis, begins)
            spread = np.maximum(spread, wide)
        ends = np.diff(begins, append=len(order))
        apart = np.flatnonzero(spread > _NODE_APART)
        if ends[apart].sum() <= _ENDS_APART_SHARE * len(order):
            return rows
        self._warn(
            "street-ids-contradict",
            f"端の番号 {len(begins):,} 個のうち {len(apart):,} 個は、同じ番号が離れた場所にあります。"
            "番号を使わず、同じ場所にある端どうしをつなぎました。",
        )
        nobody = np.full(len(rows), UNKNOWN)
        return once_each(replace(rows, start=nobody, end=nobody))

    def _measured(self, rows: EdgeRows) -> EdgeRows:
        """Without lengths that are no metres."""
        step = sphere_m(rows.lon[:-1], rows.lat[:-1], rows.lon[1:], rows.lat[1:])
        step = np.append(step, 0.0)
        step[rows.last] = 0.0
        drawn = np.add.reduceat(step, rows.first[:-1])
        told = np.isfinite(rows.length_m) & (drawn > 0)
        said, real = float(rows.length_m[told].sum()), float(drawn[told].sum())
        if real == 0 or real / _LENGTH_UNLIKE <= said <= real * _LENGTH_UNLIKE:
            return rows
        self._warn(
            "street-length-unlike",
            f"道の長さの列の合計（{said:,.0f}）が、線の長さ（{real:,.0f} m）と合いません。"
            "メートルではないようなので、線を測って使います。",
        )
        return replace(rows, length_m=np.full(len(rows), np.nan))
