"""A town whose one list is a workbook as a coordinator keeps it: sheets, styles, notes, formulas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from geo.cli.group import GEO_COMMANDS, build_group

HEADERS = ["ID", "名称", "開催日時", "公開範囲", "定員", "緯度", "経度"]
MANIFEST = """title = "サロン"
symbol = "サ"
color = "#b8570a"
source = "ためし町"
licence = "CC-BY-4.0"
as_of = 2026-03-31
publication_basis = "公表済み"
"""


@dataclass
class MarkedTown:
    """The town and the command."""

    folder: Path

    @property
    def layer(self) -> Path:
        return self.folder / "layers" / "salon"

    def write_manifest(self, more: str = "", layer: str = "salon", symbol: str = "サ") -> None:
        path = self.folder / "layers" / layer / "layer.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MANIFEST.replace('"サ"', f'"{symbol}"') + more, "utf-8")

    def check(self, *options: str | Path) -> Result:
        arguments = ["--town", str(self.folder), "check", *map(str, options)]
        return CliRunner().invoke(build_group(GEO_COMMANDS), arguments)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MarkedTown:
    monkeypatch.delenv("OTAKARA_REALDATA", raising=False)
    folder = tmp_path / "town"
    (folder / "boundaries").mkdir(parents=True)
    (folder / "boundaries" / "municipality.toml").write_text(
        'name = "ためし町"\ncode = "22999"\nplane_zone = 8\n', "utf-8"
    )
    made = MarkedTown(folder)
    made.write_manifest()
    return made


@pytest.fixture
def her_book() -> Callable[..., openpyxl.Workbook]:
    """``her_book(rows)``: title rows, headers in row 3, records from row 4, a second sheet."""

    def make(rows: list[list[Any]]) -> openpyxl.Workbook:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "サロン"
        sheet.append(["令和8年度 サロン一覧"])
        sheet.merge_cells("A1:G1")
        sheet["A1"].font = Font(bold=True, size=16)
        sheet.append([])
        sheet.append(HEADERS)
        for row in rows:
            sheet.append(row)
        for cell in sheet[3]:
            cell.fill = PatternFill("solid", fgColor="FF1F5AA6")
        sheet.column_dimensions["B"].width = 33.5
        sheet.row_dimensions[4].height = 41
        choice = DataValidation("list", formula1='"だれでも,担当者だけ"')
        choice.add("D4:D99")
        sheet.add_data_validation(choice)
        sheet.conditional_formatting.add(
            "E4:E99", CellIsRule("greaterThan", ["10"], font=Font(bold=True))
        )
        sheet.freeze_panes = "A4"
        sheet.print_area = "A1:G20"
        sheet.auto_filter.ref = "A3:G20"
        sheet.column_dimensions["G"].hidden = True
        sheet["A4"].number_format = "000"
        sheet["B4"].comment = Comment("前の担当からの引きつぎ", "佐藤")
        other = book.create_sheet("集計 '26")
        other["A1"] = "件数"
        other["B1"] = "=COUNTA(サロン!B4:B99)"
        return book

    return make
