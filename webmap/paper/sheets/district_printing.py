"""From an area to its map and list in a frame: what the database is asked for in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.questions.paper_ground import no_ground, paper_ground
from geo.questions.paper_terms import PaperTerms, layer_order, paper_terms
from webmap.paper.drawing.map_window import area_window
from webmap.paper.sheets.district_sheet import district_sheet

if TYPE_CHECKING:
    from geo.model.map_answer import MapAnswer
    from webmap.paper.paper_choice import PaperChoice
    from webmap.paper.setting.prepared_sheet import PreparedSheet
    from webmap.paper.sheet_frame import Box, DistrictFrame


@dataclass(frozen=True, slots=True)
class DistrictPrinting:
    """An area about to be drawn, in one frame or another.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        Of the answer's audience and the medium print.
    answer : MapAnswer
    choice : PaperChoice
    copy : int or None
        The number of the copy, of what is not for everybody.
    terms : PaperTerms
    shapes : Mapping of str to int
        By layer: its place in the town's order of layers.
    """

    conn: Any
    answer: MapAnswer
    choice: PaperChoice
    copy: int | None
    terms: PaperTerms
    shapes: Mapping[str, int]

    @classmethod
    def of(
        cls, conn: Any, answer: MapAnswer, choice: PaperChoice, copy: int | None
    ) -> DistrictPrinting:
        """With what the town says of its paper."""
        terms = paper_terms(conn, audience=answer.audience)
        return cls(conn, answer, choice, copy, terms, layer_order(conn))

    def scale(self, box: Box) -> int:
        """5000 where the area fits into a box at 1:5000; 1 where nothing has a place."""
        window = area_window(self.answer, self.terms.metric_crs, box)
        return 1 if window is None else window.scale

    def draw(self, frame: DistrictFrame, *, bare: bool = False) -> PreparedSheet:
        """The map and the list in a frame; ``bare`` without the base map."""
        window = area_window(self.answer, self.terms.metric_crs, frame.map, self.choice.scale)
        ground = (
            no_ground()
            if window is None or bare
            else paper_ground(self.conn, window.bounds, window.scale, self.terms.metric_crs)
        )
        return district_sheet(
            self.answer,
            ground,
            window,
            frame,
            self.choice,
            shapes=self.shapes,
            walk_speed_m_per_min=self.terms.walk_speed_m_per_min,
            copy=self.copy,
        )
