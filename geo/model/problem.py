"""A fault in a given file, as the clerk must read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """Whether a fault stops the load."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label_ja(self) -> str:
        """The heading under which faults of this severity are listed."""
        return {"error": "直すまで読み込めません", "warning": "確かめてください"}[self.value]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, addressed the way the clerk's own program addresses it.

    Parameters
    ----------
    severity : Severity
    file : str
        Path inside the town folder, as the clerk knows it.
    message_ja : str
        What is wrong and what to do, in one or two Japanese sentences.
    code : str
        A stable English word for the kind of fault (``number-not-a-number``); tests, the
        README's error table and the counterexamples key on it.
    sheet : str, optional
        Sheet name of a workbook.
    cell : str, optional
        Excel's own address (``C12``) for workbooks and CSV opened in Excel.
    row : int, optional
        Record number counted as Excel counts rows (the header is row 1 unless it stands lower)
        for tables, 1-based feature number for geometry files.
    column : str, optional
        Header text.
    value : str, optional
        The value as written, at most 80 characters.
    """

    severity: Severity
    file: str
    message_ja: str
    code: str
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __post_init__(self) -> None:
        if self.value is not None and len(self.value) > 80:
            object.__setattr__(self, "value", self.value[:79] + "…")

    @property
    def is_error(self) -> bool:
        """True when nothing may be loaded before this is mended."""
        return self.severity is Severity.ERROR

    def as_json(self) -> dict[str, object]:
        """The stable shape of ``check --json``, with ``code`` added."""
        return {
            "severity": self.severity.value,
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message_ja": self.message_ja,
            "code": self.code,
        }
