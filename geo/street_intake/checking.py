"""Read a town's streets whole, keep nothing, tell what is wrong with them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from geo.model.problem import Problem
from geo.model.reading import TownReading
from geo.street_intake.street_source import Tell
from geo.street_intake.streets_reader import StreetsReader


@dataclass(frozen=True, slots=True)
class StreetsCheck:
    """How much was read, and every fault."""

    nodes: int
    edges: int
    length_m: float
    problems: tuple[Problem, ...]


def check_streets(reading: TownReading, tell: Tell) -> StreetsCheck | None:
    """Everything wrong with a town's streets and base map; None where there is nothing to read."""
    streets = reading.town.streets
    if streets is None or not streets.data:  # the manifest's own faults are told already
        return None
    reader = StreetsReader(reading, tell)
    network = reader.network()
    if network is None:
        return StreetsCheck(0, 0, 0.0, reader.problems)
    deque(reader.items(), maxlen=0)
    length_m = float(network.edge_length_m.sum())
    return StreetsCheck(network.nodes, network.edges, length_m, reader.problems)
