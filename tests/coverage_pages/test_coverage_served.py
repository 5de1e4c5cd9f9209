"""Two towns through the real application over a real database: figures, files, tags, the browser."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from browser.screen_kit import assert_fits, violations_of
from browser.watching import ServedTown, Watch
from playwright.sync_api import Browser
from served_apps import served_apps
from town_copy import ROOT, copy_of_squares, copy_of_town

from geo.loading import load_town
from geo.model.audience import Audience
from geo.settings import Settings
from webmap.app import create_app

SQUARES, MINATO = "99898", "99899"
MOST_BYTES = 300_000
"""Of the map's data of the largest area, compressed."""

Get = Callable[..., "Answer"]


class Answer:
    """An answer of the test client."""

    def __init__(self, response: object) -> None:
        self.response = response
        self.status: int = response.status_code  # type: ignore[attr-defined]
        self.text: str = response.get_data(as_text=True)  # type: ignore[attr-defined]
        self.headers = response.headers  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def squares(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """The town of squares."""
    folder = tmp_path_factory.mktemp("squares")
    settings = make_settings(copy_of_squares(folder / "town", SQUARES))
    load_town(settings)
    return settings


@pytest.fixture(scope="module")
def get(squares: Settings) -> Iterator[Get]:
    """``get("quarter/q1", audience=...)``: an address of coverage of the town of squares."""
    clients = {audience: create_app(squares, audience=audience) for audience in Audience}

    def ask(
        path: str, audience: Audience = Audience.PUBLIC, town: str = SQUARES, **headers: str
    ) -> Answer:
        with clients[audience].test_client() as client:
            return Answer(client.get(f"/coverage/{town}/{path}", headers=headers))

    yield ask
    for app in clients.values():
        app.extensions["otakara"].database.dispose()


def test_the_figures_of_the_south_west(get: Get) -> None:
    """Forty people of 65 or more walk 60 m a minute; 茶1 stands on the junction of A1 (250, 250).

    Within 5 minutes (300 m): both arms of A1 (its 10 people), and 50 of the 750 m of B1 and of A2
    (0.67 people each): 11; not told, because it would tell of the half people of the quarters next
    to it, which are hidden. Within 10 (600 m): A1, and of B1 and A2 350 m along and 100 m across,
    450 of 750 m (6 people each): 22. Within 15 (900 m): A1, B1, A2 and 300 of the 1,000 m of B2:
    33, which leaves 7 without a place: it is not told.
    """
    page = get("quarter/q1")
    assert page.status == 200
    rows = [line for line in page.text.split("<tr") if '"row">65歳以上' in line]
    cells = [part.partition(">")[2].partition("<")[0] for part in rows[0].split("<td")[1:]]
    assert cells == ["40", "出しません", "22", "出しません"]


def test_files_say_the_same_for_the_day_that_is_asked_for(get: Get) -> None:
    answer = json.loads(get("quarter/q1.json").text)
    (area,) = answer["areas"]
    assert (area["people"], area["unknown"]) == (40, 0)
    assert area["covered"] == {"5": None, "10": 22, "15": None}
    assert answer["method"] == "道のりから計算した目安で、実際に通う人数ではありません。"
    assert json.loads(get("quarter/q1.json?weekday=金").text)["weekday"] == "金"
    table = get("quarter/q1.csv")
    head, row = csv.reader(io.StringIO(table.text.removeprefix("\ufeff")))
    assert dict(zip(head, row, strict=True))["歩いて10分以内"] == "22"
    assert "filename*=UTF-8''" in table.headers["Content-Disposition"]
    (feature,) = json.loads(get("quarter/q1.geojson").text)["features"]
    assert feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}


def test_metres_bands_and_layers_in_the_address(get: Get) -> None:
    """Half of the people are 75 or more."""
    metres = json.loads(get("quarter/q1.json?metres=500").text)
    assert (metres["limits_m"], metres["limit"], metres["limits_min"]) == (
        [300, 500, 800],
        500,
        None,
    )
    older = json.loads(get("quarter/q1.json?people=75").text)
    assert (older["people_band"], older["areas"][0]["people"]) == ("75", 20)
    assert json.loads(get("quarter/q1.json?layer=tea").text)["layers"] == ["tea"]
    assert get("quarter/q1.json?layer=nothing").status == 404
    assert "だれを数えるか" in get("quarter/q1").text


def test_a_page_is_sent_once(get: Get) -> None:
    for path in ("quarter/q1", "quarter/", "quarter/q1.map.json", "quarter/q1.csv"):
        tag = get(path).headers["ETag"]
        assert get(path, **{"If-None-Match": tag}).status == 304
    public, day = get("quarter/q1").headers["ETag"], get("quarter/q1?weekday=月").headers["ETag"]
    assert public != day
    assert get("quarter/q1").headers["Cache-Control"] == "no-cache"
    assert get("quarter/q1", Audience.COORDINATOR).headers["Cache-Control"] == "private, no-store"


def test_nobody_feels_what_he_may_not_see(get: Get) -> None:
    """茶5 つる会 (A2) is for the council, 茶7 (B2) for the coordinator: figures and flags follow.

    店9 stands across the border of the quarter, within a quarter of an hour as the crow flies.
    """

    def seen(audience: Audience, path: str = "") -> tuple[set[int], int | None]:
        drawn = json.loads(get(f"quarter/q1.map.json{path}", audience).text)
        figures = json.loads(get(f"quarter/q1.json{path}", audience).text)
        return set(drawn["held"]["any"]), figures["areas"][0]["covered"]["10"]

    public, council = seen(Audience.PUBLIC), seen(Audience.COUNCIL)
    assert public[0] == {1, 9}
    assert council[0] == {1, 5, 9}
    assert council[1] != public[1]
    assert seen(Audience.COORDINATOR)[0] == {1, 3, 4, 5, 6, 7, 9}
    assert seen(Audience.COORDINATOR, "?as=public") == public
    assert seen(Audience.PUBLIC, "?as=coordinator") == public


def test_the_coordinator_has_an_order_and_names_of_blocks(get: Get) -> None:
    inner, public = get("quarter/q3", Audience.COORDINATOR).text, get("quarter/q3").text
    assert "まだ訪ねていない町丁" in inner
    assert "まだ訪ねていない町丁" not in public
    assert "まだ訪ねていない町丁" not in get("quarter/q3?as=public", Audience.COORDINATOR).text
    assert "北から順にならべています。" in public


def test_what_is_not_there_is_said(get: Get) -> None:
    assert get("quarter/nowhere").status == 404
    assert get("nolevel/").status == 404
    assert get("quarter/q1?people=85").status == 404  # nobody counted them
    assert get("quarter/q1?q=%00").status == 400
    assert get("quarter/q1", town="12345").status == 404


def test_the_list_has_the_areas_in_their_own_order(get: Get) -> None:
    text = get("quarter/").text
    places = [text.index(f">{name}</a>") for name in ("南西区", "南東区", "北西区", "北東区")]
    assert places == sorted(places)


@pytest.fixture(scope="module")
def minato(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Audience, ServedTown]]:
    """The demonstration town behind two servers."""
    folder = copy_of_town(ROOT, tmp_path_factory.mktemp("minato") / "town", MINATO)
    settings = make_settings(folder)
    load_town(settings)
    with served_apps() as serve:
        yield {one: serve(settings, one) for one in (Audience.PUBLIC, Audience.COORDINATOR)}


@pytest.mark.browser
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.COORDINATOR])
def test_every_level_of_minato_in_the_browser(
    chromium: Browser, minato: dict[Audience, ServedTown], audience: Audience
) -> None:
    """From an area's page to its coverage, to the list, through all days: and nothing goes out."""
    base = minato[audience].base
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="ja-JP")
    context.set_default_timeout(30_000)
    page = context.new_page()
    watch = Watch(base)
    watch.attach(page)
    for level in ("welfare_district/1", "school_district/", "neighbourhood_association/"):
        if level.endswith("/"):
            page.goto(f"{base}/coverage/{MINATO}/{level}")
            page.locator("tbody a").first.click()
        else:
            page.goto(f"{base}/{MINATO}/{level}")
            page.get_by_role("link", name="歩いて通える場").click()
        page.wait_for_selector("html[data-ready=true]", state="attached")
        assert_fits(page)
        for day in range(7):
            page.locator(f"[data-cov-day='{day}']").click()
        said = page.locator(".cov-say").inner_text()
        assert said.startswith("日曜日")
    context.close()
    watch.assert_quiet()


@pytest.mark.browser
def test_axe_finds_nothing_in_minato(chromium: Browser, minato: dict[Audience, ServedTown]) -> None:
    context = chromium.new_context(bypass_csp=True, locale="ja-JP")
    page = context.new_page()
    page.goto(f"{minato[Audience.COORDINATOR].base}/coverage/{MINATO}/welfare_district/13")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    assert violations_of(page) == []
    context.close()


def test_the_data_of_the_largest_map_is_small(minato: dict[Audience, ServedTown]) -> None:
    """Every area of every level of みなと市: the largest stays far below 300 kB."""
    app = create_app(minato[Audience.PUBLIC].settings)
    sizes = {}
    with app.test_client() as client:
        for level in ("welfare_district", "school_district"):
            listing = client.get(f"/coverage/{MINATO}/{level}/").get_data(as_text=True)
            for part in listing.split(f'href="/coverage/{MINATO}/{level}/')[1:]:
                code = unescape(part.partition('"')[0]).partition("?")[0]
                if code:
                    path = f"/coverage/{MINATO}/{level}/{code}.map.json"
                    content = client.get(path, headers={"Accept-Encoding": "gzip"}).get_data()
                    sizes[path] = len(content)
                    assert gzip.decompress(content).startswith(b"{")
    app.extensions["otakara"].database.dispose()
    assert len(sizes) >= 16
    assert max(sizes.values()) < MOST_BYTES


def test_a_town_without_people_has_no_such_page(squares: Settings) -> None:
    """The last test of its town: its people leave it."""
    (squares.town / "boundaries/people.toml").unlink()
    load_town(squares)
    app = create_app(squares)
    with app.test_client() as client:
        area = client.get(f"/{SQUARES}/quarter/q1").get_data(as_text=True)
        answer = client.get(f"/coverage/{SQUARES}/quarter/q1")
        assert client.get(f"/coverage/{SQUARES}/quarter/").status_code == 404
    app.extensions["otakara"].database.dispose()
    assert "/coverage/" not in area
    assert answer.status_code == 404
    assert "人" in answer.get_data(as_text=True)
