"""Which files a manifest may name: inside the town folder or the one data folder beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from geo.manifest.strict_table import StrictTable, near_ja

TABLE_SUFFIXES = (".csv", ".xlsx", ".xlsm")
GEOMETRY_SUFFIXES = (".geojson", ".json", ".topojson", ".shp", ".zip", ".gpkg", ".gz")
REALDATA_PREFIX = "realdata:"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ABSOLUTE = re.compile(r"^([/\\~]|[A-Za-z]:)")


@dataclass(frozen=True, slots=True)
class Ground:
    """Where manifests may point: both folders absolute and free of symlinks."""

    town: Path
    realdata: Path | None

    def holds(self, path: Path) -> bool:
        """True when a resolved path lies in one of the two folders."""
        return path.is_relative_to(self.town) or (
            self.realdata is not None and path.is_relative_to(self.realdata)
        )


def named_file(
    table: StrictTable, key: str, name: str, folder: Path, ground: Ground, kinds: tuple[str, ...]
) -> Path | None:
    """The file a manifest names, or None with the fault kept."""

    def refuse(code: str, message_ja: str) -> None:
        table.error(code, message_ja, key, _CONTROL.sub("?", name))

    base, inner = folder, name
    if name.startswith(REALDATA_PREFIX):
        if ground.realdata is None:
            refuse(
                "realdata-not-set",
                "「realdata:」の置き場が決まっていません。設定 OTAKARA_REALDATA にフォルダを書いてください。",
            )
            return None
        base, inner = ground.realdata, name[len(REALDATA_PREFIX) :]
    if _CONTROL.search(inner) or _ABSOLUTE.match(inner) or "\\" in inner or not inner.strip():
        refuse(
            "path-refused",
            "ファイルの名前は、このマニフェストのあるフォルダからの道すじで書いてください（/ や C: で始めない、¥ を使わない）。",
        )
        return None
    try:
        path = _existing(base / inner)
        resolved = path.resolve()
        allowed = (
            resolved.is_relative_to(base) if base == ground.realdata else ground.holds(resolved)
        )
        found = allowed and resolved.is_file()
    except (OSError, RuntimeError, ValueError):
        allowed, found = True, False
    if not allowed:
        refuse(
            "path-leaves-town",
            "町のフォルダの外のファイルは使えません。ファイルをこのフォルダに入れてください。",
        )
        return None
    if not found:
        near = near_ja(path.name, _names_beside(path, ground))
        refuse("data-missing", f"ファイル「{inner}」がありません。{near}")
        return None
    if resolved.suffix.lower() == ".xls":
        refuse("data-kind", _OLD_EXCEL_JA)
        return None
    if resolved.suffix.lower() not in kinds:
        refuse(
            "data-kind",
            f"「{inner}」は読めない種類のファイルです。使えるのは {' '.join(kinds)} です。",
        )
        return None
    return resolved


_OLD_EXCEL_JA = "古いExcel形式（.xls）は読めません。Excelで開き、「Excel ブック（.xlsx）」で保存し直してください。"


def _existing(path: Path) -> Path:
    """The path in the form of Unicode in which the disk holds it (macOS writes か + ゛)."""
    if path.exists():
        return path
    for form in ("NFC", "NFD"):
        other = Path(unicodedata.normalize(form, str(path)))
        if other.exists():
            return other
    return path


def _names_beside(path: Path, ground: Ground) -> list[str]:
    try:
        parent = path.parent.resolve()
        if not ground.holds(parent):
            return []
        return [entry.name for entry in parent.iterdir()]
    except (OSError, ValueError):
        return []


def files_in_folder(
    table: StrictTable, folder: Path, ground: Ground, kinds: tuple[str, ...], besides: set[Path]
) -> tuple[Path, ...]:
    """The data files of a folder whose manifest names none, by name."""
    found: list[Path] = []
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "~$")) or not entry.is_file():  # ~$: Excel has it open
            continue
        if entry.suffix.lower() == ".xls":
            table.error("data-kind", _OLD_EXCEL_JA, "data", entry.name)
        if entry.suffix.lower() not in kinds:
            continue
        resolved = entry.resolve()
        if not ground.holds(resolved):
            table.error(
                "path-leaves-town",
                "町のフォルダの外のファイルは使えません。ファイルをこのフォルダに入れてください。",
                "data",
                entry.name,
            )
        elif resolved not in besides:
            found.append(resolved)
    return tuple(found)


def data_files(
    table: StrictTable, folder: Path, ground: Ground, kinds: tuple[str, ...], besides: set[Path]
) -> tuple[Path, ...]:
    """The files of the key ``data``, or the data files of the folder where it is not written."""
    names = table.texts("data")
    if not table.has("data"):
        return files_in_folder(table, folder, ground, kinds, besides)
    if table.is_empty_list("data"):
        table.error("data-missing", "「data」にファイルの名前が1つもありません。", "data")
    found: list[Path] = []
    for name in names:
        path = named_file(table, "data", name, folder, ground, kinds)
        if path is not None and path in found:
            table.error(
                "data-twice",
                f"ファイル「{name}」が2回書いてあります。片方を消してください。",
                "data",
                name,
            )
        elif path is not None:
            found.append(path)
    return tuple(found)


def required_data(
    table: StrictTable, folder: Path, ground: Ground, kinds: tuple[str, ...]
) -> tuple[Path, ...]:
    """The files of the key ``data``, which must be written."""
    if table.has("data"):
        return data_files(table, folder, ground, kinds, set())
    table.texts("data")
    table.error(
        "manifest-key-missing",
        "「data」がありません。読むファイルの名前を書き足してください。",
        "data",
    )
    return ()
