"""``otakara map``: the treasure map of one area as one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.group import current_settings
from geo.cli.options import area_of, audience_option, echo_json, json_option
from geo.model.audience import Audience
from webmap.commands.terminal import say, showing

if TYPE_CHECKING:
    from geo.settings import Settings


@click.command(
    "map",
    help="地区の地図と一覧を、1つのファイルに書き出します（ネットなしで、ダブルクリックで開けます）。",
)
@click.argument("area", metavar="AREA")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="書き出すファイル（….html）",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["ja", "en"]),
    default="ja",
    help="画面のことば（ja は日本語、en は英語。お宝の名前や内容は、書いてあるとおりです）",
)
@click.option("--large", is_flag=True, help="大きな文字で、名前にふりがなをつけます。")
@audience_option
@json_option
def map_command(
    area: str, output: Path, language: str, large: bool, audience: Audience, as_json: bool
) -> None:
    """AREA is level/code."""
    from geo.cli.out_file import require_writable
    from webmap.commands.area_answer import ask_area
    from webmap.offline import write_map
    from webmap.showing import Language, Showing

    shown = Showing(language=Language(language), large=large)
    settings = current_settings()
    level, code = area_of(area)
    require_writable(output)
    passphrase = _passphrase(settings) if audience > Audience.PUBLIC else None
    with showing("地図を書き出しています…") as tell:
        asked = ask_area(settings, audience, level, code, tell, to_carry=True)
        answer = asked.answer
        made = write_map(
            answer,
            output,
            members=asked.members,
            archive=asked.archive,
            passphrase=passphrase,
            showing=shown,
        )
    if as_json:
        echo_json(
            {
                "file": str(output),
                "bytes": len(made.content),
                "treasures": len(answer.entries),
                "flags": len(answer.flags),
                "audience": audience.word,
                "encrypted": made.sealed,
            }
        )
        return
    if asked.outside_tiles:
        say(f"外の地図「{asked.outside_tiles.label_ja}」は、ファイルには入りません。")
    if made.missing:
        say(f"次の文字は、開いたパソコンの文字で表示されます：{made.missing}")
    click.echo(
        f"{answer.area.name}の地図を {output} に書き出しました"
        f"（{answer.town.word} {len(answer.entries)}件、{len(made.content) / 1_000_000:.1f}MB、"
        f"{audience.label_ja}{'、合言葉つき' if made.sealed else ''}）。"
    )


def _passphrase(settings: Settings) -> str:
    """From the settings, or asked for twice; never as an argument, where others can read it."""
    from geo.errors import SettingsError
    from webmap.passphrase import require_long_enough

    if settings.passphrase is not None:
        require_long_enough(settings.passphrase)
        return settings.passphrase
    if not sys.stdin.isatty():
        raise SettingsError(
            "a file above public needs a passphrase",
            message_ja="「だれでも」以外のファイルには、合言葉が要ります。",
            hint_ja="8文字以上の合言葉を OTAKARA_PASSPHRASE に設定してください。",
        )
    given: str = click.prompt(
        "合言葉（8文字以上。開く人に、別の方法で伝えてください）",
        hide_input=True,
        confirmation_prompt="もう一度",
        err=True,
    )
    require_long_enough(given)
    return given
