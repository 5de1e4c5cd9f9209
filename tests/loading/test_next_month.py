"""The same workbook a month later: every kind of change, told cell by cell, and no number moves."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from geo.cli.group import GEO_COMMANDS, build_group
from geo.errors import LoadRefusedError
from geo.loading import is_loaded
from geo.model.answers import Changes, LoadAnswer
from geo.model.change import ChangeKind, RecordChange

HEADERS = ("ID", "名称", "会場", "住所", "開催日時", "公開範囲", "売り物")
MARCH, APRIL = "2026-03-31", "2026-04-30"
A = ["1", "さくら会", "中央公民館", "書類町本町1-1", "毎週火曜 10:00〜12:00", "だれでも", ""]
B = ["2", "もみじ会", "中央公民館", "書類町本町1-1", "第2・4木 10:00〜12:00", "協議体まで", ""]
C = ["3", "うめ会", "港会館", "書類町港町5-5", "毎週金曜 13:00〜15:00", "だれでも", "梅干し"]
D = ["4", "きく会", "", "書類町山手9-9", "毎週月曜 9:00〜10:00", "だれでも", ""]
E = ["5", "ゆり会", "旧分校", "書類町奥山2-2", "", "だれでも", ""]
Rows = Sequence[Sequence[Any]]


class Office:
    """Her folder: one or two lists, written anew each month."""

    def __init__(self, files: Any) -> None:
        self.files = files
        self.folder: Path = files.folder

    def write(
        self, rows: Rows, as_of: str, *, layer: str = "salon", more: Rows | None = None
    ) -> None:
        """A layer of ``list.xlsx`` (sheet サロン) and, with ``more``, ``branch.xlsx`` (支所)."""
        folder = self.folder / "layers" / layer
        folder.mkdir(parents=True, exist_ok=True)
        title, symbol = {"salon": ("サロン", "サ"), "tea": ("お茶の場", "茶")}[layer]
        (folder / "layer.toml").write_text(
            f'title = "{title}"\nsymbol = "{symbol}"\ncolor = "#1f5aa6"\nsource = "試験"\n'
            f'licence = "CC0-1.0"\nas_of = {as_of}\npublication_basis = "試験用"\n',
            encoding="utf-8",
        )
        for name, sheet, content in (("list", title, rows), ("branch", "支所", more)):
            if content is not None:
                book = openpyxl.Workbook()
                book.active.title = sheet
                for row in (HEADERS, *content):
                    book.active.append(list(row))
                book.save(folder / f"{name}.xlsx")

    def by_cells(self, manifest: Path) -> None:
        """The list has no ids any more: name and address tell records apart."""
        text = manifest.read_text("utf-8")
        manifest.write_text(text + 'identify = ["名称", "住所"]\n', "utf-8")

    def load(self, **options: Any) -> LoadAnswer:
        return self.files.load(**options)

    def refused(self, **options: Any) -> LoadRefusedError:
        """The refusal; town, ledger and names are as before."""
        before = self.state()
        with pytest.raises(LoadRefusedError) as caught:
            self.load(**options)
        assert self.state() == before
        return caught.value

    def state(self) -> tuple[object, ...]:
        own = [self.folder / "layers" / name for name in ("numbers.csv", "renumbered.csv")]
        return (
            self.files.owned("SELECT id, fingerprint FROM town.load ORDER BY id"),
            self.files.owned("SELECT * FROM town.record_source ORDER BY 1, 2"),
            [path.read_bytes() if path.is_file() else None for path in own],
            self.numbers(),
        )

    def numbers(self) -> dict[str, int]:
        """Name to number of everything on the map, as the coordinator sees it."""
        rows = self.files.owned(
            "SELECT v.name, c.number FROM town.current_treasure c"
            " JOIN town.treasure_version v ON v.id = c.version_id"
        )
        return {row[0]: row[1] for row in rows}

    def run(self, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
        """The command line, against the test cluster."""
        monkeypatch.setenv("OTAKARA_CLUSTER", str(self.files.settings.cluster))
        monkeypatch.delenv("OTAKARA_REALDATA", raising=False)
        group = build_group(GEO_COMMANDS)
        return CliRunner().invoke(group, ["--town", str(self.folder), *arguments])


@pytest.fixture
def office(files: Any) -> Office:
    return Office(files)


def told(answer: LoadAnswer, kind: ChangeKind) -> list[RecordChange]:
    return [change for change in answer.changes if change.kind is kind]


def with_cells(row: Sequence[Any], **cells: Any) -> list[Any]:
    """A row with some cells written anew, by position name."""
    names = ("id", "name", "venue", "address", "schedule", "audience", "goods")
    return [cells.get(name, value) for name, value in zip(names, row, strict=True)]


def test_a_month_with_every_kind_of_change(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.write([A, B, C], MARCH, more=[D, E])
    first = office.load()
    assert (first.changes, first.since) == ((), {})  # all of a first list is new: no report
    numbers = office.numbers()

    changed_a = with_cells(A, schedule="毎週火曜 10:00〜12:30")
    changed_c = with_cells(C, audience="協議体まで", goods="")
    new = ["9", "あたらし会", "港会館", "書類町港町5-5", "", "だれでも", ""]
    office.write(
        [changed_a, changed_c, D, new, B],
        APRIL,
        more=[["7", "すみれ会", "", "書類町奥山3", "", "", ""]],
    )
    before = office.state()
    asked = office.run(monkeypatch, "load", "--dry-run")
    assert asked.exit_code == 0, asked.output
    assert office.state() == before
    lines = asked.stdout.splitlines()
    start = lines.index(
        "先月から：新しく 2件、変わったところ 3件、終わったもの 1件、シートを移ったもの 1件。"
    )
    assert lines[start + 1 : start + 15] == [
        "（担当者だけの内容です。このまま配ったり、見える所に置いたりしないでください。）",
        "「サロン」",
        "  新しく 2件",
        "    ・サ6 すみれ会（『支所』シート B2）",
        "    ・サ7 あたらし会（『サロン』シート B5）",
        "  変わったところ 3件",
        "    ・サ3 さくら会　『サロン』シート E2 開催日時：「毎週火曜 10:00〜12:00」 → 「毎週火曜 10:00〜12:30」",
        "    ・サ5 うめ会　『サロン』シート F3 公開範囲：「だれでも」 → 「協議体まで」",
        "    ・サ5 うめ会　『サロン』シート G3 売り物：「梅干し」 → （空）",
        "  終わったもの 1件",
        "    ・サ2 ゆり会",
        "  シートを移ったもの 1件",
        "    ・サ1 きく会　「branch.xlsx『支所』」 → 「list.xlsx『サロン』」",
        "",
    ]  # fmt: skip
    assert lines[-1] == "読み込んでいません（--dry-run）。データベースもファイルも、前のままです。"

    answer = office.load()
    assert answer.layers["salon"] == Changes(
        ("すみれ会", "あたらし会"), ("さくら会", "うめ会"), 2, ("ゆり会",)
    )
    assert office.numbers() == {
        name: number for name, number in numbers.items() if name != "ゆり会"
    } | {"すみれ会": 6, "あたらし会": 7}
    again = office.load()
    assert again.changes == ()
    assert again.layers["salon"] == Changes(unchanged=6)


def test_json_carries_the_changes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.write([A, B], MARCH)
    office.load()
    office.write([with_cells(A, venue="東公民館"), B], APRIL)
    shape = json.loads(office.run(monkeypatch, "load", "--dry-run", "--json").stdout)
    assert (shape["dry_run"], shape["refused"], shape["changes_for"]) == (True, None, "coordinator")
    assert shape["changes"] == [
        {
            "layer": "salon", "id": "1", "number": 1, "name": "さくら会", "kind": "changed",
            "file": "layers/salon/list.xlsx", "sheet": "サロン", "cell": "C2", "row": 2,
            "column": "会場", "before": "中央公民館", "after": "東公民館",
        }
    ]  # fmt: skip


def test_a_long_text_is_shortened_and_other_months_are_called_the_last_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.write([with_cells(A, goods="あ" * 200)], MARCH)
    office.load()
    office.write([with_cells(A, goods="い" * 200)], "2026-06-30")
    said = office.run(monkeypatch, "load")
    assert "前回から：" in said.output
    assert f"「{'あ' * 59}…」 → 「{'い' * 59}…」" in said.output
    assert "い" * 61 not in said.output


def test_a_new_file_name_or_sheet_name_moves_nothing(office: Office) -> None:
    office.write([A, B], MARCH)
    office.load()
    folder = office.folder / "layers" / "salon"
    book = openpyxl.load_workbook(folder / "list.xlsx")
    book.active.title = "4月"
    book.save(folder / "サロン一覧 4月.xlsx")
    (folder / "list.xlsx").unlink()
    answer = office.load()
    assert answer.changes == ()
    assert office.files.owned("SELECT DISTINCT file, sheet FROM town.record_source") == [
        ("layers/salon/サロン一覧 4月.xlsx", "4月")
    ]


def test_a_move_to_the_sheet_of_another_layer(office: Office) -> None:
    office.write([A, B, C], MARCH)
    office.write([D], MARCH, layer="tea")
    office.load()
    numbers = office.numbers()
    office.write([A], APRIL)
    office.write([D, with_cells(B, schedule=""), with_cells(C, id="33")], APRIL, layer="tea")
    answer = office.load()  # two of three leave: no mass ending, they are found again
    assert [(c.name, c.before, c.after, c.layer) for c in told(answer, ChangeKind.MOVED)] == [
        ("もみじ会", f"サロン（{numbers['もみじ会']}番）", "お茶の場", "tea"),
        ("うめ会", f"サロン（{numbers['うめ会']}番）", "お茶の場", "tea"),
    ]
    assert told(answer, ChangeKind.ENDED) == told(answer, ChangeKind.NEW) == []
    assert [(c.column, c.after) for c in told(answer, ChangeKind.CHANGED)] == [("開催日時", None)]
    after = office.numbers()
    assert after["さくら会"] == numbers["さくら会"]
    assert {after["もみじ会"], after["うめ会"]}.isdisjoint(numbers.values())


def test_a_row_put_in_renumbers_the_rest_and_asks(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """連番: a new second row makes 2, 3, 4 of what was 1, 2, 3."""
    office.write([A, B, C, D], MARCH)
    office.load()
    numbers = office.numbers()
    new = ["2", "あたらし会", "中央公民館", "書類町本町1-1", "", "だれでも", ""]
    april = [
        A,
        new,
        with_cells(B, id="3"),
        with_cells(C, id="4"),
        with_cells(D, id="5", venue="新会場"),
    ]
    office.write(april, APRIL)
    error = office.refused(accept_ended=99)
    assert [(p.code, p.cell, p.value) for p in error.problems] == [
        ("id-changed", "A4", "3"), ("id-changed", "A5", "4"), ("id-changed", "A6", "5"),
    ]  # fmt: skip
    assert error.problems[0].message_ja == (
        "「もみじ会」は、前はID「2」でした。名前も場所も同じなので、同じお宝のようです。"
    )
    assert "--same-records 3" in error.hint_ja
    for wrong in (2, 4):  # an answer to another question is none
        assert office.refused(same_records=wrong).problems[0].code == "id-changed"

    dry = office.run(monkeypatch, "load", "--dry-run")
    assert dry.exit_code == 1
    assert "IDが変わったもの 3件" in dry.stdout
    assert "    ・サ2 もみじ会　ID：「2」 → 「3」" in dry.stdout
    assert "--same-records 3" in dry.stderr

    answer = office.load(same_records=3)
    assert [(c.before, c.after, c.id) for c in told(answer, ChangeKind.RENUMBERED)] == [
        ("2", "3", "3"), ("3", "4", "4"), ("4", "5", "5"),
    ]  # fmt: skip
    assert [c.name for c in told(answer, ChangeKind.NEW)] == ["あたらし会"]
    assert [(c.id, c.cell, c.after) for c in told(answer, ChangeKind.CHANGED)] == [
        ("5", "C6", "新会場")
    ]
    assert told(answer, ChangeKind.ENDED) == []
    assert office.numbers() == numbers | {"あたらし会": 5}
    lines = (office.folder / "layers" / "renumbered.csv").read_text("utf-8").splitlines()
    assert [line.rsplit(",", 1)[0] for line in lines[1:]] == [
        "salon,2,2~2", "salon,3,2", "salon,4,3", "salon,5,4",
    ]  # fmt: skip
    assert is_loaded(office.files.settings)
    again = office.load()
    assert (again.changes, again.layers["salon"]) == ((), Changes(unchanged=5))

    # And back to the old numbers the month after, without the new one.
    office.write([A, B, C, with_cells(D, venue="新会場")], "2026-05-31")
    assert len(office.refused(accept_ended=9).problems) == 3
    back = office.load(same_records=3)
    assert [c.name for c in told(back, ChangeKind.ENDED)] == ["あたらし会"]
    assert office.numbers() == numbers
    assert not (office.folder / "layers" / "renumbered.csv").exists()
    assert office.load().changes == ()


def test_groups_of_one_hall_never_swap_their_numbers(office: Office) -> None:
    """The same place under both ids: without the question this would be two renamed records."""
    office.write([A, B], MARCH)
    office.load()
    numbers = office.numbers()
    office.write([with_cells(B, id="1"), with_cells(A, id="2")], APRIL)
    assert office.refused().problems[0].code == "id-changed"
    office.load(same_records=2)
    assert office.numbers() == numbers


def test_halls_of_one_name_never_swap_their_numbers(office: Office) -> None:
    """One name for all of them, as in いきいきサロン: only the address tells them apart."""
    halls = [
        [str(n), "いきいきサロン", "", f"書類町本町{n}-1", "", "だれでも", ""] for n in range(1, 9)
    ]
    office.write(halls, MARCH)
    office.load()
    by_address = "SELECT v.address, c.number FROM town.current_treasure c JOIN town.treasure_version v ON v.id = c.version_id"
    before = dict(office.files.owned(by_address))
    gone = [with_cells(row, id=str(n)) for n, row in enumerate(halls[1:], 1)]  # the first one left
    office.write(gone, APRIL)
    assert len(office.refused().problems) == 7
    answer = office.load(same_records=7)
    assert len(told(answer, ChangeKind.ENDED)) == 1
    after = dict(office.files.owned(by_address))
    assert after == {address: n for address, n in before.items() if address != "書類町本町1-1"}


def test_a_list_without_ids_keeps_its_numbers_when_a_cell_is_mended(office: Office) -> None:
    """``identify``: 住所 is part of the id, so a mended address would end the record."""
    office.write([A, B, C, D], MARCH)
    manifest = office.folder / "layers" / "salon" / "layer.toml"
    office.by_cells(manifest)
    office.load()
    numbers = office.numbers()
    mended = with_cells(B, address="書類町本町1丁目1番")
    moved = with_cells(C, venue="新港会館", address="書類町港町7")
    office.write([A, mended, moved, with_cells(D, name="ばら会")], APRIL)
    office.by_cells(manifest)
    error = office.refused()
    assert [(p.cell, p.value) for p in error.problems] == [
        ("B3", "もみじ会|書類町本町1丁目1番"), ("B4", "うめ会|書類町港町7"),
    ]  # fmt: skip
    assert "名前が同じなので、" in error.problems[1].message_ja
    assert error.problems[0].message_ja == (
        "「もみじ会」は、前は見分けに使う列が「もみじ会|書類町本町1-1」でした。"
        "名前も場所も同じなので、同じお宝のようです。"
    )
    answer = office.load(same_records=2)
    assert [c.name for c in told(answer, ChangeKind.NEW)] == ["ばら会"]
    assert [c.name for c in told(answer, ChangeKind.ENDED)] == ["きく会"]
    assert [c.cell for c in told(answer, ChangeKind.CHANGED)] == ["D3", "C4", "D4"]
    after = office.numbers()
    assert after.pop("ばら会") == 5
    assert after == {name: n for name, n in numbers.items() if name != "きく会"}
    assert office.load().changes == ()


def test_they_are_others_is_an_answer_too(office: Office) -> None:
    office.write([A, B, C], MARCH)
    office.load()
    numbers = office.numbers()
    office.write([A, B, with_cells(C, id="30")], APRIL)
    office.refused()
    answer = office.load(other_records=1)
    assert [c.name for c in told(answer, ChangeKind.NEW)] == ["うめ会"]
    assert [c.number for c in told(answer, ChangeKind.ENDED)] == [numbers["うめ会"]]
    assert office.numbers()["うめ会"] == 4
    assert office.load().changes == ()  # asked once


def test_a_line_in_the_file_is_an_answer_too(office: Office) -> None:
    office.write([A, B, C], MARCH)
    office.load()
    numbers = office.numbers()
    office.write([A, B, with_cells(C, id="30")], APRIL)
    office.refused()
    (office.folder / "layers" / "renumbered.csv").write_text(
        "layer,id,record,said_on\nsalon,30,3,2026-04-30\n", "utf-8"
    )
    assert office.load().changes == ()
    assert office.numbers() == numbers


def test_two_that_could_be_the_one_are_never_guessed(office: Office) -> None:
    twins = [with_cells(C, id="5"), with_cells(C, id="6", schedule="毎週土曜 9:00〜10:00")]
    office.write([A, B, D, *twins], MARCH)
    office.load()
    office.write([A, B, D, with_cells(C, id="7"), with_cells(C, id="8")], APRIL)
    answer = office.load(accept_ended=2)
    assert len(told(answer, ChangeKind.NEW)) == len(told(answer, ChangeKind.ENDED)) == 2


def test_the_id_of_what_ended_does_not_bring_its_number_to_another(office: Office) -> None:
    office.write([A, B, C], MARCH)
    office.load()
    office.write([A, B], APRIL)
    office.load()
    office.write([A, B, with_cells(C, name="よその会", address="書類町奥山8-8")], "2026-05-31")
    error = office.refused()
    assert [(p.code, p.value) for p in error.problems] == [("id-names-another", "3")]
    office.write([A, B, C], "2026-05-31")  # but the same one may come back
    office.load()
    assert office.numbers()["うめ会"] == 3


def test_a_folder_that_cannot_be_written_keeps_the_question_open(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.write([A, B, C], MARCH)
    office.load()
    office.write([A, B, with_cells(C, id="30")], APRIL)

    def no_room(*_arguments: object, **_options: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tempfile.mkstemp", no_room)
    assert "renumbered.csv に書き込めない" in office.refused(same_records=1).message_ja


def test_what_was_hidden_stays_out_of_every_view(office: Office) -> None:
    """The report tells old values to the coordinator; no door shows where records stand."""
    office.write([A, B], MARCH)
    office.load()
    for schema in ("public_web", "council_web", "partners_web", "coordinator_web"):
        rows = office.files.owned(
            f"SELECT count(*) FROM information_schema.columns WHERE table_schema = '{schema}'"
            " AND (table_name = 'record_source' OR column_name IN ('file', 'sheet'))"
        )
        assert rows == [(0,)]
    grants: Callable[[str], list[tuple[Any, ...]]] = office.files.owned
    assert (
        grants(
            "SELECT grantee FROM information_schema.role_table_grants"
            " WHERE table_schema = 'town' AND table_name = 'record_source' AND grantee ~ '_(public|council|partners|coordinator)'"
        )
        == []
    )
