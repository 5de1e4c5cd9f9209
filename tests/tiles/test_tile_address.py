"""The address of a tile: what it answers, how long it may be kept, what it refuses."""

from __future__ import annotations

import gzip

import mapbox_vector_tile
import pytest
from tiles.conftest import CODE, CODE_WITHOUT, SHAPES
from tiles.ground_rows import TILE, write_ground

from geo.database import TownDatabase
from geo.model.audience import Audience
from geo.questions import standing_ground

FOREVER = "public, max-age=31536000, immutable"
MVT = "application/vnd.mapbox-vector-tile"
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def version(database) -> str:
    with database.connect(Audience.PUBLIC) as conn:
        ground = standing_ground(conn)
    assert ground is not None
    return ground.version


@pytest.fixture
def client(make_client):
    return make_client()


def test_the_page_s_own_address_of_a_tile_answers(client, version) -> None:
    page = client.get(f"/{CODE}/quarter/q1.json").get_json()
    url = page["ground"]["url"]
    assert url == f"/tiles/{CODE}/{{z}}/{{x}}/{{y}}.mvt?v={version}"
    z, x, y = TILE
    answer = client.get(url.format(z=z, x=x, y=y), headers=GZIP)
    assert (answer.status_code, answer.content_type) == (200, MVT)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == FOREVER
    assert answer.headers["Vary"] == "Accept-Encoding"
    tile = mapbox_vector_tile.decode(gzip.decompress(answer.data))
    assert len(tile["street"]["features"]) == 3
    plain = client.get(url.format(z=z, x=x, y=y))
    assert gzip.decompress(answer.data) == plain.data
    assert "Content-Encoding" not in plain.headers


def test_the_style_is_in_the_data_and_the_credit_on_the_page(client) -> None:
    assert client.get(f"/{CODE}/quarter/q1.json").get_json()["ground"]["style"] == "calm"
    shown = client.get(f"/{CODE}/quarter/q1.json?map=landmarks").get_json()
    assert shown["ground"]["style"] == "landmarks"
    credit = "出典：手で書いた地図（CC0-1.0、2026年10月1日現在）"
    assert shown["ground"]["credit"] == credit
    for path in ("/", f"/{CODE}/quarter/", f"/{CODE}/quarter/q1", f"/{CODE}/quarter/q1?mode=hall"):
        assert credit in client.get(path).get_data(as_text=True), path
    assert credit not in client.get(f"/{CODE}/quarter/q1.geojson").get_data(as_text=True)


def test_kept_forever_only_under_the_name_of_what_stands(client, address, version) -> None:
    assert client.get(f"{address}?v={version}").headers["Cache-Control"] == FOREVER
    for query in ("", "?v=", "?v=1-00000000", f"?v={version}0", f"?V={version}"):
        answer = client.get(address + query)
        assert answer.status_code == 200, query
        assert answer.headers["Cache-Control"] == "no-cache", query


def test_a_browser_that_has_it_is_told_so(client, address) -> None:
    first = client.get(address, headers=GZIP)
    tag = first.headers["ETag"]
    assert tag[0] == tag[-1] == '"'  # strong: the same bytes
    for sent in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = client.get(address, headers={**GZIP, "If-None-Match": sent})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == "no-cache"
    other = client.get(address, headers={**GZIP, "If-None-Match": '"other"'})
    assert (other.status_code, other.data) == (200, first.data)
    assert client.get(address).headers["ETag"] == f"W/{tag}"  # the same, not the same bytes
    head = client.head(address, headers=GZIP)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)
    assert head.headers["Content-Length"] == str(len(first.data))


def test_nothing_lies_there(client, version) -> None:
    for path in ("15/0/0", "15/32767/32767", "9/0/0", "15/28996/12866"):
        answer = client.get(f"/tiles/{CODE}/{path}.mvt?v={version}")
        assert (answer.status_code, answer.data) == (204, b""), path
        assert answer.headers["Cache-Control"] == FOREVER
        assert "Content-Type" not in answer.headers
    assert client.get(f"/tiles/{CODE}/15/0/0.mvt").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "16/0/0.mvt",
        "15/32768/0.mvt",
        "15/0/32768.mvt",
        "15/-1/0.mvt",
        "15/0/-1.mvt",
        "-1/0/0.mvt",
        "015/28991/12866.mvt",
        "15/028991/12866.mvt",
        "15/+28991/12866.mvt",
        "15/28991.0/12866.mvt",
        "15/28991/12866",
        "15/28991/12866.mvt.mvt",
        "15/28991/12866.MVT",
        "15/28991/12866.pbf",
        "15/28991/.mvt",
        "１５/28991/12866.mvt",
        "15/२८९९१/12866.mvt",
        "15/1e3/0.mvt",
        "15/0x10/0.mvt",
        "15/ 28991/12866.mvt",
        "15/28991%00/12866.mvt",
        "15/28991/12866%0a.mvt",
        "15/28991%27%3B--/12866.mvt",
        "15/..%2f../12866.mvt",
        "15/28991/..%2f..%2fetc%2fpasswd.mvt",
        "9" * 400 + "/0/0.mvt",
        "15/" + "9" * 5000 + "/0.mvt",
        "15/28991",
        "",
    ],
)
def test_what_is_no_tile_is_not_found(client, path) -> None:
    answer = client.get(f"/tiles/{CODE}/{path}")
    assert answer.status_code == 404
    assert "no-store" in answer.headers["Cache-Control"]


def test_other_towns_and_towns_without_streets(client, open_app, without) -> None:
    z, x, y = TILE
    assert client.get(f"/tiles/99999/{z}/{x}/{y}.mvt").status_code == 404
    bare = open_app(without)
    answer = bare.get(
        f"/tiles/{CODE_WITHOUT}/{z}/{x}/{y}.mvt", headers={"Accept": "application/json"}
    )
    assert answer.status_code == 404
    assert answer.get_json()["message_ja"] == "この町には、道と地図がまだありません。"
    assert "ground" not in bare.get(f"/{CODE_WITHOUT}/quarter/q1.json").get_json()


def test_only_reading(client, address) -> None:
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PARTNERS, Audience.COORDINATOR])
def test_inner_screens_keep_nothing_and_read_the_same(
    make_client, client, address, version, audience
) -> None:
    inner = make_client(audience).get(f"{address}?v={version}", headers=GZIP)
    public = client.get(f"{address}?v={version}", headers=GZIP)
    assert inner.data == public.data
    assert inner.headers["ETag"] == public.headers["ETag"]
    assert inner.headers["Cache-Control"] == "private, no-store"
    assert set(inner.headers["Vary"].split(", ")) == {"Accept-Encoding", "Cookie"}


def test_behind_the_passphrase(make_client, address) -> None:
    closed = make_client(Audience.COUNCIL, passphrase="ひらけごま123")
    for accept in ("*/*", "text/html", MVT):
        answer = closed.get(address, headers={"Accept": accept})
        assert answer.status_code == 403
        assert answer.headers["Cache-Control"] == "private, no-store"
    far = make_client(Audience.COUNCIL).get(address, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert far.status_code == 403


def test_other_streets_are_seen_at_once(make_town_database, make_settings, open_app, tmp_path):
    """After a load the old name leads to the new tile, and is not kept under it."""
    from town_copy import copy_of_squares

    from geo.loading import load_town

    settings = make_settings(copy_of_squares(tmp_path / "町", "99863"))
    make_town_database("99863", town=settings.town)
    load_town(settings)
    town = TownDatabase(settings, "99863")
    z, x, y = TILE
    path = f"/tiles/99863/{z}/{x}/{y}.mvt"
    client = open_app(settings)
    names = []
    for shapes in (SHAPES, SHAPES[:1]):
        with town.owner() as conn:
            write_ground(conn, shapes)
        with town.connect(Audience.PUBLIC) as conn:
            ground = standing_ground(conn)
        assert ground is not None
        names.append(ground.version)
        fresh = client.get(f"{path}?v={names[-1]}")
        assert fresh.headers["Cache-Control"] == FOREVER
    town.dispose()
    assert names[0] != names[1]
    old = client.get(f"{path}?v={names[0]}")
    assert (old.data, old.headers["Cache-Control"]) == (fresh.data, "no-cache")
    assert list(mapbox_vector_tile.decode(old.data)) == ["water"]
