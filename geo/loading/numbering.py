"""Give every new record its number: small, unique in the town, given once, never used again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from geo.model.given_number import GivenNumber
from geo.model.treasure import Treasure

LARGEST_WANTED = 999_999
"""A longer 番号 is a key of somebody's system, not a number to print on a flag."""


def give_numbers(
    treasures: Sequence[Treasure], ledger: Iterable[GivenNumber], given_on: date
) -> tuple[list[GivenNumber], list[str]]:
    """Number the records that have none yet.

    A 番号 of the source is kept when it is free. Everything else gets the next number after the
    largest ever given, in the order of ``treasures``: a gap may be a number that
    somebody's old paper list still uses.

    Parameters
    ----------
    treasures : Sequence[Treasure]
        In reading order.
    ledger : Iterable[GivenNumber]
        Every number ever given.
    given_on : date

    Returns
    -------
    given : list of GivenNumber
        The new lines of the ledger.
    notes_ja : list of str
        Where the source asked for a number that it cannot have.
    """
    taken = {entry.number: (entry.layer, entry.id) for entry in ledger}
    number_of = {record: number for number, record in taken.items()}
    given: list[GivenNumber] = []
    notes_ja: list[str] = []
    waiting: list[Treasure] = []
    for treasure in treasures:
        record, wanted = (treasure.layer, treasure.id), treasure.number
        standing = number_of.get(record)
        if standing is not None:
            if wanted not in (None, standing):
                notes_ja.append(
                    f"「{treasure.name}」の番号は、前に付けた{standing}番のままにします"
                    f"（元の一覧では{wanted}番）。"
                )
        elif wanted is None or wanted in taken or not 0 < wanted <= LARGEST_WANTED:
            waiting.append(treasure)
        else:
            taken[wanted] = record
            number_of[record] = wanted
            given.append(GivenNumber(wanted, *record, given_on))
    following = max(taken, default=0)
    for treasure in waiting:
        following += 1
        if treasure.number is not None:
            notes_ja.append(
                f"「{treasure.name}」の{treasure.number}番は使えない（ほかのお宝の番号か、"
                f"大きすぎる）ため、{following}番を付けました。"
            )
        given.append(GivenNumber(following, treasure.layer, treasure.id, given_on))
    return given, notes_ja
