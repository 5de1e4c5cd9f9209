"""Tiles are kept while the same streets stand; many who ask at once cause one making."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep

import pytest

from webmap.byte_cache import StoredAnswer
from webmap.tiles.tile_shelf import TileShelf


def tile(body: bytes) -> StoredAnswer:
    return StoredAnswer.of(body, tag=lambda _: '"x"', content_type="x")


def test_twenty_who_ask_at_once_cause_one_making() -> None:
    shelf, made = TileShelf(), []
    everybody, go_on = Barrier(20 + 1), Event()

    def make() -> tuple[str, StoredAnswer]:
        made.append(1)
        go_on.wait(10)
        return "7", tile(b"x")

    def ask() -> tuple[str, StoredAnswer]:
        everybody.wait(10)
        return shelf.made_once((15, 1, 2), make)

    with ThreadPoolExecutor(20) as threads:
        asked = [threads.submit(ask) for _ in range(20)]
        everybody.wait(10)
        other = shelf.made_once((15, 1, 3), lambda: ("7", tile(b"y")))  # nobody waits for others
        sleep(0.3)  # until the last of them waits
        go_on.set()
        answers = {one.result(10)[1].plain() for one in asked}
    assert answers == {b"x"}
    assert other[1].plain() == b"y"
    assert len(made) == 1
    assert shelf.get("7", (15, 1, 2)) is not None


def test_a_failure_is_told_to_everybody_and_forgotten() -> None:
    shelf = TileShelf()

    def fail() -> tuple[str, StoredAnswer]:
        raise OSError("gone")

    for _ in range(2):
        with pytest.raises(OSError, match="gone"):
            shelf.made_once((0, 0, 0), fail)
    assert shelf.made_once((0, 0, 0), lambda: ("7", tile(b"x")))[0] == "7"


def test_other_streets_sweep_the_shelf_and_empty_tiles_are_not_kept() -> None:
    shelf = TileShelf()
    shelf.made_once((1, 0, 0), lambda: ("7", tile(b"x")))
    shelf.made_once((1, 0, 1), lambda: ("7", tile(b"")))
    assert shelf.get("7", (1, 0, 0)) is not None
    assert shelf.get("7", (1, 0, 1)) is None
    assert shelf.get("8", (1, 0, 0)) is None
    shelf.made_once((1, 1, 1), lambda: ("8", tile(b"x")))
    assert shelf.get("7", (1, 0, 0)) is None
