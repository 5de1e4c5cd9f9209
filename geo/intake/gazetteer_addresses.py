"""``[[addresses]]`` -> rows of an address gazetteer: national files, and the town's own levels."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from operator import itemgetter
from pathlib import Path

from geo.folding import fold
from geo.intake.csv_rows import read_csv
from geo.intake.header_row import make_table
from geo.intake.small_areas import level_places, small_area_places
from geo.intake.source_table import SourceTable
from geo.intake.values import looks_like_lat, looks_like_lon
from geo.model.audience import Placed
from geo.model.gazetteer_sources import AddressKind, AddressSource
from geo.model.problem import Problem, Severity
from geo.model.town import Municipality, Town
from geo.placing import AddressPlace
from geo.placing.municipality_names import plain_name

_START_BYTES = 65_536
_MARKS = re.compile(r"[・_\-]")
_DELETED = "3"
_SHOWN = 6

_SHARED = {
    "prefecture": ("都道府県名",),
    "municipality": ("市区町村名",),
    "lat": ("緯度",),
    "lon": ("経度",),
}
_COLUMNS: Mapping[AddressKind, Mapping[str, tuple[str, ...]]] = {
    AddressKind.BLOCK: {
        **_SHARED,
        "town": ("大字・町丁目名", "大字・丁目名", "大字・町名"),
        "number": ("街区符号・地番",),
    },
    AddressKind.TOWN: {**_SHARED, "town": ("大字町丁目名", "大字・町丁目名", "大字・丁目名")},
}
_OPTIONAL = {
    "small_area": ("小字・通称名",),
    "stands_for": ("代表フラグ",),
    "before": ("更新前履歴フラグ",),
    "after": ("更新後履歴フラグ",),
}

_KEYS = (
    "prefecture", "municipality", "town", "small_area", "number", "lat", "lon", "stands_for", "before",
    "after",
)  # fmt: skip


def read_addresses(
    source: AddressSource, town: Town, problems: list[Problem]
) -> list[AddressPlace]:
    """The addresses of one source that lie in the town; every fault is added to ``problems``."""
    if source.kind is AddressKind.LEVEL:
        return level_places(source, town)
    found: list[AddressPlace] = []
    for path in source.data:
        file = town.shown_path(path)
        if source.kind is AddressKind.ESTAT:
            found += small_area_places(source, path, file, town.municipality, problems)
        else:
            found += _national(source, path, file, town.municipality, problems)
    return found


def _national(
    source: AddressSource,
    path: Path,
    file: str,
    municipality: Municipality,
    problems: list[Problem],
) -> list[AddressPlace]:
    """位置参照情報 of either level and either layout."""
    grid = read_csv(path, file, source.encoding or _codec(path), problems)
    table = None if grid is None else make_table(grid, file, None, None, problems)
    if table is None:
        return []
    where = _where(table, {**_COLUMNS[source.kind], **_OPTIONAL})
    lacking = [names[0] for key, names in _COLUMNS[source.kind].items() if key not in where]
    if lacking:
        problems.append(
            table.problem(
                Severity.ERROR,
                "gazetteer-columns",
                f"{source.kind.title_ja}とみて読みましたが、列「{'」「'.join(lacking)}」がありません。"
                "ファイルと kind を確かめてください。",
                row=table.header_row,
            )
        )
        return []
    rows, others, unused = _rows(source, table, where, municipality)
    if not rows:
        near = "、".join(name for name, _ in others.most_common(_SHOWN))
        problems.append(
            table.problem(
                Severity.ERROR,
                "gazetteer-other-town",
                f"この町（{municipality.name}）の行が1つもありません。"
                + (f"あるのは {near} です。" if near else "")
                + "この町のファイルを使ってください。",
            )
        )
    elif unused:
        problems.append(
            table.problem(
                Severity.WARNING,
                "gazetteer-rows-unused",
                f"場所の一覧「{source.title}」で使えるのは {len(rows)} 行です。"
                f"町名か緯度・経度のない {unused} 行は使いません。",
            )
        )
    return rows


def _rows(
    source: AddressSource,
    table: SourceTable,
    where: Mapping[str, int],
    municipality: Municipality,
) -> tuple[list[AddressPlace], Counter[str], int]:
    """The town's rows, those that stand for a number first; other towns; rows not usable."""
    standing: list[AddressPlace] = []
    beside: list[AddressPlace] = []
    others: Counter[str] = Counter()
    at_home: dict[str, bool] = {}
    unused = 0
    exact = source.kind is AddressKind.BLOCK
    pick = itemgetter(*(where.get(key, len(table.headers)) for key in _KEYS))
    blank = ("",) * (len(table.headers) + 1)
    for row in table.rows:
        # Every row is as wide as the headers, and has one blank more for the columns that are not.
        cells = map(str.strip, pick(row.cells + blank[len(row.cells) :]))
        prefecture, name, town, small_area, number, lat, lon, stands_for, before, after = cells
        if name not in at_home:
            at_home[name] = is_home(name, municipality)
        if not at_home[name]:
            others[name] += 1 if name else 0
            continue
        if before == _DELETED or after == _DELETED:
            continue
        place = _degrees(lon, lat)
        if place is None or not town or town.startswith(("(", "（")):
            unused += 1
            continue
        one = AddressPlace(
            town=town,
            lon=place[0],
            lat=place[1],
            level=Placed.ADDRESS if exact and number else Placed.BLOCK,
            source=source.title,
            number=number or None if exact else None,
            small_area=small_area,
            prefecture=prefecture,
            municipality=name,
        )
        (beside if stands_for == "0" else standing).append(one)
    return standing + beside, others, unused


def is_home(name: str, municipality: Municipality) -> bool:
    """Whether a municipality as a national file names it is the town, or a ward of it."""
    plain, home = plain_name(name), plain_name(municipality.name)
    return plain == home or (home.endswith("市") and plain.startswith(home) and plain[-1] == "区")


def _where(table: SourceTable, wanted: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """The column of every key, whichever way its header joins its words."""
    known: dict[str, int] = {}
    for number, header in enumerate(table.headers):
        known.setdefault(_MARKS.sub("", fold(header)), number)
    found: dict[str, int] = {}
    for key, headers in wanted.items():
        plain = (_MARKS.sub("", fold(header)) for header in headers)
        index = next((known[header] for header in plain if header in known), None)
        if index is not None:
            found[key] = index
    return found


def _codec(path: Path) -> str | None:
    """The encoding of a file whose national specification is Shift_JIS, unless it was re-saved."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_START_BYTES).rpartition(b"\n")[0]
    except OSError:
        return None
    try:
        start.decode("utf-8")
    except UnicodeDecodeError:
        return "cp932"
    return None


def _degrees(lon_text: str, lat_text: str) -> tuple[float, float] | None:
    try:
        lon, lat = float(lon_text), float(lat_text)
    except ValueError:
        return None
    usable = math.isfinite(lon) and math.isfinite(lat)
    return (lon, lat) if usable and looks_like_lon(lon) and looks_like_lat(lat) else None
