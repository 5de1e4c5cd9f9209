"""A town with a gazetteer: its halls, and its 町丁目 by their polygons."""

from __future__ import annotations

import pytest
from pinning.pin_town import PinTown

from geo.intake import kept_gazetteer, whole_town
from geo.intake.whole_town import read_town
from geo.loading import is_loaded
from geo.model.audience import Audience, Placed
from geo.model.pin import PlacingState, RecordPlacing
from geo.pinning import confirm, remove_pin, set_pin, unplaced

HALL = (138.3043, 34.8027)
ROWS = (
    ("v", "さくら会", "本町公民館", ""),
    ("b", "もみじ会", "", "みさき町本町二丁目3-4"),
    ("q", "すみれ会", "集会所", ""),
    ("n", "あやめ会", "みなと会館", ""),
    ("own", "つばき会", "", "", "", "", "34.802", "138.302"),
)


@pytest.fixture
def halls(town: PinTown) -> PinTown:
    _write_gazetteer(town)
    town.write_list(ROWS)
    return town


@pytest.fixture
def loaded_halls(loaded: PinTown) -> PinTown:
    _write_gazetteer(loaded)
    loaded.write_list(ROWS)
    return loaded


def _write_gazetteer(town: PinTown) -> None:
    ground = town.folder / "boundaries"
    (ground / "gazetteer.toml").write_text(
        '[[venues]]\ntitle = "公共施設"\ndata = "halls.csv"\n'
        '[[addresses]]\nkind = "level"\nlevel = "block"\n',
        "utf-8",
    )
    (ground / "halls.csv").write_text(
        f"ID,名称,緯度,経度\n1,本町公民館,{HALL[1]},{HALL[0]}\n"
        "2,集会所,34.8011,138.3011\n3,集会所,34.8091,138.3191\n",
        "utf-8",
    )


def _by_id(town: PinTown) -> dict[str, RecordPlacing]:
    return {r.placing.id: r.placing for r in unplaced(town.settings).records}


def test_each_record_says_how_it_was_placed(halls: PinTown) -> None:
    placings = _by_id(halls)
    assert {i: (p.state, p.placed) for i, p in placings.items()} == {
        "v": (PlacingState.PLACED, Placed.VENUE),
        "b": (PlacingState.TO_CONFIRM, Placed.BLOCK),
        "q": (PlacingState.UNPLACED, None),
        "n": (PlacingState.UNPLACED, None),
    }
    assert (placings["v"].lon, placings["v"].lat, placings["v"].matched) == (*HALL, "本町公民館")
    assert 138.31 < (placings["b"].lon or 0) < 138.32
    assert placings["b"].why_ja == "「本町二丁目」までしか分からないので、およその位置です。"
    assert [(c.lon, c.lat) for c in placings["q"].choices] == [
        (138.3011, 34.8011),
        (138.3191, 34.8091),
    ]
    answer = unplaced(halls.settings)
    assert answer.has_gazetteer
    assert answer.source == 1
    assert answer.counts.sentence_ja == (
        "緯度・経度のない4件のうち 2件の場所が決まりました（会場名 1、町丁目 1）。まだ決まっていないもの 2件。"
    )
    assert [p.code for p in answer.problems] == ["place-approximate"]


def test_json_says_what_to_confirm_and_among_what_to_choose(halls: PinTown) -> None:
    told = unplaced(halls.settings).as_json()
    assert told["placed"] == {"venue": 1, "address": 0, "block": 1, "map": 0, "source": 1}
    assert [(r["id"], r["how"], r["matched"]) for r in told["to_confirm"]] == [
        ("b", "block", "本町二丁目")
    ]
    assert told["unplaced"][0]["candidates"][0] == {
        "lon": 138.3011, "lat": 34.8011, "how": "venue", "matched": "集会所", "source": "公共施設",
    }  # fmt: skip


def test_once_confirmed_a_block_is_no_question_but_stays_approximate(halls: PinTown) -> None:
    found = _by_id(halls)["b"]
    confirm(halls.settings, "tea", "b")
    kept = _by_id(halls)["b"]
    assert (kept.state, kept.placed) == (PlacingState.PLACED, Placed.BLOCK)
    assert (kept.lon, kept.lat) == (pytest.approx(found.lon), pytest.approx(found.lat))
    assert unplaced(halls.settings).problems == ()


def test_a_pin_wins_over_every_match(halls: PinTown) -> None:
    set_pin(halls.settings, "tea", "v", 138.3155, 34.8055)
    assert (_by_id(halls)["v"].placed, _by_id(halls)["v"].lon) == (Placed.MAP, 138.3155)
    remove_pin(halls.settings, "tea", "v")
    assert _by_id(halls)["v"].placed is Placed.VENUE


def test_one_of_several_is_chosen(halls: PinTown) -> None:
    choice = _by_id(halls)["q"].choices[1]
    set_pin(halls.settings, "tea", "q", choice.lon, choice.lat, how=choice.placed)
    assert (_by_id(halls)["q"].placed, _by_id(halls)["q"].lon) == (Placed.VENUE, 138.3191)


def test_a_moved_record_is_placed_by_its_new_words_until_somebody_decides(halls: PinTown) -> None:
    set_pin(halls.settings, "tea", "n", 138.3155, 34.8055)
    halls.write_list([*ROWS[:3], ("n", "あやめ会", "本町公民館", ""), *ROWS[4:]])
    moved = _by_id(halls)["n"]
    assert (moved.state, moved.placed, moved.lon) == (PlacingState.MOVED, Placed.VENUE, HALL[0])
    assert moved.pin is not None
    assert moved.why_ja == (
        "会場か住所が変わったので、前に決めた場所は使っていません。新しい会場か住所で見つかった場所を使っています。"
    )


def test_the_list_as_the_map_shows_it(loaded_halls: PinTown) -> None:
    answer = loaded_halls.load()
    assert answer.places.sentence_ja.startswith("緯度・経度のない4件のうち 2件")
    for audience in Audience:
        places = loaded_halls.places(audience)
        assert places["さくら会"] == (*HALL, "venue")
        assert places["もみじ会"][2] == "block"
        assert places["すみれ会"] == places["あやめ会"] == (None, None, None)
        assert places["つばき会"] == (138.302, 34.802, "source")


def test_another_gazetteer_is_noticed(loaded_halls: PinTown) -> None:
    loaded_halls.load()
    assert is_loaded(loaded_halls.settings)
    halls = loaded_halls.folder / "boundaries/halls.csv"
    halls.write_text(halls.read_text("utf-8") + "4,みなと会館,34.8031,138.3031\n", "utf-8")
    assert not is_loaded(loaded_halls.settings)
    assert loaded_halls.load().layers["tea"].changed == ("あやめ会",)
    assert loaded_halls.places()["あやめ会"] == (138.3031, 34.8031, "venue")


def test_data_of_the_gazetteer_outside_the_town_is_noticed(
    loaded_halls: PinTown, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from dataclasses import replace

    data = tmp_path_factory.mktemp("realdata")
    ground = loaded_halls.folder / "boundaries"
    (ground / "halls.csv").rename(data / "halls.csv")
    manifest = ground / "gazetteer.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('"halls', '"realdata:halls'), "utf-8")
    loaded_halls.settings = replace(loaded_halls.settings, realdata=data)
    loaded_halls.load()
    assert is_loaded(loaded_halls.settings)
    (data / "halls.csv").write_text("ID,名称,緯度,経度\n1,本町公民館,34.8028,138.3043\n", "utf-8")
    assert not is_loaded(loaded_halls.settings)


def test_no_need_no_gazetteer(halls: PinTown, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_args: object) -> None:
        raise AssertionError("the gazetteer was read")

    monkeypatch.setattr(whole_town, "read_gazetteer", never)
    monkeypatch.setattr(kept_gazetteer, "read_gazetteer", never)
    set_pin(halls.settings, "tea", "v", 138.3155, 34.8055)
    halls.write_list([ROWS[0], ROWS[4]])
    assert [p.placed for p in read_town(halls.folder, None).placings] == [Placed.MAP]
    assert len(unplaced(halls.settings).records) == 1


def test_a_gazetteer_is_read_once_for_all_layers(
    halls: PinTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    read = whole_town.read_gazetteer

    def counted(*args: object) -> object:
        asked.append(1)
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(whole_town, "read_gazetteer", counted)
    halls.write_list(ROWS[:2], layer="walk", symbol="歩")
    assert len(read_town(halls.folder, None).placings) == 6
    assert asked == [1]


def test_a_page_that_asks_again_reads_no_gazetteer_twice(
    halls: PinTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    read = kept_gazetteer.read_gazetteer

    def counted(*args: object) -> object:
        asked.append(1)
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(kept_gazetteer, "read_gazetteer", counted)
    first = unplaced(halls.settings)
    set_pin(halls.settings, "tea", "q", 138.3155, 34.8055)
    assert len(unplaced(halls.settings).unplaced) == len(first.unplaced) - 1
    assert asked == [1]
    path = halls.folder / "boundaries/halls.csv"
    path.write_text("ID,名称,緯度,経度\n1,みなと会館,34.8031,138.3031\n2,ちがう館,,\n", "utf-8")
    again = unplaced(halls.settings)
    assert {r.placing.id: r.placing.placed for r in again.records} == {
        "v": None, "b": Placed.BLOCK, "q": Placed.MAP, "n": Placed.VENUE,
    }  # fmt: skip
    assert asked == [1, 1]
    assert "boundaries/halls.csv" in [p.file for p in again.problems]
    assert unplaced(halls.settings).problems == again.problems  # its faults are told every time


def test_a_thousand_addresses_are_all_asked_about(halls: PinTown) -> None:
    halls.write_list([(f"r{n}", f"会{n}", f"会館{n}", f"本町二丁目{n}") for n in range(1000)])
    assert len(unplaced(halls.settings).to_confirm) == 1000


SECRET = (138.3067913, 34.8089173)


def _write_homes(town: PinTown, homes: str, *, audience: str, consent: bool = True) -> None:
    """A list of homes that the gazetteer may use, and records that name one of them."""
    manifest = town.folder / "boundaries/gazetteer.toml"
    manifest.write_text(f'[[venues]]\nlayer = "home"\n{manifest.read_text("utf-8")}', "utf-8")
    lon, lat = SECRET
    town.write_list(
        [("h1", "花岡さん宅", "", "本町一丁目77", audience, "", str(lat), str(lon))],
        layer="home",
        symbol="家",
        more=homes,
    )
    if not consent:
        path = town.folder / "layers/home/list.csv"
        head, row = path.read_text("utf-8").splitlines()
        path.write_text(f"{head},掲載の同意\n{row},\n", "utf-8")
    town.write_list(
        [
            ("open", "庭のお茶", "花岡さん宅", ""),
            ("shut", "縁側の会", "花岡さん宅", "", "担当者だけ"),
            ("number", "庭の花", "", "本町一丁目77"),
        ]
    )


@pytest.mark.parametrize(
    ("homes", "audience", "consent"),
    [
        ("", "担当者だけ", True),
        ("", "協議体まで", True),
        ("count_only = true\n", "だれでも", True),
        ("", "だれでも", False),
    ],
)
def test_a_hidden_place_is_not_told_by_a_record_that_more_people_see(
    loaded_halls: PinTown, homes: str, audience: str, consent: bool
) -> None:
    """One door out: where a hidden record stands is not said by another that names it."""
    _write_homes(loaded_halls, homes, audience=audience, consent=consent)
    loaded_halls.load()
    told = repr(loaded_halls.seen("SELECT * FROM treasure"))
    assert "庭のお茶" in told
    assert "138.3067" not in told
    assert "34.8089" not in told
    placings = _by_id(loaded_halls)
    assert placings["open"].state is PlacingState.UNPLACED
    if "count_only" in homes:  # gives its places to nobody
        assert (placings["open"].choices, placings["shut"].placed) == ((), None)
    else:
        assert [(c.lon, c.lat) for c in placings["open"].choices] == [SECRET]
        assert placings["shut"].placed is Placed.VENUE
    set_pin(loaded_halls.settings, "tea", "open", *SECRET, how=Placed.VENUE)  # the clerk says so
    loaded_halls.load()
    assert loaded_halls.places()["庭のお茶"] == (*SECRET, "venue")


def test_a_place_that_everybody_knows_is_told(halls: PinTown) -> None:
    _write_homes(halls, "", audience="だれでも")
    placings = _by_id(halls)
    assert [placings[i].placed for i in ("open", "shut", "number")] == [
        Placed.VENUE, Placed.VENUE, Placed.ADDRESS,
    ]  # fmt: skip
