"""Zero, not told and suppressed are three things."""

from __future__ import annotations

import pytest

from geo.people_intake.count_texts import is_suppressed, people_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12", 12.0),
        ("1,234", 1234.0),
        ("１２人", 12.0),
        ("12.5", 12.5),
        ("0", 0.0),
        ("", None),
        ("X", None),
        ("*", None),
        ("***", None),
    ],
)
def test_what_a_cell_tells(text: str, count: float | None) -> None:
    assert people_count(text, dash_is_zero=True) == count
    assert people_count(text, dash_is_zero=False) == count


def test_a_dash_is_nobody_in_the_census_and_nothing_told_elsewhere() -> None:
    assert people_count("-", dash_is_zero=True) == 0.0
    assert people_count("－", dash_is_zero=True) == 0.0
    assert people_count("-", dash_is_zero=False) is None


@pytest.mark.parametrize("text", ["-3", "約20", "1e3", "12.3.4", "#N/A", ".", "10000000", "二十"])
def test_what_is_no_number_of_people(text: str) -> None:
    with pytest.raises(ValueError, match="not a count"):
        people_count(text, dash_is_zero=True)


def test_suppressed_is_not_blank() -> None:
    assert [is_suppressed(text) for text in ("X", "＊", "***", "", "-", "0")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
