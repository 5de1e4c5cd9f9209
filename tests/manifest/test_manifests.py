"""Manifests -> the town: every key arrives, paths stay inside, faults come all at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.manifest import read_manifests
from geo.manifest.town_file import check_digit
from geo.model.audience import Audience
from geo.model.town import Layer, Level, Municipality

MUNICIPALITY = """
name = "ためし町"
code = "{code}"
plane_zone = 8
block_level = "block"
public_url = "https://example.jp/otakara"
contact = "地域包括支援センター 054-000-0000"
word = "宝物"
walk_speed_m_per_min = 50
walk_limits_min = [15, 5]
attach_limit_m = 200
people_band = "75"
"""
LEVEL = """
title = "町丁目"
tier = 3
order = 2
data = ["a.geojson"]
code = "KEY"
name = "NAME"
kana = "KANA"
contact = "DESK"
source = "ためし町"
licence = "CC-BY-4.0"
as_of = 2021-10-01
encoding = "Shift_JIS"
crs = "EPSG:6668"
members = "members.csv"
[keep]
"CITY" = ["22999", 22998]
[drop]
"CLASS" = "水面"
"""
LAYER = """
title = "移動販売"
symbol = "移"
color = "#B8570A"
order = 20
source = "ためし町社会福祉協議会"
licence = "CC-BY-4.0"
as_of = 2026-03-31
counts_as_place = false
publication_basis = "公表済み"
data = ["a.csv", "realdata:far/b.csv"]
sheet = "一覧"
header_row = 3
encoding = "cp932"
crs = "EPSG:2450"
audience = "協議体まで"
identify = ["名称", "住所"]
merge_same = true
count_only = true
backdrop = false
attached_to = "walk"
[columns]
number = "番号２"
address = ["Add1", "Add2"]
latlon = "location"
[show]
"来る時間" = "開催日時"
"売る物" = "主な活動"
[keep]
"Type" = ["一般介護予防", ""]
[drop]
"Name" = ["TEMPL"]
[weekday_hours]
"火" = ["火始", "火終"]
"月" = ["月始", "月終"]
[route]
vehicle = "車両"
order = "順"
arrive = "到着"
stay_min = "停車"
"""
PLAIN_LAYER = """
title = "さんぽ"
symbol = "歩"
color = "#123456"
source = "s"
licence = "l"
as_of = 2026-03-31
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town that uses every key."""
    folder = tmp_path / "town"
    files = {
        "boundaries/municipality.toml": MUNICIPALITY.format(
            code="22999" + str(check_digit("22999"))
        ),
        "boundaries/memo.toml": "not = read",
        "boundaries/block/boundary.toml": LEVEL,
        "boundaries/block/a.geojson": "{}",
        "boundaries/block/members.csv": "",
        "layers/numbers.csv": "",
        "layers/.hidden/x": "",
        "layers/van/layer.toml": LAYER,
        "layers/van/a.csv": "",
        "layers/walk/layer.toml": PLAIN_LAYER,
        "layers/walk/b.xlsx": "",
        "layers/walk/a.csv": "",
        "layers/walk/~$b.xlsx": "",
        "layers/walk/memo.txt": "",
        "../far/far/b.csv": "",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_every_key_arrives(town: Path) -> None:
    far = town.parent / "far"
    read, problems = read_manifests(town, far)
    assert problems == ()
    assert read is not None
    assert read.municipality == Municipality(
        name="ためし町", code="22999", metric_crs="EPSG:6676", plane_zone=8, block_level="block",
        public_url="https://example.jp/otakara", contact="地域包括支援センター 054-000-0000",
        word="宝物", walk_speed_m_per_min=50, walk_limits_min=(5, 15), attach_limit_m=200,
        people_band="75",
    )  # fmt: skip
    block = town / "boundaries/block"
    assert read.levels == (
        Level(
            id="block", folder=block, title="町丁目", data=(block / "a.geojson",),
            name_column="NAME", code_column="KEY", source="ためし町", licence="CC-BY-4.0",
            as_of=date(2021, 10, 1), tier=3, order=2, encoding="cp932", crs="EPSG:6668",
            kana_column="KANA", contact_column="DESK", members=block / "members.csv",
            keep={"CITY": ("22999", "22998")}, drop={"CLASS": ("水面",)},
        ),
    )  # fmt: skip
    walk, van = read.layers
    assert walk.data == (town / "layers/walk/a.csv", town / "layers/walk/b.xlsx")
    assert van == Layer(
        id="van", folder=town / "layers/van", title="移動販売", symbol="移", color="#b8570a",
        order=20, source="ためし町社会福祉協議会", licence="CC-BY-4.0", as_of=date(2026, 3, 31),
        data=(town / "layers/van/a.csv", far / "far/b.csv"), counts_as_place=False,
        publication_basis="公表済み",
        columns={"number": ("番号２",), "address": ("Add1", "Add2"), "latlon": ("location",)},
        show={"来る時間": "開催日時", "売る物": "主な活動"}, sheet="一覧", header_row=3,
        encoding="cp932", crs="EPSG:2450", audience=Audience.COUNCIL,
        identify=("名称", "住所"), merge_same=True, count_only=True, attached_to="walk",
        keep={"Type": ("一般介護予防", "")}, drop={"Name": ("TEMPL",)},
        weekday_hours={"月": ("月始", "月終"), "火": ("火始", "火終")},
        route={"vehicle": "車両", "order": "順", "arrive": "到着", "stay_min": "停車"},
    )  # fmt: skip
    assert list(van.show) == ["来る時間", "売る物"]


def test_order_may_name_a_column(town: Path) -> None:
    path = town / "boundaries/block/boundary.toml"
    path.write_text(path.read_text("utf-8").replace("order = 2", 'order = "ORD"'), "utf-8")
    read, problems = read_manifests(town, town.parent / "far")
    assert problems == ()
    assert read is not None
    assert (read.levels[0].order, read.levels[0].order_column) == (0, "ORD")


def test_metric_crs_instead_of_a_zone(town: Path) -> None:
    path = town / "boundaries/municipality.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("plane_zone = 8", 'metric_crs = "EPSG:2450"'), "utf-8")
    read, problems = read_manifests(town, town.parent / "far")
    assert problems == ()
    assert read is not None
    assert (read.municipality.metric_crs, read.municipality.plane_zone) == ("EPSG:2450", None)
    for wrong in ('"EPSG:6668"', '"EPSG:999999"', '"/etc/passwd"', '"EPSG:2451"\nplane_zone = 8'):
        path.write_text(text.replace("plane_zone = 8", f"metric_crs = {wrong}"), "utf-8")
        _, problems = read_manifests(town, town.parent / "far")
        assert [(p.code, p.column) for p in problems] == [("manifest-bad-value", "metric_crs")]


def test_every_fault_of_every_manifest_at_once(town: Path) -> None:
    (town / "boundaries/municipality.toml").write_text("name = 1\nwalk = 2\n", "utf-8")
    (town / "boundaries/block/boundary.toml").write_text("title = ", "utf-8")
    (town / "layers/van/layer.toml").write_text(LAYER.replace("移動販売", "") + "x = 1\n", "utf-8")
    (town / "layers/walk/layer.toml").write_text(PLAIN_LAYER + "tilte = 'x'\n", "utf-8")
    read, problems = read_manifests(town, None)
    assert read is not None
    assert [(p.file.split("/", 1)[1], p.row, p.column, p.code) for p in problems] == [
        ("municipality.toml", 1, "name", "manifest-wrong-type"),
        ("municipality.toml", None, "code", "manifest-key-missing"),
        ("municipality.toml", None, "plane_zone", "manifest-key-missing"),
        ("municipality.toml", 2, "walk", "manifest-unknown-key"),
        ("block/boundary.toml", 1, None, "manifest-syntax"),
        ("van/layer.toml", 11, "data", "realdata-not-set"),
        ("van/layer.toml", 2, "title", "manifest-key-missing"),
        ("van/layer.toml", 41, "x", "manifest-unknown-key"),
        ("walk/layer.toml", 8, "tilte", "manifest-unknown-key"),
    ]
    assert "「title」のことでしょうか。" in problems[-1].message_ja


@pytest.mark.parametrize(
    "name",
    ["../../../x.csv", "/x.csv", "realdata:../x.csv", "realdata:/etc/passwd", "a/../../../../x.csv",
     "\\\\\\\\host\\\\x.csv", "C:/x.csv", "~root/x.csv", "link/x.csv", "/vsicurl/http:x.csv"],
)  # fmt: skip
def test_no_path_leaves_the_town(town: Path, name: str) -> None:
    """Every one of these names a file that is there, or would be fetched."""
    (town.parent / "x.csv").write_text("", "utf-8")
    (town / "layers/walk/link").symlink_to(town.parent)
    manifest = town / "layers/walk/layer.toml"
    manifest.write_text(f'data = "{name}"\n{PLAIN_LAYER}', "utf-8")
    read, problems = read_manifests(town, town.parent / "far")
    assert read is not None
    assert read.layers[0].data == ()
    assert {p.code for p in problems} <= {"path-leaves-town", "path-refused"}
    assert problems


def test_a_link_inside_the_data_folder_does_not_lead_out(town: Path) -> None:
    far = town.parent / "far"
    (town.parent / "x.csv").write_text("", "utf-8")
    (far / "x.csv").symlink_to(town.parent / "x.csv")
    (town / "layers/walk/layer.toml").write_text(f'data = "realdata:x.csv"\n{PLAIN_LAYER}', "utf-8")
    _, problems = read_manifests(town, far)
    assert [p.code for p in problems] == ["path-leaves-town"]


@given(st.integers(1000, 47999))
def test_check_digit_is_a_digit(number: int) -> None:
    assert 0 <= check_digit(f"{number:05d}") <= 9


@pytest.mark.parametrize("code6", ["222127", "402052", "011002", "131016", "042056"])
def test_check_digits_of_real_codes(code6: str) -> None:
    assert check_digit(code6[:5]) == int(code6[5])


def test_no_folder_at_all(tmp_path: Path) -> None:
    read, problems = read_manifests(tmp_path / "nowhere", None)
    assert read is None
    assert [p.code for p in problems] == ["town-missing"]


@pytest.mark.parametrize(
    ("line", "band", "told"),
    [
        ("", "65", None),
        ("people_band = 75", "75", None),
        ('people_band = "all"', "all", None),
        ('people_band = "70"', "65", "70"),
        ('people_band = ["65", "75"]', "65", "65、75"),
    ],
)
def test_whom_the_pages_speak_of(town: Path, line: str, band: str, told: str | None) -> None:
    path = town / "boundaries/municipality.toml"
    kept = [one for one in path.read_text("utf-8").splitlines() if "people_band" not in one]
    path.write_text("\n".join([line, *kept]) + "\n", "utf-8")
    read, problems = read_manifests(town, town.parent / "far")
    assert read is not None
    assert read.municipality.people_band == band
    if told is None:
        assert problems == ()
    else:
        [problem] = problems
        assert (problem.code, problem.column, problem.value) == (
            "manifest-bad-value", "people_band", told
        )  # fmt: skip
        assert problem.message_ja == (
            '「people_band」は "all"、"65"、"75"、"85" のどれか一つです。'
        )


def test_without_a_speed_people_walk_as_is_usual(town: Path) -> None:
    path = town / "boundaries/municipality.toml"
    text = path.read_text("utf-8").replace("walk_speed_m_per_min = 50\n", "")
    path.write_text(text, "utf-8")
    read, _ = read_manifests(town, town.parent / "far")
    assert read is not None
    assert read.municipality.walk_speed_m_per_min is None
