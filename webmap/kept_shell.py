"""The drawn map shell, kept on disk so that a start need not import folium to draw it again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from webmap.assets import HERE, MANIFEST, VENDOR
from webmap.shell import Shell

KEPT = HERE / "shell.json"  # not under static: it is nobody's to fetch
_DRAWN_BY = ("webmap/treasure_map.py", "webmap/kept_shell.py", "geo/folding.py")


@lru_cache(maxsize=1)
def shell() -> Shell:
    """The shell of this program with these assets: the kept one, or drawn now and kept."""
    key = _key()
    kept = _read(key)
    if kept is not None:
        return kept
    from webmap.treasure_map import draw_shell

    drawn = draw_shell()
    _keep(key, drawn)
    return drawn


def _key() -> str:
    """Everything that decides how the shell looks: our sources, the assets, folium itself."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256(version("folium").encode())
    for path in (*(root / name for name in _DRAWN_BY), VENDOR / MANIFEST):
        digest.update(path.read_bytes() if path.is_file() else b"")
        digest.update(b"\x00")
    return digest.hexdigest()


def _read(key: str) -> Shell | None:
    try:
        kept = json.loads(KEPT.read_text("utf-8"))
        if kept.pop("key") != key:
            return None
        return Shell(**{**kept, "js": tuple(kept["js"]), "css": tuple(kept["css"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # missing, of another program, or half a file: it is drawn again


def _keep(key: str, drawn: Shell) -> None:
    """Write whole or not at all; where the folder is not ours to write, it is drawn every time."""
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(dir=KEPT.parent, prefix=".shell-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"key": key, **asdict(drawn)}, file, ensure_ascii=False)
            Path(name).chmod(0o644)
            Path(name).replace(KEPT)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
