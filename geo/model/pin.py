"""How the records whose list gives no coordinates get their place, and what is kept of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType

from geo.model.audience import Placed

HOW_PLACED = (Placed.MAP, Placed.VENUE, Placed.ADDRESS, Placed.BLOCK)
"""How somebody may have placed a record."""

HOW_LABELS: Mapping[Placed, str] = MappingProxyType(
    {how: how.label_ja.partition("（")[0] for how in HOW_PLACED}
)
"""What the column ``how`` of ``places.csv`` says."""

PIN_COLUMNS = ("id", "lat", "lon", "how", "when", "venue", "address", "name")
"""The columns of ``places.csv``, in their order."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One line of ``places.csv``: where somebody put a record, and what its list said then.

    ``lon``/``lat`` are degrees in EPSG:4326. ``venue``, ``address`` and ``name`` are the texts of
    the list on the day the pin was set; a pin without a name was written by hand and is never
    asked about.
    """

    id: str
    lon: float
    lat: float
    how: Placed
    when: date | None
    venue: str | None = None
    address: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place that a venue or an address may mean: degrees in EPSG:4326, the text that was met."""

    lon: float
    lat: float
    placed: Placed
    matched: str
    source: str


class PlacingState(Enum):
    """What the clerk has to do about the place of a record."""

    PLACED = "placed"
    TO_CONFIRM = "to_confirm"
    MOVED = "moved"
    UNPLACED = "unplaced"

    @property
    def label_ja(self) -> str:
        """What the page and the terminal call it."""
        return {
            "placed": "場所が決まった",
            "to_confirm": "およその位置（確かめてください）",
            "moved": "住所が変わった",
            "unplaced": "場所が決まっていない",
        }[self.value]


@dataclass(frozen=True, slots=True)
class RecordPlacing:
    """How one record without coordinates in its list was placed, or why it was not.

    Parameters
    ----------
    layer, id, name, venue, address
        The record as its list tells it now.
    state : PlacingState
        MOVED: a pin stands, but for another venue or address; it is not used. The record may
        still have been placed by its new words.
    placed : Placed or None
        How its place became known; None where it has none.
    lon, lat : float or None
        Degrees in EPSG:4326.
    matched, source : str or None
        The words of the gazetteer that were met, and whose they are; None for a pin.
    why_ja : str
        Why there is no place, or how sure it is; Japanese, for the clerk.
    choices : tuple of PlaceChoice
        Places among which nobody could decide.
    pin : Pin or None
        The pin that stands in ``places.csv``.
    """

    layer: str
    id: str
    name: str
    venue: str | None
    address: str | None
    state: PlacingState
    placed: Placed | None = None
    lon: float | None = None
    lat: float | None = None
    matched: str | None = None
    source: str | None = None
    why_ja: str = ""
    choices: tuple[PlaceChoice, ...] = ()
    pin: Pin | None = None


@dataclass(frozen=True, slots=True)
class PlacingCounts:
    """How many records brought no coordinates (``total``), and how they were placed."""

    total: int = 0
    by: Mapping[Placed, int] = field(default_factory=dict)

    @classmethod
    def of(cls, placed: Iterable[Placed | None]) -> PlacingCounts:
        """Count records by how they were placed; those whose list gives a place are left out."""
        ways = Counter(how for how in placed if how is not Placed.SOURCE)
        return cls(ways.total(), {how: count for how, count in ways.items() if how is not None})

    @property
    def placed(self) -> int:
        """How many have a place now."""
        return sum(self.by.values())

    @property
    def unplaced(self) -> int:
        """How many have none yet."""
        return self.total - self.placed

    @property
    def sentence_ja(self) -> str:
        """The line of the load report; empty where every list brought its coordinates."""
        if not self.total:
            return ""
        words = {
            Placed.VENUE: "会場名",
            Placed.ADDRESS: "番地",
            Placed.BLOCK: "町丁目",
            Placed.MAP: "地図で指定",
        }
        ways = "、".join(f"{word} {self.by[how]}" for how, word in words.items() if how in self.by)
        said = f"緯度・経度のない{self.total}件のうち {self.placed}件の場所が決まりました"
        said += f"（{ways}）。" if ways else "。"
        return said + (f"まだ決まっていないもの {self.unplaced}件。" if self.unplaced else "")

    def as_json(self) -> dict[str, int]:
        """Counts by the words of ``Placed``, zero where there is none."""
        return {how.value: self.by.get(how, 0) for how in HOW_PLACED}
