"""Which column of a table of people is what: said by the manifest, else known by its header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.folding import fold
from geo.intake.source_table import SourceTable
from geo.manifest.people_file import PEOPLE_FILE
from geo.model.people import BANDS, PeopleBand, PeopleSources
from geo.model.problem import Problem, Severity
from geo.people_intake.band_columns import band_columns
from geo.people_intake.people_table import KEY_HEADER, PeopleTable

_KNOWN: Mapping[str, tuple[str, ...]] = {
    "code": (
        *(KEY_HEADER, "地域コード", "行政区コード", "町丁目コード", "町字コード", "メッシュコード"),
        *("コード", "regionCode", "meshCode", "code"),
    ),
    "name": ("地域名", "行政区", "町丁目名", "MOJI", "S_NAME", "NAME", "regionName", "名称"),
    "lat": ("緯度", "Y_CODE", "lat", "latitude"),
    "lon": ("経度", "X_CODE", "lon", "lng", "longitude"),
    "latlon": ("location", "緯度経度"),
}
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class PeopleColumns:
    """Indexes of columns. ``bands``: those that are added up for each band that is given."""

    bands: Mapping[PeopleBand, tuple[int, ...]]
    code: int | None = None
    name: int | None = None
    lat: int | None = None
    lon: int | None = None
    latlon: int | None = None

    @property
    def tells_places(self) -> bool:
        """Whether the table's own cells say where the people are."""
        return self.latlon is not None or (self.lat is not None and self.lon is not None)


def people_columns(
    found: PeopleTable, sources: PeopleSources, problems: list[Problem]
) -> PeopleColumns | None:
    """What each column is; None with the fault kept where a column the manifest names is missing."""
    table = found.table
    where: dict[str, int] = {}
    for names in (table.headers, found.labels):
        for index, name in enumerate(names):
            where.setdefault(fold(name), index)
    said: dict[str, int] = {}
    for key, header in sources.columns.items():
        if fold(header) in where:
            said[key] = where[fold(header)]
        else:
            problems.append(_missing(table, header))
    if len(said) < len(sources.columns):
        return None
    chosen = {
        key: said.get(key, next((where[fold(h)] for h in headers if fold(h) in where), None))
        for key, headers in _KNOWN.items()
    }
    bands = dict(band_columns(found.labels))
    bands |= {band: (said[band.value],) for band in BANDS if band.value in said}
    return PeopleColumns(bands, **chosen)


def ask_for_column(table: SourceTable, key: str, what_ja: str) -> Problem:
    """The fault of a table in which nobody finds a column that is needed."""
    headers = "、".join(header[:20] for header in table.headers[:_SHOWN])
    more = " など" if len(table.headers) > _SHOWN else ""
    return table.problem(
        Severity.ERROR,
        "people-columns",
        f"どの列が{what_ja}か分かりません。{PEOPLE_FILE} の [columns] に"
        f' {key} = "…" を書いてください。見出しは {headers}{more} です。',
        row=table.header_row or None,
    )


def _missing(table: SourceTable, header: str) -> Problem:
    return Problem(
        Severity.ERROR,
        PEOPLE_FILE,
        f"人口の表（{table.file}）に「{header}」という見出しがありません。",
        "header-missing",
        value=header,
    )
