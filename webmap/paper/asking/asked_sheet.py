"""What the URL says of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from geo.model.audience import Audience
from webmap.answering import require_readable_query
from webmap.paper.asking.asked_week import week_word
from webmap.paper.paper_choice import PaperChoice, Sheet
from webmap.paper.sheets.printing import copy_number

POSTER_FIELD = "poster"
"""The form's own word for the size of a poster and of the papers it is cut for: ``A1/A4``."""


@dataclass(frozen=True, slots=True)
class AskedSheet:
    """What the URL says of a sheet.

    Parameters
    ----------
    choice : PaperChoice
    copy : int or None
        Of what is not for everybody.
    week : str
        Of a week sheet: empty, ``next``, or a Monday.
    """

    choice: PaperChoice
    copy: int | None = None
    week: str = ""

    @classmethod
    def of_request(cls, audience: Audience) -> AskedSheet:
        """Of the present request.

        Raises
        ------
        WordsError
        """
        from flask import request

        require_readable_query()
        choice = PaperChoice.from_args(_words(request.args))
        return cls(
            choice,
            copy_of(audience, request.args),
            week_word(request.args.get("week", "")) if choice.sheet is Sheet.WEEK else "",
        )

    def pairs(self) -> list[tuple[str, str]]:
        """What stands in its URL, in one order."""
        more = (("week", self.week), ("copy", "" if self.copy is None else str(self.copy)))
        return [*self.choice.pairs(), *((name, word) for name, word in more if word)]

    def query(self) -> str:
        """:meth:`pairs` as the query of a URL, without the question mark."""
        return urlencode(self.pairs())


def copy_of(audience: Audience, args: Mapping[str, str]) -> int | None:
    """The number of the copy; what is for everybody has none."""
    return None if audience is Audience.PUBLIC else copy_number(args.get("copy", ""))


def _words(args: Mapping[str, Any]) -> Mapping[str, Any]:
    """The form has one field for the papers of a poster, so that none of its choices is odd."""
    sheet, poster = (str(args.get(name, "")).lower() for name in ("sheet", POSTER_FIELD))
    if sheet != Sheet.POSTER.value or not poster:
        return args
    paper, _, tile = poster.partition("/")
    return {**args, "paper": paper, "tile": tile}
