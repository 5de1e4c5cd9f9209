"""``otakara db``: run, stop, look at, save and bring back the embedded PostGIS."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.group import current_settings
from geo.cli.options import audience_option, echo_json, json_option
from geo.errors import DatabaseError
from geo.model.audience import Audience

if TYPE_CHECKING:
    from geo.cluster import Cluster


def _say(text: str) -> None:
    click.echo(text, err=True)


def _embedded() -> Cluster:
    """The embedded cluster; a given database is not ours to run or save."""
    from geo.cluster import Cluster

    settings = current_settings()
    if settings.database_url:
        raise DatabaseError(
            "OTAKARA_DATABASE_URL is set: the given server is not ours to manage",
            message_ja="OTAKARA_DATABASE_URL で指定されたデータベースは、このコマンドでは扱えません。",
            hint_ja="動かす・止める・保存するのは、そのデータベースの管理者の道具で行ってください。",
        )
    return Cluster(settings.cluster)


@click.group(help="データベース（内蔵のPostGIS）を動かす・止める・保存する・戻す")
def db() -> None:
    """Group of the commands below."""


@db.command(help="データベースを始める（動いていれば、そのまま）")
def start() -> None:
    """Start or join."""
    cluster = _embedded()
    started = cluster.start(progress=_say)
    click.echo("データベースを始めました。" if started else "データベースはもう動いています。")


@db.command(help="データベースを止める")
def stop() -> None:
    """Stop, whoever started it."""
    stopped = _embedded().stop(force=True)
    click.echo("データベースを止めました。" if stopped else "データベースは動いていません。")


@db.command(help="データベースの様子を見る")
@json_option
def status(as_json: bool) -> None:
    """Look without starting."""
    found = _embedded().status()
    if as_json:
        echo_json(
            {
                "running": found.running,
                "initialised": found.initialised,
                "folder": str(found.folder),
                "socket_folder": str(found.socket_folder),
                "pid": found.pid,
                "postgresql": found.major,
                "size_bytes": found.size_bytes,
                "towns": list(found.towns),
            }
        )
        return
    state = "動いています" if found.running else "止まっています"
    click.echo(f"状態：{state if found.initialised else 'まだ作られていません'}")
    click.echo(f"フォルダ：{found.folder}")
    if found.initialised:
        click.echo(f"版：PostgreSQL {found.major}　大きさ：{found.size_bytes / 1e6:.0f} MB")
    if found.running:
        click.echo(f"町：{'、'.join(found.towns) or 'まだありません'}")


@db.command(help="QGISなどからつなぐときのURL（だれの目で見るかを選べます）")
@click.option("--town-code", help="全国地方公共団体コード（町が1つなら要りません）")
@click.option("--owner", is_flag=True, help="持ち主の権限（読み書きできます）")
@audience_option
def url(town_code: str | None, owner: bool, audience: Audience) -> None:
    """Print a libpq URL."""
    from geo.database import TownDatabase

    settings = current_settings()
    code = town_code
    if code is None and settings.database_url is None:
        cluster = _embedded()
        towns = cluster.status().towns
        if len(towns) != 1:
            raise DatabaseError(
                f"cannot choose among the towns {towns}",
                message_ja="どの町のデータベースか決められません。"
                if towns
                else "データベースが動いていないか、町のデータがまだありません。",
                hint_ja=f"--town-code に {'、'.join(towns)} のどれかを指定してください。"
                if towns
                else "「otakara load」をしてから、もう一度お試しください。",
            )
        code = towns[0]
    if code is None:
        raise DatabaseError(
            "--town-code is needed with OTAKARA_DATABASE_URL",
            message_ja="--town-code に全国地方公共団体コードを指定してください。",
        )
    town = TownDatabase(settings, code)
    click.echo(town.owner_url() if owner else town.url_for(audience))


@db.command(help="すべての町のデータを1つのファイルに保存する（担当者だけの内容も入ります）")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Start if needed, then save."""
    from geo.cluster.backup import backup as save

    cluster = _embedded()
    if not cluster.status().initialised:
        raise DatabaseError(
            "there is no cluster to save",
            message_ja="保存するデータがまだありません。",
            hint_ja="先に「otakara load」で町のデータを読み込んでください。",
        )
    cluster.start(progress=_say)
    try:
        codes = save(cluster, file, progress=_say)
    finally:
        cluster.stop()  # only if this command started it
    click.echo(f"{file} に保存しました（町：{'、'.join(codes)}）。")
    click.echo("住所や連絡先が入っています。鍵のかかる場所に置いてください。")


@db.command(help="保存したファイルからデータを戻す")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="今あるデータを捨てて、ファイルの中身に置き換える")
def restore(file: Path, replace: bool) -> None:
    """Start if needed, then restore all or none."""
    from geo.cluster.backup import restore as bring_back

    cluster = _embedded()
    cluster.start(progress=_say)
    try:
        codes = bring_back(cluster, file, replace=replace, progress=_say)
    finally:
        cluster.stop()
    click.echo(f"{file} から戻しました（町：{'、'.join(codes)}）。")
