"""Street graphs of OSMnx as GraphML (also ``.gz``)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import STORAGE_CRS, transformer
from geo.intake.archive import read_bytes, unpack_gzip
from geo.intake.crs_said import settled_crs
from geo.intake.features import stop
from geo.intake.shapes import check_extent
from geo.street_intake.edge_rows import TAG_KEYS, EdgeRows
from geo.street_intake.edge_source import EdgeSource
from geo.street_intake.edge_words import EdgeWords
from geo.street_intake.graphml_reading import Graphml, GraphmlEdge, read_graphml

_LIMIT_BYTES = 384 << 20
_CELLS = frozenset({*TAG_KEYS, "name", "length", "geometry"})

Floats = npt.NDArray[np.float64]


class GraphmlFile(EdgeSource):
    """One graph, for walking or for driving: which it is, its tags tell."""

    def _read(self) -> EdgeRows:
        unpack = unpack_gzip if self._path.suffix.lower() == ".gz" else read_bytes
        data = unpack(self._path, self._shown, limit_bytes=_LIMIT_BYTES)
        graph = read_graphml(data, self._shown, _CELLS)
        del data
        number, x, y, height = self._nodes(graph)
        edges = self._known(graph.edges, number)
        start = np.array([number[edge.source] for edge in edges], dtype=np.int64)
        end = np.array([number[edge.target] for edge in edges], dtype=np.int64)
        first, lines_x, lines_y = self._lines(edges, x, y, start, end)
        lon, lat = self._placed(graph, lines_x, lines_y)
        words = EdgeWords()
        for edge in edges:
            words.add(edge.cells)
        return EdgeRows(
            first=first,
            lon=lon,
            lat=lat,
            start=start,
            end=end,
            tags=words.tags,
            name=words.name,
            length_m=_floats([edge.cells.get("length") for edge in edges]),
            height_start=height[start],
            height_end=height[end],
            tag_sets=words.tag_sets,
            names=words.names,
            tells_foot=any("foot" in edge.cells for edge in edges),
        )

    def _nodes(
        self, graph: Graphml
    ) -> tuple[dict[str, int], Floats, Floats, npt.NDArray[np.float32]]:
        """Numbers by name, places and heights of the nodes that have a place."""
        x, y, height = (_floats([node[n] for node in graph.nodes.values()]) for n in range(3))
        placed = np.isfinite(x) & np.isfinite(y)
        number = {name: place for place, name in enumerate(graph.nodes) if placed[place]}
        return number, x, y, height.astype(np.float32)

    def _known(self, edges: Sequence[GraphmlEdge], number: dict[str, int]) -> list[GraphmlEdge]:
        known = [edge for edge in edges if edge.source in number and edge.target in number]
        if not known:
            stop(
                self._shown,
                "street-no-lines",
                "道が1本もありません。OSMnx の save_graphml で書いた GraphML か確かめてください。",
            )
        if len(known) < len(edges):
            self._warn(
                "graphml-node-missing",
                f"端の点（または点の座標）がファイルにない道が {len(edges) - len(known):,} 本"
                "あるので、それは読みません。",
            )
        return known

    def _lines(
        self,
        edges: Sequence[GraphmlEdge],
        x: Floats,
        y: Floats,
        start: npt.NDArray[np.int64],
        end: npt.NDArray[np.int64],
    ) -> tuple[npt.NDArray[np.int64], Floats, Floats]:
        """The vertices of every edge: as drawn, or straight from node to node."""
        drawn = np.array([edge.cells.get("geometry") or None for edge in edges], dtype=object)
        shapes = shapely.force_2d(shapely.from_wkt(drawn, on_invalid="ignore"))
        told = np.array([text is not None for text in drawn])
        unread = told & (shapely.get_type_id(shapes) != 1)
        unread |= ~np.isfinite(shapely.bounds(shapes)).all(axis=1) & told
        if unread.any():
            self._warn(
                "geometry-unreadable",
                f"{np.count_nonzero(unread):,} 本の道の形（geometry）を読めないので、"
                "端から端へまっすぐな道として読みました。",
                value=str(drawn[np.flatnonzero(unread)[0]]),
            )
        shapes[unread] = None
        vertices, of = shapely.get_coordinates(shapes, return_index=True)
        straight = np.flatnonzero(~told | unread)
        ends = np.column_stack([start[straight], end[straight]]).ravel()
        of = np.concatenate([of, np.repeat(straight, 2)])
        order = np.argsort(of, kind="stable")
        count = np.bincount(of, minlength=len(edges))
        return (
            np.concatenate([[0], np.cumsum(count)]).astype(np.int64),
            np.concatenate([vertices[:, 0], x[ends]])[order],
            np.concatenate([vertices[:, 1], y[ends]])[order],
        )

    def _placed(self, graph: Graphml, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Degrees of what the graph says in its own system; OSMnx without one means degrees."""
        source = settled_crs(self._shown, graph.about.get("crs") or STORAGE_CRS, None)
        check_extent(np.column_stack([x, y, x, y]), source, self._shown)
        if source == STORAGE_CRS:
            return x, y
        lon, lat = transformer(source, STORAGE_CRS).transform(x, y)
        if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
            stop(
                self._shown,
                "crs-does-not-fit",
                "座標が、GraphML に書かれた座標系（crs）の範囲から外れています。",
                value=source,
            )
        return np.asarray(lon), np.asarray(lat)


def _floats(texts: Sequence[str | None]) -> Floats:
    """Numbers of texts; NaN where there is none."""
    values = np.full(len(texts), np.nan)
    for place, text in enumerate(texts):
        try:
            values[place] = float(text or "nan")
        except ValueError:
            continue
    values[~np.isfinite(values)] = np.nan
    return values
