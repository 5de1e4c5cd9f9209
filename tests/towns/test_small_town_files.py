"""The small town's own data: true to itself, before any of our programs reads it."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

HERE = Path(__file__).parent
TOWN = HERE.parent / "small_town"
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
        for folder in (TOWN / room).iterdir():
            if folder.is_dir():
                (tmp_path / room / folder.name).mkdir(parents=True)
    make_small_town.main(tmp_path)
    written = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(written) == 17
    for path in written:
        relative = path.relative_to(tmp_path)
        assert (TOWN / relative).read_bytes() == path.read_bytes(), relative


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
    text = (TOWN / "boundaries/town_block/town_block.geojson").read_text(encoding="utf-8")
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
