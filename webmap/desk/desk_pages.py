"""The desk's pages: one frozen dataclass per template."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from geo.model.audience import Audience
from geo.model.problem_sentence import sentence_ja
from webmap.assets import app_url
from webmap.described import described
from webmap.page_frame import DRAWING_SCRIPTS, Frame, scripts_of, styles_of

if TYPE_CHECKING:
    from geo.model.problem import Problem
    from geo.model.town import Municipality

STYLE = "desk.css"
SCRIPT = "desk.js"
PLACING_STYLES = ("cross.css", STYLE)
PLACING_SCRIPTS = (*DRAWING_SCRIPTS, SCRIPT, "cross.js", "desk_place.js")


def desk_frame(town: Municipality, title: str, *, with_map: bool = False) -> Frame:
    """The surroundings of a page of the desk."""
    return Frame(
        title=f"{title} - {town.name}の{town.word}マップ",
        town_name=town.name,
        word=town.word,
        home_url="/",
        audience_label=Audience.COORDINATOR.label_ja,
        contact=None,
        credits=(),
        styles=(
            *styles_of(with_map=with_map),
            *map(app_url, PLACING_STYLES if with_map else (STYLE,)),
        ),
        # Its data tell what lies under the map, when the page stands already.
        scripts=scripts_of(PLACING_SCRIPTS, with_ground=True, with_pictures=True)
        if with_map
        else (app_url(SCRIPT),),
    )


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One fault of a file, as it is read out."""

    is_error: bool = described("Whether it must be mended first")
    where: str = described("The file, as the clerk knows it")
    text: str = described("Sheet, cell, value, what is wrong, what to do")

    @classmethod
    def of(cls, problems: Iterable[Problem], *, file: str | None = None) -> tuple[Self, ...]:
        """Faults in reading order, those to be mended first; ``file`` is what to call the file."""
        lines = [
            cls(p.is_error, p.file if file is None else file, sentence_ja(p)) for p in problems
        ]
        return tuple(sorted(lines, key=lambda line: not line.is_error))


@dataclass(frozen=True, slots=True)
class HomePage:
    """What there is to do."""

    template: ClassVar[str] = "desk_home.html"
    frame: Frame = described("Surroundings")
    csrf: str = described("Token of this session's forms")
    is_shown: bool = described("Whether the map shows what the files hold")
    can_place: bool = described("Whether the lists could be read")
    waiting: int = described("Records without any place")
    drafts: int = described("Stickers of meetings that wait for somebody")
    told: str | None = described("What has just been done")
    trouble: str | None = described("What stands in the way")


@dataclass(frozen=True, slots=True)
class LoadingPage:
    """The map is being made anew, or could not be."""

    template: ClassVar[str] = "desk_loading.html"
    frame: Frame = described("Surroundings")
    csrf: str = described("Token of this session's forms")
    heading: str = described("What was done before")
    next_url: str = described("Where to go when the map is ready")
    refused: str | None = described("Why the load was refused", default=None)
    problems: tuple[ProblemLine, ...] = described("Every fault that stood in the way", default=())


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record of the list at the left."""

    url: str = described("Its page")
    name: str = described("Its name")
    where: str = described("Venue and address, as the list has them")
    asks: str = described("What the clerk is asked; empty where it only needs a place")
    is_current: bool = described("Whether it is open now")


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """Records that wait for the same thing."""

    title: str = described("What they have in common")
    lines: tuple[RecordLine, ...] = described("The records")
    waits: bool = described("Whether there is something to do")


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A place the record may be at, as a button."""

    index: int = described("Its number in the form")
    letter: str = described("Its letter on button and map")
    name: str = described("The gazetteer's own words")
    how: str = described("How sure it is, and who says so")
    lon: float = described("Degrees, EPSG:4326")
    lat: float = described("Degrees, EPSG:4326")


@dataclass(frozen=True, slots=True)
class RecordWork:
    """The record that is being placed."""

    url: str = described("Where its forms are sent")
    name: str = described("Its name")
    name_short: str = described("Its name, cut for one line")
    facts: tuple[tuple[str, str], ...] = described("Label and text: kind, venue, address")
    question: str | None = described("What the clerk is asked")
    confirm_label: str | None = described("The button that keeps the present place")
    candidates: tuple[CandidateLine, ...] = described("Places it may be at")
    is_placed: bool = described("Whether it has a pin that can be taken away")
    lon: float | None = described("Where the map opens; None for the whole town")
    lat: float | None = described("Where the map opens")


@dataclass(frozen=True, slots=True)
class LastPlaced:
    """What has just been placed, and how to take it back."""

    name: str = described("The record's name")
    undo_url: str = described("Where the undo is sent")


@dataclass(frozen=True, slots=True)
class PlacingPage:
    """List at the left, map at the right, one button."""

    template: ClassVar[str] = "desk_place.html"
    frame: Frame = described("Surroundings")
    csrf: str = described("Token of this session's forms")
    is_shown: bool = described("Whether the map shows what the files hold")
    waiting: int = described("Records without any place")
    groups: tuple[RecordGroup, ...] = described("All records whose list gives no coordinates")
    work: RecordWork | None = described("The record that is being placed; None when all are")
    last: LastPlaced | None = described("What has just been placed")
    told: str | None = described("What else has just been done")
    trouble: str | None = described("What stands in the way")
    map_html: str = described("The map's element from the folium shell")
