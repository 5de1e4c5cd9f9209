"""Map pictures from outside, which a town may switch on: nothing leaves the hall otherwise."""

from __future__ import annotations

from enum import Enum


class OutsideTiles(Enum):
    """``outside_tiles`` of ``boundaries/municipality.toml``: whose pictures lie under the map."""

    GSI_PALE = "gsi_pale"
    """国土地理院、淡色地図."""
    GSI_STD = "gsi_std"
    """国土地理院、標準地図."""
    OSM = "osm"
    """OpenStreetMap's own server."""

    @property
    def label_ja(self) -> str:
        """What a clerk calls it."""
        return {
            OutsideTiles.GSI_PALE: "地理院タイル（淡色地図）",
            OutsideTiles.GSI_STD: "地理院タイル（標準地図）",
            OutsideTiles.OSM: "OpenStreetMap",
        }[self]
