"""Through which doors the exact place of a record can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from geo.model.audience import Audience, ConsentScope, Medium, Precision, Status
from geo.model.treasure import Consent, Treasure

Door = tuple[Audience, Medium]

_INNER: frozenset[Door] = frozenset(product([Audience.COORDINATOR], Medium))


@dataclass(frozen=True, slots=True)
class Reach:
    """``always``: the doors that show the exact place on every day; ``ever``: on some day.

    The two differ where a consent or the record itself has a day on which it begins or ends.
    """

    always: frozenset[Door]
    ever: frozenset[Door]

    def covers(self, other: Reach) -> bool:
        """Whether this place is known wherever, and whenever, the other is."""
        return other.ever <= self.always


def reach_of(treasure: Treasure, *, count_only: bool) -> Reach:
    """The reach of a record, as the audience views decide it."""
    if count_only:
        return Reach(frozenset(), frozenset())
    is_exact = treasure.precision is Precision.POINT and treasure.status is not Status.ENDED
    has_no_end = treasure.ended_on is None
    return Reach(
        _doors(treasure.audience, treasure.consents, is_exact and has_no_end, True),
        _doors(treasure.audience, treasure.consents, is_exact, False),
    )


@lru_cache(maxsize=1024)
def _doors(
    audience: Audience, consents: tuple[Consent, ...], is_exact: bool, every_day: bool
) -> frozenset[Door]:
    agreed = {
        c.scope.value
        for c in consents
        if not every_day or (c.valid_from is None and c.valid_until is None)
    }
    if not is_exact or any(c.scope is ConsentScope.NONE for c in consents):
        return _INNER
    partners = ConsentScope.PARTNERS.value in agreed
    return _INNER | {
        (a, m)
        for a, m in product(Audience, Medium)
        if a >= audience and (m.value in agreed or (a >= Audience.PARTNERS and partners))
    }
