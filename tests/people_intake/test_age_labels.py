"""Labels as real tables write them: whom they count, and which columns add up to a band."""

from __future__ import annotations

import pytest

from geo.model.people import PeopleBand
from geo.people_intake.age_labels import Counted, Sex, counted
from geo.people_intake.band_columns import band_columns

BOTH, MEN, WOMEN = Sex.BOTH, Sex.MEN, Sex.WOMEN


@pytest.mark.parametrize(
    ("label", "whom"),
    [
        # T001082
        ("総数、年齢「不詳」含む", Counted(BOTH)),
        ("総数０～４歳", Counted(BOTH, 0, 4)),
        ("総数１５歳未満", Counted(BOTH, 0, 14)),
        ("総数６５歳以上", Counted(BOTH, 65)),
        ("男の総数、年齢「不詳」含む", Counted(MEN)),
        ("女７５歳以上", Counted(WOMEN, 75)),
        # mesh tables
        ("人口（総数）", Counted(BOTH)),
        ("人口（総数）　男", Counted(MEN)),
        ("　６５歳以上人口　総数", Counted(BOTH, 65)),
        ("　１５～６４歳人口　女", Counted(WOMEN, 15, 64)),
        ("９５歳以上人口　総数", Counted(BOTH, 95)),
        # 地域・年齢別人口
        ("総人口", Counted(BOTH)),
        ("0-4歳の男性", Counted(MEN, 0, 4)),
        ("85歳以上の女性", Counted(WOMEN, 85)),
        ("totalPopulation", Counted(BOTH)),
        ("male", Counted(MEN)),
        ("woman", Counted(WOMEN)),
        ("man1", Counted(MEN, 0, 4)),
        ("woman14", Counted(WOMEN, 65, 69)),
        ("man18", Counted(MEN, 85)),
        # others
        ("JINKO", Counted(BOTH)),
        ("人口（人）(計)", Counted(BOTH)),
        ("0〜4（歳）", Counted(BOTH, 0, 4)),
        ("100歳以上", Counted(BOTH, 100)),
        ("高齢者人口（65歳以上）", Counted(BOTH, 65)),
        ("うち75歳以上（再掲）", Counted(BOTH, 75)),
        # what does not count people by age alone
        ("世帯数", None),
        ("世帯総数", None),
        ("６５歳以上世帯員のいる一般世帯数", None),
        ("高齢単身世帯数", None),
        ("外国人人口　総数", None),
        ("年齢「不詳」", None),
        ("平均年齢", None),
        ("高齢者", None),
        ("年齢", None),
        ("人", None),
        ("", None),
        ("man19", None),
        ("65歳以上70歳未満", None),
    ],
)
def test_whom_a_column_counts(label: str, whom: Counted | None) -> None:
    assert counted(label) == whom


def test_a_band_is_one_column_where_there_is_one() -> None:
    labels = ["番号", "総数", "65～69歳", "70～74歳", "75歳以上", "65歳以上", "男65歳以上"]
    assert band_columns(labels) == {
        PeopleBand.EVERYBODY: (1,),
        PeopleBand.FROM_65: (5,),
        PeopleBand.FROM_75: (4,),
    }


def test_a_band_is_its_ages_up_to_the_oldest() -> None:
    labels = ["65～69歳", "70～74歳", "75～79歳", "80～84歳", "85～89歳", "90歳以上", "総数"]
    assert band_columns(labels) == {
        PeopleBand.EVERYBODY: (6,),
        PeopleBand.FROM_65: (0, 1, 2, 3, 4, 5),
        PeopleBand.FROM_75: (2, 3, 4, 5),
        PeopleBand.FROM_85: (4, 5),
    }


def test_a_gap_among_the_ages_makes_no_band() -> None:
    assert band_columns(["総数", "65～69歳", "75歳以上"]) == {
        PeopleBand.EVERYBODY: (0,),
        PeopleBand.FROM_75: (2,),
    }


def test_men_and_women_are_added_where_nobody_added_them() -> None:
    labels = ["男性", "女性", "65歳以上の男性", "65歳以上の女性", "75歳以上の男性"]
    assert band_columns(labels) == {PeopleBand.EVERYBODY: (0, 1), PeopleBand.FROM_65: (2, 3)}
