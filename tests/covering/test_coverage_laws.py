"""What holds for coverage whatever the places, the people and the areas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from towns.square_streets import town_streets
from towns.square_walks import LIMITS_DM, Place, book_of, counted, lying_of, town_homes

from geo.coverage.counting import Counted, count_level
from geo.coverage.day_walks import walk_days
from geo.coverage.in_areas import areas_of
from geo.coverage.lying import lying_in
from geo.walking.facility_table import FacilityTable
from geo.walking.walk_costs import WalkRules, walk_costs
from geo.walking.walk_graph import pack_graph

days = st.frozensets(st.integers(0, 6), max_size=3)
places = st.builds(
    Place,
    st.floats(-200, 2200).map(lambda x: round(x, 1)),
    st.floats(-200, 2200).map(lambda y: round(y, 1)),
    every=days,
    some=days,
    members_only=st.booleans(),
    transport=st.booleans(),
)
lists_of_places = st.lists(places, max_size=5)
people = st.lists(st.one_of(st.floats(0, 1000), st.just(np.nan)), min_size=64, max_size=64).map(
    lambda numbers: np.array(numbers).reshape(16, 4)
)
levels = st.sampled_from(["quarter", "strip", "cell"])
laws = settings(max_examples=60, deadline=None)


def drawn(level: str) -> slice:
    """Areas that somebody has drawn: all but s6."""
    return slice(0, 5) if level == "strip" else slice(None)


@laws
@given(lists_of_places, people, levels)
def test_everybody_is_counted_once_in_every_level(
    found: list[Place], counts: np.ndarray, level: str
) -> None:
    """The areas that are drawn are the whole town: their people are the town's; and what is open to
    everybody covers as many whatever the level is."""
    open_to_all = [replace(place, members_only=False) for place in found]
    whole = counted(open_to_all, level, counts=counts)
    town = counted(open_to_all, "cell", counts=counts)
    told = drawn(level)
    assert whole.people[told].sum(axis=0) == pytest.approx(np.nansum(counts, axis=0))
    for one, other in (
        (whole.sets, town.sets),
        (whole.unknown, town.unknown),
        (whole.open_days, town.open_days),
    ):
        assert one[told].sum(axis=0) == pytest.approx(other.sum(axis=0), abs=1e-6)


@laws
@given(lists_of_places, people, levels)
def test_figures_hold_each_other(found: list[Place], counts: np.ndarray, level: str) -> None:
    """Known and unknown make the people; the open days add up to those known, and weighted to the sum
    of the weekdays; every week lies in some weeks; a longer limit holds a shorter one."""
    one = counted(found, level, counts=counts)
    known = one.sets[..., 0]
    assert known + one.unknown == pytest.approx(one.people)
    assert one.open_days.sum(axis=2) == pytest.approx(known)
    assert (one.open_days * np.arange(8)).sum(axis=2) == pytest.approx(one.every.sum(axis=2))
    assert (one.some - one.every).min() >= -1e-9
    assert np.diff(one.covered, axis=2).min() >= -1e-9
    assert (known[..., None] - one.sets).min() >= -1e-9
    inner, outer = one.sets[..., :, None], one.sets[..., None, :]
    assert (np.where(one.holds, outer - inner, 0.0) >= -1e-9).all()


@laws
@given(lists_of_places, places, people, levels, st.sampled_from([None, 0, 3]))
def test_one_more_place_never_takes_any_away(
    found: list[Place], more: Place, counts: np.ndarray, level: str, weekday: int | None
) -> None:
    before = counted(found, level, counts=counts, weekday=weekday)
    after = counted([*found, more], level, counts=counts, weekday=weekday)
    assert (after.sets - before.sets).min() >= -1e-9
    assert (after.seen >= before.seen).all()
    assert (after.open_days[..., 0] <= before.open_days[..., 0] + 1e-9).all()
    assert (after.unknown == before.unknown).all()


@laws
@given(lists_of_places, people, levels, st.integers(0, 12000))
def test_a_longer_limit_never_takes_any_away(
    found: list[Place], counts: np.ndarray, level: str, more_dm: int
) -> None:
    before = counted(found, level, counts=counts)
    after = counted(found, level, counts=counts, limits_dm=LIMITS_DM + more_dm)
    assert (after.sets - before.sets).min() >= -1e-9


@laws
@given(lists_of_places, people, levels)
def test_who_may_come_alone_never_takes_any_away(
    found: list[Place], counts: np.ndarray, level: str
) -> None:
    """A place that opens for everybody has at least the people it had when it was for members."""
    closed = counted(found, level, counts=counts)
    opened = counted([replace(place, members_only=False) for place in found], level, counts=counts)
    assert (opened.sets - closed.sets).min() >= -1e-9


@laws
@given(lists_of_places, people, st.permutations(range(5)))
def test_the_order_of_places_says_nothing(
    found: list[Place], counts: np.ndarray, order: list[int]
) -> None:
    mixed = [found[n] for n in order if n < len(found)]
    one, other = counted(found, counts=counts), counted(mixed, counts=counts)
    assert one.sets == pytest.approx(other.sets)
    assert (one.holds == other.holds).all()


def slowly(
    found: list[Place], counts: np.ndarray, level: str, limits_dm: np.ndarray, sentence: int
) -> tuple[np.ndarray, np.ndarray]:
    """Covered and open days, asked home by home of every pair of a home and a place."""
    homes, book = town_homes(), book_of(found)
    graph = pack_graph(town_streets(), walk_costs(town_streets(), WalkRules()))
    table = FacilityTable.build(graph, book.spots, int(limits_dm.max()))
    home, place, dm = table.pairs(homes.spots, np.ones(len(found), dtype=bool))
    lying = lying_of(homes.x, homes.y, level)
    of_place = lying_of(np.array([p.x for p in found]), np.array([p.y for p in found]), level)
    areas_of_place = [set(of_place.area[of_place.item == n].tolist()) for n in range(len(found))]
    near: dict[int, list[tuple[int, int]]] = {}
    for h, p, d in zip(home.tolist(), place.tolist(), dm.tolist(), strict=True):
        near.setdefault(h, []).append((p, d))
    covered = np.zeros((lying.areas, 4, limits_dm.shape[1]))
    open_days = np.zeros((lying.areas, 4, 8))
    for h, area in zip(lying.item.tolist(), lying.area.tolist(), strict=True):
        mine = [
            (p, d)
            for p, d in near.get(h, [])
            if not found[p].members_only or area in areas_of_place[p]
        ]
        for band in range(4):
            who = np.nan_to_num(counts[homes.cell[h], band]) * homes.share[h]
            for n, limit in enumerate(limits_dm[band].tolist()):
                covered[area, band, n] += who * any(d <= limit for _, d in mine)
            reached = {
                day for p, d in mine if d <= limits_dm[band, sentence] for day in found[p].every
            }
            open_days[area, band, len(reached)] += who
    return covered, open_days


@settings(max_examples=25, deadline=None)
@given(lists_of_places, people, levels, st.integers(0, 2))
def test_as_asking_home_by_home(
    found: list[Place], counts: np.ndarray, level: str, sentence: int
) -> None:
    one = counted(found, level, counts=counts, sentence=sentence)
    covered, open_days = slowly(found, counts, level, LIMITS_DM, sentence)
    assert one.covered == pytest.approx(covered)
    assert one.open_days == pytest.approx(open_days)


@laws
@given(st.lists(st.tuples(*[st.integers(-100, 2100)] * 4), min_size=1, max_size=6), places)
def test_people_outside_of_every_area_are_nobodys(
    corners: list[tuple[int, int, int, int]], place: Place
) -> None:
    """Areas that overlap and leave gaps: they and nowhere have the town's people, and its covered."""
    place = replace(place, members_only=False)
    outlines = [box(min(a, c), min(b, d), max(a, c) + 1, max(b, d) + 1) for a, b, c, d in corners]
    homes, book = town_homes(), book_of([place])
    counts = np.tile([10.0, 10.0, 5.0, np.nan], (16, 1))
    graph = pack_graph(town_streets(), walk_costs(town_streets(), WalkRules()))
    table = FacilityTable.build(graph, book.spots, int(LIMITS_DM.max()))
    everything = np.ones(1, dtype=bool)
    walks = walk_days(table, homes.spots, book, everything, everything)
    of_home = areas_of(homes.x, homes.y, outlines)
    of_home[of_home < 0] = len(outlines)
    nowhere = np.array([0], dtype=np.int32)

    def count(lying_areas: np.ndarray, areas: int) -> Counted:
        lying = lying_in(lying_areas, areas)
        return count_level(
            homes, counts, walks, lying, lying_in(nowhere, areas), book.transport, LIMITS_DM, 1
        )

    parts, town = count(of_home, len(outlines) + 1), count(np.zeros(len(homes), np.int32), 1)
    assert parts.people.sum(axis=0) == pytest.approx(town.people[0])
    assert parts.sets.sum(axis=0) == pytest.approx(town.sets[0])
