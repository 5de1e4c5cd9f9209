"""焼津市 printed and measured: real places, real names, areas in two parts and by the sea."""

from __future__ import annotations

import pytest
from paper_towns.flow_proof import list_faults
from paper_towns.printed_town import PAPERS, PrintedTown, told

pytestmark = pytest.mark.realdata

EVERY = {"junior_high_district": 1, "elementary_district": 2, "neighbourhood_association": 3}


def test_districts_and_associations(yaizu: PrintedTown) -> None:
    proofs = []
    for level, step in EVERY.items():
        for n, code in enumerate(yaizu.areas[level][::step]):
            paper, landscape = PAPERS[n % len(PAPERS)]
            proof, _ = yaizu.proven(level, code, paper, landscape=landscape)
            proofs.append((f"{level}/{code} {paper}", proof))
    assert len(proofs) == 9 + 7 + 12
    assert told(proofs) == []


def test_a_hundred_treasures_of_a_district_in_its_list(yaizu: PrintedTown) -> None:
    level, code = "junior_high_district", "2"
    printed = yaizu.printed(level, code, sheet="list")
    assert len(printed.answer.entries) > 100
    assert list_faults(printed.pdf, printed.answer, ("A4", False), yaizu.address(level, code)) == []
