"""Who could walk where: our search, table and attaching against named peers, both in one run.

Every engine is given the same streets in whole decimetres, the same places and the same limit, and
must give the same answer for every junction. Two peers answer otherwise by their nature: pandana
leaves out what is exactly at the limit, and pgRouting may miss a few junctions; both are counted
and said. No time is asserted; the table says what was met. A peer that is not installed is said to
be so; SciPy always is.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from bench.coverage.network_case import NetworkCase
from bench.coverage.pandana_peer import IS_INSTALLED, PandanaPeer
from bench.coverage.peer_graph import NOT_REACHED, Distances, said
from bench.coverage.pgrouting_peer import PgRoutingPeer, pgrouting
from bench.coverage.printed_table import heading, line, missing, remark
from bench.coverage.questions import (
    LIMIT_DM,
    Chosen,
    maps_of_sets,
    maps_of_single_layers,
)
from bench.coverage.real_streets import real_streets
from bench.coverage.rounds import in_turn, shortest
from bench.coverage.scipy_peer import ScipyPeer, whole_dm
from bench.coverage.synthetic_streets import homes_beside, synthetic_streets

from geo.cluster import Cluster
from geo.walking.attaching import attach
from geo.walking.facility_table import FacilityTable
from geo.walking.nearest_place import nearest_from_nodes
from geo.walking.walk_costs import WalkRules, walk_costs
from geo.walking.walk_graph import NEVER, pack_graph

TOWNS = {"porto": ("Porto", 200), "ube": ("宇部", 42)}
MADE = {100_000: 1_000, 1_000_000: 10_000}
PORTO_TOLD = (
    "as loaded: all pieces, a node wherever kind or name of a street changes. Of 71,512 nodes of the "
    "greatest piece 65,711 are true junctions; the first measurements (68,341) counted otherwise, "
    "how is not known"
)
SEED = 20261121
ROUNDS = 5
POINTS = 1_000_000
ATTACH_LIMIT_M = 200.0
OF_THE_MAPS = 15
"""SciPy answers every fifteenth of the 105 maps at a million junctions; its time is reckoned up."""


@pytest.fixture(scope="module")
def towns() -> dict[str, NetworkCase]:
    """The real towns whose files are here."""
    found = {}
    for folder, (name, places) in TOWNS.items():
        streets = real_streets(folder)
        if streets is not None:
            found[folder] = NetworkCase.of(name, streets, places, WalkRules.plain())
    return found


@pytest.fixture(scope="module")
def made() -> dict[int, NetworkCase]:
    """The synthetic networks, without slope."""
    return {
        nodes: NetworkCase.of("made", synthetic_streets(nodes, SEED), places, WalkRules.plain())
        for nodes, places in MADE.items()
    }


def ours_whole(found: npt.NDArray[np.uint32]) -> Distances:
    return np.where(found == NEVER, NOT_REACHED, found.astype(np.int64))


def searched(case: NetworkCase) -> npt.NDArray[np.uint32]:
    """Ours: one search from all places at once."""
    everywhere = np.ones(len(case.places), dtype=bool)
    return nearest_from_nodes(case.graph, case.places, everywhere, LIMIT_DM)


def test_nearest_place_of_every_junction(
    towns: dict[str, NetworkCase], made: dict[int, NetworkCase], cluster: Cluster
) -> None:
    """One question: from every junction to the nearest of all places, at most 15 minutes."""
    if not towns:
        print("\nPorto and 宇部: their files are not here (OTAKARA_REALDATA)")
    targets = {"porto": 4.0, "ube": None}
    for case, target in [
        *((case, targets[folder]) for folder, case in towns.items()),
        *((case, 2.5) for case in made.values()),
    ]:
        peer = ScipyPeer(case.peer)
        (ours, mine), (theirs, found) = in_turn(
            ROUNDS, lambda c=case: searched(c), lambda p=peer, c=case: p.nearest(c.junctions)
        )
        right = whole_dm(found)
        assert np.array_equal(ours_whole(mine), right)
        count, total = said(right)
        assert count > len(case.junctions)
        heading(f"Nearest place of every junction, 1,200 m. {case.title}")
        remark(f"{count:,} junctions reached, {total:,} dm in all")
        if case is towns.get("porto"):
            remark(PORTO_TOLD)
        line("geo.walking, one search", ours, ours)
        line(ScipyPeer.name, theirs, ours, target)
        if case is towns.get("porto"):
            _pandana(case, right, ours)
            _pgrouting(case, right, ours, cluster)


def _pandana(case: NetworkCase, right: Distances, ours: float) -> None:
    """Equal but for what is exactly at the limit, which it takes for nothing."""
    if not IS_INSTALLED:
        missing(PandanaPeer.name)
        return
    build, peer = shortest(2, lambda: PandanaPeer(case.peer))
    ((query, found),) = in_turn(3, peer.nearest)
    at_limit = right == LIMIT_DM
    expected = np.where(at_limit, NOT_REACHED, right)
    assert np.array_equal(peer.whole_dm(found), expected)
    told = f"equal but {int(at_limit.sum())} exactly at the limit"
    line(PandanaPeer.name, query, ours, 40, told)
    ((packing, _),) = in_turn(
        3, lambda: pack_graph(case.streets, walk_costs(case.streets, WalkRules.plain()))
    )
    line("  with its build, ours as well", build + query, packing + ours, 200, told)


def _pgrouting(case: NetworkCase, right: Distances, ours: float, cluster: Cluster) -> None:
    """A peer, never an oracle: it says how far it is off, and may be."""
    with pgrouting(cluster) as conn:
        if conn is None:
            missing(PgRoutingPeer.name)
            return
        peer = PgRoutingPeer(conn, case.peer)
        ((query, _),) = in_turn(2, peer.nearest)
        found = peer.whole_dm()
    lost = int(((found == NOT_REACHED) & (right != NOT_REACHED)).sum())
    longer = int((found > right).sum())
    assert not ((found != NOT_REACHED) & (found < right)).any(), "nobody finds a shorter walk"
    told = f"NOT exact: {lost} lost, {longer} too far" if lost or longer else "equal answer"
    line(PgRoutingPeer.name, query, ours, 80, told)


def test_nearest_place_uphill_and_down(towns: dict[str, NetworkCase]) -> None:
    """With slopes a street costs more one way than the other: the same search, turned round."""
    sloped = [("made", synthetic_streets(100_000, SEED), 1_000)]
    if "ube" in towns:
        sloped.append(("宇部", towns["ube"].streets, len(towns["ube"].junctions)))
    for name, streets, places in sloped:
        case = NetworkCase.of(name, streets, places, WalkRules())
        level = NetworkCase.of(name, streets, places, WalkRules.plain())
        peer = ScipyPeer(case.peer)
        (ours, mine), (flat, _), (theirs, found) = in_turn(
            ROUNDS,
            lambda c=case: searched(c),
            lambda c=level: searched(c),
            lambda p=peer, c=case: p.nearest(c.junctions),
        )
        assert (case.graph.there_dm != case.graph.back_dm).any()
        assert np.array_equal(ours_whole(mine), whole_dm(found))
        heading(f"The same with slopes, 1,200 m of level street. {case.title}")
        line("geo.walking, one search", ours, ours)
        line("geo.walking, all streets level", flat, ours, told="another answer")
        line(ScipyPeer.name, theirs, ours, 2.5)


def test_maps_of_layers_and_weekdays(
    towns: dict[str, NetworkCase], made: dict[int, NetworkCase]
) -> None:
    """105 maps out of one table, its making included, against one search for each map."""
    porto = [(towns["porto"], 10.0)] if "porto" in towns else []
    for case, target in [*porto, (made[100_000], 10.0), (made[1_000_000], 20.0)]:
        peer = ScipyPeer(case.peer)
        heading(f"105 layer x weekday maps of every junction, table included. {case.title}")
        for what, maps, wanted in (
            ("15 sets of 4 layers x 7 days", maps_of_sets(len(case.junctions)), target),
            ("15 layers, one at a time x 7 days", maps_of_single_layers(len(case.junctions)), None),
        ):
            _maps_against_searches(case, peer, maps, what, wanted)


def _maps_against_searches(
    case: NetworkCase,
    peer: ScipyPeer,
    maps: Chosen,
    what: str,
    target: float | None,
) -> None:
    is_large = case.streets.nodes > 500_000
    asked = [number for number in range(len(maps)) if not is_large or number % OF_THE_MAPS == 0]

    def ours() -> npt.NDArray[np.uint32]:
        return FacilityTable.build(case.graph, case.places, LIMIT_DM).nearest_nodes_many(maps)

    def theirs() -> list[npt.NDArray[np.float64]]:
        return [peer.nearest(case.junctions[maps[number]]) for number in asked]

    if is_large:
        (mine_s, mine), (theirs_s, found) = shortest(3, ours), shortest(2, theirs)
    else:
        (mine_s, mine), (theirs_s, found) = in_turn(3, ours, theirs)
    for number, one in zip(asked, found, strict=True):
        assert np.array_equal(ours_whole(mine[number]), whole_dm(one))
    told = f"equal answers, {maps.sum(axis=1).mean():,.0f} places a map"
    if len(asked) < len(maps):
        told += f"; {len(asked)} maps timed"
    line(f"geo.walking, {what}", mine_s, mine_s, told="")
    line(f"{ScipyPeer.name}, each map", theirs_s * len(maps) / len(asked), mine_s, target, told)


def test_attaching_a_million_points(towns: dict[str, NetworkCase]) -> None:
    """The nearest street of a million homes: the peer knows no limit, so all lie within it."""
    if "porto" not in towns:
        print("\nAttaching: the file of Porto is not here (OTAKARA_REALDATA)")
        return
    streets = towns["porto"].greatest_piece
    x, y = homes_beside(streets, POINTS)
    lines = shapely.linestrings(
        streets.x, streets.y, indices=np.repeat(np.arange(streets.edges), np.diff(streets.first))
    )

    def theirs() -> npt.NDArray[np.int64]:
        return np.asarray(shapely.STRtree(lines).nearest(shapely.points(x, y)))

    attach(streets, x[:10], y[:10], ATTACH_LIMIT_M)  # compiled
    ours_s, spots = shortest(3, lambda: attach(streets, x, y, ATTACH_LIMIT_M))
    theirs_s, found = shortest(2, theirs)
    away = shapely.distance(lines[found], shapely.points(x, y))
    assert spots.known.all()
    assert np.abs(spots.away_m - away).max() < 1e-6
    heading(f"Attaching {POINTS:,} points to {streets.edges:,} streets of Porto's greatest piece")
    line("geo.walking, grid and all", ours_s, ours_s)
    line("shapely STRtree.nearest, tree and all", theirs_s, ours_s, 8, "0 difference")


def test_a_million_junctions_and_ten_thousand_places() -> None:
    """In a process of its own, whose greatest memory is the kernel's own figure."""
    run = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "coverage/million.py"), str(SEED)],
        capture_output=True,
        text=True,
        check=True,
        timeout=280,
    )
    told = json.loads(run.stdout)
    print(f"\n{told['junctions']:,} junctions, {told['places']:,} places, a process of its own")
    for what, took in told["seconds"].items():
        print(f"  {what:46}{took:>8.2f} s")
    print(f"  {'rows of the table':46}{told['rows']:>10,}")
    print(f"  {'in all, without making the streets':46}{told['asked_s']:>8.2f} s   goal 60 s")
    print(f"  {'peak memory':46}{told['peak_mb']:>7,.0f} MB   goal 2,048 MB")
    assert told["reached"] > 0
