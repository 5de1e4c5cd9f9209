"""Seats shared among those who could walk to them: by hand, and as pysal's access has it."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from towns.square_streets import town_streets
from towns.square_walks import Place, book_of, lying_of, town_homes

from geo.coverage.catchment import ZONE_WEIGHTS, Catchment, catchment, seats_of_areas
from geo.walking.facility_table import FacilityTable
from geo.walking.walk_costs import WalkRules, walk_costs
from geo.walking.walk_graph import pack_graph

ZONES_DM = (2500, 5000, 7500)


def table_of(places: list[Place], limit_dm: int = 7500) -> FacilityTable:
    graph = pack_graph(town_streets(), walk_costs(town_streets(), WalkRules()))
    return FacilityTable.build(graph, book_of(places).spots, limit_dm)


def shared(
    places: list[Place], capacity: list[float], *, people: float = 5.0
) -> tuple[Catchment, np.ndarray]:
    homes = town_homes()
    each = homes.share * people
    everything = np.ones(len(places), dtype=bool)
    found = catchment(table_of(places), homes.spots, each, np.array(capacity), everything, ZONES_DM)
    return found, each


def test_one_hall_by_hand() -> None:
    """茶1 in A1 has 20 seats; five people 75+ live in every square. Within 250 m: A1's 5, weight 1.
    Within 500 m: ten of thirty stretches of B1 and of A2, 5/3 each, weight 0.68. Within 750 m: the
    other twenty of B1 and of A2, 10/3 each, weight 0.22. So 5 + 0.68 * 10/3 + 0.22 * 20/3 =
    8.7333 weighed people, and 20 / 8.7333 = 2.2901 seats for one of A1; 0.68 and 0.22 of that
    farther on. On the average a person of A1 has 2.2901; of q1, weighed people times seats are the
    20 seats themselves, over 20 people: 1."""
    found, people = shared([Place(250, 250)], [20])
    assert found.seats_per_person == pytest.approx([20 / 8.733333], rel=1e-6)
    homes = town_homes()
    cells = seats_of_areas(found, people, lying_of(homes.x, homes.y, "cell"))
    assert cells[0] == pytest.approx(2.290076, rel=1e-6)
    assert cells[1] == pytest.approx(2.290076 * (0.68 * 10 + 0.22 * 20) / 30, rel=1e-6)
    assert cells[5] == 0.0  # B2
    quarters = seats_of_areas(found, people, lying_of(homes.x, homes.y, "quarter"))
    assert quarters == pytest.approx([1.0, 0, 0, 0])


def test_a_hall_whose_seats_nobody_counted_is_left_out() -> None:
    alone, _ = shared([Place(250, 250)], [20])
    beside, _ = shared([Place(250, 250), Place(750, 250)], [20, np.nan])
    assert beside.seats.tolist() == alone.seats.tolist()
    assert np.isnan(beside.seats_per_person[1])


def test_a_hall_with_nobody_around_offers_nothing_to_nobody() -> None:
    found, _ = shared([Place(250, 250)], [20], people=0.0)
    assert np.isnan(found.seats_per_person[0])
    assert found.seats.max() == 0.0


def test_zones_that_mean_nothing_are_refused() -> None:
    table, homes = table_of([Place(250, 250)]), town_homes()
    one, seats, chosen = homes.share, np.array([20.0]), np.array([True])
    with pytest.raises(ValueError, match="ascend"):
        catchment(table, homes.spots, one, seats, chosen, (500, 500, 700))
    with pytest.raises(ValueError, match="ascend"):
        catchment(table, homes.spots, one, seats, chosen, (500,))
    with pytest.raises(ValueError, match="before the last zone"):
        catchment(table, homes.spots, one, seats, chosen, (2500, 5000, 7501))


halls = st.lists(
    st.tuples(
        st.sampled_from([250.0, 430.0, 750.0, 1250.0, 1750.0]),
        st.sampled_from([250.0, 750.0, 1250.0, 1750.0]),
        st.integers(1, 200),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(halls, st.lists(st.integers(1, 500), min_size=16, max_size=16))
def test_as_pysal_has_it(found_halls: list[tuple[float, float, int]], squares: list[int]) -> None:
    """The same weights, costs, seats and people: the same seats for every home."""
    import pandas as pd
    from access import Access, weights

    places = [Place(x, y) for x, y, _ in found_halls]
    capacity = np.array([float(seats) for *_, seats in found_halls])
    homes, table = town_homes(), table_of(places)
    people = homes.share * np.array(squares, dtype=float)[homes.cell]
    every = np.ones(len(places), dtype=bool)
    ours = catchment(table, homes.spots, people, capacity, every, ZONES_DM)

    home, place, dm = table.pairs(homes.spots, every)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of homes without a place
        peer = Access(
            demand_df=pd.DataFrame({"home": np.arange(len(homes)), "people": people}),
            demand_index="home",
            demand_value="people",
            supply_df=pd.DataFrame({"place": np.arange(len(places)), "seats": capacity}),
            supply_index="place",
            supply_value="seats",
            cost_df=pd.DataFrame({"home": home, "place": place, "dm": dm.astype(np.int64)}),
            cost_origin="home",
            cost_dest="place",
            cost_name="dm",
        )
        theirs = peer.enhanced_two_stage_fca(
            cost="dm",
            max_cost=ZONES_DM[-1],
            weight_fn=weights.step_fn(dict(zip(ZONES_DM, ZONE_WEIGHTS, strict=True))),
        )
    wanted = theirs["e2sfca_seats"].reindex(np.arange(len(homes))).fillna(0.0).to_numpy()
    assert ours.seats == pytest.approx(wanted, rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(halls)
def test_every_seat_is_handed_out_once(found_halls: list[tuple[float, float, int]]) -> None:
    places = [Place(x, y) for x, y, _ in found_halls]
    found, people = shared(places, [float(seats) for *_, seats in found_halls])
    assert (found.seats * people).sum() == pytest.approx(sum(seats for *_, seats in found_halls))
