"""The figures of an area as tables: bands of age by limits, and open days a week."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from dataclasses import dataclass

from geo.model.coverage_answer import AreaCoverage, CoverageAnswer, Figure
from geo.model.people import BANDS
from webmap.coverage.coverage_words import CoverageWords, percent_said, thousands
from webmap.coverage.weekday_bar import FULL
from webmap.described import described

A_WEEK = 7


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A figure, or why there is none."""

    text: str = described("410; まだ0人; 出しません; わかりません")
    is_number: bool = described("Whether it is a number that is more than nothing")


@dataclass(frozen=True, slots=True)
class BandRow:
    """One band of age."""

    who: str = described("75歳以上")
    people: FigureCell = described("How many there are")
    covered: tuple[FigureCell, ...] = described("How many have a place, by limit")
    unknown: FigureCell = described("Of how many nobody knows how far they walk")
    asked: bool = described("Whether the sentences speak of them")
    assumed: str = described("住民の14%と仮定; empty where they were counted")


@dataclass(frozen=True, slots=True)
class BandTable:
    """Bands of age by limits."""

    limits: tuple[str, ...] = described("5分, 10分, 15分")
    rows: tuple[BandRow, ...] = described("All the people first, then the older ones")
    has_hidden: bool = described("Whether a figure is too small to be told")


@dataclass(frozen=True, slots=True)
class OpenDaysLine:
    """People by on how many days of a week something is in their reach."""

    label: str = described("毎日; 週3日; まだない")
    figure: FigureCell = described("How many people")
    length: int = described("Of the bar, 0 to FULL")


def band_table(answer: CoverageAnswer, area: AreaCoverage, words: CoverageWords) -> BandTable:
    """The table of an area: every band that is known."""
    figures = area.bands or {answer.band: area.figure}
    rows = []
    for band in BANDS:
        if band in figures:
            figure = figures[band]
            share = answer.method.assumed_shares.get(band)
            rows.append(
                BandRow(
                    who=words.who_of(band),
                    people=people_cell(figure, words),
                    covered=tuple(
                        covered_cell(figure, limit, words) for limit in answer.method.limits
                    ),
                    unknown=_unknown(figure, words),
                    asked=band is answer.band,
                    assumed=words.words.say("住民の%(share)sと仮定", share=percent_said(share))
                    if share is not None
                    else "",
                )
            )
    hidden = [
        number
        for figure in figures.values()
        if figure.people != 0
        for number in (figure.people, figure.unknown, *figure.covered.values())
    ]
    return BandTable(
        limits=tuple(map(words.length, answer.method.limits)),
        rows=tuple(rows),
        has_hidden=None in hidden,
    )


def open_days(area: AreaCoverage, words: CoverageWords) -> tuple[OpenDaysLine, ...]:
    """Most days first; what nobody has is left out, except that nobody has anything."""
    say, people = words.words.say, area.figure.people
    if not people:
        return ()
    lines = []
    for days in range(A_WEEK, -1, -1):
        number = area.open_days.get(days, 0)
        if number == 0:
            continue
        label = say("毎日") if days == A_WEEK else say("週に%(days)s日", days=days)
        lines.append(
            OpenDaysLine(
                label=label if days else say("まだない"),
                figure=_number(number, words),
                length=0 if number is None else max(1, round(FULL * number / people)),
            )
        )
    return tuple(lines)


def covered_cell(figure: Figure, limit: int, words: CoverageWords) -> FigureCell:
    """How many have a place within a limit."""
    say, number = words.words.say, figure.covered.get(limit)
    if figure.people is None:
        return people_cell(figure, words)
    if figure.people == 0:
        return FigureCell("―", is_number=False)
    if figure.unknown == figure.people:
        return FigureCell(say("わかりません"), is_number=False)
    if number == 0:
        return FigureCell(say("まだ0人"), is_number=False)
    return _number(number, words)


def people_cell(figure: Figure, words: CoverageWords) -> FigureCell:
    """How many people there are."""
    if figure.people is None and words.has_unknown_cells:
        return FigureCell(words.words.say("わかりません"), is_number=False)
    return _number(figure.people, words)


def _number(number: int | None, words: CoverageWords) -> FigureCell:
    if number is None:
        return FigureCell(words.words.say("出しません"), is_number=False)
    return FigureCell(thousands(number), is_number=number > 0)


def _unknown(figure: Figure, words: CoverageWords) -> FigureCell:
    """Those of whom nobody knows how far they walk."""
    if figure.people == 0 or figure.unknown == 0:
        return FigureCell("―", is_number=False)
    return _number(figure.unknown, words)
