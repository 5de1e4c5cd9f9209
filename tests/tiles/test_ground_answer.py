"""What pages say of the base map: its address, its credit, and nothing where there are no streets."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from front import sample

from geo.model.ground_answer import Ground
from webmap.ground_data import MapStyle, TileArchive
from webmap.hall import hall_page
from webmap.map_data import as_json, town_as_json
from webmap.offline import offline_map
from webmap.pages import map_page, overview_page
from webmap.showing import Mode, Showing

GROUND = Ground(
    7,
    "道と地図",
    "© OpenStreetMap contributors",
    "ODbL-1.0",
    date(2026, 10, 1),
    (139, 35, 139.5, 36),
)
CREDIT = "出典：© OpenStreetMap contributors（ODbL-1.0、2026年10月1日現在）"
LANDMARKS = Showing(map_style=MapStyle.LANDMARKS)


@pytest.fixture
def answer():
    return dataclasses.replace(sample.map_answer(), ground=GROUND)


def test_the_data_names_tiles_box_style_and_credit(answer) -> None:
    ground = as_json(answer)["ground"]
    code = answer.town.code
    assert ground == {
        "url": f"/tiles/{code}/{{z}}/{{x}}/{{y}}.mvt?v={GROUND.version}",
        "max_zoom": 15,
        "bounds": [139, 35, 139.5, 36],
        "style": "calm",
        "credit": CREDIT,
    }
    town = dataclasses.replace(sample.town_answer(), ground=GROUND)
    assert town_as_json(town, style=MapStyle.LANDMARKS)["ground"] == {
        **ground,
        "style": "landmarks",
    }


def test_a_town_without_streets_says_nothing_of_them() -> None:
    assert "ground" not in as_json(sample.map_answer())
    assert "ground" not in town_as_json(sample.town_answer())
    assert map_page(sample.map_answer()).frame.credits == sample.map_answer().credits


def test_the_credit_stands_under_every_page_that_draws_it(answer) -> None:
    assert map_page(answer).frame.credits == (*answer.credits, CREDIT)
    assert hall_page(answer).frame.credits == (*answer.credits, CREDIT)
    town = dataclasses.replace(sample.town_answer(), ground=GROUND)
    assert overview_page(town).frame.credits == (*town.credits, CREDIT)
    nowhere = dataclasses.replace(sample.unplaced_answer(), ground=GROUND)
    assert map_page(nowhere).frame.credits == nowhere.credits


def test_a_licence_nobody_named_leaves_no_comma() -> None:
    assert dataclasses.replace(GROUND, licence="").credit == (
        "出典：© OpenStreetMap contributors（2026年10月1日現在）"
    )


def test_the_style_is_asked_for_in_the_address_and_kept(answer) -> None:
    assert Showing.from_args({"map": "landmarks"}) == LANDMARKS
    assert Showing.from_args({"map": "calm"}) == Showing.from_args({"map": "neon"}) == Showing()
    assert (LANDMARKS.query(), LANDMARKS.kept()) == ("map=landmarks", "?map=landmarks")
    page = map_page(answer, None, LANDMARKS)
    assert page.data_url is not None
    assert page.data_url.endswith(".json?map=landmarks")
    assert all("map=landmarks" in view.url for view in page.frame.views)
    assert all("map=landmarks" in (line.url or "") for line in page.neighbours)
    assert (map_page(answer).data_url or "").endswith(".json")


def test_what_the_script_reads_depends_on_the_style_alone() -> None:
    asked = {"map": "landmarks", "lang": "en", "mode": "hall"}
    assert Showing.of_data(asked) == LANDMARKS
    assert Showing.of_data({"lang": "en"}) == Showing()
    english = dataclasses.replace(LANDMARKS, large=True)
    assert english.data_query() == "?map=landmarks"


def test_the_hall_is_grey_whatever_was_asked(answer) -> None:
    showing = dataclasses.replace(LANDMARKS, mode=Mode.HALL)
    page = hall_page(answer, showing)
    assert page.map_data is not None
    assert page.map_data["ground"]["style"] == "grey"
    assert (page.leave_url or "").endswith("?map=landmarks")


def test_a_file_carries_its_tiles(answer) -> None:
    carried = TileArchive(b"PMTiles\x03", 14, "港町")
    page = map_page(answer, None, LANDMARKS, offline=True, archive=carried)
    assert page.data is not None
    assert page.data["ground"] == {
        "archive": "UE1UaWxlcwM=",
        "max_zoom": 14,
        "bounds": [139, 35, 139.5, 36],
        "style": "landmarks",
        "credit": CREDIT,
    }
    assert page.frame.credits == (*answer.credits, CREDIT)
    town = dataclasses.replace(sample.town_answer(), ground=GROUND)
    assert "ground" not in overview_page(town, offline=True).data


def test_a_file_without_tiles_is_the_file_of_a_town_without_streets(answer) -> None:
    assert offline_map(answer).content == offline_map(sample.map_answer()).content
    text = offline_map(answer).content.decode()
    assert CREDIT not in text
    assert "/tiles/" not in text
    assert "protomapsL" not in text


def test_other_streets_have_other_addresses() -> None:
    assert GROUND.version.startswith("7-")
    others = (
        dataclasses.replace(GROUND, edition=8),
        dataclasses.replace(GROUND, as_of=date(2026, 10, 2)),
        dataclasses.replace(GROUND, bounds=(139, 35, 139.5, 36.1)),
        dataclasses.replace(GROUND, title="道"),
    )
    assert len({GROUND.version, *(one.version for one in others)}) == 5
    assert dataclasses.replace(GROUND).version == GROUND.version
