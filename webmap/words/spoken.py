"""What a page says, in the reader's language.

The Japanese text is its own key, as gettext has it: what no catalogue knows is said as it was
written. A Japanese page reads no catalogue and imports nothing for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from webmap.words.language import Language

CATALOGUES = Path(__file__).resolve().parent

Forms = str | tuple[str, ...]
"""One text, or one text for one thing and another for several."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one language.

    Parameters
    ----------
    language : Language
        What is spoken.
    known : Mapping of str to Forms
        By their Japanese text.
    of_scripts : Mapping of str to Forms
        Those that the browser's scripts say.
    """

    language: Language
    known: Mapping[str, Forms] = field(default_factory=dict, repr=False)
    of_scripts: Mapping[str, Forms] = field(default_factory=dict, repr=False)

    def say(self, text: str, /, **values: object) -> str:
        """A text with its ``%(name)s`` filled in; without values a ``%`` is a ``%``."""
        said = self.known.get(text, text)
        form = said if isinstance(said, str) else said[-1]
        return form % values if values else form

    def say_count(self, text: str, count: int, /, **values: object) -> str:
        """A text about a number of things; the number fills ``%(count)s``."""
        said = self.known.get(text, text)
        form = said if isinstance(said, str) else said[count != 1]
        return form % {"count": count, **values}

    def say_day(self, day: date) -> str:
        """2026年3月31日; 31 March 2026."""
        if self.language is Language.JAPANESE:
            return f"{day.year}年{day.month}月{day.day}日"
        from babel.dates import format_date

        return format_date(day, "d MMMM y", locale=self.language.value)


def to_say(text: str) -> str:
    """A text that is said later, where the language is known: marked for the catalogue."""
    return text


@lru_cache(maxsize=len(Language))
def words_in(language: Language) -> Words:
    """The words of a language, read once."""
    if language is Language.JAPANESE:
        return Words(language)
    known, of_scripts = _read(CATALOGUES / f"{language.value}.po")
    return Words(language, known, of_scripts)


def _read(path: Path) -> tuple[dict[str, Forms], dict[str, Forms]]:
    """All messages of a catalogue, and those with a place in a script."""
    from babel.messages.pofile import read_po

    known: dict[str, Forms] = {}
    of_scripts: dict[str, Forms] = {}
    with path.open("rb") as file:
        for message in read_po(file):
            key = _first(message.id)
            said: Any = message.string
            if not key or not _first(said):
                continue
            known[key] = said if isinstance(said, str) else tuple(said)
            if any(place.endswith(".js") for place, _ in message.locations):
                of_scripts[key] = known[key]
    return known, of_scripts


def _first(forms: Any) -> str:
    return str(forms if isinstance(forms, str) else forms[0])
