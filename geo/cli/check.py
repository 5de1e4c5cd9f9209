"""``otakara check``: read the town's files, tell every fault, write nothing."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.group import EXIT_PROBLEMS, current_settings
from geo.cli.options import echo_json, json_option
from geo.model.problem import Problem, Severity
from geo.model.problem_sentence import sentence_ja

if TYPE_CHECKING:
    from geo.marking import MarkedCopy
    from geo.model.reading import TownReading
    from geo.people_intake.people_checking import PeopleCheck
    from geo.settings import Settings
    from geo.street_intake.checking import StreetsCheck

SHOWN_PER_KIND = 50
_QUESTIONS = frozenset({"id-changed", "id-names-another", "many-would-end"})
"""What a load asks; how to answer is said after the list."""
_END_JA = {
    Severity.ERROR: "この{count}件は、直すまで読み込めません。直して保存し、もう一度確かめてください。",
    Severity.WARNING: "この{count}件は、このままでも読み込めます。違っているところだけ直してください。",
}


@click.command("check", help="町のファイルを読んで、困りごとをすべて言います（何も書きません）。")
@click.option(
    "--marked",
    type=click.Path(path_type=Path),
    metavar="フォルダ",
    help="困りごとのセルに色とメモをつけた、一覧の写しを書き出す（元の一覧は変えません）",
)
@json_option
def check(marked: Path | None, as_json: bool) -> None:
    """Exit 0 when nothing stops a load, 1 when something does."""
    settings = current_settings()
    if as_json or not sys.stderr.isatty():
        found = _read(settings, lambda _sentence: None)
    else:
        from rich.console import Console

        with Console(stderr=True).status("町のファイルを読んでいます") as status:
            found = _read(settings, lambda told: status.update(for_terminal(told)))
    reading = found[0]
    copies: tuple[MarkedCopy, ...] | None = None
    if marked is not None:
        from geo.marking import write_marked_copies

        copies = write_marked_copies(reading, marked)
    if as_json:
        told = check_json(*found)
        echo_json(told if copies is None else told | {"marked": [c.as_json() for c in copies]})
    else:
        for line in report_lines(*found):
            click.echo(line)
        if copies is not None:
            from geo.marking.marked_copies import copies_lines

            for line in copies_lines(copies):
                click.echo(for_terminal(line))
    if reading.errors:
        click.get_current_context().exit(EXIT_PROBLEMS)


def _read(
    settings: Settings, tell: Callable[[str], None]
) -> tuple[TownReading, StreetsCheck | None, PeopleCheck | None]:
    """Everything a town's files hold; faults of streets and people are among those of the town."""
    from geo.intake import read_town
    from geo.people_intake.people_checking import check_people
    from geo.street_intake.checking import check_streets

    reading = read_town(settings.town, settings.realdata, progress=tell)
    streets = check_streets(reading, tell)
    people = check_people(reading, tell)
    more = [problem for one in (streets, people) if one is not None for problem in one.problems]
    return replace(reading, problems=(*reading.problems, *more)), streets, people


def check_json(
    reading: TownReading,
    streets: StreetsCheck | None = None,
    people: PeopleCheck | None = None,
) -> dict[str, Any]:
    """The stable shape of ``check --json``."""
    from geo.intake.unread_schedules import schedule_shares

    return {
        "ok": not reading.errors,
        "problems": [problem.as_json() for problem in reading.problems],
        "layers": {
            layer.layer.id: len(layer.treasures) + len(layer.backdrops) for layer in reading.layers
        },
        "levels": {level.level.id: len(level.areas) for level in reading.levels},
        "schedules": {share.layer: share.as_json() for share in schedule_shares(reading)},
        "streets": {
            "nodes": streets.nodes if streets else 0,
            "edges": streets.edges if streets else 0,
        },
        "people": people.as_json() if people else {"rows": 0, "total": 0},
    }


def report_lines(
    reading: TownReading,
    streets: StreetsCheck | None = None,
    people: PeopleCheck | None = None,
) -> Iterator[str]:
    """The report for the terminal: faults by severity and file, then what was read."""
    yield from problem_lines(reading.problems)
    for level in reading.levels:
        yield f"境界  {level.level.title}: {len(level.areas)}地区"
    for layer in reading.layers:
        count = len(layer.treasures) + len(layer.backdrops)
        left_out = f"（ほかに直すところのある行が{layer.skippable_rows}行）"
        yield f"お宝  {layer.layer.title}: {count}件" + (left_out if layer.skippable_rows else "")
    if streets is not None and reading.town.streets is not None:
        title = for_terminal(reading.town.streets.title)
        yield (
            f"道    {title}: 交差点 {streets.nodes:,}、道 {streets.edges:,}本"
            f"（あわせて{streets.length_m / 1000:,.0f}km）"
        )
    sources = reading.town.people
    if people is not None and people.rows and sources is not None:
        yield f"人口  {for_terminal(sources.title)}: {people.line_ja(sources.shares)}"
    yield from schedule_lines(reading)
    errors, warnings = len(reading.errors), len(reading.warnings)
    if reading.levels or reading.layers or streets or people:
        yield ""
    if errors:
        yield f"直すところが{errors}か所あります。直すまで読み込めません。"
    elif warnings:
        yield f"読み込めます。確かめてほしいところが{warnings}か所あります。"
    else:
        yield "読み込めます。困りごとはありませんでした。"


def schedule_lines(reading: TownReading) -> Iterator[str]:
    """How much of 開催日時 was read, and every text that was not, with the part nobody could read."""
    from geo.intake.unread_schedules import schedule_shares

    for share in schedule_shares(reading):
        yield f"日時  {share.title}: {share.said}件のうち{share.understood}件を、すべて読めました"
        for one in share.unread:
            parts = "」「".join(one.parts)
            more = f" など{one.count}件" if one.count > 1 else ""
            where = f"{one.first.file} の {one.where}{more}"
            yield for_terminal(f"    「{one.text[:60]}」の「{parts[:60]}」が読めません（{where}）")


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Problems grouped by severity, file and kind; the count of a long group is never hidden."""
    listed = list(problems)
    for severity in (Severity.ERROR, Severity.WARNING):
        chosen = [problem for problem in listed if problem.severity is severity]
        if not chosen:
            continue
        yield f"【{severity.label_ja}】{len(chosen)}件"
        order = {file: place for place, file in enumerate(dict.fromkeys(p.file for p in chosen))}
        chosen.sort(key=lambda problem: order[problem.file])
        for file, in_file in groupby(chosen, key=lambda problem: problem.file):
            yield f"  {for_terminal(file)}"
            seen: dict[str, int] = {}
            for problem in in_file:
                seen[problem.code] = seen.get(problem.code, 0) + 1
                if seen[problem.code] <= SHOWN_PER_KIND:
                    yield f"    {for_terminal(sentence_ja(problem))}"
            for code, count in seen.items():
                if count > SHOWN_PER_KIND:
                    yield f"    ほか{count - SHOWN_PER_KIND}件（{_meaning(code)}）"
        if not {problem.code for problem in chosen} <= _QUESTIONS:
            yield f"  {_END_JA[severity].format(count=len(chosen))}"
        yield ""


def _meaning(code: str) -> str:
    from geo.model.problem_codes import PROBLEM_CODES

    return PROBLEM_CODES.get(code, code)


def for_terminal(text: str) -> str:
    """Text of a file made harmless for a terminal: one line, no control or direction codes."""
    return "".join(
        "⏎" if char == "\n" else "" if unicodedata.category(char) in {"Cc", "Cf"} else char
        for char in text
    )
