"""The address of a tile: read its numbers, ask one question, send bytes."""

from __future__ import annotations

import hashlib
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from geo.errors import NotFoundError
from geo.model.audience import Audience, Medium
from webmap.byte_cache import StoredAnswer
from webmap.headers import CACHE_FOREVER, cache_control
from webmap.sending import send
from webmap.tiles.tile_shelf import TileNumbers, TileShelf

if TYPE_CHECKING:
    from flask import Flask, Response

    from webmap.context import AppContext

MVT = "application/vnd.mapbox-vector-tile"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,5}", re.ASCII)
_SUFFIX = ".mvt"


def register_tiles(app: Flask, context: AppContext) -> None:
    """Put the tiles' address on the application."""
    from flask import request

    shelf = TileShelf()
    forever = CACHE_FOREVER if context.audience is Audience.PUBLIC else None
    otherwise = cache_control(context.audience)

    @app.get("/tiles/<municipality>/<z>/<x>/<name>")
    def tile(municipality: str, z: str, x: str, name: str) -> Response:
        context.require_town(municipality)
        numbers = tile_numbers(z, x, name)
        version = asked = request.args.get("v", "")
        # The tile of the very streets that were asked for is what it was.
        stored = shelf.get(asked, numbers)
        if stored is None:
            version, stored = shelf.made_once(numbers, lambda: _make(context, shelf, numbers))
        keep = forever if forever and asked == version else otherwise
        if stored.plain_length == 0:
            return _nothing(keep)
        return send(stored, keep, for_everybody=context.audience is Audience.PUBLIC)


def tile_numbers(z: str, x: str, name: str) -> TileNumbers:
    """The numbers of an address; each tile has exactly one.

    Raises
    ------
    NotFoundError
        For anything that is not the address of a tile.
    """
    y = name.removesuffix(_SUFFIX)
    if name != y and all(_NUMBER.fullmatch(part) for part in (z, x, y)):
        from geo.questions import require_tile

        numbers = int(z), int(x), int(y)
        require_tile(*numbers)
        return numbers
    raise NotFoundError(
        "not the address of a tile",
        message_ja="地図に、その場所の絵はありません。",
    )


def _make(context: AppContext, shelf: TileShelf, numbers: TileNumbers) -> tuple[str, StoredAnswer]:
    """A tile of the streets that stand, with what they are called, both of one moment.

    Raises
    ------
    NotFoundError
        When the town has no streets.
    """
    from geo.questions import ground_tile, standing_ground

    with context.database.connect(context.audience, Medium.WEB) as conn:
        ground = standing_ground(conn)
        if ground is None:
            raise NotFoundError(
                "the town has no streets",
                message_ja="この町には、道と地図がまだありません。",
            )
        stored = shelf.get(ground.version, numbers)
        if stored is None:
            stored = StoredAnswer.of(
                ground_tile(conn, *numbers, ground=ground), tag=_tag, content_type=MVT
            )
        return ground.version, stored


def _tag(compressed: bytes) -> str:
    """A strong ETag: these very bytes."""
    return f'"{hashlib.blake2b(compressed, digest_size=16).hexdigest()}"'


def _nothing(keep: str) -> Response:
    """Nothing lies there, and it need not be asked again."""
    from flask import current_app

    response: Response = current_app.response_class(status=HTTPStatus.NO_CONTENT)
    response.headers["Cache-Control"] = keep
    del response.headers["Content-Type"]
    return response
