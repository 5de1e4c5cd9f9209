"""Which treasures of a map lie in which area of the next finer level: for walking area by area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.answers import AreaMembers
from geo.model.map_answer import MapAnswer
from geo.questions.town_door import open_town
from geo.store.reading.treasure_rows import read_homes_among

if TYPE_CHECKING:
    from sqlalchemy import Connection


def finer_areas(conn: Connection, answer: MapAnswer) -> tuple[AreaMembers, ...]:
    """The treasures of a map by the areas inside it, each once, without areas that hold none.

    Where several levels are one step finer, the one whose areas hold most of the treasures is
    taken; of two areas that hold one treasure, the first. Areas that nobody has drawn take part:
    a record may name its area.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        Of the audience and medium of the answer.
    answer : MapAnswer
        From :func:`geo.questions.treasure_map`.

    Returns
    -------
    tuple of AreaMembers
        In the order of the switch; empty where there is no finer level.

    Raises
    ------
    AudienceError
        When the connection belongs to another audience or medium.
    """
    open_town(conn, answer.audience, answer.medium)
    levels = dict.fromkeys(part.area.level for part in answer.sub_areas)
    if not levels or not answer.entries:
        return ()
    homes = read_homes_among(conn, levels, (entry.number for entry in answer.entries))
    held = {level: {n for key in homes if key[0] == level for n in homes[key]} for level in levels}
    finest = max(levels, key=lambda level: len(held[level]))
    areas = next(choice.areas for choice in answer.choices if choice.level.id == finest)
    left = held[finest]
    found = []
    for area in areas:
        numbers = tuple(n for n in homes.get((area.level, area.code), ()) if n in left)
        left = left.difference(numbers)
        if numbers:
            found.append(AreaMembers(area, numbers))
    return tuple(found)
