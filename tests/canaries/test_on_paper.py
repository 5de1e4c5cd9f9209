"""Nothing hidden is in any byte of a sheet, and nothing that may not be on paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from canaries import canary_town
from canaries.canary_town import Record
from canaries.conftest import CanaryTown
from canaries.crawling import canaries_in, degrees_in, numbers_in
from paper_foundation.printed import text_of
from paper_views.told_paper import told_by
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
        for query in CHOICES:
            pdf = client.get(f"/{town.code}/{area}.pdf?{query}").data
            over = {r.number for r in both if r.status == "終了"} if "week" in query else set()
            assert _printed(pdf, town.records) == here - over, (area, query)
            assert canaries_in(told_by(pdf)) - may == set(), (area, query)
        page = client.get(f"/{town.code}/{area}?mode=print").text
        assert canaries_in(page) == set(), area


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
        assert canaries_in(told_by(pdf) + done.stdout + done.stderr) - may == set()
        assert not numbers_in(text_of(pdf)) & hidden
        assert degrees_in(text_of(pdf)) == set()
