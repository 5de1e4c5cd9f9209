"""Which 開催日時 of a town's lists could not be read, and in which part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from geo.model.reading import LayerReading, RowAddress, TownReading


@dataclass(frozen=True, slots=True)
class UnreadSchedule:
    """One text that was not understood, or not all of it.

    Parameters
    ----------
    text : str
        As it stands in the list.
    parts : tuple of str
        What nobody could read of it.
    count : int
        Records that say so.
    first : RowAddress
        Where the first of them stands.
    """

    text: str
    parts: tuple[str, ...]
    count: int
    first: RowAddress

    @property
    def where(self) -> str:
        """Excel's cell where there is one, else the row."""
        letter = self.first.letters.get("schedule")
        return f"{letter}{self.first.row}" if letter else f"{self.first.row}行目"

    def as_json(self) -> dict[str, Any]:
        """One entry of ``check --json``."""
        return {
            "text": self.text,
            "not_understood": list(self.parts),
            "count": self.count,
            "file": self.first.file,
            "sheet": self.first.sheet,
            "where": self.where,
        }


@dataclass(frozen=True, slots=True)
class ScheduleShare:
    """How much of a layer's 開催日時 was understood.

    Parameters
    ----------
    layer, title : str
    said : int
        Records with a text.
    understood : int
        Those of them without an unread part.
    unread : tuple of UnreadSchedule
        In the order of the list, each text once.
    """

    layer: str
    title: str
    said: int
    understood: int
    unread: tuple[UnreadSchedule, ...]

    def as_json(self) -> dict[str, Any]:
        """One layer of ``check --json``."""
        return {
            "said": self.said,
            "understood": self.understood,
            "unread": [one.as_json() for one in self.unread],
        }


def schedule_shares(reading: TownReading) -> Iterator[ScheduleShare]:
    """Each layer whose list says when, with the texts of it that were not fully read."""
    for layer in reading.layers:
        share = _share(layer)
        if share.said:
            yield share


def _share(layer: LayerReading) -> ScheduleShare:
    from geo.schedule import parse

    said: dict[str, list[str]] = {}
    for treasure in layer.treasures:
        if treasure.schedule and treasure.schedule.strip():
            said.setdefault(treasure.schedule.strip(), []).append(treasure.id)
    unread = tuple(
        UnreadSchedule(text, parts, len(ids), layer.addresses[ids[0]])
        for text, ids in said.items()
        if (parts := parse(text).not_understood)
    )
    total = sum(map(len, said.values()))
    understood = total - sum(one.count for one in unread)
    return ScheduleShare(layer.layer.id, layer.layer.title, total, understood, unread)
