"""Coverage by hand: answers, gaps and shaded streets around the hand-made area of the front tests."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

from front import sample

from geo.model.answers import AreaInfo
from geo.model.audience import Audience
from geo.model.coverage_answer import (
    AreaCoverage,
    CoverageAnswer,
    CoverageMethod,
    Figure,
    WeekdayFigure,
)
from geo.model.coverage_map import CountedPlace, CoverageMap
from geo.model.coverage_question import CoverageQuestion
from geo.model.gap_answer import Gap, GapAnswer
from geo.model.held_days import Period
from geo.model.people import PeopleBand

TODAY = date(2026, 11, 21)
SAMPLE = sample.map_answer()
METHOD = CoverageMethod(
    speed_m_per_min=50,
    limits=(5, 10, 15),
    in_metres=False,
    uses_slope=True,
    edges_without_slope=46,
    steps_factor=2.0,
    attach_limit_m=300,
    people_title="国勢調査 小地域集計",
    people_as_of=date(2020, 10, 1),
    people_credit="出典：総務省統計局（国勢調査、2020年）",
    assumed_shares={PeopleBand.FROM_85: 0.06},
    streets_title="道と地図",
    streets_as_of=date(2026, 4, 1),
    streets_credit="出典：汐見市の道（CC BY 4.0、2026年4月1日現在）",
)


def figure(people: int | None, covered: tuple[int | None, ...], unknown: int | None = 0) -> Figure:
    return Figure(people, unknown, dict(zip((5, 10, 15), covered, strict=True)))


def weekday(
    day: int, every: int | None, some: int | None = -1, *, seen: bool = True
) -> WeekdayFigure:
    more = every if some == -1 else some
    return WeekdayFigure(day, every, more, 2 if every else 0, 3 if more else 0, seen)


def usual_days() -> tuple[WeekdayFigure, ...]:
    """Every kind of day: some weeks only, small numbers, nothing near, nothing found."""
    return (
        weekday(0, 355),
        weekday(1, 413),
        weekday(2, 0, 124),
        weekday(3, 198, 267),
        weekday(4, 0, seen=False),
        weekday(5, None),
        weekday(6, 0),
    )


def area_coverage(area: AreaInfo = SAMPLE.area, **more: object) -> AreaCoverage:
    usual = AreaCoverage(
        area=area,
        figure=figure(1180, (302, 767, 1004), 86),
        bands={
            PeopleBand.EVERYBODY: figure(6423, (1580, 4015, 5531), 402),
            PeopleBand.FROM_65: figure(1987, (498, 1260, 1701), 133),
            PeopleBand.FROM_75: figure(1180, (302, 767, 1004), 86),
            PeopleBand.FROM_85: figure(385, (0, 231, None), 0),
        },
        weekdays=usual_days(),
        open_days={0: 327, 1: 120, 2: 296, 3: 201, 4: 150, 5: None, 6: 0, 7: 0},
        by_transport=118,
        places=12,
        members_only=2,
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def answer_of(
    *areas: AreaCoverage, audience: Audience = Audience.PUBLIC, **more: object
) -> CoverageAnswer:
    usual = CoverageAnswer(
        town=SAMPLE.town,
        audience=audience,
        today=TODAY,
        question=CoverageQuestion(level="jhs", code="J0"),
        band=PeopleBand.FROM_75,
        limit=10,
        level=SAMPLE.level,
        areas=areas or (area_coverage(),),
        method=METHOD,
        layers=SAMPLE.layers[:3],
        period=Period.around(TODAY),
        as_of=date(2026, 3, 31),
        off_streets=1,
        unplaced=3,
        cells_unknown=0,
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def gap(
    people: int | None, *names: str, at: int = 0, nearest: str | None = "通23 ひだまりの会"
) -> Gap:
    cx, cy = sample.CENTER
    x, y = cx - 0.012 + 0.003 * at, cy + 0.006 - 0.002 * at
    lines = {
        "type": "MultiLineString",
        "coordinates": [[[x, y], [x + 0.002, y], [x + 0.002, y + 0.001]]],
    }
    return Gap(
        people, names, 420 + 900 * at, nearest, 640 + 700 * at if nearest else None, x, y, lines
    )


def gaps_of(answer: CoverageAnswer | None = None) -> GapAnswer:
    told = answer or answer_of()
    inner = told.audience is Audience.COORDINATOR
    return GapAnswer(
        area=told.areas[0].area,
        coverage=told,
        gaps=(
            gap(143, "東町3丁目", "東町4丁目"),
            gap(None, "港町", at=1),
            gap(38, at=2),
            gap(0, "工業団地", at=3, nearest=None),
        ),
        unvisited=("山手町1丁目", "山手町2丁目", "新開") if inner else None,
    )


def places() -> tuple[CountedPlace, ...]:
    """What the sample's area has on flags of their own place, each on one day of the week."""
    return tuple(
        CountedPlace(
            entry.number,
            entry.mark,
            entry.layer,
            entry.name,
            SAMPLE.flags[entry.flag].lon,
            SAMPLE.flags[entry.flag].lat,
            (entry.number % 4,),
            (entry.number % 4, 5) if entry.number == 3 else (entry.number % 4,),
        )
        for entry in SAMPLE.entries
        if entry.flag is not None and entry.layer != "senior"
    )


def streets(count: int = 24) -> CoverageMap:
    """A grid around the middle; the farther from a place of that day, the higher the shade."""
    cx, cy = sample.CENTER
    lines, middles = [], []
    for i in range(count):
        for j in range(count):
            x = cx + 0.026 * (i / count - 0.5)
            y = cy + 0.018 * (j / count - 0.5)
            for dx, dy in ((0.026 / count, 0.0), (0.0, 0.018 / count)):
                if ((x - cx) / 0.013) ** 2 + ((y - cy) / 0.009) ** 2 < 1:
                    lines.append((x, y, x + dx, y + dy))
                    middles.append((x - cx, y - cy))
    shades = {}
    for day in range(8):
        turn = day * 0.8
        px, py = 0.005 * math.cos(turn), 0.004 * math.sin(turn)
        far = [math.hypot(x - px, (y - py) * 1.2) for x, y in middles]
        near = 9 if day in (4,) else 1
        digits = "".join(str(min(3, int(near * f / 0.0028))) for f in far)
        shades["any" if day == 7 else str(day)] = "3" * len(lines) if day == 4 else digits
    return CoverageMap(
        (5, 10, 15),
        tuple(lines),
        shades,
        (cx - 0.013, cy - 0.009, cx + 0.013, cy + 0.009),
        places(),
    )
