"""Which level is finer, and which may be straddled."""

from __future__ import annotations

from datetime import date

from geo.model.answers import LevelInfo
from geo.questions.level_ladder import LevelLadder
from geo.store.reading.area_rows import AreaRecord


def level(level_id: str, tier: int | None) -> LevelInfo:
    return LevelInfo(level_id, level_id, tier, "", "", date(2026, 1, 1))


def areas(level_id: str, *sizes_m2: float | None) -> list[AreaRecord]:
    return [
        AreaRecord(level_id, str(i), str(i), None, None, size is not None, size)
        for i, size in enumerate(sizes_m2)
    ]


WIDE, MIDDLE, SCHOOL, CLUB = level("w", 1), level("m", 2), level("s", 3), level("c", 3)
BLOCK, PARISH, LIST = level("b", None), level("p", None), level("l", 3)
LADDER = LevelLadder(
    [WIDE, MIDDLE, SCHOOL, CLUB, LIST, BLOCK, PARISH],
    [
        *areas("w", 900.0),
        *areas("m", 100.0, 100.0),
        *areas("s", 120.0, 90.0, 130.0),  # larger than the middle ones, and yet finer by tier
        *areas("c", 30.0, 40.0),
        *areas("l", None, None),
        *areas("b", 5.0, 6.0),
        *areas("p", 50.0),
    ],
)


def test_the_next_tier_is_finer_with_all_its_levels() -> None:
    assert LADDER.finer(WIDE) == ("m",)
    assert LADDER.finer(MIDDLE) == ("s", "c", "l")


def test_at_the_last_tier_much_smaller_areas_are_finer() -> None:
    assert LADDER.finer(SCHOOL) == ("c",)
    assert LADDER.finer(CLUB) == ()


def test_without_tiers_the_next_smaller_size_is_finer() -> None:
    assert LADDER.finer(PARISH) == ("c",)
    assert LADDER.finer(BLOCK) == ()
    assert LevelLadder([LIST, level("x", None)], []).finer(level("x", None)) == ()


def test_only_coarser_or_like_levels_are_straddled() -> None:
    assert LADDER.may_hold(MIDDLE) == {"w"}
    assert LADDER.may_hold(SCHOOL) == {"w", "m", "l"}
    assert LADDER.may_hold(CLUB) == {"w", "m", "s", "l", "p"}
    assert LADDER.may_hold(BLOCK) == {"w", "m", "s", "c", "p"}
