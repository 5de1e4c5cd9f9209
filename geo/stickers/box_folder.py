"""Where the stickers of a town lie: private to this machine's user, outside everything published."""

from __future__ import annotations

import os
from pathlib import Path

from geo.cluster.cluster_ground import default_folder
from geo.errors import SettingsError, TownFolderError
from geo.settings import Settings

FOLDER_MODE = 0o700


def box_folder(settings: Settings, municipality_code: str) -> Path:
    """The folder of a town's stickers; not made yet.

    Beside the embedded cluster (never in it: its folder may be thrown away and made anew). With a
    given database: the user's state folder, and root's place for data. ``OTAKARA_DRAFTS`` wins.

    Raises
    ------
    SettingsError
        When ``OTAKARA_DRAFTS`` points into the town folder, which others may see.
    """
    if settings.drafts is not None:
        base = settings.drafts
        shared = [settings.town, *filter(None, [settings.realdata])]
        if any(base.is_relative_to(folder) for folder in shared):
            raise SettingsError(
                "OTAKARA_DRAFTS lies in a folder of data",
                message_ja="OTAKARA_DRAFTS が、町のフォルダか、データ置き場の中を指しています。",
                hint_ja="下書きは担当者だけのものです。ほかの人に渡すことのない場所を指定してください。",
            )
    elif settings.database_url is None:
        cluster = settings.cluster or default_folder()
        base = cluster.with_name(f"{cluster.name}-drafts")
    else:
        base = _state_home() / "drafts"
    return base / municipality_code


def make_private(folder: Path) -> None:
    """Make a folder that only we may enter, or refuse one that others may.

    Raises
    ------
    TownFolderError
    """
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        found = folder.stat()
        if found.st_uid != os.geteuid():
            raise PermissionError(1, "ほかの利用者のものです")
        if found.st_mode & 0o077:
            folder.chmod(FOLDER_MODE)
    except OSError as error:
        raise not_usable(folder) from error


def not_usable(folder: Path) -> TownFolderError:
    """The sentence for a folder of stickers that cannot be read or written."""
    return TownFolderError(
        f"the folder of stickers cannot be used: {folder}",
        message_ja="集まりのふせんを置くフォルダを使えません。何も変えていません。",
        hint_ja=f"{folder} に書き込めるか、ディスクに空きがあるかを確かめるか、"
        "OTAKARA_DRAFTS で別の場所を指定してください。",
    )


def _state_home() -> Path:
    if os.geteuid() == 0:
        return Path("/var/lib/otakara")
    named = os.environ.get("XDG_STATE_HOME", "")
    base = Path(named) if named.startswith("/") else Path.home() / ".local" / "state"
    return base / "otakara"
