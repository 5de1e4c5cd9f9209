"""Records that are probably one thing spelled twice: proposed, never joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.folding import fold
from geo.intake.nearness import NEAR_M, metres
from geo.model.problem import Problem, Severity
from geo.model.reading import LayerReading, RowAddress
from geo.model.treasure import Treasure

_DEGREE_M = 111_320.0
_LOOK_BACK = 50  # of one spot or address: bounds the work on a list of one place repeated
_LEAST = 3
_NAMED = 3
_BRACKETS = re.compile(r"\([^()]*\)")
# Letters that tell neighbours apart: 第1と第2, 東と西, 新と旧, A と B.
_TELLING = re.compile(
    r"\d+|[a-z]|[一二三四五六七八九十東西南北上中下前後左右内外新旧大小男女甲乙壱弐参]"
)


@dataclass(frozen=True, slots=True)
class _Named:
    order: int
    treasure: Treasure
    address: RowAddress
    layer: LayerReading
    key: str


def similar_names(layers: Sequence[LayerReading]) -> Iterator[Problem]:
    """Names within spelling distance, within 30 m of each other or at the same address.

    Within a layer each such row is said; across layers one sentence per pair of layers.
    """
    records = _records(layers)
    pairs = {(a.order, b.order): (a, b, why) for a, b, why in _candidates(records)}
    across: dict[tuple[str, str], list[tuple[_Named, _Named]]] = {}
    said: set[int] = set()
    for _, (first, later, why) in sorted(pairs.items(), key=lambda item: (item[0][1], item[0][0])):
        if first.layer is not later.layer:
            key = (first.layer.layer.id, later.layer.layer.id)
            across.setdefault(key, []).append((first, later))
        elif later.order not in said:
            said.add(later.order)
            yield _within(first, later, why)
    for found in across.values():
        yield _between(found)


def _records(layers: Sequence[LayerReading]) -> list[_Named]:
    records: list[_Named] = []
    for layer in layers:
        for treasure in layer.treasures:
            address = layer.addresses.get(treasure.id)
            if address is not None:
                key = fold(treasure.name)
                records.append(_Named(len(records), treasure, address, layer, key))
    return records


def _candidates(records: list[_Named]) -> Iterator[tuple[_Named, _Named, str]]:
    cells: dict[tuple[int, int], list[_Named]] = {}
    houses: dict[str, list[_Named]] = {}
    for record in records:
        place = record.treasure
        if place.lat is not None and place.lon is not None:
            row, column = int(place.lat * _DEGREE_M / NEAR_M), int(place.lon * _DEGREE_M / NEAR_M)
            for y in (row - 1, row, row + 1):
                for x in (column - 1, column, column + 1):
                    for other in cells.get((y, x), ())[-_LOOK_BACK:]:
                        if _alike(other.key, record.key) and _near(other.treasure, place):
                            yield other, record, f"{NEAR_M:.0f}m以内にあります"
            cells.setdefault((row, column), []).append(record)
        if place.address and (house := fold(place.address)):
            for other in houses.get(house, [])[-_LOOK_BACK:]:
                unplaced = place.lat is None or other.treasure.lat is None
                if _alike(other.key, record.key) or (unplaced and other.key == record.key):
                    yield other, record, "住所が同じです"
            houses.setdefault(house, []).append(record)


def _near(a: Treasure, b: Treasure) -> bool:
    return metres(a, b) <= NEAR_M


def _alike(a: str, b: str) -> bool:
    """Whether two different folded names may be one name spelled twice."""
    if a == b or min(len(a), len(b)) < _LEAST:
        return False
    if not _one_letter_apart(a, b) and not _one_has_a_note(a, b):
        return False
    if "(" in a and "(" in b and _bare(a) == _bare(b):
        return False  # two notes tell two things apart
    return Counter(_TELLING.findall(a)) == Counter(_TELLING.findall(b))


def _one_has_a_note(a: str, b: str) -> bool:
    """Whether one is the other with something in brackets added."""
    return ("(" in a and _bare(a) == b) or ("(" in b and _bare(b) == a)


def _bare(name: str) -> str:
    return _BRACKETS.sub("", name)


def _one_letter_apart(a: str, b: str) -> bool:
    """Whether one becomes the other by one letter put in, left out, changed or swapped."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    head = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[head:] == b[head + 1 :]
    if a[head + 1 :] == b[head + 1 :]:
        return True
    return a[head : head + 2] == b[head : head + 2][::-1] and a[head + 2 :] == b[head + 2 :]


def _within(first: _Named, later: _Named, why: str) -> Problem:
    same = (first.address.file, first.address.sheet) == (later.address.file, later.address.sheet)
    where = (
        f"{first.address.row}行目" if same else f"{first.address.file} の{first.address.row}行目"
    )
    return later.address.problem(
        Severity.WARNING,
        "similar-name-near",
        f"「{later.treasure.name[:40]}」は、{where}の「{first.treasure.name[:40]}」と名前がよく似ていて、{why}。"
        "同じものなら、どちらかを消してください。ちがうものなら、このままでかまいません。",
        at="name",
        value=later.treasure.name,
    )


def _between(pairs: list[tuple[_Named, _Named]]) -> Problem:
    first, later = pairs[0]
    names = "、".join(
        f"「{a.treasure.name[:20]}」と「{b.treasure.name[:20]}」" for a, b in pairs[:_NAMED]
    )
    more = "など" if len(pairs) > _NAMED else ""
    return Problem(
        Severity.WARNING,
        f"layers/{later.layer.layer.id}",
        f"「{first.layer.layer.title}」と名前がよく似ていて、場所か住所が同じものが{len(pairs)}件あります"
        f"（{names}{more}）。同じものなら、名前をそろえてください。",
        "similar-name-other-layer",
    )
