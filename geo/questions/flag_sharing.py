"""Which treasures share one flag on the map: those of one venue, or of the very same place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from geo.model.answers import Flag


class Spot(NamedTuple):
    """The place of one treasure, degrees in EPSG:4326. ``approximate``: known to its block."""

    number: int
    lon: float
    lat: float
    venue: int | None = None
    approximate: bool = False


def share_flags(spots: Iterable[Spot]) -> tuple[tuple[Flag, ...], dict[int, int]]:
    """Put spots of one venue, or of identical coordinates, on one flag.

    An approximate place never shares a flag with an exact one: a hollow flag says something
    about every number on it.

    Returns
    -------
    flags : tuple of Flag
        By their lowest number; a flag stands at the place of its lowest number.
    flag_of : dict
        From a treasure's number to the index of its flag.
    """
    group_of: dict[object, list[Spot]] = {}
    groups: list[list[Spot]] = []
    for spot in sorted(spots):  # by number, and no two have the same
        _number, lon, lat, venue, approximate = spot
        place = (approximate, lon, lat)
        group = group_of.get(place)
        if venue is not None:
            hall = (approximate, "venue", venue)
            same_hall = group_of.get(hall)
            if group is None:
                group = same_hall
            elif same_hall is not None and same_hall is not group:  # this spot ties two groups
                group.extend(same_hall)
                groups = [g for g in groups if g is not same_hall]
                group_of = {k: group if g is same_hall else g for k, g in group_of.items()}
        if group is None:
            group = []
            groups.append(group)
        group.append(spot)
        group_of[place] = group
        if venue is not None:
            group_of[hall] = group
    for group in groups:
        group.sort()
    groups.sort()
    flags = tuple(
        Flag(g[0].lon, g[0].lat, tuple([s.number for s in g]), g[0].approximate) for g in groups
    )
    return flags, {number: index for index, flag in enumerate(flags) for number in flag.numbers}
