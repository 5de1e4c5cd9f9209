"""From a list without one coordinate to flags, by commands alone."""

from __future__ import annotations

import json

import pytest
from pinning.pin_town import PinTown
from typed_command import typed_on

from geo.cluster import Cluster


@pytest.fixture
def otakara(
    loaded: PinTown,
    cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    typed = typed_on(loaded.folder, monkeypatch, capsys, cluster=cluster.folder)

    def run(*words: str) -> str:
        done = typed(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_load_place_load(otakara, loaded: PinTown) -> None:
    said = otakara("load")
    assert "緯度・経度のない3件のうち 0件の場所が決まりました。まだ決まっていないもの 3件。" in said
    otakara("place", "tea/g2", "34.805,138.315")
    (loaded.folder / "boundaries/halls.csv").write_text(
        "ID,名称,緯度,経度\n1,本町公民館,34.8027,138.3043\n", "utf-8"
    )
    (loaded.folder / "boundaries/gazetteer.toml").write_text(
        '[[venues]]\ntitle = "公共施設"\ndata = "halls.csv"\n', "utf-8"
    )
    said = otakara("load")
    assert (
        "緯度・経度のない3件のうち 2件の場所が決まりました（会場名 1、地図で指定 1）。"
        "まだ決まっていないもの 1件。"
    ) in said
    told = json.loads(otakara("load", "--json"))
    assert told["places"] == {"map": 1, "venue": 1, "address": 0, "block": 0, "unplaced": 1}
    listed = otakara("place")
    assert listed.splitlines()[:2] == ["場所が決まっていない 1件", "  tea/g3  3番 すみれ会"]
    assert "    tea/g1  さくら会 ← 本町公民館（公共施設）" in listed
    assert {n: p[2] for n, p in loaded.places().items()} == {
        "さくら会": "venue",
        "もみじ会": "map",
        "すみれ会": None,
    }


def test_the_files_are_all_that_is_needed(otakara, loaded: PinTown) -> None:
    """A town folder carried to another machine brings its pins along."""
    otakara("place", "tea/g2", "34.805,138.315")
    names = sorted(p.name for p in (loaded.folder / "layers/tea").iterdir())
    assert names == [".places.lock", "layer.toml", "list.csv", "places.csv"]
