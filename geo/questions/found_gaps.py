"""What has not been found yet in one area: streets out of reach, and who lives along them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo.coverage.gap_pieces import GapPieces, gap_pieces, piece_names
from geo.coverage.small_numbers import publish_people, told
from geo.coverage.street_runs import alike_runs, run_lines
from geo.crs import STORAGE_CRS, transformer
from geo.errors import WordsError
from geo.model.answers import GeoJson
from geo.model.audience import Audience, Medium
from geo.model.coverage_question import CoverageQuestion
from geo.model.gap_answer import Gap, GapAnswer
from geo.questions.asked_walk import AskedWalk, asking
from geo.questions.coverage_figures import coverage_answer
from geo.questions.unvisited_blocks import unvisited_blocks
from geo.questions.walking_shelf import WalkingShelf
from geo.walking.nearest_place import nearest_place
from geo.walking.walk_graph import NEVER

if TYPE_CHECKING:
    from sqlalchemy import Connection

Flags = npt.NDArray[np.bool_]

_DIGITS = 6


def gaps(
    conn: Connection,
    question: CoverageQuestion,
    *,
    audience: Audience,
    medium: Medium = Medium.WEB,
    today: date,
    shelf: WalkingShelf | None = None,
) -> GapAnswer:
    """The gaps of the area that ``question.level`` and ``question.code`` name.

    Out of reach is what is farther than the sentence's limit from every place as asked. Pieces of
    streets along which nobody lives are no gaps.

    Parameters
    ----------
    conn, question, audience, medium, today, shelf
        As for :func:`geo.questions.coverage_figures.coverage`.

    Raises
    ------
    NotFoundError, WordsError, AudienceError, DatabaseError
        As `coverage` does; also where no area is named.
    """
    with asking(conn, question, audience, medium, today, shelf) as walk:
        if walk.key is None:
            raise WordsError(
                "gaps are of one area",
                message_ja="「まだ見つかっていない所」は、地区を1つ決めてさがします。",
                hint_ja="「地区の種類/地区のコード」を書いてください。",
            )
        answer = coverage_answer(walk, question, audience=audience, today=today)
        found = _found(walk)
        if audience is Audience.COORDINATOR:
            found.sort(key=lambda gap: (-gap[0], -gap[1].lat, gap[1].lon))
        else:  # an order that says nothing
            found.sort(key=lambda gap: (-gap[1].lat, gap[1].lon))
        return GapAnswer(
            area=answer.areas[0].area,
            coverage=answer,
            gaps=tuple(gap for _, gap in found),
            unvisited=unvisited_blocks(conn, walk) if audience is Audience.COORDINATOR else None,
        )


def _found(walk: AskedWalk) -> list[tuple[float, Gap]]:
    """Every gap with its people as they come out."""
    assert walk.people is not None
    assert walk.key is not None
    people, chosen = walk.people, walk.asked_places() & walk.open_to(walk.key)
    living = people.people(walk.terms.band)
    pieces = _pieces(walk, chosen, living)
    # Nobody lives along some; of others nobody knows whether anybody does.
    lived_in = _pieces_of(pieces, living != 0)
    names = piece_names(pieces, people.homes, living, people.names)
    # The coverage beside them tells how many are out of reach in all.
    is_told = _pieces_of(pieces, ~np.isnan(living))
    shown = publish_people(np.where(is_told, pieces.people, np.nan)[:, None])[:, 0]
    spots = walk.ground.stretches.spots.take(pieces.middle)
    graph = walk.ground.graph(walk.rules)
    far_dm, nearest = nearest_place(graph, walk.walks.spots, chosen, spots)
    middle_x, middle_y = (
        getattr(walk.ground.stretches, axis)[pieces.middle] for axis in ("x", "y")
    )
    lon, lat = transformer(walk.town.metric_crs, STORAGE_CRS).transform(middle_x, middle_y)
    lines = _lines(walk, pieces)
    entries = walk.walks.places.entries
    found = []
    for piece in np.flatnonzero(lived_in).tolist():
        entry = entries[nearest[piece]] if nearest[piece] >= 0 else None
        gap = Gap(
            people=told(int(shown[piece])),
            names=names[piece],
            streets_m=round(float(pieces.streets_m[piece])),
            nearest=None if entry is None else f"{entry.mark} {entry.name}",
            nearest_m=None if far_dm[piece] == NEVER else round(int(far_dm[piece]) / 10),
            lon=round(float(lon[piece]), _DIGITS),
            lat=round(float(lat[piece]), _DIGITS),
            lines=lines[piece],
        )
        found.append((float(pieces.people[piece]), gap))
    return found


def _pieces(walk: AskedWalk, chosen: Flags, living: npt.NDArray[np.float64]) -> GapPieces:
    assert walk.key is not None
    assert walk.areas.homes is not None
    limit_dm = walk.terms.limit_dm
    table = walk.walks.table(walk.rules, walk.terms.limits_dm[-1])

    def out_of_reach(spots_inside: Flags, of_homes: bool) -> Flags:
        spots = walk.homes.spots if of_homes else walk.ground.stretches.spots
        out = spots_inside.copy()
        out[spots_inside] = table.nearest(spots.take(spots_inside), chosen) > limit_dm
        return out & spots.known

    return gap_pieces(
        walk.ground.streets,
        walk.ground.stretches,
        walk.homes,
        out_stretch=out_of_reach(walk.areas.stretches.inside(walk.key), of_homes=False),
        out_home=out_of_reach(walk.areas.homes.inside(walk.key), of_homes=True),
        people=living,
    )


def _pieces_of(pieces: GapPieces, homes: Flags) -> Flags:
    """Pieces with at least one of these homes."""
    chosen = (pieces.home_piece >= 0) & homes
    return np.bincount(pieces.home_piece[chosen], minlength=len(pieces)) > 0


def _lines(walk: AskedWalk, pieces: GapPieces) -> list[GeoJson]:
    """The streets of every gap, EPSG:4326."""
    runs = alike_runs(walk.ground.stretches, pieces.piece, pieces.piece >= 0)
    lines = run_lines(walk.ground.streets, runs)
    lon, lat = transformer(walk.town.metric_crs, STORAGE_CRS).transform(lines.x, lines.y)
    dots = np.round(np.column_stack([lon, lat]), _DIGITS).tolist()
    ends = lines.first.tolist()
    found: list[list[list[list[float]]]] = [[] for _ in range(len(pieces))]
    for line, piece in enumerate(pieces.piece[runs.stretch].tolist()):
        found[piece].append(dots[ends[line] : ends[line + 1]])
    return [{"type": "MultiLineString", "coordinates": parts} for parts in found]
