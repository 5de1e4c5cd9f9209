"""``otakara place`` as a clerk types it."""

from __future__ import annotations

import json

import pytest
from pinning.conftest import TEA
from pinning.pin_town import PinTown
from typed_command import Otakara, typed_on


@pytest.fixture
def otakara(
    town: PinTown, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Otakara:
    return typed_on(town.folder, monkeypatch, capsys)


def test_the_list_says_what_waits_and_what_to_type(otakara: Otakara) -> None:
    done = otakara("place")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "場所が決まっていない 3件",
        "  tea/g1  さくら会（本町公民館、本町一丁目1-2）",
        "      地図で場所を決めてください。",
        "  tea/g2  もみじ会（本町二丁目3-4）",
        "      地図で場所を決めてください。",
        "  tea/g3  すみれ会",
        "      会場も住所も書いてありません。地図で場所を決めてください。",
        "",
        "緯度・経度のない3件のうち 0件の場所が決まりました。まだ決まっていないもの 3件。",
        "場所を決める：   otakara place LAYER/ID 緯度,経度",
        "boundaries/gazetteer.toml を置くと、会場名や住所から場所をさがします"
        "（書き方は README の「場所を決める」）。",
    ]
    assert otakara("place", "--list").stdout == done.stdout


def test_set_confirm_and_remove(otakara: Otakara, town: PinTown) -> None:
    done = otakara("place", "tea/g1", "34.805,138.305")
    assert done.stdout.splitlines() == [
        "「さくら会」の場所を決めました: 34.805000,138.305000（地図で指定、layers/tea/places.csv）。",
        "「otakara load」で読み込むと、地図に出ます。",
    ]
    town.write_list([("g1", "さくら会", "", "港町9"), *TEA[1:]])
    listed = otakara("place").stdout
    assert "住所や会場が変わったもの 1件\n  tea/g1  さくら会（港町9）\n" in listed
    assert "前の場所でよい： otakara place LAYER/ID --confirm\n" in listed
    assert "      前の場所: 34.805000,138.305000（地図で指定、" in listed
    assert otakara("place", "tea/g1", "--confirm").returncode == 0
    listed = otakara("place").stdout
    assert "場所が決まったもの 1件\n  地図で指定 1件\n    tea/g1  さくら会\n" in listed
    done = otakara("place", "tea/g1", "--remove")
    assert done.stdout.startswith("「さくら会」の場所を取り消しました（layers/tea/places.csv）。\n")
    assert otakara("place", "tea/g1", "--remove").returncode == 1


def test_json(otakara: Otakara) -> None:
    otakara("place", "tea/g1", "34.805,138.305")
    told = json.loads(otakara("place", "--json").stdout)
    assert told["placed"] == {"venue": 0, "address": 0, "block": 0, "map": 1, "source": 0}
    assert told["unplaced"][0] == {
        "layer": "tea",
        "id": "g2",
        "number": None,
        "name": "もみじ会",
        "address": "本町二丁目3-4",
        "venue": None,
        "why_ja": "地図で場所を決めてください。",
        "candidates": [],
    }
    assert [record["id"] for record in told["unplaced"]] == ["g2", "g3"]
    assert (told["to_confirm"], told["moved"]) == ([], [])
    removed = json.loads(otakara("place", "tea/g1", "--remove", "--json").stdout)
    assert (removed["id"], removed["before"]["lon"], removed["now"]) == ("g1", 138.305, None)


@pytest.mark.parametrize(
    "words",
    [
        ("tea/g1",),
        ("tea", "34.8,138.3"),
        ("tea/", "34.8,138.3"),
        ("tea/g1", "34.8"),
        ("tea/g1", "北へ,東へ"),
        ("tea/g1", "138.305,34.805"),
        ("tea/g1", "34.805,138.305", "--remove"),
        ("tea/g1", "--confirm", "--remove"),
        ("--remove",),
        ("tea/g1", "--list"),
    ],
)
def test_words_that_are_none_exit_2(
    otakara: Otakara, town: PinTown, words: tuple[str, ...]
) -> None:
    done = otakara("place", *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert not (town.folder / "layers/tea/places.csv").exists()


@pytest.mark.parametrize("words", [("tea/x", "34.805,138.305"), ("no/g1", "34.805,138.305")])
def test_what_is_not_there_exits_1(otakara: Otakara, words: tuple[str, ...]) -> None:
    done = otakara("place", *words)
    assert done.returncode == 1
    assert "ありません" in done.stderr


def test_hostile_names_stay_words(otakara: Otakara, town: PinTown) -> None:
    town.write_list([("g1", "\u202eさくら\x1b[31m会", "=cmd|' /C calc'!A0", "-1+1")])
    otakara("place", "tea/g1", "34.805,138.305")
    assert "\u202e" not in otakara("place").stdout
    assert "'=cmd" in town.pins()
    assert "'-1+1" in town.pins()
