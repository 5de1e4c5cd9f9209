"""The name and its kana in the tags of a thing."""

from __future__ import annotations

from geo.street_intake.street_kinds import Tags

_NAMES = ("name:ja", "name")
_KANA = ("name:ja-Hira", "name:ja_kana", "name:ja-Kana", "name:ja_hira", "name:ja-hira")
_MOST_CHARACTERS = 100


def name_of(tags: Tags) -> str | None:
    """The Japanese name, else the name as the place writes it."""
    return _first(tags, _NAMES)


def kana_of(tags: Tags) -> str | None:
    """How the name is read, in kana; romanised readings do not count."""
    return _first(tags, _KANA)


def _first(tags: Tags, keys: tuple[str, ...]) -> str | None:
    for key in keys:
        # Several names in one tag are parted by semicolons; the first is the one it goes by.
        if key in tags and (text := _clean(tags[key].split(";")[0])):
            return text
    return None


def _clean(text: str) -> str:
    """Without line breaks, control characters and halves of characters; not endlessly long."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:_MOST_CHARACTERS]
