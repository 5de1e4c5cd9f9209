"""Setting, confirming and taking away pins, and what the file says after each."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pinning.conftest import TEA
from pinning.pin_town import PinTown

from geo.errors import LoadRefusedError, NotFoundError, TownFolderError, WordsError
from geo.intake.cell_text import clean_text
from geo.intake.pins_reading import read_pins
from geo.intake.records import identity
from geo.model.audience import Placed
from geo.model.pin import Pin, PlacingState
from geo.pinning import confirm, remove_pin, set_pin, unplaced
from geo.pinning.pins_writing import pins_bytes
from geo.settings import Settings

LON, LAT = 138.305, 34.805


def _states(town: PinTown) -> dict[str, PlacingState]:
    return {r.placing.id: r.placing.state for r in unplaced(town.settings).records}


def test_a_pin_is_a_line_that_excel_and_people_can_read(town: PinTown) -> None:
    answer = set_pin(town.settings, "tea", "g1", LON, LAT)
    assert (answer.before, answer.name, answer.notes_ja) == (None, "さくら会", ())
    head, line, end = re.sub(r"\d{4}-\d\d-\d\d", "DAY", town.pins()).split("\n")
    assert head == "id,lat,lon,how,when,venue,address,name"
    assert line == "g1,34.8050000,138.3050000,地図で指定,DAY,本町公民館,本町一丁目1-2,さくら会"
    assert end == ""
    raw = (town.folder / "layers/tea/places.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid,")
    assert raw.count(b"\r\n") == 2


def test_it_is_placed_from_then_on(town: PinTown) -> None:
    assert set(_states(town).values()) == {PlacingState.UNPLACED}
    set_pin(town.settings, "tea", "g1", LON, LAT)
    answer = unplaced(town.settings)
    placed = {
        r.placing.id: (r.placing.placed, r.placing.lon, r.placing.lat) for r in answer.records
    }
    nowhere = (None, None, None)
    assert placed == {"g1": (Placed.MAP, LON, LAT), "g2": nowhere, "g3": nowhere}
    assert [r.placing.id for r in answer.unplaced] == ["g2", "g3"]
    assert answer.counts.sentence_ja == (
        "緯度・経度のない3件のうち 1件の場所が決まりました（地図で指定 1）。まだ決まっていないもの 2件。"
    )
    assert answer.problems == ()


def test_taken_away_it_is_as_before(town: PinTown) -> None:
    set_pin(town.settings, "tea", "g1", LON, LAT)
    before = town.pins()
    set_pin(town.settings, "tea", "g2", LON, LAT)
    answer = remove_pin(town.settings, "tea", "g2")
    assert answer.before is not None
    assert (answer.name, answer.before.name, answer.now) == ("もみじ会", "もみじ会", None)
    assert town.pins() == before
    with pytest.raises(NotFoundError):
        remove_pin(town.settings, "tea", "g2")


def test_the_pin_of_a_record_that_left_can_still_be_taken_away(town: PinTown) -> None:
    set_pin(town.settings, "tea", "g1", LON, LAT)
    town.write_list(TEA[1:])
    assert [p.code for p in unplaced(town.settings).problems] == ["place-without-record"]
    assert remove_pin(town.settings, "tea", "g1").now is None
    assert unplaced(town.settings).problems == ()


def test_another_place_takes_the_old_ones_place(town: PinTown) -> None:
    set_pin(town.settings, "tea", "g1", LON, LAT)
    answer = set_pin(town.settings, "tea", "g1", 138.311, 34.801, how=Placed.BLOCK)
    assert answer.before is not None
    assert (answer.before.lon, answer.before.how) == (LON, Placed.MAP)
    assert town.pins().count("\n") == 2
    assert ",町丁目まで," in town.pins()


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (("g1", "さくら会", "本町公民館", "本町一丁目1-2"), PlacingState.PLACED),
        (("g1", "さくらの会", "本町公民館", "本町一丁目1-2"), PlacingState.PLACED),
        (("g1", "さくら会", "本町　公民館", "本町一丁目１－２"), PlacingState.PLACED),
        (("g1", "さくら会", "本町公民館", "本町1-1-2　２階"), PlacingState.PLACED),
        (("g1", "さくら会", "本町公民館", "本町1丁目1番2号"), PlacingState.PLACED),
        (("g1", "さくら会", "本町公民館", "本町一丁目1-3"), PlacingState.MOVED),
        (("g1", "さくら会", "本町公民館", "本町1番地1-2"), PlacingState.MOVED),
        (("g1", "さくら会", "本町公民館", "港町一丁目1-2"), PlacingState.MOVED),
        (("g1", "さくら会", "港公民館", "本町一丁目1-2"), PlacingState.MOVED),
        (("g1", "さくら会", "", ""), PlacingState.MOVED),
    ],
)
def test_a_moved_address_asks_again(
    town: PinTown, row: tuple[str, ...], state: PlacingState
) -> None:
    set_pin(town.settings, "tea", "g1", LON, LAT)
    town.write_list([row, *TEA[1:]])
    placing = unplaced(town.settings).records[0].placing
    assert placing.state is state
    assert placing.lon == (LON if state is PlacingState.PLACED else None)
    assert placing.pin is not None


def test_without_venue_and_address_another_name_asks_again(town: PinTown) -> None:
    set_pin(town.settings, "tea", "g3", LON, LAT)
    town.write_list([*TEA[:2], ("g3", "べつの会", "", "")])
    assert _states(town)["g3"] is PlacingState.MOVED
    town.write_list([*TEA[:2], ("g3", "すみれ　会", "", "")])
    assert _states(town)["g3"] is PlacingState.PLACED


def test_the_old_place_of_a_moved_one_can_be_kept(town: PinTown) -> None:
    set_pin(town.settings, "tea", "g1", LON, LAT, how=Placed.ADDRESS)
    town.write_list([("g1", "さくら会", "港公民館", "港町9"), *TEA[1:]])
    answer = unplaced(town.settings)
    assert [r.placing.id for r in answer.moved] == ["g1"]
    assert [p.code for p in answer.problems] == ["place-moved"]
    kept = confirm(town.settings, "tea", "g1")
    assert kept.now is not None
    assert (kept.now.lon, kept.now.how, kept.now.venue) == (LON, Placed.ADDRESS, "港公民館")
    assert _states(town)["g1"] is PlacingState.PLACED


def test_confirming_twice_writes_once(town: PinTown) -> None:
    set_pin(town.settings, "tea", "g1", LON, LAT)
    path = town.folder / "layers/tea/places.csv"
    stamp = path.stat().st_mtime_ns
    answer = confirm(town.settings, "tea", "g1")
    assert answer.before == answer.now
    assert path.stat().st_mtime_ns == stamp


def test_nothing_can_be_confirmed_where_nothing_is_known(town: PinTown) -> None:
    with pytest.raises(WordsError, match="no place to confirm"):
        confirm(town.settings, "tea", "g3")
    assert not (town.folder / "layers/tea/places.csv").exists()


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(34.8, 138.3), (0.0, 0.0), (13.83, 34.8), (float("nan"), 34.8), (float("inf"), 34.8)],
)
def test_a_place_that_is_none_is_refused(town: PinTown, lon: float, lat: float) -> None:
    with pytest.raises(WordsError):
        set_pin(town.settings, "tea", "g1", lon, lat)
    assert not (town.folder / "layers/tea/places.csv").exists()


def test_a_place_outside_the_town_is_taken_and_said(town: PinTown) -> None:
    answer = set_pin(town.settings, "tea", "g1", 138.5, 34.805)
    assert answer.notes_ja == (
        "この場所は、どの地区の境界からも300m以上はなれています。まちがいなら取り消してください。",
    )


def test_a_record_with_coordinates_in_its_list_keeps_them(town: PinTown) -> None:
    town.write_list([("g1", "さくら会", "", "", "", "", "34.802", "138.302")])
    answer = set_pin(town.settings, "tea", "g1", LON, LAT)
    assert "緯度と経度があるので" in answer.notes_ja[0]
    assert unplaced(town.settings).records == ()
    assert [p.code for p in unplaced(town.settings).problems] == ["place-in-list"]
    with pytest.raises(WordsError):
        confirm(town.settings, "tea", "g1")


@pytest.mark.parametrize(
    ("layer", "record"), [("tea", "nobody"), ("nowhere", "g1"), ("../tea", "g1"), ("tea", "")]
)
def test_what_is_not_there_cannot_be_placed(town: PinTown, layer: str, record: str) -> None:
    for act in (confirm, remove_pin):
        with pytest.raises(NotFoundError):
            act(town.settings, layer, record)
    with pytest.raises(NotFoundError):
        set_pin(town.settings, layer, record, LON, LAT)


def test_no_town_no_pin(tmp_path: Path) -> None:
    nowhere = Settings(town=tmp_path / "nowhere")
    with pytest.raises(TownFolderError):
        set_pin(nowhere, "tea", "g1", LON, LAT)
    with pytest.raises(TownFolderError):
        unplaced(nowhere)


@pytest.mark.parametrize(
    "text",
    [
        "id,lat,lon,how\ng1,34.8,138.3,なにか\n",
        "id,lat,lon,how\ng1,34.8,,地図で指定\n",
        "id,lat,lon,how\ng1,138.3,34.8,地図で指定\n",
        'id,lat,lon,how\ng1,34.8,138.3,"地図で指定\n',
        "ID,名称,住所\ng1,さくら会,本町\n",
        "",
    ],
)
def test_a_file_that_is_not_understood_whole_is_never_overwritten(town: PinTown, text: str) -> None:
    town.write_pins(text)
    with pytest.raises(LoadRefusedError):
        set_pin(town.settings, "tea", "g2", LON, LAT)
    assert town.pins() == text


def test_a_link_is_never_written_through(town: PinTown, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("id,lat,lon,how\n", "utf-8")
    (town.folder / "layers/tea/places.csv").symlink_to(other)
    with pytest.raises(LoadRefusedError):
        set_pin(town.settings, "tea", "g2", LON, LAT)
    assert other.read_text("utf-8") == "id,lat,lon,how\n"


def test_excel_may_save_the_file_as_it_likes(town: PinTown) -> None:
    set_pin(town.settings, "tea", "g1", LON, LAT)
    as_excel = town.pins().replace("-", "/").replace("本町一丁目1/2", "本町一丁目1-2")
    (town.folder / "layers/tea/places.csv").write_bytes(as_excel.encode("cp932"))
    answer = unplaced(town.settings)
    assert [p.code for p in answer.problems] == ["place-file-cp932"]
    assert answer.records[0].placing.lon == LON
    set_pin(town.settings, "tea", "g2", LON, LAT)  # and is UTF-8 again
    assert unplaced(town.settings).problems == ()


_TEXT = st.text(
    st.one_of(st.sampled_from("=+-@'\",;\n\t　"), st.characters(exclude_categories=("Cs",))),
    max_size=20,
).map(lambda text: clean_text(text).text)
_PINS = st.builds(
    Pin,
    _TEXT.map(lambda text: identity([text])).filter(bool),
    st.integers(122_0000000, 154_0000000).map(lambda n: n / 10**7),
    st.integers(20_0000000, 46_0000000).map(lambda n: n / 10**7),
    st.sampled_from([Placed.MAP, Placed.VENUE, Placed.ADDRESS, Placed.BLOCK]),
    st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2099, 12, 31))),
    *[_TEXT.map(lambda text: text or None)] * 3,
)


@given(st.lists(_PINS, max_size=5, unique_by=lambda pin: pin.id))
@hypothesis_settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, pins: list[Pin]
) -> None:
    path = tmp_path_factory.getbasetemp() / "round-trip.csv"
    path.write_bytes(pins_bytes(pins))
    reading = read_pins(path, "places.csv")
    assert reading.problems == ()
    assert reading.pins == {pin.id: pin for pin in pins}
    rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("data", ["", 'data = "list.csv"\n'])
def test_pins_outside_the_town_are_said(town: PinTown, tmp_path: Path, data: str) -> None:
    other = tmp_path / "other.csv"
    other.write_text("id,lat,lon,how\ng1,34.805,138.305,地図で指定\n", "utf-8")
    (town.folder / "layers/tea/places.csv").symlink_to(other)
    manifest = town.folder / "layers/tea/layer.toml"
    manifest.write_text(data + manifest.read_text("utf-8"), "utf-8")
    answer = unplaced(town.settings)
    assert [p.code for p in answer.problems] == ["path-leaves-town"]
    assert answer.records[0].placing.lon is None


@given(st.binary(max_size=300))
@hypothesis_settings(max_examples=300, deadline=None)
def test_no_bytes_make_it_stumble(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    for start in (b"", b"id,lat,lon,how\n", b"id,lat,lon,how,when,venue,address,name\ng1,34.8,"):
        path.write_bytes(start + data)
        reading = read_pins(path, "places.csv")
        assert reading.pins or reading.problems or not reading.blocking
        for pin in reading.pins.values():
            assert 122 <= pin.lon <= 154
            assert 20 <= pin.lat <= 46


def test_under_another_id_the_old_place_is_offered(town: PinTown) -> None:
    """Names and addresses as ids: a new address is a new id, and its pin lost its record."""
    set_pin(town.settings, "tea", "g1", LON, LAT)
    set_pin(town.settings, "tea", "g2", 138.315, LAT)
    set_pin(town.settings, "tea", "g3", 138.318, LAT)
    town.write_list(
        [
            ("n1", "さくら会", "港公民館", "港町9"),  # the same name
            ("n2", "もみじの会", "", "本町二丁目3-4"),  # the same address
            ("n3", "べつの会", "", ""),
        ]
    )
    town.write_list([("m1", "すみれ会", "", "")], layer="walk", symbol="歩")  # in another list
    choices = {
        r.placing.id: [(c.lon, c.placed, c.matched, c.source) for c in r.placing.choices]
        for r in unplaced(town.settings).unplaced
    }
    source = "前に決めた場所"
    assert choices == {
        "n1": [(LON, Placed.MAP, "さくら会、本町公民館、本町一丁目1-2", source)],
        "n2": [(138.315, Placed.MAP, "もみじ会、本町二丁目3-4", source)],
        "n3": [],
        "m1": [(138.318, Placed.MAP, "すみれ会", source)],
    }
    set_pin(town.settings, "tea", "n1", LON, LAT)
    assert _states(town)["n1"] is PlacingState.PLACED


def test_columns_of_her_own_stay(town: PinTown) -> None:
    town.write_pins("名称,how,id,lon,lat,\nさくら会,,g1,138.305,34.805,\n")
    set_pin(town.settings, "tea", "g2", LON, LAT)
    head, one, two, _ = town.pins().split("\n")
    assert head == "id,lat,lon,how,when,venue,address,name,名称"
    assert one == "g1,34.8050000,138.3050000,地図で指定,,,,,さくら会"
    assert two.startswith("g2,34.8050000,138.3050000,地図で指定,")
    remove_pin(town.settings, "tea", "g2")
    assert town.pins().split("\n")[:2] == [head, one]


def test_a_fault_names_the_cell_wherever_the_column_stands(town: PinTown) -> None:
    town.write_list([("g1", "さくら会", "", "", "", "", "34.802", "138.302")])
    town.write_pins("how,lat,lon,id\n,34.805,138.305,g1\n")
    assert [p.cell for p in unplaced(town.settings).problems] == ["D2"]
