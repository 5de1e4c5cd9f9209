"""Browser assets (scripts, styles, fonts): what is pinned here, fetched once, and served by us.

Third-party code is never committed. ``python -m webmap.assets fetch`` copies what the lock names
into ``webmap/static/vendor`` with a manifest (name, version, licence, sha256 of every file).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo.errors import AssetError

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "static"
VENDOR = STATIC / "vendor"
MANIFEST = "manifest.json"
STATIC_URL = "/static/"


@dataclass(frozen=True, slots=True)
class Asset:
    """One thing to copy out of an npm package.

    Parameters
    ----------
    name : str
        How templates and the map shell ask for it.
    package : str
        npm package of ``package.json``.
    source : str
        Path inside the package; for a stylesheet of fonts, the fonts it names come along.
    target : str
        Path inside ``static/vendor``.
    """

    name: str
    package: str
    source: str
    target: str


ASSETS = (
    Asset("leaflet", "leaflet", "dist/leaflet.js", "leaflet/leaflet.js"),
    Asset("leaflet_css", "leaflet", "dist/leaflet.css", "leaflet/leaflet.css"),
    Asset(
        "vector_tiles",
        "protomaps-leaflet",
        "dist/protomaps-leaflet.js",
        "protomaps-leaflet/protomaps-leaflet.js",
    ),
    Asset("tile_archive", "pmtiles", "dist/pmtiles.js", "pmtiles/pmtiles.js"),
    Asset("font_regular_css", "@fontsource/biz-udpgothic", "400.css", "fonts/400.css"),
    Asset("font_bold_css", "@fontsource/biz-udpgothic", "700.css", "fonts/700.css"),
    Asset(
        "font_regular_ttf",
        "@expo-google-fonts/biz-udpgothic",
        "400Regular/BIZUDPGothic_400Regular.ttf",
        "ttf/BIZUDPGothic-Regular.ttf",
    ),
    Asset(
        "font_bold_ttf",
        "@expo-google-fonts/biz-udpgothic",
        "700Bold/BIZUDPGothic_700Bold.ttf",
        "ttf/BIZUDPGothic-Bold.ttf",
    ),
    Asset(
        "more_kanji_ttf",
        "@expo-google-fonts/noto-sans-jp",
        "400Regular/NotoSansJP_400Regular.ttf",
        "ttf/NotoSansJP-Regular.ttf",
    ),
    Asset(
        "more_kanji_bold_ttf",
        "@expo-google-fonts/noto-sans-jp",
        "700Bold/NotoSansJP_700Bold.ttf",
        "ttf/NotoSansJP-Bold.ttf",
    ),
    Asset(
        "emoji_ttf",
        "@expo-google-fonts/noto-emoji",
        "400Regular/NotoEmoji_400Regular.ttf",
        "ttf/NotoEmoji-Regular.ttf",
    ),
    Asset("axe", "axe-core", "axe.min.js", "axe/axe.min.js"),
)

LICENCES = {
    "leaflet": ("LICENSE",),
    "@fontsource/biz-udpgothic": ("LICENSE",),
    "@expo-google-fonts/biz-udpgothic": ("LICENSE", "LICENSE_FONT"),
    "@expo-google-fonts/noto-emoji": ("LICENSE", "LICENSE_FONT"),
    "@expo-google-fonts/noto-sans-jp": ("LICENSE", "LICENSE_FONT"),
    "protomaps-leaflet": ("LICENSE",),
    "pmtiles": ("package.json",),  # its package brings no text of its licence (BSD-3-Clause)
    "axe-core": ("LICENSE",),
}


def lock_hash() -> str:
    """What decides whether a fetch is needed: the lock, and what we copy out of it."""
    words = (HERE / "package-lock.json").read_bytes() + repr((ASSETS, LICENCES)).encode()
    return hashlib.sha256(words).hexdigest()


@lru_cache(maxsize=1)
def _manifest() -> dict[str, dict[str, str]]:
    """Asset name -> {path, sha256}, from the manifest of the last fetch."""
    try:
        read = json.loads((VENDOR / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        raise AssetError(
            "static/vendor/manifest.json is missing",
            message_ja="画面に使う部品（地図の表示と文字）が、まだ取り寄せられていません。",
            hint_ja="make assets を実行してください。",
        ) from None
    named: dict[str, dict[str, str]] = read["assets"]
    return named


def vendor_file(name: str) -> Path:
    """The file of an asset on disk.

    Raises
    ------
    AssetError
        For a name nobody pinned, or when nothing has been fetched yet.
    """
    return VENDOR / _entry(name)["path"]


def vendor_url(name: str) -> str:
    """The address of an asset on our own server; changes when its bytes change.

    Raises
    ------
    AssetError
        For a name nobody pinned, or when nothing has been fetched yet.
    """
    entry = _entry(name)
    return f"{STATIC_URL}vendor/{entry['path']}?v={entry['sha256'][:12]}"


@lru_cache(maxsize=256)
def app_url(path: str) -> str:
    """The address of one of our own files under ``static/app``, with its version.

    Raises
    ------
    AssetError
        When there is no such file.
    """
    file = STATIC / "app" / path
    if not file.is_file():
        raise _unknown(path)
    return f"{STATIC_URL}app/{path}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"


def _entry(name: str) -> dict[str, str]:
    try:
        return _manifest()[name]
    except KeyError:
        raise _unknown(name) from None


def _unknown(name: str) -> AssetError:
    return AssetError(
        f"no such browser asset: {name}",
        message_ja=f"画面の部品 {name} は登録されていません。",
        hint_ja="make assets を実行しても直らないときは、プログラムの不具合です。",
    )
