"""The area a record names in words, found among the town's areas."""

from __future__ import annotations

from collections.abc import Sequence

from geo.folding import fold
from geo.model.town import Area, Level

AreaKey = tuple[str, str]
"""Level id and area code."""


class DeclaredAreas:
    """Finds areas by what a clerk writes under 地区.

    In this order, the first that finds anything wins: ``level/area`` (the level by id or title,
    the area by code or name), a code, a name as written, a name folded (width, kana, old-form
    kanji, blanks).
    """

    def __init__(self, areas: Sequence[Area], levels: Sequence[Level]) -> None:
        self._by_code: dict[str, list[AreaKey]] = {}
        self._by_name: dict[str, list[AreaKey]] = {}
        self._by_folded: dict[str, list[AreaKey]] = {}
        self._levels: dict[str, set[str]] = {}
        for level in levels:
            for word in (level.id, level.title):
                self._levels.setdefault(fold(word), set()).add(level.id)
        for area in areas:
            key = (area.level, area.code)
            self._by_code.setdefault(area.code, []).append(key)
            self._by_name.setdefault(area.name, []).append(key)
            self._by_folded.setdefault(fold(area.name), []).append(key)

    def find(self, text: str | None) -> tuple[AreaKey, ...]:
        """Every area the text may mean: none when unknown, one when clear, several when not."""
        bare = (text or "").strip().strip("　")
        if not bare:
            return ()
        head, slash, tail = bare.replace("／", "/").partition("/")
        if slash:
            levels = self._levels.get(fold(head), set())
            within = tuple(key for key in self._plain(tail.strip()) if key[0] in levels)
            if within:
                return within
        return self._plain(bare)

    def one(self, text: str | None) -> AreaKey | None:
        """The area the text means, or None when it is unknown or could be several."""
        found = self.find(text)
        return found[0] if len(found) == 1 else None

    def _plain(self, text: str) -> tuple[AreaKey, ...]:
        return tuple(
            self._by_code.get(text)
            or self._by_name.get(text)
            or self._by_folded.get(fold(text))
            or ()
        )
