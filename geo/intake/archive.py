"""The parts of a Shapefile, loose in a folder or packed in a zip. Given files are hostile.

No name from an archive or a clerk becomes a path: every part is written under a fixed name into
a private folder, and bytes are counted while they are unpacked.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from geo.intake.features import stop

LIMIT_BYTES = 512 << 20
_MOST_MEMBERS = 5000
_CHUNK_BYTES = 1 << 20
SHAPE_PARTS = ("shp", "shx", "dbf", "prj", "cpg")
_NEEDED = ("shp", "dbf")  # an index (.shx) can be made again
_SHP_MAGIC = b"\x00\x00\x27\x0a"


def read_bytes(path: Path, file: str, *, limit_bytes: int = LIMIT_BYTES) -> bytes:
    """All bytes of a regular file, or the error that says why not."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        stop(file, "file-missing", "ファイルを開けません。場所と名前を確かめてください。")
    with os.fdopen(descriptor, "rb") as stream:
        facts = os.fstat(stream.fileno())
        if not stat.S_ISREG(facts.st_mode):
            stop(file, "file-not-regular", "ふつうのファイルではないので読みません。")
        if facts.st_size > limit_bytes:
            _too_large(file, limit_bytes)
        data = stream.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        _too_large(file, limit_bytes)
    return data


def unpack_gzip(path: Path, file: str, *, limit_bytes: int = LIMIT_BYTES) -> bytes:
    """What a ``.gz`` of one file holds, counted while it is unpacked."""
    packed = io.BytesIO(read_bytes(path, file))
    try:
        with gzip.GzipFile(fileobj=packed) as stream:
            data = stream.read(limit_bytes + 1)
    except (OSError, EOFError, zlib.error):
        stop(file, "zip-broken", "gz が壊れていて開けません。もう一度もらい直してください。")
    if len(data) > limit_bytes:
        _too_large(file, limit_bytes)
    return data


def loose_parts(path: Path, file: str) -> dict[str, bytes]:
    """The parts of the Shapefile whose ``.shp`` is at ``path``, by extension.

    Extensions may be written in capitals. A part that is a link out of the folder is refused.
    """
    try:
        beside = {
            other.suffix[1:].lower(): other
            for other in sorted(path.parent.iterdir())
            if other.stem == path.stem and other.suffix[1:].lower() in SHAPE_PARTS
        }
    except OSError:
        stop(file, "file-missing", "ファイルを開けません。場所と名前を確かめてください。")
    beside["shp"] = path
    home = path.resolve().parent
    parts: dict[str, bytes] = {}
    for extension, other in beside.items():
        if other.is_symlink() and other.resolve().parent != home:
            stop(
                file,
                "part-leaves-folder",
                f"「{other.name}」はほかの場所へのリンクなので読みません。"
                "実物のファイルを置いてください。",
                value=other.name,
            )
        parts[extension] = read_bytes(other, file)
    return whole(parts, path.name, file)


def whole(parts: dict[str, bytes], name: str, file: str) -> dict[str, bytes]:
    """The parts again, or the error that names what a Shapefile lacks."""
    stem = name.rsplit(".", 1)[0]
    missing = [f"{stem}.{e}" for e in _NEEDED if e not in parts]
    if missing:
        stop(
            file,
            "shapefile-part-missing",
            f"Shapefile は1組のファイルです。{'、'.join(missing)} が見つかりません。"
            "同じフォルダ（または同じ zip）に入れてください。",
            value=missing[0],
        )
    if not all(parts[e].startswith(_SHP_MAGIC) for e in ("shp", "shx") if e in parts):
        stop(
            file,
            "not-a-shapefile",
            "名前は Shapefile ですが、中身は Shapefile ではありません。元のデータを確かめてください。",
        )
    return parts


def unpack(path: Path, file: str, wanted: str | None = None) -> tuple[str, dict[str, bytes]]:
    """What a zip holds: ``("shp", parts)``, ``("gpkg", {...})`` or ``("geojson", {...})``.

    Folder depth does not matter. Member names may be CP932 or UTF-8. Of several kinds in one zip
    the Shapefile is taken, which is how the ministry packs its files; of several Shapefiles the
    one called ``wanted``, with or without its ending.

    Raises
    ------
    UnreadableFileError
        For anything that is not exactly one geometry file, or is not safe to unpack.
    """
    with _opened(path, file) as archive:
        return _chosen(archive, file, wanted)


def unpack_one(path: Path, file: str, ending: str, *, limit_bytes: int) -> tuple[str, bytes]:
    """Name and bytes of the only member of a zip whose name ends in ``ending``.

    Raises
    ------
    UnreadableFileError
        When the zip holds none or several such, or is not safe to unpack.
    """
    with _opened(path, file) as archive:
        members = _members(archive, file)
        names = [name for name in members if name.lower().endswith(ending)]
        if len(names) != 1:
            stop(
                file,
                "zip-nothing" if not names else "zip-several",
                f"zip の中に {ending} のファイルが {len(names)} 個あります。1つだけにしてください。",
            )
        return _base(names[0]), _counted(archive, members[names[0]], limit_bytes, file)


def member_names(path: Path, file: str) -> tuple[str, ...]:
    """What a zip holds, by name.

    Raises
    ------
    UnreadableFileError
        When it is no zip, or not safe to unpack.
    """
    with _opened(path, file) as archive:
        return tuple(_members(archive, file))


@contextlib.contextmanager
def _opened(path: Path, file: str) -> Iterator[zipfile.ZipFile]:
    """The zip, with whatever breaks while it is read said as a fault of the file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode) or path.stat().st_size > LIMIT_BYTES:
            stop(file, "file-not-regular", "ふつうのファイルではないか、大きすぎるので読みません。")
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError:
        stop(file, "file-missing", "ファイルを開けません。場所と名前を確かめてください。")
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError):
        stop(file, "zip-broken", "zip が壊れていて開けません。もう一度もらい直してください。")
    except (NotImplementedError, RuntimeError):
        stop(
            file,
            "zip-locked",
            "この zip はパスワード付きか、特別な方式で縮めてあるため開けません。"
            "ふつうの zip に作り直してください。",
        )


def _members(archive: zipfile.ZipFile, file: str) -> dict[str, zipfile.ZipInfo]:
    """What may be unpacked, by name."""
    infos = archive.infolist()
    if len(infos) > _MOST_MEMBERS:
        stop(file, "zip-too-many", f"zip の中のファイルが多すぎます（{len(infos)} 個）。")
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = _member_name(info)
        if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
            stop(
                file,
                "zip-unsafe",
                "zip の中に、フォルダの外を指す名前のファイルがあるので読みません。",
                value=name,
            )
        if stat.S_ISLNK(info.external_attr >> 16):
            stop(file, "zip-unsafe", "zip の中にリンクがあるので読みません。", value=name)
        base = name.rsplit("/", 1)[-1]
        if not info.is_dir() and not base.startswith(".") and not name.startswith("__MACOSX/"):
            members[name] = info
    return members


def _chosen(  # noqa: RET503 - stop() never returns
    archive: zipfile.ZipFile, file: str, wanted: str | None
) -> tuple[str, dict[str, bytes]]:
    members = _members(archive, file)
    by_kind: dict[str, list[str]] = {}
    for name in members:
        by_kind.setdefault(name.rsplit(".", 1)[-1].lower(), []).append(name)
    kinds = {
        "shp": by_kind.get("shp", []),
        "gpkg": by_kind.get("gpkg", []),
        "geojson": [n for e in ("geojson", "json", "topojson") for n in by_kind.get(e, [])],
    }
    for kind, names in kinds.items():
        if len(names) > 1:
            named = [n for n in names if wanted and wanted in {n, _base(n), _stem(n)}]
            if len(named) == 1:
                return kind, _taken(archive, members, named[0], kind, file)
            shown = "、".join(sorted(names)[:5])
            stop(
                file,
                "zip-several",
                f"zip の中に {kind} が {len(names)} 個あります（{shown}）。"
                f'使うものをマニフェストに sheet = "{_stem(sorted(names)[0])}" のように書いてください。',
            )
        if names:
            return kind, _taken(archive, members, names[0], kind, file)
    inner = "zip の中に zip があります。一度取り出してください。" if by_kind.get("zip") else ""
    stop(
        file,
        "zip-nothing",
        f"zip の中に Shapefile（.shp）が見つかりません。{inner}",
    )


def _base(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _stem(name: str) -> str:
    return _base(name).rsplit(".", 1)[0]


def _taken(
    archive: zipfile.ZipFile,
    members: dict[str, zipfile.ZipInfo],
    name: str,
    kind: str,
    file: str,
) -> dict[str, bytes]:
    room = LIMIT_BYTES
    parts: dict[str, bytes] = {}
    stem = name.rsplit(".", 1)[0]
    for other, info in members.items():
        bare, _, extension = other.rpartition(".")
        extension = extension.lower()
        wanted = other == name if kind != "shp" else bare == stem and extension in SHAPE_PARTS
        if wanted:
            data = _counted(archive, info, room, file)
            room -= len(data)
            parts[kind if kind != "shp" else extension] = data
    return whole(parts, name.rsplit("/", 1)[-1], file) if kind == "shp" else parts


def _counted(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int, file: str) -> bytes:
    chunks = []
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            room -= len(chunk)
            if room < 0:
                _too_large(file, LIMIT_BYTES)
            chunks.append(chunk)
    return b"".join(chunks)


def _member_name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & 0x800:  # the name is not declared UTF-8; Python read it as CP437
        raw = name.encode("cp437", "replace")
        for codec in ("utf-8", "cp932"):
            try:
                name = raw.decode(codec)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _too_large(file: str, limit_bytes: int) -> NoReturn:
    stop(
        file,
        "file-too-large",
        f"大きすぎます（{limit_bytes >> 20} MB まで）。必要な市町村だけを切り出してください。",
    )
