"""``[[venues]]`` -> named places: the town's files of points, and its own layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from geo.folding import fold
from geo.intake.layer_reader import kept_rows
from geo.intake.layouts import Columns, find_columns
from geo.intake.place_system import place_system
from geo.intake.record_fields import RecordFields, TableAddresses
from geo.intake.record_place import read_place
from geo.intake.source_files import read_source
from geo.intake.source_table import SourceTable
from geo.manifest.gazetteer_file import GAZETTEER_FILE
from geo.manifest.strict_table import near_ja
from geo.model.audience import Precision
from geo.model.gazetteer_sources import VenueSource
from geo.model.problem import Problem, Severity
from geo.model.reading import LayerReading, RowAddress
from geo.model.town import Layer, Town
from geo.placing import VenuePlace

ALIAS_HEADER = "名称_通称"
_LATER = date(1900, 1, 1)


def read_venues(
    source: VenueSource, town: Town, layers: Mapping[str, LayerReading], problems: list[Problem]
) -> list[VenuePlace]:
    """The named places of one source, in the order of its files.

    Parameters
    ----------
    source : VenueSource
    town : Town
    layers : Mapping[str, LayerReading]
        The town's layers by id, read.
    problems : list of Problem
        Every fault is added here. A row without a name or a place is only counted.
    """
    if source.layer is not None:
        reading = layers.get(source.layer)
        places = [] if reading is None else list(_of_layer(source, reading))
        if not places:
            problems.append(
                Problem(
                    Severity.WARNING,
                    GAZETTEER_FILE,
                    f"「{source.title}」（layers/{source.layer}）には、場所さがしに使える位置が1つもありません。",
                    "gazetteer-rows-unused",
                    value=source.layer,
                )
            )
        return places
    as_list = _as_list(source, town)
    found: list[VenuePlace] = []
    for path in source.data:
        table = read_source(path, town.shown_path(path), as_list, problems)
        if table is not None:
            found += _of_table(source, as_list, table, problems)
    return found


def _of_layer(source: VenueSource, reading: LayerReading) -> Iterator[VenuePlace]:
    """The places of a layer. One shown coarsely gives its point to no other record."""
    if reading.layer.count_only:
        return
    yield from _of_backdrop(source, reading)
    for treasure in reading.treasures:
        if treasure.lon is None or treasure.lat is None:
            continue
        if treasure.precision not in (None, Precision.POINT):
            continue
        yield VenuePlace(
            name=treasure.venue or treasure.name,
            lon=treasure.lon,
            lat=treasure.lat,
            source=source.title,
            address=treasure.address,
        )


def _of_backdrop(source: VenueSource, reading: LayerReading) -> Iterator[VenuePlace]:
    """Quiet features with a name that are points: schools, stations."""
    if not reading.backdrops:
        return
    import shapely

    for feature in reading.backdrops:
        shape = shapely.from_wkb(feature.geometry_wkb)
        if feature.name and shapely.get_type_id(shape) == shapely.GeometryType.POINT:
            yield VenuePlace(
                name=feature.name,
                lon=float(shapely.get_x(shape)),
                lat=float(shapely.get_y(shape)),
                source=source.title,
            )


def _as_list(source: VenueSource, town: Town) -> Layer:
    """The source as a list that is read like any other of the town's."""
    columns = {key: headers for key, headers in source.columns.items() if key != "alias"}
    return Layer(
        id="gazetteer",
        folder=town.folder / "boundaries",
        title=source.title,
        symbol="場",
        color="#666666",
        order=0,
        source=source.title,
        licence="",
        as_of=_LATER,
        data=source.data,
        columns=columns,
        sheet=source.sheet,
        header_row=source.header_row,
        encoding=source.encoding,
        crs=source.crs,
        keep=source.keep,
        drop=source.drop,
    )


def _of_table(
    source: VenueSource, as_list: Layer, table: SourceTable, problems: list[Problem]
) -> list[VenuePlace]:
    columns = find_columns(table.headers, as_list)
    if not _check_columns(source, table, columns, problems):
        return []
    aliases = _indexes(table, source.columns.get("alias", (ALIAS_HEADER,)))
    addresses = TableAddresses.of(table, columns)
    system = place_system(as_list.crs) if table.grid else None
    found: list[VenuePlace] = []
    unused = 0
    for row in kept_rows(as_list, table, []):
        at = RowAddress(table.file, row.number, table.sheet, addresses.letters, addresses.headers)
        fields = RecordFields(table, columns, row, at, system)
        name, place = fields.text("name"), read_place(fields)
        if name is None or place is None or fields.failed:
            unused += 1
            continue
        other = tuple(text for i in aliases if (text := fields.cell(i, needed=False)))
        found.append(
            VenuePlace(
                name=name,
                lon=place[0],
                lat=place[1],
                source=source.title,
                aliases=other,
                address=fields.text("address"),
            )
        )
    if unused or not found:
        problems.append(
            table.problem(
                Severity.WARNING,
                "gazetteer-rows-unused",
                f"場所の一覧「{source.title}」で使えるのは {len(found)} 行です。"
                + (f"名前か緯度・経度のない {unused} 行は使いません。" if unused else ""),
            )
        )
    return found


def _check_columns(
    source: VenueSource, table: SourceTable, columns: Columns, problems: list[Problem]
) -> bool:
    """Whether the columns that are needed are there; what is missing is said."""
    known = {fold(header) for header in table.headers}
    missing = [
        header
        for headers in source.columns.values()
        for header in headers
        if fold(header) not in known
    ]
    problems += [
        Problem(
            Severity.ERROR,
            GAZETTEER_FILE,
            f"「{source.title}」（{table.file}）に「{header}」という見出しがありません。"
            + near_ja(header, table.headers),
            "header-missing",
            value=header,
        )
        for header in missing
    ]
    placed = {"lat", "lon"} <= columns.of.keys() or any(row.lon is not None for row in table.rows)
    if missing or ("name" in columns.of and placed):
        return not missing
    what, keys = (
        ("名前", 'name = "…"')
        if "name" not in columns.of
        else ("緯度と経度", 'lat = "…" と lon = "…"')
    )
    problems.append(
        Problem(
            Severity.ERROR,
            GAZETTEER_FILE,
            f"「{source.title}」（{table.file}）の、どの列が{what}か分かりません。[[venues]] に {keys} を"
            f"書いてください。見出しは {'、'.join(table.headers[:12])} です。",
            "gazetteer-columns",
        )
    )
    return False


def _indexes(table: SourceTable, headers: Iterable[str]) -> tuple[int, ...]:
    wanted = {fold(header) for header in headers}
    return tuple(i for i, header in enumerate(table.headers) if fold(header) in wanted)
