"""A town folder's manifests, all of them, with every fault of every one at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from geo.crs import plane_crs
from geo.manifest.boundary_file import read_level_manifest
from geo.manifest.data_paths import Ground
from geo.manifest.gazetteer_file import GAZETTEER_FILE, read_gazetteer_manifest
from geo.manifest.layer_file import read_layer_manifest
from geo.manifest.people_file import PEOPLE_FILE, read_people_manifest
from geo.manifest.streets_file import STREETS_FILE, read_streets_manifest
from geo.manifest.strict_table import StrictTable, near_ja, read_strict_table
from geo.manifest.town_file import UNKNOWN_CODE, read_municipality
from geo.model.gazetteer_sources import GazetteerSources
from geo.model.ground import StreetSources
from geo.model.people import PeopleSources
from geo.model.problem import Problem, Severity
from geo.model.town import Layer, Level, Municipality, Town

T = TypeVar("T")
_FOLDER_NAME = re.compile(r"[\w-]{1,64}")


def read_manifests(folder: Path, realdata: Path | None) -> tuple[Town | None, tuple[Problem, ...]]:
    """Read the town's own manifests, then those of every level and layer.

    Parameters
    ----------
    folder : Path
        The town folder, with ``boundaries/`` and ``layers/``.
    realdata : Path or None
        The only other folder that manifests may point into (``realdata:`` paths).

    Returns
    -------
    Town or None
        What could be understood, with placeholders where a manifest has errors; None where there
        is no town folder at all. Load it only when no problem is an error.
    tuple of Problem
        Every fault, in reading order. ``row`` is the line of the TOML file.
    """
    problems: list[Problem] = []
    ground = Ground(folder.resolve(), realdata.resolve() if realdata else None)
    town = ground.town
    if not town.is_dir():
        problems.append(
            Problem(
                Severity.ERROR,
                folder.name or str(folder),
                "町のフォルダがありません。boundaries と layers の入ったフォルダを --town で示してください。",
                "town-missing",
            )
        )
        return None, tuple(problems)
    municipality = _municipality(town, problems)
    streets = _streets(ground, problems)
    people = _people(ground, problems)
    levels = _each(
        town, "boundaries", "boundary.toml", read_level_manifest, ground, problems,
        besides=_folders_of_files(town, streets, people),
    )  # fmt: skip
    layers = _each(town, "layers", "layer.toml", read_layer_manifest, ground, problems)
    has_folders = any(_folders(town, group, ground) for group in ("boundaries", "layers"))
    if not has_folders and not (town / STREETS_FILE).is_file():
        problems.append(
            Problem(
                Severity.ERROR,
                town.name,
                "読むものがありません。boundaries の下に地区の種類のフォルダ、layers の下にお宝の種類のフォルダを置いてください。",
                "town-empty",
            )
        )
    levels.sort(key=lambda level: (level.tier or 99, level.order, level.id))
    layers.sort(key=lambda layer: (layer.order, layer.id))
    _across(municipality, levels, layers, problems)
    gazetteer = _gazetteer(ground, levels, layers, problems)
    found = Town(town, municipality, tuple(levels), tuple(layers), gazetteer, streets, people)
    return found, tuple(problems)


def placeholder_town(folder: Path) -> Town:
    """A town of which nothing is known, to carry the problems of a folder that is not one."""
    return Town(folder, Municipality("?", UNKNOWN_CODE, plane_crs(9)), (), ())


def _municipality(town: Path, problems: list[Problem]) -> Municipality:
    file = "boundaries/municipality.toml"
    path = town / "boundaries" / "municipality.toml"
    if not path.is_file() or not path.resolve().is_relative_to(town):
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                "このファイルがありません。町の名前（name）、コード（code）、系番号（plane_zone）を書いて置いてください。",
                "manifest-missing",
            )
        )
        return placeholder_town(town).municipality
    table = read_strict_table(path, file, problems)
    return read_municipality(table) if table else placeholder_town(town).municipality


def _gazetteer(
    ground: Ground, levels: list[Level], layers: list[Layer], problems: list[Problem]
) -> GazetteerSources | None:
    """``gazetteer.toml`` read; None where the town has none."""
    table = _optional_table(GAZETTEER_FILE, ground, problems)
    return read_gazetteer_manifest(table, ground, levels, layers) if table else None


def _streets(ground: Ground, problems: list[Problem]) -> StreetSources | None:
    """``streets.toml`` read; None where the town has none."""
    table = _optional_table(STREETS_FILE, ground, problems)
    return read_streets_manifest(table, ground) if table else None


def _people(ground: Ground, problems: list[Problem]) -> PeopleSources | None:
    """``people.toml`` read; None where the town has none."""
    table = _optional_table(PEOPLE_FILE, ground, problems)
    if table is None:
        return None
    folders = _folders(ground.town, "boundaries", ground)
    levels = [folder.name for folder in folders if (folder / "boundary.toml").is_file()]
    return read_people_manifest(table, ground, levels)


def _folders_of_files(
    town: Path, streets: StreetSources | None, people: PeopleSources | None
) -> frozenset[str]:
    """Folders of ``boundaries`` that hold files of streets or people: they are no levels."""
    files: list[Path] = []
    if streets is not None:
        files += [*streets.data, *streets.heights]
        files += [path for one in streets.ground for path in one.data]
    if people is not None:
        files += [*people.data, *([people.shapes] if people.shapes else [])]
    home = town / "boundaries"
    inside = [path.relative_to(home) for path in files if path.is_relative_to(home)]
    return frozenset(path.parts[0] for path in inside if len(path.parts) > 1)


def _optional_table(file: str, ground: Ground, problems: list[Problem]) -> StrictTable | None:
    """A manifest that a town may have, opened."""
    path = ground.town / file
    if not path.is_file():
        return None
    if not path.resolve().is_relative_to(ground.town):
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                "町のフォルダの外のファイルは使えません。ファイルをこのフォルダに入れてください。",
                "path-leaves-town",
            )
        )
        return None
    return read_strict_table(path, file, problems)


def _folders(town: Path, group: str, ground: Ground) -> list[Path]:
    """The folders of levels or layers, by name. Hidden ones and what archivers leave are none."""
    parent = town / group
    if not parent.is_dir() or not ground.holds(parent.resolve()):
        return []
    return [f for f in sorted(parent.iterdir()) if f.is_dir() and f.name[0] not in "._"]


def _each(
    town: Path,
    group: str,
    manifest: str,
    read: Callable[[StrictTable, Path, Ground], T],
    ground: Ground,
    problems: list[Problem],
    besides: frozenset[str] = frozenset(),
) -> list[T]:
    found: list[T] = []
    for folder in _folders(town, group, ground):
        if folder.name in besides and not (folder / manifest).is_file():
            continue
        shown = f"{group}/{folder.name}/{manifest}"

        def refuse(code: str, message_ja: str, shown: str = shown) -> None:
            problems.append(Problem(Severity.ERROR, shown, message_ja, code))

        path = folder / manifest
        if not folder.resolve().is_relative_to(town) or not path.resolve().is_relative_to(town):
            refuse(
                "path-leaves-town",
                "町のフォルダの外のフォルダは使えません。フォルダごと中に入れてください。",
            )
        elif not _FOLDER_NAME.fullmatch(folder.name):
            refuse(
                "folder-name",
                "フォルダの名前は、文字・数字・「_」「-」だけで64字までにしてください。",
            )
        elif not path.is_file():
            near = near_ja(manifest, (entry.name for entry in folder.iterdir()))
            refuse(
                "manifest-missing", f"{manifest} がありません。このフォルダに置いてください。{near}"
            )
        else:
            table = read_strict_table(path, shown, problems)
            if table is not None:
                found.append(read(table, folder, ground))
    return found


def _across(
    municipality: Municipality, levels: list[Level], layers: list[Layer], problems: list[Problem]
) -> None:
    """Faults that show only when the manifests are seen together."""

    def refuse(file: str, code: str, message_ja: str, column: str, value: str) -> None:
        problems.append(Problem(Severity.ERROR, file, message_ja, code, column=column, value=value))

    level_ids = [level.id for level in levels]
    if municipality.block_level is not None and municipality.block_level not in level_ids:
        refuse(
            "boundaries/municipality.toml",
            "manifest-bad-value",
            f"「block_level」の {municipality.block_level} というフォルダが boundaries にありません。"
            + near_ja(municipality.block_level, level_ids),
            "block_level",
            municipality.block_level,
        )
    first_with: dict[str, Layer] = {}
    for layer in layers:
        file = f"layers/{layer.id}/layer.toml"
        before = first_with.setdefault(layer.symbol, layer)
        if (
            before is not layer
            and layer.symbol != "？"
            and not (layer.backdrop and before.backdrop)
        ):
            refuse(
                file,
                "layer-symbol-twice",
                f"記号「{layer.symbol}」は「{before.title}」（layers/{before.id}）でも使っています。別の1文字にしてください。",
                "symbol",
                layer.symbol,
            )
        layer_ids = [other.id for other in layers if other is not layer]
        if layer.attached_to is not None and layer.attached_to not in layer_ids:
            refuse(
                file,
                "manifest-bad-value",
                f"「attached_to」の {layer.attached_to} というフォルダが layers にありません。"
                + near_ja(layer.attached_to, layer_ids),
                "attached_to",
                layer.attached_to,
            )
