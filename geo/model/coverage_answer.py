"""Who could walk where, on which day: the answer, never shown without its method.

Every figure here has been rounded to people and freed of small numbers: None where 1 to 9 people
(or all but 1 to 9) are meant, or where nothing is known. Nothing in it needs hiding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from geo.model.answers import AreaInfo, LayerInfo, LevelInfo, TownInfo
from geo.model.audience import Audience
from geo.model.coverage_question import CoverageQuestion
from geo.model.held_days import Period
from geo.model.people import PeopleBand

METHOD_JA = "道のりから計算した目安で、実際に通う人数ではありません。"
"""What stands beside every figure."""


@dataclass(frozen=True, slots=True)
class CoverageMethod:
    """How the figures were made; every page, file and table says it.

    Parameters
    ----------
    speed_m_per_min : int
    limits : tuple of int
        Minutes, or metres where ``in_metres``.
    uses_slope : bool
        Whether climbing costs time; false also where no heights are known.
    edges_without_slope : int
        Streets reckoned level because a height is missing at one of their ends.
    steps_factor : float
        How much longer a metre of steps takes than a level metre.
    attach_limit_m : int
        Who lives, or what is held, farther than this from any street is not reckoned with.
    people_title, people_as_of, people_credit
        What the people were counted in; the credit is 「出典：…」 with the licence.
    assumed_shares : Mapping of PeopleBand to float
        Bands that are an assumed share (0..1) of everybody.
    streets_title, streets_as_of, streets_credit
        The streets walked on.
    """

    speed_m_per_min: int
    limits: tuple[int, ...]
    in_metres: bool
    uses_slope: bool
    edges_without_slope: int
    steps_factor: float
    attach_limit_m: int
    people_title: str
    people_as_of: date
    people_credit: str
    assumed_shares: Mapping[PeopleBand, float]
    streets_title: str
    streets_as_of: date
    streets_credit: str

    @property
    def sentence_ja(self) -> str:
        """What stands beside every figure."""
        return METHOD_JA


@dataclass(frozen=True, slots=True)
class Figure:
    """People of one area and band, and how many of them have a place within each limit.

    ``people`` holds ``unknown``: those of whom nobody can say how far they walk. ``covered`` leads
    from a limit (`CoverageMethod.limits`) to people.
    """

    people: int | None
    unknown: int | None
    covered: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class WeekdayFigure:
    """A weekday: people with a place within the sentence's limit that is open on it.

    ``every``: counting what is held on it every week; ``some``: also what is held on it in some
    weeks only. ``places`` and ``places_some`` are how many places those are, within reach of anybody
    or not, that lie in the area. ``seen`` is false where no place in reach of the area is known for
    that day at all: 「まだ見つかっていません」.
    """

    weekday: int
    every: int | None
    some: int | None
    places: int
    places_some: int
    seen: bool


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """One area.

    Parameters
    ----------
    area : AreaInfo
    figure : Figure
        As asked (weekday, layers, band).
    bands : Mapping of PeopleBand to Figure
        The same for every band that is known.
    weekdays : tuple of WeekdayFigure
        月 to 日, for the band that was asked.
    open_days : Mapping of int to (int or None)
        People by on how many days of a week something is in reach of them: 0 .. 7.
    by_transport : int or None
        People out of reach on foot, in an area with a place that fetches them (送迎) on the day
        asked; a class of its own, not in ``figure``.
    places : int
        Places counted that lie in the area.
    members_only : int
        Of these, the ones that count for the people of this area alone.
    """

    area: AreaInfo
    figure: Figure
    bands: Mapping[PeopleBand, Figure] = field(default_factory=dict)
    weekdays: tuple[WeekdayFigure, ...] = ()
    open_days: Mapping[int, int | None] = field(default_factory=dict)
    by_transport: int | None = None
    places: int = 0
    members_only: int = 0


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """The answer to one question, for one audience.

    Parameters
    ----------
    question : CoverageQuestion
        As asked.
    band : PeopleBand
        Who was counted.
    limit : int
        The limit the sentences, weekdays and open days speak of; one of ``method.limits``.
    layers : tuple of LayerInfo
        The layers that were counted; ``count`` = places counted.
    period : Period
        The weeks that decide what 「毎週」 means.
    as_of : date or None
        Of the newest layer counted.
    off_streets : int
        Places that are farther from every street than the attach limit: no walk leads to them.
    unplaced : int
        Treasures of these layers whose place this reader does not see: not reckoned with.
    cells_unknown : int
        Pieces of the census whose number of such people is not given.
    """

    town: TownInfo
    audience: Audience
    today: date
    question: CoverageQuestion
    band: PeopleBand
    limit: int
    level: LevelInfo | None
    areas: tuple[AreaCoverage, ...]
    method: CoverageMethod
    layers: tuple[LayerInfo, ...]
    period: Period
    as_of: date | None
    off_streets: int
    unplaced: int
    cells_unknown: int
