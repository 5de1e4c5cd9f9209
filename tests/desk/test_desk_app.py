"""The desk is there for the coordinator alone, and takes only its own forms."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from desk.conftest import LAYER, DeskTown, token_of
from flask.testing import FlaskClient

from geo.loading import is_loaded
from geo.model.audience import Audience

MakeClient = Callable[..., FlaskClient]
PLACE = {"lon": "138.5223", "lat": "34.7505"}


@pytest.fixture(scope="module")
def town(make_desk_town: Callable[..., DeskTown]) -> DeskTown:
    return make_desk_town("99731")


@pytest.fixture(scope="module")
def clerk(town: DeskTown, make_desk_client: MakeClient) -> FlaskClient:
    return make_desk_client(town)


@pytest.fixture(autouse=True)
def no_pins(town: DeskTown) -> None:
    (town.folder / "layers" / LAYER / "places.csv").unlink(missing_ok=True)


def records(clerk: FlaskClient) -> dict[str, str]:
    """Name to address of every record of the left list."""
    page = clerk.get("/desk/place").text
    found = re.findall(
        r'<a href="(/desk/place/[^"]+)"[^>]*>\s*<span class="record-name">([^<]+)</span>', page
    )
    return {name: url for url, name in found}


def form(clerk: FlaskClient, **more: str) -> dict[str, str]:
    return {"csrf": token_of(clerk.get("/desk/load").text), **more}


@pytest.mark.parametrize("audience", [a for a in Audience if a is not Audience.COORDINATOR])
def test_nobody_else_can_tell_that_it_exists(
    town: DeskTown, make_desk_client: MakeClient, audience: Audience
) -> None:
    client = make_desk_client(town, audience)
    for there, nowhere in (
        ("/desk", "/dask"),
        ("/desk/new", "/dask/new"),
        ("/desk/place", "/dask/place"),
        ("/desk/load", "/dask/load"),
        ("/desk/map.json", "/dask/map.json"),
        (f"/desk/place/{LAYER}/ab12", f"/dask/place/{LAYER}/ab12"),
    ):
        for method in ("get", "post"):
            one = getattr(client, method)(there, follow_redirects=True)
            other = getattr(client, method)(nowhere, follow_redirects=True)
            assert one.status_code == other.status_code, (method, there)
            assert one.status_code in {404, 405}
            assert one.data == other.data
            assert dict(one.headers) == dict(other.headers)
    assert client.get("/desk").status_code == 404
    assert "/desk" not in client.get("/").text


def test_the_overview_leads_there(clerk: FlaskClient) -> None:
    assert 'href="/desk"' in clerk.get("/").text
    assert 'href="/desk"' not in clerk.get("/99731/welfare_district/").text


def test_the_desk_says_what_is_to_do(clerk: FlaskClient) -> None:
    answer = clerk.get("/desk")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "場所が決まっていないお宝 <strong>" in answer.text
    assert 'href="/desk/place"' in answer.text
    assert 'href="/desk/new"' in answer.text
    assert clerk.get("/desk", environ_overrides={"REMOTE_ADDR": "192.168.1.7"}).status_code == 403


def test_names_are_text_and_not_in_addresses(clerk: FlaskClient) -> None:
    page = clerk.get("/desk/place").text
    assert "&lt;b&gt;太字&lt;/b&gt;の会" in page
    assert "<b>太字" not in page
    for url in records(clerk).values():
        assert re.fullmatch(r"/desk/place/[a-z_]+/[0-9a-f]{24}", url)
        assert "E1" not in url


def test_a_pin_is_saved_at_once_and_the_next_record_opens(
    clerk: FlaskClient, town: DeskTown
) -> None:
    there = records(clerk)
    answer = clerk.post(there["月見の会"], data=form(clerk, **PLACE))
    assert answer.status_code == 303
    assert answer.location == there["縁台の会"]
    (line,) = town.pins().splitlines()[1:]
    assert line.startswith("E1,34.7505000,138.5223000,地図で指定,")
    assert "月見の会" in line
    page = clerk.get(answer.location).text
    assert "<strong>置きました</strong>：月見の会" in page
    assert "元に戻す" in page
    assert "地図にまだ出していないものがあります" in page


def test_undo_takes_it_back(clerk: FlaskClient, town: DeskTown) -> None:
    there = records(clerk)
    clerk.post(there["月見の会"], data=form(clerk, **PLACE))
    undone = clerk.post(f"{there['月見の会']}/undo", data=form(clerk))
    assert undone.location == there["月見の会"]
    assert town.pins().splitlines()[1:] == []
    assert "元に戻しました" in clerk.get(undone.location).text


def test_undo_of_a_second_thought_gives_the_first_place_back(
    clerk: FlaskClient, town: DeskTown
) -> None:
    there = records(clerk)
    clerk.post(there["月見の会"], data=form(clerk, **PLACE))
    clerk.post(there["月見の会"], data=form(clerk, lon="138.53", lat="34.75"))
    assert "E1,34.7500000,138.5300000" in town.pins()
    clerk.post(f"{there['月見の会']}/undo", data=form(clerk))
    assert "E1,34.7505000,138.5223000" in town.pins()


def test_the_map_shows_it_after_the_load(clerk: FlaskClient, town: DeskTown) -> None:
    clerk.post(records(clerk)["月見の会"], data=form(clerk, **PLACE))
    assert not is_loaded(town.settings)
    answer = clerk.post("/desk/load", data=form(clerk), headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (200, {"busy": False})
    assert is_loaded(town.settings)
    urls = re.findall(r'href="(/99731/welfare_district/[^"]+)"', clerk.get("/").text)
    pages = [clerk.get(f"{url}.json").json for url in urls]
    placed = [
        (flag["lon"], flag["lat"])
        for page in pages
        for entry in page["entries"]
        for flag in [page["flags"][entry["flag"]] if entry["flag"] is not None else {}]
        if entry["name"] == "月見の会" and flag
    ]
    assert set(placed) == {(138.5223, 34.7505)}


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"lon": "", "lat": ""},
        {"lon": "nan", "lat": "34.75"},
        {"lon": "1e999", "lat": "34.75"},
        {"lon": "34.75", "lat": "138.52"},  # the wrong way round
        {"lon": "0", "lat": "0"},
        {"lon": "138.5", "lat": "34.7'; DROP TABLE"},
        {"candidate": "7", **PLACE},
        {"choose": "-1"},
    ],
)
def test_what_is_no_place_changes_nothing(
    clerk: FlaskClient, town: DeskTown, place: dict[str, str]
) -> None:
    answer = clerk.post(records(clerk)["月見の会"], data=form(clerk, **place))
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "月見の会" in answer.text
    assert town.pins() == ""


def test_nothing_to_confirm_is_said(clerk: FlaskClient) -> None:
    url = records(clerk)["月見の会"]
    answer = clerk.post(f"{url}/confirm", data=form(clerk))
    assert answer.status_code == 400
    assert "まだ場所が決まっていません" in answer.text
    assert clerk.post(f"{url}/undo", data=form(clerk)).status_code == 404


@pytest.mark.parametrize("path", ["/desk/place/x/y", f"/desk/place/{LAYER}/E1", "/desk/place/../x"])
def test_what_is_not_in_the_list_is_not_found(clerk: FlaskClient, path: str) -> None:
    assert clerk.get(path).status_code == 404


class TestOwnForms:
    """Every way to change something refuses what our own pages did not send."""

    @pytest.fixture
    def addresses(self, clerk: FlaskClient) -> list[str]:
        url = records(clerk)["月見の会"]
        return [
            url,
            f"{url}/confirm",
            f"{url}/undo",
            "/desk/load",
            "/desk/new",
            "/desk/new/" + "a" * 32,
            "/desk/publish",
            "/desk/drafts/take",
            "/desk/drafts/" + "a" * 32,
        ]

    def test_the_list_is_whole(self, clerk: FlaskClient, addresses: list[str]) -> None:
        rules = {
            rule.rule
            for rule in clerk.application.url_map.iter_rules()
            if "POST" in (rule.methods or ()) and rule.rule.startswith("/desk")
        }
        assert len(rules) == len(addresses)

    @pytest.mark.parametrize("token", [None, "", "x", "あ"])
    def test_no_token(
        self, clerk: FlaskClient, town: DeskTown, addresses: list[str], token
    ) -> None:
        for address in addresses:
            data = dict(PLACE) if token is None else {**PLACE, "csrf": token}
            answer = clerk.post(address, data=data)
            assert answer.status_code == 403, address
            assert "画面が古くなっていました" in answer.text
        assert town.pins() == ""

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "http://evil.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
            {"Origin": "http://localhost:1", "Sec-Fetch-Site": "same-origin"},
        ],
    )
    def test_another_site(
        self, clerk: FlaskClient, town: DeskTown, addresses: list[str], headers: dict[str, str]
    ) -> None:
        for address in addresses:
            answer = clerk.post(address, data=form(clerk, **PLACE), headers=headers)
            assert answer.status_code == 403, address
            assert "ほかの画面から送られた" in answer.text
        assert town.pins() == ""

    def test_our_own(self, clerk: FlaskClient, town: DeskTown) -> None:
        headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
        url = records(clerk)["月見の会"]
        assert clerk.post(url, data=form(clerk, **PLACE), headers=headers).status_code == 303

    def test_a_get_changes_nothing(self, clerk: FlaskClient, town: DeskTown) -> None:
        url = records(clerk)["月見の会"]
        clerk.get(url, query_string=PLACE)
        assert clerk.get(f"{url}/confirm").status_code in {404, 405}
        assert clerk.get(f"{url}/undo").status_code in {404, 405}
        assert town.pins() == ""

    def test_another_server_does_not_know_the_session(
        self, clerk: FlaskClient, town: DeskTown, make_desk_client: MakeClient
    ) -> None:
        stranger = make_desk_client(town)
        url = records(clerk)["月見の会"]
        assert stranger.post(url, data=form(clerk, **PLACE)).status_code == 403


def test_long_forms_are_refused(clerk: FlaskClient, town: DeskTown) -> None:
    url = records(clerk)["月見の会"]
    answer = clerk.post(url, data=form(clerk, **PLACE, x="あ" * 5000))
    assert answer.status_code == 413
    assert town.pins() == ""


def test_a_broken_list_leaves_the_map_as_it_was(clerk: FlaskClient, town: DeskTown) -> None:
    manifest = town.folder / "layers" / LAYER / "layer.toml"
    words = manifest.read_text("utf-8")
    before = clerk.get("/").data
    manifest.write_text(words.replace("夕方の会", "夕方の会\nかな"), "utf-8")
    try:
        assert clerk.get("/desk").status_code == 200
        answer = clerk.post("/desk/load", data=form(clerk))
        assert answer.status_code == 409
        assert "まだ地図に出せません" in answer.text
        assert f"layers/{LAYER}/layer.toml" in answer.text
        assert clerk.get("/").data == before
        told = clerk.post("/desk/load", data=form(clerk), headers={"Accept": "application/json"})
        assert (told.status_code, told.json["busy"]) == (409, False)
    finally:
        manifest.write_text(words, "utf-8")


def test_two_clerks_at_once(clerk: FlaskClient) -> None:
    from webmap.desk.reloading import _alone

    folder = clerk.application.extensions["otakara_desk"].shelf.folder
    with _alone(folder / "loading"):
        answer = clerk.post("/desk/load", data=form(clerk))
        assert answer.status_code == 409
        assert "いま、ほかの画面で読み込んでいます" in answer.text
        told = clerk.post("/desk/load", data=form(clerk), headers={"Accept": "application/json"})
        assert (told.status_code, told.json["busy"]) == (202, True)
    assert clerk.post("/desk/load", data=form(clerk)).status_code == 303


def test_nothing_of_a_record_is_written_to_the_log(
    clerk: FlaskClient, capfd: pytest.CaptureFixture[str]
) -> None:
    url = records(clerk)["月見の会"]
    clerk.post(url, data=form(clerk, lon="nan", lat="x"))
    clerk.post(url, data=form(clerk, **PLACE))
    clerk.post(f"{url}/undo", data=form(clerk))
    said = capfd.readouterr()
    assert "月見" not in said.out + said.err
    assert "どこかの" not in said.out + said.err


def test_the_passphrase_comes_first(
    town: DeskTown, make_desk_client: MakeClient, clerk: FlaskClient
) -> None:
    guarded = make_desk_client(town, passphrase="三つの言葉 を つなぐ")
    for path in ("/desk", "/desk/new", "/desk/place", "/desk/load", "/desk/map.json"):
        answer = guarded.get(path)
        assert answer.status_code in {303, 403}, path
        assert "会" not in answer.text.replace("会場", "")
    url = records(clerk)["月見の会"]
    assert guarded.post(url, data=PLACE).status_code == 403
    assert town.pins() == ""
