"""In which terms a town is drawn on paper."""

from __future__ import annotations

import pytest

from geo.crs import plane_crs
from geo.database import TownDatabase
from geo.errors import AudienceError
from geo.model.audience import Audience, Medium
from geo.questions.paper_terms import PaperTerms, paper_terms


@pytest.mark.parametrize("audience", Audience)
def test_terms_are_the_same_for_everybody(squares: TownDatabase, audience: Audience) -> None:
    with squares.connect(audience, Medium.PRINT) as conn:
        terms = paper_terms(conn, audience=audience)
    assert terms == PaperTerms(plane_crs(8), walk_speed_m_per_min=60)


def test_the_views_of_the_screen_are_another_door(squares: TownDatabase) -> None:
    with squares.connect(Audience.PUBLIC, Medium.WEB) as conn, pytest.raises(AudienceError):
        paper_terms(conn, audience=Audience.PUBLIC)
