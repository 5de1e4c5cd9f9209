"""Lists as they lie in folders: odd rows, odd cells, odd bytes, and files that are no lists."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from drafting.drafted import TODAY, Draft, became
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.drafting import (
    Choices,
    ListDraft,
    SheetChoices,
    draft_list,
    municipality_draft,
    write_draft,
)
from geo.drafting.list_survey import safe_file_name, sniff
from geo.errors import LoadRefusedError, WordsError
from geo.intake import read_town
from geo.model.audience import Audience

SaveBook = Callable[..., Path]
HEAD: list[object] = ["サロン名", "会場", "住所", "開催日時", "電話番号"]


def row(number: int, **other: object) -> list[object]:
    return [
        other.get("name", f"さくら会{number}"), "東公民館", f"本町{number}-1", "第2火 10:00〜11:00",
        f"054-000-{1000 + number}",
    ]  # fmt: skip


ROWS = [row(n) for n in range(1, 4)]


def test_title_rows_blank_rows_trailing_columns_and_notes(
    save_book: SaveBook, draft: Draft
) -> None:
    source = save_book(
        {
            "Sheet1": [
                ["お茶の会の一覧"],
                [None, None, None, "R8.10.1現在"],
                [],
                [*HEAD, None, None, None],
                *([*r, None, None, None] for r in ROWS),
                [],
                ["（注）社会福祉協議会しらべ"],
                ["※電話は代表者"],
            ]
        }
    )
    (layer,) = draft(source).layers
    assert (layer.header_row, layer.title, layer.rows) == (4, "お茶の会", 3)
    assert layer.as_of == datetime.date(2026, 10, 1)
    assert layer.errors == ()
    assert len(layer.columns) == 5
    assert [p.code for p in layer.problems if p.code == "row-note"] == ["row-note"] * 2


def test_a_header_of_two_rows_that_is_not_merged(save_book: SaveBook, draft: Draft) -> None:
    source = save_book(
        {
            "一覧": [
                ["名前", "会場", "開催日時", None, "対象"],
                [None, None, "曜日", "時間", None],
                ["さくら会", "東公民館", "月・水", "10:00〜11:00", "どなたでも"],
                ["もみじ会", "西公民館", "毎月第2火", "13:30〜", "女性"],
            ]
        }
    )
    (layer,) = draft(source).layers
    assert layer.header_row == 2
    assert tomllib.loads(layer.manifest)["header_row"] == 2
    assert became(draft(source)) == {
        "名前": "name",
        "会場": "venue",
        "曜日": "schedule",
        "時間": "schedule",
        "対象": "for_whom",
    }
    assert [t.schedule for t in layer.reading.treasures] == [
        "月・水 10:00〜11:00",
        "毎月第2火 13:30〜",
    ]


def test_weekday_start_and_end_columns(save_book: SaveBook, draft: Draft) -> None:
    source = save_book(
        {
            "一覧": [
                ["グループ名", "場所", "曜日", "開始時間", "終了時間"],
                ["さくら会", "東公民館", "月水", "１０：００", datetime.time(11, 30)],
                ["もみじ会", "西公民館", "金曜日", datetime.time(9, 0), "10時半"],
            ]
        }
    )
    (layer,) = draft(source).layers
    assert tomllib.loads(layer.manifest)["columns"] == {
        "name": "グループ名", "venue": "場所", "weekdays": "曜日", "start": "開始時間", "end": "終了時間",
    }  # fmt: skip
    assert [t.schedule for t in layer.reading.treasures] == [
        "月・水 10:00〜11:30",
        "金 9:00〜10:30",
    ]


def test_formulas_and_error_cells_are_said_at_their_cell(save_book: SaveBook, draft: Draft) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        sheet = book["一覧"]
        sheet["B3"] = "#REF!"
        sheet["B3"].data_type = "e"
        sheet["A4"] = '="もみじ"&"会"'

    (layer,) = draft(save_book({"一覧": [HEAD, *ROWS]}, change=spoil)).layers
    assert [(p.code, p.cell) for p in layer.errors] == [
        ("cell-formula-error", "B3"),
        ("cell-formula-unsaved", "A4"),
    ]
    assert not draft(save_book({"一覧": [HEAD, *ROWS]}, change=spoil)).ok
    assert layer.rows == 1
    assert layer.counts_ja.startswith("1件を読み込みました。")


def test_hidden_rows_columns_and_sheets_are_said(save_book: SaveBook, draft: Draft) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["一覧"].row_dimensions[3].hidden = True
        book["一覧"].column_dimensions["E"].hidden = True
        book["古い一覧"].sheet_state = "hidden"

    source = save_book({"一覧": [HEAD, *ROWS], "古い一覧": [HEAD, *ROWS]}, change=hide)
    found = draft(source)
    (layer,) = found.layers
    assert {"rows-hidden", "columns-hidden"} <= {p.code for p in layer.problems}
    assert layer.rows == 3
    assert found.said_ja == (
        "「古い一覧」シートは隠れているので、読みません（--sheet で選べば読みます）。",
    )
    assert draft(source, only_sheet="古い一覧").layers[0].sheet == "古い一覧"
    with pytest.raises(LoadRefusedError, match="sheet-missing"):
        draft(source, only_sheet="ない")


def test_totals_examples_and_section_rows_are_dropped(save_book: SaveBook, draft: Draft) -> None:
    rows = [["No.", *HEAD], ["例", *row(0, name="○○会")], [None, "【東地区】"]]
    rows += [[1, *row(1)], [2, *row(2)], [None, "【西地区】"], [3, *row(3)], ["合計", "3団体"]]
    (layer,) = draft(save_book({"一覧": rows})).layers
    assert tomllib.loads(layer.manifest)["drop"] == {
        "No.": ["例", "合計"],
        "サロン名": ["【東地区】", "【西地区】"],
    }
    assert [t.name for t in layer.reading.treasures] == ["さくら会1", "さくら会2", "さくら会3"]
    assert layer.errors == ()


@pytest.mark.parametrize(
    ("answers", "public"),
    [
        (["○", "×", "未確認"], 1),
        (["〇", "△", "-"], 1),
        (["◯", "ｘ", "－"], 1),
        (["可", "不可", "要確認"], 1),
        (["◎", "✕", None], 1),
    ],
)
@pytest.mark.parametrize("header", ["掲載可否", "掲載の可否", "HP掲載(○×)", "公開"])
def test_answers_on_publication(
    save_book: SaveBook, draft: Draft, header: str, answers: list[str | None], public: int
) -> None:
    rows = [[*r, answer] for r, answer in zip(ROWS, answers, strict=True)]
    (layer,) = draft(save_book({"一覧": [[*HEAD, header], *rows]})).layers
    assert layer.counts[Audience.PUBLIC] == public
    assert layer.counts[Audience.COORDINATOR] == 3 - public
    assert layer.errors == ()


def test_rows_that_cannot_be_told_apart_are_named(save_book: SaveBook, draft: Draft) -> None:
    same: list[object] = row(1)
    (layer,) = draft(save_book({"一覧": [HEAD, same, row(2), same]})).layers
    assert [(p.code, p.cell) for p in layer.errors] == [("id-twice", "A4")]
    assert any("2行目と4行目" in sentence for sentence in layer.said_ja)
    two_halls = [row(1, name="さくら会"), row(2, name="さくら会"), row(3)]
    (layer,) = draft(save_book({"一覧": [HEAD, *two_halls]})).layers
    assert layer.identify == ("サロン名", "住所")
    assert layer.errors == ()


def test_personal_and_internal_columns_are_not_read(
    save_book: SaveBook, draft: Draft, tmp_path: Path
) -> None:
    head = [*HEAD, "参加者の生年月日", "内部メモ", "代表者住所", "昔話"]
    rows = [[*r, "S10.1.1", "要注意", "山手9-9", "井戸がある"] for r in ROWS]
    found = draft(save_book({"一覧": [head, *rows]}))
    fields = became(found)
    assert [fields[h] for h in head[5:]] == ["left_out", "left_out", "left_out", "shown"]
    write_draft(found)
    (layer,) = read_town(tmp_path / "town", None).layers
    assert dict(layer.treasures[0].extra) == {"昔話": "井戸がある"}


def test_long_names_hostile_words_and_broken_headers(
    save_book: SaveBook, draft: Draft, tmp_path: Path
) -> None:
    """Whatever stands in a list stays a text: in the manifest, in the folder's name, on screen."""
    rows = [
        row(1, name="あ" * 200),
        row(2, name='"]\n[show]\nx = "y'),
        row(3, name="=cmd|' /C calc'!A1"),
    ]
    head: list[object] = [*HEAD[:4], "電話番号\n（代表）", '"]\n[drop]', "a\\b'c", "x" * 300]
    rows = [[*r, "い", "ろ", "は"] for r in rows]

    def texts(book: openpyxl.Workbook) -> None:
        book.active["A4"].data_type = "s"

    source = save_book({'a"]\n'.replace("\n", "").replace("]", ")"): [head, *rows]}, change=texts)
    found = draft(source, file_name='..\\../"; rm -rf ~/[x].xlsx')
    write_draft(found)
    town = tmp_path / "town"
    names = [p.name for p in (town / "layers").rglob("*.xlsx")]
    assert names == ["x.xlsx"]
    reading = read_town(town, None)
    assert reading.errors == ()
    assert [len(t.name) for t in reading.layers[0].treasures] == [200, 16, 18]
    assert sorted(p.name for p in town.iterdir()) == ["boundaries", "layers"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0", "古いExcel形式（.xls）は読めません"),
        ("a.xlsm", b"PK", "マクロの入ったブック（.xlsm）は受け取りません"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "合言葉のついたブックか、古いExcel形式です"),
        ("a.xlsx", b"PK\x03\x04nothing", "として読めません"),
        ("a.xlsx", b"", "として読めません"),
        ("a.pdf", b"%PDF", "PDFは読めません"),
        ("a.geojson", b"{}", "この種類のファイルは、ここでは読めません"),
        ("a", b"", "この種類のファイルは、ここでは読めません"),
        ("a.csv", b"", "何も入っていません"),
        ("a.csv", b"\x81\xff\x00\x9f\xfd\xfe" * 9, "文字コードが分かりません"),
        ("a.csv", '名称,住所\n"さくら会,本町'.encode(), "閉じていません"),
        ("a.csv", "名称,住所\n".encode(), "見出しだけで、行がありません"),
        ("a.csv", b"1,2,3\n4,5,6\n", "表がありません"),
        ("a.csv", "年度,人口,世帯\n2026,100,50\n".encode(), "見つからない"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(
    draft: Draft, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    source = tmp_path / "upload"
    source.write_bytes(data)
    with pytest.raises(LoadRefusedError) as refused:
        draft(source, file_name=name)
    assert words in refused.value.message_ja
    assert refused.value.problems
    assert not (tmp_path / "town").exists()


def test_empty_books_and_sheets_without_rows(save_book: SaveBook, draft: Draft) -> None:
    with pytest.raises(LoadRefusedError) as refused:
        draft(save_book({"Sheet1": []}))
    assert "「Sheet1」シート：表がありません。" in refused.value.message_ja
    found = draft(save_book({"今年": [HEAD, *ROWS], "来年": [HEAD]}))
    assert [layer.sheet for layer in found.layers] == ["今年"]
    assert found.said_ja == (
        "「来年」シート：見出しだけで、行がありません。行を書いてから、もう一度どうぞ。",
    )


def test_a_book_of_very_many_sheets_is_refused(save_book: SaveBook, draft: Draft) -> None:
    with pytest.raises(LoadRefusedError) as refused:
        draft(save_book({str(n): [HEAD, *ROWS] for n in range(61)}))
    assert "シートが多すぎます（60枚まで）" in refused.value.message_ja


def test_a_zip_bomb_is_refused(draft: Draft, tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as member,
    ):
        for _ in range(201):
            member.write(b" " * 1_000_000)
    with pytest.raises(LoadRefusedError) as refused:
        draft(source)
    assert "200MB" in refused.value.message_ja


LIST = "名称,会場,住所\nさくら会①,髙田公民館,本町1-1\nもみじ会,西公民館,本町2-1\n"


@pytest.mark.parametrize(
    ("encoding", "written", "said"),
    [
        ("utf-8", None, "UTF-8"),
        ("utf-8-sig", None, "UTF-8（BOMつき）"),
        ("cp932", "cp932", "CP932"),
        ("utf-16", "utf-16", "UTF-16"),
    ],
)
def test_the_encoding_is_said_never_guessed_silently(
    draft: Draft, tmp_path: Path, encoding: str, written: str | None, said: str
) -> None:
    source = tmp_path / "一覧.csv"
    source.write_bytes(LIST.encode(encoding))
    found = draft(source)
    assert tomllib.loads(found.layers[0].manifest).get("encoding") == written
    assert said in found.said_ja[0]
    write_draft(found)
    reading = read_town(tmp_path / "town", None)
    assert reading.errors == ()
    assert [t.name for t in reading.layers[0].treasures] == ["さくら会①", "もみじ会"]


def test_bytes_that_are_not_japanese_are_not_taken_for_cp932() -> None:
    assert sniff("Ελλάδα Αθήνα Κρήτη\n".encode("iso8859-7")) is None
    assert sniff("さくら会".encode("cp932")) == "cp932"


def test_ten_thousand_rows(save_book: SaveBook, draft: Draft) -> None:
    source = save_book({"一覧": [HEAD, *(row(n) for n in range(1, 10_001))]})
    (layer,) = draft(source).layers
    assert layer.rows == 10_000
    assert layer.identify == ("サロン名",)


def test_symbols_and_colors_of_other_layers_are_left_alone(
    save_book: SaveBook, draft: Draft, tmp_path: Path
) -> None:
    write_draft(draft(save_book({"お茶の会": [HEAD, *ROWS]}, "お茶の会.xlsx")))
    more = [row(n) for n in range(4, 8)]
    second = draft_list(
        tmp_path / "town", None, save_book({"お茶の会": [HEAD, *more]}, "茶会.xlsx"), today=TODAY
    )
    (layer,) = second.layers
    assert (layer.id, layer.symbol, layer.order) == ("list_2", "会", 20)
    assert layer.color != "#0f7a45"
    write_draft(second)
    assert read_town(tmp_path / "town", None).errors == ()


def _written_as_drafted(found: ListDraft) -> None:
    write_draft(found)
    reading = read_town(found.town, None)
    assert not [p for p in reading.errors if p.file.endswith(".toml")]
    assert reading.layers[0].treasures == found.layers[0].reading.treasures


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
                st.sampled_from(
                    [
                        "名称",
                        "会場",
                        "住所",
                        "曜日",
                        "時間",
                        "No.",
                        "合計",
                        "○",
                        "ID",
                        "緯度",
                        "経度",
                    ]
                ),
                st.integers(-5, 40),
            ),
            max_size=6,
        ),
        max_size=12,
    )
)
def test_any_table_is_drafted_or_refused_never_a_crash(tmp_path_factory, rows) -> None:
    """And what is drafted is read without a fault of the manifest."""
    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append(
            [c if not isinstance(c, str) or not c.startswith("=") else "x" for c in cells]
        )
    folder = tmp_path_factory.mktemp("any")
    book.save(folder / "a.xlsx")
    town = municipality_draft("ためし町", "22999")
    with contextlib.suppress(LoadRefusedError):
        found = draft_list(folder / "town", None, folder / "a.xlsx", today=TODAY, municipality=town)
        _written_as_drafted(found)


@given(st.text(max_size=60))
def test_a_file_name_is_one_safe_name(name: str) -> None:
    safe = safe_file_name(name)
    assert safe
    assert not safe.startswith((".", "~"))
    assert not set(safe) & set('/\\:*?"<>|\n\r\0')
    assert len(safe) <= 160


def test_names_the_program_uses_itself_are_not_taken() -> None:
    """``places.csv`` beside a list keeps the pins."""
    assert safe_file_name("places.csv") == "list_places.csv"
    assert safe_file_name("C:\\一覧\\通い の場（R8）.XLSX") == "通い の場（R8）.xlsx"


def test_a_header_row_and_a_symbol_from_the_page(
    save_book: SaveBook, draft: Draft, tmp_path: Path
) -> None:
    """The page may say which row holds the headers; it may not take another layer's symbol."""
    rows: list[list[object]] = [
        ["令和8年10月現在"],
        ["あ", "い", "う"],
        ["さくら会", "本町1-1", "月"],
    ]
    source = save_book({"一覧": rows})
    with pytest.raises(LoadRefusedError):
        draft(source)
    chosen = SheetChoices(header_row=2, columns={"A": "name", "B": "address", "C": "schedule"})
    (layer,) = draft(source, choices=Choices({"一覧": chosen})).layers
    assert (layer.header_row, layer.as_of) == (2, datetime.date(2026, 10, 31))
    assert layer.reading.treasures[0].schedule == "月"
    write_draft(draft(save_book({"お茶の会": [HEAD, *ROWS]}, "お茶の会.xlsx")))
    for symbol in ("茶", "二字"):
        taken = Choices({"一覧": dataclasses.replace(chosen, symbol=symbol)})
        if symbol == "茶":
            with pytest.raises(WordsError, match="symbol taken"):
                draft(source, choices=taken)
        else:
            assert [p.code for p in draft(source, choices=taken).layers[0].errors] == [
                "layer-symbol"
            ]
    assert sorted(p.name for p in (tmp_path / "town/layers").iterdir()) == ["list_1"]


@pytest.mark.parametrize(
    ("names", "areas"),
    [
        (["東", "西", "東"], ("東", "西")),
        (["東", "ヒガシ", "ひがし"], ("東", "ヒガシ")),  # one word in two kinds of kana
        (["東", "東", "東"], None),  # one area is no level
        (["=1+1", "西", "東"], None),  # Excel would run it
        (["東", "西\n北", "東"], None),
        (["あ" * 41, "西", "東"], None),
        ([None, None, None], None),
    ],
)
def test_areas_named_by_a_list(
    save_book: SaveBook, draft: Draft, names: list[str | None], areas: tuple[str, ...] | None
) -> None:
    rows = [[*r, name] for r, name in zip(ROWS, names, strict=True)]

    def texts(book: openpyxl.Workbook) -> None:
        book.active["F2"].data_type = "s"

    found = draft(save_book({"一覧": [[*HEAD, "地区名"], *rows]}, change=texts))
    assert (found.level and (found.level.title, found.level.names)) == (areas and ("地区", areas))


def test_a_town_with_boundaries_keeps_them(
    save_book: SaveBook, draft: Draft, tmp_path: Path
) -> None:
    (tmp_path / "town/boundaries/ward").mkdir(parents=True)
    rows = [[*r, name] for r, name in zip(ROWS, "東西東", strict=True)]
    assert draft(save_book({"一覧": [[*HEAD, "地区"], *rows]})).level is None
