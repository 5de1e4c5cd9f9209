"""A doorstep sheet, from the point to what is ready to be set: one place for web and command."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.model.audience import Audience
from webmap.paper.sheets.on_both_media import on_both

if TYPE_CHECKING:
    from geo.model.doorstep_answer import DoorstepAnswer
    from geo.questions.walking_shelf import WalkingShelf
    from geo.store.reading.paper_rows import Box as Bounds
    from webmap.paper.paper_choice import PaperChoice
    from webmap.paper.setting.prepared_sheet import PreparedSheet

_SQUARE_DEG = 0.005


def print_doorstep(
    conn: Any,
    lon: float,
    lat: float,
    *,
    audience: Audience,
    today: date,
    choice: PaperChoice,
    name: str = "",
    copy: int | None = None,
    shelf: WalkingShelf | None = None,
    screen: DoorstepAnswer | None = None,
) -> PreparedSheet:
    """Draw the doorstep sheet of a point. Neither the point nor the name may be kept or logged.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        From ``TownDatabase.connect(audience, Medium.PRINT)``.
    lon, lat : float
        Degrees (EPSG:4326).
    audience : Audience
        Must be the one of the connection.
    today : date
        Of the views.
    choice : PaperChoice
    name : str
        Of the landmark, for the title.
    copy : int, optional
        The number of the copy, of what is not for everybody.
    shelf : WalkingShelf, optional
        Of the town.
    screen : DoorstepAnswer, optional
        The same point on a screen (``Medium.WEB``), where the sheet is given out over the web:
        then it holds only what may be shown there as well.

    Raises
    ------
    WordsError
        For what is no place on earth.
    """
    from geo.questions.doorstep import doorstep
    from geo.questions.paper_ground import paper_ground
    from geo.questions.paper_terms import layer_order, paper_terms
    from webmap.paper.sheets.doorstep_sheet import doorstep_sheet, doorstep_window

    answer = doorstep(conn, lon, lat, audience=audience, today=today, shelf=shelf)
    if screen is not None:
        answer = _on_both(answer, screen)
    crs = paper_terms(conn, audience=audience).metric_crs
    window = doorstep_window(answer, crs, choice)
    ground = paper_ground(conn, _coarse(window.bounds), window.scale, crs)
    return doorstep_sheet(
        answer, ground, window, choice, shapes=layer_order(conn), name=name, copy=copy
    )


def _coarse(bounds: Bounds) -> Bounds:
    """Whole squares of about half a kilometre: what the database is asked tells of no middle."""
    west, south, east, north = (side / _SQUARE_DEG for side in bounds)
    return (
        math.floor(west) * _SQUARE_DEG,
        math.floor(south) * _SQUARE_DEG,
        math.ceil(east) * _SQUARE_DEG,
        math.ceil(north) * _SQUARE_DEG,
    )


def _on_both(paper: DoorstepAnswer, screen: DoorstepAnswer) -> DoorstepAnswer:
    shown = on_both(paper.shown, screen.shown)
    kept = {entry.number for entry in shown.entries}
    return replace(
        paper,
        shown=shown,
        near=tuple(place for place in paper.near if place.number in kept),
        unplaced=min(paper.unplaced, screen.unplaced),
    )
