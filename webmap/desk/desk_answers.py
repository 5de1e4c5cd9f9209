"""How the desk answers: never kept by anybody, the town as its files say now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from webmap.desk.draft_shelf import DraftShelf
from webmap.headers import CACHE_PRIVATE

if TYPE_CHECKING:
    from flask import Response

    from geo.errors import OtakaraError
    from geo.model.town import Municipality
    from webmap.context import AppContext
    from webmap.page_frame import Page

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"


def said_on_page(error: OtakaraError) -> str:
    """What a page says of an error: a hint that names commands helps at a terminal only."""
    at_terminal = "otakara " in error.hint_ja or "--" in error.hint_ja
    return error.message_ja if at_terminal else error.sentence_ja


@dataclass(frozen=True, slots=True)
class DeskAnswers:
    """What the views of the desk share."""

    context: AppContext
    shelf: DraftShelf

    def town(self) -> Municipality:
        """The town as its manifest says.

        Raises
        ------
        TownFolderError
        """
        from geo.errors import TownFolderError
        from geo.manifest import read_manifests

        settings = self.context.settings
        town, _ = read_manifests(settings.town, settings.realdata)
        if town is None:
            raise TownFolderError(
                "the town folder is gone", message_ja="町のフォルダがありません。"
            )
        return town.municipality

    def page(self, page: Page, *, status: int = 200) -> Response:
        """A page of the desk."""
        from webmap.pages import render

        return self._answer(render(page).encode(), HTML, status)

    def json(self, value: Any, *, status: int = 200) -> Response:
        """What the desk's scripts read."""
        return self._answer(msgspec.json.encode(value), JSON, status)

    def _answer(self, content: bytes, content_type: str, status: int) -> Response:
        from flask import current_app

        response: Response = current_app.response_class(
            content, status=int(status), content_type=content_type
        )
        response.headers["Cache-Control"] = CACHE_PRIVATE
        return response
