"""``boundaries/gazetteer.toml`` and the files it names -> the town's gazetteer."""

from __future__ import annotations

from collections.abc import Sequence

from geo.intake.gazetteer_addresses import read_addresses
from geo.intake.gazetteer_venues import read_venues
from geo.model.prefectures import prefecture_of
from geo.model.problem import Problem
from geo.model.reading import LayerReading
from geo.model.town import Town
from geo.placing import Gazetteer, MunicipalityName


def read_gazetteer(
    town: Town, layers: Sequence[LayerReading], problems: list[Problem]
) -> Gazetteer | None:
    """The gazetteer of a town, or None where it names none.

    Parameters
    ----------
    town : Town
    layers : sequence of LayerReading
        The town's own lists, read, before any record was placed: their places may be named.
    problems : list of Problem
        Every fault of the files is added here.
    """
    sources = town.gazetteer
    if sources is None:
        return None
    by_id = {reading.layer.id: reading for reading in layers}
    venues = [
        place for source in sources.venues for place in read_venues(source, town, by_id, problems)
    ]
    addresses = [
        place for source in sources.addresses for place in read_addresses(source, town, problems)
    ]
    name = MunicipalityName(town.municipality.name, prefecture_of(town.municipality.code))
    return Gazetteer(venues, addresses, [name])
