"""Who is who when a list is numbered anew: pure, over many months."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.loading.identity import is_another, is_same_thing, recognise
from geo.loading.numbering import give_numbers
from geo.loading.renumbering import ListedNames, under_first_names
from geo.model.given_number import GivenNumber
from geo.model.reading import LayerReading, TownReading
from geo.model.renumbered import record_of
from geo.model.town import Layer, Municipality, Town
from geo.model.treasure import Treasure

DAY = date(2026, 4, 1)
LAYER = Layer("tea", Path(), "お茶", "茶", "#123456", 1, "出典", "CC0", DAY, ())
TOWN = Town(Path(), Municipality("町", "99999", "EPSG:6676"), (), (LAYER,))


def thing(number: int, id_: str) -> Treasure:
    """Things 0-2 share a name, 3-5 a hall: name and address together tell all apart."""
    name = "いきいきサロン" if number < 3 else f"会{number}"
    address = "本町1-1" if 3 <= number < 6 else f"港町{number}"
    return Treasure("tea", id_, name, address=address)


months = st.lists(
    st.dictionaries(st.sampled_from("1234567"), st.integers(0, 9), min_size=1).filter(
        lambda month: len(set(month.values())) == len(month)  # a thing stands once
    ),
    min_size=2,
    max_size=6,
)


@settings(deadline=None, max_examples=300)
@given(months=months)
def test_a_number_never_passes_to_another_thing_unasked(months: list[dict[str, int]]) -> None:
    """With every question answered 「同じ」, a thing keeps its record for as long as it stands."""
    names, ledger = ListedNames(), list[GivenNumber]()
    standing: dict[str, Treasure] = {}
    last_known: dict[str, Treasure] = {}
    for month in months:
        known_names = {line.id: line.record for line in names.lines}
        rows = [thing(n, record_of(id_, known_names, month)) for id_, n in month.items()]
        reading = TownReading(TOWN, (), (LayerReading(LAYER, tuple(rows), (), (), ()),), ())
        reading, read_names = under_first_names(reading, (), ledger, names, DAY)
        rows = list(reading.layers[0].treasures)
        by_id = {row.id: row for row in rows}
        known = {id_: t for id_, t in standing.items() if by_id.get(id_) != t}
        found = recognise(known, standing, rows)
        reading, now = under_first_names(reading, found, ledger, read_names, DAY)
        after = {row.id: row for row in reading.layers[0].treasures}
        assert len(after) == len(month)
        records = {line.id: line.record for line in now.lines}
        assert {i: records.get(i, i) for i in month}.keys() == month.keys()
        assert {records.get(i, i) for i in month} == set(after)  # the lines tell it all
        reused = [
            id_
            for id_, row in after.items()
            if id_ in last_known and not is_same_thing(last_known[id_], row)
        ]
        if reused:  # the clerk is asked for new ids, and nothing is loaded
            for id_ in reused:
                first, row = last_known[id_], after[id_]
                same_hall = first.address == row.address or first.name == row.name
                assert is_another(first, row, "EPSG:6676") or same_hall
            continue
        for id_, before in standing.items():
            stays = [row for row in after.values() if is_same_thing(before, row)]
            assert [row.id for row in stays] in ([], [id_])
        standing, names = after, now
        last_known |= after
        given_now, _ = give_numbers(list(after.values()), ledger, DAY)
        ledger = sorted([*ledger, *given_now])
    assert len({entry.number for entry in ledger}) == len(ledger)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"address": "本町1-1"}, {"address": "本町１－１"}, True),
        ({"address": "本町1-1"}, {"address": "本町1丁目1番 公民館2階"}, True),
        ({"address": "本町1-1"}, {"address": "本町1-2"}, False),
        ({"address": "本町1-1", "venue": "公民館"}, {"venue": "公民館"}, True),
        ({"venue": "公民館"}, {"venue": "会館"}, False),
        ({"lon": 138.3, "lat": 34.8}, {"lon": 138.3, "lat": 34.8002}, True),  # 22 m
        ({"lon": 138.3, "lat": 34.8}, {"lon": 138.3, "lat": 34.8004}, False),  # 45 m
        ({}, {}, True),
        ({"address": "本町1-1"}, {}, False),
    ],
)
def test_the_same_name_is_the_same_thing_at_the_same_place(
    one: dict[str, object], other: dict[str, object], same: bool
) -> None:
    known = Treasure("tea", "1", "さくら会", **one)  # type: ignore[arg-type]
    row = Treasure("tea", "2", "ｻｸﾗ会".replace("ｻｸﾗ", "さくら"), **other)  # type: ignore[arg-type]
    assert is_same_thing(known, row) is same
    assert not is_same_thing(known, Treasure("tea", "2", "もみじ会", **one))  # type: ignore[arg-type]


def test_twenty_thousand_of_one_name_are_looked_through_quickly() -> None:
    known = {str(n): Treasure("tea", str(n), "サロン", venue=f"会館{n}") for n in range(20_000)}
    rows = [Treasure("tea", f"x{n}", "サロン", venue=f"会館{n}") for n in range(20_000)]
    assert recognise(known, known, rows) == ()  # too many of one name to be sure without addresses
    rows = [Treasure("tea", f"x{n}", "サロン", address=f"本町{n}") for n in range(20_000)]
    known = {str(n): Treasure("tea", str(n), "サロン", address=f"本町{n}") for n in range(20_000)}
    assert len(recognise(known, known, rows)) == 20_000
