"""The measuring itself: a sheet that is right has no fault, and every wrong one is found out."""

from __future__ import annotations

import dataclasses
import re

import pytest
from paper_district.printed_areas import METRIC_CRS, area_of, drawn, said
from paper_towns.sheet_proof import Proof, district_proof

from geo.model.map_answer import MapAnswer
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.setting.prepared_sheet import PreparedSheet

WEB = "https://otakara.example.jp/machi"
ADDRESS = f"{WEB}/99999/jhs/J0"


@pytest.fixture(scope="module")
def answer() -> MapAnswer:
    found = area_of([said(n) for n in range(1, 13)])
    return dataclasses.replace(found, town=dataclasses.replace(found.town, public_url=WEB))


@pytest.fixture(scope="module")
def sheet(answer: MapAnswer) -> PreparedSheet:
    return drawn(answer)


def _proof(sheet: PreparedSheet, answer: MapAnswer, address: str = ADDRESS) -> Proof:
    return district_proof(sheet.pdf(), answer, ("A3", True), address, METRIC_CRS)


def _with(sheet: PreparedSheet, picture: str, old: str, new: str) -> PreparedSheet:
    drawn_as = sheet.pictures[picture]
    assert re.search(old, drawn_as)
    changed = re.sub(old, new, drawn_as, count=1)
    return dataclasses.replace(sheet, pictures={**sheet.pictures, picture: changed})


def test_a_sheet_that_is_right(sheet: PreparedSheet, answer: MapAnswer) -> None:
    proof = _proof(sheet, answer)
    assert proof.faults == ()
    assert (proof.entries, proof.pages, proof.smallest_pt, proof.title_pt) == (12, 1, 9, 28)
    assert proof.map is not None
    assert (proof.map.flagged, proof.map.outside, proof.map.crowded) == (12, 0, 0)
    assert proof.map.farthest_mm < 0.01
    assert proof.map.scale_error is not None
    assert proof.map.scale_error < 0.001
    assert proof.bar_error is not None
    assert proof.bar_error < 0.001


def test_a_treasure_that_is_not_listed_or_listed_twice(
    sheet: PreparedSheet, answer: MapAnswer
) -> None:
    (part,) = sheet.data.parts
    for entries, count in ((part.entries[1:], 0), ((*part.entries, part.entries[0]), 2)):
        wrong = dataclasses.replace(part, entries=entries)
        listed = dataclasses.replace(sheet, data=dataclasses.replace(sheet.data, parts=(wrong,)))
        one = answer.entries[0]
        assert f"{one.mark} {one.name}: {count} times" in _proof(listed, answer).faults


def test_a_flag_that_is_missing_has_another_number_or_place(
    sheet: PreparedSheet, answer: MapAnswer
) -> None:
    mark = answer.entries[3].mark
    for new in ("></text>", f">{mark[0]}99</text>"):
        faults = _proof(_with(sheet, "map", f">{mark}</text>", new), answer).faults
        assert [fault for fault in faults if fault.startswith("flags ")]
    away = _with(sheet, "map", r'<circle cx="[\d.]+"', '<circle cx="3.00"')
    assert [fault for fault in _proof(away, answer).faults if fault.startswith("no place where")]


def test_a_bar_and_a_map_that_are_half_a_hundredth_wrong(
    sheet: PreparedSheet, answer: MapAnswer
) -> None:
    data = dataclasses.replace(sheet.data, bar_mm=sheet.data.bar_mm * 1.005)
    faults = _proof(dataclasses.replace(sheet, data=data), answer).faults
    assert [fault for fault in faults if fault.startswith("the bar is")]
    said_scale = sheet.data.scale.replace(",", "")
    scale = int(said_scale.rpartition(":")[2])
    data = dataclasses.replace(sheet.data, scale=f"縮尺 1:{round(scale * 1.005)}")
    faults = _proof(dataclasses.replace(sheet, data=data), answer).faults
    assert [fault for fault in faults if "wrong by" in fault or "no place where" in fault]


def test_a_square_that_leads_elsewhere(sheet: PreparedSheet, answer: MapAnswer) -> None:
    faults = _proof(sheet, answer, f"{WEB}/99999/jhs/J1").faults
    assert faults == (f"squares lead to ['{ADDRESS}'], not to {WEB}/99999/jhs/J1",)


def test_type_that_is_too_small(sheet: PreparedSheet, answer: MapAnswer) -> None:
    small = _with(sheet, "map", r'font-size="[\d.]+"', 'font-size="2.8"')
    assert [fault for fault in _proof(small, answer).faults if fault.startswith("type of 7.9")]
    for size, fault in (("body", "told in"), ("name", "name in"), ("note", "smaller than a note")):
        sizes = dataclasses.replace(sheet.data.sizes, **{size: 10.0})
        data = dataclasses.replace(sheet.data, sizes=sizes)
        faults = _proof(dataclasses.replace(sheet, data=data), answer).faults
        assert [one for one in faults if fault in one], size


def test_paper_of_another_size_and_a_character_of_no_font(
    sheet: PreparedSheet, answer: MapAnswer
) -> None:
    faults = district_proof(sheet.pdf(), answer, ("A3", False), ADDRESS, METRIC_CRS).faults
    assert [fault for fault in faults if fault.startswith("page 1 is")]
    unknown = area_of([said(1, name="\U000311a0の集い")])
    town = dataclasses.replace(unknown.town, public_url=WEB)
    unknown = dataclasses.replace(unknown, town=town)
    faults = _proof(drawn(unknown, PaperChoice()), unknown).faults
    assert [fault for fault in faults if fault.startswith("a character of no font")]


def test_lines_on_each_other(sheet: PreparedSheet, answer: MapAnswer) -> None:
    box = dataclasses.replace(sheet.data.frame.list, x=sheet.data.frame.list.x - 60)
    frame = dataclasses.replace(sheet.data.frame, list=box)
    faults = _proof(
        dataclasses.replace(sheet, data=dataclasses.replace(sheet.data, frame=frame)), answer
    ).faults
    assert [fault for fault in faults if " lies on 東中学校区の地図" in fault]
