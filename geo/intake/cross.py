"""Faults that show only when the town's files are seen together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geo.belonging import DeclaredAreas
from geo.folding import fold
from geo.intake.members import unknown_members
from geo.intake.near_names import similar_names
from geo.intake.nearness import NEAR_M, metres
from geo.manifest.strict_table import near_ja
from geo.model.audience import Placed as HowPlaced
from geo.model.problem import Problem, Severity
from geo.model.reading import LayerReading, LevelReading, RowAddress
from geo.model.town import Town
from geo.model.treasure import Treasure

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOWN_MARGIN_M = 300.0
_NAMED = 3
_LOOK_BACK = 50  # of one name, by latitude: bounds the work on a list of one name repeated

Placed = tuple[Treasure, RowAddress]


def cross_check(
    town: Town, levels: Sequence[LevelReading], layers: Sequence[LayerReading]
) -> tuple[tuple[LayerReading, ...], tuple[Problem, ...]]:
    """Hold levels and layers against each other.

    Returns
    -------
    (tuple of LayerReading, tuple of Problem)
        The layers, without the records whose number was already taken (that fault is among the
        layer's own), and every other fault found.
    """
    checked = _numbers(layers)
    problems: list[Problem] = []
    records = [record for layer in checked for record in _records(layer)]
    problems += _twins(checked)
    problems += similar_names(checked)
    problems += _outside(town, levels, records)
    problems += unknown_members(levels, town)
    problems += _unknown_areas(town, levels, records)
    problems += _unplaced(checked)
    return checked, tuple(problems)


def _records(layer: LayerReading) -> Iterator[Placed]:
    for treasure in layer.treasures:
        address = layer.addresses.get(treasure.id)
        if address is not None:
            yield treasure, address


def _numbers(layers: Sequence[LayerReading]) -> tuple[LayerReading, ...]:
    """A number is on one flag only, in the whole town."""
    taken: dict[int, Placed] = {}
    checked: list[LayerReading] = []
    for layer in layers:
        refused: dict[str, Problem] = {}
        for treasure, address in _records(layer):
            if treasure.number is None:
                continue
            first = taken.setdefault(treasure.number, (treasure, address))
            if first[0] is treasure:
                continue
            refused[treasure.id] = address.problem(
                Severity.ERROR,
                "map-number-twice",
                f"{treasure.number}番は「{first[0].name[:40]}」（{_where(first[1], address)}）の番号です。"
                "別の番号にするか、空にしてください（空なら自動でつきます）。",
                at="number",
                value=str(treasure.number),
            )
        if refused:
            layer = replace(
                layer,
                treasures=tuple(t for t in layer.treasures if t.id not in refused),
                skippable_rows=layer.skippable_rows + len(refused),
                problems=(*layer.problems, *refused.values()),
            )
        checked.append(layer)
    return tuple(checked)


def _twins(layers: Sequence[LayerReading]) -> Iterator[Problem]:
    """The same name within 30 m: probably written twice.

    Within a layer each such row is said; across layers (a hall that is also a shelter) one
    sentence per pair of layers is enough.
    """
    named: dict[str, list[_Twin]] = {}
    order = 0
    for layer in layers:
        for treasure, address in _records(layer):
            order += 1
            if treasure.lat is not None and treasure.placed is not HowPlaced.BLOCK:
                twin = _Twin(order, treasure, address, layer)
                named.setdefault(fold(treasure.name), []).append(twin)
    within: dict[int, tuple[_Twin, _Twin]] = {}
    across: dict[tuple[str, str], dict[int, tuple[_Twin, _Twin]]] = {}
    for group in named.values():
        for first, later in _near_pairs(group):
            if first.layer is later.layer:
                within.setdefault(later.order, (first, later))
            else:
                pair = (first.layer.layer.id, later.layer.layer.id)
                across.setdefault(pair, {}).setdefault(later.order, (first, later))
    for _, (first, later) in sorted(within.items()):
        yield later.address.problem(
            Severity.WARNING,
            "same-name-near",
            f"「{later.treasure.name[:40]}」は、{_where(first.address, later.address)}に同じ名前で30m以内にあります。"
            "同じものなら、どちらかを消してください。",
            at="name",
            value=later.treasure.name,
        )
    for found in across.values():
        pairs = [found[key] for key in sorted(found)]
        first, later = pairs[0]
        names = "、".join(f"「{twin.treasure.name[:20]}」" for _, twin in pairs[:_NAMED])
        more = "など" if len(pairs) > _NAMED else ""
        yield Problem(
            Severity.WARNING,
            f"layers/{later.layer.layer.id}",
            f"「{first.layer.layer.title}」と同じ名前で30m以内にあるものが{len(pairs)}件あります（{names}{more}）。"
            "同じものを両方にのせるなら、このままでかまいません。",
            "same-name-other-layer",
        )


def _where(other: RowAddress, here: RowAddress) -> str:
    """Another row as seen from here: the file is named only where it is another one."""
    same = (other.file, other.sheet) == (here.file, here.sheet)
    return f"{other.row}行目" if same else f"{other.file} の{other.row}行目"


@dataclass(frozen=True, slots=True)
class _Twin:
    order: int
    treasure: Treasure
    address: RowAddress
    layer: LayerReading


def _near_pairs(group: list[_Twin]) -> Iterator[tuple[_Twin, _Twin]]:
    """Pairs within the distance, the one read first before the other."""
    by_lat = sorted(group, key=lambda twin: twin.treasure.lat or 0.0)
    for index, twin in enumerate(by_lat):
        for other in reversed(by_lat[max(0, index - _LOOK_BACK) : index]):
            if metres(twin.treasure, other.treasure) <= NEAR_M:
                first, later = sorted((twin, other), key=lambda t: t.order)
                yield first, later


def _outside(
    town: Town, levels: Sequence[LevelReading], records: Sequence[Placed]
) -> Iterator[Problem]:
    """Places farther than the margin from every drawn area."""
    outlines = [a.outline_wkb for level in levels for a in level.areas if a.outline_wkb]
    placed = [record for record in records if record[0].lat is not None]
    if not outlines or not placed:
        return
    lon = [treasure.lon or 0.0 for treasure, _ in placed]
    lat = [treasure.lat or 0.0 for treasure, _ in placed]
    near = near_areas(town.municipality.metric_crs, outlines, lon, lat)
    for (treasure, address), inside in zip(placed, near, strict=True):
        if inside:
            continue
        at, what = "lat" if "lat" in address.letters else "latlon", "緯度と経度"
        if treasure.placed is not HowPlaced.SOURCE and treasure.placed is not None:
            at, what = "address", f"場所（{treasure.placed.label_ja}）"
        yield address.problem(
            Severity.WARNING,
            "outside-town",
            f"「{treasure.name[:40]}」の場所が、地区の境界から300m以上はなれています。{what}を確かめてください。",
            at=at,
            value=f"{treasure.lat}, {treasure.lon}",
        )


def near_areas(
    metric_crs: str, outlines: Sequence[bytes], lon_deg: Sequence[float], lat_deg: Sequence[float]
) -> NDArray[Any]:
    """Which points lie in an area or within the margin of one.

    Parameters
    ----------
    metric_crs : str
        The municipality's metric system.
    outlines : sequence of bytes
        WKB in EPSG:4326.
    lon_deg, lat_deg : sequence of float, shape (n,)
        Degrees in EPSG:4326.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    import numpy as np
    import shapely

    from geo.crs import STORAGE_CRS, reproject, transformer

    ground = reproject(shapely.from_wkb(np.array(outlines, dtype=object)), STORAGE_CRS, metric_crs)
    tree = shapely.STRtree(ground)
    lon, lat = np.array(lon_deg, dtype=float), np.array(lat_deg, dtype=float)
    x, y = transformer(STORAGE_CRS, metric_crs).transform(lon, lat)
    points = shapely.points(np.column_stack([x, y]))
    near = np.zeros(len(lon), dtype=np.bool_)
    hits = tree.query(points, predicate="dwithin", distance=TOWN_MARGIN_M)
    near[hits[0]] = True
    return near


def _unknown_areas(
    town: Town, levels: Sequence[LevelReading], records: Sequence[Placed]
) -> Iterator[Problem]:
    """A declared 地区 that no level knows, or that could be several areas."""
    areas = {(area.level, area.code): area for level in levels for area in level.areas}
    if not areas:
        return
    names = {area.name for area in areas.values()}
    titles = {level.id: level.title for level in town.levels}
    declared = DeclaredAreas(tuple(areas.values()), town.levels)
    for treasure, address in records:
        found = declared.find(treasure.area)
        if treasure.area is None or len(found) == 1:
            continue
        if found:
            ways = [f"{titles[key[0]]}/{areas[key].name}" for key in found[:_NAMED]]
            if len(set(ways)) < len(ways):  # one name twice in one level: only codes tell them
                ways = [f"{titles[level]}/{code}" for level, code in found[:_NAMED]]
            yield address.problem(
                Severity.WARNING,
                "area-ambiguous",
                f"地区「{treasure.area[:40]}」は{len(found)}つあり、どれか決められません。"
                f"{'、'.join(f'「{way}」' for way in ways)}のように書いてください。",
                at="area",
                value=treasure.area,
            )
            continue
        yield address.problem(
            Severity.WARNING,
            "area-unknown",
            f"地区「{treasure.area[:40]}」は、境界のファイルにも一覧にもない名前です。"
            + (near_ja(treasure.area, names) or "地区の名前かコードを確かめてください。"),
            at="area",
            value=treasure.area,
        )


def _unplaced(layers: Sequence[LayerReading]) -> Iterator[Problem]:
    """One warning per layer: how many records have no place, and the first of them."""
    for layer in layers:
        names = [treasure.name for treasure in layer.treasures if treasure.lat is None]
        if names:
            first = "、".join(f"「{name[:20]}」" for name in names[:_NAMED])
            more = "など" if len(names) > _NAMED else ""
            yield Problem(
                Severity.WARNING,
                f"layers/{layer.layer.id}",
                f"場所が決まっていないものが{len(names)}件あります（{first}{more}）。地図には出ませんが、一覧にはのります。場所は「otakara place」で決められます。",
                "no-place",
            )
