"""Settings: read once at the start, frozen, handed down. An unknown ``OTAKARA_*`` is refused."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.errors import SettingsError
from geo.model.audience import Audience


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable, for reading it and for the README's table."""

    name: str
    help_ja: str


SETTINGS = (
    Setting("OTAKARA_TOWN", "町のフォルダ（boundaries と layers を持つ）。初めは今いるフォルダ"),
    Setting("OTAKARA_REALDATA", "マニフェストから参照してよい、町のフォルダの外のデータ置き場"),
    Setting("OTAKARA_DATABASE_URL", "内蔵のPostGISの代わりに使うデータベース（持ち主の権限）"),
    Setting("OTAKARA_DATABASE_URL_PUBLIC", "同じデータベースへの「だれでも」の接続先"),
    Setting("OTAKARA_DATABASE_URL_COUNCIL", "同じデータベースへの「協議体まで」の接続先"),
    Setting("OTAKARA_DATABASE_URL_PARTNERS", "同じデータベースへの「支援関係者まで」の接続先"),
    Setting("OTAKARA_DATABASE_URL_COORDINATOR", "同じデータベースへの「担当者だけ」の接続先"),
    Setting("OTAKARA_CLUSTER", "内蔵のPostGISのデータを置くフォルダ"),
    Setting(
        "OTAKARA_DRAFTS",
        "集まりで出たふせん（担当者だけの下書き）を置くフォルダ。初めはデータベースの隣",
    ),
    Setting("OTAKARA_PASSPHRASE", "「だれでも」以外の画面やファイルを開くための合言葉"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of one process.

    Parameters
    ----------
    town : Path
        The town folder, absolute.
    realdata : Path or None
        The one folder outside the town folder that manifests may point into.
    database_url : str or None
        Owner URL of a given PostGIS; None means the embedded cluster.
    audience_urls : Mapping[Audience, str]
        Explicit URLs per audience for a given PostGIS.
    cluster : Path or None
        Folder of the embedded cluster; None means the default place.
    passphrase : str or None
        For screens and files above だれでも.
    drafts : Path or None
        Folder of what was said at meetings; None means beside the database.
    """

    town: Path
    realdata: Path | None = None
    database_url: str | None = None
    audience_urls: Mapping[Audience, str] | None = None
    cluster: Path | None = None
    passphrase: str | None = None
    drafts: Path | None = None


def read_settings(environ: Mapping[str, str], *, town: Path | None = None) -> Settings:
    """Read the environment once.

    Parameters
    ----------
    environ : Mapping[str, str]
        Usually ``os.environ``.
    town : Path, optional
        ``--town`` of the command line; wins over ``OTAKARA_TOWN``.

    Raises
    ------
    SettingsError
        For an unknown ``OTAKARA_*`` name, or a data folder that is set but cannot be read.
    """
    known = [setting.name for setting in SETTINGS]
    for name in sorted(environ):
        if name.startswith("OTAKARA_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise SettingsError(
                f"unknown setting {name}",
                message_ja=f"設定 {name} はありません。",
                hint_ja=f"{near[0]} のことでしょうか。"
                if near
                else "README の「設定」を見てください。",
            )

    def text(name: str) -> str | None:
        return environ.get(name, "").strip() or None

    realdata = text("OTAKARA_REALDATA")
    if realdata is not None and not Path(realdata).is_dir():
        raise SettingsError(
            f"OTAKARA_REALDATA is not a readable folder: {realdata}",
            message_ja=f"OTAKARA_REALDATA のフォルダ {realdata} を開けません。",
            hint_ja="フォルダの場所を直すか、この設定を外してください。",
        )
    named = {a: text(f"OTAKARA_DATABASE_URL_{a.name}") for a in Audience}
    cluster = text("OTAKARA_CLUSTER")
    drafts = text("OTAKARA_DRAFTS")
    return Settings(
        town=(town or Path(text("OTAKARA_TOWN") or ".")).resolve(),
        realdata=Path(realdata).resolve() if realdata else None,
        database_url=text("OTAKARA_DATABASE_URL"),
        audience_urls={a: url for a, url in named.items() if url},
        cluster=Path(cluster).resolve() if cluster else None,
        passphrase=text("OTAKARA_PASSPHRASE"),
        drafts=Path(drafts).resolve() if drafts else None,
    )
