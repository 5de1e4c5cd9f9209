"""One process at a time may start, stop or rearrange a cluster."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import ClusterError

Progress = Callable[[str], None]


@contextmanager
def file_lock(path: Path, *, patience_s: float, progress: Progress | None = None) -> Iterator[None]:
    """Hold an exclusive lock. The kernel lets go of it when the process dies, however it dies.

    Raises
    ------
    ClusterError
        When another process held the lock for longer than ``patience_s`` seconds.
    """
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        deadline = time.monotonic() + patience_s
        told = False
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise ClusterError(
                        f"lock {path} is held by another process",
                        message_ja="ほかのプログラムがデータベースを準備中のため、始められません。",
                        hint_ja="少し待ってから、もう一度お試しください。",
                    ) from None
            if not told and progress and time.monotonic() > deadline - patience_s + 1:
                progress("ほかのプログラムがデータベースを準備しているので、待っています…")
                told = True
            time.sleep(0.02)
        yield
    finally:
        os.close(fd)
