"""Was a pin set for the words its record has now? Spellings of one address are one address."""

from __future__ import annotations

from geo.folding import fold
from geo.model.pin import Pin
from geo.model.treasure import Treasure
from geo.placing.address_parts import AddressParts, address_parts


def is_for_other_words(pin: Pin, treasure: Treasure) -> bool:
    """Whether a pin was set for another venue or address than the list has now.

    Where the list had neither, for another name. Width, kana and blanks make no difference, nor
    how the numbers of an address are written, nor a building after them.
    """
    if pin.name is None:  # written by hand, without the words it was set for
        return False
    if not (pin.venue or pin.address or treasure.venue or treasure.address):
        return not is_same_text(pin.name, treasure.name)
    return not (
        is_same_text(pin.venue, treasure.venue) and is_same_address(pin.address, treasure.address)
    )


def is_same_text(one: str | None, other: str | None) -> bool:
    """Whether two texts differ in width, kana, old-form kanji and blanks at most."""
    return fold(one or "") == fold(other or "")


def is_same_address(one: str | None, other: str | None) -> bool:
    """Whether two addresses say the same house.

    >>> is_same_address("本町一丁目2番3号", "本町１－２－３ 山田ビル2階")
    True
    >>> is_same_address("本町1番地2", "本町1丁目2")
    False
    """
    if is_same_text(one, other):
        return True
    if not one or not other:
        return False
    first, second = address_parts(one), address_parts(other)
    if not first.numbers or not second.numbers:  # without a number a building may be all there is
        return False
    if (first.head, first.large_aza) != (second.head, second.large_aza):
        return False
    if first.chome == second.chome:
        return first.numbers == second.numbers
    return _with_chome(first) == _with_chome(second) is not None


def _with_chome(parts: AddressParts) -> tuple[str, ...] | None:
    """All numbers, the 丁目 first; None where the first one is said to be none (1番地2)."""
    if parts.chome is not None:
        return (str(parts.chome), *parts.numbers)
    return None if parts.banchi else parts.numbers
