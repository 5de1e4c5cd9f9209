"""How long work is shown on a terminal: quietly, in place, and not at all where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Tell = Callable[[str], None]


def say(text: str) -> None:
    """One line for the person; results go to stdout, this goes beside it."""
    click.echo(text, err=True)


@contextmanager
def showing(first: str) -> Iterator[Tell]:
    """Show what is being done: one moving line on a terminal, plain lines elsewhere."""
    if sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status(first) as status:
            yield status.update
        return
    last = [""]

    def tell(text: str) -> None:
        if text != last[0]:
            last[0] = text
            say(text)

    yield tell
