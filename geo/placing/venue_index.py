"""The named places of a town by their names: those that are surely meant, and those that may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.model.audience import Placed
from geo.placing.address_index import SAME_LOT_M, apart
from geo.placing.places import Candidate, MunicipalityName, VenuePlace
from geo.placing.venue_words import TOWN, VenueSpeller, VenueWords


@dataclass(frozen=True, slots=True)
class VenueHits:
    """Places a name may mean.

    Parameters
    ----------
    sure : tuple of VenuePlace
        By the name itself.
    perhaps : tuple of VenuePlace
        By a name of the same place in other words; the 町丁目 must agree.
    hints : tuple of VenuePlace
        By a word that others may go by, too; the 番地 must agree.
    """

    sure: tuple[VenuePlace, ...] = ()
    perhaps: tuple[VenuePlace, ...] = ()
    hints: tuple[VenuePlace, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    venue: VenuePlace
    words: VenueWords


class VenueIndex:
    """Finds halls by name. A name that only begins or ends like another never meets it."""

    def __init__(
        self, venues: Sequence[VenuePlace], municipalities: Iterable[MunicipalityName]
    ) -> None:
        towns = tuple(municipalities)
        self._speller = VenueSpeller(
            (one.name for one in towns), (one.prefecture or "" for one in towns)
        )
        self._whole: dict[str, list[_Known]] = {}
        self._stem: dict[str, list[_Known]] = {}
        self._nickname: dict[str, list[_Known]] = {}
        self._civic: dict[str, list[_Known]] = {}
        self._short: dict[str, list[_Known]] = {}
        for venue in venues:
            for name in (venue.name, *venue.aliases):
                self._learn(venue, name)

    def _learn(self, venue: VenuePlace, name: str) -> None:
        words = self._speller.words(name)
        if not words.whole:
            return
        known = _Known(venue, words)
        self._whole.setdefault(words.whole, []).append(known)
        self._stem.setdefault(words.stem, []).append(known)
        for nickname in words.bracketed:
            self._nickname.setdefault(nickname, []).append(known)
        if words.civic is not None:
            self._civic.setdefault(words.civic, []).append(known)
        short = self._speller.without_town(words.stem)
        if short is not None:
            self._short.setdefault(short, []).append(known)

    def find(self, text: str | None, *, is_venue: bool) -> VenueHits:
        """Every place a text may mean.

        Parameters
        ----------
        text : str or None
            What stands under 会場 or 名称.
        is_venue : bool
            True under 会場. A record's own name may be that of a group of people, so that what is
            no word for a building is surely meant only under 会場.
        """
        if not text or not text.strip():
            return VenueHits()
        asked = self._speller.words(text)
        sure = self._sure(asked, is_venue=is_venue)
        if sure:
            named = (is_venue or asked.is_kind) and not asked.is_everywhere
            return VenueHits(sure=sure) if named else VenueHits(hints=sure)
        return VenueHits(
            perhaps=_fitting(asked, self._in_other_words(asked)),
            hints=_fitting(asked, self._nickname.get(asked.stem, ())),
        )

    def is_building(self, text: str | None) -> bool:
        """True when a text names a building, known or not."""
        return bool(text) and self._speller.words(text or "").is_kind

    def _sure(self, asked: VenueWords, *, is_venue: bool) -> tuple[VenuePlace, ...]:
        """The first way to read the name that finds something.

        What stands in brackets and is a place, too, is another answer: 中央会館（工事中は港会館）.
        """
        inside = [
            known
            for word in (asked.bracketed if is_venue else ())
            for known in self._whole.get(word, ())
        ]
        for found in (
            self._whole.get(asked.whole, ()),
            [*self._stem.get(asked.stem, ()), *inside],
            self._nickname.get(asked.stem, ()) if is_venue else (),
        ):
            fitting = _fitting(asked, found)
            if fitting:
                return fitting
        return ()

    def _in_other_words(self, asked: VenueWords) -> list[_Known]:
        """Under another word for the same kind of hall, or with the town's name left out."""
        short = self._speller.without_town(asked.stem)
        return [
            *(self._civic.get(asked.civic, ()) if asked.civic is not None else ()),
            *self._short.get(asked.stem, ()),
            *(self._stem.get(short, ()) if short is not None else ()),
        ]


def _fitting(asked: VenueWords, found: Iterable[_Known]) -> tuple[VenuePlace, ...]:
    """Every place once."""
    fitting = (known.venue for known in found if _owners_fit(asked, known.words))
    return tuple(apart(fitting, SAME_LOT_M))


def venue_candidate(venue: VenuePlace) -> Candidate:
    """A venue as the answer to a record."""
    return Candidate(venue.lon, venue.lat, Placed.VENUE, venue.name.strip(), venue.source)


def _owners_fit(asked: VenueWords, known: VenueWords) -> bool:
    """県立図書館 is not 市立図書館; 図書館 in a town's own list is the town's."""
    if asked.owner == known.owner:
        return True
    if asked.owner is None or known.owner is None:
        return (asked.owner or known.owner) == TOWN or not asked.is_generic
    return False
