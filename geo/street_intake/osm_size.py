"""How much an OpenStreetMap file holds, before anybody unpacks it for good."""

from __future__ import annotations

import bz2
import gzip
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
        if size > 1 << 16:
            break
        header = dict(_fields(file, size))
        end = file.tell() + header.get(3, 0)
        count += max(
            (value for key, value in _fields(file, header.get(3, 0)) if key < 3), default=0
        )
        if file.seek(0, 1) != end:
            break
    return count


def _fields(file: BinaryIO, size: int) -> list[tuple[int, int]]:
    """Field number and value (numbers) or length (bytes, stepped over) of a protobuf message."""
    found = []
    end = file.tell() + size
    while file.tell() < end:
        key = _varint(file)
        value = _varint(file)
        if key & 7 == 2:
            file.seek(value, 1)
        elif key & 7:
            break
        found.append((key >> 3, value))
    return found


def _varint(file: BinaryIO) -> int:
    value = 0
    for shift in range(0, 70, 7):
        byte = file.read(1)
        if not byte:
            break
        value |= (byte[0] & 127) << shift
        if byte[0] < 128:
            break
    return value
