"""The place a row brings with it: degrees in columns, in one cell, or its own geometry."""

from __future__ import annotations

import math

from geo.intake.record_fields import RecordFields
from geo.intake.values import (
    looks_like_lat,
    looks_like_lon,
    parse_degrees,
    parse_latlon,
    parse_metres,
)

_DEGREES_JA = "34.867206 のように書いてください。"


def read_place(fields: RecordFields) -> tuple[float, float] | None:
    """Longitude and latitude of a row (EPSG:4326), or None where it has no usable place.

    Half a place and a text that is no number are errors. A swapped pair, 0,0 and a place outside
    Japan are warnings, and the row is left without a place.
    """
    if fields.row.lon is not None and fields.row.lat is not None:
        return fields.row.lon, fields.row.lat
    if "latlon" in fields.columns.of:
        both = fields.text("latlon", joiner=",")
        if both is None:
            return None
        try:
            lat, lon = parse_latlon(both, metric=_is_metric(fields))
        except ValueError:
            fields.error(
                "degrees-not-a-number",
                "緯度と経度として読めません。「34.867206,138.322910」のように書いてください。",
                "latlon",
                both,
            )
            return None
        return _checked(fields, lat, lon, "latlon", both)
    lat_text, lon_text = fields.text("lat"), fields.text("lon")
    if lat_text is None and lon_text is None:
        return None
    if lat_text is None or lon_text is None:
        missing, there = ("lat", "経度") if lat_text is None else ("lon", "緯度")
        fields.error(
            "latlon-half",
            f"{there}だけが書いてあります。緯度と経度は、両方書くか、両方空にしてください。",
            missing if missing in fields.columns.of else ("lon" if missing == "lat" else "lat"),
        )
        return None
    lat_deg, lon_deg = _degrees(fields, "lat", lat_text), _degrees(fields, "lon", lon_text)
    if lat_deg is None or lon_deg is None:
        return None
    return _checked(fields, lat_deg, lon_deg, "lat", f"{lat_text}, {lon_text}")


def _degrees(fields: RecordFields, name: str, text: str) -> float | None:
    try:
        return parse_metres(text) if _is_metric(fields) else parse_degrees(text)
    except ValueError:
        header = fields.address.headers.get(name, name)
        fields.error("degrees-not-a-number", f"{header}として読めません。{_DEGREES_JA}", name, text)
        return None


def _is_metric(fields: RecordFields) -> bool:
    return fields.system is not None and fields.system.metric


def _checked(
    fields: RecordFields, lat: float, lon: float, at: str, value: str
) -> tuple[float, float] | None:
    if fields.system is not None and (fields.system.metric or looks_like_lat(lat)):
        try:
            lat, lon = fields.system.to_degrees(lat, lon)
        except ValueError:
            lat = lon = math.inf
    if looks_like_lat(lat) and looks_like_lon(lon):
        return lon, lat
    if looks_like_lat(lon) and looks_like_lon(lat):
        fields.warn(
            "latlon-swapped",
            f"緯度と経度が入れかわっているようです。緯度 {lon:.8g}、経度 {lat:.8g} に直してください。"
            "直すまでは、場所なしとして一覧にだけのせます。",
            at,
            value,
        )
    elif abs(lat) < 1e-9 and abs(lon) < 1e-9:
        fields.warn("latlon-zero", "緯度と経度が0です。場所なしとして読みました。", at, value)
    else:
        fields.warn(
            "latlon-outside-japan",
            "緯度と経度が日本の外を指しています。小数点やけたを確かめてください。場所なしとして読みました。",
            at,
            value,
        )
    return None
