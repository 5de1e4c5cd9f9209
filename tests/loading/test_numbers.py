"""Numbers: given once, never again, kept in the file and in the database."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import LoadRefusedError
from geo.loading.numbering import give_numbers
from geo.manifest.ledger_file import joined, read_ledger, write_ledger
from geo.model.given_number import GivenNumber
from geo.model.treasure import Treasure

DAY = date(2026, 4, 1)


def ledger_of(files: Any) -> Path:
    return Path(files.folder) / "layers" / "numbers.csv"


def test_a_number_stays_with_its_record_and_is_never_used_again(
    files: Any, ten: list[list[Any]]
) -> None:
    files.write_list(ten)
    files.load()
    assert files.numbers() == {f"集まり{n}": n + 1 for n in range(10)}
    files.write_list(ten[:9], as_of="2026-02-01")
    files.load()
    extra = ["g50", "後から来た会", "書類町本町50-1", 34.84, 138.33]
    files.write_list([extra, *reversed(ten[:9])], as_of="2026-03-01")
    files.load()
    assert files.numbers() == {f"集まり{n}": n + 1 for n in range(9)} | {"後から来た会": 11}
    lines = ledger_of(files).read_text("utf-8").splitlines()
    assert lines[0] == "number,layer,id,given_on"
    assert [line.rsplit(",", 1)[0] for line in lines[-2:]] == ["10,tea,g9", "11,tea,g50"]


def test_file_and_database_complete_each_other(files: Any, ten: list[list[Any]]) -> None:
    files.write_list(ten)
    files.load()
    whole = ledger_of(files).read_bytes()
    ledger_of(files).unlink()  # a run that died before the file
    files.load()
    assert ledger_of(files).read_bytes() == whole
    # A run that died after the file and before the commit: the number waits for its record.
    with ledger_of(files).open("a", encoding="utf-8") as file:
        file.write("40,tea,g77,2026-04-01\n")
    files.write_list([*ten, ["g77", "待っていた会", "", 34.84, 138.33]])
    files.load()
    assert files.numbers()["待っていた会"] == 40


def test_a_number_of_the_source_is_kept_when_free(files: Any) -> None:
    rows = [
        ["a", "一の会", "本町1-1", 34.81, 138.31, "", "109"],
        ["b", "二の会", "本町2-1", 34.82, 138.31, "", ""],
    ]
    files.write_list(rows)
    files.load()
    assert files.numbers() == {"一の会": 109, "二の会": 110}
    rows[1][6] = "7"
    rows.append(["c", "三の会", "本町3-1", 34.83, 138.31, "", "110"])
    files.write_list(rows)
    answer = files.load()
    assert files.numbers() == {"一の会": 109, "二の会": 110, "三の会": 111}
    assert ["110番のまま" in answer.notes[0], "111番を付けました" in answer.notes[1]] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("1,tea,someone", ("1番", "g0", "someone")),
        ("77,tea,g0", ("1番", "77番", "g0")),
    ],
    ids=["one number, two records", "one record, two numbers"],
)
def test_a_contradicting_ledger_is_refused_naming_both(
    files: Any, ten: list[list[Any]], line: str, words: tuple[str, ...]
) -> None:
    files.write_list(ten)
    files.load()
    ledger_of(files).write_text(f"number,layer,id,given_on\n{line},2026-04-01\n", encoding="utf-8")
    with pytest.raises(LoadRefusedError) as caught:
        files.load()
    assert [word in caught.value.message_ja for word in words] == [True] * len(words)


@pytest.mark.parametrize(
    "content",
    [
        "番号,ID\n1,g0\n",
        "number,layer,id,given_on\nx,tea,g0,2026-04-01\n",
        "number,layer,id,given_on\n1,tea,g0\n",
        "number,layer,id,given_on\n0,tea,g0,2026-04-01\n",
        "number,layer,id,given_on\n1,tea,a,2026-04-01\n1,tea,b,2026-04-01\n",
    ],
)
def test_an_unreadable_ledger_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LoadRefusedError, match="ledger"):
        read_ledger(path)


def test_a_folder_that_cannot_be_written_is_only_a_note(
    files: Any, ten: list[list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_arguments: object, **_options: object) -> None:
        raise OSError(30, "Read-only file system")

    # Root may write anywhere, so the operating system's answer is put in its mouth.
    monkeypatch.setattr("tempfile.mkstemp", no_room)
    files.write_list(ten)
    answer = files.load()
    assert "numbers.csv に書き込めません" in answer.notes[0]
    assert not ledger_of(files).exists()
    assert files.numbers()["集まり0"] == 1


records = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 30), st.none() | st.integers(-2, 40)),
    unique_by=lambda r: r[:2],
    max_size=40,
)


@settings(deadline=None, max_examples=60)
@given(before=records, after=records)
def test_numbers_are_unique_and_never_move(
    tmp_path_factory: pytest.TempPathFactory, before: list[Any], after: list[Any]
) -> None:
    ledger: list[GivenNumber] = []
    path = tmp_path_factory.getbasetemp() / "numbers.csv"
    for batch in (before, after):
        treasures = [Treasure(layer, f"r{n}", "会", number=wanted) for layer, n, wanted in batch]
        new, _ = give_numbers(treasures, ledger, DAY)
        ledger = joined(ledger, new)
        write_ledger(path, ledger)
        assert list(read_ledger(path)) == sorted(ledger)
        numbered = {(entry.layer, entry.id) for entry in ledger}
        assert {(t.layer, t.id) for t in treasures} <= numbered
        assert len({entry.number for entry in ledger}) == len(numbered) == len(ledger)
        # `joined` refuses a number or a record that stands twice, so nothing moved.
        assert set(new) <= set(ledger)
