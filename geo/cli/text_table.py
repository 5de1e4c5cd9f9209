"""A table for the terminal whose cells are text and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.cli.check import for_terminal

if TYPE_CHECKING:
    from rich.table import Table

_NARROWEST = 8
"""Cells of a terminal: four characters of Japanese on a line."""


def text_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, words: int
) -> Table:
    """The first ``words`` columns hold words, which may be broken; all others numbers, which may not.

    A table of numbers should be no wider than 80 columns beside its words.
    """
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(for_terminal(title)), title_justify="left")
    for place, column in enumerate(columns):
        if place < words:
            table.add_column(Text(for_terminal(column)), overflow="fold", min_width=_NARROWEST)
        else:
            widest = max(map(cell_len, (column, *(row[place] for row in rows))))
            table.add_column(Text(column), justify="right", no_wrap=True, min_width=widest)
    for row in rows:
        table.add_row(*(Text(for_terminal(cell)) for cell in row))
    return table
