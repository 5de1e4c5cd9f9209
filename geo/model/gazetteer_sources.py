"""``boundaries/gazetteer.toml``: which files and lists know where things are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path


class AddressKind(Enum):
    """What a file of addresses is."""

    BLOCK = "block"
    TOWN = "town"
    ESTAT = "estat"
    LEVEL = "level"

    @property
    def title_ja(self) -> str:
        """What the clerk calls it where the manifest gives no title."""
        return {
            "block": "位置参照情報（街区）",
            "town": "位置参照情報（大字・町丁目）",
            "estat": "国勢調査の小地域",
            "level": "境界",
        }[self.value]


@dataclass(frozen=True, slots=True)
class VenueSource:
    """One ``[[venues]]``: files with named points, or one of the town's own layers.

    ``columns`` maps name, alias, address, lat and lon to their headers. ``layer`` is a layer's id;
    then there are no files.
    """

    title: str
    data: tuple[Path, ...] = ()
    layer: str | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drop: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    crs: str | None = None


@dataclass(frozen=True, slots=True)
class AddressSource:
    """One ``[[addresses]]``: files of addresses, or one of the town's own levels by its names."""

    kind: AddressKind
    title: str
    data: tuple[Path, ...] = ()
    level: str | None = None
    encoding: str | None = None
    crs: str | None = None


@dataclass(frozen=True, slots=True)
class GazetteerSources:
    """The whole manifest, each kind in the order of trust."""

    venues: tuple[VenueSource, ...] = ()
    addresses: tuple[AddressSource, ...] = ()
