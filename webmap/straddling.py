"""The sentence that says over which areas a district spreads."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model.answers import Straddle
from webmap.described import described
from webmap.map_data import area_path
from webmap.words import Words


@dataclass(frozen=True, slots=True)
class StraddlePart:
    """One of the areas, with the words that stand before it in the sentence."""

    before: str = described("と, 、 or nothing")
    name: str = described("Name of the area")
    url: str | None = described("Its treasure map")
    percent: str = described("62%")


@dataclass(frozen=True, slots=True)
class StraddleNotice:
    """The notice: この地区は、東小学校区（62%）と西小学校区（38%）にまたがっています."""

    level_title: str = described("The level whose areas are named")
    parts: tuple[StraddlePart, ...] = described("The areas, largest share first")


def percent(share: float) -> str:
    """A share as whole percents; never 0% or 100% for something that is neither."""
    return f"{min(99, max(1, round(share * 100)))}%" if 0 < share < 1 else f"{share:.0%}"


def straddle_notices(
    straddles: tuple[Straddle, ...], town: str, words: Words, *, links: bool, kept: str = ""
) -> tuple[StraddleNotice, ...]:
    """One notice per level, in the order of the answer."""
    by_level: dict[str, list[Straddle]] = {}
    for straddle in straddles:
        by_level.setdefault(straddle.level, []).append(straddle)
    notices = []
    for level in by_level.values():
        ordered = sorted(level, key=lambda s: (-s.share, s.code))
        last = len(ordered) - 1
        parts = tuple(
            StraddlePart(
                before="" if i == 0 else words.say("と") if i == last else words.say("、"),
                name=s.name,
                url=area_path(town, s.level, s.code) + kept if links else None,
                percent=percent(s.share),
            )
            for i, s in enumerate(ordered)
        )
        notices.append(StraddleNotice(level_title=ordered[0].level_title, parts=parts))
    return tuple(notices)
