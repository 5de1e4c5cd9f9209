"""What the address of a page of coverage asks: which day, how far, whom, which places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from geo.model.audience import Audience
from geo.model.coverage_question import DISTANCE_LIMITS_M, CoverageQuestion
from geo.model.people import PeopleBand
from webmap.day_filter import WEEKDAYS
from webmap.filters import Filters
from webmap.showing import Showing, audience_named

MOST_LAYERS = 50
_MINUTES = re.compile(r"[1-9][0-9]?", re.ASCII)
_METRES = {str(metres): metres for metres in DISTANCE_LIMITS_M}
_BANDS = {band.value: band for band in PeopleBand}


@dataclass(frozen=True, slots=True)
class CoverageAsked:
    """What is asked, and how it is to be shown; unknown words are kept out, never an error.

    Parameters
    ----------
    weekday : int or None
        ``?weekday=火``. Chooses a day to speak of; the files answer for it alone.
    minutes : int or None
        ``?minutes=15``: one of the town's limits; another one means nothing.
    metres : int or None
        ``?metres=500``: one of :data:`DISTANCE_LIMITS_M`, instead of minutes.
    band : PeopleBand or None
        ``?people=75``.
    layers : tuple of str
        ``?layer=…``; sorted, each once.
    seen_as : Audience or None
        ``?as=council``: as another audience sees it.
    showing : Showing
        Language, size of type, style of the map.
    """

    weekday: int | None = None
    minutes: int | None = None
    metres: int | None = None
    band: PeopleBand | None = None
    layers: tuple[str, ...] = ()
    seen_as: Audience | None = None
    showing: Showing = field(default_factory=Showing)

    @classmethod
    def from_args(cls, args: Mapping[str, Any]) -> CoverageAsked:
        """Read the query string."""
        filters, view = Filters.from_args(args), Showing.from_args(args)
        minutes, metres = str(args.get("minutes", "")), _METRES.get(str(args.get("metres", "")))
        return cls(
            weekday=min(filters.days.weekdays, default=None),
            minutes=int(minutes) if _MINUTES.fullmatch(minutes) and metres is None else None,
            metres=metres,
            band=_BANDS.get(str(args.get("people", ""))),
            layers=tuple(sorted(filters.layers)[:MOST_LAYERS]),
            seen_as=audience_named(args.get("as")),
            showing=Showing(language=view.language, large=view.large, map_style=view.map_style),
        )

    def audience(self, served: Audience) -> Audience:
        """Whose eyes the page is made for; never above the audience that is served."""
        return served if self.seen_as is None else min(self.seen_as, served)

    def question(self, level: str, code: str | None = None) -> CoverageQuestion:
        """The same for :func:`geo.questions.coverage`, without the day.

        A page tells every weekday of any day's answer: one answer for all of them.
        """
        return CoverageQuestion(
            level=level,
            code=code,
            layers=self.layers,
            limits_m=DISTANCE_LIMITS_M if self.metres else None,
            sentence_limit=self.metres or self.minutes,
            band=self.band,
        )

    def question_of_day(self, level: str, code: str | None = None) -> CoverageQuestion:
        """The same for a file, which answers for the day that was asked for."""
        return replace(self.question(level, code), weekday=self.weekday)

    def query(self) -> str:
        """The canonical query string, without the question mark."""
        return urlencode([*self._pairs(), *self.showing.kept_pairs()])

    def asked_query(self) -> str:
        """The same without language, size of type and style."""
        return urlencode(self._pairs())

    def query_of_map(self) -> str:
        """What of it changes the map: whose pace, minutes or metres, which places, whose eyes."""
        return urlencode(replace(self, weekday=None, minutes=None)._pairs())

    def _pairs(self) -> list[tuple[str, str]]:
        """Names and values of what is asked, in one order."""
        pairs: list[tuple[str, str]] = []
        if self.weekday is not None:
            pairs.append(("weekday", WEEKDAYS[self.weekday]))
        if self.metres:
            pairs.append(("metres", str(self.metres)))
        if self.minutes:
            pairs.append(("minutes", str(self.minutes)))
        if self.band:
            pairs.append(("people", self.band.value))
        pairs += [("layer", layer) for layer in self.layers]
        if self.seen_as is not None:
            pairs.append(("as", self.seen_as.word))
        return pairs
