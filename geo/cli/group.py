"""A click group that imports a command only when it runs, so that ``--help`` answers in a blink."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click

from geo import __version__
from geo.errors import OtakaraError, SettingsError, WordsError
from geo.settings import Settings, read_settings

EXIT_PROBLEMS = 1
EXIT_USAGE = 2


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """Where a command lives and what the help says of it, readable without importing it."""

    target: str
    help_ja: str


class LazyGroup(click.Group):
    """A group whose commands are names until one is called."""

    def __init__(self, *, lazy: Mapping[str, LazyCommand], name: str, help: str) -> None:
        super().__init__(name=name, help=help)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        lazy = self._lazy.get(cmd_name)
        if lazy is None:
            return None
        module, _, attribute = lazy.target.partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("コマンド"):
            formatter.write_dl([(name, lazy.help_ja) for name, lazy in self._lazy.items()])


GEO_COMMANDS: dict[str, LazyCommand] = {
    "new": LazyCommand("geo.cli.new:new", "一覧（.xlsx .csv）から、お宝の種類のフォルダを作る"),
    "publish": LazyCommand(
        "geo.cli.publish:publish", "一覧ごと、だれでも見られるようにする（根拠を書いて）"
    ),
    "check": LazyCommand(
        "geo.cli.check:check", "町のファイルを読んで、困りごとをすべて言う（何も書かない）"
    ),
    "load": LazyCommand("geo.cli.load:load", "町のファイルをデータベースに読み込む"),
    "place": LazyCommand(
        "geo.cli.place:place_command", "場所が決まっていないものを言い、手で場所を決める"
    ),
    "drafts": LazyCommand(
        "geo.cli.drafts:drafts", "集まりで出たふせん：たずねる先を言い、取り込み、済ませる"
    ),
    "areas": LazyCommand("geo.cli.areas:areas", "地区の一覧（お宝の数、またがり）"),
    "coverage": LazyCommand(
        "geo.cli.coverage:coverage", "何人の家から、歩いて通える所があるか（曜日ごと、年齢ごと）"
    ),
    "gaps": LazyCommand(
        "geo.cli.gaps:gaps", "地区の中で、歩いて通える所がまだ見つかっていない道と人数"
    ),
    "db": LazyCommand("geo.cli.db:db", "データベースを動かす・止める・保存する・戻す"),
    "doctor": LazyCommand("geo.cli.doctor:doctor", "足りないものと、そろえ方を言う"),
}


def build_group(commands: Mapping[str, LazyCommand]) -> LazyGroup:
    """The ``otakara`` group over the given commands, with ``--town``."""
    group = LazyGroup(
        name="otakara",
        lazy=commands,
        help="お宝マップ: 町のお宝を、地図と一覧にします。",
    )
    group.params.append(
        click.Option(
            ["--town"],
            type=click.Path(path_type=Path, file_okay=False),
            help="町のフォルダ（boundaries と layers を持つ）",
        )
    )
    click.version_option(__version__, prog_name="otakara", message="%(prog)s %(version)s")(group)

    def keep_town(town: Path | None) -> None:
        click.get_current_context().meta["otakara.town"] = town

    group.callback = keep_town
    return group


def current_settings() -> Settings:
    """The settings of this invocation, read once from environment and ``--town``."""
    meta = click.get_current_context().meta
    if "otakara.settings" not in meta:
        meta["otakara.settings"] = read_settings(os.environ, town=meta.get("otakara.town"))
    settings = meta["otakara.settings"]
    assert isinstance(settings, Settings)
    return settings


def run(group: click.Group) -> None:
    """Run a group; deliberate errors become Japanese sentences on stderr, never a traceback."""
    try:
        group.main(prog_name="otakara", standalone_mode=True)
    except OtakaraError as error:
        click.echo(error.sentence_ja, err=True)
        sys.exit(EXIT_USAGE if isinstance(error, SettingsError | WordsError) else EXIT_PROBLEMS)


def main() -> None:
    """Entry of ``python -m geo``."""
    run(build_group(GEO_COMMANDS))
