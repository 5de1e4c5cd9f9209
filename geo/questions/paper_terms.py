"""In which terms a town is drawn on paper: its metres, and how far a minute's walk reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.model.audience import Audience, Medium
from geo.model.people import PeopleBand
from geo.questions.town_door import open_town
from geo.store.reading.layer_rows import read_layers
from geo.walking.pace import usual_speed_m_per_min

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class PaperTerms:
    """What every printed map of a town shares.

    Parameters
    ----------
    metric_crs : str
        The system it is measured in.
    walk_speed_m_per_min : int
        The town's, or that of people from 65 on: a printed map has no age to choose.
    """

    metric_crs: str
    walk_speed_m_per_min: int


def paper_terms(conn: Connection, *, audience: Audience) -> PaperTerms:
    """The terms of the town behind a connection to the views of print.

    Raises
    ------
    AudienceError
        When the connection belongs to another audience or medium.
    DatabaseError
        When no town has been loaded.
    """
    town = open_town(conn, audience, Medium.PRINT)
    return PaperTerms(
        town.metric_crs,
        town.walk_speed_m_per_min or usual_speed_m_per_min(PeopleBand.FROM_65),
    )


def layer_order(conn: Connection) -> dict[str, int]:
    """By layer: its place among those an audience sees anything of, the same in every area."""
    return {layer.id: place for place, layer in enumerate(read_layers(conn))}
