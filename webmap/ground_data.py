"""What the browser's script reads of the base map: where its tiles are, and how to draw them."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from geo.model.answers import TownAnswer
from geo.model.ground_answer import Ground
from geo.model.map_answer import MapAnswer
from webmap.outside_layer import OUTSIDE_LAYERS

DEEPEST_ZOOM = 15
"""Above it the browser enlarges what it has."""


class MapStyle(StrEnum):
    """How the base map is drawn."""

    CALM = "calm"
    LANDMARKS = "landmarks"
    """For people new to maps: what one steers by comes first."""
    GREY = "grey"
    """Under the colours of the hall."""


@dataclass(frozen=True, slots=True)
class TileArchive:
    """The part of the base map that a file carries.

    Parameters
    ----------
    content : bytes
        A PMTiles archive.
    deepest_zoom : int
        The largest zoom in it.
    names : str
        Every name written on it, for the font.
    """

    content: bytes
    deepest_zoom: int
    names: str


def ground_as_json(
    ground: Ground, town: str, style: MapStyle, archive: TileArchive | None = None
) -> dict[str, Any]:
    """The base map of a page: an address of tiles, or the tiles themselves.

    Parameters
    ----------
    ground : Ground
    town : str
        Code of the municipality.
    style : MapStyle
    archive : TileArchive, optional
        What a self-contained file carries instead of an address.
    """
    source: dict[str, Any]
    if archive is None:
        url = f"/tiles/{town}/{{z}}/{{x}}/{{y}}.mvt?v={ground.version}"
        source = {"url": url, "max_zoom": DEEPEST_ZOOM}
    else:
        content = base64.b64encode(archive.content).decode("ascii")
        source = {"archive": content, "max_zoom": archive.deepest_zoom}
    bounds = [round(number, 6) for number in ground.bounds]
    return {**source, "bounds": bounds, "style": style.value, "credit": ground.credit}


def credits_of(answer: MapAnswer | TownAnswer, *, drawn: bool) -> tuple[str, ...]:
    """The credits of a page: with those of what lies under the map, where one is drawn."""
    if not drawn:
        return answer.credits
    if answer.outside_tiles is not None:
        return (*answer.credits, OUTSIDE_LAYERS[answer.outside_tiles].credit)
    return (*answer.credits, answer.ground.credit) if answer.ground else answer.credits
