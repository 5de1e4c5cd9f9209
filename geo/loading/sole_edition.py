"""What a town has one of - streets, people - against what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from geo.store.editions import (
    Kind,
    add_edition,
    current_edition,
    latest_of,
    same_manifest,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SoleComparison(Generic[T]):
    """The files against the database, as in `geo.loading.comparing`.

    ``ends``: the town has it no more.
    """

    standing: T | None = None
    manifest: Mapping[str, Any] = field(default_factory=dict)
    adds_edition: bool = False
    is_backfill: bool = False
    ends: bool = False

    @property
    def is_change(self) -> bool:
        """Whether what is shown changes."""
        return self.ends or (self.adds_edition and not self.is_backfill)


def compare_sole(
    conn: Connection,
    kind: Kind,
    key: str,
    standing: T | None,
    as_of: date,
    manifest: Mapping[str, Any],
) -> SoleComparison[T]:
    """Compare by the manifest, in which a word stands for files and program."""
    last = current_edition(conn, kind, key)
    is_backfill = last is not None and as_of < last.as_of
    compared = latest_of(conn, kind, key, as_of) if is_backfill else last
    is_same = (
        compared is not None
        and compared.as_of == as_of
        and not compared.ended
        and same_manifest(compared.manifest, manifest)
    )
    return SoleComparison(standing, manifest, not is_same, is_backfill)


def end_sole(conn: Connection, kind: Kind, key: str, load_id: int) -> None:
    """Keep as history that it left the town."""
    last = current_edition(conn, kind, key)
    assert last is not None
    add_edition(conn, kind, key, last.as_of, load_id, last.manifest, ended=True)
