"""Nobody sees an inner screen from outside without the passphrase."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from geo.errors import AudienceError, SettingsError
from geo.model.audience import Audience
from webmap.gate_views import safe_path
from webmap.passphrase import Attempts, is_loopback, new_gate, require_safe_host

CODE = "99711"
Q1 = f"/{CODE}/quarter/q1"
WORDS = "三つの言葉 を つなぐ"
OUTSIDE = {"REMOTE_ADDR": "192.168.1.7"}


@pytest.fixture
def guarded(make_client) -> FlaskClient:
    return make_client(Audience.COORDINATOR, passphrase=WORDS)


def _token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(f"/passphrase?next={Q1}").text)
    assert found
    return found[1]


def _try(client: FlaskClient, words: str, **more: str):
    form = {"csrf": _token(client), "passphrase": words, "next": Q1} | more
    return client.post("/passphrase", data=form)


def test_the_passphrase_opens_the_screen_it_was_asked_for(guarded: FlaskClient) -> None:
    asked = guarded.get(Q1)
    assert asked.status_code == 303
    assert asked.location == f"/passphrase?next=%2F{CODE}%2Fquarter%2Fq1"
    form = guarded.get(asked.location)
    assert "合言葉を入れてください" in form.text
    assert "ないしょ会" not in form.text
    opened = _try(guarded, WORDS)
    assert (opened.status_code, opened.location) == (303, Q1)
    cookie = opened.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    page = guarded.get(Q1)
    assert "ないしょ会" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_without_it_nothing_opens(guarded: FlaskClient) -> None:
    assert _try(guarded, "三つの言葉をつなぐ").status_code == 403
    for url in ("/", Q1, f"{Q1}.csv", f"{Q1}.json", f"{Q1}.geojson", f"{Q1}.ics", "/nowhere"):
        for accept in ("text/html", "application/json"):
            answer = guarded.get(url, headers={"Accept": accept})
            assert answer.status_code in {303, 403}, url
            assert "会" not in answer.text.replace("会場", "")
    assert guarded.get("/healthz").status_code == 200


def test_a_form_of_another_page_is_refused(guarded: FlaskClient) -> None:
    assert _try(guarded, WORDS, csrf="x").status_code == 400
    assert guarded.post("/passphrase", data={"passphrase": WORDS}).status_code == 400
    assert guarded.get(Q1).status_code == 303


def test_a_cookie_of_another_server_opens_nothing(make_client, guarded: FlaskClient) -> None:
    other = make_client(Audience.COORDINATOR, passphrase=WORDS)
    _try(other, WORDS)
    cookie = other.get_cookie("otakara")
    assert cookie is not None
    guarded.set_cookie("otakara", cookie.value)
    assert guarded.get(Q1).status_code == 303


def test_guessing_is_slowed_down(guarded: FlaskClient) -> None:
    assert [_try(guarded, "ちがう言葉です").status_code for _ in range(6)] == [403] * 5 + [429]
    assert _try(guarded, WORDS).status_code == 429  # even the right one has to wait


def test_attempts_of_a_minute_are_counted_per_client_and_in_all() -> None:
    now = [1000.0]
    attempts = Attempts(clock=lambda: now[0])
    for _ in range(5):
        assert attempts.allowed("a")
        attempts.failed("a")
    assert not attempts.allowed("a")
    assert attempts.allowed("b")
    now[0] += 61
    assert attempts.allowed("a")
    for i in range(30):
        attempts.failed(f"client {i}")
    assert not attempts.allowed("nobody so far")


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        (Q1, Q1),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("/\\example.org", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
def test_after_the_passphrase_nobody_is_led_away(path: str, safe: str) -> None:
    assert safe_path(path) == safe


def test_without_a_passphrase_only_this_machine(make_client) -> None:
    client = make_client(Audience.PARTNERS)
    assert client.get("/").status_code == 200
    assert client.get("/", environ_overrides=OUTSIDE).status_code == 403
    # A name that a strange site points at this machine.
    assert client.get("/", headers={"Host": "evil.example:8000"}).status_code == 403
    assert client.get("/", headers={"Host": "[::1]:8000"}).status_code == 200
    assert make_client().get("/", environ_overrides=OUTSIDE).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.3.2.1"])
def test_loopback_hosts(host: str) -> None:
    assert is_loopback(host)
    require_safe_host(Audience.COORDINATOR, host, None)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "office-pc", "127.0.0.1.evil"])
def test_open_hosts_are_refused_above_public(host: str) -> None:
    assert not is_loopback(host)
    require_safe_host(Audience.PUBLIC, host, None)
    require_safe_host(Audience.COUNCIL, host, WORDS)
    with pytest.raises(AudienceError, match="without a passphrase") as refused:
        require_safe_host(Audience.COUNCIL, host, None)
    assert "合言葉なしではこのパソコンの中だけで開けます" in refused.value.message_ja


def test_a_short_passphrase_is_no_passphrase() -> None:
    with pytest.raises(SettingsError) as refused:
        new_gate(Audience.COUNCIL, "1234567")
    assert refused.value.message_ja == "合言葉は8文字以上にしてください。"
    assert new_gate(Audience.PUBLIC, "1234567").asks is False
