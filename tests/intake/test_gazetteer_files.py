"""``boundaries/gazetteer.toml`` and the files it names -> places; nothing of another town."""

from __future__ import annotations

import gzip
import json
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.intake import read_town
from geo.intake.gazetteer_reader import read_gazetteer
from geo.intake.layer_reader import read_layer
from geo.manifest import read_manifests
from geo.model.audience import Placed
from geo.model.problem import Problem
from geo.placing import Candidate, Gazetteer

TOWN = 'name = "みなと市"\ncode = "22999"\nplane_zone = 8\n'
LAYER = """
title = "通いの場"
symbol = "通"
color = "#b8570a"
source = "みなと市"
licence = "CC-BY-4.0"
as_of = 2026-03-31
audience = "だれでも"
publication_basis = "公表済み"
"""
LEVEL = """
title = "町内会"
data = "areas.geojson"
code = "CODE"
name = "NAME"
source = "みなと市"
licence = "CC-BY-4.0"
as_of = 2026-03-31
"""
OLD = "都道府県名,市区町村名,大字・町丁目名,街区符号・地番,座標系番号,Ｘ座標,Ｙ座標,緯度,経度,住居表示フラグ,代表フラグ,更新前履歴フラグ,更新後履歴フラグ"
NEW = "都道府県名,市区町村名,大字・丁目名,小字・通称名,街区符号・地番,座標系番号,Ｘ座標,Ｙ座標,緯度,経度,住居表示フラグ,代表フラグ,更新前履歴フラグ,更新後履歴フラグ"
TOWNS = "都道府県コード,都道府県名,市区町村コード,市区町村名,大字町丁目コード,大字町丁目名,緯度,経度,原典資料コード,大字・字・丁目区分コード"


def csv_bytes(*rows: str, encoding: str = "cp932") -> bytes:
    lines = [row.split(",") for row in rows]
    assert len({len(line) for line in lines}) == 1
    text = "".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines)
    return text.encode(encoding)


def square(lon: float, lat: float, half: float, **properties: str) -> dict[str, object]:
    ring = [
        [lon - half, lat - half], [lon + half, lat - half], [lon + half, lat + half],
        [lon - half, lat + half], [lon - half, lat - half],
    ]  # fmt: skip
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features: dict[str, object]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def dbf_bytes(fields: dict[str, int], *rows: dict[str, str]) -> bytes:
    width = 1 + sum(fields.values())
    head = struct.pack("<4BIHH20x", 3, 126, 1, 1, len(rows), 33 + 32 * len(fields), width)
    for name, size in fields.items():
        head += struct.pack("<11sc4xBB14x", name.encode(), b"C", size, 0)
    body = b"".join(
        b" " + b"".join(row.get(n, "").encode("cp932").ljust(s) for n, s in fields.items())
        for row in rows
    )
    return head + b"\r" + body + b"\x1a"


class Ground:
    """A town folder being written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("boundaries/municipality.toml", TOWN)
        self.write("layers/tea/layer.toml", LAYER)
        self.write(
            "layers/tea/list.csv",
            "ID,名称,会場,住所,緯度,経度\n1,さくら会,東会館,港町9,34.85,138.30\n",
        )

    def write(self, name: str, content: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, manifest: str) -> tuple[Gazetteer, list[Problem]]:
        self.write("boundaries/gazetteer.toml", manifest)
        town, found = read_manifests(self.folder, None)
        assert town is not None
        problems = list(found)
        layers = [read_layer(layer, town) for layer in town.layers]
        gazetteer = read_gazetteer(town, layers, problems)
        assert gazetteer is not None
        return gazetteer, problems

    def place(self, manifest: str, address: str) -> Candidate | None:
        gazetteer, problems = self.read(manifest)
        assert problems == []
        return gazetteer.find(name="", venue=None, address=address).place


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return Ground(tmp_path / "town")


BLOCK = '[[addresses]]\nkind = "block"\ndata = "22999.csv"\n'
OLD_ROWS = (
    "静岡県,みなと市,本町二丁目,16,8,-126000.1,-20000.2,34.86,138.32,1,1,0,0",
    "静岡県,みなと市,石津港町,40,8,-126000.1,-20000.2,34.84,138.33,0,1,0,0",
    "静岡県,となり市,本町二丁目,17,8,-126000.1,-20000.2,34.99,138.99,1,1,0,0",
)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_blocks_in_the_old_layout(ground: Ground, encoding: str) -> None:
    ground.write("boundaries/22999.csv", csv_bytes(OLD, *OLD_ROWS, encoding=encoding))
    assert ground.place(BLOCK, "本町2-16-32") == Candidate(
        138.32, 34.86, Placed.ADDRESS, "本町二丁目16", "位置参照情報（街区）"
    )
    assert ground.place(BLOCK, "石津港町40番地の1") == Candidate(
        138.33, 34.84, Placed.ADDRESS, "石津港町40", "位置参照情報（街区）"
    )
    assert ground.place(BLOCK, "となり市本町2-17") is None


def test_blocks_in_the_new_layout(ground: Ground) -> None:
    """小字, a number in two blocks of which one stands for it, a row that was taken out."""
    rows = (
        "静岡県,みなと市,大字宮本,港町,5,8,-1.0,-2.0,34.8600,138.32,0,0,0,0",
        "静岡県,みなと市,大字宮本,港町,5,8,-1.0,-2.0,34.8610,138.32,0,1,0,0",
        "静岡県,みなと市,大字宮本,,6,8,-1.0,-2.0,34.8700,138.32,0,1,0,0",
        "静岡県,みなと市,大字宮本,,7,8,-1.0,-2.0,34.8800,138.32,0,1,0,3",
        "静岡県,みなと市,大字宮本,,8,8,-1.0,-2.0,34.8900,138.32,0,1,3,0",
    )
    ground.write("boundaries/22999.csv", csv_bytes(NEW, *rows))
    named = 'title = "街区"\nencoding = "cp932"\n'
    assert ground.place(BLOCK + named, "大字宮本字港町5-1") == Candidate(
        138.32, 34.861, Placed.ADDRESS, "大字宮本港町5", "街区"
    )
    assert ground.place(BLOCK, "宮本6") is not None
    for gone in ("宮本7", "宮本8"):
        place = ground.place(BLOCK, gone)
        assert place is not None
        assert place.placed is Placed.BLOCK


def test_towns(ground: Ground) -> None:
    rows = (
        "22,静岡県,22999,みなと市,229990001002,本町二丁目,34.86,138.32,0,3",
        "22,静岡県,22999,みなと市,229990002000,（大字なし）,34.80,138.30,0,1",
        "22,静岡県,22998,となり市,229980001000,旭町,34.99,138.99,0,1",
    )
    ground.write("boundaries/towns.csv", csv_bytes(TOWNS, *rows))
    manifest = '[[addresses]]\nkind = "town"\ndata = "towns.csv"\n'
    gazetteer, problems = ground.read(manifest)
    assert gazetteer.find(name="", venue=None, address="みなと市本町2-16-32").place == Candidate(
        138.32, 34.86, Placed.BLOCK, "本町二丁目", "位置参照情報（大字・町丁目）"
    )
    assert gazetteer.find(name="", venue=None, address="旭町1").place is None
    assert [p.message_ja for p in problems] == [
        "場所の一覧「位置参照情報（大字・町丁目）」で使えるのは 1 行です。町名か緯度・経度のない 1 行は使いません。"
    ]


def test_wards_and_districts_are_the_town(ground: Ground) -> None:
    rows = (
        "静岡県,みなと市葵区,本町,1,8,-1.0,-2.0,34.86,138.32,1,1,0,0",
        "静岡県,みなと市駿河区,本町,1,8,-1.0,-2.0,34.96,138.32,1,1,0,0",
    )
    ground.write("boundaries/22999.csv", csv_bytes(OLD, *rows))
    place = ground.place(BLOCK, "静岡県みなと市駿河区本町1-5")
    assert place is not None
    assert place.lat == 34.96
    assert ground.place(BLOCK, "本町1-5") is None
    ground.write("boundaries/municipality.toml", TOWN.replace("みなと市", "みなと町"))
    rows = ("静岡県,榛原郡みなと町,本町,1,8,-1.0,-2.0,34.86,138.32,1,1,0,0",)
    ground.write("boundaries/22999.csv", csv_bytes(OLD, *rows))
    assert ground.place(BLOCK, "榛原郡みなと町本町1") is not None
    assert ground.place(BLOCK, "本町1") is not None


def test_coordinates_that_are_none(ground: Ground) -> None:
    rows = (
        "静岡県,みなと市,本町,1,8,-1.0,-2.0,34.86,138.32,1,1,0,0",
        "静岡県,みなと市,本町,2,8,-1.0,-2.0,nan,138.32,1,1,0,0",
        "静岡県,みなと市,本町,3,8,-1.0,-2.0,138.32,34.86,1,1,0,0",
        "静岡県,みなと市,本町,4,8,-1.0,-2.0,inf,inf,1,1,0,0",
        "静岡県,みなと市,本町,5,8,-1.0,-2.0,きた,,1,1,0,0",
    )
    ground.write("boundaries/22999.csv", csv_bytes(OLD, *rows))
    _, problems = ground.read(BLOCK)
    assert [p.code for p in problems] == ["gazetteer-rows-unused"]
    assert "使えるのは 1 行です。町名か緯度・経度のない 4 行は" in problems[0].message_ja


def test_small_areas_drawn(ground: Ground) -> None:
    """2020 and older fields; parts of one key are one area, at its first part; water is none."""
    areas = collection(
        square(138.30, 34.80, 0.001, KEY_CODE="229990010", HCODE="8101", KIGO_E="E2", MOJI="石津", KBSUM="1"),
        square(138.30, 34.81, 0.002, KEY_CODE="229990010", HCODE="8101", KIGO_E="E1", MOJI="石津", KBSUM="1"),
        square(138.40, 34.90, 0.002, KEY_CODE="229990020", HCODE="8154", KIGO_E="", MOJI="浜町", KBSUM="1"),
        square(138.40, 34.95, 0.002, KEY_CODE="229980010", HCODE="8101", KIGO_E="", MOJI="旭町", KBSUM="1"),
    )  # fmt: skip
    ground.write("boundaries/small.geojson", areas)
    manifest = '[[addresses]]\nkind = "estat"\ntitle = "小地域"\ndata = "small.geojson"\n'
    place = ground.place(manifest, "石津728-2")
    assert place is not None
    assert (place.placed, place.matched, place.source) == (Placed.BLOCK, "石津", "小地域")
    assert (place.lon, place.lat) == pytest.approx((138.30, 34.81))
    assert ground.place(manifest, "浜町1") is None
    assert ground.place(manifest, "旭町1") is None


FIELDS = {
    "KEY_CODE": 11,
    "HCODE": 4,
    "KIGO_E": 3,
    "MOJI": 20,
    "KBSUM": 4,
    "AREA": 12,
    "X_CODE": 12,
    "Y_CODE": 12,
}
CENTRES = (
    {"KEY_CODE": "229990010", "HCODE": "8101", "KIGO_E": "E1", "MOJI": "石津", "AREA": "40000",
     "X_CODE": "138.30", "Y_CODE": "34.81"},
    {"KEY_CODE": "22999002002", "HCODE": "8101", "MOJI": "本町２丁目", "AREA": "10000", "X_CODE": "138.32",
     "Y_CODE": "34.86"},
    {"KEY_CODE": "229990030", "HCODE": "8101", "MOJI": "空町", "X_CODE": "", "Y_CODE": ""},
)  # fmt: skip


@pytest.mark.parametrize("name", ["small.dbf", "small.dbf.gz", "SMALL.DBF"])
def test_small_area_centres_alone(ground: Ground, name: str) -> None:
    data = dbf_bytes(FIELDS, *CENTRES)
    ground.write(f"boundaries/{name}", gzip.compress(data) if name.endswith("gz") else data)
    manifest = f'[[addresses]]\nkind = "estat"\ndata = "{name}"\n'
    assert ground.place(manifest, "本町2-16-32") == Candidate(
        138.32, 34.86, Placed.BLOCK, "本町２丁目", "国勢調査の小地域"
    )
    assert ground.place(manifest, "空町1") is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x1f\x8b\x08\x00broken", "zip-broken"),
        (b"no gzip at all", "zip-broken"),
        (gzip.compress(b"no dbf"), "dbf-broken"),
        (gzip.compress(dbf_bytes(FIELDS, *CENTRES))[:-12], "zip-broken"),
        (gzip.compress(dbf_bytes({"NAME": 8}, {"NAME": "x"})), "gazetteer-columns"),
        (gzip.compress(dbf_bytes(FIELDS, CENTRES[0] | {"KEY_CODE": "229980010"})), "gazetteer-other-town"),
    ],
    ids=["broken", "no gzip", "no table", "cut off", "no such columns", "another town"],
)  # fmt: skip
def test_tables_that_are_none(ground: Ground, content: bytes, code: str) -> None:
    ground.write("boundaries/small.dbf.gz", content)
    gazetteer, problems = ground.read('[[addresses]]\nkind = "estat"\ndata = "small.dbf.gz"\n')
    assert [p.code for p in problems] == [code]
    assert gazetteer.find(name="", venue=None, address="石津1").place is None


def test_a_table_that_swells_is_refused(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.intake.small_areas.LIMIT_BYTES", 1 << 20)
    ground.write("boundaries/small.dbf.gz", gzip.compress(bytes(2 << 20)))
    _, problems = ground.read('[[addresses]]\nkind = "estat"\ndata = "small.dbf.gz"\n')
    assert [p.code for p in problems] == ["file-too-large"]


def test_the_areas_of_a_level_by_name(ground: Ground) -> None:
    """A point inside, even where the middle is outside: a U of three strips."""
    ring = [[0, 0], [3, 0], [3, 3], [2, 3], [2, 1], [1, 1], [1, 3], [0, 3], [0, 0]]
    u_shape = [[138.30 + x / 1000, 34.80 + y / 1000] for x, y in ring]
    feature = {
        "type": "Feature",
        "properties": {"CODE": "1", "NAME": "港町一丁目"},
        "geometry": {"type": "Polygon", "coordinates": [u_shape]},
    }
    ground.write("boundaries/block/areas.geojson", collection(feature))
    ground.write("boundaries/block/boundary.toml", LEVEL)
    place = ground.place('[[addresses]]\nkind = "level"\nlevel = "block"\n', "港町1-2-3")
    assert place is not None
    assert (place.placed, place.matched, place.source) == (Placed.BLOCK, "港町一丁目", "町内会")
    x, y = (place.lon - 138.30) * 1000, (place.lat - 34.80) * 1000
    assert 0 < x < 3
    assert 0 < y < 3
    assert not (1 < x < 2 and y > 1)


def test_venues_of_a_file(ground: Ground) -> None:
    """A national layout needs no columns; 名称_通称 is another name of the same hall."""
    ground.write(
        "boundaries/halls.csv",
        "都道府県コード又は市区町村コード,NO,名称,名称_通称,住所,緯度,経度\n"
        "229997,1,東福祉会館,ひがしの家,みなと市港町9,34.85,138.30\n",
    )
    gazetteer, problems = ground.read('[[venues]]\ntitle = "会館一覧"\ndata = "halls.csv"\n')
    assert problems == []
    expected = Candidate(138.30, 34.85, Placed.VENUE, "東福祉会館", "会館一覧")
    for venue in ("東福祉会館", "ひがしの家"):
        assert gazetteer.find(name="", venue=venue, address=None).place == expected
    assert gazetteer.find(name="", venue=None, address="港町9番地").place == Candidate(
        138.30, 34.85, Placed.ADDRESS, "みなと市港町9", "会館一覧"
    )


def test_venues_with_columns_of_their_own(ground: Ground) -> None:
    """Plane coordinates, own headers, rows left out. Zone 8: X north, Y east of 36, 138.5."""
    ground.write(
        "boundaries/halls.csv",
        "施設,別の名,所在,X,Y,種別\n東会館,ひがし,港町9,-111000,0,会館\n西会館,,港町8,-111000,0,民家\n".encode(
            "cp932"
        ),
    )
    manifest = """
[[venues]]
title = "会館一覧"
data = ["halls.csv"]
name = "施設"
alias = "別の名"
address = "所在"
lat = "X"
lon = "Y"
encoding = "cp932"
crs = "EPSG:6676"
[venues.keep]
"種別" = ["会館"]
"""
    gazetteer, problems = ground.read(manifest)
    assert problems == []
    place = gazetteer.find(name="", venue="ひがし", address=None).place
    assert place is not None
    assert (place.lon, place.lat) == pytest.approx((138.5, 35.0), abs=0.001)
    assert gazetteer.find(name="", venue="西会館", address=None).place is None


def test_venues_of_geometry_files(ground: Ground) -> None:
    ground.write("boundaries/halls.geojson", collection(
        {"type": "Feature", "properties": {"名称": "東会館", "住所": "港町9"},
         "geometry": {"type": "Point", "coordinates": [138.30, 34.85]}},
    ))  # fmt: skip
    gazetteer, problems = ground.read('[[venues]]\ntitle = "会館"\ndata = "halls.geojson"\n')
    assert problems == []
    assert gazetteer.find(name="", venue="東会館", address=None).place is not None


def test_venues_of_a_layer(ground: Ground) -> None:
    """The hall of a meeting is its venue, not its name; a place shown coarsely is given to nobody."""
    ground.write(
        "layers/tea/list.csv",
        "ID,名称,会場,住所,緯度,経度,地図での示し方\n"
        "1,さくら会,東会館,港町9,34.85,138.30,\n"
        "2,もみじ会,山田宅会館,港町8,34.86,138.31,町丁目まで\n"
        "3,中央公園,,港町7,34.87,138.32,場所どおり\n"
        "4,すみれ会,北会館,港町6,,,\n",
    )
    gazetteer, problems = ground.read('[[venues]]\nlayer = "tea"\n')
    assert problems == []
    found = {
        venue: gazetteer.find(name="", venue=venue, address=None).place
        for venue in ("東会館", "さくら会", "山田宅会館", "中央公園", "北会館")
    }
    assert {venue for venue, place in found.items() if place} == {"東会館", "中央公園"}
    assert found["東会館"] == Candidate(138.30, 34.85, Placed.VENUE, "東会館", "通いの場")


def test_quiet_features_are_venues_where_they_are_named_points(ground: Ground) -> None:
    ground.write("layers/tea/layer.toml", LAYER + "backdrop = true\n")
    gazetteer, problems = ground.read('[[venues]]\nlayer = "tea"\n')
    assert problems == []
    assert gazetteer.find(name="", venue="さくら会", address=None).place is not None


def test_a_layer_that_is_only_counted_gives_no_places(ground: Ground) -> None:
    ground.write("layers/tea/layer.toml", LAYER + "count_only = true\n")
    gazetteer, problems = ground.read('[[venues]]\nlayer = "tea"\n')
    assert [p.message_ja for p in problems] == [
        "「通いの場」（layers/tea）には、場所さがしに使える位置が1つもありません。"
    ]
    assert gazetteer.find(name="", venue="東会館", address=None).place is None


def test_a_list_without_coordinates_is_placed_by_another(ground: Ground) -> None:
    """From the files to the record: the whole town read."""
    ground.write(
        "layers/tea/list.csv", "ID,名称,会場,住所\n1,さくら会,東会館 2階,港町9\n2,もみじ会,,山町3\n"
    )
    ground.write("boundaries/halls.csv", "名称,住所,緯度,経度\n東会館,港町9,34.85,138.30\n")
    ground.write(
        "boundaries/gazetteer.toml", '[[venues]]\ntitle = "会館一覧"\ndata = "halls.csv"\n'
    )
    reading = read_town(ground.folder, None)
    first, second = reading.layers[0].treasures
    assert (first.lon, first.lat, first.placed) == (138.30, 34.85, Placed.VENUE)
    assert (second.lon, second.placed) == (None, None)


ANYTHING = st.one_of(
    st.binary(max_size=300),
    st.builds(
        lambda data, at, more: data[: at % len(data)] + more + data[at % len(data) :],
        st.sampled_from(
            [
                csv_bytes(NEW, "静岡県,みなと市,大字宮本,港町,5,8,-1.0,-2.0,34.86,138.32,0,1,0,0"),
                csv_bytes(OLD, *OLD_ROWS),
                dbf_bytes(FIELDS, *CENTRES),
                gzip.compress(dbf_bytes(FIELDS, *CENTRES)),
            ]
        ),
        st.integers(0, 10_000),
        st.binary(max_size=8),
    ),
)


@given(content=ANYTHING)
@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_no_bytes_give_a_traceback(ground: Ground, content: bytes) -> None:
    for name, entry in (
        ("a.csv", '[[addresses]]\nkind = "block"\ndata = "a.csv"\n'),
        ("a.dbf", '[[addresses]]\nkind = "estat"\ndata = "a.dbf"\n'),
        ("a.dbf.gz", '[[addresses]]\nkind = "estat"\ndata = "a.dbf.gz"\n'),
        ("b.csv", '[[venues]]\ntitle = "会館"\ndata = "b.csv"\nencoding = "cp932"\n'),
    ):
        ground.write(f"boundaries/{name}", content)
        gazetteer, problems = ground.read(entry)
        place = gazetteer.find(name="", venue="会館", address="宮本5").place
        assert place is None or -180 <= place.lon <= 180
        assert all(problem.message_ja for problem in problems)


@given(
    content=st.one_of(
        st.binary(max_size=200), st.text('[]venusadr"=.\n layertki1', max_size=120).map(str.encode)
    )
)
@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_no_manifest_gives_a_traceback(ground: Ground, content: bytes) -> None:
    ground.write("boundaries/gazetteer.toml", content)
    town, problems = read_manifests(ground.folder, None)
    assert town is not None
    assert all(problem.message_ja for problem in problems)


def test_a_gazetteer_outside_the_town_is_refused(ground: Ground) -> None:
    ground.write("../elsewhere.toml", "")
    (ground.folder / "boundaries/gazetteer.toml").symlink_to(
        ground.folder.parent / "elsewhere.toml"
    )
    town, problems = read_manifests(ground.folder, None)
    assert town is not None
    assert town.gazetteer is None
    assert [p.code for p in problems] == ["path-leaves-town"]


def test_a_town_without_one_has_none(ground: Ground) -> None:
    town, problems = read_manifests(ground.folder, None)
    assert town is not None
    assert problems == ()
    assert read_gazetteer(town, (), []) is None
