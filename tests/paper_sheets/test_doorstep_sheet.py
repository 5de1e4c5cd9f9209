"""The doorstep sheet, read from the PDF."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from paper_foundation.printed import inaccessible, lines_of, pages_mm, sizes_of, text_of
from paper_sheets.conftest import TODAY, DoorTown
from paper_sheets.paper_answers import area_of, treasure
from paper_sheets.test_doorstep import A1, A2, B1, B2, NOWHERE
from pypdf import PdfReader

from geo.model.answers import Flag
from geo.model.audience import Audience, Status
from geo.model.day_change import DayChange, DayChangeKind
from geo.model.doorstep_answer import NearPlace
from geo.model.timing import Timing
from geo.questions.entry_dates import day_book
from geo.questions.paper_ground import no_ground
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.sheets.doorstep_sheet import doorstep_sheet, doorstep_window


def test_by_day_and_who_may_come(with_streets: DoorTown) -> None:
    said = text_of(with_streets.sheet(B1, name="花岡会館").pdf())
    assert "花岡会館から歩いて行けるお宝" in said
    assert "月曜日まだ見つかっていません火曜日茶1あさひ会毎週火曜10:00〜11:00歩いて約9分" in said
    assert "水・木・金・土・日曜日まだ見つかっていません" in said
    assert "歩いて10分以内1件" in said
    assert "はじめての方：どなたでも" in said
    assert "1分に60m歩くとして、道のりから計算した目安です。" in said
    assert "町ぜんたいで3件" in said
    assert "直線" not in said


def test_what_nobody_wrote_of_newcomers_is_said(without_streets: DoorTown) -> None:
    said = text_of(without_streets.sheet(B2).pdf())
    assert "店9雪町角" in said
    assert "はじめての方：たしかめてから" in said


def test_straight_distance_is_said_plainly(without_streets: DoorTown) -> None:
    said = text_of(without_streets.sheet(B2).pdf())
    assert "この町には道のデータがないので、まっすぐに測った距離です。" in said
    assert "歩く道のりは、これより長くなります。" in said
    assert said.count("直線で約710m") == 4  # two places, by day and in full
    assert "直線で900m以内2件" in said
    assert re.findall("歩いて[^行]", said) == []  # neither of a treasure nor of the scale bar
    assert "約300m上が北" in said
    assert "計算した目安" not in said


def test_far_from_the_streets_says_so_and_nothing_is_kind(with_streets: DoorTown) -> None:
    said = text_of(with_streets.sheet(NOWHERE).pdf())
    assert "この場所の近くに道のデータがないので" in said
    assert "直線で900m以内のお宝は、まだ見つかっていません。ご存じでしたら教えてください。" in said
    assert "ほかにもあります" in said
    assert len(pages_mm(with_streets.sheet(NOWHERE).pdf())) == 1


def test_the_map_has_the_door_in_its_middle_and_every_flag(with_streets: DoorTown) -> None:
    sheet = with_streets.sheet(A2, Audience.COUNCIL)
    assert sheet.data.map_alt.endswith(
        "2件のお宝の旗があります。同じ番号が一覧にあります。まん中がこの場所です。"
    )
    assert "茶1" in sheet.pictures["map"]
    assert "茶5" in sheet.pictures["map"]
    assert "qr" not in sheet.pictures  # an address would say where the door is


def test_what_is_not_for_everybody_says_so(with_streets: DoorTown) -> None:
    assert "内部用協議体までNo.7" in text_of(with_streets.sheet(A2, Audience.COUNCIL, copy=7).pdf())
    assert "内部用" not in text_of(with_streets.sheet(A2).pdf())


@pytest.mark.parametrize(
    ("paper", "orientation", "size"),
    [
        ("A4", "portrait", (210, 297)),
        ("A4", "landscape", (297, 210)),
        ("A3", "portrait", (297, 420)),
        ("A3", "landscape", (420, 297)),
    ],
)
def test_pages_type_and_tags(
    with_streets: DoorTown, paper: str, orientation: str, size: tuple[int, int]
) -> None:
    pdf = with_streets.sheet(A1, paper=paper, orientation=orientation, grey="1").pdf()
    for page in pages_mm(pdf):
        assert page == pytest.approx(size, abs=0.01)
    assert inaccessible(pdf) == []
    sizes = sizes_of(pdf)
    assert max(sizes) == 28
    assert "毎週火曜" in sizes[16]
    # Smaller than 10.5 is what stands on the map and on the legend's flag, and nothing else.
    small = "".join(text for size, text in sizes.items() if size < 10.5)
    assert "茶" in small
    assert not any(told in small for told in ("毎週", "あさひ会", "歩いて", "：", "曜日"))
    assert min(sizes) >= 9
    assert lines_of(pdf)[0].startswith("この場所から")


def test_the_same_door_is_the_same_bytes_and_names_no_place(with_streets: DoorTown) -> None:
    once, again = (with_streets.sheet(B1).pdf() for _ in range(2))
    assert once == again
    told = str(PdfReader(io.BytesIO(once)).metadata) + text_of(once)
    assert "138.5" not in told
    assert "36.00" not in told


def test_three_hundred_near_each_other_and_all_of_them_told(with_streets: DoorTown) -> None:
    """By day and in full: every mark twice, whatever the paper; a changed day is news."""
    answer = with_streets.ask(B1)
    changed = Timing(changes=(DayChange(DayChangeKind.OFF, date(2026, 4, 14), reason="わけ" * 80),))
    entries = tuple(
        treasure(n, "毎週火曜 10時〜", timing=changed if n == 7 else None, status=Status.ACTIVE)
        for n in range(1, 301)
    )
    shown = replace(
        answer.shown,
        entries=entries,
        flags=(Flag(*A1, tuple(range(1, 301))),),
        layers=area_of(*entries).layers,
        days=day_book(entries, TODAY),
    )
    near = tuple(NearPlace(n, 15, 15, 900, is_straight=False) for n in range(1, 301))
    crowded = replace(answer, shown=shown, near=near)
    for words in ({}, {"orientation": "landscape"}):
        choice = PaperChoice.from_args({"sheet": "doorstep", **words})
        window = doorstep_window(crowded, "EPSG:6676", choice)
        pdf = doorstep_sheet(crowded, no_ground(), window, choice, shapes={}).pdf()
        said = text_of(pdf)
        assert sorted(re.findall(r"第(\d{4})", said)) == sorted(
            2 * [f"{n:04}" for n in range(1, 301)]
        )
        assert said.count("わけ" * 80) == 1
