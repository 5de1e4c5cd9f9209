"""What the addresses answer: content, types, headers, ETags, and never another audience's bytes."""

from __future__ import annotations

import csv
import gzip
import io

import pytest
from flask.testing import FlaskClient

from geo.database import TownDatabase
from geo.settings import Settings
from webmap.headers import SECURITY_HEADERS

CODE = "99711"
Q1 = f"/{CODE}/quarter/q1"
PAGES = (
    "/",
    f"/{CODE}/quarter/",
    Q1,
    f"{Q1}.json",
    f"{Q1}.geojson",
    f"{Q1}.csv",
    f"{Q1}.ics",
    "/map.js",
)


@pytest.mark.parametrize("url", [*PAGES, "/healthz", "/nowhere", "/static/app/icon.svg"])
def test_every_answer_carries_the_policy(public: FlaskClient, url: str) -> None:
    headers = public.get(url).headers
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


@pytest.mark.parametrize("url", PAGES)
def test_an_etag_saves_the_second_transfer(public: FlaskClient, url: str) -> None:
    first = public.get(url)
    assert first.status_code == 200
    again = public.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = public.get(url, headers={"If-None-Match": 'W/"other"'})
    assert (other.status_code, other.data) == (200, first.data)


def test_the_same_bytes_from_two_applications(public: FlaskClient, make_client) -> None:
    second = make_client()
    for url in PAGES:
        assert public.get(url).data == second.get(url).data, url
        assert public.get(url).headers.get("ETag") == second.get(url).headers.get("ETag"), url


def test_compressed_only_for_those_who_can_read_it(public: FlaskClient) -> None:
    plain = public.get(Q1)
    small = public.get(Q1, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    refused = public.get(Q1, headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data == refused.data
    assert "Accept-Encoding" in small.headers["Vary"]


def test_the_public_page_and_the_inner_page_never_mix(
    public: FlaskClient, coordinator: FlaskClient
) -> None:
    for _ in range(2):  # the second time from the cache
        outside, inside = public.get(Q1).text, coordinator.get(Q1).text
        assert "あさひ会" in outside
        assert "ないしょ会" not in outside
        assert "ないしょ会" in inside
        assert "内部用" in inside
        assert "内部用" not in outside
    tag = coordinator.get(Q1).headers["ETag"]
    assert public.get(Q1, headers={"If-None-Match": tag}).status_code == 200


def test_only_public_answers_may_be_kept(public: FlaskClient, coordinator: FlaskClient) -> None:
    for url in PAGES[:6]:
        assert public.get(url).headers["Cache-Control"] == "no-cache"
        assert coordinator.get(url).headers["Cache-Control"] == "private, no-store"


def test_no_public_channel_holds_what_is_not_public(
    public: FlaskClient, coordinator: FlaskClient
) -> None:
    hidden = (
        "ないしょ会",
        "亀井さん宅",
        "つる会",
        "はと会",
        "花岡",
        "梅田さん宅",
        "番地は出さない",
    )
    areas = [f"/{CODE}/quarter/q{i}" for i in (1, 2, 3, 4)]
    urls = ["/", f"/{CODE}/quarter/", f"/{CODE}/strip/s3"]
    urls += [
        area + suffix for area in areas for suffix in ("", ".json", ".geojson", ".csv", ".ics")
    ]
    for url in urls:
        text = public.get(url).data.decode("utf-8-sig")
        assert [word for word in hidden if word in text] == [], url
    assert "ないしょ会" in coordinator.get(f"{Q1}.csv").text


def test_a_new_day_is_a_new_edition(public: FlaskClient, squares: Settings) -> None:
    from sqlalchemy import text

    before = public.get(Q1).headers["ETag"]
    database = TownDatabase(squares, CODE)
    try:
        for day in ("2031-01-02", None):
            with database.owner() as conn:
                conn.execute(text("UPDATE town.clock SET today = :day"), {"day": day})
            after = public.get(Q1).headers["ETag"]
            assert (after == before) is (day is None)
    finally:
        database.dispose()


def test_csv_opens_in_excel_as_it_is(public: FlaskClient) -> None:
    answer = public.get(f"{Q1}.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [(row["番号"], row["名称"], row["状態"]) for row in rows] == [
        ("茶1", "あさひ会", "開催中"),
        ("茶2", "ゆうひ会", "おやすみ中"),
    ]
    assert (rows[0]["経度"], rows[0]["緯度"]) == ("138.502773", "36.002253")


def test_geojson_lists_what_has_no_place_too(public: FlaskClient) -> None:
    value = public.get(f"/{CODE}/quarter/q3.geojson").get_json(force=True)
    assert value["type"] == "FeatureCollection"
    assert [(f["properties"]["name"], f["geometry"]) for f in value["features"]] == [
        ("ほし会", None)
    ]
    placed = public.get(f"{Q1}.geojson").get_json(force=True)["features"][0]
    assert placed["geometry"] == {"type": "Point", "coordinates": [138.502773, 36.002253]}


def test_filters_are_in_the_address(public: FlaskClient) -> None:
    page = public.get(f"{Q1}?q=ゆうひ")
    assert page.status_code == 200
    assert page.headers["ETag"] != public.get(Q1).headers["ETag"]
    assert 'value="ゆうひ"' in page.text
    # What a mailer adds to a link changes nothing.
    assert public.get(f"{Q1}?utm_source=x").headers["ETag"] == public.get(Q1).headers["ETag"]


def test_scripts_and_styles_are_kept_forever_under_their_version(public: FlaskClient) -> None:
    import re

    urls = re.findall(r'(?:src|href)="(/(?:static/|map\.)[^"]+)"', public.get(Q1).text)
    assert len(urls) > 5
    for url in urls:
        answer = public.get(url)
        assert answer.status_code == 200, url
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", url
    assert "immutable" not in public.get("/map.js").headers["Cache-Control"]
    assert public.get("/favicon.ico", follow_redirects=True).mimetype == "image/svg+xml"
