"""A load of streets that is killed leaves the old streets; a saved town has its streets again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from own_clusters import folder_of_clusters

from geo.cluster import Cluster
from geo.cluster.backup import backup, restore
from geo.database import TownDatabase
from geo.settings import Settings
from tests.streets.street_town import StreetTown, grid, station

CODE = "99853"


@pytest.fixture
def doomed(
    tmp_path: Path,
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
) -> StreetTown:
    database = make_town_database(CODE, town=tmp_path)
    found = StreetTown(tmp_path, make_settings(tmp_path), database)
    found.write_town()
    return found


@pytest.mark.parametrize(
    "moment", ["道を書き込んでいます", "地図を読んでいます", "地図の絵を", "5段のうち5段め"]
)
def test_a_load_killed_in_the_middle_leaves_the_old_streets(
    doomed: StreetTown, cluster: Cluster, moment: str
) -> None:
    doomed.write([*grid(4), station("前の駅")])
    doomed.load()
    before = doomed.state()
    doomed.write([*grid(120), station("次の駅")], as_of="2026-02-01")
    environ = {k: v for k, v in os.environ.items() if not k.startswith("OTAKARA_")}
    environ |= {"OTAKARA_CLUSTER": str(cluster.folder), "OTAKARA_TOWN": str(doomed.folder)}
    with subprocess.Popen(
        [sys.executable, "-m", "geo", "load"], env=environ, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = []
        for sentence in process.stderr:
            said.append(sentence)
            if moment in sentence:
                process.send_signal(signal.SIGKILL)
                break
        assert process.wait(timeout=60) == -signal.SIGKILL, "".join(said)
    assert doomed.state() == before
    answer = doomed.load()
    assert answer.streets is not None
    assert answer.streets.nodes == 120 * 120
    assert doomed.seen("SELECT name FROM ground_label WHERE kind = 'station'") == [("次の駅",)]


@pytest.fixture
def base() -> Iterator[Path]:
    with folder_of_clusters() as folder:
        yield folder


def test_a_saved_town_has_its_streets_again(base: Path, tmp_path: Path) -> None:
    def town_in(cluster: Cluster) -> StreetTown:
        cluster.start()
        settings = Settings(town=tmp_path, cluster=cluster.folder)
        return StreetTown(tmp_path, settings, TownDatabase(settings, CODE))

    first, second = (Cluster(base / name, durable=False) for name in ("first", "second"))
    town = town_in(first)
    town.write_town()
    town.write([*grid(6), station("みなと駅")])
    town.load()
    before = town.state()
    tile = "SELECT ST_AsMVT(g) FROM ground_shape g WHERE band = 4"
    shown = town.seen(tile)
    town.database.dispose()
    assert backup(first, base / "town.backup") == (CODE,)
    second.start()
    assert restore(second, base / "town.backup") == (CODE,)
    again = town_in(second)
    assert again.seen(tile) == shown
    assert again.state() == before
    assert again.load().as_json()["streets"] == {"nodes": 36, "edges": 60}
    assert again.state() == before
    again.database.dispose()
