"""Says how far a long reading is, and how fast it goes."""

from __future__ import annotations

from time import monotonic

from geo.street_intake.street_source import Tell

_EVERY = 2048
_SECONDS = 1.0


class ReadingPace:
    """Counts things read and tells about it once a second.

    Parameters
    ----------
    tell : callable
        Takes one Japanese line.
    doing : str
        What is going on: 道を読んでいます.
    counter : str
        The counter word: 本, 件.
    """

    def __init__(self, tell: Tell, doing: str, counter: str) -> None:
        self._tell, self._doing, self._counter = tell, doing, counter
        self._count = 0
        self._began = self._told = monotonic()
        tell(doing)

    def step(self) -> None:
        """One more is read."""
        self._count += 1
        if self._count % _EVERY == 0 and monotonic() - self._told >= _SECONDS:
            self._told = monotonic()
            self._say()

    def done(self) -> None:
        """Nothing is left."""
        self._say()

    def _say(self) -> None:
        seconds = monotonic() - self._began
        rate = f"（毎秒{self._count / seconds:,.0f}）" if seconds > 0.1 else ""
        self._tell(f"{self._doing}：{self._count:,}{self._counter}{rate}")
