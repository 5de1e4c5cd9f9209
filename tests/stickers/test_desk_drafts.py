"""The coordinator goes through what was said: alone, by forms of her own pages, without scripts."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from stickers.conftest import StickerTown, hexed, meeting_file, sticker

from geo.database import TownDatabase
from geo.model.audience import Audience
from geo.model.sticker import StickerState

MakeClient = Callable[..., FlaskClient]


@pytest.fixture(scope="module")
def town(make_town: Callable[[str], StickerTown]) -> StickerTown:
    return make_town("99765")


@pytest.fixture(scope="module")
def clerk(town: StickerTown, make_client: MakeClient) -> FlaskClient:
    return make_client(town, Audience.COORDINATOR)


@pytest.fixture(autouse=True)
def empty(town: StickerTown) -> None:
    town.empty()


def csrf(clerk: FlaskClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', clerk.get("/desk/drafts").text)
    assert found
    return found[1]


def send(clerk: FlaskClient, path: str, **words: Any) -> Any:
    return clerk.post(path, data={"csrf": csrf(clerk), **words})


def suggestion(page: str) -> str:
    found = re.search(r'name="ask_next"[^>]*>([^<]*)</textarea>', page)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("audience", [a for a in Audience if a is not Audience.COORDINATOR])
def test_nobody_else_can_tell_that_it_exists(
    town: StickerTown, make_client: MakeClient, audience: Audience
) -> None:
    town.box.take([sticker(1, word="朝市")])
    client = make_client(town, audience)
    for there, nowhere in (
        ("/desk/drafts", "/dask/drafts"),
        ("/desk/drafts.csv", "/dask/drafts.csv"),
        ("/desk/drafts/take", "/dask/drafts/take"),
        (f"/desk/drafts/{hexed(1)}", f"/dask/drafts/{hexed(1)}"),
    ):
        for method in ("get", "post"):
            one = getattr(client, method)(there, follow_redirects=True)
            other = getattr(client, method)(nowhere, follow_redirects=True)
            assert (one.status_code, one.data) == (other.status_code, other.data)
            assert one.status_code in {404, 405}
            assert "朝市" not in one.text


def test_the_desk_counts_what_waits(clerk: FlaskClient, town: StickerTown) -> None:
    assert "待っているふせんは、ありません。" in clerk.get("/desk").text
    town.box.take([sticker(1), sticker(2), sticker(3, state=StickerState.DONE)])
    page = clerk.get("/desk").text
    assert "待っているふせん <strong>2枚</strong>" in page
    assert 'href="/desk/drafts"' in page


def test_the_queue_by_meeting_with_whom_to_ask(clerk: FlaskClient, town: StickerTown) -> None:
    town.box.take(
        [
            sticker(1, "あ", "<b>朝市</b>"),
            sticker(2, "い"),
            sticker(3, "あ", "井戸端", meeting=hexed(8), code="q2", area="南東区"),
        ]
    )
    answer = clerk.get("/desk/drafts")
    assert answer.headers["Cache-Control"] == "private, no-store"
    page = answer.text
    assert "集まりで出たふせん <strong>3枚</strong>" in page
    assert "&lt;b&gt;朝市&lt;/b&gt;" in page
    assert "<b>朝市" not in page
    assert "（ことばなし）" in page
    assert "14時05分" in page
    assert 'href="/99765/quarter/q1"' in page
    assert "2026年11月21日（土） 南東区の集まり" in page
    assert "<b>茶7</b> ないしょ会（およそ100m）" in page
    assert "<dd>鶴亀の会</dd>" in page
    assert suggestion(page).startswith("鶴亀の会／茶7 ないしょ会（100m、")


def test_the_sketch_shows_where_they_lie(clerk: FlaskClient, town: StickerTown) -> None:
    """q1 is 1 km square: B2's sticker at (650, 750) lies 65 % to the right and 25 % down."""
    far = {"lon": -70.0, "lat": -33.0}
    town.box.take([sticker(1, "あ"), sticker(2, "い", **far), sticker(3, "う", code="q9")])
    page = clerk.get("/desk/drafts").text
    (drawn,) = re.findall(r'<svg class="sketch" viewBox="0 0 ([\d.]+) ([\d.]+)"', page)
    width, height = map(float, drawn)
    assert (width, height) == (pytest.approx(380, abs=2), 380)
    (dot,) = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="20"/><text[^>]*>あ<', page)
    room = 30
    assert float(dot[0]) == pytest.approx(room + 0.65 * (width - 2 * room), abs=1)
    assert float(dot[1]) == pytest.approx(room + 0.25 * (height - 2 * room), abs=1)
    assert page.count('r="20"') == 1, "on the other side of the earth: in words only"


def test_words_and_states_are_kept(clerk: FlaskClient, town: StickerTown) -> None:
    town.box.take([sticker(1, "あ", "朝市")])
    url = f"/desk/drafts/{hexed(1)}"
    asked = send(clerk, url, do="asked", ask_next="組長さん\r\n 来週の寄り合い", note="電話で")
    assert (asked.status_code, asked.location) == (303, "/desk/drafts#told")
    (one,) = town.box.read().stickers
    assert (one.state, one.ask_next, one.note) == (
        StickerState.ASKED,
        "組長さん 来週の寄り合い",
        "電話で",
    )
    page = clerk.get("/desk/drafts").text
    assert "ふせん 「あ」".replace(" ", "") in page.replace(" ", "")
    assert "「たずねた」にしました" in page
    assert suggestion(page) == "組長さん 来週の寄り合い"
    send(clerk, url, do="keep", ask_next="", note="")
    (one,) = town.box.read().stickers
    assert (one.state, one.ask_next, one.note) == (StickerState.ASKED, "", "")
    assert suggestion(clerk.get("/desk/drafts").text).startswith("鶴亀の会／")
    send(clerk, url, do="done")
    page = clerk.get("/desk/drafts").text
    assert "済んだもの 1枚" in page
    assert "一覧に足すための行を書き出す" not in page
    send(clerk, url, do="new")
    assert town.box.read().stickers[0].state is StickerState.NEW


def test_a_settled_one_can_be_erased(clerk: FlaskClient, town: StickerTown) -> None:
    town.box.take([sticker(1, "あ", "うっかり名前"), sticker(2, "い", "朝市")])
    assert "ことばごと消す" not in clerk.get("/desk/drafts").text
    url = f"/desk/drafts/{hexed(1)}"
    send(clerk, url, do="dropped")
    page = clerk.get("/desk/drafts").text
    assert page.count("ことばごと消す") == 1
    assert send(clerk, url, do="erase").status_code == 303
    page = clerk.get("/desk/drafts").text
    assert "ふせん「あ」を消しました。" in page
    assert "うっかり" not in page
    assert town.words() == ["朝市"]
    assert send(clerk, url, do="erase").status_code == 404


def test_an_untouched_suggestion_goes_on_following_the_town(
    clerk: FlaskClient, town: StickerTown
) -> None:
    town.box.take([sticker(1)])
    said = suggestion(clerk.get("/desk/drafts").text)
    send(clerk, f"/desk/drafts/{hexed(1)}", do="asked", ask_next=said, note="")
    assert town.box.read().stickers[0].ask_next == ""


def test_long_sentences_fit_and_strange_ones_are_said(
    clerk: FlaskClient, town: StickerTown
) -> None:
    town.box.take([sticker(1)])
    url = f"/desk/drafts/{hexed(1)}"
    assert send(clerk, url, do="keep", ask_next="窓" * 300, note="記" * 500).status_code == 303
    (one,) = town.box.read().stickers
    assert (len(one.ask_next), len(one.note)) == (300, 300)
    refused = send(clerk, url, do="keep", note="\x00")
    assert refused.status_code == 400
    assert "使えない文字" in refused.text
    assert town.box.read().stickers == (one,)
    for gone in (hexed(2), "x", "..", "%2e%2e%2fx"):
        assert send(clerk, f"/desk/drafts/{gone}", do="done").status_code in {404, 405}


def test_a_file_is_taken(clerk: FlaskClient, town: StickerTown) -> None:
    def take(content: bytes, name: str = "ふせん.json") -> Any:
        # Written out, because the test client leaves large forms behind in open files.
        edge = "----upload"
        part = f"--{edge}\r\nContent-Disposition: form-data; name="
        head = f'{part}"csrf"\r\n\r\n{csrf(clerk)}\r\n'
        head += f'{part}"meeting"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        kind = f"multipart/form-data; boundary={edge}"
        return clerk.post("/desk/drafts/take", data=body, content_type=kind)

    done = take(json.dumps(meeting_file(1, 2)).encode())
    assert done.status_code == 303
    page = clerk.get(done.location).text
    assert "ふせんを2枚、取り込みました。" in page
    assert "ことばい" in page
    take(json.dumps(meeting_file(1, 2)).encode(), "../../二度目.json")
    assert (
        "ふせんを0枚、取り込みました。（2枚は、もう入っています）" in clerk.get("/desk/drafts").text
    )
    for content, status in ((b"{", 400), (b"", 400), (b" " * 300_000, 400), (b" " * 600_000, 413)):
        refused = take(content)
        assert refused.status_code == status
        assert 'role="alert"' in refused.text
        assert "ことばい" in refused.text, "the queue is still there"
    assert send(clerk, "/desk/drafts/take").status_code == 400
    assert len(town.words()) == 2


def test_only_own_forms(clerk: FlaskClient, town: StickerTown) -> None:
    town.box.take([sticker(1)])
    file = (io.BytesIO(json.dumps(meeting_file(5)).encode()), "x.json")
    for path, words in (
        (f"/desk/drafts/{hexed(1)}", {"do": "done"}),
        ("/desk/drafts/take", {"meeting": file}),
    ):
        assert clerk.post(path, data={**words, "csrf": "guess"}).status_code == 403
    headers = {"Origin": "https://other.example"}
    data = {"csrf": csrf(clerk), "do": "done"}
    assert clerk.post(f"/desk/drafts/{hexed(1)}", data=data, headers=headers).status_code == 403
    assert [one.state for one in town.box.read().stickers] == [StickerState.NEW]


def test_rows_to_take_away(clerk: FlaskClient, town: StickerTown) -> None:
    town.box.take([sticker(1, word="=朝市"), sticker(2, state=StickerState.DROPPED)])
    answer = clerk.get("/desk/drafts.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=drafts.csv"
    assert answer.headers["Cache-Control"] == "private, no-store"
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("'=朝市,36.0067")


def test_a_damaged_file_is_said(clerk: FlaskClient, town: StickerTown) -> None:
    town.box.take([sticker(1, word="朝市")])
    (town.box.folder / f"{hexed(2)}.json").write_bytes(b"{")
    page = clerk.get("/desk/drafts").text
    assert "1枚は、ファイルが壊れていて読めません" in page
    assert "朝市" in page


def test_nothing_of_a_sticker_is_in_the_database(town: StickerTown, clerk: FlaskClient) -> None:
    from sqlalchemy import text

    town.box.take([sticker(1, word="Zq秘密の朝市")])
    send(clerk, f"/desk/drafts/{hexed(1)}", do="asked", note="Zq秘密の朝市")
    database = TownDatabase(town.settings, town.code)
    try:
        with database.owner() as conn:
            tables = conn.execute(
                text(
                    "SELECT table_schema, table_name FROM information_schema.tables"
                    " WHERE table_type = 'BASE TABLE'"
                    " AND table_schema NOT IN ('pg_catalog', 'information_schema')"
                )
            ).all()
            assert len(tables) > 10
            for schema, name in tables:
                count = conn.execute(
                    text(
                        f'SELECT count(*) FROM "{schema}"."{name}" AS r'
                        " WHERE r::text LIKE '%Zq秘密%' OR r::text LIKE :id"
                    ),
                    {"id": f"%{hexed(1)}%"},
                ).scalar()
                assert count == 0, name
    finally:
        database.dispose()


def test_without_a_database_the_words_are_there(
    town: StickerTown, make_client: MakeClient, tmp_path
) -> None:
    town.box.take([sticker(1, word="朝市")])
    lost = make_client(
        town,
        Audience.COORDINATOR,
        cluster=tmp_path / "none",
        drafts=town.box.folder.parent,
    )
    page = lost.get("/desk/drafts")
    assert page.status_code == 200
    assert "朝市" in page.text
