"""Nothing of what an audience must not see is in any byte it can get; all it may see is there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from canaries import canary_town
from canaries.canary_town import BLOCK_SPOTS, SYMBOLS, TEXTS, Record, layer_mark
from canaries.conftest import TODAY, CanaryTown
from canaries.crawling import Haul, canaries_in, crawl, degrees_in, fetch, numbers_in
from flask.testing import FlaskClient

from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.model.map_answer import MapAnswer
from geo.questions import treasure_map
from webmap.app import CONTEXT
from webmap.offline import offline_map
from webmap.offline.sealing import unseal

AREAS = list(canary_town.area_keys())
WORDS = "三つの言葉をつなぐ"
_BOX = re.compile(
    r'<input type="checkbox" name="(layer|status|function)" value="([^"]*)".*?'
    r'<span class="count">(\d+)件</span>'
)


def _cores(texts: list[str]) -> set[str]:
    return {core for text in texts for core in canaries_in(text)}


class Law:
    """What the canary town says an audience may and must find."""

    def __init__(self, town: CanaryTown, audience: int) -> None:
        self.audience = audience
        self.records = town.records
        self.seen = [r for r in town.records if r.is_seen(audience)]
        layers = {r.layer for r in self.seen}
        titles = [layer_mark(layer, w) for layer in layers for w in ("title", "source")]
        self.may = _cores(
            [r.text(f) for r in self.seen for f in r.may(audience) - {"participants"}] + titles
        )
        self.must = _cores(
            [r.text(f) for r in self.seen for f in r.must(audience) - {"participants"}] + titles
        )
        everything = [r.text(f) for r in town.records for f in TEXTS]
        everything += [layer_mark(layer, w) for layer in SYMBOLS for w in ("title", "source")]
        self.all = _cores(everything)
        placed = [r for r in self.seen if r.shows_place(audience)]
        self.places = {cut for r in placed if not r.venue for cut in _cuts(r)[0]}
        self.no_places = {cut for r in town.records for way in _cuts(r) for cut in way}
        self.no_places -= {cut for r in placed for way in _cuts(r) for cut in way}
        self.numbers = {r.number for r in self.seen}
        self.no_numbers = {r.number for r in town.records} - self.numbers
        counted = {r.participants for r in self.seen if "participants" in r.may(audience)}
        self.numbers |= counted
        self.no_numbers |= {r.participants for r in town.records} - counted

    def hold(self, told: str, where: object) -> None:
        """Fail when a text holds something hidden."""
        assert canaries_in(told) - self.may == set(), where
        assert degrees_in(told) & self.no_places == set(), where
        assert numbers_in(told) & self.no_numbers == set(), where

    def of(self, area: str) -> list[Record]:
        """The records in an area's list."""
        return [r for r in self.seen if area in r.areas(self.audience)]

    @property
    def homeless(self) -> list[Record]:
        """The records in no list of an area."""
        return [r for r in self.seen if not r.areas(self.audience)]


def _cuts(record: Record) -> tuple[set[str], set[str]]:
    """Longitude and latitude with 3 decimals: cut off, and rounded."""
    cut = {str(degrees)[: str(degrees).index(".") + 4] for degrees in record.place}
    return cut, {f"{degrees:.3f}" for degrees in record.place}


@pytest.fixture(scope="module", params=list(Audience), ids=lambda a: a.word)
def audience(request: pytest.FixtureRequest) -> Audience:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def law(town: CanaryTown, audience: Audience) -> Law:
    return Law(town, int(audience))


@pytest.fixture(scope="module")
def client(town: CanaryTown, audience: Audience) -> FlaskClient:
    return town.app(audience).test_client()


@pytest.fixture(scope="module")
def haul(town: CanaryTown, client: FlaskClient) -> Haul:
    return crawl(client, town.code, AREAS)


def _answers(town: CanaryTown, audience: Audience, medium: Medium = Medium.WEB) -> list[MapAnswer]:
    database = TownDatabase(town.settings, town.code)
    try:
        with database.connect(audience, medium) as conn:
            return [
                treasure_map(
                    conn,
                    audience=audience,
                    medium=medium,
                    level=area.split("/")[0],
                    code=area.split("/")[1],
                    today=TODAY,
                )
                for area in AREAS
            ]
    finally:
        database.dispose()


def test_the_town_is_a_good_trap(town: CanaryTown) -> None:
    """Every canary is its own, every way of hiding is there, and each audience sees more."""
    texts = [r.text(f) for r in town.records for f in TEXTS if f != "venue" or not r.venue]
    assert len(_cores(texts)) == len(texts)
    spots = {f"{lon:.3f}" for lon in BLOCK_SPOTS.values()} | {"36.075"}
    corners = {
        f"{x:.3f}" for zone in canary_town.AREAS.values() for *_, w, e in zone for x in (w, e)
    }
    cuts = {cut for r in town.records for way in _cuts(r) for cut in way}
    assert not cuts & (spots | corners | {"36.000", "36.150"})
    laws = [Law(town, int(a)) for a in Audience]
    assert [len(one.seen) for one in laws] == [15, 18, 20, 30]
    for wider, narrower in pairwise(laws):
        assert wider.may < narrower.may < narrower.all
        assert wider.must < narrower.must


def test_no_byte_of_any_answer_holds_what_is_hidden(haul: Haul, law: Law) -> None:
    assert len(haul.told) > 60
    for asked, told in haul.told.items():
        law.hold(told, asked)


def test_what_may_be_seen_is_there(haul: Haul, law: Law) -> None:
    text = haul.text()
    assert law.must <= canaries_in(text)
    assert law.places <= degrees_in(text)
    assert law.numbers <= numbers_in(text)
    blocks = {r.index for r in law.seen if r.precision == "町丁目まで"}
    shown = set(map(int, re.findall(r"(?:ひがし|ヒガシ)町(\d+)丁目", text)))
    exact = {r.index for r in law.seen if "address" in r.may(law.audience)}
    assert shown == (exact | blocks)


def test_pages_of_an_area_count_and_offer_only_what_is_visible(
    town: CanaryTown, haul: Haul, law: Law
) -> None:
    for area in AREAS:
        here = law.of(area)
        assert here, area
        at = f"/{town.code}/{area}"
        data = json.loads(haul.bodies[f"GET {at}.json"])
        assert {e["number"] for e in data["entries"]} == {r.number for r in here}
        layers = Counter(r.layer for r in here)
        assert {layer["id"] for layer in data["layers"]} == set(layers)
        on_map = [r for r in here if r.shows_place(law.audience)]
        on_block = [
            r
            for r in here
            if r not in on_map and r.precision == "町丁目まで" and "block/" in "".join(r.homes)
        ]
        flagged = [n for flag in data["flags"] for n in flag["numbers"]]
        assert sorted(flagged) == sorted(r.number for r in (*on_map, *on_block))
        # Halls of one name, and records of one block, share a flag; all others stand alone.
        blocks = {r.homes for r in on_block}
        assert len(data["flags"]) == len(on_map) + len(blocks) - _shared_in_the_hall(on_map)

        offered: dict[str, dict[str, int]] = {"layer": {}, "status": {}, "function": {}}
        for kind, value, count in _BOX.findall(haul.bodies[f"GET {at}"]):
            offered[kind][value] = int(count)
        statuses = Counter(
            {"おやすみ中": "paused", "終了": "ended"}.get(r.status, "active") for r in here
        )
        assert offered["layer"] == dict(layers)
        assert offered["status"] in (dict(statuses), {} if len(statuses) == 1 else None)
        assert offered["function"] == {r.text("functions"): 1 for r in here}


def _shared_in_the_hall(on_map: list[Record]) -> int:
    """East and west stand 160 m apart, two flags; the one between them joins one of the two."""
    return int(any(r.key == "hall-between" for r in on_map))


def test_overviews_count_only_what_is_visible(town: CanaryTown, haul: Haul, law: Law) -> None:
    for address, levels in {"/": ("zone", "block"), f"/{town.code}/zone/": ("zone",)}.items():
        page = haul.bodies[f"GET {address}"]
        rows = dict(
            re.findall(
                r'<th scope="row"><span[^>]*><a href="/\d+/([^"]+)".*?(<td.*?)</tr>', page, re.S
            )
        )
        columns = list(dict.fromkeys(re.findall(r'<span class="th-words">(.*?)</span>', page)))
        for area in (a for a in AREAS if a.split("/")[0] in levels):
            counts = [
                int(n) if n.isdigit() else 0
                for n in re.findall(r"<td[^>]*>(?:<span class=\"none\">)?([\d―]+)", rows[area])
            ]
            found = Counter(layer_mark(r.layer, "title") for r in law.of(area))
            assert counts == [*(found[title] for title in columns), len(law.of(area))]
            assert set(found) <= set(columns)
        told = {int(n) for n in re.findall(r'data-number="(\d+)"', page)}
        assert told == {r.number for r in law.homeless}
        counted = re.search(r"数だけを数えているお宝が (\d+)件", page)
        assert (counted and counted[1]) == ("2" if law.audience == Audience.COORDINATOR else None)


def test_asking_for_a_hidden_word_tells_nothing(
    town: CanaryTown, client: FlaskClient, law: Law
) -> None:
    """A hidden canary in filter, path or form is answered exactly like a word nobody wrote."""
    nobody = "Zqz0000vぬへあああああほぬ"
    hidden = [
        (field, r.text(field))
        for r in law.records
        for field in ("name", "venue", "contact", "note", "found_through", "functions", "address")
        if field not in r.may(law.audience) and canaries_in(r.text(field))
    ]
    assert law.audience == Audience.COORDINATOR or len(hidden) > 50
    at = f"/{town.code}/zone"
    for field, word in hidden[:: 2 if law.audience == 0 else 5]:
        mark = re.search("Zq.*ほぬ", word)
        assert mark, field
        for pattern in (f"{at}/W?q=%s", f"{at}/E?function=%s", f"{at}/%s", "/%s", "/?next=%s"):
            asked = [fetch(client, Haul(), pattern % text) for text in (mark[0], nobody)]
            words = (mark[0], nobody)
            told, blank = (_without(p, w) for p, w in zip(asked, words, strict=True))
            assert told == blank, (field, pattern)
    for record in law.seen:
        if "zone/W" in record.areas(law.audience):
            page = fetch(client, Haul(), f"{at}/W?q={record.text('name')}")
            shown = re.findall(r'data-number="(\d+)">', page)  # without the hidden ones
            assert shown == [str(record.number)]


def _without(page: str, asked: str) -> str:
    """A page without the word that was asked for, as it is and as addresses carry it."""
    return page.replace(asked, "").replace(quote(asked), "")


def test_the_offline_file_of_every_area(town: CanaryTown, audience: Audience, law: Law) -> None:
    told = ""
    areas = AREAS if audience is Audience.PUBLIC else ["zone/W"]  # sealing takes its time
    for area, answer in zip(AREAS, _answers(town, audience), strict=True):
        if area not in areas:
            continue
        made = offline_map(answer, passphrase=None if audience is Audience.PUBLIC else WORDS)
        content = made.content.decode()
        if made.sealed:
            assert canaries_in(content) == set()
            assert numbers_in(content) & (law.numbers | law.no_numbers) == set()
            sealed = re.search(
                r'<script type="application/json" id="sealed">(.*?)</script>', content
            )
            assert sealed
            content = unseal(sealed[1], WORDS).decode()
        content = re.sub(r"base64,[A-Za-z0-9+/=]+", "", content)  # fonts: any digits occur there
        law.hold(content, (answer.area.name, audience))
        told += content
    of_areas = [r for r in law.seen if r.areas(law.audience) & set(areas)]
    assert _cores([r.text("name") for r in of_areas]) <= canaries_in(told)


def test_print_follows_its_own_consent(town: CanaryTown) -> None:
    for audience in Audience:
        for medium in Medium:
            answers = _answers(town, audience, medium)
            for area, answer in zip(AREAS, answers, strict=True):
                assert {e.number for e in answer.entries} == {
                    r.number
                    for r in town.records
                    if r.is_seen(int(audience), medium.value)
                    and area in (r.exact if audience is Audience.COORDINATOR else r.homes)
                }, (audience, medium, area)


def test_commands(town: CanaryTown, audience: Audience, law: Law, tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("OTAKARA_")}
        return subprocess.run(
            [sys.executable, "-m", "webmap.cli", "--town", str(town.settings.town), *words],
            env=clean
            | {"OTAKARA_CLUSTER": str(town.settings.cluster), "OTAKARA_PASSPHRASE": WORDS},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )

    listed = run("areas", "--json", "--audience", audience.word)
    assert listed.returncode == 0, listed.stderr
    for row in json.loads(listed.stdout):
        here = law.of(f"{row['level']}/{row['code']}")
        assert row["treasures"] == dict(Counter(r.layer for r in here))
    if audience not in (Audience.PUBLIC, Audience.COORDINATOR):
        return
    target = tmp_path / "map.html"
    drawn = run("map", "zone/W", "-o", str(target), "--audience", audience.word)
    wrong = run("map", "zone/W9", "-o", str(target), "--audience", audience.word)
    assert (drawn.returncode, wrong.returncode) == (0, 1)
    for done in (listed, drawn, wrong, run("areas", "--audience", audience.word)):
        law.hold(done.stdout + done.stderr, done.args)
    if audience is Audience.PUBLIC:
        law.hold(target.read_text("utf-8"), "the file")
    assert "西区の地図を" in drawn.stdout


def test_a_broken_answer_tells_nothing(
    town: CanaryTown,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An error whose text quotes every record reaches neither the reader nor the log."""

    def broken(answer: MapAnswer, *_: object, **__: object) -> None:
        raise ValueError(repr(answer))

    client.application.extensions[CONTEXT].cache.__init__()  # nothing stored answers for it
    for name in ("webmap.exports.as_csv", "webmap.map_data.as_json", "webmap.pages.map_page"):
        monkeypatch.setattr(name, broken)
    haul = Haul()
    for end in ("", ".csv", ".json"):
        for accept in ("text/html", "application/json"):
            fetch(client, haul, f"/{town.code}/zone/W{end}", Accept=accept)
    assert {told.split("\n")[0] for told in haul.told.values()} == {"500 INTERNAL SERVER ERROR"}
    out, err = capfd.readouterr()
    assert "ValueError" in err
    assert canaries_in(haul.text() + out + err + caplog.text) == set()


def test_the_log_of_a_whole_crawl_is_empty_of_records(
    town: CanaryTown,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level("DEBUG"):
        crawl(town.app(Audience.COORDINATOR).test_client(), town.code, AREAS)
    out, err = capfd.readouterr()
    assert canaries_in(out + err + caplog.text) == set()


def test_audiences_share_no_stored_answer(town: CanaryTown) -> None:
    """Even with one and the same cache between them, and with each other's ETags."""
    apps = {audience: town.app(audience) for audience in Audience}
    hauls = {a: crawl(app.test_client(), town.code, AREAS) for a, app in apps.items()}
    contexts = [app.extensions[CONTEXT] for app in apps.values()]
    assert len({id(context.cache) for context in contexts}) == len(apps)
    for url in hauls[Audience.PUBLIC].tags:
        if not url.startswith(("/static", "/map.")):
            assert len({haul.tags[url] for haul in hauls.values()}) == len(apps), url
    shared = contexts[-1].cache
    for audience, app in apps.items():
        object.__setattr__(app.extensions[CONTEXT], "cache", shared)
        again = crawl(app.test_client(), town.code, AREAS)
        assert again.told == hauls[audience].told
    public = apps[Audience.PUBLIC].test_client()
    inner = ", ".join(hauls[Audience.COORDINATOR].tags[f"/{town.code}/{area}"] for area in AREAS)
    for area in AREAS:
        answer = public.get(f"/{town.code}/{area}", headers={"If-None-Match": inner})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "audience", [Audience.PUBLIC, Audience.COUNCIL, Audience.PARTNERS], ids=lambda a: a.word
)
def test_what_is_hidden_changes_no_byte(open_canaries, audience: Audience) -> None:
    """The strongest form of the law: another town behind the door, the same answers before it.

    Everything this audience may not know (names, numbers, places within what it may know, head
    counts, whole records) is replaced and loaded anew; every answer stays the same to the byte,
    with its headers and its ETag.
    """
    town = open_canaries(f"9982{int(audience)}")
    before = crawl(town.app(audience).test_client(), town.code, AREAS)
    files = [offline_map(a).content for a in _answers(town, audience)] if not audience else []
    inner = crawl(town.app(Audience.COORDINATOR).test_client(), town.code, AREAS)
    unseen = {
        layer
        for layer in SYMBOLS
        if not any(r.layer == layer and r.is_seen(audience) for r in town.records)
    }
    assert unseen == {"san", "yon"}
    town.load(canary_town.altered(town.records, int(audience)), unseen=unseen)
    after = crawl(town.app(audience).test_client(), town.code, AREAS)
    assert before.told.keys() == after.told.keys()
    for asked, told in before.told.items():
        assert after.told[asked] == told, asked
    if not audience:
        assert [offline_map(a).content for a in _answers(town, audience)] == files
    moved = crawl(town.app(Audience.COORDINATOR).test_client(), town.code, AREAS)
    assert moved.told != inner.told
