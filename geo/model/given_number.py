"""A number on a flag, as the ledger remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class GivenNumber:
    """A number given to a record, once; unique in the town, never given to another."""

    number: int
    layer: str
    id: str
    given_on: date
