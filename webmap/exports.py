"""One answer as a file to take away: CSV for Excel, GeoJSON for QGIS. Nothing but what a page shows."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from geo.model.answers import Entry
from geo.model.map_answer import MapAnswer
from geo.spreadsheet_cell import safe_cell
from webmap.map_data import DECIMALS

_UNSAFE_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')


def as_geojson(answer: MapAnswer) -> dict[str, Any]:
    """A FeatureCollection (EPSG:4326, longitude first) with the fields the page shows.

    Treasures without a place are features with a null geometry: the list is complete.
    """
    titles = _layer_titles(answer)
    return {
        "type": "FeatureCollection",
        "name": answer.area.name,
        "features": [
            {
                "type": "Feature",
                "id": entry.number,
                "geometry": _point(answer, entry),
                "properties": {
                    "mark": entry.mark,
                    "number": entry.number,
                    "layer": entry.layer,
                    "layer_title": titles.get(entry.layer, ""),
                    "name": entry.name,
                    "kana": entry.kana,
                    "status": entry.status.label_ja,
                    "newcomers": entry.newcomers.label_ja if entry.newcomers else None,
                    "functions": list(entry.functions),
                    "meaning": entry.meaning,
                    "precision": entry.precision.label_ja,
                    "approximate": _approximate(answer, entry),
                    "fields": dict(entry.fields),
                },
            }
            for entry in answer.entries
        ],
        "credits": list(answer.credits),
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
    }


def as_csv(answer: MapAnswer) -> bytes:
    """A table that Excel opens as it is: UTF-8 with BOM, CRLF, no cell can be a formula.

    One column per label of the layers' ``[show]``, in the order in which they first appear.
    """
    titles = _layer_titles(answer)
    labels = list(dict.fromkeys(label for entry in answer.entries for label, _ in entry.fields))
    head = ["番号", "種類", "名称", "名称_カナ", "状態", "はじめての方", "効用", "この場のよさ"]
    tail = ["経度", "緯度", "地図での示し方"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in (*head, *labels, *tail)])
    for entry in answer.entries:
        shown = dict(entry.fields)
        point = _point(answer, entry)
        lon, lat = point["coordinates"] if point else ("", "")
        cells = [
            entry.mark,
            titles.get(entry.layer, ""),
            entry.name,
            entry.kana or "",
            entry.status.label_ja,
            entry.newcomers.label_ja if entry.newcomers else "",
            ";".join(entry.functions),
            entry.meaning or "",
            *(shown.get(label, "") for label in labels),
        ]
        # Coordinates are numbers, never text of a record: a minus sign there is no formula.
        writer.writerow([*map(safe_cell, cells), lon, lat, entry.precision.label_ja])
    return text.getvalue().encode("utf-8-sig")


def download_name(answer: MapAnswer, suffix: str) -> str:
    """A file name every system accepts: 町_地区.csv."""
    name = _UNSAFE_IN_NAMES.sub("_", f"{answer.town.name}_{answer.area.name}").strip(" ._") or "map"
    return f"{name[:80]}{suffix}"


def _layer_titles(answer: MapAnswer) -> dict[str, str]:
    return {layer.id: layer.title for layer in answer.layers}


def _point(answer: MapAnswer, entry: Entry) -> dict[str, Any] | None:
    if entry.flag is None:
        return None
    flag = answer.flags[entry.flag]
    return {"type": "Point", "coordinates": [round(flag.lon, DECIMALS), round(flag.lat, DECIMALS)]}


def _approximate(answer: MapAnswer, entry: Entry) -> bool:
    return entry.flag is not None and answer.flags[entry.flag].approximate
