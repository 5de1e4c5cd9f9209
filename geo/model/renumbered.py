"""A record that stands in its list under another id than the one it was first known by."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Renumbered:
    """One line of ``layers/renumbered.csv``: ``id`` of the list is the record ``record``."""

    layer: str
    id: str
    record: str
    said_on: date


def record_of(listed_id: str, known: Mapping[str, str], listed: Collection[str]) -> str:
    """The record that an id of the list means.

    Parameters
    ----------
    listed_id : str
        As the list writes it.
    known : Mapping[str, str]
        Id of the list to record, for one layer.
    listed : Collection[str]
        Every id of the layer's list.

    Returns
    -------
    str
        The id itself where nothing else is known. Where that id is the record of another line it
        is a new record, which gets a name of its own: ``4~2``.
    """
    if listed_id in known:
        return known[listed_id]
    taken = set(known.values())
    return free_record(listed_id, taken | set(listed)) if listed_id in taken else listed_id


def free_record(listed_id: str, taken: Collection[str]) -> str:
    """A record's name for an id whose own name belongs to another record."""
    count = 2
    while f"{listed_id}~{count}" in taken:
        count += 1
    return f"{listed_id}~{count}"
