"""How much an OpenStreetMap file holds, before anybody unpacks it for good."""

from __future__ import annotations

import bz2
import gzip
import os
import stat
import zlib
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO

from geo.intake.features import stop

# A country of people fits; a town takes a hundredth. An honest pbf unpacks to two or three times
# its size; one that unpacks to a hundred times was made to fill the memory.
MOST_FILE_BYTES = 512 << 20
MOST_UNPACKED_BYTES = 3 << 30
_MOST_TIMES = 12
_FREE_BYTES = 64 << 20
_CHUNK_BYTES = 1 << 20
# Of the format: a blob has a header, which tells its length, and tells itself how long its data
# is as it stands (1) or once unpacked (2).
_MOST_HEADER_BYTES = 64 << 10
_MOST_BLOB_BYTES = 32 << 20
_LENGTH_OF_BLOB = 3
_UNPACKED = frozenset({1, 2})
_MOST_FIELDS = 64
_TOO_LARGE_JA = (
    "大きすぎます（広げると {mb} MB を超えます）。必要な市町村だけを切り出してください。"
)


def check_size(path: Path, shown: str) -> None:
    """Refuse what is no file, is too large, or would unpack to too much.

    Raises
    ------
    UnreadableFileError
        With the reason.
    """
    try:
        facts = path.stat()
    except OSError:
        stop(shown, "file-missing", "ファイルを開けません。場所と名前を確かめてください。")
    if not stat.S_ISREG(facts.st_mode):
        stop(shown, "file-not-regular", "ふつうのファイルではないので読みません。")
    if facts.st_size == 0:
        stop(shown, "osm-broken", "中身が空です。もう一度もらい直してください。")
    if facts.st_size > MOST_FILE_BYTES:
        stop(
            shown,
            "file-too-large",
            f"大きすぎます（{MOST_FILE_BYTES >> 20} MB まで）。"
            "必要な市町村だけを切り出してください。",
        )
    limit = MOST_UNPACKED_BYTES
    if path.suffix.lower() == ".pbf":
        limit = min(limit, _FREE_BYTES + _MOST_TIMES * facts.st_size)
    if _unpacked_bytes(path, limit) > limit:
        stop(shown, "file-too-large", _TOO_LARGE_JA.format(mb=f"{limit >> 20:,}"))


def _unpacked_bytes(path: Path, limit: int) -> int:
    """What a file unpacks to; a number above ``limit`` says only that it is more.

    A file that is broken is not measured to its end: reading it says what is wrong with it.
    """
    suffix = path.suffix.lower()
    if suffix == ".pbf":
        with path.open("rb") as file:
            return _pbf_bytes(file, limit)
    if suffix == ".gz":
        with gzip.open(path, "rb") as unpacked:
            return _counted(unpacked, limit)
    if suffix == ".bz2":
        with bz2.open(path, "rb") as unpacked:
            return _counted(unpacked, limit)
    return path.stat().st_size


def _counted(unpacked: BufferedIOBase, limit: int) -> int:
    count = 0
    try:
        while count <= limit and (chunk := unpacked.read(_CHUNK_BYTES)):
            count += len(chunk)
    except (OSError, EOFError, zlib.error):
        pass
    return count


def _pbf_bytes(file: BinaryIO, limit: int) -> int:
    """The sum of what the blobs say they unpack to; the reader holds each to its word."""
    count = 0
    while count <= limit and len(head := file.read(4)) == 4:
        size = int.from_bytes(head, "big")
        if size > _MOST_HEADER_BYTES:
            break
        length = dict(_fields(file, size)).get(_LENGTH_OF_BLOB, 0)
        if length > _MOST_BLOB_BYTES:
            break
        count += max((value for key, value in _fields(file, length) if key in _UNPACKED), default=0)
    return count


def _fields(file: BinaryIO, size: int) -> list[tuple[int, int]]:
    """Field number and value (numbers) or length (bytes, stepped over) of a protobuf message.

    The file stands behind the message afterwards. A message that is broken ends where it breaks.
    """
    found: list[tuple[int, int]] = []
    end = file.tell() + size
    while (at := file.tell()) < end and len(found) < _MOST_FIELDS:
        key, value = _varint(file), _varint(file)
        if key is None or value is None or key & 7 not in {0, 2}:
            break
        if key & 7 == 2:
            if value > end - at:
                break
            file.seek(value, os.SEEK_CUR)
        found.append((key >> 3, value))
    file.seek(end)
    return found


def _varint(file: BinaryIO) -> int | None:
    value = 0
    for shift in range(0, 63, 7):
        byte = file.read(1)
        if not byte:
            return None
        value |= (byte[0] & 127) << shift
        if byte[0] < 128:
            return value
    return None
