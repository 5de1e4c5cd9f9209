"""``/stickers`` takes from this machine's own pages, and gives nothing away."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from stickers.conftest import StickerTown, hexed, sent, sticker

from geo.model.audience import Audience
from geo.model.sticker import StickerState
from geo.stickers import sticker_box

MakeClient = Callable[..., FlaskClient]
OUTSIDE = {"environ_overrides": {"REMOTE_ADDR": "192.168.1.7"}}
WORDS = "三つの言葉 を つなぐ"


@pytest.fixture(scope="module")
def town(make_town: Callable[[str], StickerTown]) -> StickerTown:
    return make_town("99763")


@pytest.fixture(scope="module")
def hall(town: StickerTown, make_client: MakeClient) -> FlaskClient:
    return make_client(town)


@pytest.fixture(autouse=True)
def empty(town: StickerTown) -> None:
    town.empty()


def token(client: FlaskClient, **more: Any) -> str:
    """What the door hands out."""
    door = client.get("/stickers/door", **more).json
    assert door is not None
    return door["csrf"] or ""


def drop(client: FlaskClient, words: Any, path: str = "/stickers", **more: Any) -> Any:
    """Send as the page does."""
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "X-Otakara-Form": token(client),
    }
    headers |= more.pop("headers", {})
    data = words if isinstance(words, bytes) else json.dumps(words)
    return client.post(path, data=data, headers=headers, **more)


def test_the_door_says_who_may(hall: FlaskClient) -> None:
    answer = hall.get("/stickers/door")
    assert answer.json is not None
    assert answer.json["takes"] is True
    assert len(answer.json["csrf"]) >= 32
    assert answer.headers["Cache-Control"] == "private, no-store"
    for more in (
        OUTSIDE,
        {"headers": {"Host": "hall.example.jp"}},
        {"headers": {"X-Forwarded-For": "203.0.113.5"}},
        {"headers": {"Forwarded": "for=203.0.113.5"}},
        {"headers": {"Via": "1.1 proxy"}},
    ):
        other = hall.get("/stickers/door", **more)
        assert other.json == {"takes": False, "csrf": None}, more
        assert "Set-Cookie" not in other.headers


def test_a_sticker_is_kept_and_only_its_id_comes_back(hall: FlaskClient, town: StickerTown) -> None:
    answer = drop(hall, sent(1, word=" 朝市 "))
    assert (answer.status_code, answer.json) == (201, {"id": hexed(1)})
    assert answer.headers["Cache-Control"] == "private, no-store"
    (one,) = town.box.read().stickers
    assert (one.word, one.letter, one.area, one.state) == ("朝市", "あ", "南西区", StickerState.NEW)
    again = drop(hall, sent(1, word="朝市（日曜）", lon=138.5))
    assert again.status_code == 201
    (one,) = town.box.read().stickers
    assert (one.word, one.lon) == ("朝市（日曜）", 138.5)


def test_a_form_will_do(hall: FlaskClient, town: StickerTown) -> None:
    form = {**sent(1, word="朝市"), "csrf": token(hall)}
    assert hall.post("/stickers", data=form).status_code == 201
    assert town.words() == ["朝市"]
    for lon in ("nan", "inf", "東", ""):
        answer = hall.post("/stickers", data={**form, "id": hexed(2), "lon": lon})
        assert answer.status_code == 400, lon
    assert town.words() == ["朝市"]


def test_undo_needs_the_word_of_its_page(hall: FlaskClient, town: StickerTown) -> None:
    drop(hall, sent(1, word="朝市"))
    undo = {"id": hexed(1), "secret": hexed(1001)}
    wrong = drop(hall, undo | {"secret": hexed(7)}, "/stickers/undo")
    nothing = drop(hall, {"id": hexed(99), "secret": hexed(7)}, "/stickers/undo")
    assert (wrong.status_code, nothing.status_code) == (404, 200)
    assert town.words() == ["朝市"]
    assert drop(hall, sent(1, secret=hexed(7), word="よそ")).status_code == 404
    assert drop(hall, undo, "/stickers/undo").json == {"id": hexed(1)}
    assert drop(hall, undo, "/stickers/undo").status_code == 200
    assert drop(hall, sent(1, word="おそい写し")).status_code == 201
    assert town.words() == []


def test_nobody_reads_stickers_here(hall: FlaskClient) -> None:
    drop(hall, sent(1, word="朝市"))
    for path in ("/stickers", "/stickers/", f"/stickers/{hexed(1)}", "/stickers/undo"):
        for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH"):
            answer = hall.open(path, method=method, follow_redirects=True)
            assert answer.status_code in {404, 405}, (method, path)
            assert "朝市" not in answer.text


def test_only_from_this_machine(hall: FlaskClient, town: StickerTown) -> None:
    for more in (OUTSIDE, {"headers": {"X-Forwarded-For": "203.0.113.5"}}):
        for path in ("/stickers", "/stickers/undo"):
            answer = drop(hall, sent(1), path, **more)
            assert answer.status_code == 403, (more, path)
            assert "動かしているパソコン" in answer.json["message_ja"]
    assert town.words() == []


def test_only_from_our_own_pages(hall: FlaskClient, town: StickerTown) -> None:
    for headers in (
        {"Origin": "https://other.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-Otakara-Form": ""},
        {"X-Otakara-Form": "guess"},
        {"X-Otakara-Form": "言葉".encode().decode("latin-1")},
    ):
        assert drop(hall, sent(1), headers=headers).status_code == 403, headers
    hall.delete_cookie("otakara")
    stale = hall.post("/stickers", json=sent(1), headers={"X-Otakara-Form": "x" * 32})
    assert stale.status_code == 403
    assert town.words() == []


@pytest.mark.parametrize(
    "words",
    [
        sent(1, lon=181),
        sent(1, lat=90.5),
        sent(1, lat="36"),
        sent(1, lon=None),
        sent(1, word="あ" * 61),
        sent(1, word="朝市\n=cmd"),
        sent(1, word="朝市\u0000"),
        sent(1, word="\u202e朝市"),
        sent(1, letter="<b>"),
        sent(1, id="../../../etc/passwd"),
        sent(1, id=""),
        sent(1, secret=""),
        sent(1, meeting="x" * 32),
        sent(1, area=""),
        sent(1, code="x" * 101),
        sent(1, state="done"),
        sent(1, note="担当者のふり"),
        sent(1, met_at="2026-11-21T00:00:00Z"),
        [],
        None,
        b"",
        b"\xff",
        b"{",
        json.dumps(sent(1)).replace("138.", "NaN").encode(),
        b'{"id": "\\ud800"}',
    ],
    ids=range(25),
)
def test_what_is_no_sticker_is_refused(hall: FlaskClient, town: StickerTown, words: Any) -> None:
    answer = drop(hall, words)
    assert answer.status_code == 400
    assert "朝市" not in answer.text
    assert town.box.read().stickers == ()


def test_large_ones_are_refused(hall: FlaskClient, town: StickerTown) -> None:
    assert drop(hall, sent(1, word="あ" * 10_000)).status_code == 413
    form = {**sent(1, word="あ" * 10_000), "csrf": token(hall)}
    assert hall.post("/stickers", data=form).status_code == 413
    assert town.words() == []


def test_markup_is_only_a_word(hall: FlaskClient, town: StickerTown) -> None:
    for number, word in enumerate(("<script>alert(1)</script>", "=cmd|'/c calc'!A0", "{{7*7}}"), 1):
        assert drop(hall, sent(number, word=word)).status_code == 201
    assert sorted(town.words()) == ["<script>alert(1)</script>", "=cmd|'/c calc'!A0", "{{7*7}}"]


def test_too_many_at_once_are_asked_to_wait(
    hall: FlaskClient, town: StickerTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sticker_box, "MOST_A_MINUTE", 3)
    assert [drop(hall, sent(n)).status_code for n in range(1, 6)] == [201, 201, 201, 409, 409]
    assert drop(hall, sent(1, word="書きたす")).status_code == 201
    assert len(town.words()) == 3


def test_the_coordinators_answer_is_not_written_over(hall: FlaskClient, town: StickerTown) -> None:
    drop(hall, sent(1, word="朝市"))
    town.box.change(hexed(1), state=StickerState.ASKED)
    assert drop(hall, sent(1, word="いたずら")).status_code == 201
    assert town.words() == ["朝市"]
    undo = {"id": hexed(1), "secret": hexed(1001)}
    assert drop(hall, undo, "/stickers/undo").status_code == 404


def test_a_folder_that_cannot_be_written_is_said_without_a_word(
    town: StickerTown, make_client: MakeClient, tmp_path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    broken = make_client(town, drafts=tmp_path / "file")
    answer = drop(broken, sent(1, word="朝市"))
    assert answer.status_code == 500
    said = answer.text + "".join(capfd.readouterr())
    assert "朝市" not in said
    assert hexed(1) not in said


class TestAboveEverybody:
    def test_without_a_passphrase_this_machine_only(
        self, town: StickerTown, make_client: MakeClient
    ) -> None:
        council = make_client(town, Audience.COUNCIL)
        assert drop(council, sent(1, word="朝市")).status_code == 201
        assert council.get("/stickers/door", **OUTSIDE).status_code == 403
        assert drop(council, sent(2), **OUTSIDE).status_code == 403
        assert town.words() == ["朝市"]

    def test_behind_the_passphrase_from_anywhere(
        self, town: StickerTown, make_client: MakeClient
    ) -> None:
        council = make_client(town, Audience.COUNCIL, passphrase=WORDS)
        refused = council.get("/stickers/door", headers={"Accept": "application/json"}, **OUTSIDE)
        assert refused.status_code == 403
        assert council.post("/stickers", json=sent(1), **OUTSIDE).status_code == 403
        import re

        page = council.get("/passphrase", **OUTSIDE).text
        csrf = re.search(r'name="csrf" value="([^"]+)"', page)
        assert csrf
        entered = council.post(
            "/passphrase", data={"csrf": csrf[1], "passphrase": WORDS}, **OUTSIDE
        )
        assert entered.status_code == 303
        headers = {"X-Otakara-Form": token(council, **OUTSIDE)}
        answer = council.post("/stickers", json=sent(1, word="朝市"), headers=headers, **OUTSIDE)
        assert answer.status_code == 201
        assert town.words() == ["朝市"]


def test_towns_do_not_mix(
    town: StickerTown, make_town: Callable[[str], StickerTown], hall: FlaskClient
) -> None:
    other = make_town("99764")
    drop(hall, sent(1, word="朝市"))
    assert other.words() == []
    assert other.box.folder != town.box.folder
    assert sticker().id not in str(other.box.folder)
