"""``boundaries/gazetteer.toml`` -> :class:`GazetteerSources`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geo.manifest.data_paths import GEOMETRY_SUFFIXES, TABLE_SUFFIXES, Ground, required_data
from geo.manifest.reading_keys import no_such_folder, read_crs, read_encoding
from geo.manifest.strict_table import StrictTable, near_ja
from geo.model.gazetteer_sources import AddressKind, AddressSource, GazetteerSources, VenueSource
from geo.model.town import Layer, Level

GAZETTEER_FILE = "boundaries/gazetteer.toml"
VENUE_COLUMNS = ("name", "alias", "address", "lat", "lon")
_KINDS: dict[AddressKind, tuple[str, ...]] = {
    AddressKind.BLOCK: (".csv",),
    AddressKind.TOWN: (".csv",),
    AddressKind.ESTAT: (*GEOMETRY_SUFFIXES, ".dbf", ".gz"),
    AddressKind.LEVEL: (),
}


def read_gazetteer_manifest(
    table: StrictTable, ground: Ground, levels: Iterable[Level], layers: Iterable[Layer]
) -> GazetteerSources:
    """Read the manifest; every fault is kept in the table's problems.

    Parameters
    ----------
    table : StrictTable
        The file, opened.
    ground : Ground
        Where its paths may lead.
    levels, layers : iterable
        The town's own, which the manifest may name.
    """
    folder = ground.town / "boundaries"
    titles = {layer.id: layer.title for layer in layers}
    level_titles = {level.id: level.title for level in levels}
    venues = [_venues(entry, folder, ground, titles) for entry in table.tables("venues")]
    addresses = [
        _addresses(entry, folder, ground, level_titles) for entry in table.tables("addresses")
    ]
    table.finish()
    return GazetteerSources(
        tuple(one for one in venues if one is not None),
        tuple(one for one in addresses if one is not None),
    )


def _venues(
    entry: StrictTable, folder: Path, ground: Ground, titles: dict[str, str]
) -> VenueSource | None:
    layer = entry.text("layer")
    found: VenueSource | None = None
    if layer is not None and entry.has("data"):
        entry.text("title")
        entry.texts("data")
        entry.error(
            "manifest-bad-value",
            "「layer」と「data」は、どちらか一つを書いてください。",
            "layer",
            layer,
        )
    elif layer is not None:
        title = entry.text("title") or titles.get(layer, layer)
        if layer in titles:
            found = VenueSource(title, layer=layer)
        else:
            no_such_folder(entry, "layer", layer, "layers", titles)
    else:
        data = required_data(entry, folder, ground, (*TABLE_SUFFIXES, *GEOMETRY_SUFFIXES))
        name = entry.text("title", required=True) or ""
        columns = {key: entry.texts(key) for key in VENUE_COLUMNS}
        found = VenueSource(
            name,
            data,
            columns={key: headers for key, headers in columns.items() if headers},
            keep=entry.texts_map("keep", values=True),
            drop=entry.texts_map("drop", values=True),
            sheet=entry.text("sheet"),
            header_row=entry.optional_integer("header_row", low=1, high=1000),
            encoding=read_encoding(entry),
            crs=read_crs(entry),
        )
    entry.finish()
    return found


def _addresses(
    entry: StrictTable, folder: Path, ground: Ground, titles: dict[str, str]
) -> AddressSource | None:
    word = entry.text("kind", required=True)
    known = [kind.value for kind in AddressKind]
    if word not in known:
        if word is not None:
            entry.error(
                "manifest-bad-value",
                f"「kind」は {'、'.join(known)} のどれかです。{near_ja(word, known)}",
                "kind",
                word,
            )
        return None
    kind = AddressKind(word)
    found: AddressSource | None = None
    if kind is AddressKind.LEVEL:
        level = entry.text("level", required=True)
        title = entry.text("title") or titles.get(level or "", kind.title_ja)
        if level in titles:
            found = AddressSource(kind, title, level=level)
        elif level is not None:
            no_such_folder(entry, "level", level, "boundaries", titles)
    else:
        found = AddressSource(
            kind,
            entry.text("title") or kind.title_ja,
            required_data(entry, folder, ground, _KINDS[kind]),
            encoding=read_encoding(entry),
            crs=read_crs(entry) if kind is AddressKind.ESTAT else None,
        )
    entry.finish()
    return found
