"""Loads that stop and ask, and leave everything as it was."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from geo.errors import LoadRefusedError
from geo.model.answers import Changes


def refused(files: Any, **options: Any) -> LoadRefusedError:
    """The refusal of a load; the town and its ledger are as before."""
    before = (files.owned("SELECT * FROM town.load"), files.seen("SELECT * FROM treasure"))
    ledger = (files.folder / "layers" / "numbers.csv").read_bytes()
    with pytest.raises(LoadRefusedError) as caught:
        files.load(**options)
    assert (files.owned("SELECT * FROM town.load"), files.seen("SELECT * FROM treasure")) == before
    assert (files.folder / "layers" / "numbers.csv").read_bytes() == ledger
    return caught.value


def test_an_id_with_another_name_and_another_place_is_a_question(
    files: Any, ten: list[list[Any]]
) -> None:
    files.write_list(ten)
    files.load()
    reused = [row[:] for row in ten]
    reused[2] = ["g2", "まったく別の会", "書類町港町5-5", 34.845, 138.345]
    files.write_list(reused, as_of="2026-02-01")
    error = refused(files, accept_ended=100)
    (problem,) = error.problems
    assert problem.code == "id-names-another"
    assert problem.value == "g2"
    for word in ("集まり2", "まったく別の会", "新しいID"):
        assert word in error.sentence_ja


@pytest.mark.parametrize(
    "row",
    [
        ["g2", "名だけ変わった", "書類町本町3-1", 34.814, 138.31],
        ["g2", "少し動いた会", "書類町本町3-2", 34.8145, 138.31],  # 55 m
        ["g2", "集まり2", "書類町港町5-5", 34.845, 138.345],
        ["g2", "住所のない会", "", "", ""],
    ],
    ids=["renamed", "renamed within 100 m", "moved", "place unknown"],
)
def test_a_record_may_be_renamed_or_may_move(
    files: Any, ten: list[list[Any]], row: list[Any]
) -> None:
    files.write_list(ten)
    files.load()
    files.write_list([*ten[:2], row, *ten[3:]], as_of="2026-02-01")
    assert files.load().layers["tea"] == Changes(changed=(row[1],), unchanged=9)


def test_without_coordinates_another_address_is_another_place(files: Any) -> None:
    files.write_list([["a", "一の会", "書類町本町1-1", "", ""]])
    files.load()
    files.write_list([["a", "二の会", "書類町港町9-9", "", ""]], as_of="2026-02-01")
    assert refused(files).problems[0].code == "id-names-another"


def test_more_than_a_fifth_may_not_end_unasked(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.load()
    files.write_list(ten[:7])  # 3 of 10
    error = refused(files)
    assert "10件のうち3件" in error.message_ja
    assert "集まり7、集まり8、集まり9" in error.message_ja
    assert "--accept-ended 3" in error.hint_ja
    assert refused(files, accept_ended=2).problems[0].code == "many-would-end"
    answer = files.load(accept_ended=3)
    assert answer.layers["tea"].ended == ("集まり7", "集まり8", "集まり9")


@pytest.mark.parametrize(("standing", "left"), [(10, 8), (3, 2), (1, 0)])
def test_a_fifth_or_a_single_record_may_end(
    files: Any, ten: list[list[Any]], standing: int, left: int
) -> None:
    files.write_list(ten[:standing])
    files.write_list([["s1", "角の店", "", 34.82, 138.33]], layer="stop", symbol="店")
    files.load()
    if left:
        files.write_list(ten[:left])
    else:
        shutil.rmtree(files.folder / "layers" / "tea")
    assert len(files.load().layers["tea"].ended) == standing - left


def test_a_folder_that_left_is_guarded_too(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.write_list([["s1", "角の店", "", 34.82, 138.33]], layer="stop", symbol="店")
    files.write_ward(["中区", "東区"])
    files.load()
    shutil.rmtree(files.folder / "layers" / "tea")
    shutil.rmtree(files.folder / "boundaries" / "ward")
    error = refused(files)
    assert {p.file for p in error.problems} == {"layers/tea", "boundaries/ward"}
    assert "--accept-ended 12" in error.hint_ja
    assert files.load(accept_ended=12).levels["ward"].ended == ("中区", "東区")
    assert files.seen("SELECT * FROM area") == []
    assert files.names() == ["角の店"]


def test_faults_stop_a_load_unless_their_rows_are_skipped(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.load()
    faulty = [row[:] for row in ten]
    faulty[9][5:] = ["こども"]  # no such audience
    files.write_list(faulty)
    error = refused(files)
    assert [p.is_error for p in error.problems].count(True) == 1
    assert "--skip-bad-rows" in error.hint_ja
    answer = files.load(skip_bad_rows=True)
    assert answer.skipped_rows == 1
    assert answer.layers["tea"] == Changes(unchanged=9, ended=("集まり9",))


def test_faults_of_a_manifest_cannot_be_skipped(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.load()
    manifest = files.folder / "layers" / "tea" / "layer.toml"
    manifest.write_text(manifest.read_text("utf-8") + 'colour = "red"\n', encoding="utf-8")
    assert "--skip-bad-rows" not in refused(files, skip_bad_rows=True).hint_ja
