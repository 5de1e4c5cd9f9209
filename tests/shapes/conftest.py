"""Small Shapefiles written byte by byte, so that a test may put any fault into them."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

JGD2011 = (
    'GEOGCS["GCS_JGD_2011",DATUM["D_JGD_2011",SPHEROID["GRS_1980",6378137.0,298.257222101]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
Points = Sequence[tuple[float, float]]
MakeShapefile = Callable[..., Path]


def dbf_bytes(
    fields: Sequence[tuple[str, str, int]],
    rows: Sequence[Sequence[bytes]],
    *,
    driver: int = 0,
    codec: str = "cp932",
    deleted: Sequence[int] = (),
) -> bytes:
    length = 1 + sum(width for _, _, width in fields)
    first = 32 + 32 * len(fields) + 1
    head = struct.pack("<BBBBIHH", 3, 126, 1, 1, len(rows), first, length).ljust(29, b"\0")
    head += bytes([driver, 0, 0])
    for name, kind, width in fields:
        head += name.encode(codec)[:10].ljust(11, b"\0") + kind.encode() + b"\0" * 4
        head += bytes([width, 0]) + b"\0" * 14
    body = b""
    for n, row in enumerate(rows):
        body += b"*" if n in deleted else b" "
        for (_, kind, width), cell in zip(fields, row, strict=True):
            padded = cell.rjust(width) if kind in "NF" else cell.ljust(width)
            body += padded[:width]
    return head + b"\r" + body + b"\x1a"


def shp_bytes(rings: Sequence[Points | None], *, kind: int = 5) -> tuple[bytes, bytes]:
    """``.shp`` and ``.shx`` of one ring (5), line (3) or point (1) per record."""
    records, index, at = b"", b"", 50
    for n, ring in enumerate(rings, start=1):
        if ring is None:
            content = struct.pack("<i", 0)
        elif kind == 1:
            content = struct.pack("<idd", 1, *ring[0])
        else:
            xs, ys = [x for x, _ in ring], [y for _, y in ring]
            content = struct.pack("<idddd", kind, min(xs), min(ys), max(xs), max(ys))
            content += struct.pack("<iii", 1, len(ring), 0)
            content += b"".join(struct.pack("<dd", *point) for point in ring)
        records += struct.pack(">ii", n, len(content) // 2) + content
        index += struct.pack(">ii", at, len(content) // 2)
        at += 4 + len(content) // 2
    box = struct.pack("<dddddddd", 0, 0, 1, 1, 0, 0, 0, 0)

    def head(length: int) -> bytes:
        return (
            struct.pack(">iiiiiii", 9994, 0, 0, 0, 0, 0, length // 2)
            + struct.pack("<ii", 1000, kind)
            + box
        )

    return head(100 + len(records)) + records, head(100 + len(index)) + index


def square(x: float, y: float, side: float = 0.005) -> Points:
    """Clockwise, as the format wants outer rings."""
    return [(x, y), (x, y + side), (x + side, y + side), (x + side, y), (x, y)]


@pytest.fixture
def make_shapefile(tmp_path: Path) -> MakeShapefile:
    """``make_shapefile(rows, rings, ...)``: the path of a loose ``.shp``."""

    def make(
        rows: Sequence[Sequence[bytes]] = ((b"1", "港町".encode("cp932")),),
        rings: Sequence[Points | None] | None = None,
        *,
        fields: Sequence[tuple[str, str, int]] = (("CODE", "C", 8), ("NAME", "C", 20)),
        driver: int = 0x13,
        cpg: str | None = None,
        prj: str | None = JGD2011,
        kind: int = 5,
        deleted: Sequence[int] = (),
        folder: Path = tmp_path,
        stem: str = "区域",
    ) -> Path:
        shapes = [square(138.3 + n * 0.01, 34.85) for n in range(len(rows))]
        shp, shx = shp_bytes(shapes if rings is None else rings, kind=kind)
        parts = {"shp": shp, "shx": shx}
        parts["dbf"] = dbf_bytes(fields, rows, driver=driver, deleted=deleted)
        if cpg is not None:
            parts["cpg"] = cpg.encode()
        if prj is not None:
            parts["prj"] = prj.encode()
        folder.mkdir(parents=True, exist_ok=True)
        for extension, data in parts.items():
            (folder / f"{stem}.{extension}").write_bytes(data)
        return folder / f"{stem}.shp"

    return make


@pytest.fixture
def realdata() -> Path:
    """The real files. A test that names them fails where they are not."""
    folder = Path(os.environ["OTAKARA_REALDATA"])
    assert folder.is_dir()
    return folder
