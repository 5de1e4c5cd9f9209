"""Nothing hidden is in any byte of a sheet, and nothing that may not be on paper."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from canaries import canary_town
from canaries.canary_town import Record
from canaries.conftest import CanaryTown
from canaries.crawling import canaries_in, degrees_in, numbers_in
from paper_foundation.printed import text_of
from paper_views.told_paper import cells_of, told_by, told_by_book
from typed_command import typed_on

from geo.folding import fold
from geo.model.audience import Audience
from webmap.cli import main

AREAS = list(canary_town.area_keys())
CHOICES = (
    "",
    "paper=A4&orientation=portrait&large=1&readings=1&grey=1&scale=5000",
    "sheet=week",
    "sheet=list",
)
OF_ONE_AREA = ("short=1", "sheet=week&week=next", "paper=A1", "paper=A0&tile=A3")
_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"pHYs", b"IDAT", b"IEND"}
"""What a picture is made of; words would stand in others."""


def _printed(pdf: bytes, records: tuple[Record, ...]) -> set[int]:
    """Which records are on a sheet, by name, in whatever lines it stands."""
    text = fold(text_of(pdf))
    return {r.number for r in records if fold(r.text("name")).replace(" ", "") in text}


def _fields(record: Record, audience: Audience, medium: str) -> frozenset[str]:
    return record.may(int(audience), medium) - {"participants"}


def _area(record: Record, audience: Audience) -> frozenset[str]:
    return record.exact if audience is Audience.COORDINATOR else record.homes


@pytest.mark.parametrize("audience", list(Audience), ids=lambda a: a.word)
def test_a_sheet_from_the_web_holds_what_may_be_on_both(
    town: CanaryTown, audience: Audience
) -> None:
    client = town.app(audience).test_client()
    both = [
        r
        for r in town.records
        if r.is_seen(int(audience), "web") and r.is_seen(int(audience), "print")
    ]
    may = canaries_in("\n".join(r.text(f) for r in both for f in _fields(r, audience, "web")))
    may |= {
        core
        for r in both
        for word in ("title", "source")
        for core in canaries_in(canary_town.layer_mark(r.layer, word))
    }
    for area in AREAS:
        here = {r.number for r in both if area in _area(r, audience)}
        for query in (*CHOICES, *(OF_ONE_AREA if area == AREAS[0] else ())):
            answer = client.get(f"/{town.code}/{area}.pdf?{query}")
            assert answer.status_code == 200, (area, query)
            pdf = answer.data
            over = {r.number for r in both if r.status == "終了"} if "week" in query else set()
            assert _printed(pdf, town.records) == here - over, (area, query)
            assert _leaked(told_by(pdf), may) == set(), (area, query)
        book = client.get(f"/{town.code}/{area}.xlsx").data
        rows = fold("\n".join(cells_of(book)))
        assert {r.number for r in town.records if fold(r.text("name")) in rows} == here
        assert canaries_in(told_by_book(book)) - may == set(), area
        for query in ("", "&sheet=list"):
            page = client.get(f"/{town.code}/{area}?mode=print{query}").text
            assert canaries_in(page) == set(), area
            for picture in re.findall(r"base64,([A-Za-z0-9+/=]+)", page):
                assert set(_chunks(b64decode(picture))) <= _CHUNKS


def _leaked(told: str, may: set[str]) -> set[str]:
    """What is told and may not be; a long word is torn in two by the end of a page."""
    torn = {f"?{core[1:]}" for core in may}
    return canaries_in(told) - may - torn


def _chunks(png: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(png):
        yield png[at + 4 : at + 8]
        at += 12 + int.from_bytes(png[at : at + 4])


def test_records_of_one_medium_are_in_the_trap(town: CanaryTown) -> None:
    """Else the sheets above would prove nothing of consents."""
    ways = {
        (r.is_seen(0, "web"), r.is_seen(0, "print")) for r in town.records if r.homes & set(AREAS)
    }
    assert ways == {(False, False), (True, True), (True, False), (False, True)}


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.COUNCIL], ids=lambda a: a.word)
def test_a_sheet_from_the_command_holds_what_may_be_on_paper(
    town: CanaryTown,
    audience: Audience,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It goes from the clerk's hand to paper, and over no web."""
    run = typed_on(
        town.settings.town, monkeypatch, capsys, cluster=town.settings.cluster, entry=main
    )
    seen = [r for r in town.records if r.is_seen(int(audience), "print")]
    titles = [canary_town.layer_mark(r.layer, w) for r in seen for w in ("title", "source")]
    may = canaries_in(
        "\n".join([*(r.text(f) for r in seen for f in _fields(r, audience, "print")), *titles])
    )
    hidden = {r.number for r in town.records} - {r.number for r in seen}
    for area in ("zone/W", "zone/E"):
        file = tmp_path / "sheet.pdf"
        done = run("print", area, "-o", str(file), "--audience", audience.word, "--json")
        assert done.returncode == 0, done.stderr
        here = {r.number for r in seen if area in _area(r, audience)}
        told = json.loads(done.stdout)
        assert (told["treasures"], told["unwritable"]) == (len(here), "")
        pdf = file.read_bytes()
        assert _printed(pdf, town.records) == here
        assert _leaked(told_by(pdf) + done.stdout + done.stderr, may) == set()
        assert not numbers_in(text_of(pdf)) & hidden
        assert degrees_in(text_of(pdf)) == set()
        book = tmp_path / "list.xlsx"
        words = ("--sheet", "list", "--audience", audience.word)
        assert run("print", area, "-o", str(book), *words).returncode == 0
        told_book = told_by_book(book.read_bytes())
        assert canaries_in(told_book) - may == set()
        assert not numbers_in("\n".join(cells_of(book.read_bytes()))) & hidden
