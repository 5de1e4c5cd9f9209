"""The town of squares: every figure of tests/town/README.md, for every audience and medium."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.model.audience import Audience, Medium

if TYPE_CHECKING:
    from conftest import LoadedTown

README = (Path(__file__).parents[1] / "town" / "README.md").read_text(encoding="utf-8")
AREA = {"q": "quarter", "s": "strip"}

# Numbers that each audience finds, in the words of the README's last table.
FOUND = {
    "q1": ({1, 2}, {1, 2, 5}, {1, 2, 5}, {1, 2, 5, 7}),
    "q2": ({3}, {3}, {3, 6}, {3, 6}),
    "q3": ({4}, {4}, {4}, {4}),
    "q4": ({8, 9}, {8, 9}, {8, 9}, {8, 9}),
    "s1": ({3}, {3}, {3}, {3}),
    "s2": ({1, 2}, {1, 2, 5}, {1, 2, 5}, {1, 2, 5, 7}),
    "s3": (set(), set(), {6}, {6}),
    "s4": ({4}, {4}, {4}, {4}),
    "s5": ({9}, {9}, {9}, {9}),
    "s6": ({8}, {8}, {8}, {8}),
}


def test_readme_and_test_say_the_same_counts() -> None:
    for code, found in FOUND.items():
        row = re.search(rf"^\| {code} \| (\d).*?\| (\d).*?\| (\d).*?\| (\d)", README, re.MULTILINE)
        assert row is not None, code
        assert [int(n) for n in row.groups()] == [len(numbers) for numbers in found], code


@pytest.mark.parametrize("medium", list(Medium))
@pytest.mark.parametrize("audience", list(Audience))
def test_who_finds_what_where(squares: LoadedTown, audience: Audience, medium: Medium) -> None:
    for code, found in FOUND.items():
        answer = squares.map(f"{AREA[code[0]]}/{code}", audience, medium)
        assert {entry.number for entry in answer.entries} == found[audience], (code, audience)


@pytest.mark.parametrize(("audience", "total"), list(zip(Audience, (6, 7, 8, 9), strict=True)))
def test_town_totals(squares: LoadedTown, audience: Audience, total: int) -> None:
    answer = squares.overview(audience)
    assert sum(layer.count for layer in answer.layers) == total
    assert answer.hidden_count == (1 if audience is Audience.COORDINATOR else None)
    assert answer.homeless == ()


def test_shares_of_straddlers(squares: LoadedTown) -> None:
    """s1 lies half in q1 and half in q2; s2 has three squares in q1 and one in q2."""
    rows = squares.areas()

    def shares(area: str, level: str) -> dict[str, float]:
        return {o.code: round(o.share, 4) for o in rows[area].overlaps if o.level == level}

    assert shares("strip/s1", "quarter") == {"q1": 0.5, "q2": 0.5}
    assert shares("strip/s2", "quarter") == {"q1": 0.75, "q2": 0.25}
    assert shares("strip/s3", "quarter") == {"q2": 1.0}
    assert shares("quarter/q2", "strip") == {"s1": 0.25, "s2": 0.25, "s3": 0.5}
    assert shares("cell/C2", "strip") == {"s2": 1.0}


def test_a_page_says_that_its_area_straddles(squares: LoadedTown) -> None:
    s2 = squares.map("strip/s2")
    assert {(s.level, s.code, round(s.share, 2)) for s in s2.straddles} == {
        ("quarter", "q1", 0.75),
        ("quarter", "q2", 0.25),
    }
    assert squares.map("strip/s3").straddles == ()
    assert squares.map("quarter/q1").straddles == ()


def test_flags(squares: LoadedTown) -> None:
    """茶1 and 茶2 share a hall and a flag; 茶3 is hollow in the middle of C1; 茶4 has no flag."""
    (hall,) = squares.map("quarter/q1").flags
    assert (hall.numbers, hall.approximate) == ((1, 2), False)
    assert (round(hall.lon, 5), round(hall.lat, 5)) == (138.50277, 36.00225)
    (block,) = squares.map("quarter/q2").flags
    assert (block.numbers, block.approximate) == ((3,), True)
    assert 138.51109 < block.lon < 138.51664
    assert 36.0 < block.lat < 36.00451
    assert squares.map("quarter/q3").flags == ()
    (exact,) = squares.map("quarter/q3", Audience.COORDINATOR).flags
    assert exact.numbers == (4,)


def test_the_undrawn_area_has_a_page_with_its_list(squares: LoadedTown) -> None:
    page = squares.map("strip/s6")
    assert not page.area.drawn
    assert page.outline is None
    assert [(e.mark, e.name, e.flag) for e in page.entries] == [("茶8", "そら会", None)]


def test_text_is_coarsened_with_the_point(squares: LoadedTown) -> None:
    """No byte of the hidden hosts, addresses and telephone numbers reaches a public answer."""
    everything = repr(
        [squares.map(area) for area in squares.areas()] + [squares.overview()]  # type: ignore[operator]
    )
    for hidden in (
        "梅町1-1",
        "梅田さん",
        "星町2-2",
        "星野さん",
        "番地は出さない",
        "つる会",
        "はと会",
    ):
        assert hidden not in everything, hidden
    for hidden in ("ないしょ", "亀井さん", "花岡さん", "000-000-0103", "000-000-0101"):
        assert hidden not in everything, hidden
    assert "ますめ市梅町" in everything


def test_a_second_load_changes_nothing(squares: LoadedTown) -> None:
    again = squares.load()
    assert {k: c.as_json() for k, c in again.layers.items()} == {
        "tea": {"new": 0, "changed": 0, "unchanged": 8, "ended": 0},
        "stop": {"new": 0, "changed": 0, "unchanged": 1, "ended": 0},
        "home": {"new": 0, "changed": 0, "unchanged": 1, "ended": 0},
    }
    assert {k: c.as_json()["unchanged"] for k, c in again.levels.items()} == {
        "quarter": 4,
        "strip": 6,
        "cell": 16,
    }
