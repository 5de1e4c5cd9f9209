"""``otakara up``: PostGIS, the town's files, the screen; one command for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo.cli.group import current_settings
from geo.cli.options import audience_option
from geo.errors import DatabaseError, LoadRefusedError
from geo.model.audience import Audience
from webmap.commands.serve import host_option, port_option, run_server
from webmap.commands.terminal import say, showing

if TYPE_CHECKING:
    from geo.database import TownDatabase
    from geo.model.answers import LoadAnswer
    from geo.settings import Settings


@click.command(
    "up",
    help="データベースを用意し、町のファイルが新しければ読み込み、画面に出します（Ctrl+C で終わり）。",
)
@host_option
@port_option
@audience_option
@click.option("--no-load", is_flag=True, help="町のファイルを読み込まず、前に読み込んだ内容を出す")
def up(host: str, port: int | None, audience: Audience, no_load: bool) -> None:
    """Prepare, load if new, serve. Stops the cluster at the end only if it was started here."""
    from geo.database import TownDatabase
    from webmap.app import served_municipality
    from webmap.passphrase import new_gate, require_safe_host

    settings = current_settings()
    # What cannot work is said before anything long begins.
    require_safe_host(audience, host, settings.passphrase)
    new_gate(audience, settings.passphrase)
    database = TownDatabase(settings, served_municipality(settings).code)
    try:
        with showing("データベースを用意しています…") as tell:
            database.prepare(progress=tell)
        if database.cluster is not None:
            database.cluster.stay()
        if not no_load:
            _load_if_new(settings, database)
        database.dispose()
        run_server(settings, host=host, port=port, audience=audience)
    finally:
        # Does nothing in a worker, or when somebody else started the cluster.
        if database.cluster is not None:
            database.cluster.stop()


def _load_if_new(settings: Settings, database: TownDatabase) -> None:
    """Bring the database to the state of the files; a fault keeps the older state on the screen."""
    from geo.loading import is_loaded, load_town

    if is_loaded(settings):
        return
    try:
        with showing("町のファイルを読み込んでいます…") as tell:
            answer = load_town(settings, progress=tell)
    except LoadRefusedError as error:
        _show_refusal(error)
        if not _has_older_state(database):
            raise
        say("")
        say("町のファイルは読み込まず、前に読み込んだ内容を画面に出します。")
        return
    say(f"読み込みました（お宝 {_treasures_of(settings, answer)}件、{answer.seconds:.1f}秒）。")


def _treasures_of(settings: Settings, answer: LoadAnswer) -> int:
    """How many treasures stand after a load; what is only drawn under the flags is none."""
    from geo.manifest import read_manifests

    town, _ = read_manifests(settings.town, settings.realdata)
    quiet = {layer.id for layer in town.layers if layer.backdrop} if town else set()
    return sum(
        len(changes.new) + len(changes.changed) + changes.unchanged
        for layer, changes in answer.layers.items()
        if layer not in quiet
    )


def _show_refusal(error: LoadRefusedError) -> None:
    """Every fault as the clerk must read it."""
    problems = getattr(error, "problems", ())
    if problems:
        from geo.cli.check import problem_lines

        for line in problem_lines(problems):
            say(line)
    say(error.sentence_ja)


def _has_older_state(database: TownDatabase) -> bool:
    from geo.questions import revision

    try:
        with database.connect(Audience.PUBLIC) as conn:
            revision(conn)
    except DatabaseError:
        return False
    return True
