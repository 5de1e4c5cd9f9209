"""What a sheet says of itself, and what stands on every page of what is not for everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from week.week_answers import small

from geo.model.audience import Audience
from webmap.paper.setting.about_sheet import about_sheet, stamp


@pytest.mark.parametrize(
    ("audience", "copy", "words"),
    [
        (Audience.PUBLIC, None, ""),
        (Audience.PUBLIC, 3, ""),
        (Audience.COUNCIL, 3, "内部用　協議体まで　No. 3"),
        (Audience.PARTNERS, None, "内部用　支援関係者まで　No. ＿＿＿"),
        (Audience.COORDINATOR, 12, "内部用　担当者だけ　No. 12"),
    ],
)
def test_the_stamp(audience: Audience, copy: int | None, words: str) -> None:
    assert stamp(audience, copy) == words


@pytest.mark.parametrize("copy", [0, -1, 10_000])
def test_a_copy_has_a_number_one_can_count_to(copy: int) -> None:
    with pytest.raises(ValueError, match="copy must be"):
        stamp(Audience.COUNCIL, copy)


def test_a_sheet_for_everybody_is_dated_as_its_data_are() -> None:
    answer = replace(small(), as_of=date(2026, 3, 31), today=date(2026, 11, 21))
    about = about_sheet(answer, "面瀬地区 お宝マップ")
    assert (about.title, about.stamp) == ("面瀬地区 お宝マップ", "")
    assert about.day == date(2026, 3, 31)
    assert about.author == answer.town.name
    assert about_sheet(replace(answer, as_of=None), "x").day == date(2026, 11, 21)


def test_a_sheet_for_some_says_so_in_its_title_too() -> None:
    about = about_sheet(replace(small(), audience=Audience.PARTNERS), "面瀬地区 お宝マップ", copy=7)
    assert about.title == "【内部用】面瀬地区 お宝マップ"
    assert about.stamp.endswith("No. 7")
