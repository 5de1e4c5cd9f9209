"""People are loaded with the town: by edition, all or nothing, and only when they differ."""

from __future__ import annotations

import shutil

import pytest
from people_load.conftest import PeopledTown
from typed_command import typed_on

from geo.cluster import Cluster
from geo.errors import LoadRefusedError
from geo.loading import is_loaded
from geo.model.audience import Audience

READS = "人口を読んでいます"
COUNTS = "地区の人口を数えています"
EDITIONS = "SELECT count(*) FROM town.edition WHERE kind = 'people'"


def test_sixteen_squares_of_ten(town: PeopledTown) -> None:
    answer = town.load()
    assert answer.people is not None
    assert (answer.people.rows, answer.people.total, answer.people.is_new) == (16, 160, True)
    assert answer.as_json()["people"] == {"rows": 16, "total": 160}
    assert answer.people.said_ja == "16か所、160人（うち65歳以上160人、75歳以上80人）"
    assert town.seen("SELECT count(*), sum(people), sum(people_75), count(people_85) FROM people_cell") == [
        (16, 160, 80, 0)
    ]  # fmt: skip
    assert town.seen(
        "SELECT id, code, name, merged FROM people_cell WHERE id IN (0, 15) ORDER BY id"
    ) == [
        (0, "A1", "松町", []),
        (15, "D4", "空町", []),
    ]
    columns = "people_title, people_source, people_licence, people_as_of::text, people_shares"
    assert town.seen(f"SELECT {columns} FROM town") == [
        ("人口", "テスト", "CC0-1.0", "2026-04-01", {})
    ]
    assert town.owned("SELECT form, cells, total FROM town.people") == [("polygons", 16, 160.0)]


def test_the_same_files_are_not_even_read(town: PeopledTown) -> None:
    assert any(said.startswith(READS) for said in town.told())
    assert is_loaded(town.settings)
    told = town.told()
    assert not [said for said in told if said.startswith((READS, COUNTS))]
    people = town.load().people
    assert people is not None
    assert (people.rows, people.total, people.is_new, people.said_ja) == (16, 160, False, None)
    assert town.owned(EDITIONS) == [(1,)]
    assert town.seen("SELECT revision FROM town") == [(1,)]


def test_another_count_is_another_edition(town: PeopledTown) -> None:
    town.load()
    town.count({"A1": {"人口": 30}})
    assert not is_loaded(town.settings)
    assert town.load().as_json()["people"] == {"rows": 16, "total": 180}
    assert town.areas()["quarter/q1"] == (60, 40)
    assert town.owned(EDITIONS) == [(2,)]
    assert town.owned("SELECT count(*) FROM town.people_cell") == [(32,)]
    assert town.seen("SELECT count(*), sum(people) FROM people_cell") == [(16, 180)]
    assert town.seen("SELECT revision FROM town") == [(2,)]


def test_a_share_that_is_assumed_is_kept_with_the_edition(town: PeopledTown) -> None:
    town.load()
    town.say('"75" = "75歳以上"', "[shares]\n75 = 0.25")
    file = town.boundaries / "people.geojson"
    file.write_text(file.read_text("utf-8").replace(', "75歳以上": 5', ""), "utf-8")
    answer = town.load()
    assert answer.people is not None
    assert answer.people.said_ja is not None
    assert answer.people.said_ja.endswith("75歳以上は、住民の25%とみなした人数です")
    assert town.seen("SELECT people_shares FROM town") == [({"75": 0.25},)]
    assert town.seen("SELECT DISTINCT people_75 FROM people_cell") == [(2.5,)]


def test_older_people_are_history_and_never_current(town: PeopledTown) -> None:
    town.load()
    town.say("2026-04-01", "2020-10-01")
    town.count({"A1": {"人口": 30}})
    for _ in range(2):  # the second time the backfill is there already
        answer = town.load()
        assert answer.people is not None
        assert answer.people.is_backfill
        assert answer.as_json()["people"] == {"rows": 16, "total": 160}
        assert answer.as_json()["backfilled"] == ["people"]
        assert town.owned(EDITIONS) == [(2,)]
        assert town.seen("SELECT people_as_of::text FROM town") == [("2026-04-01",)]
    assert town.seen("SELECT sum(people) FROM people_cell") == [(160,)]
    assert town.areas()["quarter/q1"] == (40, 40)


def test_people_that_leave_are_kept_as_history_and_may_come_back(town: PeopledTown) -> None:
    town.load()
    manifest = town.boundaries / "people.toml"
    kept = manifest.read_text("utf-8")
    manifest.unlink()
    answer = town.load()
    assert answer.people is not None
    assert answer.people.is_ended
    assert town.seen("SELECT count(*) FROM people_cell") == [(0,)]
    assert town.seen("SELECT count(*) FROM area_people") == [(0,)]
    assert town.seen("SELECT people_edition, people_title FROM town") == [(None, None)]
    assert town.areas()["quarter/q1"] == (None, None)
    assert town.owned("SELECT count(*) FROM town.people_cell") == [(16,)]
    assert town.load().people is None
    assert town.load().as_json()["people"] == {"rows": 0, "total": 0}
    assert town.seen("SELECT revision FROM town") == [(2,)]
    manifest.write_text(kept, "utf-8")
    assert town.load().as_json()["people"] == {"rows": 16, "total": 160}
    assert town.areas()["quarter/q1"] == (40, 40)


def test_a_dry_run_reads_and_writes_nothing(town: PeopledTown) -> None:
    town.load()
    town.count({"A1": {"人口": 30}})
    said: list[str] = []
    answer = town.load(dry_run=True, progress=said.append)
    assert answer.as_json()["people"] == {"rows": 16, "total": 180}
    assert any(sentence.startswith(READS) for sentence in said)
    assert town.owned(EDITIONS) == [(1,)]
    assert town.seen("SELECT sum(people) FROM people_cell") == [(160,)]


def test_a_fault_refuses_the_whole_load(town: PeopledTown) -> None:
    town.load()
    town.count({"A1": {"人口": -1}})
    (town.settings.town / "layers" / "tea" / "tea.csv").unlink()
    shutil.copy(  # another change, which must not be loaded alone
        town.settings.town / "layers" / "stop" / "stop.csv",
        town.settings.town / "layers" / "tea" / "tea.csv",
    )
    with pytest.raises(LoadRefusedError):
        town.load(accept_ended=8)
    assert town.seen("SELECT sum(people) FROM people_cell") == [(160,)]
    assert town.seen("SELECT revision FROM town") == [(1,)]


def test_the_fault_is_told_in_words(town: PeopledTown) -> None:
    town.count({"A1": {"人口": -1}})
    with pytest.raises(LoadRefusedError) as refused:
        town.load()
    assert refused.value.message_ja == (
        "人口のファイルに、直すまで読み込めないところが1件あります。何も変えていません。"
    )
    assert [problem.code for problem in refused.value.problems] == ["people-count-wrong"]


def test_everybody_reads_the_same_people(town: PeopledTown) -> None:
    town.load()
    for view in ("people_cell", "area_people"):
        query = f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {view} t"
        assert len({town.seen(query, audience)[0] for audience in Audience}) == 1, view


def test_how_people_walk_is_said_by_the_town(town: PeopledTown) -> None:
    town.load()
    columns = "walk_speed_m_per_min, walk_limits_min, attach_limit_m, people_band"
    assert town.seen(f"SELECT {columns} FROM town") == [(None, [5, 10, 15], 300, "65")]
    with (town.boundaries / "municipality.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(
            'walk_speed_m_per_min = 45\nwalk_limits_min = [6, 12]\nattach_limit_m = 150\npeople_band = "75"\n'
        )
    town.load()
    assert town.seen(f"SELECT {columns}, revision FROM town") == [(45, [6, 12], 150, "75", 2)]
    assert town.load().people is not None
    assert town.seen("SELECT revision FROM town") == [(2,)]


def test_the_commands_say_the_people(
    town: PeopledTown,
    cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    otakara = typed_on(town.settings.town, monkeypatch, capsys, cluster=cluster.folder)
    first = otakara("load")
    assert "人口：16か所、160人（うち65歳以上160人、75歳以上80人）\n" in first.stdout, first.stderr
    assert "人口：16か所、160人（そのまま）\n" in otakara("load").stdout
    table = otakara("areas", "--level", "strip").stdout
    assert "人口" in table
    assert "65歳以上" in table
    row = next(line for line in table.splitlines() if "鶴亀の会" in line)
    assert row.count(" 40 ") == 2
    assert "人口  人口: 16か所、160人（うち65歳以上160人、75歳以上80人）" in otakara("check").stdout
    town.say("2026-04-01", "2020-10-01")
    older = otakara("load").stdout
    assert "人口：16か所、160人のままです。読んだものは今あるものより古い版なので" in older
    (town.boundaries / "people.toml").unlink()
    assert "人口：なくなりました（これまでの分は、記録に残しています）。" in otakara("load").stdout
