"""One file of the box of stickers: how it is written, read, and whose it is."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import msgspec

from geo.model.sticker import Sticker, StickerState

SUFFIX = ".json"
LONGEST_FILE_BYTES = 16 * 1024


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the box.

    Parameters
    ----------
    sticker : Sticker or None
        None: its page has taken it back, or the coordinator has erased it; only its id is
        remembered, so that a late copy does not bring it back.
    owner : str
        SHA-256 of the word that only its page knows; empty for a sticker out of a file.
    """

    sticker: Sticker | None
    owner: str = ""

    @property
    def is_begun(self) -> bool:
        """Whether the coordinator has begun with it."""
        return self.sticker is not None and self.sticker.state is not StickerState.NEW

    def belongs_to(self, secret: str) -> bool:
        """Whether the page that knows this word dropped it."""
        return bool(self.owner) and hmac.compare_digest(self.owner, hashed(secret))


def read_kept(path: Path) -> Kept | None:
    """A file of the box; None where there is none or nobody can read it."""
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_FILE_BYTES + 1)
        kept = msgspec.json.decode(content, type=Kept)
    except (OSError, msgspec.DecodeError):
        return None
    if kept.sticker is not None and kept.sticker.id != path.stem:
        return None
    return kept


def hashed(secret: str) -> str:
    """What is kept of a page's word."""
    return hashlib.sha256(secret.encode()).hexdigest()
