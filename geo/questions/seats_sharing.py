"""How many seats within a walk there are for whom, where others could walk to the same ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from geo.coverage.catchment import ZONE_WEIGHTS, catchment, seats_of_areas
from geo.coverage.sum_guard import LEAST
from geo.errors import WordsError
from geo.model.audience import Audience, Medium
from geo.model.coverage_answer import Figure
from geo.model.coverage_question import CoverageQuestion
from geo.model.people import BANDS
from geo.model.seats_answer import SeatsAnswer
from geo.questions.asked_walk import asking
from geo.questions.coverage_figures import coverage_answer
from geo.questions.walking_shelf import WalkingShelf

if TYPE_CHECKING:
    from sqlalchemy import Connection


def shared_seats(
    conn: Connection,
    question: CoverageQuestion,
    *,
    audience: Audience,
    medium: Medium = Medium.WEB,
    today: date,
    shelf: WalkingShelf | None = None,
) -> SeatsAnswer:
    """Seats (定員) for a hundred people of every area: the enhanced two-step floating catchment.

    The question's three limits are the zones. Places for members only are left out: their seats are
    not for everybody around them.

    Parameters
    ----------
    conn, question, audience, medium, today, shelf
        As for :func:`geo.questions.coverage_figures.coverage`.

    Raises
    ------
    NotFoundError, WordsError, AudienceError, DatabaseError
        As `coverage` does; `WordsError` also where the limits are not three.
    """
    with asking(conn, question, audience, medium, today, shelf) as walk:
        terms = walk.terms
        if len(terms.limits_dm) != len(ZONE_WEIGHTS):
            raise WordsError(
                f"{len(terms.limits_dm)} limits instead of {len(ZONE_WEIGHTS)}",
                message_ja=f"席の計算では、時間（または道のり）を{len(ZONE_WEIGHTS)}つ決めてください。",
                hint_ja="たとえば 5分・10分・15分 のように、短い順に書いてください。",
            )
        assert walk.people is not None
        assert walk.areas.homes is not None
        homes, book = walk.homes, walk.walks.book(terms)
        counts = np.nan_to_num(walk.people.counts[:, BANDS.index(terms.band)], nan=0.0)
        people = counts[homes.cell] * homes.share
        chosen = walk.asked_places() & ~book.members_only
        table = walk.walks.table(walk.rules, terms.limits_dm[-1])
        found = catchment(table, homes.spots, people, book.capacity, chosen, terms.limits_dm)
        told = coverage_answer(walk, question, audience=audience, today=today)
        seats = {}
        for level in {one.area.level for one in told.areas}:
            of_level = seats_of_areas(found, people, walk.areas.homes.lying(level))
            for code, mean in zip(walk.areas.levels.codes[level], of_level.tolist(), strict=True):
                seats[level, code] = mean
        counted = ~np.isnan(book.capacity)
        return SeatsAnswer(
            coverage=told,
            seats_per_100={
                (one.area.level, one.area.code): _per_100(
                    one.figure, seats[one.area.level, one.area.code]
                )
                for one in told.areas
            },
            weights=ZONE_WEIGHTS,
            places=int((chosen & counted).sum()),
            uncounted=int((chosen & ~counted).sum()),
        )


def _per_100(figure: Figure, mean: float) -> float | None:
    if figure.people is None or figure.unknown is None or np.isnan(mean):
        return None
    return None if figure.people - figure.unknown < LEAST else round(mean * 100, 1)
