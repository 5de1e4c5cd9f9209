"""Her workbook: two sheets, title rows, merged cells, ○×, 和暦, twelve without an address."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from drafting.drafted import TODAY, Draft, became

from geo.drafting import (
    Choices,
    SheetChoices,
    draft_list,
    needs_municipality,
    plan_publication,
    publish,
    write_draft,
)
from geo.errors import LoadRefusedError, WordsError
from geo.intake import read_town
from geo.model.audience import Audience, ConsentScope


def test_what_each_column_became(draft: Draft, her_workbook: Path) -> None:
    found = draft(her_workbook)
    assert became(found) == {
        "地区": "area",
        "No.": "left_out",
        "名 称": "name",
        "ﾌﾘｶﾞﾅ": "kana",
        "会場": "venue",
        "住所": "address",
        "曜日": "schedule",
        "時間": "schedule",
        "参加費（円）": "fee",
        "設立年月日": "started_on",
        "代表者・電話": "contact",
        "掲載可否": "audience",
    }
    assert became(found, 1) == {
        "№": "left_out",
        "停車場所": "name",
        "所在地": "address",
        "曜日": "schedule",
        "到着時刻": "schedule",
        "売る物": "activities",
        "備考": "note",
    }
    first = {c.header: c for c in found.layers[0].columns}
    assert first["掲載可否"].label_ja == "掲載可否"
    assert first["No."].reason_ja.startswith("行の通し番号")
    assert found.layers[1].columns[1].reason_ja == "ほかに名前の列がないので"


def test_the_manifest_is_what_a_person_would_write(draft: Draft, her_workbook: Path) -> None:
    found = draft(her_workbook)
    manifest = tomllib.loads(found.layers[0].manifest)
    assert manifest == {
        "title": "つどいの場",
        "symbol": "場",
        "color": "#0f7a45",
        "order": 10,
        "source": "ためし町",
        "licence": "内部資料（公開の条件は、まだ確かめていません）",
        "as_of": date(2026, 3, 31),
        "data": "通いの一覧.xlsx",
        "sheet": "つどいの場",
        "header_row": 5,
        "identify": ["名 称"],
        "leave_out": ["No."],
        "columns": {
            "schedule": ["曜日", "時間"],
            "kana": "ﾌﾘｶﾞﾅ",
            "fee": "参加費（円）",
            "contact": "代表者・電話",
            "started_on": "設立年月日",
        },
        "drop": {"No.": ["計"]},
        "show": {
            "日時": "開催日時",
            "会場": "会場",
            "住所": "住所",
            "参加費": "参加費（円）",
            "連絡先": "代表者・電話",
        },
    }
    assert (
        "令和8年3月31日現在" in found.layers[0].manifest
    )  # the comment says where the day is from
    second = tomllib.loads(found.layers[1].manifest)
    assert second["data"] == "../list_1/通いの一覧.xlsx"
    assert (second["symbol"], second["order"], second["as_of"]) == ("買", 20, TODAY)
    assert second["color"] != manifest["color"]


def test_counts_and_what_was_noticed(draft: Draft, her_workbook: Path) -> None:
    found = draft(her_workbook)
    layer = found.layers[0]
    assert layer.counts_ja == "30件を読み込みました。だれでも見られるもの 11件、担当者だけ 19件"
    assert (
        found.layers[1].counts_ja
        == "12件を読み込みました。だれでも見られるもの 0件、担当者だけ 12件"
    )
    assert found.ok
    assert sum(t.address is None for t in layer.reading.treasures) == 12
    assert layer.said_ja == (
        "見出しは5行目です。その上の「令和8年度　地域のつどいの場　一覧表」「（令和8年3月31日現在）」は題名とみました。",
        "見出しは4行目と5行目の2段です。",
        "2026年3月31日の一覧としました。",
        "IDの列がないので、「名 称」で見分けます。重なるものはありませんでした。",
        "36行目（計）は、お宝の行でないとみて除きます。",
    )
    assert found.said_ja[0] == "「記入のしかた」シート：表がありません。"
    assert found.level is not None
    assert (found.level.title, found.level.names) == ("地区", ("東", "中", "西"))
    codes = Counter(problem.code for problem in layer.problems)
    assert codes["rows-hidden"] == codes["row-note"] == codes["cells-merged"] == 1


def test_it_loads_as_it_was_previewed(draft: Draft, her_workbook: Path, tmp_path: Path) -> None:
    found = draft(her_workbook)
    folders = write_draft(found)
    town = tmp_path / "town"
    assert [folder.relative_to(town).as_posix() for folder in folders] == [
        "layers/list_1",
        "layers/list_2",
    ]
    assert sorted(p.name for p in folders[0].iterdir()) == ["layer.toml", "通いの一覧.xlsx"]
    assert [p.name for p in folders[1].iterdir()] == ["layer.toml"]
    assert not needs_municipality(town)
    reading = read_town(town, None)
    assert reading.errors == ()
    assert reading.town.municipality.metric_crs == "EPSG:6676"  # zone 8, from the code alone
    records = {t.name: t for t in reading.layers[0].treasures}
    assert reading.layers[0].treasures == found.layers[0].reading.treasures
    assert len(records) == 30
    by_area = Counter(t.area for t in records.values())
    assert by_area == {"東": 10, "中": 10, "西": 10}  # a block merged downwards, ten rows each
    first = reading.layers[0].treasures[0]
    assert first.schedule == "第2・4木 10時〜"
    assert first.started_on == date(2019, 4, 1)  # H31.4.1
    assert first.contact == "山田 054-000-1001"
    assert first.contact_audience is Audience.COORDINATOR
    assert "No." not in first.extra
    stop = reading.layers[1].treasures[0]
    assert (stop.schedule, stop.activities) == ("火・金 9:30", "生鮮食品、日用品")


def test_a_second_time_is_refused_and_changes_nothing(
    draft: Draft, her_workbook: Path, tmp_path: Path
) -> None:
    write_draft(draft(her_workbook))
    town = tmp_path / "town"
    before = {p: p.read_bytes() for p in town.rglob("*") if p.is_file()}
    with pytest.raises(LoadRefusedError) as refused:
        draft_list(town, None, her_workbook, today=TODAY)
    assert refused.value.message_ja == (
        "この一覧は、もう「つどいの場」（layers/list_1）にあります。何も変えていません。"
    )
    changed = tmp_path / "b" / her_workbook.name
    changed.parent.mkdir()
    changed.write_bytes(her_workbook.read_bytes() + b"\0")
    with pytest.raises(LoadRefusedError, match="list of the same name"):
        draft_list(town, None, changed, today=TODAY)
    with pytest.raises(LoadRefusedError) as refused:
        draft_list(
            town, None, her_workbook.rename(tmp_path / "c.xlsx"), today=TODAY, layer_id="list_1"
        )
    assert "もう" in refused.value.message_ja
    assert {p: p.read_bytes() for p in town.rglob("*") if p.is_file()} == before


def test_two_writers_of_one_draft(draft: Draft, her_workbook: Path, tmp_path: Path) -> None:
    found = draft(her_workbook)
    write_draft(found)
    before = {p: p.read_bytes() for p in (tmp_path / "town").rglob("*") if p.is_file()}
    with pytest.raises(LoadRefusedError):
        write_draft(found)
    assert {p: p.read_bytes() for p in (tmp_path / "town").rglob("*") if p.is_file()} == before


def test_what_was_half_written_is_taken_away(
    draft: Draft, her_workbook: Path, tmp_path: Path
) -> None:
    found = draft(her_workbook)
    (tmp_path / "town" / "layers" / "list_2").mkdir(parents=True)
    with pytest.raises(LoadRefusedError):
        write_draft(found)
    left = sorted(
        p.relative_to(tmp_path / "town").as_posix() for p in (tmp_path / "town").rglob("*")
    )
    assert left == ["boundaries", "layers", "layers/list_2"]


def test_choices_of_the_page_win(draft: Draft, her_workbook: Path) -> None:
    chosen = SheetChoices(
        title="お茶の会",
        layer_id="tea_party",
        symbol="茶",
        color="#123456",
        columns={"D": "left_out", "I": "shown", "E": "organiser"},
    )
    found = draft(
        her_workbook, choices=Choices({"つどいの場": chosen, "買い物の足": SheetChoices(use=False)})
    )
    (layer,) = found.layers
    assert (layer.id, layer.title, layer.symbol, layer.color) == (
        "tea_party",
        "お茶の会",
        "茶",
        "#123456",
    )
    fields = became(found)
    assert (fields["ﾌﾘｶﾞﾅ"], fields["参加費（円）"], fields["会場"]) == (
        "left_out",
        "shown",
        "organiser",
    )
    first = layer.reading.treasures[0]
    assert (first.kana, first.fee, first.venue, first.organiser) == (None, None, None, "中会館")
    assert first.extra["参加費（円）"]
    with pytest.raises(WordsError):
        draft(her_workbook, choices=Choices({"つどいの場": SheetChoices(columns={"A": "おどり"})}))
    with pytest.raises(WordsError):
        draft(her_workbook, layer_id="../oops")


def test_publishing_the_whole_list(draft: Draft, her_workbook: Path, tmp_path: Path) -> None:
    """○ is seen already; only rows that say nothing change; ×, 未確認, △ and － stay hidden."""
    write_draft(draft(her_workbook))
    town = tmp_path / "town"
    plan = plan_publication(town, None, "list_1", "公表済みの冊子に掲載")
    assert (plan.now_visible, plan.would_be_visible, plan.stays_hidden) == (11, 14, 16)
    assert plan.contacts == 14
    assert plan.sentences_ja[0] == (
        "「つどいの場」で、だれでも見られるものは 11件 から 14件 になります（新しく見えるもの 3件）。"
    )
    assert "16件は、これまでどおり" in plan.sentences_ja[1]
    text = (town / "layers/list_1/layer.toml").read_text("utf-8")
    publish(plan)
    after = (town / "layers/list_1/layer.toml").read_text("utf-8")
    assert set(after.splitlines()) - set(text.splitlines()) == {
        'audience = "だれでも"',
        'publication_basis = "公表済みの冊子に掲載"',
    }
    assert set(text.splitlines()) <= set(after.splitlines())
    reading = read_town(town, None)
    shown = [t for t in reading.layers[0].treasures if t.audience is Audience.PUBLIC]
    assert len(shown) == 14
    assert {(c.scope, c.basis) for t in shown for c in t.consents} == {
        (ConsentScope.WEB, "公表済みの冊子に掲載"),
        (ConsentScope.PRINT, "公表済みの冊子に掲載"),
    }
    again = plan_publication(town, None, "list_1", "公表済みの冊子に掲載")
    assert not again.is_change
    # The other list has no 掲載可否: all of it, in one step.
    publish(plan_publication(town, None, "list_2", "時刻表をお店が公表済み"))
    reading = read_town(town, None)
    assert {t.audience for t in reading.layers[1].treasures} == {Audience.PUBLIC}


def test_a_publication_is_refused_when_the_manifest_changed_meanwhile(
    draft: Draft, her_workbook: Path, tmp_path: Path
) -> None:
    write_draft(draft(her_workbook))
    plan = plan_publication(tmp_path / "town", None, "list_1", "公表済み")
    manifest = tmp_path / "town/layers/list_1/layer.toml"
    manifest.write_text(manifest.read_text("utf-8") + "# なおした\n", "utf-8")
    with pytest.raises(LoadRefusedError):
        publish(plan)
    assert "audience" not in tomllib.loads(manifest.read_text("utf-8"))
    for basis in ("", "  ", "x" * 101, "a\x1bb"):
        with pytest.raises(WordsError):
            plan_publication(tmp_path / "town", None, "list_1", basis)
    with pytest.raises(WordsError, match="no layer"):
        plan_publication(tmp_path / "town", None, "list_9", "公表済み")
