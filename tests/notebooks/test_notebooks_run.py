"""Both notebooks from top to bottom: what they say is what the questions answer."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas
import pytest
from notebooks.conftest import LoadedTown, RunNotebook

from geo.model.audience import Audience
from geo.model.coverage_question import CoverageQuestion
from geo.questions import coverage, gaps

LEVEL = "welfare_district"
pytestmark = pytest.mark.slow


def test_the_town_by_weekday_and_age(
    run_notebook: RunNotebook, minato: LoadedTown, tmp_path: Path
) -> None:
    ran = run_notebook("town_by_weekday_and_age", OUTPUT=str(tmp_path))
    assert ran.said_beside == ""
    assert ran.pictures == ["days", "ages", "matrix", "open-days"]

    with minato.database.connect(Audience.PUBLIC) as conn:
        answer = coverage(
            conn,
            CoverageQuestion(level=LEVEL),
            audience=Audience.PUBLIC,
            today=minato.today(Audience.PUBLIC),
        )
    assert len(answer.areas) == 16
    people = sum(one.figure.people or 0 for one in answer.areas)
    covered = sum(one.figure.covered[10] or 0 for one in answer.areas)
    assert 0 < covered < people
    sentence = (
        f"75歳以上{people:,}人のうち約{covered:,}人の家から、歩いて10分以内に通える場があります。"
    )
    assert sentence in ran.told("words")
    assert "道のりから計算した目安で、実際に通う人数ではありません。" in ran.told("words")
    table = ran.told("table")
    for one in answer.areas:
        assert one.area.name in table
        figure = one.figure.covered[10]
        assert "—" in table if figure is None else f">{figure:,}<" in table

    with (tmp_path / "coverage.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["地区"] for row in rows] == [one.area.name for one in answer.areas]
    frame = geopandas.read_parquet(tmp_path / "coverage.parquet")
    assert frame.geometry.notna().all()
    assert sorted(path.name for path in tmp_path.glob("*.p[nd][gf]")) == sorted(
        f"{name}.{kind}"
        for name in ("weekdays", "ages", "areas_by_weekday", "open_days")
        for kind in ("png", "pdf")
    )


def test_a_gap_report_for_the_office(
    run_notebook: RunNotebook, minato: LoadedTown, tmp_path: Path
) -> None:
    """担当者だけ: stamped, most people first, with the 町丁 nobody has visited."""
    ran = run_notebook("gap_report", OUTPUT=str(tmp_path))
    assert ran.said_beside == ""
    assert ran.pictures == ["map", "days"]
    assert "【内部用：担当者だけ】" in ran.told("words")
    assert ran.told("gaps").startswith("人の多い順")

    audience = Audience.COORDINATOR
    with minato.database.connect(audience) as conn:
        question = CoverageQuestion(level=LEVEL, code="8")
        report = gaps(conn, question, audience=audience, today=minato.today(audience))
    told = [gap.people for gap in report.gaps if gap.people]
    assert told
    assert told == sorted(told, reverse=True)
    assert f"まだ見つかっていない所が、大きいもので{len(told)}か所あります。" in ran.told("words")
    for people in told:
        assert f">{people:,}<" in ran.told("gaps")
    for name in report.unvisited or ():
        assert name in ran.told("unvisited")

    with (tmp_path / "gaps.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(report.gaps)
    assert len(geopandas.read_parquet(tmp_path / "gaps.parquet")) == len(report.gaps)


def test_a_gap_report_for_everybody_has_no_order_and_names_no_unvisited_block(
    run_notebook: RunNotebook,
) -> None:
    ran = run_notebook("gap_report", AUDIENCE="public", WEEKDAY="日")
    assert ran.said_beside == ""
    assert "内部用" not in ran.told("words")
    assert "日曜日は、" in ran.told("words")
    assert ran.told("gaps").startswith("北から南へ（順位ではありません）")
    assert ran.told("unvisited").strip() == "担当者だけに出ます。"
    assert "人の多い町丁" not in ran.told("days-table")
