"""The law of small numbers: which figures of a level may be shown, and as what.

A figure of 1 to 9 people could mean somebody. So of every area and band:

1. Figures are rounded to people. One of 1 to 9 is not shown; 0 is, and so is 10.
2. Nor is one that leaves 1 to 9: all but a few of the people, or of those of whom it is known how
   far they walk.
3. Nor is one that, taken from another shown figure of the same row, leaves 1 to 9, where everybody
   of the one is also in the other: limits, 毎週 within 一部の週, a day within what was asked, and two
   days of which one reaches all whom the other reaches. (Of two figures that only overlap, the
   difference is the number of nobody, and both stay.) People first, then the sentence's limit, the
   other limits, then the weekdays: what comes later gives way.
4. The people by number of open days add up to those known, and weighted by the days to the sum of
   the weekdays: where one of them is not shown, or a weekday is not, at least three are not, of ten
   people or more together.
5. Across the areas of a level the sum may be known from elsewhere: where figures of one kind are
   not shown, they are at least two and of ten people or more together, and so are those whom they
   leave out. The next smallest give way.

The law holds within one answer. Who asks for many limits one metre apart asks for many answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.coverage.counting import WEEKDAYS, Counted, Floats, Integers

LEAST = 10
"""The smallest number of people that is shown."""

HIDDEN = -1
"""In arrays of figures: not shown."""

_FEWEST_DAYS = 3  # two sums are known of the open days, so two of them could be worked out
_HAIR = 1e-9  # a half is rounded up, also where adding made a little less of it

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """What may be shown of a level: whole people, :data:`HIDDEN` where not; see `Counted`.

    Parameters
    ----------
    people, unknown : int64[A, 4]
    covered : int64[A, 4, L]
    every, some : int64[A, 4, 7]
    open_days : int64[A, 4, 8]
    by_transport : int64[A, 4]
    """

    people: Integers
    unknown: Integers
    covered: Integers
    every: Integers
    some: Integers
    open_days: Integers
    by_transport: Integers


def whole_people(people: Floats) -> Integers:
    """People rounded; :data:`HIDDEN` where that is 1 to 9. For figures that stand alone."""
    whole = _rounded(people)
    return np.where(_is_small(whole), HIDDEN, whole)


def told(figure: int) -> int | None:
    """A figure as an answer says it: None where it is not shown."""
    return None if figure == HIDDEN else int(figure)


def publish_people(people: Floats) -> Integers:
    """The people of the areas of a level by band, where nothing else is told: rules 1 and 5.

    NaN: nobody can say.
    """
    tells = ~np.isnan(people)
    figures = _rounded(np.where(tells, people, 0.0))
    hidden = _is_small(figures) | ~tells
    for band in range(figures.shape[1]):
        _hide_more(hidden[:, band], figures[:, band], None, tells[:, band])
    return _shown(figures, hidden)


def publish(counted: Counted) -> Published:
    """Keep the law for a whole level: all of its areas, or else sums could not be guarded."""
    last = 1 + counted.limits + 2 * WEEKDAYS
    people = _rounded(counted.people)
    # 0 people, 1 unknown, then the limits and the weekdays; the sets of `Counted` from 1 on.
    figures = np.concatenate(
        [
            people[..., None],
            _rounded(counted.unknown)[..., None],
            _rounded(counted.sets[..., 1:last]),
        ],
        axis=2,
    )
    hidden = _hidden_in_rows(figures, counted)
    known = figures[..., 0] - figures[..., 1]
    for band in range(figures.shape[1]):
        tells = counted.tells[:, band]
        for one in range(figures.shape[2]):
            left = known[:, band] - figures[:, band, one] if one > 1 else None
            _hide_more(hidden[:, band, one], figures[:, band, one], left, tells)
    days = _rounded(counted.open_days)
    by_transport = _rounded(counted.by_transport)
    quiet = hidden[..., 0] | hidden[..., 1] | hidden[..., 2 + counted.sentence]
    return Published(
        people=_shown(figures[..., 0], hidden[..., 0]),
        unknown=_shown(figures[..., 1], hidden[..., 1]),
        covered=_shown(figures, hidden)[..., 2 : 2 + counted.limits],
        every=_shown(figures, hidden)[..., 2 + counted.limits :][..., :WEEKDAYS],
        some=_shown(figures, hidden)[..., 2 + counted.limits + WEEKDAYS :],
        open_days=_shown(days, _hidden_days(days, hidden, counted)),
        by_transport=_shown(by_transport, (quiet & (by_transport > 0)) | _is_small(by_transport)),
    )


def _rounded(people: Floats) -> Integers:
    return np.floor(people + 0.5 + _HAIR).astype(np.int64)


def _is_small(figures: Integers) -> Flags:
    return np.asarray((figures > 0) & (figures < LEAST), dtype=bool)


def _shown(figures: Integers, hidden: Flags) -> Integers:
    return np.where(hidden, HIDDEN, figures)


def _hidden_in_rows(figures: Integers, counted: Counted) -> Flags:
    """Rules 1 to 3."""
    hidden = _is_small(figures) | ~counted.tells[..., None]
    people, unknown = figures[..., 0], figures[..., 1]
    hidden[..., 1] |= _is_small(people - unknown)
    limits = [2 + n for n in range(counted.limits)]
    first = 2 + counted.sentence
    others = [one for one in reversed(limits) if one != first]
    weekdays = range(2 + counted.limits, figures.shape[2])
    done: list[int] = []
    for one in (first, *others, *weekdays):
        figure = figures[..., one]
        hidden[..., one] |= _is_small(people - figure) | _is_small(people - unknown - figure)
        for other in done:
            nested = counted.holds[..., one - 1, other - 1] | counted.holds[..., other - 1, one - 1]
            apart = np.abs(figure - figures[..., other])
            hidden[..., one] |= nested & _is_small(apart) & ~hidden[..., other]
        done.append(one)
    return np.asarray(hidden)


def _hide_more(hidden: Flags, figure: Integers, left: Integers | None, tells: Flags) -> None:
    """Rule 5, for one kind of figure of all areas; ``hidden`` grows."""
    while True:
        gone = hidden & tells
        alone = np.count_nonzero(gone & (figure > 0)) == 1
        if alone or _is_small(figure[gone].sum()):
            lacking = figure
        elif left is not None and _is_small(left[gone].sum()):
            lacking = left
        else:
            return
        candidates = np.flatnonzero(~hidden & (lacking > 0))
        if not len(candidates):
            return
        hidden[candidates[np.argmin(lacking[candidates])]] = True


def _hidden_days(days: Integers, hidden: Flags, counted: Counted) -> Flags:
    """Rules 4 and 5, in turn until both hold."""
    every = slice(2 + counted.limits, 2 + counted.limits + WEEKDAYS)
    gone = _is_small(days) | ~counted.tells[..., None]
    gone |= np.any(hidden[..., :2], axis=2, keepdims=True)  # else they would add up to the people
    uneasy = hidden[..., every].any(axis=2)
    smallest_first = np.lexsort((days, days == 0))  # those of nobody last
    while True:
        before = np.count_nonzero(gone)
        for nth in range(WEEKDAYS + 1):
            too_few = np.count_nonzero(gone, axis=2) < _FEWEST_DAYS
            too_few |= _is_small((days * gone).sum(axis=2))
            row = np.nonzero(too_few & (gone.any(axis=2) | uneasy))
            gone[(*row, smallest_first[(*row, nth)])] = True
        for band in range(days.shape[1]):
            for one in range(WEEKDAYS + 1):
                _hide_more(gone[:, band, one], days[:, band, one], None, counted.tells[:, band])
        if np.count_nonzero(gone) == before:
            return np.asarray(gone)
