"""A load that dies at any moment leaves the old town or the new one, never a mixture.

The whole process tree is killed (the load, the server and all its backends) with SIGKILL, which
no process can answer. What survives is what PostgreSQL had promised.
"""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from geo.cluster import Cluster
from geo.database import TownDatabase
from geo.model.audience import Audience
from geo.settings import Settings, read_settings

CODE = "99299"
ROWS = 1500
KILLS = 20

MUNICIPALITY = f"""name = "中断町"
code = "{CODE}"
plane_zone = 8
"""

LEVEL = """title = "地区"
tier = 2
data = "areas.geojson"
code = "code"
name = "name"
source = "試験"
licence = "CC0-1.0"
as_of = 2026-01-01
"""

LAYER = """title = "集まり"
symbol = "集"
color = "#1f5aa6"
order = 1
source = "試験"
licence = "CC0-1.0"
as_of = 2026-01-01
publication_basis = "試験用"
"""


def _write_town(folder: Path) -> None:
    (folder / "boundaries" / "district").mkdir(parents=True)
    (folder / "layers" / "gathering").mkdir(parents=True)
    (folder / "boundaries" / "municipality.toml").write_text(MUNICIPALITY, encoding="utf-8")
    (folder / "boundaries" / "district" / "boundary.toml").write_text(LEVEL, encoding="utf-8")
    west, south, east, north = 138.30, 34.80, 138.36, 34.86
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    (folder / "boundaries" / "district" / "areas.geojson").write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"code": "1", "name": "中地区"},
                        "geometry": {"type": "Polygon", "coordinates": [ring]},
                    }
                ],
            }
        ),
        encoding="utf-8",
    )
    (folder / "layers" / "gathering" / "layer.toml").write_text(LAYER, encoding="utf-8")


def _write_list(folder: Path, word: str) -> None:
    with (folder / "layers" / "gathering" / "list.csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        writer = csv.writer(file)
        writer.writerow(["ID", "名称", "緯度", "経度", "公開範囲"])
        for i in range(ROWS):
            writer.writerow(
                [f"g{i}", f"{word}{i}", 34.81 + i % 40 * 1e-3, 138.31 + i // 40 * 1e-3, "だれでも"]
            )


@pytest.fixture(scope="module")
def doomed() -> Iterator[tuple[Path, dict[str, str], Settings]]:
    """A town folder and a cluster of its own that may be killed at will."""
    with tempfile.TemporaryDirectory(prefix="otakara-chaos-") as name:
        base = Path(name)
        base.chmod(0o755)
        town = base / "town"
        _write_town(town)
        _write_list(town, "古い")
        environ = {k: v for k, v in os.environ.items() if not k.startswith("OTAKARA_")}
        environ |= {"OTAKARA_CLUSTER": str(base / "cluster"), "OTAKARA_TOWN": str(town)}
        settings = read_settings(environ)
        yield town, environ, settings
        assert settings.cluster is not None
        Cluster(settings.cluster).stop(force=True)


def _load(environ: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "geo", "load", "--json"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _finish(process: subprocess.Popen[bytes]) -> dict[str, object]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err.decode()
    answer = json.loads(out)
    assert isinstance(answer, dict)
    return answer


def _names(settings: Settings) -> list[str]:
    database = TownDatabase(settings, CODE)
    database.prepare()
    try:
        with database.connect(Audience.COORDINATOR) as conn:
            return [row[0] for row in conn.execute(text("SELECT name FROM treasure"))]
    finally:
        database.dispose()


def _kill_everything(process: subprocess.Popen[bytes], data: Path) -> None:
    """SIGKILL the load's session and every process that works in the cluster's folder."""
    pids = {process.pid}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            pid = int(entry.name)
            same_session = os.getsid(pid) == process.pid
            works_in = (entry / "cwd").readlink()
            in_cluster = data in (works_in, *works_in.parents)
        except OSError:
            continue
        if same_session or in_cluster:
            pids.add(pid)
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.communicate(timeout=30)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_twenty_kills_leave_old_or_new_whole(
    doomed: tuple[Path, dict[str, str], Settings],
) -> None:
    town, environ, settings = doomed
    assert settings.cluster is not None
    dice = random.Random(20261121)
    _finish(_load(environ))
    word, other = "古い", "新しい"
    _write_list(town, other)
    began = time.monotonic()
    _finish(_load(environ))
    whole_s = time.monotonic() - began
    word, other = other, word
    outcomes: list[str] = []
    for _ in range(KILLS):
        _write_list(town, other)
        process = _load(environ)
        time.sleep(dice.uniform(0.05, whole_s * 1.05))
        _kill_everything(process, settings.cluster)
        names = _names(settings)
        assert len(names) == ROWS
        kinds = {name.rstrip("0123456789") for name in names}
        assert kinds in ({word}, {other}), "old and new are mixed"
        outcomes.append("new" if kinds == {other} else "old")
        if kinds == {other}:
            word, other = other, word
    assert len(outcomes) == KILLS
    assert "old" in outcomes, "no kill fell inside a load: the test proved nothing"


@pytest.mark.slow
def test_two_loads_at_once_count_exactly(doomed: tuple[Path, dict[str, str], Settings]) -> None:
    town, environ, settings = doomed
    _write_list(town, "同時")
    first, second = _load(environ), _load(environ)
    answers = [_finish(first), _finish(second)]
    names = _names(settings)
    assert len(names) == ROWS
    assert {name.rstrip("0123456789") for name in names} == {"同時"}
    unchanged = sorted(
        answer["layers"]["gathering"]["unchanged"]  # type: ignore[index]
        for answer in answers
    )
    assert unchanged == [0, ROWS], "one load changed every row, the other found nothing to do"
