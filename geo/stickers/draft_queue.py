"""The coordinator's queue: stickers by meeting and area, each with whom to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from geo.model.sticker import JAPAN, Sticker

if TYPE_CHECKING:
    from geo.stickers.ask_next import AskNext

_WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Draft:
    """One sticker with what the program knows about it; ``ask`` is None without a loaded town."""

    sticker: Sticker
    ask: AskNext | None = None

    @property
    def ask_ja(self) -> str:
        """Whom to ask next: the coordinator's words, else the suggestion."""
        return self.sticker.ask_next or (self.ask.text_ja if self.ask else "")

    def as_json(self) -> dict[str, Any]:
        """The stable shape of ``drafts --json``."""
        one = self.sticker
        near = self.ask.nearest if self.ask else ()
        return {
            "id": one.id,
            "letter": one.letter,
            "word": one.word,
            "lon": one.lon,
            "lat": one.lat,
            "met_at": one.met_at.astimezone(JAPAN).isoformat(timespec="minutes"),
            "state": one.state.value,
            "ask_next": self.ask_ja,
            "note": one.note,
            "near": [{"mark": n.mark, "name": n.name, "distance_m": n.distance_m} for n in near],
        }


@dataclass(frozen=True, slots=True)
class MeetingDrafts:
    """The stickers of one meeting about one area, in the order in which they were dropped."""

    level: str
    code: str
    area: str
    began_at: datetime
    drafts: tuple[Draft, ...]

    @property
    def title_ja(self) -> str:
        """2026年11月21日（土） 面瀬地区の集まり."""
        return f"{japanese_day(self.began_at)} {self.area}の集まり"

    @property
    def open_count(self) -> int:
        """How many of them wait for somebody."""
        return sum(draft.sticker.state.is_open for draft in self.drafts)

    def as_json(self) -> dict[str, Any]:
        """The stable shape of ``drafts --json``."""
        return {
            "level": self.level,
            "code": self.code,
            "area": self.area,
            "began_at": self.began_at.astimezone(JAPAN).isoformat(timespec="minutes"),
            "drafts": [draft.as_json() for draft in self.drafts],
        }


def meetings_of(
    stickers: Iterable[Sticker], asks: Mapping[str, AskNext] | None = None
) -> tuple[MeetingDrafts, ...]:
    """The queue: meetings with something left to do first, then the latest first.

    Parameters
    ----------
    stickers : iterable of Sticker
        Oldest first.
    asks : mapping of id to AskNext, optional
        Whom to ask next; None where no town is loaded.
    """
    groups: dict[tuple[str, str, str], list[Sticker]] = {}
    for one in stickers:
        groups.setdefault((one.meeting, one.level, one.code), []).append(one)
    found = [
        MeetingDrafts(
            level=group[0].level,
            code=group[0].code,
            area=group[0].area,
            began_at=group[0].met_at,
            drafts=tuple(Draft(one, (asks or {}).get(one.id)) for one in group),
        )
        for group in groups.values()
    ]
    return tuple(sorted(found, key=lambda m: (not m.open_count, -m.began_at.timestamp())))


def japanese_day(moment: datetime) -> str:
    """2026年11月21日（土）, in Japan."""
    day = moment.astimezone(JAPAN).date()
    return f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"
