"""The pinned browser assets: complete, licensed, checked, and nothing to do twice."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geo.errors import AssetError
from webmap.assets import ASSETS, HERE, MANIFEST, VENDOR, vendor_file, vendor_url
from webmap.assets.fetch import fetch_assets, is_complete


def test_lock_pins_every_package_by_hash_without_addresses() -> None:
    packages = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    named = {name: package for name, package in packages.items() if name}
    ours = {asset.package for asset in ASSETS}
    brought = {other for package in named.values() for other in package.get("dependencies", {})}
    assert ours | brought == {name.rpartition("node_modules/")[2] for name in named}
    assert all(package["integrity"].startswith("sha512-") for package in named.values())
    assert not any("resolved" in package for package in named.values())


def test_manifest_tells_the_truth_about_every_file() -> None:
    manifest = json.loads((VENDOR / MANIFEST).read_text("utf-8"))
    described = {f["path"]: f["sha256"] for p in manifest["packages"] for f in p["files"]}
    held = {p.relative_to(VENDOR).as_posix() for p in VENDOR.rglob("*") if p.is_file()}
    assert held == {*described, MANIFEST}
    for path, digest in described.items():
        assert hashlib.sha256((VENDOR / path).read_bytes()).hexdigest() == digest
    assert all(package["licence"] and package["version"] for package in manifest["packages"])


def test_font_styles_name_only_files_that_are_here() -> None:
    for name in ("font_regular_css", "font_bold_css"):
        style = vendor_file(name)
        named = [part.split(")")[0] for part in style.read_text("utf-8").split("url(")[1:]]
        assert len(named) > 100
        assert all((style.parent / font).is_file() for font in named)


def test_unknown_asset_is_refused() -> None:
    with pytest.raises(AssetError, match="no such browser asset"):
        vendor_url("bootstrap")


def test_second_fetch_has_nothing_to_do() -> None:
    started = time.process_time()
    assert is_complete()
    assert fetch_assets(say=[].append) is False
    assert time.process_time() - started < 0.3
    done = subprocess.run(
        [sys.executable, "-m", "webmap.assets", "fetch"],
        capture_output=True,
        text=True,
        check=True,
        cwd=HERE.parent.parent,
    )
    assert done.stdout == "画面の部品はそろっています。\n"


def test_a_wrong_hash_changes_nothing(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "static" / "vendor"
    source.mkdir()
    shutil.copy(HERE / "package.json", source)
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
    lock["packages"]["node_modules/leaflet"]["integrity"] = "sha512-" + "A" * 86 + "=="
    (source / "package-lock.json").write_text(json.dumps(lock), "utf-8")
    said: list[str] = []
    with pytest.raises(AssetError) as caught:
        fetch_assets(force=True, say=said.append, target=target, source=source)
    assert "決めておいたものと違います" in caught.value.message_ja
    assert not target.exists()
    assert said
