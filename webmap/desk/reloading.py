"""Bring the map to the state of the files, one load at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import LoadRefusedError

if TYPE_CHECKING:
    from geo.model.answers import LoadAnswer
    from geo.settings import Settings


class BusyError(LoadRefusedError):
    """Another screen of this server is loading the town now."""


def is_shown(settings: Settings) -> bool:
    """Whether the map shows what the files hold."""
    from geo.loading import is_loaded

    return is_loaded(settings)


def show_files(settings: Settings, folder: Path) -> LoadAnswer | None:
    """Load the town, all or nothing; None when the map shows these files already.

    Parameters
    ----------
    settings : Settings
    folder : Path
        A folder of this server's own; holds the mark that a load is running.

    Raises
    ------
    BusyError
        When another request is loading. The command line is waited for instead.
    LoadRefusedError
        Nothing was changed; ``problems`` says why.
    """
    from geo.loading import load_town

    with _alone(folder / "loading"):
        if is_shown(settings):
            return None
        return load_town(settings)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock that the kernel gives back however we end."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BusyError(
                "a load is running",
                message_ja="いま、ほかの画面で読み込んでいます。",
                hint_ja="少し待ってから、もう一度お試しください。",
            ) from error
        yield
    finally:
        os.close(handle)
