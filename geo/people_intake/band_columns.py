"""Which columns, added up, count everybody, and those of 65, 75 and 85 years and over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.model.people import BANDS, PeopleBand
from geo.people_intake.age_labels import Counted, Sex, counted

_LOWEST = {
    PeopleBand.EVERYBODY: 0,
    PeopleBand.FROM_65: 65,
    PeopleBand.FROM_75: 75,
    PeopleBand.FROM_85: 85,
}
_WAYS = ((Sex.BOTH,), (Sex.MEN, Sex.WOMEN))


def band_columns(labels: Sequence[str]) -> Mapping[PeopleBand, tuple[int, ...]]:
    """The columns of every band that the labels give, the fewest ones; a band without is left out.

    A band is one column, or those of its ages without a gap up to the oldest, for both sexes or
    for men and women apart.
    """
    columns: dict[Counted, int] = {}
    for index, label in enumerate(labels):
        whom = counted(label)
        if whom is not None:
            columns.setdefault(whom, index)
    found = {}
    for band in BANDS:
        ways = [_of_sexes(sexes, _LOWEST[band], columns) for sexes in _WAYS]
        whole = [way for way in ways if way is not None]
        if whole:
            found[band] = min(whole, key=len)
    return found


def _of_sexes(
    sexes: Sequence[Sex], low: int, columns: Mapping[Counted, int]
) -> tuple[int, ...] | None:
    chains = [_chain(sex, low, columns) for sex in sexes]
    if any(chain is None for chain in chains):
        return None
    return tuple(index for chain in chains if chain is not None for index in chain)


def _chain(sex: Sex, low: int, columns: Mapping[Counted, int]) -> tuple[int, ...] | None:
    """The columns of one sex from an age to the oldest, each beginning where the last ends."""
    found: list[int] = []
    while (last := columns.get(Counted(sex, low))) is None:
        widest = max(
            (
                (whom.high, index)
                for whom, index in columns.items()
                if whom.sex is sex and whom.low == low and whom.high is not None
            ),
            default=None,
        )
        if widest is None or widest[0] < low:
            return None
        found.append(widest[1])
        low = widest[0] + 1
    return (*found, last)
