"""The demonstration town, loaded: what each audience finds in it, counted."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from towns.minato.divisions import associations
from towns.minato.gatherings import FULL_HALL, FULL_HALL_GROUPS
from towns.minato.lists import lists
from towns.minato.plan import Scope
from towns.minato.treasures import Treasure

from geo.model.answers import Entry
from geo.model.audience import Audience, Medium, Status
from geo.schedule import parse

if TYPE_CHECKING:
    from conftest import LoadedTown

DISTRICTS = [f"welfare_district/{number}" for number in range(1, 17)]
COUNTED = ("gathering_place", "senior_club", "salon")
TABLE: dict[str, tuple[int | None, ...]] = {
    "西地区": (15, None, 3),
    "上地区": (4, None, 4),
    "中央地区": (1, None, 1),
    "魚町地区": (5, None, 4),
    "南町・柏崎地区": (2, None, None),
    "南地区": (1, None, None),
    "鹿折地区": (12, 3, 6),
    "松岩地区": (2, None, 10),
    "新月地区": (11, 7, 3),
    "階上地区": (4, None, 3),
    "大島地区": (4, 1, None),
    "面瀬地区": (5, None, 7),
    "唐桑地区": (22, None, 2),
    "津谷地区": (2, None, 1),
    "小泉地区": (3, None, None),
    "大谷地区": (4, None, 4),
}
"""District: gathering places, senior clubs, salons that meet monthly or more."""


@pytest.fixture(scope="module")
def meant(minato: LoadedTown) -> dict[int, Treasure]:
    """What the generator means by each number of the loaded town's ledger."""
    made = {(t.layer, t.id): t for treasures in lists().values() for t in treasures}
    text = (minato.folder / "layers" / "numbers.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        int(row["number"]): made[row["layer"], row["id"]]
        for row in rows
        if (row["layer"], row["id"]) in made
    }


def table(town: LoadedTown, counts: Callable[[Entry], bool]) -> dict[str, tuple[int | None, ...]]:
    """The table of the districts, by what everybody sees on the web; nothing is a blank."""
    found = {}
    for area in DISTRICTS:
        page = town.map(area)
        kinds = Counter(entry.layer for entry in page.entries if counts(entry))
        found[page.area.name] = tuple(kinds[layer] or None for layer in COUNTED)
    return found


def test_306_for_everybody_in_their_districts_once_each(
    minato: LoadedTown, meant: dict[int, Treasure]
) -> None:
    answer = minato.overview()
    assert {layer.id: layer.count for layer in answer.layers} == {
        "gathering_place": 111,
        "salon": 54,
        "mobile_sales_stop": 44,
        "senior_club": 15,
        "neighbour_help": 48,
        "shared_table": 32,
        "open_air_cafe": 2,
    }
    assert [entry.name for entry in answer.homeless] == [
        "電話のおしゃべり便 こだま",
        "手紙の友 ゆうびん倶楽部",
    ]
    seen = Counter(e.number for area in DISTRICTS for e in minato.map(area).entries)
    assert set(seen.values()) == {1}
    assert len(seen) + len(answer.homeless) == 306
    assert {number for number, t in meant.items() if t.scope is Scope.PUBLIC} == {
        *seen,
        *(entry.number for entry in answer.homeless),
    }
    for area in DISTRICTS:
        code = area.split("/")[1]
        assert {meant[e.number].district for e in minato.map(area).entries} == {code}
    desks = {row.area.contact for row in answer.rows if row.area.level == "welfare_district"}
    assert len(desks) == 16


def test_omose_has_17_and_the_extremes_39_and_2(minato: LoadedTown) -> None:
    sizes = {page.area.name: len(page.entries) for page in map(minato.map, DISTRICTS)}
    assert sizes["面瀬地区"] == 17
    assert (sizes["唐桑地区"], sizes["南地区"]) == (39, 2)
    assert max(sizes.values()) == 39
    assert min(sizes.values()) == 2


def test_the_published_table_comes_out_as_it_is_meant(
    minato: LoadedTown, meant: dict[int, Treasure]
) -> None:
    found = table(minato, lambda entry: meant[entry.number].rhythm.is_monthly_or_more)
    assert found == TABLE
    totals = [sum(row[i] or 0 for row in found.values()) for i in range(3)]
    assert totals == [97, 11, 48]
    everything = table(minato, bool)
    assert [sum(row[i] or 0 for row in everything.values()) for i in range(3)] == [111, 15, 54]


def test_the_published_table_comes_out_when_the_schedules_are_read(minato: LoadedTown) -> None:
    """Every text by itself: what is open less than monthly, or nobody knows when, drops out."""
    assert (
        table(minato, lambda entry: parse(entry.schedule or "").frequency.monthly_or_more) == TABLE
    )


def test_every_frequency_is_read_as_it_is_meant(meant: dict[int, Treasure]) -> None:
    for treasure in meant.values():
        if treasure.layer in COUNTED:
            text = treasure.row["開催日時"]
            read = parse(text).frequency.monthly_or_more
            assert read is treasure.rhythm.is_monthly_or_more, text


@pytest.mark.realdata
def test_the_table_is_the_published_one() -> None:
    facts = Path(os.environ["OTAKARA_REALDATA"]).resolve().parent / "facts"
    with (facts / "kesennuma_r6_march.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ("gathering_places", "senior_clubs", "salons")
    assert {
        row["district"]: tuple(int(row[c]) if row[c] else None for c in columns) for row in rows
    } == TABLE
    assert [row["district"] for row in rows] == list(TABLE)


def test_each_audience_finds_its_own_and_no_more(
    minato: LoadedTown, meant: dict[int, Treasure]
) -> None:
    def found(audience: Audience, medium: Medium = Medium.WEB) -> Counter[Scope]:
        numbers = {
            entry.number
            for area in DISTRICTS
            for entry in minato.map(area, audience, medium).entries
        }
        return Counter(meant[number].scope for number in numbers)

    public = {Scope.PUBLIC: 304}  # and the two without any district
    assert found(Audience.PUBLIC) == public
    assert found(Audience.COUNCIL) == public | {Scope.COUNCIL: 22}
    partners = public | {Scope.COUNCIL: 22, Scope.PARTNERS: 26}
    assert found(Audience.PARTNERS) == partners
    assert found(Audience.COORDINATOR) == partners | {
        Scope.COORDINATOR: 26,
        Scope.NO_WEB_CONSENT: 16,
        Scope.ENDED: 10,
    }
    assert found(Audience.PUBLIC, Medium.PRINT) == public | {Scope.NO_WEB_CONSENT: 12}
    assert minato.overview(Audience.COORDINATOR).hidden_count == 24
    assert minato.overview().hidden_count is None


def test_homes_are_coarsened_and_groups_without_a_hall_stay_in_the_list(
    minato: LoadedTown, meant: dict[int, Treasure]
) -> None:
    shown: Counter[str] = Counter()
    for area in DISTRICTS:
        page = minato.map(area)
        for entry in page.entries:
            row = meant[entry.number].row
            how = row.get("地図での示し方", "場所どおり")
            if entry.flag is None:
                shown[how + "、旗なし"] += 1
            elif page.flags[entry.flag].approximate:
                shown[how + "、およその旗"] += 1
            else:
                shown[how] += 1
            if how != "場所どおり":
                texts = "".join(text for _, text in entry.fields)
                house = row["住所"].removeprefix("みなと市")
                assert house not in texts
                assert row["会場"] not in texts
    assert shown == {
        "場所どおり": 281,
        "場所どおり、およその旗": 5,
        "場所どおり、旗なし": 4,
        "町丁目まで、およその旗": 6,
        "地区まで、旗なし": 5,
        "のせない、旗なし": 3,
    }


def test_eight_groups_share_one_hall(minato: LoadedTown) -> None:
    page = minato.map("welfare_district/13")
    number = max(page.flags, key=lambda flag: len(flag.numbers))
    assert FULL_HALL_GROUPS == 8
    assert len(number.numbers) >= 8
    venues = {e.venue for e in page.entries if e.number in number.numbers}
    assert venues == {FULL_HALL}


def test_paused_is_said(minato: LoadedTown) -> None:
    states = Counter(e.status for area in DISTRICTS for e in minato.map(area).entries)
    assert states == {Status.ACTIVE: 294, Status.PAUSED: 10}


def test_every_association_has_its_page_some_without_a_treasure(minato: LoadedTown) -> None:
    pages = {a.name: minato.map(f"neighbourhood_association/{a.code}") for a in associations()}
    assert sum(not page.area.drawn for page in pages.values()) == 5
    empty = [name for name, page in pages.items() if not page.entries]
    assert "才の神開拓振興会" in empty
    assert "石浜振興会" in empty
    assert max(len(page.entries) for page in pages.values()) == 11


def test_five_of_twelve_school_districts_straddle_and_say_so(minato: LoadedTown) -> None:
    straddling = {}
    for number in range(11, 23):
        page = minato.map(f"school_district/{number}")
        shares = [s for s in page.straddles if s.level == "welfare_district"]
        if shares:
            straddling[page.area.name] = sorted(round(s.share * 100) for s in shares)
    assert set(straddling) >= {"みなと西小学校区", "松の木小学校区", "大谷浜小学校区"}
    assert len(straddling) >= 3


def test_62400_people_are_in_one_area_of_every_level(minato: LoadedTown) -> None:
    """Four of its 152 blocks are suppressed and counted with a neighbour."""
    people = minato.first.people
    assert people is not None
    assert people.said_ja == (
        "148か所、62,400人（うち65歳以上22,330人、75歳以上11,824人）。"
        "人数が少ないので、となりと合わせて数えてある地区が4"
    )
    found: dict[str, list[tuple[int | None, int | None]]] = {}
    for row in minato.areas().values():
        found.setdefault(row.area.level, []).append((row.people, row.people_65))
    assert {level: len(rows) for level, rows in found.items()} == {
        "welfare_district": 16,
        "school_district": 12,
        "neighbourhood_association": 90,
        "town_block": 152,
    }
    for level, rows in found.items():
        told = [row for row in rows if row != (None, None)]
        total, older = (sum(column) for column in zip(*told, strict=True))
        assert abs(total - 62_400) <= len(told) / 2, level  # rounded area by area
        assert abs(older - 22_330) <= len(told) / 2, level


def test_a_second_load_is_unchanged_and_leaves_the_ledger_alone(minato: LoadedTown) -> None:
    ledger = minato.folder / "layers" / "numbers.csv"
    before = ledger.read_bytes()
    again = minato.load()
    for changes in (*again.layers.values(), *again.levels.values()):
        assert (changes.new, changes.changed, changes.ended) == ((), (), ())
    assert sum(c.unchanged for c in again.levels.values()) == 16 + 12 + 90 + 152
    assert ledger.read_bytes() == before
    root = Path(__file__).resolve().parents[2] / "layers" / "numbers.csv"
    assert root.read_bytes() == before
