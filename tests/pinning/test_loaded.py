"""What a pin does to the map: through a real load, as every audience sees it."""

from __future__ import annotations

import csv
from itertools import product

import pytest
from pinning.conftest import TEA
from pinning.pin_town import PinTown

from geo.errors import LoadRefusedError
from geo.loading import is_loaded
from geo.model.audience import Audience, Medium, Placed, Precision
from geo.pinning import confirm, remove_pin, set_pin
from geo.questions import treasure_map
from webmap.entry_cards import cards_of
from webmap.words import Language, words_in

LON, LAT = 138.303217, 34.803119
DOORS = list(product(Audience, Medium))


def test_a_pin_reaches_the_map_and_undo_takes_it_away(loaded: PinTown) -> None:
    loaded.load()
    assert loaded.places()["さくら会"] == (None, None, None)
    set_pin(loaded.settings, "tea", "g1", LON, LAT)
    assert not is_loaded(loaded.settings)  # `otakara up` notices
    answer = loaded.load()
    assert answer.layers["tea"].changed == ("さくら会",)
    assert answer.places.sentence_ja == (
        "緯度・経度のない3件のうち 1件の場所が決まりました（地図で指定 1）。まだ決まっていないもの 2件。"
    )
    assert answer.as_json()["places"] == {
        "map": 1, "venue": 0, "address": 0, "block": 0, "unplaced": 2,
    }  # fmt: skip
    assert loaded.places()["さくら会"] == (LON, LAT, "map")
    assert is_loaded(loaded.settings)
    assert loaded.load().layers["tea"].unchanged == 3
    remove_pin(loaded.settings, "tea", "g1")
    loaded.load()
    assert loaded.places()["さくら会"] == (None, None, None)


def test_next_months_excel_keeps_the_pins(loaded: PinTown) -> None:
    set_pin(loaded.settings, "tea", "g1", LON, LAT)
    set_pin(loaded.settings, "tea", "g2", LON + 0.001, LAT)
    loaded.load()
    march = [
        ("g4", "あやめ会", "", "本町一丁目7"),
        ("g2", "もみじの会", "", "本町二丁目３－４"),
        ("g1", "さくら会", "みなと会館", "本町二丁目9-9"),
    ]
    loaded.write_list(march, as_of="2026-02-01")
    answer = loaded.load(accept_ended=1)
    assert answer.layers["tea"].new == ("あやめ会",)
    assert [p.code for p in answer.problems] == ["place-moved", "no-place"]
    assert loaded.places() == {
        "あやめ会": (None, None, None),
        "もみじの会": (LON + 0.001, LAT, "map"),
        "さくら会": (None, None, None),  # moved: asked again
    }
    confirm(loaded.settings, "tea", "g1")
    loaded.load()
    assert loaded.places()["さくら会"] == (LON, LAT, "map")


def test_a_broken_line_stops_the_load_or_is_left_out(loaded: PinTown) -> None:
    loaded.write_pins(
        "id,lat,lon,how\ng1,34.8031,138.3032,地図で指定\ng2,むこう,138.3,地図で指定\n"
    )
    with pytest.raises(LoadRefusedError) as refused:
        loaded.load()
    assert [p.code for p in refused.value.problems if p.is_error] == ["degrees-not-a-number"]
    answer = loaded.load(skip_bad_rows=True)
    assert answer.skipped_rows == 1
    assert loaded.places() == {
        "さくら会": (138.3032, 34.8031, "map"),
        "もみじ会": (None, None, None),
        "すみれ会": (None, None, None),
    }


def test_an_unreadable_file_of_pins_is_never_left_out(loaded: PinTown) -> None:
    set_pin(loaded.settings, "tea", "g1", LON, LAT)
    loaded.load()
    loaded.write_pins('id,lat,lon,how\ng1,34.8,138.3,"地図で指定\n')
    for options in ({}, {"skip_bad_rows": True}):
        with pytest.raises(LoadRefusedError):
            loaded.load(**options)
    assert loaded.places()["さくら会"] == (LON, LAT, "map")


@pytest.mark.parametrize("audience", list(Audience))
def test_a_place_known_to_its_block_is_hollow_for_everybody(
    loaded: PinTown, audience: Audience
) -> None:
    """A record of precision 場所どおり, placed 町丁目まで: approximate, its own text whole."""
    set_pin(loaded.settings, "tea", "g1", LON, LAT, how=Placed.BLOCK)
    set_pin(loaded.settings, "tea", "g2", LON, LAT, how=Placed.ADDRESS)
    loaded.load()
    assert loaded.database is not None
    with loaded.database.connect(audience, Medium.WEB) as conn:
        answer = treasure_map(
            conn, level="ward", code="W", audience=audience, medium=Medium.WEB, today=_today(loaded)
        )
    by_name = {entry.name: entry for entry in answer.entries}
    about, exact = by_name["さくら会"], by_name["もみじ会"]
    assert (about.placed, about.precision) == (Placed.BLOCK, Precision.POINT)
    assert about.flag is not None
    assert exact.flag is not None
    assert about.flag != exact.flag  # never on one flag, though at one point
    assert [answer.flags[e.flag].approximate for e in (about, exact) if e.flag is not None] == [
        True,
        False,
    ]
    cards = {
        c.name: c
        for c in cards_of(
            answer.entries, answer.layers, answer.flags, None, words_in(Language.JAPANESE)
        )
    }
    assert cards["さくら会"].mark.hollow
    assert cards["さくら会"].place_note == "およその位置です（町丁目まで）。"
    assert cards["もみじ会"].place_note == "位置：番地まで"
    assert "本町公民館" in about.search


def _today(town: PinTown) -> object:
    return town.seen("SELECT today FROM town")[0][0]


def test_two_groups_somewhere_in_a_block_are_no_common_venue(loaded: PinTown) -> None:
    loaded.write_list(
        [
            ("a", "ひ", "", "本町一丁目1"),
            ("b", "ふ", "", "本町一丁目2"),
            ("c", "み", "集会所", "本町一丁目3"),
            ("d", "よ", "集会所", "本町一丁目4"),
            ("e", "い", "集会所", "本町一丁目3"),
        ]
    )
    for record in "abcde":
        set_pin(loaded.settings, "tea", record, LON, LAT, how=Placed.BLOCK)
    loaded.load()
    venues = dict(loaded.seen("SELECT name, venue_id FROM treasure", Audience.COORDINATOR))
    assert venues["ひ"] is None
    assert venues["ふ"] is None
    assert venues["み"] == venues["い"] != venues["よ"]


CANARY_LON, CANARY_LAT = 138.3067913, 34.8089173
HIDING = {"町丁目まで": "kbk", "地区まで": "kar", "のせない": "kno"}


@pytest.mark.parametrize("how", [Placed.MAP, Placed.VENUE, Placed.ADDRESS, Placed.BLOCK])
def test_placing_tells_nobody_more_than_its_precision(loaded: PinTown, how: Placed) -> None:
    """Canaries: records that hide their place are placed exactly; no view below 担当 holds it."""
    rows = [
        (
            word,
            f"会{salt}",
            f"会館{salt}ZqV",
            f"本町一丁目{salt}ZqA",
            "だれでも",
            word,
            "",
            "",
            f"{salt}ZqC",
        )
        for word, salt in HIDING.items()
    ]
    loaded.write_list(rows)
    for word in HIDING:
        set_pin(loaded.settings, "tea", word, CANARY_LON, CANARY_LAT, how=how)
    loaded.load()
    spot = (138.305, 34.805)  # a point of 本町一丁目 that says nothing about where in it
    for audience, medium in DOORS:
        told = loaded.seen("SELECT * FROM treasure", audience, medium)
        told += loaded.seen("SELECT * FROM treasure_area", audience, medium)
        assert len(told) >= len(HIDING)
        text = repr(told)
        if audience is Audience.COORDINATOR:
            assert str(CANARY_LON) in text
            continue
        for canary in ("ZqV", "ZqA", "ZqC", "138.306", "34.808"):
            assert canary not in text, (audience, medium, canary)
        places = {
            name: (lon, lat, placed, precision)
            for name, lon, lat, placed, precision in loaded.seen(
                "SELECT name, lon, lat, placed, precision FROM treasure", audience, medium
            )
        }
        assert places["会kbk"] == (*map(pytest.approx, spot), "block", "block")
        assert places["会kar"] == (None, None, None, "area")
        assert places["会kno"] == (None, None, None, "none")
    areas = loaded.seen("SELECT name, level_id, code FROM treasure_area")
    assert set(areas) == {("会kbk", "block", "1"), ("会kbk", "ward", "W"), ("会kar", "ward", "W")}


def test_pins_are_not_among_the_lists_of_a_layer(loaded: PinTown) -> None:
    """The file stands beside the list, and no reader of lists takes it for one."""
    set_pin(loaded.settings, "tea", "g1", LON, LAT)
    assert loaded.load().layers["tea"].new == tuple(row[1] for row in TEA)
    rows = list(csv.reader(loaded.pins().splitlines()))
    assert len(rows) == 2


def test_a_list_with_new_ids_keeps_the_pins(loaded: PinTown) -> None:
    """The clerk says that they are the same records; their pins stay under the first ids."""
    set_pin(loaded.settings, "tea", "g1", LON, LAT)
    set_pin(loaded.settings, "tea", "g2", LON + 0.001, LAT)
    loaded.load()
    loaded.write_list([(f"令8-{row[0]}", *row[1:]) for row in TEA], as_of="2026-02-01")
    expected = {
        "さくら会": (LON, LAT, "map"),
        "もみじ会": (LON + 0.001, LAT, "map"),
        "すみれ会": (None, None, None),
    }
    with pytest.raises(LoadRefusedError):
        loaded.load()
    assert loaded.load(same_records=3).places.by == {Placed.MAP: 2}
    assert loaded.places() == expected
    again = loaded.load()
    assert (again.layers["tea"].unchanged, again.layers["tea"].changed) == (3, ())
    assert loaded.places() == expected
    assert "place-without-record" not in [p.code for p in again.problems]
    set_pin(loaded.settings, "tea", "g3", LON, LAT)
    loaded.load()
    assert loaded.places()["すみれ会"] == (LON, LAT, "map")


def test_a_name_put_right_and_a_pin_set_make_no_other_record(loaded: PinTown) -> None:
    """Where the program only guessed before, another place says nothing: the address does."""
    set_pin(loaded.settings, "tea", "g1", LON, LAT, how=Placed.BLOCK)
    loaded.load()
    set_pin(loaded.settings, "tea", "g1", LON + 0.005, LAT)
    loaded.write_list([("g1", "さくらの会", "本町公民館", "本町1-1-2"), *TEA[1:]])
    assert loaded.load().layers["tea"].changed == ("さくらの会",)
    loaded.write_list([("g1", "つくし会", "", "港町9"), *TEA[1:]])
    with pytest.raises(LoadRefusedError) as refused:
        loaded.load()
    assert [p.code for p in refused.value.problems] == ["id-names-another"]
