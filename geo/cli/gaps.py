"""``otakara gaps``: the streets of one area from which nothing has been found within a walk yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.check import for_terminal
from geo.cli.group import current_settings
from geo.cli.options import area_of, audience_option, json_option
from geo.cli.reading_door import reading_town
from geo.cli.text_table import text_table
from geo.cli.walk_options import FileFormat, WalkWords, walk_options
from geo.cli.walk_output import echo_tables, put_out, require_target, wanted_format, working
from geo.model.audience import Audience

if TYPE_CHECKING:
    from rich.table import Table

    from geo.model.gap_answer import Gap, GapAnswer


@click.command("gaps", help="地区の中で、歩いて通える所がまだ見つかっていない道と人数を言います。")
@click.argument("area", metavar="LEVEL/CODE")
@walk_options
@json_option
@audience_option
def gaps(
    area: str,
    file_format: str,
    output: Path | None,
    as_json: bool,
    audience: Audience,
    **typed: Any,
) -> None:
    """Exit 0; 1 where there is nothing to reckon with or no such area, 2 usage."""
    from geo.questions import gaps as ask
    from geo.questions import revision
    from geo.questions.coverage_export import gaps_csv, gaps_frame, gaps_geojson, gaps_json

    wanted = wanted_format(file_format, as_json=as_json)
    require_target(wanted, output)
    question = WalkWords(**typed).question(*area_of(area))
    with working(), reading_town(current_settings(), audience) as conn:
        _, today = revision(conn)
        answer = ask(conn, question, audience=audience, today=today)
    private = audience > Audience.PUBLIC
    if wanted is FileFormat.TABLE:
        echo_tables(
            [_gap_table(answer)], answer.coverage, output, private=private, after=_unvisited(answer)
        )
        return
    written: dict[FileFormat, Any] = {
        FileFormat.CSV: gaps_csv,
        FileFormat.PARQUET: gaps_frame,
        FileFormat.GEOJSON: gaps_geojson,
        FileFormat.JSON: gaps_json,
    }
    put_out(written[wanted](answer), output, private=private)


def _gap_table(answer: GapAnswer) -> Table:
    covered = answer.coverage
    unit = "m" if covered.method.in_metres else "分"
    title = (
        f"{answer.area.name}：歩いて{covered.limit}{unit}以内に、まだ見つかっていない所"
        f" {len(answer.gaps)}か所"
    )
    columns = ["町丁", "いちばん近いお宝", covered.band.label_ja, "道の長さ", "そこまで"]
    return text_table(title, columns, [_gap_row(gap) for gap in answer.gaps], words=2)


def _gap_row(gap: Gap) -> list[str]:
    return [
        "、".join(gap.names) or "（名前のない所）",
        gap.nearest or "歩いて行ける所なし",
        "―" if gap.people is None else f"{gap.people:,}",
        f"{gap.streets_m:,}m",
        "―" if gap.nearest_m is None else f"{gap.nearest_m:,}m",
    ]


def _unvisited(answer: GapAnswer) -> Sequence[str]:
    if not answer.unvisited:
        return ()
    return (f"まだ訪ねていない町丁：{for_terminal('、'.join(answer.unvisited))}",)
