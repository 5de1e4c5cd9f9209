"""Two sides measured alike: in turn, the least time of several rounds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any

_AT_LEAST_S = 2.0


def seconds(action: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = action()
    return time.perf_counter() - began, answer


def in_turn(rounds: int, *actions: Callable[[], Any]) -> list[tuple[float, Any]]:
    """The least seconds of each action, and its last answer; what is compiled is compiled before.

    What is over at once has more rounds than ``rounds``: as many as fit into two seconds.
    """
    least = [float("inf")] * len(actions)
    answers: list[Any] = [action() for action in actions]
    gc.collect()
    gc.disable()
    try:
        begun = time.perf_counter()
        while rounds > 0 or time.perf_counter() - begun < _AT_LEAST_S:
            rounds -= 1
            for number, action in enumerate(actions):
                answers[number] = None
                took, answers[number] = seconds(action)
                least[number] = min(least[number], took)
    finally:
        gc.enable()
    return list(zip(least, answers, strict=True))


def shortest(rounds: int, action: Callable[[], Any]) -> tuple[float, Any]:
    """The least seconds of something long, without a round before, and its last answer."""
    return min((seconds(action) for _ in range(rounds)), key=lambda took: took[0])
