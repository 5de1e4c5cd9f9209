"""みなと市 printed and measured: its districts on every paper, some of its other areas on one each.

``every_sheet.py`` beside this file measures all areas on all papers.
"""

from __future__ import annotations

from collections import Counter

import pytest
from opened_apps import opened_apps
from paper_foundation.printed import inaccessible
from paper_towns.flow_proof import list_faults, week_faults
from paper_towns.printed_pixels import read_squares, seen
from paper_towns.printed_town import PAPERS, WEB, PrintedTown, told

DISTRICTS = "welfare_district"
PRINTABLE = 316
"""Treasures of a district that everybody may have on paper."""
OTHERS = {"school_district": 3, "neighbourhood_association": 12, "town_block": 25}
"""Of these levels every so manieth area."""


def test_every_district_says_everything_once_at_its_place(minato: PrintedTown) -> None:
    codes = minato.areas[DISTRICTS]
    assert len(codes) == 16
    proofs, sheets = [], []
    for n, code in enumerate(codes):
        paper, landscape = PAPERS[n % len(PAPERS)]
        proof, sheet = minato.proven(DISTRICTS, code, paper, landscape=landscape)
        proofs.append((f"{DISTRICTS}/{code} {paper}", proof))
        sheets.append(sheet)
    assert told(proofs) == []
    found = Counter(entry.number for sheet in sheets for entry in sheet.answer.entries)
    assert set(found.values()) == {1}
    assert len(found) == PRINTABLE
    assert [fault for sheet in sheets for fault in inaccessible(sheet.pdf)] == []


@pytest.mark.parametrize(("paper", "landscape"), PAPERS)
def test_the_fullest_district_on_every_paper(
    minato: PrintedTown, paper: str, landscape: bool
) -> None:
    proof, _ = minato.proven(DISTRICTS, "13", paper, landscape=landscape)
    assert proof.faults == ()
    assert proof.title_pt == 28
    assert proof.map is not None
    assert proof.map.flagged > 30
    assert proof.map.letters_on_letters == 0


def test_areas_of_the_other_levels(minato: PrintedTown) -> None:
    proofs = []
    for level, step in OTHERS.items():
        for n, code in enumerate(minato.areas[level][::step]):
            paper, landscape = PAPERS[n % len(PAPERS)]
            proof, _ = minato.proven(level, code, paper, landscape=landscape)
            proofs.append((f"{level}/{code} {paper}", proof))
    assert len(proofs) > 15
    assert told(proofs) == []


def test_the_square_leads_a_telephone_to_the_same_map(minato: PrintedTown) -> None:
    """Read from the whole first page, as a telephone sees it, and asked for."""
    _, sheet = minato.proven(DISTRICTS, "12", "A3", landscape=True)
    (address,) = read_squares(seen(sheet.pdf, 0, dots_per_inch=150))
    with opened_apps() as open_app:
        page = open_app(minato.database.settings).get(address.removeprefix(WEB))
        assert page.status_code == 200
        assert sheet.answer.area.name in page.get_data(as_text=True)


@pytest.mark.parametrize(("paper", "landscape"), [("A1", True), ("A0", False)])
def test_a_poster_is_the_same_larger(minato: PrintedTown, paper: str, landscape: bool) -> None:
    proof, _ = minato.proven(DISTRICTS, "13", paper, landscape=landscape)
    assert proof.faults == ()
    assert proof.entries == 40
    assert proof.title_pt >= 56


@pytest.mark.parametrize(("paper", "landscape"), PAPERS)
def test_lists_and_weeks(minato: PrintedTown, paper: str, landscape: bool) -> None:
    faults = []
    for code in ("1", "13"):
        words = {"paper": paper, "orientation": "landscape" if landscape else "portrait"}
        address = minato.address(DISTRICTS, code)
        for sheet, measured in (("list", list_faults), ("week", week_faults)):
            printed = minato.printed(DISTRICTS, code, sheet=sheet, **words)
            found = measured(printed.pdf, printed.answer, (paper, landscape), address)
            faults += [f"{sheet} {code}: {fault}" for fault in found]
    assert faults == []
