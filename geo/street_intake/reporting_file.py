"""A file that says what is wrong with it, each thing once."""

from __future__ import annotations

from abc import ABC
from pathlib import Path

from geo.intake.features import warning
from geo.model.problem import Problem


class ReportingFile(ABC):  # noqa: B024 - what is read, and how, is the children's
    """One file.

    Parameters
    ----------
    path : Path
    shown : str
        Its name as the clerk knows it.
    problems : list of Problem
        What is wrong is added here, each thing once.
    """

    def __init__(self, path: Path, shown: str, problems: list[Problem]) -> None:
        self._path = path
        self._shown = shown
        self._problems = problems

    def _warn(
        self,
        code: str,
        message_ja: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        self._say(warning(self._shown, code, message_ja, row=row, column=column, value=value))

    def _say(self, problem: Problem) -> None:
        if problem not in self._problems:
            self._problems.append(problem)
