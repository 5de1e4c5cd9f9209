"""What a new list changes, told cell by cell; for 担当者だけ."""

from __future__ import annotations

from enum import Enum
from typing import Any

import msgspec


class ChangeKind(Enum):
    """What became of a record since the list that stands."""

    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    MOVED = "moved"
    RENUMBERED = "renumbered"

    @property
    def label_ja(self) -> str:
        """The word of the report."""
        return {
            "new": "新しく",
            "changed": "変わったところ",
            "ended": "終わったもの",
            "moved": "シートを移ったもの",
            "renumbered": "IDが変わったもの",
        }[self.value]


class RecordChange(msgspec.Struct, frozen=True, gc=False):
    """One line of the report: a record that is new, ended or moved, or one changed cell of it.

    ``id`` is what the list calls the record, ``number`` the one on its flag (None before a new one
    has its number). ``sheet`` and ``cell`` say where it stands in the new list; ``before`` and
    ``after`` are texts as the clerk reads them, shortened. They are the hidden parts of records
    too: nothing of this leaves the coordinator's report.
    """

    layer: str
    id: str
    number: int | None
    name: str
    kind: ChangeKind
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    column: str | None = None
    before: str | None = None
    after: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The stable shape in ``load --json``."""
        return {
            "layer": self.layer,
            "id": self.id,
            "number": self.number,
            "name": self.name,
            "kind": self.kind.value,
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "row": self.row,
            "column": self.column,
            "before": self.before,
            "after": self.after,
        }
