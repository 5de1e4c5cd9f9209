"""The town of squares with streets and people, and towns made of it by changing a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from clocked_town import TODAY, ClockedTown
from town_copy import copy_of_squares

from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.model.coverage_answer import AreaCoverage, CoverageAnswer
from geo.model.coverage_map import CoverageMap
from geo.model.coverage_question import CoverageQuestion
from geo.model.gap_answer import GapAnswer
from geo.questions import WalkingShelf, coverage, coverage_map, gaps, reach_outline
from geo.settings import Settings


class WalkTown(ClockedTown):
    """Asked who can walk where."""

    def ask(
        self,
        question: Callable[..., Any],
        audience: Audience = Audience.PUBLIC,
        medium: Medium = Medium.WEB,
        shelf: WalkingShelf | None = None,
        today: date = TODAY,
        **words: Any,
    ) -> Any:
        """Ask one of the questions."""
        with self.database.connect(audience, medium) as conn:
            return question(
                conn,
                CoverageQuestion(**words),
                audience=audience,
                medium=medium,
                today=today,
                shelf=shelf,
            )

    def coverage(self, *given: Any, **words: Any) -> CoverageAnswer:
        """The answer for an audience, だれでも without one."""
        answer = self.ask(coverage, *given, **words)
        assert isinstance(answer, CoverageAnswer)
        return answer

    def area(self, where: str, *given: Any, **words: Any) -> AreaCoverage:
        """The figures of one area, ``level/code``."""
        level, code = where.split("/")
        (found,) = self.coverage(*given, level=level, code=code, **words).areas
        return found

    def map(self, *given: Any, **words: Any) -> CoverageMap:
        """The shaded streets."""
        shaded = self.ask(coverage_map, *given, **words)
        assert isinstance(shaded, CoverageMap)
        return shaded

    def gaps(self, where: str, *given: Any, **words: Any) -> GapAnswer:
        """The gaps of one area."""
        level, code = where.split("/")
        found = self.ask(gaps, *given, level=level, code=code, **words)
        assert isinstance(found, GapAnswer)
        return found

    def reach(self, *given: Any, **words: Any) -> dict[str, Any]:
        """The outline of what is within reach."""
        outline = self.ask(reach_outline, *given, **words)
        assert isinstance(outline, dict)
        return outline


OpenSquares = Callable[..., WalkTown]


@pytest.fixture(scope="session")
def open_squares(
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
    tmp_path_factory: pytest.TempPathFactory,
) -> OpenSquares:
    """``open_squares(code, load=True)``: a town of squares of one's own."""

    def open_(code: str, *, load: bool = True) -> WalkTown:
        folder = copy_of_squares(tmp_path_factory.mktemp("walk") / "town", code)
        town = WalkTown(make_town_database(code, town=folder), make_settings(folder), folder)
        if load:
            town.load()
        return town

    return open_


@pytest.fixture(scope="session")
def squares(open_squares: OpenSquares) -> Iterator[WalkTown]:
    """As its files tell it; read only."""
    town = open_squares("99895")
    yield town
    town.database.dispose()


@pytest.fixture
def own_squares(open_squares: OpenSquares) -> Iterator[WalkTown]:
    """Not loaded yet, to be changed first."""
    town = open_squares("99896", load=False)
    yield town
    town.database.dispose()
