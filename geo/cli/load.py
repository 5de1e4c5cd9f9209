"""``otakara load``: bring the database to the state of the town's files, and say what changed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from geo.cli.change_report import change_lines
from geo.cli.check import for_terminal, problem_lines
from geo.cli.group import EXIT_PROBLEMS, current_settings
from geo.cli.options import echo_json, echo_refusal, json_option
from geo.errors import LoadRefusedError

if TYPE_CHECKING:
    from geo.model.answers import Changes, LoadAnswer, StreetsLoaded
    from geo.model.people import PeopleLoaded
    from geo.model.town import Town
    from geo.settings import Settings

NAMES_SHOWN = 20


@click.command("load", help="町のファイルをデータベースに読み込みます。")
@click.option("--skip-bad-rows", is_flag=True, help="直すところのある行を除いて読み込む")
@click.option(
    "--accept-ended",
    type=click.IntRange(min=0),
    metavar="N",
    help="一度にN件がなくなってもよい（2割を超えてなくなる読み込みは、ふだんは止めます）",
)
@click.option(
    "--same-records",
    type=click.IntRange(min=0),
    metavar="N",
    help="IDの変わったN件は、前と同じお宝（旗の番号もそのまま）",
)
@click.option(
    "--other-records",
    type=click.IntRange(min=0),
    metavar="N",
    help="IDの変わったN件は、別のお宝（前のものは終わる）",
)
@click.option("--dry-run", is_flag=True, help="読み込まずに、前回から変わったところだけを言う")
@json_option
def load(
    skip_bad_rows: bool,
    accept_ended: int | None,
    same_records: int | None,
    other_records: int | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Exit 0 when loaded, 1 when refused; a refused load has written nothing."""
    from geo.loading import load_town

    settings = current_settings()
    try:
        with _progress() as tell:
            answer = load_town(
                settings,
                skip_bad_rows=skip_bad_rows,
                accept_ended=accept_ended,
                same_records=same_records,
                other_records=other_records,
                dry_run=dry_run,
                progress=tell,
            )
    except LoadRefusedError as refused:
        _tell_refused(refused, as_json=as_json)
        click.get_current_context().exit(EXIT_PROBLEMS)
    if as_json:
        echo_json(answer.as_json())
    else:
        for line in report_lines(answer, _town(settings)):
            click.echo(line)
    if answer.refused_ja is not None:
        if not as_json:
            click.echo(answer.refused_ja, err=True)
        click.get_current_context().exit(EXIT_PROBLEMS)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Sentences on stderr: one living line on a terminal, one line each in a log."""
    if not sys.stderr.isatty():
        yield lambda sentence: click.echo(f"{sentence}…", err=True)
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status("始めています") as status:
        yield lambda sentence: status.update(escape(for_terminal(sentence)))


def _tell_refused(refused: LoadRefusedError, *, as_json: bool) -> None:
    """What stood in the way, as ``otakara check`` says it, then the sentence."""
    if as_json:
        echo_refusal(refused)
        return
    for line in problem_lines(refused.problems):
        click.echo(line)
    click.echo(refused.sentence_ja, err=True)


def _town(settings: Settings) -> Town | None:
    from geo.manifest import read_manifests

    return read_manifests(settings.town, settings.realdata)[0]


def report_lines(answer: LoadAnswer, town: Town | None) -> Iterator[str]:
    """What a load did, for the clerk's terminal.

    Parameters
    ----------
    answer : LoadAnswer
    town : Town or None
        For the titles of levels and layers; what has left the town is called by its id.
    """
    levels = {level.id: level.title for level in town.levels} if town else {}
    layers = {layer.id: layer.title for layer in town.layers} if town else {}
    quiet = {layer.id for layer in town.layers if layer.backdrop} if town else set()
    told = {change.layer for change in answer.changes}
    warnings = [problem for problem in answer.problems if not problem.is_error]
    skipped = [problem for problem in answer.problems if problem.is_error]
    yield from problem_lines(warnings)
    if answer.levels:
        yield "地区"
        yield from _changes(answer.levels, levels, set(), set())
    if answer.layers:
        yield town.municipality.word if town else "お宝"
        yield from _changes(answer.layers, layers, quiet, told)
    if answer.streets is not None:
        yield streets_line(answer.streets)
    if answer.people is not None:
        yield people_line(answer.people)
    for key in answer.backfilled:
        title = for_terminal(layers.get(key) or levels.get(key) or key)
        yield f"「{title}」は今あるものより古い版なので、記録に残し、地図には出していません。"
    for note in answer.notes:
        yield for_terminal(note)
    if answer.places.sentence_ja:
        yield answer.places.sentence_ja
    if answer.since or answer.changes:
        yield ""
        specs = {layer.id: layer for layer in town.layers} if town else {}
        for line in change_lines(answer.changes, answer.since, specs):
            yield for_terminal(line)
    yield ""
    if answer.is_dry_run:
        yield "読み込んでいません（--dry-run）。データベースもファイルも、前のままです。"
    elif answer.skipped_rows:
        yield f"{answer.skipped_rows}行を除いて読み込みました（{answer.seconds:.1f}秒）。除いた行："
        yield from problem_lines(skipped)
    else:
        yield f"読み込みました（{answer.seconds:.1f}秒）。"


def streets_line(streets: StreetsLoaded) -> str:
    """What stands of streets and base map."""
    title = for_terminal(streets.title or "道と地形")
    if streets.is_ended:
        return f"{title}：なくなりました（これまでの分は、記録に残しています）。"
    told = f"{title}：交差点 {streets.nodes:,}、道 {streets.edges:,}本"
    if streets.is_backfill:
        return f"{told}のままです。読んだものは今あるものより古い版なので、記録に残しました。"
    if not streets.is_new:
        return f"{told}（そのまま）"
    told += f"、あわせて {streets.length_m / 1000:,.1f}km、つながり {streets.components:,}"
    if streets.largest_share is not None and streets.components > 1:
        told += f"（いちばん大きいものに{streets.largest_share * 100:.1f}％）"
    return told


def people_line(people: PeopleLoaded) -> str:
    """What stands of people."""
    title = for_terminal(people.title or "人口")
    if people.is_ended:
        return f"{title}：なくなりました（これまでの分は、記録に残しています）。"
    told = f"{title}：{people.rows:,}か所、{people.total:,}人"
    if people.is_backfill:
        return f"{told}のままです。読んだものは今あるものより古い版なので、記録に残しました。"
    if people.said_ja is None:
        return f"{told}（そのまま）"
    return f"{title}：{people.said_ja}"


def _changes(
    all_changes: Mapping[str, Changes],
    titles: Mapping[str, str],
    quiet: Collection[str],
    told: Collection[str],
) -> Iterator[str]:
    """One line per level or layer, then the names.

    ``quiet`` ones have no records to count; of those ``told`` every name follows in the report.
    """
    for key, changes in all_changes.items():
        if key in quiet:
            yield f"  {for_terminal(titles.get(key, key))}（地図の下に描くもの）"
            continue
        new, changed, ended = len(changes.new), len(changes.changed), len(changes.ended)
        standing = new + changed + changes.unchanged
        yield (
            f"  {for_terminal(titles.get(key, key))} {standing}件（新しい {new}、変わった {changed}、"
            f"そのまま {changes.unchanged}、なくなった {ended}）"
        )
        for word, names in (
            ("新しい", changes.new),
            ("変わった", changes.changed),
            ("なくなった", changes.ended),
        ):
            if names and key not in told:
                yield f"    {word}：{_some(names)}"


def _some(names: tuple[str, ...]) -> str:
    shown = "、".join(for_terminal(name) for name in names[:NAMES_SHOWN])
    more = len(names) - NAMES_SHOWN
    return f"{shown} ほか{more}件" if more > 0 else shown
