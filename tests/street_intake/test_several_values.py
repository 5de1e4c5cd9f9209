"""Lists that programs flattened into one cell."""

from __future__ import annotations

import pytest

from geo.street_intake.several_values import several


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", []),
        ("  ", []),
        ("steps", ["steps"]),
        ("footway,steps", ["footway", "steps"]),
        ("['footway', 'steps']", ["footway", "steps"]),
        ('["footway", "steps"]', ["footway", "steps"]),
        ("[1, 2.5, True]", ["1", "2.5", "True"]),
        ("[ false, true ]", ["false", "true"]),
        ("Rua das Flores, 12", ["Rua das Flores, 12"]),
        ("[None, 'a']", ["None", "a"]),
        ("['a', ['b']]", ["a", "b"]),
        ("['\\d']", ["\\d"]),
        ("[x for x in y]", ["x for x in y"]),
        ("[]", []),
    ],
)
def test_values(text: str, values: list[str]) -> None:
    assert several(text) == values


def test_what_is_far_too_long_is_not_understood_but_split() -> None:
    assert several("['" + "a" * 5000 + "']") == ["a" * 5000]
