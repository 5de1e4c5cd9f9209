"""What a load changes, told by name; what stands, and what is only history."""

from __future__ import annotations

import shutil
from typing import Any

from geo.loading import is_loaded
from geo.model.answers import Changes


def test_the_same_files_twice_change_nothing(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    first = files.load()
    assert first.layers == {"tea": Changes(new=tuple(row[1] for row in ten))}
    assert first.levels == {"ward": Changes(new=("中区",))}
    rows = files.seen("SELECT * FROM treasure ORDER BY number")
    editions = files.owned("SELECT count(*) FROM town.edition")
    second = files.load()
    assert second.layers == {"tea": Changes(unchanged=10)}
    assert second.levels == {"ward": Changes(unchanged=1)}
    assert files.owned("SELECT count(*) FROM town.edition") == editions
    assert files.seen("SELECT * FROM treasure ORDER BY number") == rows
    assert files.seen("SELECT revision FROM town") == [(1,)]


def test_new_changed_unchanged_and_ended_are_told_by_name(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.load()
    changed = [row[:] for row in ten[:-1]]
    changed[3][1] = "新しい名"
    files.write_list(
        [*changed, ["g99", "増えた会", "書類町本町99-1", 34.84, 138.32]], as_of="2026-02-01"
    )
    answer = files.load()
    assert answer.layers["tea"] == Changes(("増えた会",), ("新しい名",), 8, ("集まり9",))
    assert "集まり9" not in files.names()
    assert files.numbers()["増えた会"] == 11
    assert files.seen("SELECT revision FROM town") == [(2,)]
    # Ended, never deleted; and unchanged contents are stored once for both editions.
    assert files.owned("SELECT count(*) FROM town.treasure_version") == [(12,)]
    assert files.owned("SELECT count(*) FROM town.edition_treasure") == [(20,)]


def test_an_older_list_never_becomes_current(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten, as_of="2026-04-01")
    files.load()
    old = [row[:] for row in ten]
    old[0][1] = "昔の名"
    files.write_list(old[:4], as_of="2025-04-01")
    for _ in range(2):  # the second time the backfill is there already
        answer = files.load()
        assert answer.backfilled == ("tea",)
        assert answer.layers == {"tea": Changes()}
        assert files.names() == [row[1] for row in ten]
        assert files.seen("SELECT as_of::text FROM layer") == [("2026-04-01",)]
        assert files.owned("SELECT count(*) FROM town.edition WHERE kind = 'layer'") == [(2,)]
    assert files.seen("SELECT revision FROM town") == [(1,)]
    assert files.owned("SELECT name FROM town.treasure_version WHERE name = '昔の名'") == [
        ("昔の名",)
    ]


def test_a_correction_of_the_same_date_becomes_current(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.load()
    corrected = [row[:] for row in ten]
    corrected[5][1] = "正しい名"
    files.write_list(corrected)
    answer = files.load()
    assert answer.layers["tea"] == Changes(changed=("正しい名",), unchanged=9)
    assert answer.backfilled == ()
    assert files.names()[5] == "正しい名"
    files.write_list(ten)  # and back: an old content stands again, stored once
    assert files.load().layers["tea"] == Changes(changed=("集まり5",), unchanged=9)
    assert files.names()[5] == "集まり5"
    assert files.owned("SELECT count(*) FROM town.treasure_version") == [(11,)]


def test_a_newer_date_with_the_same_rows_is_a_new_edition(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.load()
    files.write_list(ten, as_of="2026-05-01")
    assert files.load().layers["tea"] == Changes(unchanged=10)
    assert files.seen("SELECT as_of::text FROM layer") == [("2026-05-01",)]
    assert files.seen("SELECT DISTINCT layer_as_of::text FROM treasure") == [("2026-05-01",)]


def test_a_new_title_is_shown_and_changes_no_record(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.load()
    files.write_list(ten, title="茶話会")
    assert files.load().layers["tea"] == Changes(unchanged=10)
    assert files.seen("SELECT title FROM layer") == [("茶話会",)]


def test_a_layer_that_left_and_came_back(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.write_list([["s1", "角の店", "", 34.82, 138.33]], layer="stop", symbol="店", title="店")
    files.load()
    number = files.numbers()["角の店"]
    kept = files.folder / "stop"
    shutil.move(files.folder / "layers" / "stop", kept)
    assert files.load().layers["stop"] == Changes(ended=("角の店",))
    assert files.seen("SELECT id FROM layer") == [("tea",)]
    assert "角の店" not in files.names()
    assert "stop" not in files.load().layers  # said once
    shutil.move(kept, files.folder / "layers" / "stop")
    assert files.load().layers["stop"] == Changes(new=("角の店",))
    assert files.numbers()["角の店"] == number


def test_areas_are_loaded_and_compared_like_records(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.write_ward(["中区", "東区"])
    assert files.load().levels["ward"] == Changes(new=("中区", "東区"))
    files.write_ward(["中区", "ひがし区"], as_of="2026-03-01")
    assert files.load().levels["ward"] == Changes(changed=("ひがし区",), unchanged=1)
    rows = files.seen("SELECT name, drawn, round(area_m2 / 1e6) FROM area ORDER BY code")
    # 0.05 degrees of longitude at 34.8 degrees north are 4.58 km, of latitude 5.55 km.
    assert rows == [("中区", True, 25.0), ("ひがし区", True, 25.0)]
    assert files.seen("SELECT count(*) FROM treasure_area WHERE code = '1'") == [(10,)]


def test_is_loaded_follows_every_file(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    assert not is_loaded(files.settings)
    files.load()
    assert is_loaded(files.settings)
    files.write_list(ten[:-1])
    assert not is_loaded(files.settings)
    files.load()
    assert is_loaded(files.settings)
    (files.folder / "layers" / "numbers.csv").unlink()
    assert not is_loaded(files.settings)
    files.load()
    assert is_loaded(files.settings)
    files.write_ward(["中の区"])
    assert not is_loaded(files.settings)


def test_derived_rows_are_computed_again_without_a_change(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.load()
    before = files.seen("SELECT * FROM treasure_area ORDER BY number")
    files.owned("UPDATE town.derivation SET version = 0 RETURNING 1")
    files.owned("DELETE FROM town.treasure_area RETURNING 1")
    assert files.load().layers["tea"] == Changes(unchanged=10)
    assert files.seen("SELECT * FROM treasure_area ORDER BY number") == before
