"""Features: what a geometry file holds, read; and the one way to stop reading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from geo.model.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Features:
    """A geometry file, read.

    Parameters
    ----------
    headers : tuple of str
        Column names in file order, each once.
    rows : tuple of Mapping[str, str]
        Header to text, as a clerk would read the cell: no ``.0``, dates as ``2026-03-31``, empty
        text where nothing is written.
    geometries_wkb : tuple of (bytes or None)
        WKB in EPSG:4326, longitude first, two-dimensional, finite; None where a record has no
        usable geometry.
    problems : tuple of Problem
        ``row`` is the 1-based feature number. With an error among them the rest is empty.
    """

    headers: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()
    geometries_wkb: tuple[bytes | None, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """True when an error left nothing to use."""
        return any(problem.is_error for problem in self.problems)


class UnreadableFileError(Exception):
    """Carries the one problem that makes a geometry file unreadable. Never leaves the intake."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def stop(file: str, code: str, message_ja: str, *, value: str | None = None) -> NoReturn:
    """Stop reading this file with an error the clerk can act on."""
    raise UnreadableFileError(
        Problem(Severity.ERROR, file=file, message_ja=message_ja, code=code, value=value)
    )


def warning(
    file: str,
    code: str,
    message_ja: str,
    *,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> Problem:
    """A fault to look at that does not stop the load."""
    return Problem(
        Severity.WARNING,
        file=file,
        message_ja=message_ja,
        code=code,
        row=row,
        column=column,
        value=value,
    )


def unique_headers(names: list[str]) -> tuple[str, ...]:
    """Column names made unique (``名前``, ``名前_2``), in order."""
    seen: set[str] = set()
    headers = []
    for name in names:
        header, number = name, 1
        while header in seen:
            number += 1
            header = f"{name}_{number}"
        seen.add(header)
        headers.append(header)
    return tuple(headers)
