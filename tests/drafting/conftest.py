"""A town folder of the first day, and lists written in the test that drafts them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from drafting.drafted import TODAY, Draft
from towns.make_her_workbook import make

from geo.drafting import ListDraft, draft_list, municipality_draft


@pytest.fixture
def save_book(tmp_path: Path) -> Callable[..., Path]:
    """``save_book({"一覧": [[...], ...]}, "a.xlsx", change=lambda book: ...)``."""

    def save(
        sheets: dict[str, list[list[object]]],
        name: str = "一覧.xlsx",
        change: Callable[[openpyxl.Workbook], object] | None = None,
    ) -> Path:
        book = openpyxl.Workbook()
        assert book.active is not None
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        if change is not None:
            change(book)
        path = tmp_path / name
        book.save(path)
        return path

    return save


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Draft a list for the town ``tmp_path/town``, which does not exist yet."""

    def run(source: Path, **more: Any) -> ListDraft:
        return draft_list(
            tmp_path / "town",
            None,
            source,
            today=more.pop("today", TODAY),
            municipality=municipality_draft("ためし町", "22999"),
            **more,
        )

    return run


@pytest.fixture
def her_workbook(tmp_path: Path) -> Path:
    """The workbook of ``tests/towns/make_her_workbook.py``."""
    path = tmp_path / "通いの一覧.xlsx"
    make().save(path)
    return path
