"""What is said at a meeting reaches the coordinator's queue, and no other byte anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from canaries.canary_town import area_keys, canary
from canaries.conftest import TODAY, CanaryTown
from canaries.crawling import Haul, canaries_in, crawl, degrees_in, fetch
from flask.testing import FlaskClient
from sqlalchemy import text

from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.model.sticker import StickerState
from geo.questions import treasure_map
from geo.stickers import StickerBox
from webmap.offline import offline_map

CODE = "99815"
AREAS = list(area_keys())
WORD, ASK, NOTE, AREA_NAME = (canary(9900 + n, "x") for n in range(4))
MINE = {core for said in (WORD, ASK, NOTE, AREA_NAME) for core in canaries_in(said)}
ID, SECRET, MEETING = "5eed" * 8, "5ec2" * 8, "3ee7" * 8
LON, LAT = 138.897313, 36.147619
PLACE = {"138.897", "36.147"}


@pytest.fixture(scope="module")
def town(open_canaries: Callable[[str], CanaryTown]) -> CanaryTown:
    return open_canaries(CODE)


@pytest.fixture(scope="module")
def clients(town: CanaryTown) -> dict[Audience, tuple[FlaskClient, FlaskClient]]:
    """Two fresh applications per audience, made at one moment: one to ask before, one after."""
    return {a: (town.app(a).test_client(), town.app(a).test_client()) for a in Audience}


@pytest.fixture(scope="module")
def before(
    town: CanaryTown, clients: dict[Audience, tuple[FlaskClient, FlaskClient]]
) -> dict[Audience, Haul]:
    """What each audience was told before anybody said anything."""
    return {audience: everything(town, asked) for audience, (asked, _) in clients.items()}


@pytest.fixture(scope="module")
def dropped(town: CanaryTown, before: dict[Audience, Haul]) -> Iterator[StickerBox]:
    """One sticker from a hall screen, and what the coordinator wrote about it."""
    assert len(before) == len(Audience)
    client = town.app(Audience.PUBLIC).test_client()
    assert send(client, word=WORD).status_code == 201
    box = StickerBox.of(town.settings, town.code)
    box.change(ID, state=StickerState.ASKED, ask_next=ASK, note=NOTE)
    yield box
    for path in box.folder.glob("*.json"):
        path.unlink()


def send(client: FlaskClient, **words: object):
    token = client.get("/stickers/door").json["csrf"]
    sent = {
        "id": ID, "secret": SECRET, "meeting": MEETING, "letter": "あ", "lon": LON, "lat": LAT,
        "level": "zone", "code": "E", "area": AREA_NAME,
    }  # fmt: skip
    return client.post("/stickers", json=sent | words, headers={"X-Otakara-Form": token})


def everything(town: CanaryTown, client: FlaskClient) -> Haul:
    """A crawl, and the hall of every area in every way of showing it."""
    haul = crawl(client, town.code, AREAS)
    ways = ("mode=hall", "mode=hall&as=coordinator&order=area", "mode=hall&lang=en&large=1")
    for area in AREAS:
        for way in ways:
            fetch(client, haul, f"/{town.code}/{area}?{way}")
    for path in ("/stickers", "/stickers/", f"/stickers/{ID}/", "/stickers.json", "/stickers.csv"):
        for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE"):
            fetch(client, haul, path, method)
    return haul


def hold(told: str, where: object) -> None:
    """Fail when a text holds anything of the sticker."""
    assert canaries_in(told) & MINE == set(), where
    assert degrees_in(told) & PLACE == set(), where
    for word in (ID, SECRET, MEETING):
        assert word not in told, where


@pytest.mark.usefixtures("dropped")
@pytest.mark.parametrize("audience", list(Audience), ids=lambda a: a.word)
def test_no_byte_of_any_answer_changes(
    town: CanaryTown,
    clients: dict[Audience, tuple[FlaskClient, FlaskClient]],
    before: dict[Audience, Haul],
    audience: Audience,
) -> None:
    told_before, queue_before = _apart(before[audience])
    told_after, queue_after = _apart(everything(town, clients[audience][1]))
    assert len(told_after) > 90
    assert told_after.keys() == told_before.keys()
    for asked, told in told_after.items():
        hold(told.replace(asked.split()[1], ""), asked)
        assert told == told_before[asked], asked
    # The trap is set: the queue says all of it, to one audience.
    found = canaries_in("\n".join(queue_after.values()))
    assert (found >= MINE) == (audience is Audience.COORDINATOR)
    assert canaries_in("\n".join(queue_before.values())) & MINE == set()


def _apart(haul: Haul) -> tuple[dict[str, str], dict[str, str]]:
    """What was told of the town, and what on the coordinator's desk."""
    desk = {asked for asked in haul.told if asked.split()[1].startswith("/desk")}
    return (
        {asked: told for asked, told in haul.told.items() if asked not in desk},
        {asked: told for asked, told in haul.told.items() if asked in desk},
    )


@pytest.mark.usefixtures("dropped")
def test_files_to_take_away_hold_nothing(town: CanaryTown) -> None:
    database = TownDatabase(town.settings, town.code)
    try:
        for area in AREAS:
            level, code = area.split("/")
            with database.connect(Audience.PUBLIC, Medium.WEB) as conn:
                answer = treasure_map(
                    conn,
                    audience=Audience.PUBLIC,
                    medium=Medium.WEB,
                    level=level,
                    code=code,
                    today=TODAY,
                )
            content = offline_map(answer).content.decode()
            assert canaries_in(content) & MINE == set()
            assert ID not in content
    finally:
        database.dispose()


def test_the_database_and_the_town_folder_hold_nothing(
    town: CanaryTown, dropped: StickerBox
) -> None:
    database = TownDatabase(town.settings, town.code)
    try:
        with database.owner() as conn:
            tables = conn.execute(
                text("SELECT schemaname, tablename FROM pg_tables WHERE schemaname = 'town'")
            ).all()
            assert len(tables) > 10
            for schema, name in tables:
                rows = conn.execute(text(f'SELECT r::text FROM "{schema}"."{name}" r')).scalars()
                hold("\n".join(rows), name)
    finally:
        database.dispose()
    folder = town.settings.town
    for path in folder.rglob("*"):
        if path.is_file():
            hold(path.read_text("utf-8", "replace"), path)
    assert not dropped.folder.is_relative_to(folder)


@pytest.mark.usefixtures("dropped")
def test_nothing_is_said_in_errors_and_logs(
    town: CanaryTown,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = town.app(Audience.PUBLIC).test_client()
    answers = [
        send(client, word=WORD, secret="0" * 32),  # another page's
        send(client, word=WORD + "あ" * 60),
        send(client, word=WORD + "あ" * 10_000),
        send(client, word=WORD, lon="東"),
        client.post("/stickers", data={"word": WORD, "id": ID}),
        client.post("/stickers/undo", json={"id": ID, "secret": "0" * 32, "word": WORD}),
        client.get(f"/stickers/{ID}?word={NOTE}"),
    ]

    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"{WORD} {ID} {json.dumps([LON, LAT])}")

    with monkeypatch.context() as patch:
        patch.setattr(StickerBox, "put", broken)
        answers.append(send(client, word=WORD))
    assert [a.status_code for a in answers] == [404, 400, 413, 400, 403, 403, 308, 500]
    inner = town.app(Audience.COORDINATOR).test_client()
    with monkeypatch.context() as patch:
        patch.setattr("webmap.desk.drafts_page._line", broken)
        answers.append(inner.get("/desk/drafts"))
    assert answers[-1].status_code == 500
    out, err = capfd.readouterr()
    assert "ValueError" in err
    for told in (*(a.text for a in answers if a.status_code != 308), out, err, caplog.text):
        hold(told, told[:200])
