"""The first steps of every question about walking: the town, the terms, streets, people, places."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.coverage.homes import Homes
from geo.coverage.place_book import Chosen
from geo.errors import NotFoundError, WordsError
from geo.model.answers import LevelInfo
from geo.model.audience import Audience, Medium
from geo.model.coverage_question import CoverageQuestion
from geo.questions.coverage_terms import CoverageTerms, coverage_terms
from geo.questions.placed_walks import PlacedWalks
from geo.questions.town_door import find_area, find_level, open_town
from geo.questions.walking_ground import PeopleGround, StreetGround
from geo.questions.walking_shelf import AreaGroundPlan, AudiencePlaces, WalkingShelf
from geo.store.reading.area_rows import AreaKey
from geo.store.reading.town_rows import TownRow
from geo.store.reading.walk_rows import WalkTown, read_walk_town
from geo.walking.walk_costs import WalkRules

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, eq=False)
class AskedWalk:
    """Everything an answer is made of, for one audience.

    ``level`` and ``key`` are what was asked for: a level of the town, one of its areas; or None.
    """

    town: TownRow
    settings: WalkTown
    terms: CoverageTerms
    rules: WalkRules
    ground: StreetGround
    people: PeopleGround | None
    areas: AreaGroundPlan
    placed: AudiencePlaces
    level: LevelInfo | None
    key: AreaKey | None

    @property
    def walks(self) -> PlacedWalks:
        """The places on the streets, with the walks to them."""
        return self.placed.walks

    @property
    def homes(self) -> Homes:
        """Where people live; the question must need them."""
        assert self.people is not None
        return self.people.homes

    def asked_places(self) -> Chosen:
        """Which places count for the question as asked."""
        terms = self.terms
        held = self.walks.book(terms).held_on(terms.weekday, some_weeks=terms.some_weeks)
        return self.walks.counted(terms) & held

    def open_to(self, key: AreaKey | None) -> Chosen:
        """Which places the people of an area may go to: those for members are for their own."""
        closed = self.walks.book(self.terms).members_only
        return ~closed if key is None else ~closed | self.placed.points.inside(key)


@contextmanager
def asking(
    conn: Connection,
    question: CoverageQuestion,
    audience: Audience,
    medium: Medium,
    today: date,
    shelf: WalkingShelf | None,
    *,
    needs_people: bool = True,
) -> Iterator[AskedWalk]:
    """Hold the shelf while an answer is made of what it keeps.

    Raises
    ------
    NotFoundError
        Where the town has no streets, or no people and they are needed; for a level, an area, a
        layer or a band that is not there.
    WordsError
        For terms that mean nothing.
    AudienceError, DatabaseError
        As every question does.
    """
    town = open_town(conn, audience, medium)
    settings = read_walk_town(conn)
    if settings.streets_edition is None:
        raise NotFoundError(
            "the town has no streets",
            message_ja="この町には、まだ道のデータがありません。道のりは計算できません。",
            hint_ja="boundaries/streets.toml を置いて、読み込んでください（書き方は README）。",
        )
    if needs_people and settings.people is None:
        raise NotFoundError(
            "the town has no people",
            message_ja="この町には、まだ人口のデータがありません。人数は計算できません。",
            hint_ja="boundaries/people.toml を置いて、読み込んでください（書き方は README）。",
        )
    level = None if question.level is None else find_level(town.levels, question.level)
    shelf = shelf or WalkingShelf()
    with shelf.lock:
        ground, people = shelf.streets(conn, settings), shelf.people(conn, settings)
        areas = shelf.areas(conn, settings)
        placed = shelf.places(conn, settings, audience, medium, today)
        known = people.known if people is not None and needs_people else ()
        terms = coverage_terms(question, settings, placed.layers, known)
        key = None
        if question.code is not None:
            if level is None:
                raise WordsError(
                    "an area needs its level",
                    message_ja="地区は、圏域の種類といっしょに書いてください。",
                )
            key = (level.id, find_area(areas.records, level, question.code).code)
        rules = WalkRules.plain() if terms.in_metres else WalkRules(_uses_slope(terms, ground))
        yield AskedWalk(
            town=town,
            settings=settings,
            terms=terms,
            rules=rules,
            ground=ground,
            people=people,
            areas=areas,
            placed=placed,
            level=level,
            key=key,
        )


def _uses_slope(terms: CoverageTerms, ground: StreetGround) -> bool:
    return terms.slope and ground.has_heights
