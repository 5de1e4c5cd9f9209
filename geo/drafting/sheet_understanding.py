"""The sheets of a list that hold a table of treasures, understood column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.drafting.column_reading import KEPT, LEFT_OUT, SHOWN
from geo.drafting.column_roles import Roles, decide_roles
from geo.drafting.column_samples import Samples
from geo.drafting.identity_choice import Identity, choose_identity
from geo.drafting.list_draft import Choices, SheetChoices
from geo.drafting.list_survey import Sheet, Survey, refusal
from geo.drafting.table_finding import FoundTable, OddRows, find_table, odd_rows
from geo.errors import WordsError
from geo.intake.header_row import make_table
from geo.intake.layer_reader import is_note
from geo.intake.layouts import find_columns
from geo.intake.source_table import SourceRow, SourceTable, column_letter
from geo.manifest.layer_file import COLUMN_KEYS
from geo.model.problem import Problem, Severity
from geo.model.town import Layer

KNOWN_LEAST = 4.0
"""A header of less is not recognised: one word alone may stand anywhere."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A sheet whose table was understood, before it has a name. ``rows`` are its records."""

    sheet: Sheet
    found: FoundTable
    table: SourceTable
    rows: tuple[SourceRow, ...]
    roles: Roles
    samples: tuple[Samples, ...]
    odd: tuple[OddRows, ...]
    identity: Identity
    choices: SheetChoices


def understand(
    survey: Survey, choices: Choices, only_sheet: str | None
) -> tuple[list[Understood], list[str]]:
    """The sheets that hold a list, and sentences on why the others do not.

    Raises
    ------
    LoadRefusedError
        When no sheet holds one, or the wanted sheet is not there.
    """
    names = [sheet.name for sheet in survey.sheets]
    if only_sheet is not None and only_sheet not in names:
        listed = "、".join(name for name in names if name)
        words = f"シート「{only_sheet[:40]}」がありません。あるのは {listed} です。"
        raise refusal(Problem(Severity.ERROR, survey.file_name, words, "sheet-missing"))
    understood: list[Understood] = []
    said: list[str] = []
    faults: list[Problem] = []
    for sheet in survey.sheets:
        own = choices.of(sheet.name)
        if not own.use or only_sheet not in (None, sheet.name):
            continue
        shown = f"「{sheet.name}」シート" if sheet.name else "この一覧"
        if not sheet.visible and only_sheet is None:
            said.append(f"{shown}は隠れているので、読みません（--sheet で選べば読みます）。")
            continue
        reason_ja = _understand_sheet(survey, sheet, own, understood, faults)
        if reason_ja is not None:
            said.append(f"{shown}：{reason_ja}")
    if not understood:
        reasons = " ".join(said) or "このファイルには表がありません。"
        raise refusal(
            *(fault for fault in faults if fault.is_error),
            Problem(Severity.ERROR, survey.file_name, reasons, "table-empty"),
        )
    return understood, said


def _understand_sheet(
    survey: Survey,
    sheet: Sheet,
    choices: SheetChoices,
    understood: list[Understood],
    faults: list[Problem],
) -> str | None:
    """Add what was understood of a sheet, or say why it is no list."""
    if sheet.grid is None:
        faults += sheet.problems
        return next((p.message_ja for p in sheet.problems if p.is_error), "読めません。")
    found = find_table(sheet.grid, choices.header_row)
    if found is None:
        return "表がありません。"
    problems: list[Problem] = []
    table = make_table(sheet.grid, survey.file_name, sheet.name, found.header_row, problems)
    if table is None:
        return problems[-1].message_ja
    filled = [row for row in table.rows if any(text.strip() for text in row.cells)]
    if not filled:
        return "見出しだけで、行がありません。行を書いてから、もう一度どうぞ。"
    by_itself = find_columns(table.headers, bare_layer(survey))
    chosen = _chosen_columns(table, choices)
    records = _records(table, filled, ())
    roles = decide_roles(table.headers, _samples(table, records), by_itself, chosen)
    if found.known < KNOWN_LEAST and not chosen and choices.header_row is None:
        return "お宝の一覧の見出し（名称、会場、住所、日時など）が見つからないので、読みません。"
    names = roles.of("name")
    if not names:
        return "名前の列が見つからないので、読みません。名前の列の見出しを「名称」にしてください。"
    odd = odd_rows([(row.number, row.cells) for row in filled], names[0].index)
    records = _records(table, filled, odd)
    if not records:
        return "見出しだけで、行がありません。行を書いてから、もう一度どうぞ。"
    samples = _samples(table, records)
    roles = decide_roles(table.headers, samples, by_itself, chosen)
    numbers = [row.number for row in records]
    named = {index: " ".join(header.split()) for index, header in enumerate(table.headers)}
    identity = choose_identity(roles, samples, numbers, named)
    understood.append(
        Understood(sheet, found, table, records, roles, samples, odd, identity, choices)
    )
    return None


def bare_layer(survey: Survey) -> Layer:
    """A manifest that says nothing: what the intake finds by itself."""
    return Layer("x", Path(), "", "", "", 0, "", "", date.min, (), encoding=survey.encoding)


def _chosen_columns(table: SourceTable, choices: SheetChoices) -> dict[int, str]:
    letters = {column_letter(index): index for index in range(len(table.headers))}
    found: dict[int, str] = {}
    for letter, role in choices.columns.items():
        if letter not in letters or role not in {*COLUMN_KEYS, SHOWN, KEPT, LEFT_OUT}:
            raise WordsError(
                f"no such column or field: {letter[:8]!r} {role[:40]!r}",
                message_ja=f"{letter[:8]}列を「{role[:40]}」にすることはできません。",
            )
        found[letters[letter]] = role
    return found


def _records(
    table: SourceTable, filled: Sequence[SourceRow], odd: Sequence[OddRows]
) -> tuple[SourceRow, ...]:
    """Rows that the intake will take for records."""
    none = {number for rows in odd for number in rows.numbers}
    last = 0
    found: list[SourceRow] = []
    for row in filled:
        texts = [text for text in row.cells if text and not text.isspace()]
        after_blank = row.number > last + 1 and last > 0
        if is_note(texts, after_blank=after_blank, width=len(table.headers)):
            continue
        last = row.number
        if row.number not in none:
            found.append(row)
    return tuple(found)


def _samples(table: SourceTable, rows: Sequence[SourceRow]) -> tuple[Samples, ...]:
    return tuple(Samples.of(rows, index) for index in range(len(table.headers)))
