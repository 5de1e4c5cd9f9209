"""Every area of every level of two towns, on A4 and A3, both ways: all sheets, all measured.

Some 1,300 sheets in a quarter of an hour; no part of the suite, which takes some of them. Run it
after a change of how sheets look: ``python -m pytest -s tests/paper_towns/every_sheet.py``.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from paper_towns.flow_proof import list_faults, week_faults
from paper_towns.map_proof import MapMeasures
from paper_towns.printed_town import PAPERS, Printed, PrintedTown, told
from paper_towns.sheet_proof import Proof

LEVELS = [
    *(("minato", level) for level in (
        "welfare_district", "school_district", "neighbourhood_association", "town_block",
    )),
    *(("yaizu", level) for level in (
        "junior_high_district", "elementary_district", "neighbourhood_association",
    )),
]  # fmt: skip

POSTER_PAPERS = [("A1", True), ("A0", False), ("A1", False), ("A0", True)]

pytestmark = pytest.mark.timeout(3600)


@pytest.mark.parametrize(("town", "level"), LEVELS)
def test_district_maps(request: pytest.FixtureRequest, town: str, level: str) -> None:
    opened: PrintedTown = request.getfixturevalue(town)
    began = time.perf_counter()
    proofs, sheets = [], []
    for code in opened.areas[level]:
        for paper, landscape in PAPERS:
            proof, sheet = opened.proven(level, code, paper, landscape=landscape)
            way = "landscape" if landscape else "portrait"
            proofs.append((f"{level}/{code} {paper} {way}", proof))
            sheets.append(sheet)
    print(f"\n{town} {level}: {len(proofs)} sheets in {time.perf_counter() - began:.0f} s")
    for line in _figures([proof for _, proof in proofs], sheets):
        print("   ", line)
    assert told(proofs) == []


@pytest.mark.parametrize(("town", "level"), [one for one in LEVELS if one[1] != "town_block"])
def test_lists_and_weeks(request: pytest.FixtureRequest, town: str, level: str) -> None:
    opened: PrintedTown = request.getfixturevalue(town)
    faults, count = [], 0
    for n, code in enumerate(opened.areas[level]):
        address = opened.address(level, code)
        for sheet, measured in (("list", list_faults), ("week", week_faults)):
            paper, landscape = PAPERS[(n + (sheet == "week")) % len(PAPERS)]
            way = "landscape" if landscape else "portrait"
            printed = opened.printed(level, code, sheet=sheet, paper=paper, orientation=way)
            found = measured(printed.pdf, printed.answer, (paper, landscape), address)
            faults += [f"{sheet} {level}/{code} {paper} {way}: {fault}" for fault in found]
            count += 1
    print(f"\n{town} {level}: {count} lists and weeks")
    assert faults == []


@pytest.mark.parametrize("town", ["minato", "yaizu"])
def test_posters(request: pytest.FixtureRequest, town: str) -> None:
    """The districts of the level above, on A1 and A0, lying and standing."""
    opened: PrintedTown = request.getfixturevalue(town)
    level = next(level for of, level in LEVELS if of == town)
    proofs, sheets = [], []
    for n, code in enumerate(opened.areas[level]):
        paper, landscape = POSTER_PAPERS[n % len(POSTER_PAPERS)]
        proof, sheet = opened.proven(level, code, paper, landscape=landscape)
        proofs.append((f"{level}/{code} {paper} {landscape}", proof))
        sheets.append(sheet)
    print(f"\n{town} {level}: {len(proofs)} posters")
    for line in _figures([proof for _, proof in proofs], sheets):
        print("   ", line)
    assert told(proofs) == []


def _figures(proofs: list[Proof], sheets: list[Printed]) -> Iterable[str]:
    maps = [proof.map for proof in proofs if proof.map is not None]
    yield f"entries {_most(proof.entries for proof in proofs)}, pages {_most(p.pages for p in proofs)}"
    yield f"smallest type {min(proof.smallest_pt for proof in proofs)} pt"
    yield f"smallest title {min(proof.title_pt for proof in proofs)} pt"
    yield f"scale bar wrong by {_most(p.bar_error or 0 for p in proofs):.3%} at most"
    yield f"distances wrong by {_most(one.scale_error or 0 for one in maps):.3%} at most"
    yield f"places {_most(one.farthest_mm for one in maps):.3f} mm from where they ought to be"
    yield f"flags {sum(one.flagged for one in maps)}, {_most(one.flagged for one in maps)} on one"
    yield f"beyond the edge {sum(m.outside for m in maps)}, no room {sum(m.crowded for m in maps)}"
    yield f"letters on letters {_on_each_other(maps)}"
    seconds = sorted(sheet.seconds for sheet in sheets)
    yield f"printed in {seconds[len(seconds) // 2]:.2f} s, {seconds[-1]:.2f} s at most"
    yield f"{max(len(sheet.pdf) for sheet in sheets) / 1e6:.2f} MB at most"


def _most(numbers: Iterable[float]) -> float:
    return max(numbers, default=0)


def _on_each_other(maps: Iterable[MapMeasures]) -> int:
    return sum(one.letters_on_letters for one in maps)
