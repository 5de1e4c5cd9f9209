"""Map pictures from outside: their addresses, their credit, and what their hosts ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.model.outside_tiles import OutsideTiles


@dataclass(frozen=True, slots=True)
class OutsideLayer:
    """One kind of pictures.

    Parameters
    ----------
    host : str
        The only place outside that a browser may then ask, and for pictures only.
    path : str
        Address of a picture on that host.
    deepest_zoom : int
    credit : str
        What must stand on every page that shows them.
    names_us : bool
        Whether the host answers only to those who say from which server their page came.
    """

    host: str
    path: str
    deepest_zoom: int
    credit: str
    names_us: bool = False

    def as_json(self) -> dict[str, Any]:
        """What the browser's script reads."""
        return {
            "url": self.host + self.path,
            "max_zoom": self.deepest_zoom,
            "credit": self.credit,
        }


_GSI_HOST = "https://cyberjapandata.gsi.go.jp"
_GSI_CREDIT = "地図：地理院タイル"

OUTSIDE_LAYERS: Mapping[OutsideTiles, OutsideLayer] = {
    OutsideTiles.GSI_PALE: OutsideLayer(_GSI_HOST, "/xyz/pale/{z}/{x}/{y}.png", 18, _GSI_CREDIT),
    OutsideTiles.GSI_STD: OutsideLayer(_GSI_HOST, "/xyz/std/{z}/{x}/{y}.png", 18, _GSI_CREDIT),
    OutsideTiles.OSM: OutsideLayer(
        "https://tile.openstreetmap.org",
        "/{z}/{x}/{y}.png",
        19,
        "地図：© OpenStreetMap contributors",
        names_us=True,
    ),
}
