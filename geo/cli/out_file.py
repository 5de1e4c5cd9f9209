"""The file a command writes where the person said: whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from geo.errors import WordsError
from geo.whole_file import replace_file

OURS_ONLY = 0o600
EVERYBODYS = 0o644


def require_writable(target: Path) -> None:
    """Say at once what would fail at the end.

    Raises
    ------
    WordsError
    """
    folder = target.parent
    if not folder.is_dir():
        raise WordsError(
            f"no such folder: {folder}",
            message_ja=f"書き出す先のフォルダ {folder} がありません。",
            hint_ja="フォルダを作るか、-o の場所を直してください。",
        )
    if target.is_dir():
        raise WordsError(
            f"the target is a folder: {target}",
            message_ja=f"{target} はフォルダです。",
            hint_ja="-o には、書き出すファイルの名前まで書いてください。",
        )
    if not os.access(folder, os.W_OK):
        raise _cannot_write(target, "")


def write_out(target: Path, content: bytes, *, private: bool) -> None:
    """Write the file; ``private`` makes it readable by its owner only.

    Raises
    ------
    WordsError
        When it cannot be written; an older file stands as it was.
    """
    require_writable(target)
    try:
        replace_file(target, content, new_mode=OURS_ONLY)
        target.chmod(OURS_ONLY if private else EVERYBODYS)
    except OSError as error:
        raise _cannot_write(target, error.strerror or "") from error


def _cannot_write(target: Path, reason: str) -> WordsError:
    return WordsError(
        f"cannot write {target}: {reason}",
        message_ja=f"{target} に書き込めません。",
        hint_ja="空き容量と、フォルダに書き込む権限を確かめてください。",
    )
