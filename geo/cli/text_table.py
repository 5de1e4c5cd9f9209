"""A table for the terminal whose cells are text and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.cli.check import for_terminal

if TYPE_CHECKING:
    from rich.table import Table


def text_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, words: int
) -> Table:
    """The first ``words`` columns hold words and stand left, all others numbers."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(for_terminal(title)), title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(
            Text(for_terminal(column)),
            justify="left" if place < words else "right",
            no_wrap=place >= words,
        )
    for row in rows:
        table.add_row(*(Text(for_terminal(cell)) for cell in row))
    return table
