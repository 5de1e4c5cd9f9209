"""What one process keeps of the town as it stands now, and drops when the town changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

from geo.model.audience import Audience

State = TypeVar("State")
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Edition:
    """The state of the town an answer was made from: after a load or at midnight it is another."""

    revision: int
    today: date


@dataclass(frozen=True, slots=True)
class CacheKey:
    """Who asked for what. The audience is part of the key: audiences never share an answer."""

    audience: Audience
    url: str


class EditionShelf(Generic[State, Key, Value]):
    """Least recently used values of the current edition, bounded in weight; safe for threads.

    Parameters
    ----------
    limit : int
        Weight of all values held at most.
    weigh : callable
        The weight of one value.
    largest : int, optional
        A heavier value is not held; ``limit`` where it is not given.
    """

    def __init__(
        self, limit: int, weigh: Callable[[Value], int], largest: int | None = None
    ) -> None:
        self._limit = limit
        self._largest = limit if largest is None else largest
        self._weigh = weigh
        self._lock = Lock()
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._edition: State | None = None
        self._weight = 0

    def get(self, edition: State, key: Key) -> Value | None:
        """The value of this edition, if it is still here."""
        with self._lock:
            if edition != self._edition:
                return None
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, edition: State, key: Key, value: Value) -> None:
        """Keep a value; everything of another edition is dropped."""
        weight = self._weigh(value)
        with self._lock:
            if edition != self._edition:
                self._drop_all()
                self._edition = edition
            if weight > self._largest:
                return
            before = self._values.pop(key, None)
            if before is not None:
                self._weight -= self._weigh(before)
            self._values[key] = value
            self._weight += weight
            while self._weight > self._limit:
                _, dropped = self._values.popitem(last=False)
                self._weight -= self._weigh(dropped)

    def forget(self) -> None:
        """Drop everything."""
        with self._lock:
            self._drop_all()
            self._edition = None

    @property
    def weight(self) -> int:
        """What is held now."""
        with self._lock:
            return self._weight

    def _drop_all(self) -> None:
        self._values.clear()
        self._weight = 0
