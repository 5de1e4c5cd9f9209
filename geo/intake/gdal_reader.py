"""The parent's side of the GDAL child: start it bare, ask it, bound what it may answer."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_WALL_S = 120.0
_ANSWER_BYTES = 1 << 30
_READ_BYTES = 1 << 20
# What GDAL must not do even with the two drivers it has left.
_CHILD_ENV = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "GDAL_NUM_THREADS": "1",
    "GDAL_CACHEMAX": "64",
    "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "CPL_DEBUG": "OFF",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
    "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS": "NO",
    "SHAPE_RESTORE_SHX": "NO",
    "PYTHONWARNINGS": "ignore",
}


class GdalRefusedError(ValueError):
    """The child could not read the file. ``fault`` is ``unreadable``, ``layers`` or ``limits``."""

    def __init__(self, fault: str, detail: str, layers: tuple[str, ...] = ()) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail
        self.layers = layers


@dataclass(frozen=True, slots=True)
class GdalTable:
    """A table GDAL read: geometries as WKB in the file's own system, cells as text."""

    fields: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    geometries_wkb: tuple[bytes | None, ...]
    crs: str | None


class GdalChild:
    """One child process, started at the first question and used for the next ones.

    Starting costs as much as reading ten small files. After any fault the child is thrown away,
    so that no state of a broken file reaches the next.
    """

    def __init__(self, *, wall_s: float = _WALL_S, answer_bytes: int = _ANSWER_BYTES) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()
        self._wall_s = wall_s
        self._answer_bytes = answer_bytes

    def ask(self, path: Path, kind: str, *, layer: str | None = None) -> GdalTable:
        """Read one file.

        Parameters
        ----------
        path : Path
            A path this program made. Text of a user must never be part of it.
        kind : str
            ``shp`` or ``gpkg``.
        layer : str, optional
            Layer of a GPKG with several.

        Raises
        ------
        GdalRefusedError
            When GDAL refuses the file, or the child runs out of time, memory or output.
        """
        with self._lock:
            try:
                return self._ask({"path": str(path), "kind": kind, "layer": layer})
            except GdalRefusedError as error:
                if error.fault != "layers":
                    self._close()
                raise
            except (OSError, ValueError) as error:
                self._close()
                raise GdalRefusedError("limits", str(error)) from error

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        process = self._process
        if process is not None and self._owner == os.getpid() and process.poll() is None:
            return process
        self._close()
        script = Path(__file__).with_name("gdal_child.py")
        self._owner = os.getpid()
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_CHILD_ENV,
            cwd="/",
            close_fds=True,
            start_new_session=True,
        )
        return self._process

    def _ask(self, request: dict[str, Any]) -> GdalTable:
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        pipe = _BoundedPipe(process.stdout.fileno(), self._wall_s, self._answer_bytes)
        answer = json.loads(pipe.line())
        layers = tuple(str(name) for name in answer.get("layers", ()))
        if "fault" in answer:
            raise GdalRefusedError(str(answer["fault"]), str(answer.get("detail", "")), layers)
        lengths = [int(length) for length in answer["lengths"]]
        if any(length < 0 for length in lengths):
            raise ValueError("negative length")
        data = pipe.exactly(sum(lengths))
        geometries: list[bytes | None] = []
        start = 0
        for length in lengths:
            geometries.append(data[start : start + length] if length else None)
            start += length
        return GdalTable(
            fields=tuple(str(name) for name in answer["fields"]),
            columns=tuple(tuple(str(c) for c in column) for column in answer["columns"]),
            geometries_wkb=tuple(geometries),
            crs=None if answer["crs"] is None else str(answer["crs"]),
        )


@lru_cache(maxsize=1)
def shared_child() -> GdalChild:
    """The child of this process, ended with it."""
    child = GdalChild()
    atexit.register(child.close)
    return child


class _BoundedPipe:
    """Read a pipe with a deadline and a limit of bytes."""

    def __init__(self, descriptor: int, wall_s: float, limit_bytes: int) -> None:
        self._descriptor = descriptor
        self._deadline = time.monotonic() + wall_s
        self._room = limit_bytes
        self._held = bytearray()

    def line(self) -> bytes:
        seen = 0
        while (end := self._held.find(b"\n", seen)) < 0:
            seen = len(self._held)
            self._more()
        text = bytes(self._held[:end])
        del self._held[: end + 1]
        return text

    def exactly(self, count: int) -> bytes:
        if count > self._room + len(self._held):
            raise OSError("answer too large")
        while len(self._held) < count:
            self._more()
        return bytes(self._held[:count])

    def _more(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._descriptor, selectors.EVENT_READ)
            if not selector.select(max(0.0, self._deadline - time.monotonic())):
                raise OSError("no answer in time")
        data = os.read(self._descriptor, _READ_BYTES)
        if not data:
            raise OSError("the child ended")
        self._room -= len(data)
        if self._room < 0:
            raise OSError("answer too large")
        self._held += data
