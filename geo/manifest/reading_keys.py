"""Keys that levels and layers share: how the bytes of their files are to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geo.crs import parse_crs
from geo.manifest.strict_table import StrictTable, near_ja

ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "utf-8-sig": "utf-8-sig",
    "cp932": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "ms932": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jp",
    "euc_jp": "euc_jp",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
"""What ``encoding`` may say -> Python's codec. Shift_JIS files of towns hold ① and 髙: cp932."""

_EPSG = re.compile(r"EPSG:\d{4,6}")


def read_encoding(table: StrictTable) -> str | None:
    """``encoding`` as a Python codec, or None where the manifest does not say."""
    word = table.text("encoding")
    if word is None:
        return None
    codec = ENCODINGS.get(word.lower())
    if codec is None:
        table.error(
            "manifest-bad-value",
            f'「{word}」という文字コードは使えません。"cp932"（ExcelのCSV）か "utf-8" を書いてください。',
            "encoding",
            word,
        )
    return codec


def read_crs(table: StrictTable) -> str | None:
    """``crs`` as an EPSG name PROJ knows, or None where the manifest does not say."""
    word = table.text("crs")
    if word is None:
        return None
    known = bool(_EPSG.fullmatch(word))
    if known:
        try:
            parse_crs(word)
        except ValueError:
            known = False
    if not known:
        table.error(
            "manifest-bad-value",
            '「crs」は "EPSG:6668" の形で、ある座標系の番号を書いてください。',
            "crs",
            word,
        )
        return None
    return word


def no_such_folder(
    table: StrictTable, key: str, value: str, group: str, known: Iterable[str]
) -> None:
    """A key names a level or layer that is not there."""
    table.error(
        "manifest-bad-value",
        f"「{key}」の {value} というフォルダが {group} にありません。{near_ja(value, known)}",
        key,
        value,
    )
