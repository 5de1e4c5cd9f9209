"""All the places a town knows, asked with the words of one record."""

from __future__ import annotations

from collections.abc import Iterable

from geo.folding import fold
from geo.model.audience import Placed
from geo.placing.places import AddressPlace, Candidate, Finding, MunicipalityName, VenuePlace


class Gazetteer:
    """Finds the place of a record by venue, name or address.

    Parameters
    ----------
    venues : iterable of VenuePlace
        In the order of trust: where two lists know the same hall, the first gives the point.
    addresses : iterable of AddressPlace
        In the order of trust as well.
    municipalities : iterable of MunicipalityName
        The town (and its prefecture): these names may stand before an address or be left out.
    """

    def __init__(
        self,
        venues: Iterable[VenuePlace] = (),
        addresses: Iterable[AddressPlace] = (),
        municipalities: Iterable[MunicipalityName] = (),
    ) -> None:
        self._venues: dict[str, list[VenuePlace]] = {}
        for venue in venues:
            self._venues.setdefault(fold(venue.name), []).append(venue)
        self._addresses = tuple(addresses)
        self._municipalities = tuple(municipalities)

    def find(
        self, *, name: str, venue: str | None, address: str | None, area: str | None = None
    ) -> Finding:
        """The place of a record, or why there is none.

        Parameters
        ----------
        name, venue, address, area : str or None
            名称, 会場, 住所 and 地区 as the list spells them.
        """
        for words in (venue, name):
            found = self._venues.get(fold(words or ""), [])
            if len(found) == 1:
                one = found[0]
                place = Candidate(one.lon, one.lat, Placed.VENUE, one.name, one.source)
                return Finding(place, (place,))
        return Finding(None, (), "会場にも住所にも、位置の分かるものがありません。")
