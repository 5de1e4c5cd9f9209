"""What the browser's script reads: an answer as plain JSON values with stable keys."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from geo.model.answers import AreaOutline, AreaRow, BackdropFeature, GeoJson, TownAnswer
from geo.model.map_answer import MapAnswer
from geo.model.surroundings import AcrossBorder
from webmap.day_facets import days_as_json
from webmap.ground_data import MapStyle, TileArchive, ground_as_json
from webmap.outside_layer import OUTSIDE_LAYERS

DECIMALS = 6  # of a degree: about 0.1 m
VERSION = 1


def as_json(
    answer: MapAnswer,
    *,
    links: bool = True,
    style: MapStyle = MapStyle.CALM,
    archive: TileArchive | None = None,
) -> dict[str, Any]:
    """The treasure map of an area, for ``static/app``.

    The list itself is in the page; here is what the map and the filters need. Coordinates are
    degrees (EPSG:4326), longitude first, rounded to 6 decimals.

    Parameters
    ----------
    answer : MapAnswer
        As the audience's view gave it.
    links : bool
        Whether neighbours carry an address; an offline file has nowhere to go.
    style : MapStyle
        Of the base map; ``ground`` is there only where the town has streets.
    archive : TileArchive, optional
        The base map that travels inside the page.
    """
    town = answer.town.code
    facet_of = answer.days.facet_of if answer.days else {}
    return {
        "version": VERSION,
        "kind": "area",
        "area": {
            "level": answer.area.level,
            "code": answer.area.code,
            "name": answer.area.name,
            "outline": rounded(answer.outline),
        },
        "bounds": _bounds(answer.bounds),
        "layers": [
            {"id": layer.id, "title": layer.title, "symbol": layer.symbol, "color": layer.color}
            for layer in answer.layers
        ],
        "entries": [
            {
                "number": entry.number,
                "mark": entry.mark,
                "layer": entry.layer,
                "name": entry.name,
                "status": entry.status.value,
                "functions": list(entry.functions),
                "search": entry.search,
                "flag": entry.flag,
                "days": facet_of.get(entry.number),
            }
            for entry in answer.entries
        ],
        "flags": [
            {
                "lon": round(flag.lon, DECIMALS),
                "lat": round(flag.lat, DECIMALS),
                "numbers": list(flag.numbers),
                "approximate": flag.approximate,
            }
            for flag in answer.flags
        ],
        "days": days_as_json(answer.days),
        "across": _across(answer.across) if answer.across else [],
        "neighbours": [_outline(town, area, links) for area in answer.neighbours],
        "sub_areas": [_outline(town, area, links) for area in answer.sub_areas],
        "backdrops": [_backdrop(feature) for feature in answer.backdrops],
        **_ground(answer, style, archive),
    }


def town_as_json(
    answer: TownAnswer, *, links: bool = True, style: MapStyle = MapStyle.CALM
) -> dict[str, Any]:
    """The overview map of a town, or of one level: areas with name and count.

    For the whole town the areas of the first level that has a tier are drawn (the first level
    with an outline, where none has).
    """
    return {
        "version": VERSION,
        "kind": "town",
        "area": None,
        "bounds": _bounds(answer.bounds),
        "layers": [],
        "entries": [],
        "flags": [],
        "neighbours": [],
        "sub_areas": [_row(row, links) for row in drawn_rows(answer)],
        "backdrops": [_backdrop(feature) for feature in answer.backdrops],
        **_ground(answer, style),
    }


def drawn_rows(answer: TownAnswer) -> list[AreaRow]:
    """The rows of the level that an overview map shows."""
    with_outline = [row for row in answer.rows if row.outline is not None]
    if answer.level is not None or not with_outline:
        return with_outline
    tiers = {choice.level.id: choice.level.tier for choice in answer.choices}
    order = [choice.level.id for choice in answer.choices]
    present = {row.area.level for row in with_outline}
    first = min(
        present,
        key=lambda level: (
            tiers.get(level) is None,
            tiers.get(level) or 0,
            order.index(level) if level in order else len(order),
        ),
    )
    return [row for row in with_outline if row.area.level == first]


def area_path(municipality: str, level: str, code: str = "") -> str:
    """The address of a treasure map, or of a level's list of areas."""
    return "/" + "/".join(quote(part, safe="") for part in (municipality, level, code))


def coverage_path(path: str) -> str:
    """The address of the coverage of what has a treasure map, or a list, at ``path``."""
    return f"/coverage{path}"


def rounded(geometry: GeoJson | None) -> GeoJson | None:
    """A GeoJSON geometry with 6 decimals and no third dimension."""
    if geometry is None:
        return None
    if geometry.get("type") == "GeometryCollection":
        parts = [rounded(part) for part in geometry.get("geometries", [])]
        return {"type": "GeometryCollection", "geometries": parts}
    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"])}


def _round(value: Any) -> Any:
    if value and isinstance(value[0], int | float):
        return [round(number, DECIMALS) for number in value[:2]]
    return [_round(part) for part in value]


def _bounds(bounds: tuple[float, float, float, float] | None) -> list[float] | None:
    return None if bounds is None else [round(number, DECIMALS) for number in bounds]


def _ground(
    answer: MapAnswer | TownAnswer, style: MapStyle, archive: TileArchive | None = None
) -> dict[str, Any]:
    """Nothing at all where there is nothing: such a page stays as it always was."""
    if answer.outside_tiles is not None:
        return {"outside_tiles": OUTSIDE_LAYERS[answer.outside_tiles].as_json()}
    if answer.ground is not None:
        return {"ground": ground_as_json(answer.ground, answer.town.code, style, archive)}
    return {}


def _across(across: AcrossBorder) -> list[dict[str, Any]]:
    """The places of other areas' treasures; not among flags and entries, which are the area's."""
    near = {one.entry.number: one for one in across.near}
    return [
        {
            "lon": round(flag.lon, DECIMALS),
            "lat": round(flag.lat, DECIMALS),
            "entries": [
                {
                    "number": number,
                    "mark": near[number].entry.mark,
                    "symbol": near[number].entry.mark.removesuffix(str(number)),
                    "name": near[number].entry.name,
                }
                for number in flag.numbers
            ],
        }
        for flag in across.flags
    ]


def _outline(town: str, area: AreaOutline, links: bool) -> dict[str, Any]:
    return {
        "level": area.area.level,
        "code": area.area.code,
        "name": area.area.name,
        "treasures": area.treasures,
        "href": area_path(town, area.area.level, area.area.code) if links else None,
        "outline": rounded(area.outline),
    }


def _row(row: AreaRow, links: bool) -> dict[str, Any]:
    return {
        "level": row.area.level,
        "code": row.area.code,
        "name": row.area.name,
        "treasures": sum(row.treasures.values()),
        "href": area_path(row.municipality, row.area.level, row.area.code) if links else None,
        "outline": rounded(row.outline),
    }


def _backdrop(feature: BackdropFeature) -> dict[str, Any]:
    return {
        "name": feature.name,
        "color": feature.color,
        "geometry": rounded(feature.geometry),
    }
