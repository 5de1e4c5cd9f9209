"""``otakara coverage``: who could walk to something, area by area."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.group import current_settings
from geo.cli.options import area_of, audience_option, json_option
from geo.cli.reading_door import reading_town
from geo.cli.text_table import text_table
from geo.cli.walk_options import FileFormat, WalkWords, walk_options
from geo.cli.walk_output import echo_tables, put_out, require_target, wanted_format, working
from geo.errors import WordsError
from geo.model.audience import Audience
from geo.questions.coverage_export import WEEKDAYS_JA

if TYPE_CHECKING:
    from rich.table import Table

    from geo.model.coverage_answer import AreaCoverage, CoverageAnswer, Figure


@click.command("coverage", help="地区ごとに、何人の家から歩いて通える所があるかを言います。")
@click.argument("area", required=False, metavar="[LEVEL/CODE]")
@click.option("--level", help="この圏域の種類だけ（boundaries のフォルダの名前）")
@walk_options
@json_option
@audience_option
def coverage(
    area: str | None,
    level: str | None,
    file_format: str,
    output: Path | None,
    as_json: bool,
    audience: Audience,
    **typed: Any,
) -> None:
    """Exit 0; 1 where there is nothing to reckon with or no such area, 2 usage."""
    wanted = wanted_format(file_format, as_json=as_json)
    require_target(wanted, output)
    code = None
    if area is not None:
        of_area, code = area_of(area)
        if level not in (None, of_area):
            raise WordsError(
                "an area and another level",
                message_ja=f"地区「{area}」と --level {level} が合っていません。",
                hint_ja="地区を書くときは、--level はいりません。",
            )
        level = of_area
    question = WalkWords(**typed).question(level, code)
    from geo.questions import coverage as ask
    from geo.questions import revision
    from geo.questions.coverage_export import (
        coverage_csv,
        coverage_frame,
        coverage_geojson,
        coverage_json,
    )
    from geo.store.reading.area_rows import read_outlines

    with working(), reading_town(current_settings(), audience) as conn:
        _, today = revision(conn)
        answer = ask(conn, question, audience=audience, today=today)
        outlines = {}
        if wanted in (FileFormat.GEOJSON, FileFormat.PARQUET):
            outlines = {key: one.outline for key, one in read_outlines(conn, level).items()}
    private = audience > Audience.PUBLIC
    match wanted:
        case FileFormat.TABLE:
            echo_tables(_tables(answer), answer, output, private=private)
        case FileFormat.CSV:
            put_out(coverage_csv(answer), output, private=private)
        case FileFormat.PARQUET:
            put_out(coverage_frame(answer, outlines), output, private=private)
        case FileFormat.GEOJSON:
            put_out(coverage_geojson(answer, outlines), output, private=private)
        case FileFormat.JSON:
            put_out(coverage_json(answer), output, private=private)


def _tables(answer: CoverageAnswer) -> Sequence[Table]:
    """One table a level; of one area also its bands."""
    by_level: dict[str, list[AreaCoverage]] = {}
    for one in answer.areas:
        by_level.setdefault(one.area.level_title, []).append(one)
    tables = [_level_table(title, found, answer) for title, found in by_level.items()]
    if answer.question.code is not None:
        tables += [_band_table(one, answer) for one in answer.areas]
    return tables


def _level_table(title: str, areas: Sequence[AreaCoverage], answer: CoverageAnswer) -> Table:
    limits, unit = answer.method.limits, "m" if answer.method.in_metres else "分"
    columns = ["地区", answer.band.label_ja, *(f"{limit}{unit}" for limit in limits)]
    columns += [*WEEKDAYS_JA, "わからない", "お宝"]
    rows = [
        [
            _name(one),
            *_people(one.figure, limits),
            *(_told(day.every) for day in one.weekdays),
            _told(one.figure.unknown),
            f"{one.places:,}",
        ]
        for one in areas
    ]
    return text_table(title, columns, rows, words=1)


def _band_table(one: AreaCoverage, answer: CoverageAnswer) -> Table:
    limits, unit = answer.method.limits, "m" if answer.method.in_metres else "分"
    columns = ["人", "人数", *(f"{limit}{unit}" for limit in limits), "わからない"]
    rows = [
        [band.label_ja, *_people(figure, limits), _told(figure.unknown)]
        for band, figure in one.bands.items()
    ]
    return text_table(f"{one.area.name}：年齢ごと", columns, rows, words=1)


def _name(one: AreaCoverage) -> str:
    coded = "" if one.area.code == one.area.name else f"{one.area.code} "
    return f"{coded}{one.area.name}{'' if one.area.drawn else '（境界なし）'}"


def _people(figure: Figure, limits: Sequence[int]) -> list[str]:
    return [_told(figure.people), *(_told(figure.covered[limit]) for limit in limits)]


def _told(people: int | None) -> str:
    return "―" if people is None else f"{people:,}"
