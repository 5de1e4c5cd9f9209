"""How large the type of a sheet is."""

from __future__ import annotations

from dataclasses import dataclass

from webmap.paper.paper_choice import PaperChoice
from webmap.paper.sheet_frame import poster_times


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Sizes in points.

    Parameters
    ----------
    title : float
        Of the sheet.
    name : float
        Mark and name of a treasure, bold.
    body : float
        Day and time, venue, for whom, fee.
    note : float
        Legend and remarks.
    credit : float
        Where the data come from: nothing on a sheet is smaller.
    """

    title: float
    name: float
    body: float
    note: float
    credit: float


_USUAL = TypeSizes(title=28, name=14, body=12, note=10.5, credit=9)
_LARGE = TypeSizes(title=28, name=18, body=16, note=14, credit=10.5)


def type_sizes(choice: PaperChoice) -> TypeSizes:
    """The sizes of a choice; on a poster they grow with the paper."""
    sizes, times = _LARGE if choice.large else _USUAL, poster_times(choice)
    return TypeSizes(
        *(
            round(size * times, 2)
            for size in (sizes.title, sizes.name, sizes.body, sizes.note, sizes.credit)
        )
    )
