"""``boundaries/streets.toml`` -> :class:`StreetSources`."""

from __future__ import annotations

from pathlib import Path

from geo.manifest.boundary_file import PLACEHOLDER_DAY
from geo.manifest.data_paths import GEOMETRY_SUFFIXES, Ground, named_file, required_data
from geo.manifest.reading_keys import read_crs, read_encoding
from geo.manifest.strict_table import StrictTable, near_ja
from geo.model.ground import GroundFile, GroundKind, LandmarkKind, StreetSources

STREETS_FILE = "boundaries/streets.toml"
DEFAULT_TITLE = "道と地形"

STREET_ENDINGS = (
    *(".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2"),
    *(".json", ".json.gz"),
    *(".graphml", ".graphml.gz"),
    *(".geojson", ".geojson.gz", ".gpkg", ".shp", ".zip"),
)
"""How the name of a file of streets may end."""

HEIGHT_SUFFIXES = (".hgt", ".zip", ".tif", ".tiff")

STREET_COLUMNS = (
    *("u", "v", "highway", "name", "length_m", "bridge", "tunnel", "layer"),
    *("access", "foot", "surface", "h_u", "h_v"),
)
"""What a table of edges may tell: the keys of ``[columns]``."""

GROUND_KINDS: dict[str, GroundKind | LandmarkKind] = {
    **{kind.value: kind for kind in LandmarkKind},
    **{kind.value: kind for kind in GroundKind if kind is not GroundKind.STREET},
}
"""The words of ``[[ground]]``: shapes and names. A park is a shape, a street a name: streets that
are drawn come from ``data``."""


def read_streets_manifest(table: StrictTable, ground: Ground) -> StreetSources:
    """Read the manifest; every fault is kept in the table's problems.

    Parameters
    ----------
    table : StrictTable
        The file, opened.
    ground : Ground
        Where its paths may lead.
    """
    folder = ground.town / "boundaries"
    heights = [
        named_file(table, "heights", name, folder, ground, HEIGHT_SUFFIXES)
        for name in table.texts("heights")
    ]
    shapes = [_ground_file(entry, folder, ground) for entry in table.tables("ground")]
    sources = StreetSources(
        title=table.text("title") or DEFAULT_TITLE,
        source=table.text("source", required=True) or "",
        licence=table.text("licence", required=True) or "",
        as_of=table.day("as_of") or PLACEHOLDER_DAY,
        data=_streets(table, folder, ground),
        heights=tuple(path for path in heights if path is not None),
        columns=table.text_map("columns", known=STREET_COLUMNS),
        ground=tuple(file for file in shapes if file is not None),
        encoding=read_encoding(table),
        crs=read_crs(table),
    )
    table.finish()
    return sources


def _streets(table: StrictTable, folder: Path, ground: Ground) -> tuple[Path, ...]:
    suffixes = tuple(dict.fromkeys(f".{ending.rpartition('.')[2]}" for ending in STREET_ENDINGS))
    found = []
    for path in required_data(table, folder, ground, suffixes):
        if path.name.lower().endswith(STREET_ENDINGS):
            found.append(path)
        else:
            table.error(
                "data-kind",
                f"「{path.name}」は道のファイルとして読めない種類です。"
                f"使えるのは {' '.join(STREET_ENDINGS)} です。",
                "data",
                path.name,
            )
    return tuple(found)


def _ground_file(entry: StrictTable, folder: Path, ground: Ground) -> GroundFile | None:
    word = entry.text("kind", required=True)
    kind = GROUND_KINDS.get(word or "")
    if kind is None:
        if word is not None:
            entry.error(
                "manifest-bad-value",
                f"「kind」は {'、'.join(GROUND_KINDS)} のどれかです。{near_ja(word, GROUND_KINDS)}",
                "kind",
                word,
            )
        return None
    lists = (".csv",) if isinstance(kind, LandmarkKind) else ()  # names with 緯度 and 経度
    found = GroundFile(
        kind,
        required_data(entry, folder, ground, (*GEOMETRY_SUFFIXES, *lists)),
        name_column=entry.text("name"),
        kana_column=entry.text("kana"),
        encoding=read_encoding(entry),
        crs=read_crs(entry),
    )
    entry.finish()
    return found
