"""Ask a question, get an answer: the only door that web, command line and notebooks need.

Every question takes a connection of one audience (``TownDatabase.connect``), and answers with
frozen values of :mod:`geo.model.answers`. What the audience may not see is not in the answer,
because it is not in the views that the connection reads.

Questions about walking reckon with arrays: they are imported when they are first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from geo.questions.finer_areas import finer_areas
from geo.questions.ground_tile import (
    ground_names,
    ground_tile,
    is_near,
    require_tile,
    standing_ground,
    tile_at,
)
from geo.questions.map_question import treasure_map
from geo.questions.overview_question import area_rows, town_overview
from geo.questions.town_door import revision

if TYPE_CHECKING:
    from geo.questions.coverage_figures import coverage
    from geo.questions.coverage_shades import coverage_map, reach_outline
    from geo.questions.found_gaps import gaps
    from geo.questions.seats_sharing import shared_seats
    from geo.questions.walking_shelf import WalkingShelf

__all__ = [
    "WalkingShelf",
    "area_rows",
    "coverage",
    "coverage_map",
    "finer_areas",
    "gaps",
    "ground_names",
    "ground_tile",
    "is_near",
    "reach_outline",
    "require_tile",
    "revision",
    "shared_seats",
    "standing_ground",
    "tile_at",
    "town_overview",
    "treasure_map",
]

_LATER = {
    "WalkingShelf": "walking_shelf",
    "coverage": "coverage_figures",
    "coverage_map": "coverage_shades",
    "gaps": "found_gaps",
    "reach_outline": "coverage_shades",
    "shared_seats": "seats_sharing",
}


def __getattr__(name: str) -> Any:
    module = _LATER.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)
