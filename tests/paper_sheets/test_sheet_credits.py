"""Sources stand on a sheet once each."""

from __future__ import annotations

from webmap.paper.sheets.sheet_credits import sheet_credits


def test_what_differs_in_its_day_only_stands_there_once() -> None:
    told = (
        "出典：みなと市社会福祉協議会（CC0-1.0）",
        "出典：国土数値情報（CC BY 4.0）",
        "出典：みなと市社会福祉協議会（CC0-1.0、2026年4月1日現在）",
        "出典：みなと市社会福祉協議会（CC0-1.0、2025年10月1日現在）",
        "出典：国土数値情報（CC BY 4.0）",
    )
    assert sheet_credits(told) == (
        "出典：みなと市社会福祉協議会（CC0-1.0、2026年4月1日・2025年10月1日現在）",
        "出典：国土数値情報（CC BY 4.0）",
    )


def test_other_sources_and_other_licences_stay_apart() -> None:
    told = (
        "出典：甲（CC0-1.0）",
        "出典：甲（CC BY 4.0）",
        "出典：乙",
        "出典：乙、2026年4月1日現在",
    )
    assert sheet_credits(told) == (*told[:2], "出典：乙、2026年4月1日現在")
    assert sheet_credits(()) == ()
