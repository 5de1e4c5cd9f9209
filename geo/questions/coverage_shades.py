"""What a map of coverage draws: streets shaded by how far the nearest place is, and the reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo.coverage.shading import shaded_streets
from geo.model.answers import GeoJson
from geo.model.audience import Audience, Medium
from geo.model.coverage_map import CoverageMap
from geo.model.coverage_question import CoverageQuestion
from geo.questions.asked_walk import AskedWalk, asking
from geo.questions.counted_places import counted_places
from geo.questions.walking_shelf import WalkingShelf
from geo.walking.walk_graph import NEVER

if TYPE_CHECKING:
    from sqlalchemy import Connection

Flags = npt.NDArray[np.bool_]


def coverage_map(
    conn: Connection,
    question: CoverageQuestion,
    *,
    audience: Audience,
    medium: Medium = Medium.WEB,
    today: date,
    shelf: WalkingShelf | None = None,
) -> CoverageMap:
    """The streets of an area, or of the town, with a shade for any day and for every weekday.

    Every shade counts what is held every week; with ``question.some_weeks`` also what is held in
    some. ``question.weekday`` chooses nothing here: all of them are drawn. People are not needed.

    Parameters
    ----------
    conn, question, audience, medium, today, shelf
        As for :func:`geo.questions.coverage_figures.coverage`.

    Raises
    ------
    NotFoundError, WordsError, AudienceError, DatabaseError
        As `coverage` does, except for people.
    """
    with asking(conn, question, audience, medium, today, shelf, needs_people=False) as walk:
        terms, book = walk.terms, walk.walks.book(walk.terms)
        counted = walk.walks.counted(terms) & walk.open_to(walk.key)
        days = book.some if terms.some_weeks else book.every
        chosen = np.concatenate([counted[None], (days & counted[:, None]).T])
        wanted = wanted_stretches(walk)
        shaded = shaded_streets(
            walk.ground.streets,
            walk.ground.stretches,
            _from_stretches(walk, chosen, wanted),
            terms.limits_dm,
            limits=terms.limits,
            metric_crs=walk.town.metric_crs,
            wanted=wanted,
        )
        return replace(shaded, places=counted_places(walk, wanted))


def reach_outline(
    conn: Connection,
    question: CoverageQuestion,
    *,
    audience: Audience,
    medium: Medium = Medium.WEB,
    today: date,
    shelf: WalkingShelf | None = None,
) -> GeoJson:
    """A MultiPolygon (EPSG:4326) around the streets within the sentence's limit; for the eye only.

    Parameters
    ----------
    conn, question, audience, medium, today, shelf
        As for :func:`geo.questions.coverage_figures.coverage`.

    Raises
    ------
    NotFoundError, WordsError, AudienceError, DatabaseError
        As `coverage` does, except for people.
    """
    from geo.coverage.reach_raster import reach_outline as outline_of  # half a second of its own

    with asking(conn, question, audience, medium, today, shelf, needs_people=False) as walk:
        wanted = wanted_stretches(walk)
        chosen = walk.asked_places() & walk.open_to(walk.key)
        (nearest,) = _from_stretches(walk, chosen[None], wanted)
        streets, stretches = walk.ground.streets, walk.ground.stretches
        return outline_of(streets, stretches, nearest <= walk.terms.limit_dm).as_geojson(
            walk.town.metric_crs
        )


def wanted_stretches(walk: AskedWalk) -> Flags:
    """The stretches of the area that was asked for, or all."""
    if walk.key is not None:
        return walk.areas.stretches.inside(walk.key)
    return np.ones(len(walk.ground.stretches), dtype=bool)


def _from_stretches(walk: AskedWalk, chosen: Flags, wanted: Flags) -> npt.NDArray[np.uint32]:
    """From the middle of every wanted stretch to the nearest place of each row of ``chosen``."""
    table = walk.walks.table(walk.rules, walk.terms.limits_dm[-1])
    nearest = np.full((len(chosen), len(wanted)), NEVER, dtype=np.uint32)
    nearest[:, wanted] = table.nearest_many(walk.ground.stretches.spots.take(wanted), chosen)
    return nearest
