"""``layers/<layer>/layer.toml`` -> :class:`Layer`."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from geo.folding import fold
from geo.manifest.boundary_file import PLACEHOLDER_DAY
from geo.manifest.data_paths import GEOMETRY_SUFFIXES, TABLE_SUFFIXES, Ground, data_files
from geo.manifest.days_path import days_files
from geo.manifest.pins_path import PINS_NAME, is_spoilt_pins_file, pins_file
from geo.manifest.reading_keys import read_crs, read_encoding
from geo.manifest.strict_table import StrictTable
from geo.model.accepted_words import AUDIENCE_WORDS, accepted_ja
from geo.model.audience import Audience
from geo.model.town import Layer

FIELD_HEADERS = {
    "id": "ID",
    "number": "番号",
    "name": "名称",
    "kana": "名称_カナ",
    "venue": "会場",
    "venue_kind": "会場の種類",
    "address": "住所",
    "area": "地区",
    "lat": "緯度",
    "lon": "経度",
    "audience": "公開範囲",
    "precision": "地図での示し方",
    "consent": "掲載の同意",
    "schedule": "開催日時",
    "for_whom": "参加対象",
    "newcomers": "はじめての方",
    "fee": "参加費",
    "activities": "主な活動",
    "activity_kind": "活動区分",
    "operator": "運営主体",
    "transport": "送迎",
    "capacity": "定員",
    "participants": "参加者実人数",
    "contact": "連絡先",
    "contact_audience": "連絡先の公開範囲",
    "organiser": "団体名",
    "functions": "効用",
    "meaning": "この場のよさ",
    "story": "紹介文",
    "photo": "写真",
    "url": "URL",
    "started_on": "開始日",
    "ended_on": "終了日",
    "status": "状態",
    "confirmed_on": "最終確認日",
    "found_through": "いもづる元",
    "note": "備考",
}
"""Treasure field -> the header a list is expected to use (architecture.md)."""

FOLLOWS_KEY = "attached_to"
FOLLOWS_HEADER = "合わせる先"
"""The column that names whose days a record follows, where ``[columns]`` names no other."""
READING_KEYS = ("latlon", "weekdays", "start", "end", "schedule_note", FOLLOWS_KEY)
COLUMN_KEYS = (*FIELD_HEADERS, *READING_KEYS)
WEEKDAYS = "月火水木金土日"
ROUTE_FIELDS = {
    "vehicle": "vehicle",
    "order": "stop_order",
    "arrive": "arrive_min",
    "stay_min": "stay_min",
}
"""Key of ``[route]`` -> treasure field."""


def read_layer_manifest(table: StrictTable, folder: Path, ground: Ground) -> Layer:
    """Read one layer's manifest; every fault is kept in the table's problems."""
    pins = pins_file(folder, ground)
    days = days_files(folder, ground)
    kinds = (*TABLE_SUFFIXES, *GEOMETRY_SUFFIXES)
    data = data_files(table, folder, ground, kinds, {*days, *([pins] if pins else [])})
    if not data and not table.has("data"):
        table.error(
            "data-missing",
            "一覧のファイル（csv、xlsx、geojson、shp、zip、gpkg）がこのフォルダにありません。",
            "data",
        )
    _check_pins_name(table, folder, pins, data)
    layer = Layer(
        id=folder.name,
        folder=folder,
        title=table.text("title", required=True) or folder.name,
        symbol=_symbol(table),
        color=_color(table),
        order=table.integer("order", low=-9999, high=9999, default=0),
        source=table.text("source", required=True) or "",
        licence=table.text("licence", required=True) or "",
        as_of=table.day("as_of") or PLACEHOLDER_DAY,
        data=data,
        counts_as_place=table.boolean("counts_as_place", default=True),
        publication_basis=table.text("publication_basis"),
        columns=table.texts_map("columns", known=COLUMN_KEYS),
        show=table.text_map("show"),
        sheet=table.text("sheet"),
        header_row=table.optional_integer("header_row", low=1, high=1000),
        encoding=read_encoding(table),
        crs=read_crs(table),
        audience=_audience(table),
        identify=table.texts("identify"),
        leave_out=table.texts("leave_out"),
        merge_same=table.boolean("merge_same", default=False),
        count_only=table.boolean("count_only", default=False),
        backdrop=table.boolean("backdrop", default=False),
        attached_to=table.text("attached_to"),
        keep=table.texts_map("keep", values=True),
        drop=table.texts_map("drop", values=True),
        weekday_hours=_weekday_hours(table),
        route=table.text_map("route", known=tuple(ROUTE_FIELDS)),
        pins=None if pins in data else pins,
        days=tuple(path for path in days if path not in data),
    )
    table.finish()
    return layer


def _check_pins_name(
    table: StrictTable, folder: Path, pins: Path | None, data: tuple[Path, ...]
) -> None:
    """Pins that cannot be told as such any more would be lost without a word."""
    path = folder / PINS_NAME
    if pins is not None or path in data:
        return
    if path.is_symlink() and table.has("data"):  # a folder that is read whole says so itself
        table.error(
            "path-leaves-town",
            f"{PINS_NAME} が、町のフォルダの外か、ないファイルを指しています。ファイルをこのフォルダに入れてください。",
            "data",
            PINS_NAME,
        )
    elif not path.is_symlink() and is_spoilt_pins_file(path):
        table.error(
            "place-file-header",
            f"{PINS_NAME} は、場所の控えのための名前です。1行目が id,lat,lon,how,when で始まっていないので読めません。"
            "控えなら1行目を直し、ほかのファイルなら名前を変えてください。",
            "data",
            PINS_NAME,
        )


def _symbol(table: StrictTable) -> str:
    symbol = unicodedata.normalize("NFC", table.text("symbol", required=True) or "")
    if symbol and (len(symbol) != 1 or not symbol.isprintable()):
        table.error(
            "layer-symbol",
            '「symbol」は旗に書く1文字にしてください（例: "通"）。',
            "symbol",
            symbol,
        )
        return symbol[:1]
    return symbol or "？"


def _color(table: StrictTable) -> str:
    color = table.text("color", required=True)
    if color is not None and not re.fullmatch(r"#[0-9A-Fa-f]{6}", color):
        table.error(
            "layer-color",
            '「color」は "#b8570a" のように、# と6けたの16進数で書いてください。',
            "color",
            color,
        )
        color = None
    return (color or "#666666").lower()


def _audience(table: StrictTable) -> Audience | None:
    word = table.text("audience")
    if word is None:
        return None
    audience = AUDIENCE_WORDS.get(fold(word))
    if audience is None:
        table.error(
            "audience-unknown",
            f"「{word}」という公開範囲はありません。{accepted_ja(Audience)}のどれかにしてください。",
            "audience",
            word,
        )
    return audience


def _weekday_hours(table: StrictTable) -> dict[str, tuple[str, str]]:
    pairs: dict[str, tuple[str, str]] = {}
    for day, headers in table.texts_map("weekday_hours", known=WEEKDAYS).items():
        if len(headers) != 2:
            table.error(
                "manifest-wrong-type",
                f"[weekday_hours] の「{day}」には、始まりと終わりの見出しを2つ書いてください。",
                day,
                "、".join(headers),
            )
        else:
            pairs[day] = (headers[0], headers[1])
    return {day: pairs[day] for day in WEEKDAYS if day in pairs}
