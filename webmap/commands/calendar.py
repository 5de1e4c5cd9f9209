"""``otakara calendar``: the dates of one area as a calendar file."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli.group import current_settings
from geo.cli.options import area_of, audience_option, echo_json, json_option
from geo.model.audience import Audience
from webmap.commands.terminal import say, showing


@click.command(
    "calendar",
    help="地区の予定を、カレンダーのファイル（.ics）に書き出します（スマートフォンや Outlook で開けます）。",
)
@click.argument("area", metavar="AREA")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="書き出すファイル（….ics）",
)
@audience_option
@json_option
def calendar_command(area: str, output: Path, audience: Audience, as_json: bool) -> None:
    """AREA is level/code."""
    from geo.cli.out_file import require_writable, write_out
    from webmap.calendar_feed import as_ics
    from webmap.commands.area_answer import ask_area

    settings = current_settings()
    level, code = area_of(area)
    require_writable(output)
    with showing("予定を書き出しています…") as tell:
        answer = ask_area(settings, audience, level, code, tell).answer
        content = as_ics(answer)
        write_out(output, content, private=audience is not Audience.PUBLIC)
    events = content.count(b"BEGIN:VEVENT")
    if as_json:
        echo_json(
            {
                "file": str(output),
                "bytes": len(content),
                "events": events,
                "treasures": len(answer.entries),
                "audience": audience.word,
            }
        )
        return
    if audience is not Audience.PUBLIC:
        say("内部用のファイルです。合言葉はかけられないので、渡す相手に気をつけてください。")
    click.echo(
        f"{answer.area.name}の予定を {output} に書き出しました"
        f"（{answer.town.word} {len(answer.entries)}件から 予定 {events}本、{audience.label_ja}）。"
    )
