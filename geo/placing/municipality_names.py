"""Which municipality an address names, and where its town begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from geo.folding import fold
from geo.model.prefectures import PREFECTURES
from geo.placing.address_parts import town_text
from geo.placing.places import MunicipalityName

_DISTRICT = re.compile(r"^(.{1,5}?郡)(.+[町村])$")
_ELSEWHERE = re.compile(rf"^(?:{'|'.join(map(fold, PREFECTURES))}|.{{1,5}}?[市郡]).")
_WARD = re.compile(r"^(.+?市)(.+区)$")

Names = frozenset[str]
"""Municipalities by their plain name: folded, without 郡."""


class MunicipalityNames:
    """The names that may stand before a town, written whole or in part.

    Parameters
    ----------
    home : iterable of MunicipalityName
        Theirs may be left out.
    others : iterable of (str, str)
        Prefecture and name of every other municipality that is known.
    """

    def __init__(self, home: Iterable[MunicipalityName], others: Iterable[tuple[str, str]]) -> None:
        self._leads: dict[str, set[str]] = {}
        home = tuple(home)
        self.home: Names = frozenset(plain_name(one.name) for one in home)
        for one in home:
            self._learn(one.prefecture or "", one.name)
            if one.prefecture:
                self._leads.setdefault(town_text(fold(one.prefecture)), set()).update(self.home)
        for prefecture, name in others:
            self._learn(prefecture, name)
        self._longest = max(map(len, self._leads), default=0)

    def _learn(self, prefecture: str, name: str) -> None:
        whole = plain_name(name)
        spellings = {fold(name), whole}
        ward = _WARD.match(whole)
        if ward is not None:
            spellings.add(ward.group(2))
            self._leads.setdefault(town_text(ward.group(1)), set()).add(whole)
        for spelling in spellings:
            for lead in {spelling, fold(prefecture) + spelling}:
                self._leads.setdefault(town_text(lead), set()).add(whole)

    def splits(self, head: str) -> Iterator[tuple[Names, str]]:
        """Municipalities and the rest of a head, the longest name first, the bare head last."""
        for length in range(min(self._longest, len(head) - 1), 0, -1):
            named = self._leads.get(head[:length])
            if named is not None:
                yield frozenset(named), head[length:].lstrip("\x1f")
        yield self.home, head


def names_another(rest: str) -> bool:
    """True when what follows the town's own name, or stands alone, begins like a municipality.

    >>> names_another("となり市本町"), names_another("本町")
    (True, False)
    """
    return _ELSEWHERE.match(rest) is not None


def plain_name(name: str) -> str:
    """A municipality's name folded, without its 郡.

    >>> plain_name("港郡浜町")
    '浜町'
    """
    folded = fold(name)
    district = _DISTRICT.match(folded)
    return district.group(2) if district is not None else folded
