"""``boundaries/<level>/boundary.toml`` -> :class:`Level`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from geo.manifest.data_paths import GEOMETRY_SUFFIXES, Ground, data_files, named_file
from geo.manifest.reading_keys import read_crs, read_encoding
from geo.manifest.strict_table import StrictTable
from geo.model.town import Level

PLACEHOLDER_DAY = date(1900, 1, 1)


def read_level_manifest(table: StrictTable, folder: Path, ground: Ground) -> Level:
    """Read one level's manifest; every fault is kept in the table's problems."""
    members_name = table.text("members")
    members = (
        named_file(table, "members", members_name, folder, ground, (".csv",))
        if members_name
        else None
    )
    data = data_files(table, folder, ground, GEOMETRY_SUFFIXES, set())
    if not data and members is None and not table.has("data"):
        table.error(
            "data-missing",
            "境界のファイル（Shapefile、そのzip、GeoJSON、GPKG）がこのフォルダにありません。",
            "data",
        )
    order, order_column = _order(table)
    # Neither is needed for a national data set, whose fields are known; one without the other is
    # half a sentence.
    said = bool(data) and (table.has("code") or table.has("name"))
    code = table.text("code", required=said)
    name = table.text("name", required=said)
    level = Level(
        id=folder.name,
        folder=folder,
        title=table.text("title", required=True) or folder.name,
        data=data,
        name_column=name or code or "",
        code_column=code or name or "",
        source=table.text("source", required=True) or "",
        licence=table.text("licence", required=True) or "",
        as_of=table.day("as_of") or PLACEHOLDER_DAY,
        tier=table.optional_integer("tier", low=1, high=9),
        order=order,
        encoding=read_encoding(table),
        crs=read_crs(table),
        kana_column=table.text("kana"),
        order_column=order_column,
        contact_column=table.text("contact"),
        sheet=table.text("sheet"),
        members=members,
        keep=table.texts_map("keep", values=True),
        drop=table.texts_map("drop", values=True),
    )
    table.finish()
    return level


def _order(table: StrictTable) -> tuple[int, str | None]:
    """``order`` is the level's place among the levels, or the column that orders its areas."""
    if table.is_text("order"):
        return 0, table.text("order")
    return table.integer("order", low=-9999, high=9999, default=0), None
