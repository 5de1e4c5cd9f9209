"""The fictional town's own data: true to itself, before any of our programs reads it."""

from __future__ import annotations

import csv
import json
import math
import re
import sys
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

import make_small_town  # noqa: E402
import small_town_ground as ground  # noqa: E402
import small_town_treasures as people  # noqa: E402

LISTS = {
    "gathering_place": people.GATHERING_PLACES,
    "salon": people.SALONS,
    "mobile_sales_stop": people.MOBILE_SALES_STOPS,
    "senior_club": people.SENIOR_CLUBS,
    "neighbour_help": people.NEIGHBOUR_HELPS,
    "shared_table": people.SHARED_TABLES,
    "home_gathering": people.HOME_GATHERINGS,
}
BLOCK_NAMES = sorted((name for name, _, _ in ground.BLOCKS.values()), key=len, reverse=True)


def as_written(address: str) -> str:
    """The block's full name at the start of an address (港町2-6-3 is 港町二丁目)."""
    rest = address.removeprefix("みなと市")
    short = re.match(r"([^\d]+)(\d)-\d+-\d+$", rest)
    if short and f"{short[1]}{'一二三'[int(short[2]) - 1]}丁目" in BLOCK_NAMES:
        return f"{short[1]}{'一二三'[int(short[2]) - 1]}丁目"
    return next(name for name in BLOCK_NAMES if rest.startswith(name))


def test_committed_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    for room in ("boundaries", "layers"):
        for folder in (ROOT / room).iterdir():
            if folder.is_dir():
                (tmp_path / room / folder.name).mkdir(parents=True)
    make_small_town.main(tmp_path)
    written = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(written) == 17
    for path in written:
        relative = path.relative_to(tmp_path)
        assert (ROOT / relative).read_bytes() == path.read_bytes(), relative


@pytest.mark.parametrize("layer", LISTS)
def test_every_place_lies_in_the_block_its_address_names(layer: str) -> None:
    blocks = ground.blocks()
    for row in LISTS[layer]:
        if "at" not in row:
            continue
        (code,) = (c for c, b in blocks.items() if b.contains(shapely.Point(row["at"])))
        assert ground.BLOCKS[code][0] == as_written(row["住所"]), row[
            "名称" if "名称" in row else "停車場所"
        ]


def test_the_ground_has_no_gap_and_no_overlap() -> None:
    text = (ROOT / "boundaries/town_block/town_block.geojson").read_text(encoding="utf-8")
    polygons = [shape(f["geometry"]) for f in json.loads(text)["features"]]
    assert shapely.coverage_is_valid(polygons)
    town = shapely.union_all(polygons)
    assert town.geom_type == "Polygon"
    assert len(town.interiors) == 0


def test_one_school_district_straddles_38_to_62_and_the_other_two_none() -> None:
    blocks = ground.blocks()
    districts = ground.divide(ground.WELFARE_DISTRICTS, blocks)
    shares = {
        (school, code): round(area.intersection(d).area / area.area * 100)
        for school, area in ground.divide(ground.SCHOOL_DISTRICTS, blocks).items()
        for code, d in districts.items()
    }
    assert {k: v for k, v in shares.items() if v} == {
        ("11", "1"): 38,
        ("11", "2"): 62,
        ("12", "3"): 100,
        ("13", "4"): 100,
    }


Rgb = tuple[float, float, float]

# How red-blind and green-blind eyes see linear light (Machado, Oliveira and Fernandes 2009).
EYES = {
    "most eyes": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "green-blind": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "red-blind": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}


def light(color: str) -> Rgb:
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return r, g, b


def luminance(color: str) -> float:
    r, g, b = light(color)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def seen_as(color: str, eye: str) -> Rgb:
    """CIE L*a*b* of a colour as an eye sees it."""
    r, g, b = (sum(m * c for m, c in zip(row, light(color), strict=True)) for row in EYES[eye])
    x, y, z = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    fx, fy, fz = (
        max(v, 0) ** (1 / 3) if v > 0.008856 else 7.787 * max(v, 0) + 16 / 116 for v in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def manifests() -> dict[str, dict[str, object]]:
    return {
        path.parent.name: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in (ROOT / "layers").glob("*/layer.toml")
    }


def test_white_numbers_can_be_read_on_every_flag_and_symbols_differ() -> None:
    flags = {k: m for k, m in manifests().items() if not m.get("backdrop")}
    assert len(flags) == 7
    for layer, manifest in flags.items():
        assert 1.05 / (luminance(str(manifest["color"])) + 0.05) >= 4.5, layer
    symbols = [m["symbol"] for m in manifests().values()]
    assert len(set(symbols)) == len(symbols)


@pytest.mark.parametrize("eye", EYES)
def test_colour_blind_eyes_tell_the_flags_apart(eye: str) -> None:
    """A difference of 15 in L*a*b* is plain to see; symbols tell the rest."""
    colors = [str(m["color"]) for m in manifests().values() if not m.get("backdrop")]
    for one, other in combinations(colors, 2):
        assert math.dist(seen_as(one, eye), seen_as(other, eye)) >= 15, (one, other)


def test_no_telephone_number_can_ring() -> None:
    for path in (ROOT / "layers").rglob("*.csv"):
        for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()):
            for number in re.findall(r"\d{2,4}-\d{3,4}-\d{3,4}", ",".join(row)):
                assert number.startswith("000-000-"), path


def test_about_forty_treasures_for_everybody() -> None:
    shown = 0
    for layer, rows in LISTS.items():
        has_consent = layer in ("gathering_place", "senior_club")
        for row in rows:
            open_to_all = row.get("公開範囲", "だれでも") == "だれでも"
            agreed = not has_consent or "ホームページ" in row.get("掲載の同意", "")
            if layer != "home_gathering" and open_to_all and agreed and row.get("状態") != "終了":
                shown += 1
    assert shown == 40
