"""A table for the terminal whose cells are text and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.cli.check import for_terminal

if TYPE_CHECKING:
    from rich.table import Table


def text_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """The first column stands left, all others right."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(for_terminal(title)), title_justify="left")
    table.add_column(Text(for_terminal(columns[0])))
    for column in columns[1:]:
        table.add_column(Text(for_terminal(column)), justify="right")
    for row in rows:
        table.add_row(*(Text(for_terminal(cell)) for cell in row))
    return table
