"""Posters of areas made by hand."""

from __future__ import annotations

from dataclasses import dataclass

from paper_district.printed_areas import METRIC_CRS, NO_GROUND, SHAPES, WALK_M_PER_MIN

from geo.model.audience import Audience
from geo.model.map_answer import MapAnswer
from webmap.paper.drawing.map_window import area_window
from webmap.paper.paper_choice import Paper, PaperChoice, Sheet
from webmap.paper.setting.prepared_sheet import PreparedSheet
from webmap.paper.sheet_frame import Box, DistrictFrame
from webmap.paper.sheets.district_sheet import district_sheet
from webmap.paper.sheets.poster_sheet import poster_sheet
from webmap.paper.sheets.tiled_sheet import TiledSheet


def choice_of(paper: Paper = Paper.A1, *, landscape: bool = True, **more: object) -> PaperChoice:
    """A poster's."""
    return PaperChoice(Sheet.POSTER, paper, landscape, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class HandmadeArea:
    """Of an answer, without any ground."""

    answer: MapAnswer
    choice: PaperChoice
    copy: int | None = None

    def scale(self, box: Box) -> int:
        window = area_window(self.answer, METRIC_CRS, box)
        return 1 if window is None else window.scale

    def draw(self, frame: DistrictFrame, *, bare: bool = False) -> PreparedSheet:
        del bare
        return district_sheet(
            self.answer,
            NO_GROUND,
            area_window(self.answer, METRIC_CRS, frame.map, self.choice.scale),
            frame,
            self.choice,
            shapes=SHAPES,
            walk_speed_m_per_min=WALK_M_PER_MIN,
            copy=self.copy,
        )


def drawn_poster(
    answer: MapAnswer, choice: PaperChoice | None = None, *, copy: int | None = None
) -> PreparedSheet:
    """The poster of an answer."""
    asked = choice or choice_of()
    area = HandmadeArea(answer, asked, copy)
    return poster_sheet(area, asked, stamped=answer.audience is not Audience.PUBLIC)


def tiled(answer: MapAnswer, choice: PaperChoice, *, copy: int | None = None) -> TiledSheet:
    """The same cut up."""
    assert choice.tile is not None
    return TiledSheet.of(drawn_poster(answer, choice, copy=copy), choice, choice.tile)
