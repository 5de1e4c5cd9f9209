"""Coverage and gaps as files to take away: JSON, CSV for Excel, GeoJSON and GeoParquet for QGIS.

One form for the command line and for pages. Every row of a table carries its method: a figure that
was cut out of it still says how it was made.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from geo.model.answers import GeoJson
from geo.model.coverage_answer import AreaCoverage, CoverageAnswer, CoverageMethod, Figure
from geo.model.gap_answer import Gap, GapAnswer
from geo.spreadsheet_cell import safe_cell
from geo.store.reading.area_rows import AreaKey

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

WEEKDAYS_JA = "月火水木金土日"
_DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Outlines = Mapping[AreaKey, GeoJson]


def coverage_json(answer: CoverageAnswer) -> dict[str, Any]:
    """The stable shape ``coverage``; what is suppressed or not known is None."""
    return {**_head(answer), "areas": [_area(area) for area in answer.areas]}


def gaps_json(answer: GapAnswer) -> dict[str, Any]:
    """An area's gaps beside its coverage."""
    return {
        "coverage": coverage_json(answer.coverage),
        "gaps": [_gap(gap) for gap in answer.gaps],
        "unvisited": None if answer.unvisited is None else list(answer.unvisited),
    }


def coverage_geojson(answer: CoverageAnswer, outlines: Outlines) -> dict[str, Any]:
    """Areas as features (EPSG:4326); without an outline where nobody has drawn them."""
    features = [
        _feature(outlines.get((area.area.level, area.area.code)), _area(area))
        for area in answer.areas
    ]
    return {"type": "FeatureCollection", "coverage": _head(answer), "features": features}


def gaps_geojson(answer: GapAnswer) -> dict[str, Any]:
    """Streets out of reach as features, one for every gap."""
    features = [_feature(gap.lines, _gap(gap)) for gap in answer.gaps]
    head = coverage_json(answer.coverage)
    return {"type": "FeatureCollection", "coverage": head, "features": features}


def coverage_csv(answer: CoverageAnswer) -> bytes:
    """One row an area, labels in Japanese, opened by Excel as it is; blank where nothing is told."""
    labels = _labels(answer)
    return _csv([[*labels.values()], *([row[k] for k in labels] for row in _rows(answer))])


def gaps_csv(answer: GapAnswer) -> bytes:
    """One row a gap, opened by Excel as it is; blank where nothing is told."""
    labels = _gap_labels(answer)
    return _csv([[*labels.values()], *([row[k] for k in labels] for row in _gap_rows(answer))])


def coverage_frame(answer: CoverageAnswer, outlines: Outlines) -> GeoDataFrame:
    """Areas with their outlines: the columns of the CSV under English names."""
    shapes = [outlines.get((area.area.level, area.area.code)) for area in answer.areas]
    return _frame(list(_labels(answer)), _rows(answer), shapes)


def gaps_frame(answer: GapAnswer) -> GeoDataFrame:
    """Gaps with their streets: the columns of the CSV under English names."""
    return _frame(list(_gap_labels(answer)), _gap_rows(answer), [gap.lines for gap in answer.gaps])


def method_lines(method: CoverageMethod) -> tuple[str, ...]:
    """How the figures were made, in Japanese, one thing a line."""
    slope = "坂は考えに入れていません"
    if method.uses_slope:
        slope = "坂は高さの差から考えに入れています"
        if method.edges_without_slope:
            slope += f"（高さがわからない{method.edges_without_slope:,}本の道は平らとしました）"
    how = f"歩く速さは1分に{method.speed_m_per_min}m。"
    if method.in_metres:
        how = "平らな道のりの長さ。"
    elif method.steps_factor > 1:
        slope += f"。階段は{method.steps_factor:g}倍かかるとしました"
    lines = [
        method.sentence_ja,
        f"{how}{slope}。道から{method.attach_limit_m}mより遠い家は「わからない」に入れています。",
    ]
    lines += [
        f"{band.label_ja}の人数は、住民の{share:.0%}と仮定しています。"
        for band, share in method.assumed_shares.items()
    ]
    people = f"人数：{method.people_title}（{_date_ja(method.people_as_of)}）{method.people_credit}"
    streets = (
        f"道：{method.streets_title}（{_date_ja(method.streets_as_of)}）{method.streets_credit}"
    )
    return (*lines, people, streets)


def _date_ja(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _head(answer: CoverageAnswer) -> dict[str, Any]:
    method, question = answer.method, answer.question
    limits = list(method.limits)
    return {
        "method": method.sentence_ja,
        "municipality": answer.town.code,
        "audience": answer.audience.word,
        "people_band": answer.band.value,
        "speed_m_per_min": method.speed_m_per_min,
        "limits_min": None if method.in_metres else limits,
        "limits_m": limits if method.in_metres else None,
        "limit": answer.limit,
        "layers": [layer.id for layer in answer.layers],
        "weekday": None if question.weekday is None else WEEKDAYS_JA[question.weekday],
        "some_weeks": question.some_weeks,
        "monthly_or_more": question.monthly_or_more,
        "hours": None if question.hours is None else list(question.hours),
        "period": {
            "first": answer.period.first.isoformat(),
            "last": answer.period.last.isoformat(),
            "weeks": answer.period.weeks,
        },
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "today": answer.today.isoformat(),
        "uses_slope": method.uses_slope,
        "edges_without_slope": method.edges_without_slope,
        "steps_factor": method.steps_factor,
        "attach_limit_m": method.attach_limit_m,
        "people_from": {
            "title": method.people_title,
            "as_of": method.people_as_of.isoformat(),
            "credit": method.people_credit,
            "assumed_shares": {b.value: share for b, share in method.assumed_shares.items()},
        },
        "streets_from": {
            "title": method.streets_title,
            "as_of": method.streets_as_of.isoformat(),
            "credit": method.streets_credit,
        },
        "off_streets": answer.off_streets,
        "unplaced": answer.unplaced,
        "cells_unknown": answer.cells_unknown,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    covered = {str(limit): people for limit, people in figure.covered.items()}
    return {"people": figure.people, "unknown": figure.unknown, "covered": covered}


def _area(one: AreaCoverage) -> dict[str, Any]:
    return {
        "level": one.area.level,
        "code": one.area.code,
        "name": one.area.name,
        **_figure(one.figure),
        "bands": {band.value: _figure(figure) for band, figure in one.bands.items()},
        "weekdays": [
            {
                "weekday": WEEKDAYS_JA[day.weekday],
                "every": day.every,
                "some": day.some,
                "places": day.places,
                "places_some": day.places_some,
                "seen": day.seen,
            }
            for day in one.weekdays
        ],
        "open_days": {str(days): people for days, people in one.open_days.items()},
        "by_transport": one.by_transport,
        "places": one.places,
        "members_only": one.members_only,
        "drawn": one.area.drawn,
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "people": gap.people,
        "names": list(gap.names),
        "streets_m": gap.streets_m,
        "nearest": gap.nearest,
        "nearest_m": gap.nearest_m,
        "lon": gap.lon,
        "lat": gap.lat,
    }


def _feature(geometry: GeoJson | None, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _labels(answer: CoverageAnswer) -> dict[str, str]:
    """Columns of a row and what a table calls them."""
    unit = "m" if answer.method.in_metres else "分"
    covered = {f"covered_{limit}": f"歩いて{limit}{unit}以内" for limit in answer.method.limits}
    weekdays = {
        f"every_{key}": f"{day}曜（毎週）歩いて{answer.limit}{unit}以内"
        for key, day in zip(_DAY_KEYS, WEEKDAYS_JA, strict=True)
    }
    return (
        {"level": "圏域の種類", "code": "コード", "name": "地区", "band": "数えた人"}
        | {"asked_day": "曜日", "people": "人数", "unknown": "わからない人数"}
        | covered
        | weekdays
        | {"by_transport": "送迎のある地区の、歩いては遠い人", "places": "数えたお宝"}
        | _METHOD_LABELS
    )


_METHOD_LABELS = {"speed_m_per_min": "歩く速さ（m/分）", "method": "計算のしかた"}


def _method_cells(answer: CoverageAnswer) -> dict[str, Any]:
    return {
        "speed_m_per_min": answer.method.speed_m_per_min,
        "method": "".join(method_lines(answer.method)),
    }


def _rows(answer: CoverageAnswer) -> list[dict[str, Any]]:
    day = answer.question.weekday
    asked = "いつでも" if day is None else WEEKDAYS_JA[day]
    return [
        {
            "level": one.area.level,
            "code": one.area.code,
            "name": one.area.name,
            "band": answer.band.label_ja,
            "asked_day": asked,
            "people": one.figure.people,
            "unknown": one.figure.unknown,
            **{f"covered_{limit}": people for limit, people in one.figure.covered.items()},
            **{f"every_{_DAY_KEYS[one_day.weekday]}": one_day.every for one_day in one.weekdays},
            "by_transport": one.by_transport,
            "places": one.places,
            **_method_cells(answer),
        }
        for one in answer.areas
    ]


def _gap_labels(answer: GapAnswer) -> dict[str, str]:
    covered = answer.coverage
    unit = "m" if covered.method.in_metres else "分"
    people = f"{covered.band.label_ja}（歩いて{covered.limit}{unit}より遠い人）"
    return (
        {"level": "圏域の種類", "code": "コード", "name": "地区", "people": people}
        | {"names": "町丁", "streets_m": "道の長さ（m）", "nearest": "いちばん近いお宝"}
        | {"nearest_m": "そこまでの道のり（m）", "lon": "経度", "lat": "緯度"}
        | _METHOD_LABELS
    )


def _gap_rows(answer: GapAnswer) -> list[dict[str, Any]]:
    area = answer.area
    where = {"level": area.level, "code": area.code, "name": area.name}
    told = _method_cells(answer.coverage)
    return [where | _gap(gap) | {"names": "、".join(gap.names)} | told for gap in answer.gaps]


def _csv(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _frame(
    columns: list[str], rows: list[dict[str, Any]], shapes: list[GeoJson | None]
) -> GeoDataFrame:
    import geopandas
    from shapely.geometry import shape

    from geo.crs import STORAGE_CRS

    geometry = [None if one is None else shape(one) for one in shapes]
    frame = geopandas.GeoDataFrame(
        {name: [row[name] for row in rows] for name in columns}, geometry=geometry, crs=STORAGE_CRS
    )
    # Whole numbers with blanks stay whole numbers.
    return frame.convert_dtypes()
