"""What the commands about one area ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.model.audience import Audience, Medium

if TYPE_CHECKING:
    from geo.model.answers import AreaMembers
    from geo.model.map_answer import MapAnswer
    from geo.model.outside_tiles import OutsideTiles
    from geo.settings import Settings
    from webmap.commands.terminal import Tell
    from webmap.ground_data import TileArchive


class AreaAnswer(NamedTuple):
    """The map of an area, what lies in its finer areas, and the base map a file of it carries.

    ``outside_tiles`` are what the town shows on screens and no file carries.
    """

    answer: MapAnswer
    members: tuple[AreaMembers, ...]
    archive: TileArchive | None
    outside_tiles: OutsideTiles | None


def ask_area(
    settings: Settings,
    audience: Audience,
    level: str,
    code: str,
    tell: Tell,
    *,
    to_carry: bool = False,
) -> AreaAnswer:
    """What an audience sees of an area on a screen; ``to_carry`` with the base map for a file.

    Raises
    ------
    NotFoundError
        For an unknown level or area.
    DatabaseError
    """
    from geo.database import TownDatabase
    from geo.questions import finer_areas, revision, treasure_map
    from webmap.app import served_municipality

    town = served_municipality(settings)
    database = TownDatabase(settings, town.code)
    try:
        database.prepare(progress=tell)
        with database.connect(audience, Medium.WEB) as conn:
            _, today = revision(conn)
            answer = treasure_map(
                conn, audience=audience, medium=Medium.WEB, level=level, code=code, today=today
            )
            archive = None
            if to_carry:
                from webmap.offline import base_map

                archive = base_map(conn, answer)
            return AreaAnswer(answer, finer_areas(conn, answer), archive, town.outside_tiles)
    finally:
        database.dispose()
        if database.cluster is not None:
            database.cluster.stop()
