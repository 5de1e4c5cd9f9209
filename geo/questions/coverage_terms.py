"""What is asked of coverage, with everything that was left to the town's own settings filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.errors import NotFoundError, WordsError
from geo.model.coverage_question import SENTENCE_LIMIT_MIN, CoverageQuestion
from geo.model.people import PeopleBand
from geo.questions.town_door import likely_words
from geo.store.reading.layer_rows import LayerRow
from geo.store.reading.walk_rows import WalkTown
from geo.walking.pace import usual_speed_m_per_min

LONGEST_MIN = 30
LONGEST_M = 3_000
SLOWEST_M_PER_MIN, FASTEST_M_PER_MIN = 10, 100
"""Farther than the fastest walks in the longest time nobody calls it a walk, and a question may not
keep a server busy."""
MOST_LIMITS = 6
_A_DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class CoverageTerms:
    """A question whose every word means something.

    Parameters
    ----------
    band : PeopleBand
    speed_m_per_min : int
    limits : tuple of int
        Ascending; minutes, or metres where ``in_metres``.
    in_metres : bool
        A metre is a metre then: neither slope nor steps make it longer.
    limit : int
        The one of ``limits`` that sentences speak of.
    slope : bool
        Whether climbing shall cost time.
    layers : tuple of LayerRow
        Whose treasures are counted.
    weekday, some_weeks, monthly_or_more, hours
        As in :class:`geo.model.coverage_question.CoverageQuestion`.
    """

    band: PeopleBand
    speed_m_per_min: int
    limits: tuple[int, ...]
    in_metres: bool
    limit: int
    slope: bool
    layers: tuple[LayerRow, ...]
    weekday: int | None
    some_weeks: bool
    monthly_or_more: bool
    hours: tuple[int, int] | None

    @property
    def limits_dm(self) -> tuple[int, ...]:
        """The limits as decimetres of level street."""
        step_m = 1 if self.in_metres else self.speed_m_per_min
        return tuple(10 * step_m * limit for limit in self.limits)

    @property
    def limit_dm(self) -> int:
        """The limit of the sentences as decimetres of level street."""
        return self.limits_dm[self.limits.index(self.limit)]


def coverage_terms(
    question: CoverageQuestion,
    town: WalkTown,
    layers: Sequence[LayerRow],
    known: Sequence[PeopleBand],
) -> CoverageTerms:
    """Fill in what the town settles.

    Parameters
    ----------
    question : CoverageQuestion
    town : WalkTown
    layers : sequence of LayerRow
        Every layer of which this audience sees something.
    known : sequence of PeopleBand
        Bands whose people somebody has counted; none where no people are asked for.

    Raises
    ------
    NotFoundError
        For a layer that is not among ``layers``, a band that is not known.
    WordsError
        For limits, speeds, hours or weekdays that mean nothing.
    """
    band = _asked_band(question.band, PeopleBand(town.people_band), known)
    speed = question.speed_m_per_min or town.walk_speed_m_per_min or usual_speed_m_per_min(band)
    if not SLOWEST_M_PER_MIN <= speed <= FASTEST_M_PER_MIN:
        raise _unusable(
            f"歩く速さ {speed}m/分 では計算できません。",
            f"1分に{SLOWEST_M_PER_MIN}〜{FASTEST_M_PER_MIN}mで書いてください。",
        )
    in_metres = question.limits_m is not None
    limits = question.limits_m or question.limits_min or town.walk_limits_min
    _require_limits(limits, in_metres=in_metres)
    if question.weekday is not None and question.weekday not in range(7):
        raise _unusable("曜日は 0（月）から 6（日）です。", "")
    if question.hours is not None:
        begin, end = question.hours
        if not 0 <= begin < end <= _A_DAY_MIN:
            raise _unusable(
                "時間の範囲が正しくありません。", "「10:00-12:00」のように書いてください。"
            )
    return CoverageTerms(
        band=band,
        speed_m_per_min=speed,
        limits=limits,
        in_metres=in_metres,
        limit=_sentence_limit(question.sentence_limit, limits),
        slope=question.slope and not in_metres,
        layers=_asked_layers(question.layers, layers),
        weekday=question.weekday,
        some_weeks=question.some_weeks,
        monthly_or_more=question.monthly_or_more,
        hours=question.hours,
    )


def _asked_band(
    asked: PeopleBand | None, of_town: PeopleBand, known: Sequence[PeopleBand]
) -> PeopleBand:
    """As asked; else the town's, or, where nobody counted those, the next younger ones."""
    if not known:
        return asked or of_town
    if asked is None:
        younger = list(PeopleBand)[: list(PeopleBand).index(of_town) + 1]
        return next((band for band in reversed(younger) if band in known), known[0])
    if asked not in known:
        raise NotFoundError(
            f"people of band {asked.value} are not known",
            message_ja=f"{asked.label_ja}の人数は、この町の表にありません。",
            hint_ja=f"わかるのは、{'、'.join(band.label_ja for band in known)}の人数です。",
        )
    return asked


def _sentence_limit(asked: int | None, limits: tuple[int, ...]) -> int:
    for wanted in (asked, SENTENCE_LIMIT_MIN):
        if wanted in limits:
            return wanted
    return limits[-1]


def _require_limits(limits: tuple[int, ...], *, in_metres: bool) -> None:
    longest, unit = (LONGEST_M, "m") if in_metres else (LONGEST_MIN, "分")
    ascending = all(low < high for low, high in pairwise(limits))
    if not limits or len(limits) > MOST_LIMITS or not ascending or limits[0] < 1:
        raise _unusable(
            "歩く範囲が正しくありません。",
            f"小さい順に、{MOST_LIMITS}つまで書いてください（例: 5,10,15）。",
        )
    if limits[-1] > longest:
        raise _unusable(
            f"歩く範囲 {limits[-1]}{unit} は遠すぎます。", f"{longest}{unit}までで書いてください。"
        )


def _asked_layers(asked: tuple[str, ...], layers: Sequence[LayerRow]) -> tuple[LayerRow, ...]:
    """Those that were named, or every one that counts as a place; in the order of the legend."""
    known = {layer.id: layer for layer in layers}
    for layer_id in asked:
        if layer_id not in known:
            raise NotFoundError(
                f"no such layer: {layer_id!r}",
                message_ja=f"お宝の種類「{layer_id}」はありません。",
                hint_ja=likely_words(layer_id, {one.id: one.title for one in layers})
                or "まだ、見せられるお宝の種類がありません。",
            )
    return tuple(
        layer for layer in layers if (layer.id in asked if asked else layer.counts_as_place)
    )


def _unusable(message_ja: str, hint_ja: str) -> WordsError:
    return WordsError("unusable words for coverage", message_ja=message_ja, hint_ja=hint_ja)
