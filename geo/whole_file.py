"""Write a small file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

NEW_FILE_MODE = 0o644


def replace_file(path: Path, data: bytes, *, new_mode: int = NEW_FILE_MODE) -> None:
    """Put ``data`` where ``path`` is: a reader, or a cut of power, finds the old file or the new.

    Written beside it and moved over it; the old file's permissions stay. Does nothing when the
    file says so already.

    Parameters
    ----------
    path : pathlib.Path
        In a folder that exists.
    data : bytes
    new_mode : int
        The permissions of a file that was not there before.

    Raises
    ------
    OSError
        When the folder cannot be written; the old file stands and nothing is left beside it.
    """
    is_there = path.is_file()
    if is_there and path.read_bytes() == data:
        return
    mode = path.stat().st_mode & 0o777 if is_there else new_mode
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
