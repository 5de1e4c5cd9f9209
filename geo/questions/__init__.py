"""Ask a question, get an answer: the only door that web, command line and notebooks need.

Every question takes a connection of one audience (``TownDatabase.connect``), and answers with
frozen values of :mod:`geo.model.answers`. What the audience may not see is not in the answer,
because it is not in the views that the connection reads.
"""

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

__all__ = [
    "area_rows",
    "finer_areas",
    "ground_names",
    "ground_tile",
    "is_near",
    "require_tile",
    "revision",
    "standing_ground",
    "tile_at",
    "town_overview",
    "treasure_map",
]
