"""What the views of one application share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from geo.errors import NotFoundError
from geo.model.answers import TownAnswer
from geo.model.audience import Audience
from geo.model.map_answer import MapAnswer
from geo.settings import Settings
from webmap.answer_shelf import AnswerShelf
from webmap.byte_cache import ByteCache
from webmap.passphrase import Gate

if TYPE_CHECKING:
    from geo.database import TownDatabase
    from geo.model.outside_tiles import OutsideTiles
    from geo.questions.walking_shelf import WalkingShelf

Answer = TypeVar("Answer", MapAnswer, TownAnswer)

CONTEXT = "otakara"
"""Where an application keeps its context: ``app.extensions[CONTEXT]``."""


@dataclass(frozen=True, slots=True)
class AppContext:
    """One town, one audience, its database and what has been answered so far.

    ``walking`` gives what the process keeps of streets and places.
    """

    settings: Settings
    audience: Audience
    municipality_code: str
    database: TownDatabase
    cache: ByteCache
    answers: AnswerShelf
    gate: Gate
    version: str
    walking: Callable[[], WalkingShelf]
    outside_tiles: OutsideTiles | None = None

    def shown(self, answer: Answer) -> Answer:
        """An answer as this application shows it.

        Where the town has switched them on, pictures from outside take the place of the base map.
        """
        if self.outside_tiles is None:
            return answer
        return replace(answer, outside_tiles=self.outside_tiles, ground=None)

    def require_town(self, municipality: str) -> None:
        """Refuse what is asked about another town.

        Raises
        ------
        NotFoundError
        """
        if municipality != self.municipality_code:
            raise NotFoundError(
                "another municipality than the one served",
                message_ja="この町の地図は、ここにはありません。",
                hint_ja="はじめの画面から、地区をえらび直してください。",
            )
