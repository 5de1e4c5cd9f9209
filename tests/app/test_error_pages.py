"""Errors are pages in Japanese with the right status, JSON for programs, and quote nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import geo.errors
from geo.errors import OtakaraError
from geo.settings import Settings
from webmap.app import create_app
from webmap.statuses import STATUSES, status_of

CODE = "99711"


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/nowhere", 404, "お探しのページは見つかりません。"),
        ("/99999/quarter/q1", 404, "この町の地図は、ここにはありません。"),
        (f"/{CODE}/nothing/", 404, ""),
        (f"/{CODE}/nothing/q1", 404, ""),
        (f"/{CODE}/quarter/q9", 404, ""),
        (f"/{CODE}/quarter/q9.csv", 404, ""),
        (f"/{CODE}/quarter/a/b", 404, ""),
        (f"/{CODE}/quarter/南 西.1", 404, ""),
        (f"/{CODE}/quarter/%3Cscript%3Ealert(1)%3C/script%3E", 404, ""),
        (f"/{CODE}/quarter/%00", 404, ""),
        (f"/{CODE}/quarter/q1?q=%00", 400, "しぼり込む条件を読めませんでした"),
        (f"/{CODE}/quarter/q1?q={'あ' * 700}", 400, "しぼり込む条件を読めませんでした"),
    ],
)
def test_errors_are_pages_and_json(public: FlaskClient, url: str, status: int, words: str) -> None:
    page = public.get(url, headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert words in page.text
    assert "<script>alert" not in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    told = public.get(url, headers={"Accept": "application/json"})
    assert (told.status_code, told.mimetype) == (status, "application/json")
    assert told.json is not None
    assert told.json["status"] == status
    assert told.json["message_ja"]


def test_wrong_methods_are_refused(public: FlaskClient) -> None:
    answer = public.post(f"/{CODE}/quarter/q1")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "その操作はできません" in answer.text
    assert public.head(f"/{CODE}/quarter/q1").status_code == 200


def test_a_lost_database_is_said_in_japanese(squares: Settings, tmp_path: Path) -> None:
    gone = replace(squares, cluster=tmp_path / "nothing here")
    client = create_app(gone).test_client()
    for url in ("/", f"/{CODE}/quarter/q1", "/healthz"):
        answer = client.get(url)
        assert answer.status_code == 503, url
        assert "いまデータベースにつながりません。" in answer.text
        assert str(tmp_path) not in answer.text


def test_healthz_reaches_the_database(public: FlaskClient) -> None:
    assert public.get("/healthz").json == {"ok": True}


def test_every_error_class_has_a_status() -> None:
    kinds = {
        kind
        for kind in vars(geo.errors).values()
        if isinstance(kind, type) and issubclass(kind, OtakaraError) and kind is not OtakaraError
    }
    assert kinds - set(STATUSES) == set()
    assert status_of(OtakaraError("x", message_ja="x")) == 500


def test_an_unforeseen_error_tells_nothing_of_the_record(
    public: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    app = public.application

    def broken() -> None:
        raise RuntimeError("ないしょ会 000-000-0107")

    app.before_request_funcs.setdefault(None, []).append(broken)
    try:
        answer = public.get("/")
    finally:
        app.before_request_funcs[None].remove(broken)
    assert answer.status_code == 500
    told = answer.text + "".join(capsys.readouterr())
    assert "ないしょ" not in told
    assert "0107" not in told
    assert "RuntimeError" in told
