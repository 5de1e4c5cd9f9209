"""宇部市: how far its people live from its 42 halls and schools, with its slopes and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import text

from geo.errors import NotFoundError
from geo.model.audience import Audience
from geo.model.coverage_answer import CoverageAnswer
from geo.model.coverage_question import CoverageQuestion
from geo.model.people import PeopleBand
from geo.questions import WalkingShelf, coverage, gaps
from geo.questions.coverage_export import method_lines

if TYPE_CHECKING:
    from conftest import LoadedTown

pytestmark = pytest.mark.realdata

HALLS = ("evacuation_facility",)


@pytest.fixture(scope="module")
def shelf() -> WalkingShelf:
    return WalkingShelf()


def ask(ube: LoadedTown, shelf: WalkingShelf, **words: object) -> CoverageAnswer:
    question = CoverageQuestion(layers=HALLS, **words)  # type: ignore[arg-type]
    with ube.database.connect(Audience.PUBLIC) as conn:
        today = conn.execute(text("SELECT today FROM town")).scalar_one()
        return coverage(conn, question, audience=Audience.PUBLIC, today=today, shelf=shelf)


def test_slopes_take_time(ube: LoadedTown, shelf: WalkingShelf) -> None:
    """Everybody at 80 m a minute: 400, 800 and 1,200 m of level street."""
    sloped, level = ask(ube, shelf), ask(ube, shelf, slope=False)
    assert sloped.layers[0].count == 42
    assert sloped.off_streets == 0
    (with_slope,), (without,) = sloped.areas, level.areas
    assert dict(with_slope.figure.covered) == {5: 17_823, 10: 61_063, 15: 82_424}
    assert dict(without.figure.covered) == {5: 19_581, 10: 63_197, 15: 85_212}
    # In metres steps are no longer than they are.
    metres = ask(ube, shelf, limits_m=(400, 800, 1200)).areas[0].figure.covered
    assert all(metres[80 * limit] >= people for limit, people in without.figure.covered.items())


def test_the_streets_without_a_slope_are_said(ube: LoadedTown, shelf: WalkingShelf) -> None:
    """46 of the 30,750 rows of the source lack a height at one end, by its own note. Both directions
    are one street here, and an end gets the height that another row tells of it: 14 streets are left
    with an end of which no row tells. They are reckoned level.
    """
    method = ask(ube, shelf).method
    assert (method.uses_slope, method.edges_without_slope) == (True, 14)
    assert (
        "坂は高さの差から考えに入れています（高さがわからない14本の道は平らとしました）。"
        in method_lines(method)[1]
    )
    with ube.database.connect(Audience.PUBLIC) as conn:
        lost = conn.execute(
            text(
                "SELECT count(*) FROM street_edge e WHERE EXISTS (SELECT 1 FROM street_node n"
                " WHERE n.id IN (e.from_node, e.to_node) AND n.height_m IS NULL)"
            )
        ).scalar_one()
    assert lost == 14
    level = ask(ube, shelf, slope=False).method
    assert (level.uses_slope, level.edges_without_slope) == (False, 0)


def test_whoever_lives_off_the_streets_is_unknown(ube: LoadedTown, shelf: WalkingShelf) -> None:
    """The streets are those of the centre of the city: 183 of the 471 centres of its census, with
    60,229 of its 169,429 people, lie farther than 300 m from any of them.
    """
    (city,) = ask(ube, shelf).areas
    assert (city.figure.people, city.figure.unknown) == (169_429, 60_229)
    with ube.database.connect(Audience.PUBLIC) as conn, shelf.lock:
        from geo.store.reading.walk_rows import read_walk_town

        people = shelf.people(conn, read_walk_town(conn))
    assert people is not None
    assert len(people.homes) == 471
    assert np.count_nonzero(~people.homes.spots.known) == 183
    covered = city.figure.covered[15]
    assert covered is not None
    assert covered <= 169_429 - 60_229


def test_ages_nobody_told_are_refused(ube: LoadedTown, shelf: WalkingShelf) -> None:
    """The town's own band, 65 and over, is not known: everybody is counted, and it is said."""
    answer = ask(ube, shelf)
    assert answer.band is PeopleBand.EVERYBODY
    assert set(answer.areas[0].bands) == {PeopleBand.EVERYBODY}
    with pytest.raises(NotFoundError) as refused:
        ask(ube, shelf, band=PeopleBand.FROM_65)
    assert refused.value.message_ja == "65歳以上の人数は、この町の表にありません。"


def test_gaps_hold_everybody_out_of_reach(ube: LoadedTown, shelf: WalkingShelf) -> None:
    """The people of the gaps are those known less those covered; 1 to 9 are said of none."""
    question = CoverageQuestion("municipality", "35202", layers=HALLS)
    with ube.database.connect(Audience.PUBLIC) as conn:
        today = conn.execute(text("SELECT today FROM town")).scalar_one()
        found = gaps(conn, question, audience=Audience.PUBLIC, today=today, shelf=shelf)
    figure = found.coverage.areas[0].figure
    told = [gap.people for gap in found.gaps if gap.people is not None]
    untold = sum(gap.people is None for gap in found.gaps)
    out_of_reach = 169_429 - 60_229 - (figure.covered[10] or 0)
    assert min(told) >= 10
    # What is not told are at least two gaps, of ten people or more together.
    assert untold >= 2
    assert out_of_reach - sum(told) >= 10
    lats = [gap.lat for gap in found.gaps]
    assert lats == sorted(lats, reverse=True)  # an order that says nothing
    assert found.unvisited is None
