"""Who could walk where, on which day: the figures of areas, with their method."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo.coverage.counting import WEEKDAYS, Counted, count_level
from geo.coverage.lying import Lying
from geo.coverage.small_numbers import Published, publish, told
from geo.model.audience import Audience, Medium
from geo.model.coverage_answer import (
    AreaCoverage,
    CoverageAnswer,
    CoverageMethod,
    Figure,
    WeekdayFigure,
)
from geo.model.coverage_question import CoverageQuestion
from geo.model.held_days import Period
from geo.model.people import BANDS, PeopleBand
from geo.questions.asked_walk import AskedWalk, asking
from geo.questions.entry_list import layer_infos
from geo.questions.page_parts import area_info, credit_lines
from geo.questions.walking_shelf import WalkingShelf

if TYPE_CHECKING:
    from sqlalchemy import Connection


def coverage(
    conn: Connection,
    question: CoverageQuestion,
    *,
    audience: Audience,
    medium: Medium = Medium.WEB,
    today: date,
    shelf: WalkingShelf | None = None,
) -> CoverageAnswer:
    """How many people have a place within a walk, area by area.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        From ``TownDatabase.connect(audience, medium)``.
    question : CoverageQuestion
    audience, medium
        Must be those of the connection.
    today : date
        The day the answer is made for.
    shelf : WalkingShelf, optional
        What this process keeps between questions; without it everything is read for this one.

    Returns
    -------
    CoverageAnswer
        Figures as they may be shown. They come out of the whole level, whichever of its areas were
        asked for, so that the same area always has the same figures.

    Raises
    ------
    NotFoundError
        Where the town has no streets or no people; for a level, an area, a layer or a band that is
        not there.
    WordsError
        For limits, hours or speeds that mean nothing.
    AudienceError, DatabaseError
        As every question does.
    """
    with asking(conn, question, audience, medium, today, shelf) as walk:
        return coverage_answer(walk, question, audience=audience, today=today)


def coverage_answer(
    walk: AskedWalk, question: CoverageQuestion, *, audience: Audience, today: date
) -> CoverageAnswer:
    """The answer to a question that has been taken apart."""
    assert walk.people is not None
    terms, of_town = walk.terms, walk.town
    areas: list[AreaCoverage] = []
    for level in of_town.levels:
        if walk.level in (None, level) and level.id in walk.areas.levels.codes:
            counted = _count(walk, level.id)
            assert walk.areas.homes is not None
            published = publish(counted, walk.areas.homes.nested(level.id))
            areas += _areas(walk, level.id, counted, published)
    band = BANDS.index(terms.band)
    places = walk.walks
    wanted = {layer.id for layer in terms.layers}
    entries = places.places.entries
    counted_places = places.counted(terms)
    counts = {
        layer: int(counted_places[[e.layer == layer for e in entries]].sum()) for layer in wanted
    }
    of_layers = np.array([e.layer in wanted for e in entries], dtype=bool)
    return CoverageAnswer(
        town=of_town.info,
        audience=audience,
        today=today,
        question=question,
        band=terms.band,
        limit=terms.limit,
        level=walk.level,
        areas=tuple(areas),
        method=_method(walk),
        layers=layer_infos(terms.layers, counts),
        period=Period.around(today),
        as_of=max((layer.as_of for layer in terms.layers), default=None),
        off_streets=int((of_layers & places.book(terms).any_day & ~places.spots.known).sum()),
        unplaced=sum(places.places.unplaced.get(layer, 0) for layer in wanted),
        cells_unknown=int(np.isnan(walk.people.counts[:, band]).sum()),
    )


def _count(walk: AskedWalk, level: str) -> Counted:
    assert walk.people is not None
    assert walk.areas.homes is not None
    terms = walk.terms
    return count_level(
        walk.homes,
        walk.people.counts,
        walk.walks.day_walks(walk.rules, terms, walk.homes),
        walk.areas.homes.lying(level),
        walk.placed.points.lying(level),
        walk.walks.book(terms).transport,
        np.tile(np.array(terms.limits_dm, dtype=np.int64), (len(BANDS), 1)),
        terms.limits.index(terms.limit),
    )


def _areas(
    walk: AskedWalk, level: str, counted: Counted, published: Published
) -> list[AreaCoverage]:
    """The areas of a level that were asked for."""
    assert walk.people is not None
    terms = walk.terms
    info = next(one for one in walk.town.levels if one.id == level)
    band = BANDS.index(terms.band)
    lying = walk.placed.points.lying(level)
    book, counts = walk.walks.book(terms), walk.walks.counted(terms)
    held = _per_area(lying, counts[:, None])[:, 0]
    members = _per_area(lying, (counts & book.members_only)[:, None])[:, 0]
    every = _per_area(lying, book.every & counts[:, None])
    some = _per_area(lying, book.some & counts[:, None])
    found = []
    for place, code in enumerate(walk.areas.levels.codes[level]):
        if walk.key not in (None, (level, code)):
            continue
        bands = {one: _figure(walk, counted, published, place, one) for one in walk.people.known}
        weekdays = tuple(
            WeekdayFigure(
                weekday=day,
                every=told(int(published.every[place, band, day])),
                some=told(int(published.some[place, band, day])),
                places=int(every[place, day]),
                places_some=int(some[place, day]),
                seen=bool(counted.seen[place, band, day]),
            )
            for day in range(WEEKDAYS)
        )
        found.append(
            AreaCoverage(
                area=area_info(walk.areas.records[level, code], info),
                figure=bands[terms.band],
                bands=bands,
                weekdays=weekdays,
                open_days={
                    days: told(int(people))
                    for days, people in enumerate(published.open_days[place, band])
                },
                by_transport=told(int(published.by_transport[place, band])),
                places=int(held[place]),
                members_only=int(members[place]),
                cells_unknown=int(counted.cells_unknown[place, band]),
            )
        )
    return found


def _figure(
    walk: AskedWalk, counted: Counted, published: Published, place: int, band: PeopleBand
) -> Figure:
    at = (place, BANDS.index(band))
    covered = zip(walk.terms.limits, published.covered[at].tolist(), strict=True)
    return Figure(
        people=told(int(published.people[at])),
        unknown=told(int(published.unknown[at])),
        covered={limit: told(people) for limit, people in covered},
        is_counted=bool(counted.tells[at]),
    )


def _per_area(lying: Lying, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """How many of the chosen places (bool[P, K]) lie in every area."""
    found = np.zeros((lying.areas, chosen.shape[1]), dtype=np.int64)
    np.add.at(found, lying.area, chosen[lying.item])
    return found


def _method(walk: AskedWalk) -> CoverageMethod:
    people, streets, terms = walk.settings.people, walk.town.ground, walk.terms
    assert people is not None
    assert streets is not None
    return CoverageMethod(
        speed_m_per_min=terms.speed_m_per_min,
        limits=terms.limits,
        in_metres=terms.in_metres,
        uses_slope=walk.rules.slope,
        edges_without_slope=walk.ground.cost(walk.rules).unsloped,
        steps_factor=walk.rules.steps_factor,
        attach_limit_m=walk.settings.attach_limit_m,
        people_title=people.title,
        people_as_of=people.as_of,
        people_credit="".join(credit_lines([people])),
        assumed_shares={PeopleBand(band): share for band, share in people.shares.items()},
        streets_title=streets.title,
        streets_as_of=streets.as_of,
        streets_credit="".join(credit_lines([streets])),
    )
