"""The records of a list under the names the database knows them by (``layers/renumbered.csv``)."""

from __future__ import annotations

from dataclasses import replace

from geo.manifest.renumbered_file import read_renumbered
from geo.model.problem import Problem
from geo.model.reading import RowAddress
from geo.model.renumbered import record_of
from geo.model.town import Layer, Town
from geo.model.treasure import Treasure

Records = dict[str, Treasure]
Addresses = dict[str, RowAddress]


def under_record_names(
    layer: Layer, town: Town, treasures: Records, addresses: Addresses, problems: list[Problem]
) -> tuple[Records, Addresses]:
    """Give every record whose id the list has changed the id it was first known by.

    Parameters
    ----------
    layer : Layer
    town : Town
    treasures, addresses : dict
        By the id that the list writes.
    problems : list of Problem
        A fault of the file is added here, once in a town.

    Returns
    -------
    (dict, dict)
        The same records and addresses by record.
    """
    lines, faults = read_renumbered(town.folder)
    if faults and town.layers and town.layers[0].id == layer.id:
        problems += faults
    known = {line.id: line.record for line in lines if line.layer == layer.id}
    if not known:
        return treasures, addresses
    names = {listed: record_of(listed, known, treasures) for listed in treasures}
    return (
        {names[listed]: replace(t, id=names[listed]) for listed, t in treasures.items()},
        {names[listed]: address for listed, address in addresses.items()},
    )
