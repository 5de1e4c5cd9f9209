"""From the draft of a list to the page on which the clerk looks at it."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from geo.drafting.header_words import Sureness
from geo.drafting.list_draft import READING_LABELS_JA, Becomes, ColumnDraft, LayerDraft, ListDraft
from geo.manifest.layer_file import FIELD_HEADERS
from webmap.described import described
from webmap.desk.desk_pages import ProblemLine
from webmap.desk.draft_shelf import SheetNote
from webmap.page_frame import Frame

if TYPE_CHECKING:
    from geo.model.problem import Problem

PROBLEMS_SHOWN = 30
_SAMPLES_SHOWN = 3
_LONGEST_SAMPLE = 40


@dataclass(frozen=True, slots=True)
class NewListPage:
    """Choose a file."""

    template: ClassVar[str] = "desk_new.html"
    frame: Frame = described("Surroundings")
    csrf: str = described("Token of this session's forms")
    most_mib: int = described("The largest file, in MiB")
    refused: str | None = described("Why the last file could not be read", default=None)
    problems: tuple[ProblemLine, ...] = described("What is wrong with it", default=())


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the list."""

    letter: str = described("Excel's letter")
    header: str = described("Its header, as it stands in the file")
    value: str = described("What it became, as the form says it")
    reason: str = described("Why")
    samples: str = described("The first things that stand in it")
    is_unsure: bool = described("Whether somebody should look at it")
    choices: tuple[tuple[str, str], ...] = described("Value and label of what it can become")


@dataclass(frozen=True, slots=True)
class LayerLines:
    """One sheet, as a kind of treasure."""

    sheet: str = described("Name of the sheet; empty for a CSV")
    heading: str = described("What to call it on this page")
    title: str = described("What the map will call it")
    counts: str = described("How many, and who may see them")
    said: tuple[str, ...] = described("What was noticed on the way")
    unplaced: int = described("Records without coordinates")
    columns: tuple[ColumnLine, ...] = described("What each column became")
    headings: tuple[str, ...] = described("Headings of the first rows")
    rows: tuple[tuple[str, ...], ...] = described("The first rows")
    problems: tuple[ProblemLine, ...] = described("What should be looked at")
    problems_left: int = described("How many more there are")
    is_faulty: bool = described("Whether some of it must be mended first")


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What became of the list, before anything is written."""

    template: ClassVar[str] = "desk_preview.html"
    frame: Frame = described("Surroundings")
    csrf: str = described("Token of this session's forms")
    url: str = described("Where the form is sent")
    file_name: str = described("What the clerk calls the file")
    ok: bool = described("Whether the list can be used as it is")
    errors: int = described("How many faults must be mended first")
    said: tuple[str, ...] = described("What was noticed of the whole file")
    layers: tuple[LayerLines, ...] = described("Its sheets")
    left_out: tuple[str, ...] = described("Sheets the clerk has left out")
    basis: str | None = described("Why the list is public; None keeps it to 担当者だけ")
    refused: str | None = described("Why the draft could not be made", default=None)
    problems: tuple[ProblemLine, ...] = described("What stood in the way", default=())


@dataclass(frozen=True, slots=True)
class PublishPage:
    """What everybody would see from now on, before it is so."""

    template: ClassVar[str] = "desk_publish.html"
    frame: Frame = described("Surroundings")
    csrf: str = described("Token of this session's forms")
    sentences: tuple[tuple[str, ...], ...] = described("What would happen, per list")
    trouble: str | None = described("Why it could not be done")


def layer_lines(layer: LayerDraft, *, several: bool) -> LayerLines:
    """One drafted layer, ready to print."""
    headings, rows = layer.preview
    problems = ProblemLine.of(layer.problems, file="")  # its name stands above
    sheet = layer.sheet or ""
    return LayerLines(
        sheet=sheet,
        heading=f"シート「{sheet}」" if sheet and several else "読み取ったこと",
        title=layer.title,
        counts=layer.counts_ja,
        said=layer.said_ja,
        unplaced=layer.unplaced,
        columns=tuple(_column_line(column) for column in layer.columns),
        headings=headings,
        rows=rows,
        problems=problems[:PROBLEMS_SHOWN],
        problems_left=max(0, len(problems) - PROBLEMS_SHOWN),
        is_faulty=any(line.is_error for line in problems),
    )


def value_of(column: ColumnDraft) -> str:
    """What a column became, in the word of forms and choices."""
    return column.field or column.becomes.value


def changed_columns(
    layer: LayerDraft, asked: Mapping[str, str], before: SheetNote
) -> dict[str, str]:
    """What the person has said of columns: the earlier words, and those of this form that differ.

    Parameters
    ----------
    layer : LayerDraft
        As the page showed it.
    asked : Mapping[str, str]
        Column letter to word, from the form; words nobody offered are left out.
    before : SheetNote
        What was said earlier.
    """
    changed = dict(before.columns)
    for column in layer.columns:
        word = asked.get(column.letter)
        if word and word != value_of(column) and word in dict(_choices(column)):
            changed[column.letter] = word
    return changed


def errors_of(draft: ListDraft) -> Sequence[Problem]:
    """What must be mended before the list can be used."""
    return [problem for layer in draft.layers for problem in layer.errors]


def _column_line(column: ColumnDraft) -> ColumnLine:
    samples = [
        text if len(text) <= _LONGEST_SAMPLE else f"{text[: _LONGEST_SAMPLE - 1]}…"
        for text in column.samples[:_SAMPLES_SHOWN]
    ]
    return ColumnLine(
        letter=column.letter,
        header=column.header,
        value=value_of(column),
        reason=column.reason_ja,
        samples="\n".join(samples),
        is_unsure=column.sureness is Sureness.GUESS,
        choices=_choices(column),
    )


def _choices(column: ColumnDraft) -> tuple[tuple[str, str], ...]:
    """What this column can become: it stays what it is, or a field, or nothing."""
    own = {value_of(column): column.label_ja}
    ways = {way.value: way.label_ja for way in Becomes if way is not Becomes.FIELD}
    readings = {key: label for key, label in READING_LABELS_JA.items() if key != "weekday_hours"}
    return tuple((own | ways | FIELD_HEADERS | readings).items())
