"""Coverage says nothing of what an audience must not see: no name, no number, and no figure moves.

The canary town gets streets, 500 m apart, and people. What is drawn along streets may pass by
anybody's door, so of coordinates only those of places are looked at here; that a hidden place moves
no line is shown by the bytes.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from canaries import canary_town
from canaries.canary_town import PUBLIC, canary
from canaries.conftest import CanaryTown, OpenTown
from canaries.crawling import canaries_in, numbers_in
from canaries.test_every_channel import AREAS, Law
from opened_apps import ReadingClient
from typed_command import Otakara, typed_on

from geo.cluster import Cluster
from geo.database import TownDatabase
from geo.model.audience import Audience
from geo.model.coverage_question import CoverageQuestion
from geo.questions import WalkingShelf, coverage, coverage_map, gaps, reach_outline, revision
from geo.questions.coverage_export import coverage_csv, coverage_json, gaps_csv, gaps_geojson

CODE = "99812"
STEP = 0.005
EVERY_WAY = [Audience.PUBLIC, Audience.COUNCIL, Audience.PARTNERS]
_DECIMALS = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")


def _lines() -> list[list[list[float]]]:
    """Three grids, where the records are: streets between neighbouring crossings."""
    lats = [round(35.995 + STEP * n, 6) for n in range(32)]
    found: list[list[list[float]]] = []
    for west, columns in ((138.495, 13), (138.595, 20), (138.725, 10)):
        lons = [round(west + STEP * n, 6) for n in range(columns)]
        found += [[[a, lat], [b, lat]] for lat in lats for a, b in pairwise(lons)]
        found += [[[lon, a], [lon, b]] for lon in lons for a, b in pairwise(lats)]
    return found


def _features(shapes: list[tuple[dict[str, Any], dict[str, Any]]]) -> str:
    features = [{"type": "Feature", "properties": p, "geometry": g} for p, g in shapes]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def write_ground(folder: Path) -> None:
    """Streets and people beside the canary town's areas."""
    said = 'source = "試験"\nlicence = "CC0-1.0"\nas_of = 2026-04-01\n'
    streets = [
        ({"highway": "residential"}, {"type": "LineString", "coordinates": line})
        for line in _lines()
    ]
    (folder / "streets.geojson").write_text(_features(streets), "utf-8")
    (folder / "streets.toml").write_text(
        f'title = "道"\n{said}data = ["streets.geojson"]\n', "utf-8"
    )
    cells = []
    for column in range(8):
        for row in range(3):
            west, south = 138.5 + 0.05 * column, 36.0 + 0.05 * row
            east, north = west + 0.05, south + 0.05
            ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
            known = {
                "code": f"c{column}{row}",
                "name": f"第{column}{row}",
                "人口": 4000,
                "六五": 2000,
            }
            cells.append((known, {"type": "Polygon", "coordinates": [ring]}))
    (folder / "people.geojson").write_text(_features(cells), "utf-8")
    (folder / "people.toml").write_text(
        f'title = "人口"\n{said}form = "polygons"\ndata = ["people.geojson"]\n'
        '[columns]\ncode = "code"\nname = "name"\nall = "人口"\n"65" = "六五"\n',
        "utf-8",
    )


@pytest.fixture(scope="module")
def town(open_canaries: OpenTown) -> CanaryTown:
    opened = open_canaries(CODE)
    write_ground(opened.settings.town / "boundaries")
    opened.load(opened.records)
    return opened


def _told(town: CanaryTown, audience: Audience) -> dict[str, str]:
    """Everything the questions tell, by question."""
    database, shelf = TownDatabase(town.settings, town.code), WalkingShelf()
    told: dict[str, str] = {}
    try:
        with database.connect(audience) as conn:
            _, today = revision(conn)
            ask: dict[str, Any] = {"audience": audience, "today": today, "shelf": shelf}
            answer = coverage(conn, CoverageQuestion(), **ask)
            told["coverage"] = repr(answer)
            told["coverage.json"] = json.dumps(coverage_json(answer), ensure_ascii=False)
            told["coverage.csv"] = coverage_csv(answer).decode()
            told["map"] = repr(coverage_map(conn, CoverageQuestion(), **ask))
            told["reach"] = repr(reach_outline(conn, CoverageQuestion(), **ask))
            for area in AREAS:
                question = CoverageQuestion(*area.split("/"), limits_min=(3, 5, 8))
                found = gaps(conn, question, **ask)
                told[f"gaps {area}"] = repr(found)
                told[f"gaps {area}.csv"] = gaps_csv(found).decode()
                told[f"gaps {area}.geojson"] = json.dumps(gaps_geojson(found), ensure_ascii=False)
    finally:
        database.dispose()
    return told


def _pages(town: CanaryTown, audience: Audience) -> dict[str, str]:
    """Everything the addresses of coverage tell."""
    client = town.app(audience).test_client()
    assert isinstance(client, ReadingClient)
    levels = dict.fromkeys(area.split("/")[0] for area in AREAS)
    addresses = [f"/coverage/{town.code}/{level}/" for level in levels]
    for area in AREAS:
        at = f"/coverage/{town.code}/{area}"
        addresses += [at, f"{at}?layer=yon", f"{at}?weekday=火"][: 3 if area == AREAS[0] else 1]
        addresses += [f"{at}{end}" for end in (".json", ".csv", ".geojson", ".map.json")]
    told = {}
    for address in addresses:
        answer = client.get(address)
        head = "\n".join(f"{name}: {value}" for name, value in sorted(answer.headers.items()))
        told[address] = f"{answer.status}\n{head}\n\n{answer.get_data(as_text=True)}"
    return told


def _hold(law: Law, told: str, where: object) -> None:
    assert canaries_in(told) - law.may == set(), where
    assert numbers_in(_DECIMALS.sub("", told)) & law.no_numbers == set(), where


@pytest.mark.parametrize("audience", list(Audience), ids=lambda a: a.word)
def test_no_name_and_no_number_of_what_is_hidden(town: CanaryTown, audience: Audience) -> None:
    law = Law(town, int(audience))
    told = _told(town, audience)
    for where, text in told.items():
        _hold(law, text, where)
    # A gap names the nearest place, and there are gaps: what may be known is known.
    assert canaries_in("".join(told.values())) & law.may
    for where, text in _pages(town, audience).items():
        assert text.startswith("200 OK") or "layer=yon" in where, (where, text[:300])
        _hold(law, text, where)


@pytest.mark.parametrize("audience", list(Audience), ids=lambda a: a.word)
def test_a_map_shows_only_places_that_may_be_seen(town: CanaryTown, audience: Audience) -> None:
    law = Law(town, int(audience))
    database = TownDatabase(town.settings, town.code)
    with database.connect(audience) as conn:
        _, today = revision(conn)
        shown = coverage_map(conn, CoverageQuestion(), audience=audience, today=today).places
    database.dispose()
    alive = [r for r in law.seen if r.shows_place(law.audience) and r.alive and not r.status]
    assert {(p.number, p.lon, p.lat) for p in shown} == {(r.number, *r.place) for r in alive}


@pytest.mark.parametrize("audience", EVERY_WAY, ids=lambda a: a.word)
def test_what_is_hidden_moves_no_figure_and_no_byte(town: CanaryTown, audience: Audience) -> None:
    """Another town behind the door, whole records elsewhere: the same answers before it."""
    before, pages = _told(town, audience), _pages(town, audience)
    inner = _told(town, Audience.COORDINATOR)
    unseen = {
        layer
        for layer in canary_town.SYMBOLS
        if not any(r.layer == layer and r.is_seen(audience) for r in town.records)
    }
    town.load(canary_town.altered(town.records, int(audience)), unseen=unseen)
    try:
        after, pages_after = _told(town, audience), _pages(town, audience)
        moved = _told(town, Audience.COORDINATOR)
    finally:
        town.load(town.records)
    assert after == before
    for address, page in pages.items():
        assert pages_after[address].split("\n") == page.split("\n"), address
    assert moved["map"] != inner["map"]


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.COORDINATOR], ids=lambda a: a.word)
def test_commands(
    town: CanaryTown,
    audience: Audience,
    cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    law = Law(town, int(audience))
    run: Otakara = typed_on(town.settings.town, monkeypatch, capsys, cluster=cluster.folder)
    hidden = next(r for r in town.records if not r.is_seen(PUBLIC))
    for words in (
        ("coverage",),
        ("coverage", "zone/W", "--format", "csv"),
        ("coverage", "--json"),
        ("coverage", "--format", "geojson"),
        ("coverage", "--layer", "yon"),
        ("coverage", "--layer", canary(9000, "z")),
        ("gaps", "zone/W", "--minutes", "3,5"),
        ("gaps", "zone/E", "--minutes", "3,5", "--format", "csv"),
        ("gaps", "zone/E", "--minutes", "3,5", "--format", "geojson"),
        ("gaps", f"zone/{hidden.number}"),
        ("gaps", "zone/W", "--format", "parquet", "-o", str(tmp_path / "gaps.parquet")),
    ):
        done = run(*words, "--audience", audience.word)
        # What was typed may be said back.
        said = (done.stdout + done.stderr).replace(words[-1].split("/")[-1], "")
        _hold(law, said, words)
    assert "ひらかれる" in run("coverage", "--weekday", "火").stdout


def test_a_layer_that_may_not_be_seen_is_answered_like_one_nobody_wrote(
    town: CanaryTown,
    cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = typed_on(town.settings.town, monkeypatch, capsys, cluster=cluster.folder)
    hidden, nobody = (run("coverage", "--layer", word) for word in ("yon", "non"))
    assert (hidden.returncode, hidden.stderr.replace("yon", "")) == (
        nobody.returncode,
        nobody.stderr.replace("non", ""),
    )
    assert run("coverage", "--layer", "yon", "--audience", "coordinator").returncode == 0
