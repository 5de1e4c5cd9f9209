"""All the places a town knows, asked with the words of one record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.model.audience import Placed
from geo.placing.address_index import AddressHit, AddressIndex
from geo.placing.places import (
    AddressPlace,
    Candidate,
    Finding,
    MunicipalityName,
    VenuePlace,
    apart_m,
)
from geo.placing.venue_index import VenueIndex, venue_candidate

FAR_APART_M = 500.0
"""A venue and an address farther apart than this contradict each other."""
_SHOWN = 12


class Gazetteer:
    """Finds the place of a record by venue, name or address.

    Parameters
    ----------
    venues : iterable of VenuePlace
        In the order of trust: where two lists know the same hall, the first gives the point.
    addresses : iterable of AddressPlace
        In the order of trust as well. The addresses of the venues count as addresses, too.
    municipalities : iterable of MunicipalityName
        The town (and its prefecture): these names may stand before an address or be left out.
        Rows of ``addresses`` in other municipalities are found only where theirs is written.
    """

    def __init__(
        self,
        venues: Iterable[VenuePlace] = (),
        addresses: Iterable[AddressPlace] = (),
        municipalities: Iterable[MunicipalityName] = (),
    ) -> None:
        known = tuple(venues)
        towns = tuple(municipalities)
        self._venues = VenueIndex(known, towns)
        self._addresses = AddressIndex(known, addresses, towns)

    def find(
        self, *, name: str, venue: str | None, address: str | None, area: str | None = None
    ) -> Finding:
        """The place of a record, or why there is none.

        A venue or name that is surely one place wins where the address does not contradict it;
        then comes the address: 番地 before 町丁目. Whatever could be two places is a question.

        Parameters
        ----------
        name, venue, address, area : str or None
            名称, 会場, 住所 and 地区 as the list spells them. The area only helps to choose.

        Returns
        -------
        Finding
        """
        hits = self._address_hits(venue, address, area)
        helping = hits or self._addresses.find(area)
        exact = [hit for hit in hits if hit.candidate.placed is Placed.ADDRESS]
        # A hall's name under 名称 means less where 会場 names another building.
        elsewhere = self._venues.is_building(venue)
        asked: list[tuple[str, Sequence[VenuePlace]]] = []
        for text, is_venue in ((venue, True), (name, False), (None if hits else address, False)):
            found = self._venues.find(text, is_venue=is_venue)
            if found.sure and (is_venue or not elsewhere):
                if not hits and self._addresses.is_outside(address):
                    return _outside(address or "", found.sure)
                return _of_venue(text or "", found.sure, hits, helping)
            perhaps = (*found.sure, *found.perhaps)
            agreeing = [
                *(place for place in perhaps if self._agrees(place, address, helping)),
                *(place for place in found.hints if _agree(place, exact)),
            ]
            if len(agreeing) == 1:
                return _found(venue_candidate(agreeing[0]))
            if perhaps or found.hints:
                asked.append((text or "", (*perhaps, *found.hints)))
        if hits:
            return _of_address(address or venue or "", hits)
        if asked:
            return _perhaps(asked[0][0], [venue_candidate(place) for place in asked[0][1]])
        small = self._addresses.perhaps(address)
        if small:
            return _perhaps(address or "", [hit.candidate for hit in small])
        return Finding(None, (), self._nothing_ja(name, venue, address))

    def _agrees(self, place: VenuePlace, address: str | None, hits: Sequence[AddressHit]) -> bool:
        """True when a venue that may be meant lies in the 町丁目 and at no other 番地 of it."""
        return _agree(place, hits) and not self._addresses.other_lot(address, place.address)

    def _address_hits(
        self, venue: str | None, address: str | None, area: str | None
    ) -> tuple[AddressHit, ...]:
        if not address or not address.strip():
            # Some write the address under 会場; a town's name alone may be a hall's there.
            hits = self._addresses.find(venue)
            return tuple(hit for hit in hits if hit.candidate.placed is Placed.ADDRESS)
        hits = self._addresses.find(address)
        if not hits and area and address.strip()[:1].isdigit():
            return self._addresses.find(area.strip() + address.strip())
        return hits

    def _nothing_ja(self, name: str, venue: str | None, address: str | None) -> str:
        written = [text.strip() for text in (venue, address) if text and text.strip()]
        if not written:
            return f"会場も住所も書かれていません。「{name.strip()}」という場所も、町の場所の一覧にありません。"
        town, chomes = self._addresses.chomes(address)
        if chomes:
            return f"「{town}」は{_chomes_ja(chomes)}のどれか分かりません（住所「{(address or '').strip()}」）。"
        return f"「{'」も「'.join(written)}」{'も' if len(written) > 1 else 'は'}、町の場所の一覧にありません。"


def _of_address(text: str, hits: Sequence[AddressHit]) -> Finding:
    candidates = [hit.candidate for hit in hits]
    if len(candidates) == 1:
        return _found(candidates[0])
    return _question(candidates, _several_ja(text.strip(), candidates))


def _of_venue(
    text: str,
    places: Sequence[VenuePlace],
    hits: Sequence[AddressHit],
    helping: Sequence[AddressHit],
) -> Finding:
    """A name that is surely meant, held against the address."""
    if len(places) > 1:
        agreeing = [place for place in places if _agree(place, helping)]
        if len(agreeing) != 1:
            candidates = [venue_candidate(place) for place in places]
            return _question(candidates, _several_ja(text.strip(), candidates))
        places = agreeing
    one = venue_candidate(places[0])
    if hits and not _agree(places[0], hits):
        candidates = [one, *(hit.candidate for hit in hits)]
        far = min(_metres(places[0], hit) for hit in hits)
        return _question(
            candidates,
            f"「{one.matched}」と住所「{hits[0].candidate.matched}」は、{_distance_ja(far)}はなれています。",
        )
    return _found(one)


def _outside(address: str, places: Sequence[VenuePlace]) -> Finding:
    candidates = [venue_candidate(place) for place in places]
    return _question(
        candidates,
        f"住所「{address.strip()}」は、この町の外のようです。{_listed(candidates)}でよいか、確かめてください。",
    )


def _agree(place: VenuePlace, hits: Sequence[AddressHit]) -> bool:
    """True when the venue lies where the address says, as exactly as the address says it."""
    return any(_metres(place, hit) <= FAR_APART_M + hit.reach_m for hit in hits)


def _metres(place: VenuePlace, hit: AddressHit) -> float:
    return apart_m(place.lon, place.lat, hit.candidate.lon, hit.candidate.lat)


def _found(candidate: Candidate) -> Finding:
    return Finding(candidate, (candidate,))


def _perhaps(text: str, candidates: Sequence[Candidate]) -> Finding:
    return _question(candidates, f"「{text.strip()}」は、{_listed(candidates)}のことでしょうか。")


def _question(candidates: Sequence[Candidate], why_ja: str) -> Finding:
    return Finding(None, tuple(candidates[:_SHOWN]), why_ja)


def _listed(candidates: Sequence[Candidate]) -> str:
    names = list(dict.fromkeys(candidate.matched for candidate in candidates))
    more = "など" if len(names) > 3 else ""
    return "か".join(f"「{name}」" for name in names[:3]) + more


def _several_ja(text: str, candidates: Sequence[Candidate]) -> str:
    names = {candidate.matched for candidate in candidates}
    if len(names) == 1 and len({candidate.source for candidate in candidates}) > 1:
        far = max(apart_m(a.lon, a.lat, b.lon, b.lat) for a in candidates for b in candidates)
        sources = "と".join(dict.fromkeys(f"「{c.source}」" for c in candidates))
        return f"「{text}」の位置が、{sources}で{_distance_ja(far)}ちがいます。"
    if len(names) > 1 and all(candidate.placed is not Placed.VENUE for candidate in candidates):
        return f"「{text}」は、{_listed(candidates)}のどれか分かりません。"
    return f"「{text}」は、{len(candidates)}か所にあります。"


def _distance_ja(metres: float) -> str:
    return f"{metres / 1000:.1f}km" if metres >= 1000 else f"{round(metres, -1):.0f}m"


def _chomes_ja(chomes: Sequence[int]) -> str:
    return "、".join(f"{n}丁目" for n in chomes[:8]) + ("など" if len(chomes) > 8 else "")
