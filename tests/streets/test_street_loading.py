"""Streets are loaded with the town: by edition, all or nothing, and only when they differ."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.errors import LoadRefusedError
from geo.loading import is_loaded
from geo.model.audience import Audience
from tests.streets.street_town import (
    SOUTH,
    STEP,
    WEST,
    StreetTown,
    alone,
    grid,
    station,
    write_ward,
)

READS = "道を読んでいます"
DRAWS = "地図の絵を"


def test_a_grid_becomes_junctions_edges_shapes_and_names(town: StreetTown) -> None:
    town.write([*grid(5), alone(7000), station("みなと駅")])
    answer = town.load()
    found = answer.streets
    assert found is not None
    assert (found.nodes, found.edges, found.components) == (25 + 2, 40 + 1, 2)
    assert found.largest_share == pytest.approx(25 / 27)
    assert answer.as_json()["streets"] == {"nodes": 27, "edges": 41}
    [row] = town.owned(
        "SELECT nodes, edges, length_m, components, west, south, east, north FROM town.streets"
    )
    # 40 pieces of a thousandth of a degree: 91.5 m to the east, 110.9 m to the north.
    assert row[:2] == (27, 41)
    assert row[2] == pytest.approx(20 * 91.5 + 20 * 110.9 + 91.5, rel=0.002)
    assert row[3] == 2
    assert row[4:] == pytest.approx((WEST - 0.01, SOUTH - 0.007, WEST + 4 * STEP, SOUTH + 4 * STEP))
    edges = town.seen("SELECT from_node, to_node, length_m, name FROM street_edge")
    assert len(edges) == 41
    assert {name for *_, name in edges} == {*(f"通り{n}" for n in range(5)), None}
    assert town.seen("SELECT count(*), count(height_m), max(component) FROM street_node") == [
        (27, 0, 1)
    ]
    assert ("station", "みなと駅", 11) in town.seen("SELECT kind, name, min_zoom FROM ground_label")
    assert town.seen(
        "SELECT DISTINCT layer, kind FROM ground_shape WHERE band = 4 ORDER BY kind"
    ) == [
        ("street", "4"),
        ("street", "7"),
    ]
    assert town.seen("SELECT streets_title, streets_source, streets_as_of::text FROM town") == [
        ("道と地形", "試験", "2026-01-01")
    ]


def test_what_is_stored_lies_where_it_lies(town: StreetTown) -> None:
    """Every edge begins and ends at its nodes; edges in numbers of some ten thousands."""
    town.write(grid(110))
    answer = town.load()
    assert answer.streets is not None
    assert answer.streets.edges == 2 * 110 * 109
    nodes = {id_: (lon, lat) for id_, lon, lat in town.seen("SELECT id, lon, lat FROM street_node")}
    rows = town.seen(
        "SELECT id, from_node, to_node, ST_AsBinary(geom) FROM street_edge ORDER BY id"
    )
    assert [row[0] for row in rows] == list(range(len(rows)))
    lines = shapely.from_wkb([bytes(row[3]) for row in rows])
    ends = np.array([(*nodes[start], *nodes[stop]) for _, start, stop, _ in rows])
    first = shapely.get_coordinates(shapely.get_point(lines, 0))
    last = shapely.get_coordinates(shapely.get_point(lines, -1))
    assert np.array_equal(np.hstack((first, last)), ends)


def test_the_same_files_are_not_even_read(town: StreetTown) -> None:
    town.write(grid(4))
    assert any(sentence.startswith(READS) for sentence in town.told())
    before = town.state()
    assert is_loaded(town.settings)
    told = town.told()
    assert not [s for s in told if s.startswith((READS, DRAWS))]
    assert town.state() == before
    answer = town.load()
    assert answer.streets is not None
    assert (answer.streets.nodes, answer.streets.is_new) == (16, False)
    assert town.seen("SELECT revision FROM town") == [(1,)]


def test_other_bytes_another_setting_or_another_title_are_read(town: StreetTown) -> None:
    town.write(grid(4))
    town.load()
    town.write(grid(5))
    assert not is_loaded(town.settings)
    assert town.load().as_json()["streets"] == {"nodes": 25, "edges": 40}
    town.write(grid(5), title="みち")
    town.load()
    town.write_town("EPSG:32654")  # another system measures: lengths differ
    assert any(s.startswith(READS) for s in town.told())
    assert town.seen("SELECT streets_title FROM town") == [("みち",)]
    assert town.owned("SELECT count(*) FROM town.edition WHERE kind = 'streets'") == [(4,)]
    assert town.seen("SELECT revision FROM town") == [(4,)]
    assert town.seen("SELECT count(*) FROM street_node") == [(25,)]


def test_older_streets_are_history_and_never_current(town: StreetTown) -> None:
    town.write(grid(5), as_of="2026-04-01")
    town.load()
    shown = town.seen("SELECT * FROM town")
    town.write(grid(3), as_of="2025-04-01")
    for _ in range(2):  # the second time the backfill is there already
        answer = town.load()
        assert answer.streets is not None
        assert answer.streets.is_backfill
        assert answer.as_json()["streets"] == {"nodes": 25, "edges": 40}
        assert answer.as_json()["backfilled"] == ["streets"]
        assert town.seen("SELECT * FROM town") == shown
        assert town.owned("SELECT count(*) FROM town.edition WHERE kind = 'streets'") == [(2,)]
    assert town.owned("SELECT count(*) FROM town.street_node") == [(25 + 9,)]
    assert town.seen("SELECT count(*) FROM street_node") == [(25,)]


def test_a_correction_of_the_same_date_becomes_current(town: StreetTown) -> None:
    town.write(grid(5))
    town.load()
    town.write(grid(3))
    assert town.load().as_json()["streets"] == {"nodes": 9, "edges": 12}
    town.write(grid(5))
    assert town.load().as_json()["streets"] == {"nodes": 25, "edges": 40}


def test_streets_that_leave_are_kept_as_history_and_may_come_back(town: StreetTown) -> None:
    town.write([*grid(4), station("駅")])
    town.load()
    town.manifest.unlink()
    (town.folder / "layers").mkdir()
    (town.folder / "boundaries" / "empty").mkdir()
    with pytest.raises(LoadRefusedError):  # a town of nothing is a mistake
        town.load()
    (town.folder / "boundaries" / "empty").rmdir()
    write_ward(town.folder)
    answer = town.load()
    assert answer.streets is not None
    assert answer.streets.is_ended
    assert answer.as_json()["streets"] == {"nodes": 0, "edges": 0}
    for view in ("ground_shape", "ground_label", "street_node", "street_edge"):
        assert town.seen(f"SELECT count(*) FROM {view}") == [(0,)], view
    assert town.seen("SELECT streets_edition, streets_title FROM town") == [(None, None)]
    assert town.owned("SELECT count(*) FROM town.street_node") == [(16,)]
    assert town.load().streets is None
    revision = town.seen("SELECT revision FROM town")
    assert revision == [(2,)]
    town.write([*grid(4), station("駅")])
    assert town.load().as_json()["streets"] == {"nodes": 16, "edges": 24}
    assert town.seen("SELECT count(*) FROM street_node") == [(16,)]


def test_a_town_that_never_had_streets_says_nothing_of_them(town: StreetTown) -> None:
    write_ward(town.folder)
    (town.folder / "layers").mkdir()
    answer = town.load()
    assert answer.streets is None
    assert answer.as_json()["streets"] == {"nodes": 0, "edges": 0}
    assert town.load().streets is None
    assert town.seen("SELECT revision FROM town") == [(1,)]


def test_a_dry_run_reads_and_writes_nothing(town: StreetTown) -> None:
    town.write(grid(4))
    town.load()
    before = town.state()
    town.write(grid(6))
    said: list[str] = []
    answer = town.load(dry_run=True, progress=said.append)
    assert answer.streets is not None
    assert (answer.streets.nodes, answer.streets.edges) == (36, 60)
    assert any(s.startswith(READS) for s in said)
    assert town.state() == before


def test_everybody_sees_the_same_streets(town: StreetTown) -> None:
    town.write(grid(4))
    town.load()
    for view in ("street_node", "street_edge", "ground_shape", "ground_label"):
        query = f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {view} t"
        assert len({town.seen(query, audience)[0] for audience in Audience}) == 1, view


def test_tiles_of_another_program_are_made_again(town: StreetTown) -> None:
    town.write(grid(4))
    town.load()
    editions = town.owned("SELECT * FROM town.edition")
    with town.database.owner() as conn:
        conn.exec_driver_sql("UPDATE town.derivation SET version = 0 WHERE name = 'ground'")
        conn.exec_driver_sql("DELETE FROM town.ground_tile_shape")
    told = town.told()
    assert not [s for s in told if s.startswith(READS)]
    assert [s for s in told if s.startswith(DRAWS)]
    assert town.owned("SELECT * FROM town.edition") == editions
    assert town.seen("SELECT count(*) > 0 FROM ground_shape") == [(True,)]
    assert town.seen("SELECT revision FROM town") == [(2,)]
