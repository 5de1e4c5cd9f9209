"""The week on paper, read from the PDF: the dates of the screen, nothing dropped."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from paper_foundation.printed import inaccessible, pages_mm, sizes_of, text_of
from paper_sheets.paper_answers import area, area_of, nothing_yet, treasure
from week import week_answers

from geo.model.audience import Audience, Status
from geo.model.day_change import DayChange, DayChangeKind
from geo.model.map_answer import MapAnswer
from geo.model.timing import Timing
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.sheets.week_sheet import week_sheet
from webmap.showing import Mode, Showing
from webmap.week import week_page

NEXT = date(2026, 11, 25)
"""A Wednesday of the week after that of the answers."""


def choice(**words: str) -> PaperChoice:
    return PaperChoice.from_args({"sheet": "week", **words})


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
@pytest.mark.parametrize("paper", ["A4", "A3"])
@pytest.mark.parametrize("large", ["", "1"])
def test_every_line_of_the_screens_week(paper: str, orientation: str, large: str) -> None:
    """Two sessions a day are two lines; 60 treasures are more than one page of columns."""
    answer = area_of(
        *(
            treasure(n, f"毎週{'月火水木金土日'[n % 7]}曜 10:00〜11:00、14:00〜15:00")
            for n in range(1, 61)
        )
    )
    asked = choice(paper=paper, orientation=orientation, large=large)
    pdf = week_sheet(answer, asked, week=NEXT).pdf()
    said = text_of(pdf)
    page = week_page(answer, Showing(mode=Mode.WEEK, week="next"))
    lines = [entry for day in page.days for entry in day.entries]
    assert len(re.findall(r"第\d{4}", said)) == len(lines) + len(page.undated) + len(page.resting)
    assert said.count("10:00〜11:00") == sum(e.when == "10:00〜11:00" for e in lines) + len(
        page.resting
    )
    for size in pages_mm(pdf):
        assert size == pytest.approx(asked.page_mm, abs=0.01)
    assert inaccessible(pdf) == []
    assert min(sizes_of(pdf)) == (10.5 if large else 9)


def test_a_small_week_says_what_the_screen_says() -> None:
    answer = week_answers.small()
    for orientation in ("landscape", "portrait"):
        pdf = week_sheet(answer, choice(orientation=orientation), week=NEXT).pdf()
        said = text_of(pdf)
        assert "2026年11月23日〜29日" in said
        assert "勤労感謝の日" in said
        assert "13:30〜15:00移1ひるの会" in said
        assert "時間は、お問い合わせください通4時のない会" in said
        assert "曜日や日にちの決まっていないもの2件" in said
        assert "おやすみ中1件" in said
        assert "この週には開かれないものが1件あります。" in said
        assert said.count("予定はのっていません") == 4


def test_any_day_of_a_week_is_that_week_and_an_unknown_one_is_this_week() -> None:
    answer = week_answers.small()
    dates = {
        day: week_sheet(answer, choice(), week=day).data.dates
        for day in (None, date(2026, 11, 23), date(2026, 11, 29), date(2031, 1, 1))
    }
    assert list(dates.values()) == [
        "2026年11月16日〜22日",
        *["2026年11月23日〜29日"] * 2,
        "2026年11月16日〜22日",
    ]


def test_a_day_that_is_off_or_moved_is_told_on_its_day() -> None:
    changes = (
        DayChange(DayChangeKind.OFF, date(2026, 11, 24), reason="祭りのため"),
        DayChange(DayChangeKind.MOVED, date(2026, 12, 1), to=date(2026, 11, 26)),
    )
    answer = area_of(treasure(1, "毎週火曜 10時〜", timing=Timing(changes=changes)))
    said = text_of(week_sheet(answer, choice(), week=NEXT).pdf())
    assert "お休み移1" in said
    assert "11月24日(火)は休みます（祭りのため）" in said
    assert "12月1日(火)の分です" in said


def test_a_small_week_fits_its_page_side_by_side_and_a_full_one_goes_down() -> None:
    small = week_sheet(area(14), choice())
    assert small.data.side_by_side
    # The heads of the columns, one after the other.
    assert "月11月16日火11月17日水11月18日" in text_of(small.pdf())
    full = text_of(week_sheet(week_answers.full(200), choice()).pdf())
    assert "11月16日（月）" in full
    days = [full.index(f"11月{16 + n}日（{letter}）") for n, letter in enumerate("月火水木金土日")]
    assert days == sorted(days)


def test_a_day_that_goes_on_says_again_which_it_is() -> None:
    pdf = week_sheet(week_answers.full(200), choice(large="1", orientation="portrait")).pdf()
    assert text_of(pdf).count("11月16日（月）") > 1


def test_nothing_yet_is_kind() -> None:
    said = text_of(week_sheet(nothing_yet(), choice()).pdf())
    assert "まだ見つかっていません。ご存じでしたら教えてください。" in said
    assert "ほかにもあります" in said


def test_above_everybody_every_page_says_so() -> None:
    answer = replace(area(60), audience=Audience.PARTNERS)
    pdf = week_sheet(answer, choice(orientation="portrait"), copy=2).pdf()
    assert text_of(pdf).count("内部用支援関係者までNo.2") == len(pages_mm(pdf))


def test_the_same_week_is_the_same_bytes() -> None:
    assert week_sheet(area(20), choice()).pdf() == week_sheet(area(20), choice()).pdf()


def _of_a_week(count: int, **more: object) -> MapAnswer:
    """So many on Monday to Thursday, one without a day, one at rest."""
    held = [treasure(n, f"毎週{'月火水木'[n % 4]}曜 10:00〜11:00") for n in range(1, count + 1)]
    held = [msgspec.structs.replace(one, status=Status.ACTIVE) for one in held]
    undated = treasure(90, "日程は回覧板で", status=Status.ACTIVE)
    return area_of(*held, undated, treasure(99, "毎週土曜 9:00〜10:00", **more))


def test_what_has_no_day_and_what_rests_stand_side_by_side_on_the_same_page() -> None:
    sheet = week_sheet(_of_a_week(6), choice())
    pdf = sheet.pdf()
    assert len(pages_mm(pdf)) == 1
    assert "曜日や日にちの決まっていないもの1件おやすみ中1件" in _by_lines(pdf)
    assert "一覧に書かれた日時から計算した予定です。" in text_of(pdf)


def _by_lines(pdf: bytes) -> str:
    """As it stands on the page, from left to right."""
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, check=True, capture_output=True
    )
    return "".join(done.stdout.decode().split())


def test_a_day_that_goes_on_says_so_and_how_many_it_has() -> None:
    answer = area_of(*(treasure(n, "毎週月曜 10:00〜11:00") for n in range(1, 81)))
    pdf = week_sheet(answer, choice()).pdf()
    held = 80 - len(range(11, 81, 11))
    said = text_of(pdf)
    heads = re.findall(rf"11月16日（月）(つづき)?{held}件", said)
    pages = len(pages_mm(pdf))
    assert heads[0] == ""
    assert set(heads[1:]) == {"つづき"}
    assert 1 < len(heads) <= pages
