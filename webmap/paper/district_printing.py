"""From an area to its map and list in a frame: what the database is asked for in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.questions.paper_ground import no_ground, paper_ground
from geo.questions.paper_terms import layer_order, paper_terms
from webmap.paper.district_sheet import district_sheet
from webmap.paper.map_window import area_window

if TYPE_CHECKING:
    from geo.model.map_answer import MapAnswer
    from webmap.paper.paper_choice import PaperChoice
    from webmap.paper.prepared_sheet import PreparedSheet
    from webmap.paper.sheet_frame import DistrictFrame


def district_in(
    conn: Any,
    answer: MapAnswer,
    choice: PaperChoice,
    frame: DistrictFrame,
    *,
    copy: int | None = None,
) -> PreparedSheet:
    """Draw the map and the list of an area in a frame.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        Of the answer's audience and the medium print.
    answer : MapAnswer
    choice : PaperChoice
    frame : DistrictFrame
    copy : int, optional
        The number of the copy, of what is not for everybody.
    """
    terms = paper_terms(conn, audience=answer.audience)
    window = area_window(answer, terms.metric_crs, frame.map, choice.scale)
    ground = (
        no_ground()
        if window is None
        else paper_ground(conn, window.bounds, window.scale, terms.metric_crs)
    )
    return district_sheet(
        answer,
        ground,
        window,
        frame,
        choice,
        shapes=layer_order(conn),
        walk_speed_m_per_min=terms.walk_speed_m_per_min,
        copy=copy,
    )
