"""Real tables of people: their sums to the person."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from town_copy import copy_of_town

from geo.cli.group import GEO_COMMANDS, build_group
from geo.intake import read_town
from geo.model.people import PeopleCell, PeopleForm, PeopleSources
from geo.model.problem import Problem
from geo.people_intake.people_checking import check_people
from geo.people_intake.people_reader import PeopleReader

ROOT = Path(__file__).resolve().parents[2]
TOWNS = ROOT / "tests/realdata"


def realdata() -> Path:
    return Path(os.environ["OTAKARA_REALDATA"])


def quiet(_sentence: str) -> None:
    """Nobody listens."""


def read(
    town: Path, form: str = "", *data: Path, **more: object
) -> tuple[tuple[PeopleCell, ...] | None, tuple[Problem, ...]]:
    """A town's people: those of its manifest, or those of other files of the same town."""
    reading = read_town(town, realdata() if "OTAKARA_REALDATA" in os.environ else None)
    if form:
        sources = PeopleSources(
            "人口", "出典", "条件", date(2020, 1, 1), PeopleForm(form), data, **more
        )
        reading = replace(reading, town=replace(reading.town, people=sources))
    reader = PeopleReader(reading, quiet)
    return reader.cells(), reader.problems


def sums(cells: tuple[PeopleCell, ...] | None) -> list[float]:
    """Of every band, over the cells that tell."""
    assert cells is not None
    return [sum(cell.counts[band] or 0 for cell in cells) for band in range(4)]


@pytest.fixture
def make_check() -> Callable[[Path], tuple[str, dict[str, object]]]:
    """What ``otakara check`` of a town says, to people and to programs."""

    def check(town: Path) -> tuple[str, dict[str, object]]:
        words = ["--town", str(town), "check"]
        runner, group = CliRunner(), build_group(GEO_COMMANDS)
        told = runner.invoke(group, words).output
        return told, json.loads(runner.invoke(group, [*words, "--json"]).output)

    return check


def test_minato() -> None:
    """みなと市 counts itself twice: the census by age, and its own register with 85 and over."""
    cells, problems = read(
        ROOT, "small_area", ROOT / "boundaries/tblT001082C99201.txt", level="town_block"
    )
    assert problems == ()
    assert sums(cells) == [62_400, 22_330, 11_824, 0]
    register, problems = read(
        ROOT, "age_table", ROOT / "boundaries/population_99201.csv", level="town_block"
    )
    assert problems == ()
    assert sums(register) == [62_400, 22_330, 11_824, 3_920]


@pytest.mark.realdata
def test_iizuka() -> None:
    """The official figures: three hidden areas are in their receivers already."""
    cells, problems = read(TOWNS / "iizuka")
    assert problems == ()
    assert sums(cells) == [126_364, 39_727, 19_681, 0]
    assert cells is not None
    assert (len(cells), {c.code: c.merged for c in cells if c.merged}) == (
        146,
        {
            "40205065004": ("40205066004", "40205066006"),
            "40205066001": ("40205066005",),
        },
    )
    assert not any(None in cell.counts[:3] for cell in cells)


@pytest.mark.realdata
def test_a_table_of_other_districts_is_refused() -> None:
    """飯塚's own 290 districts have no polygons; a few have names that census areas have too."""
    data = realdata() / "iizuka-40205/population_2026-05.csv"
    cells, problems = read(
        TOWNS / "iizuka", "age_table", data, level="census_area", encoding="cp932"
    )
    assert cells is None
    assert [p.code for p in problems if p.is_error] == ["people-without-polygon"]
    lost = next(p for p in problems if p.is_error)
    assert lost.message_ja.startswith(
        "地区の図形のない行が 239 行（123,175人のうち86,059人）あります"
    )


@pytest.mark.realdata
def test_ube() -> None:
    """471 centres with totals only; the parts of an area and the lake are centres of nobody."""
    cells, problems = read(TOWNS / "ube")
    assert problems == ()
    assert cells is not None
    assert len(cells) == len({cell.code for cell in cells}) == 471
    assert sums(cells) == [169_429, 0, 0, 0]
    assert {cell.counts[1:] for cell in cells} == {(None, None, None)}


@pytest.mark.realdata
def test_how_many_of_ubes_centres_are_far_from_any_street() -> None:
    """183 of 471, where 60,229 people live, are farther than 300 m: nobody knows how they walk."""
    import numpy as np
    import shapely

    from geo.crs import reproject
    from geo.street_intake.streets_reader import StreetsReader
    from geo.walking.attaching import attach
    from geo.walking.walk_streets import walk_streets

    reading = read_town(TOWNS / "ube", realdata())
    town = reading.town.municipality
    network = StreetsReader(reading, quiet).network()
    cells = PeopleReader(reading, quiet).cells()
    assert network is not None
    assert cells is not None
    points = reproject(
        shapely.from_wkb([cell.geometry_wkb for cell in cells]), "EPSG:4326", town.metric_crs
    )
    spots = attach(
        walk_streets(network, town.metric_crs),
        shapely.get_x(points),
        shapely.get_y(points),
        town.attach_limit_m,
    )
    far = np.flatnonzero(spots.edge < 0)
    assert (len(far), sum(cells[n].counts[0] or 0 for n in far)) == (183, 60_229)


@pytest.mark.realdata
def test_kurashiki_2010() -> None:
    """585 polygons of the 2010 census in a TopoJSON of a whole basin: 17 codes in parts, water out."""
    path = realdata() / "kurashiki-33202/okayama_city_block_district_topo.json.gz"
    cells, problems = read(TOWNS / "kurashiki", "polygons", path)
    assert problems == ()
    assert sums(cells) == [475_513, 0, 0, 0]


@pytest.mark.realdata
def test_mesh_codes_are_where_their_polygons_are() -> None:
    """399 cells of 250 m of Yamagata: the rectangle of a code is the polygon the file draws."""
    import shapely

    path = realdata() / "mesh-250m-yamagata-5740/population-mesh.json.gz"
    meshes, problems = read(TOWNS / "otemachi", "mesh", path)  # a town without areas: all are taken
    assert problems == ()
    assert sums(meshes) == [42_723, 0, 0, 0]
    drawn, _ = read(TOWNS / "otemachi", "polygons", path)
    assert meshes is not None
    assert drawn is not None
    shapes = {cell.code: shapely.from_wkb(cell.geometry_wkb) for cell in drawn}
    assert len(shapes) == len(meshes) == 399
    for cell in meshes:
        assert shapely.from_wkb(cell.geometry_wkb).bounds == pytest.approx(
            shapes[cell.code].bounds, abs=1e-9
        )


@pytest.mark.realdata
def test_points_of_another_country() -> None:
    path = realdata() / "fallback-networks/porto-alegre/poa_hexgrid.csv"
    cells, problems = read(TOWNS / "porto_alegre", "points", path, columns={"code": "id"})
    assert problems == ()
    assert sums(cells) == [812_935, 0, 0, 0]


@pytest.mark.realdata
def test_what_the_check_says() -> None:
    reading = read_town(TOWNS / "iizuka", realdata())
    check = check_people(reading, quiet)
    assert check is not None
    assert check.line_ja({}) == (
        "146か所、126,364人（うち65歳以上39,727人、75歳以上19,681人）。"
        "人数が少ないので、となりと合わせて数えてある地区が3"
    )
    assert check.as_json() == {"rows": 146, "total": 126_364}


def test_the_check_of_a_town(make_check) -> None:
    """The town of squares: 16 squares of 10 people, all of 65 and over, half of 75."""
    done, machine = make_check(ROOT / "tests/town")
    assert "人口  人口: 16か所、160人（うち65歳以上160人、75歳以上80人）\n" in done
    assert machine["people"] == {"rows": 16, "total": 160}


def test_faults_of_people_are_among_those_of_the_town(make_check, tmp_path: Path) -> None:
    town = copy_of_town(ROOT / "tests/town", tmp_path / "town")
    file = town / "boundaries/people.geojson"
    text = file.read_text("utf-8")
    file.write_text(text.replace('"人口": 10', '"人口": "約10"', 1), "utf-8")
    done, machine = make_check(town)
    assert "人口  " not in done
    assert "1番目の図形 人口『約10』: 「人口」が、人数として読めません。" in done
    assert (machine["ok"], machine["people"]) == (False, {"rows": 0, "total": 0})
    errors = [p["code"] for p in machine["problems"] if p["severity"] == "error"]
    assert errors == ["people-count-wrong"]
