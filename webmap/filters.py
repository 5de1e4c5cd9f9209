"""The filters of a treasure map: read from the URL, applied, written back to the URL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from geo.folding import fold
from geo.model.answers import Entry
from geo.model.audience import Status
from geo.model.map_answer import MapAnswer
from webmap.day_filter import ANY_DAY, DayFilter

LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked to see; an empty set or text means everything.

    Parameters
    ----------
    layers : frozenset of str
        Layer ids.
    functions : frozenset of str
        Words of 支え合いのはたらき.
    statuses : frozenset of Status
        開催中, おやすみ中 ...
    days : DayFilter
        Weekdays, and days around today.
    q : str
        As typed; matched folded, every word of it.
    """

    layers: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()
    days: DayFilter = ANY_DAY
    q: str = ""

    @classmethod
    def from_args(cls, args: Mapping[str, Any]) -> Filters:
        """Read ``?layer=&function=&status=&weekday=&when=&q=`` (a werkzeug ``MultiDict`` or a plain mapping).

        Unknown words are kept out, never an error: an old QR code must still open the map.
        """
        known = {status.value: status for status in Status}
        return cls(
            layers=frozenset(_values(args, "layer")),
            functions=frozenset(_values(args, "function")),
            statuses=frozenset(known[v] for v in _values(args, "status") if v in known),
            days=DayFilter.of_words(_values(args, "weekday"), _values(args, "when")),
            q=" ".join("".join(_values(args, "q")[:1]).split())[:LONGEST_QUERY],
        )

    @property
    def active(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.layers or self.functions or self.statuses or self.days.active or self.q)

    def within(self, answer: MapAnswer) -> Filters:
        """The same filters without choices this page does not offer."""
        return Filters(
            layers=self.layers & {layer.id for layer in answer.layers},
            functions=self.functions & set(answer.functions),
            statuses=self.statuses & set(answer.statuses),
            # Nothing held on a weekday is an answer, too; only a page without any day offers none.
            days=self.days if answer.days and answer.days.dated else ANY_DAY,
            q=self.q,
        )

    def chooser(self, answer: MapAnswer) -> Callable[[Entry], bool]:
        """Tells of an entry of the answer whether it is to be shown."""
        asked = [fold(word) for word in self.q.split()]
        held = self.days.numbers(answer.days) if self.days.active and answer.days else None

        def accepts(entry: Entry) -> bool:
            return (
                (not self.layers or entry.layer in self.layers)
                and (not self.functions or not self.functions.isdisjoint(entry.functions))
                and (not self.statuses or entry.status in self.statuses)
                and (held is None or entry.number in held)
                and all(word in entry.search for word in asked)
            )

        return accepts

    def query(self) -> str:
        """The canonical query string, without the question mark; empty when nothing is asked."""
        pairs: list[tuple[str, str]] = [("layer", v) for v in sorted(self.layers)]
        pairs += [("function", v) for v in sorted(self.functions)]
        pairs += [("status", v) for v in sorted(s.value for s in self.statuses)]
        pairs += self.days.pairs()
        if self.q:
            pairs.append(("q", self.q))
        return urlencode(pairs)


def _values(args: Mapping[str, Any], key: str) -> list[str]:
    """All non-empty values of a key, from a multi-valued or a plain mapping."""
    getlist = getattr(args, "getlist", None)
    raw: Any = getlist(key) if getlist is not None else args.get(key, ())
    values: Iterable[Any] = (raw,) if isinstance(raw, str) else raw
    return [text for value in values if (text := str(value).strip())]
