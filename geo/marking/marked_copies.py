"""Which lists get a marked copy, where it goes, and that nothing is ever overwritten."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import WordsError
from geo.manifest.data_paths import TABLE_SUFFIXES
from geo.model.problem import Problem
from geo.model.reading import TownReading
from geo.model.town import Layer

if TYPE_CHECKING:
    from openpyxl import Workbook

COPY_ENDING = "（確認）.xlsx"


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """One list with faults.

    ``path`` is None where no copy could be made; ``notes_ja`` say why, or what a copy lost.
    """

    file: str
    path: Path | None
    errors: int
    warnings: int
    notes_ja: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The stable shape in ``check --json``."""
        return {
            "file": self.file,
            "path": None if self.path is None else str(self.path),
            "errors": self.errors,
            "warnings": self.warnings,
            "notes": list(self.notes_ja),
        }


@dataclass(frozen=True, slots=True)
class _Order:
    layer: Layer
    source: Path
    file: str
    target: Path
    problems: tuple[Problem, ...]


def write_marked_copies(reading: TownReading, folder: Path) -> tuple[MarkedCopy, ...]:
    """Write a marked copy of every workbook and CSV list that has a fault.

    Parameters
    ----------
    reading : TownReading
    folder : Path
        Where the copies go; made when it is not there. Outside the town's ``layers`` and
        ``boundaries``, where a copy would be read as data the next time.

    Raises
    ------
    WordsError
        When a copy is there already or the folder cannot be used; nothing is written then.
    """
    orders = tuple(_orders(reading, folder))
    _check_folder(reading.town.folder, folder)
    there = [order.target.name for order in orders if os.path.lexists(order.target)]
    if there:
        raise _refused(
            f"「{'」「'.join(there[:5])}」が、もうそこにあります。上書きはしません。",
            "前の写しを消すか、別のフォルダを書いてください。",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(
            "そのフォルダをつくれません。", "書きこめる場所を書いてください。"
        ) from error
    return tuple(_write(order) for order in orders)


def _orders(reading: TownReading, folder: Path) -> Iterator[_Order]:
    told: dict[str, list[Problem]] = {}
    for problem in reading.problems:
        told.setdefault(problem.file, []).append(problem)
    seen: set[Path] = set()
    names: set[str] = set()
    for layer in reading.town.layers:
        for path in layer.data:
            file = reading.town.shown_path(path)
            if path in seen or file not in told or path.suffix.lower() not in TABLE_SUFFIXES:
                continue
            seen.add(path)
            name = f"{path.stem}{COPY_ENDING}"
            if name.casefold() in names:  # two folders, one file name
                name = f"{layer.id}_{name}"
            count = 2
            while name.casefold() in names:
                name = f"{layer.id}_{path.stem}_{count}{COPY_ENDING}"
                count += 1
            names.add(name.casefold())
            # Two layers may read one file: the same fault of the file is told once.
            of_layer = told.get(f"layers/{layer.id}", ())
            problems = tuple(dict.fromkeys((*told[file], *of_layer)))
            yield _Order(layer, path, file, folder / name, problems)


def _check_folder(town: Path, folder: Path) -> None:
    place = folder.resolve()
    for inner in ("layers", "boundaries"):
        if place.is_relative_to((town / inner).resolve()):
            raise _refused(
                f"町の {inner} フォルダの中には、写しを置けません（次に一覧として読んでしまいます）。",
                "ほかのフォルダを書いてください。",
            )
    if place.exists() and not place.is_dir():
        raise _refused("それはフォルダではありません。", "フォルダの名前を書いてください。")


def _write(order: _Order) -> MarkedCopy:
    from geo.errors import HostileFileError
    from geo.marking.book_marks import mark_book
    from geo.marking.source_books import open_source

    errors = sum(problem.is_error for problem in order.problems)
    warnings = len(order.problems) - errors

    def told(path: Path | None, *notes_ja: str) -> MarkedCopy:
        return MarkedCopy(order.file, path, errors, warnings, notes_ja)

    try:
        book, notes = open_source(order.source, order.file, order.layer)
        mark_book(book, order.file, order.problems, notes)
    except HostileFileError as refusal:
        return told(None, refusal.message_ja)
    try:
        _save(book, order.target, order.source)
    except OSError:
        return told(None, "写しを書きこめませんでした。空きと、書きこみの許可を確かめてください。")
    except Exception:  # openpyxl meets parts of a workbook that it cannot write again
        return told(None, "このブックには写せない部品があるので、写しはつくれませんでした。")
    return told(order.target, *notes)


def _save(book: Workbook, target: Path, source: Path) -> None:
    """Write whole or not at all, and never over another file."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".marked-", suffix=".xlsx")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            book.save(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(source.stat().st_mode & 0o666 | 0o200)  # as open as the list itself
        try:
            os.link(temporary, target)  # fails where something has come in between
        except FileExistsError:
            raise
        except OSError:  # a USB stick knows no links
            if os.path.lexists(target):
                raise
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _refused(message_ja: str, hint_ja: str) -> WordsError:
    return WordsError("marked copies refused", message_ja=message_ja, hint_ja=hint_ja)


def copies_lines(copies: Sequence[MarkedCopy]) -> Iterator[str]:
    """What was written, for the terminal."""
    if not copies:
        yield "印をつけるところのある一覧は、ありませんでした。"
    for copy in copies:
        count = f"直す {copy.errors}か所、確かめる {copy.warnings}か所"
        yield (
            f"印をつけた写し  {copy.path}（{count}）"
            if copy.path is not None
            else f"写しなし  {copy.file}（{count}）"
        )
        for note in copy.notes_ja:
            yield f"    {note}"
