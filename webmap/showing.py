"""How a page is to be shown, as the URL says it: in the hall, in English, in large type.

What a reader narrows down is in :mod:`webmap.filters`; nothing here takes a treasure away, except
that the hall shows だれでも only unless somebody asks otherwise by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from geo.model.audience import Audience
from webmap.ground_data import MapStyle
from webmap.words import Language

__all__ = ["Language", "MapStyle", "Mode", "Showing", "TourOrder"]

MOST_MARKS = 200
NEXT_WEEK = "next"
_BETWEEN_MARKS = re.compile(r"[\s,、，]+")


class Mode(StrEnum):
    """What kind of screen a page is made for."""

    DESK = ""
    """A reader's own screen: phone, tablet, laptop."""
    HALL = "hall"
    """A wall seen by twenty people."""
    WEEK = "week"
    """A sheet of paper on a notice board: what is held from Monday to Sunday."""
    PRINT = "print"
    """What to print of an area, and how: the page before the PDF."""


class TourOrder(StrEnum):
    """In which order the hall steps from treasure to treasure."""

    NUMBER = "number"
    AREA = "area"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class Showing:
    """How a page is to be shown.

    Parameters
    ----------
    mode : Mode
        ``?mode=hall``, ``?mode=week``, ``?mode=print``.
    language : Language
        ``?lang=en``.
    large : bool
        ``?large=1``: large type, with readings above the names.
    order : TourOrder
        ``?order=area``; of the hall only.
    marks : tuple of str
        ``?marks=通23,サ5``: the chosen treasures in their order, by mark or by number; of the hall
        only. Empty means all of them.
    seen_as : Audience, optional
        ``?as=council``: the hall as another audience sees it, switched by hand.
    week : str
        ``?week=next`` or ``?week=2026-11-23``, the Monday of the week that was asked for; of the
        sheet only. Empty means this week.
    map_style : MapStyle
        ``?map=landmarks``: how the base map is drawn. The hall has its own.
    """

    mode: Mode = Mode.DESK
    language: Language = Language.JAPANESE
    large: bool = False
    order: TourOrder = TourOrder.NUMBER
    marks: tuple[str, ...] = ()
    seen_as: Audience | None = None
    week: str = ""
    map_style: MapStyle = MapStyle.CALM

    @classmethod
    def from_args(cls, args: Mapping[str, Any]) -> Showing:
        """Read the query string; unknown words are kept out, as in :class:`webmap.filters.Filters`."""
        mode = Mode(args["mode"]) if args.get("mode") in set(Mode) else Mode.DESK
        hall = mode is Mode.HALL
        return cls(
            mode=mode,
            language=Language.ENGLISH
            if args.get("lang") == Language.ENGLISH
            else Language.JAPANESE,
            large=args.get("large") == "1",
            order=_order(args.get("order")) if hall else TourOrder.NUMBER,
            marks=_marks(str(args.get("marks", ""))) if hall else (),
            seen_as=audience_named(args.get("as")) if hall else None,
            week=_week(str(args.get("week", ""))) if mode is Mode.WEEK else "",
            map_style=_map_style(args.get("map")),
        )

    @classmethod
    def of_data(cls, args: Mapping[str, Any]) -> Showing:
        """The part of the query string that changes what the map's script reads."""
        return cls(map_style=_map_style(args.get("map")))

    def audience(self, served: Audience) -> Audience:
        """Whose eyes the page is made for; never above the audience that is served."""
        if self.mode is not Mode.HALL:
            return served
        return min(self.seen_as or Audience.PUBLIC, served)

    def query(self) -> str:
        """The canonical query string, without the question mark; empty for an ordinary page."""
        pairs = [("mode", self.mode.value)] if self.mode is not Mode.DESK else []
        if self.order is not TourOrder.NUMBER:
            pairs.append(("order", self.order.value))
        if self.marks:
            pairs.append(("marks", ",".join(self.marks)))
        if self.seen_as is not None and self.seen_as is not Audience.PUBLIC:
            pairs.append(("as", self.seen_as.word))
        if self.week:
            pairs.append(("week", self.week))
        return urlencode([*pairs, *self._kept()])

    def kept(self) -> str:
        """What every link of the page takes along: ``?lang=en&large=1``, or nothing."""
        query = urlencode(self._kept())
        return f"?{query}" if query else ""

    def data_query(self) -> str:
        """The same for what the map's script reads: ``?map=landmarks``, or nothing."""
        return Showing(map_style=self.map_style).kept()

    def kept_pairs(self) -> tuple[tuple[str, str], ...]:
        """The same for a form, which takes along what stands in its fields."""
        return tuple(self._kept())

    def _kept(self) -> list[tuple[str, str]]:
        pairs = []
        if self.language is not Language.JAPANESE:
            pairs.append(("lang", self.language.value))
        if self.large:
            pairs.append(("large", "1"))
        if self.map_style is not MapStyle.CALM:
            pairs.append(("map", self.map_style.value))
        return pairs


def _order(word: Any) -> TourOrder:
    return TourOrder(word) if word in set(TourOrder) else TourOrder.NUMBER


def _map_style(word: Any) -> MapStyle:
    return MapStyle(word) if word in set(MapStyle) else MapStyle.CALM


def _marks(text: str) -> tuple[str, ...]:
    """The marks of a list, each once, in their order."""
    found = dict.fromkeys(mark for mark in _BETWEEN_MARKS.split(text) if mark)
    return tuple(found)[:MOST_MARKS]


def _week(text: str) -> str:
    """The Monday of the day that is named: one address for one week."""
    if text == NEXT_WEEK:
        return text
    try:
        day = date.fromisoformat(text)
        return (day - timedelta(days=day.weekday())).isoformat()
    except (ValueError, OverflowError):
        return ""


def audience_named(word: Any) -> Audience | None:
    """The audience of ``?as=council``; None for any other word."""
    return next((audience for audience in Audience if audience.word == word), None)
