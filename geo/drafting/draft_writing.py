"""A draft -> ``layers/<id>/`` in the town folder: all of it or nothing, and nothing overwritten."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from geo.drafting.list_draft import ListDraft
from geo.drafting.manifest_text import municipality_text
from geo.errors import LoadRefusedError


def write_draft(draft: ListDraft) -> tuple[Path, ...]:
    """Write the layer folders, and the town's manifest where it is the first day.

    Returns
    -------
    tuple of Path
        The layer folders.

    Raises
    ------
    LoadRefusedError
        When a folder is there by now, or the disk refuses; nothing has been written then.
    """
    layers = draft.town / "layers"
    made: list[Path] = []
    level_folder: Path | None = None
    town_manifest: Path | None = None
    try:
        layers.mkdir(parents=True, exist_ok=True)
        town_manifest = _write_town(draft)
        if draft.level is not None:
            files = {"boundary.toml": draft.level.manifest, "members.csv": draft.level.members}
            level_folder = _write_folder(draft.town / "boundaries" / draft.level.id, files, {})
        for place, layer in enumerate(draft.layers):
            files = {"layer.toml": layer.manifest}
            copied = {draft.file_name: draft.source} if place == 0 else {}
            made.append(_write_folder(layers / layer.id, files, copied))
    except OSError as error:
        for folder in [*made, *([level_folder] if level_folder else [])]:
            shutil.rmtree(folder, ignore_errors=True)
        if town_manifest is not None:
            town_manifest.unlink(missing_ok=True)
        raise _refused(error) from error
    return tuple(made)


def _write_folder(target: Path, texts: Mapping[str, str], copied: Mapping[str, Path]) -> Path:
    """A folder with its files, there at once or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # A hidden folder in the same place: readers of the town do not see it half-written.
    staged = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        staged.chmod(0o755)
        for name, source in copied.items():
            shutil.copyfile(source, staged / name)
        for name, text in texts.items():
            (staged / name).write_text(text, "utf-8")
        if target.exists():
            raise FileExistsError(target)
        staged.rename(target)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return target


def _write_town(draft: ListDraft) -> Path | None:
    """``municipality.toml``, where there is none; the path if it was written now."""
    if draft.municipality is None:
        return None
    boundaries = draft.town / "boundaries"
    boundaries.mkdir(parents=True, exist_ok=True)
    target = boundaries / "municipality.toml"
    handle, name = tempfile.mkstemp(prefix=".new-", dir=boundaries)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(municipality_text(draft.municipality))
        Path(name).chmod(0o644)
        os.link(name, target)  # unlike a rename, it does not replace what somebody made meanwhile
    finally:
        Path(name).unlink(missing_ok=True)
    return target


def _refused(error: OSError) -> LoadRefusedError:
    if isinstance(error, FileExistsError):
        return LoadRefusedError(
            "layer folder exists",
            message_ja="同じ名前のフォルダが、もうあります。上書きはしません。何も書いていません。",
            hint_ja="別の名前を --layer で決めてください。",
        )
    return LoadRefusedError(
        f"cannot write the layer folder: {type(error).__name__}",
        message_ja="町のフォルダに書き込めませんでした。何も書いていません。",
        hint_ja="フォルダの書き込みの許可と、ディスクの空きを確かめてください。",
    )
