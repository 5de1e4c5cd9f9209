"""The small town, loaded: what residents, partners and coordinators find in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.audience import Audience, Medium, Status

if TYPE_CHECKING:
    from conftest import LoadedTown


def names(town: LoadedTown, area: str, audience: Audience = Audience.PUBLIC) -> set[str]:
    return {entry.name for entry in town.map(area, audience).entries}


def everything(town: LoadedTown, audience: Audience) -> str:
    """All that an audience can be told, in one text."""
    return repr([town.map(area, audience) for area in town.areas(audience)]) + repr(
        town.overview(audience)
    )


def test_forty_treasures_for_everybody(port_town: LoadedTown) -> None:
    answer = port_town.overview()
    assert {layer.id: layer.count for layer in answer.layers} == {
        "gathering_place": 15,
        "salon": 8,
        "mobile_sales_stop": 7,
        "senior_club": 3,
        "neighbour_help": 4,
        "shared_table": 3,
    }
    districts = [r for r in answer.rows if r.area.level == "welfare_district"]
    assert len(districts) == 4
    assert all("☎ 000-000-000" in (r.area.contact or "") for r in districts)
    assert answer.homeless == ()


def test_one_school_district_straddles_and_says_so(port_town: LoadedTown) -> None:
    page = port_town.map("school_district/11")
    assert {(s.code, round(s.share * 100)) for s in page.straddles} == {("1", 38), ("2", 62)}
    for code in ("12", "13"):
        assert port_town.map(f"school_district/{code}").straddles == ()
    rows = port_town.areas()
    straddling = [
        name
        for name, row in rows.items()
        if any(0.05 <= o.share <= 0.95 for o in row.overlaps if o.level == "welfare_district")
        and row.area.level != "welfare_district"
    ]
    assert straddling == ["school_district/11"]


def test_three_groups_share_the_hall_and_one_flag(port_town: LoadedTown) -> None:
    page = port_town.map("neighbourhood_association/102")
    marks = {entry.number: entry.mark for entry in page.entries}
    (hall,) = [flag for flag in page.flags if len(flag.numbers) == 3]
    shared = sorted(marks[number][0] for number in hall.numbers)
    assert shared == ["サ", "通", "通"]


def test_the_association_nobody_has_drawn_has_its_list(port_town: LoadedTown) -> None:
    page = port_town.map("neighbourhood_association/111")
    assert not page.area.drawn
    found = {e.name: e.flag is not None for e in page.entries}
    assert found["階段のぼろう会"] is False
    assert found["汐見ヶ丘ながめサロン"] is True
    assert found["汐見ヶ丘団地 集会室前"] is True


def test_home_by_consent_only_to_its_block(port_town: LoadedTown) -> None:
    page = port_town.map("neighbourhood_association/108")
    (tea,) = [e for e in page.entries if e.name == "ひまわり庭のお茶会"]
    assert tea.flag is not None
    flag = page.flags[tea.flag]
    assert flag.approximate
    assert flag.numbers == (tea.number,)
    texts = dict(tea.fields)
    assert texts["住所"] == "みなと市川東一丁目"
    assert "連絡先" not in texts
    assert "会場" not in texts


def test_shown_only_in_its_district(port_town: LoadedTown) -> None:
    """地区まで: in the list of the declared association, with no flag, no address."""
    (flowers,) = [
        e
        for e in port_town.map("neighbourhood_association/110").entries
        if e.name == "だんだん花畑の会"
    ]
    assert flowers.flag is None
    assert "住所" not in dict(flowers.fields)
    assert "だんだん花畑の会" in names(port_town, "welfare_district/4")


def test_each_audience_finds_its_own_and_no_more(port_town: LoadedTown) -> None:
    public = everything(port_town, Audience.PUBLIC)
    council = everything(port_town, Audience.COUNCIL)
    partners = everything(port_town, Audience.PARTNERS)
    coordinator = everything(port_town, Audience.COORDINATOR)
    for secret, first in (
        ("網つくろいの寄り合い", council),
        ("介護する人のつどい", partners),
        ("山手楽生会", partners),
        ("浜町 朝のコーヒー", coordinator),
        ("東が丘松の会", coordinator),
        ("川東一丁目12-5", coordinator),
        ("000-000-0114", coordinator),
        ("西浜 編み物の会", coordinator),
    ):
        order = [public, council, partners, coordinator]
        for text in order[: order.index(first)]:
            assert secret not in text, secret
        assert secret in first, secret


def test_counted_never_shown(port_town: LoadedTown) -> None:
    coordinator = everything(port_town, Audience.COORDINATOR)
    for home in ("三軒のお茶飲み", "裏口の集まり", "畑帰りの縁側", "炭焼き小屋"):
        assert home not in coordinator
    assert port_town.overview(Audience.COORDINATOR).hidden_count == 4
    assert port_town.overview().hidden_count is None
    assert port_town.map("welfare_district/1", Audience.COORDINATOR).hidden_count == 1


def test_agreed_for_paper_is_not_on_screen(port_town: LoadedTown) -> None:
    def club(medium: Medium) -> list[str]:
        page = port_town.map("neighbourhood_association/108", medium=medium)
        return [e.name for e in page.entries if e.name == "川東長生会"]

    assert club(Medium.WEB) == []
    assert club(Medium.PRINT) == ["川東長生会"]


def test_paused_is_said_and_ended_is_gone(port_town: LoadedTown) -> None:
    page = port_town.map("welfare_district/1")
    states = {e.name: e.status for e in page.entries}
    assert states["うみかぜ太極拳"] is Status.PAUSED
    assert "西浜 編み物の会" not in states


def test_quiet_features_lie_under_the_flags_and_not_in_the_list(port_town: LoadedTown) -> None:
    page = port_town.map("welfare_district/2")
    under = {b.layer_title for b in page.backdrops}
    assert under == {"海岸線", "川", "鉄道", "大きな道", "目印"}
    assert "みなと駅" in {b.name for b in page.backdrops}
    assert not {"みなと駅", "潮見川"} & {e.name for e in page.entries}


def test_numbers_are_those_of_the_committed_ledger(port_town: LoadedTown) -> None:
    """The first load was committed: nobody's number moves."""
    ledger = (port_town.folder / "layers" / "numbers.csv").read_text(encoding="utf-8-sig")
    assert ledger.splitlines()[0] == "number,layer,id,given_on"
    assert len(ledger.splitlines()) == 1 + 51
    (radio,) = [
        e
        for e in port_town.map("neighbourhood_association/102").entries
        if e.name == "港の朝ラジオ体操"
    ]
    assert radio.mark == "通1"


def test_second_load_is_unchanged(port_town: LoadedTown) -> None:
    again = port_town.load()
    for changes in (*again.layers.values(), *again.levels.values()):
        assert (changes.new, changes.changed, changes.ended) == ((), (), ())
    assert sum(c.unchanged for c in again.levels.values()) == 4 + 3 + 11 + 19
