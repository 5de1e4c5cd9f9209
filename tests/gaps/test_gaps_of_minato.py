"""Nobody is lost in a whole town: みなと市 with its own streets, people and places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
import shapely
from gaps.drawn_streets import shape_of
from town_copy import ROOT, copy_of_town

from geo.coverage.gap_pieces import gap_pieces, piece_names
from geo.coverage.reach_raster import reach_outline
from geo.coverage.shading import DAYS, shaded_streets
from geo.crs import STORAGE_CRS, reproject, transformer
from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience
from geo.model.coverage_question import CoverageQuestion
from geo.model.people import PeopleBand
from geo.questions import WalkingShelf, coverage_map, revision
from geo.questions.walking_ground import PeopleGround, StreetGround
from geo.settings import Settings
from geo.store.reading.walk_rows import read_walk_town
from geo.walking.attaching import attach
from geo.walking.facility_table import FacilityTable
from geo.walking.walk_costs import WalkRules

pytestmark = pytest.mark.slow

LIMITS_DM = (2500, 5000, 7500)
"""5, 10 and 15 minutes at 50 m a minute."""


@dataclass(frozen=True)
class Walked:
    """The town, and how far every stretch and every home has to the nearest place."""

    ground: StreetGround
    people: PeopleGround
    metric_crs: str
    from_stretches: np.ndarray
    from_homes: np.ndarray


@pytest.fixture(scope="module")
def minato(
    tmp_path_factory: pytest.TempPathFactory,
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
) -> Walked:
    folder = copy_of_town(ROOT, tmp_path_factory.mktemp("minato"), "99886")
    database = make_town_database("99886", town=folder)
    load_town(make_settings(folder))
    shelf, audience = WalkingShelf(), Audience.PUBLIC
    with database.connect(audience) as conn:
        town, (_, today) = read_walk_town(conn), revision(conn)
        drawn = coverage_map(conn, CoverageQuestion(), audience=audience, today=today, shelf=shelf)
        ground, people = shelf.streets(conn, town), shelf.people(conn, town)
    assert people is not None
    lon, lat = np.array([(place.lon, place.lat) for place in drawn.places]).T
    x, y = transformer(STORAGE_CRS, town.metric_crs).transform(lon, lat)
    spots = attach(ground.streets, np.asarray(x), np.asarray(y), town.attach_limit_m)
    table = FacilityTable.build(ground.graph(WalkRules()), spots, LIMITS_DM[-1])
    every = np.ones(len(spots), dtype=bool)
    return Walked(
        ground,
        people,
        town.metric_crs,
        table.nearest(ground.stretches.spots, every),
        table.nearest(people.homes.spots, every),
    )


@pytest.mark.parametrize("limit", LIMITS_DM)
def test_people_of_gaps_and_in_reach_and_unknown_are_those_of_the_census(
    minato: Walked, limit: int
) -> None:
    homes, living = minato.people.homes, minato.people.people(PeopleBand.FROM_75)
    out_home = minato.from_homes > limit
    out_stretch = minato.from_stretches > limit
    found = gap_pieces(
        minato.ground.streets,
        minato.ground.stretches,
        homes,
        out_stretch=out_stretch,
        out_home=out_home,
        people=living,
    )
    assert np.isclose(np.nansum(living), 11_824)
    known = homes.spots.known
    told = found.people.sum() + np.nansum(living[~out_home & known]) + np.nansum(living[~known])
    assert np.isclose(told, 11_824)
    assert (found.piece[out_stretch] >= 0).all()
    assert len(found) > 10
    names = piece_names(found, homes, living, minato.people.names)
    assert all(names[piece] for piece in np.flatnonzero(found.people > 0))


def test_shaded_lines_are_all_the_streets(minato: Walked) -> None:
    """772 km of them, none twice, none left out."""
    ground = minato.ground
    nearest = np.repeat(minato.from_stretches[None], len(DAYS), axis=0)
    drawn = shaded_streets(
        ground.streets,
        ground.stretches,
        nearest,
        LIMITS_DM,
        limits=(5, 10, 15),
        metric_crs=minato.metric_crs,
    )
    lines = [shapely.LineString(np.reshape(line, (-1, 2))) for line in drawn.lines]
    metres = shapely.length(reproject(np.array(lines), STORAGE_CRS, minato.metric_crs))
    assert 772_000 < metres.sum() < 773_000
    assert {len(digits) for digits in drawn.shades.values()} == {len(lines)}
    shade = np.array([int(digit) for digit in drawn.shades["any"]])
    for limit in range(3):
        within = ground.stretches.length_m[minato.from_stretches <= LIMITS_DM[limit]].sum()
        assert np.isclose(metres[shade <= limit].sum(), within, rtol=1e-3)


@pytest.mark.parametrize("limit", LIMITS_DM)
def test_the_outline_holds_every_reached_stretch_of_the_town(minato: Walked, limit: int) -> None:
    stretches, reached = minato.ground.stretches, minato.from_stretches <= limit
    shape = shape_of(reach_outline(minato.ground.streets, stretches, reached))
    assert shape.is_valid
    shapely.prepare(shape)
    assert shapely.contains_xy(shape, stretches.x[reached], stretches.y[reached]).all()
    # For the eye only: some of what is out of reach lies within, beside a street in reach.
    assert shapely.contains_xy(shape, stretches.x[~reached], stretches.y[~reached]).mean() < 0.2
