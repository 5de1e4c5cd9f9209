"""Who could walk where, on which day: what is asked."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model.people import PeopleBand

SENTENCE_LIMIT_MIN = 10
"""Minutes the sentence of a page speaks of, where nobody asks for another limit."""

DISTANCE_LIMITS_M = (300, 500, 800)
"""Limits a page offers instead of minutes, in metres along level streets."""


@dataclass(frozen=True, slots=True)
class CoverageQuestion:
    """What is asked of a town's coverage; what is None is answered as the town's own settings say.

    Parameters
    ----------
    level : str or None
        Areas of this level; None: of every level.
    code : str or None
        Only this area of the level.
    layers : tuple of str
        Ids of layers; empty: every layer that counts as a place.
    weekday : int or None
        0 = 月 .. 6 = 日; None: any day.
    some_weeks : bool
        Whether a place held in some of the weeks only (第1・3) counts for its weekday.
    monthly_or_more : bool
        Leave out what is held less than once a month. Where nobody says how often, it counts.
    hours : (int, int) or None
        Minutes after midnight: only what is open at some time in between; needs a weekday or not.
        What does not say its hours does not count then.
    limits_min : tuple of int or None
        Ascending. Minutes of walking.
    limits_m : tuple of int or None
        Metres instead of minutes; then ``limits_min`` is not used.
    sentence_limit : int or None
        The limit that sentences, weekdays and open days speak of; one of the limits. None, or one
        that is none of them: `SENTENCE_LIMIT_MIN` where it is one, else the largest.
    band : PeopleBand or None
    speed_m_per_min : int or None
        None: the town's, or what is usual for the band (`geo.walking.pace`).
    slope : bool
        Whether climbing costs time where heights are known.
    """

    level: str | None = None
    code: str | None = None
    layers: tuple[str, ...] = ()
    weekday: int | None = None
    some_weeks: bool = False
    monthly_or_more: bool = True
    hours: tuple[int, int] | None = None
    limits_min: tuple[int, ...] | None = None
    limits_m: tuple[int, ...] | None = None
    sentence_limit: int | None = None
    band: PeopleBand | None = None
    speed_m_per_min: int | None = None
    slope: bool = True
