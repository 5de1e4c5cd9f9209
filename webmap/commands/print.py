"""``otakara print``: the map and the list of one area on paper, as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.group import current_settings
from geo.cli.options import area_of, audience_option, echo_json, json_option
from geo.model.audience import Audience, Medium
from webmap.commands.terminal import say, showing
from webmap.paper.paper_choice import PaperChoice, Sheet
from webmap.paper.printing import SHEETS, copy_number, offered_papers

if TYPE_CHECKING:
    from geo.settings import Settings
    from webmap.paper.printing import PrintedArea


@click.command(
    "print",
    help="地区の地図・予定表・一覧を、紙に印刷できるファイル（PDF）に書き出します（配ってよいものだけがのります）。",
)
@click.argument("area", metavar="AREA")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="書き出すファイル（….pdf）",
)
@click.option(
    "--sheet",
    type=click.Choice([sheet.value for sheet in SHEETS]),
    default=Sheet.DISTRICT.value,
    show_default=True,
    help="印刷するもの（district は地図と一覧、week は1週間の予定表、list は一覧だけ）",
)
@click.option(
    "--paper",
    type=click.Choice([paper.value for paper in offered_papers()], case_sensitive=False),
    default=None,
    help="紙の大きさ（書かなければ、印刷するものに合う大きさ）",
)
@click.option(
    "--landscape/--portrait",
    "landscape",
    default=None,
    help="紙の向き（よこ長／たて長。書かなければ、印刷するものに合う向き）",
)
@click.option(
    "--scale",
    default="",
    metavar="1:N",
    help="地図の縮尺（1:5000 のように。書かなければ、地区がちょうど入る大きさ）",
)
@click.option("--large", is_flag=True, help="大きな文字で印刷します。")
@click.option("--readings", is_flag=True, help="名前に、わかっているふりがなをつけます。")
@click.option("--grey", is_flag=True, help="白黒で印刷します。")
@click.option(
    "--copy",
    "copy",
    default="",
    metavar="N",
    help="控えの番号（「だれでも」以外のとき。書かなければ、手で書ける欄になります）",
)
@audience_option
@json_option
def print_command(
    area: str,
    output: Path,
    sheet: str,
    paper: str | None,
    landscape: bool | None,
    scale: str,
    large: bool,
    readings: bool,
    grey: bool,
    copy: str,
    audience: Audience,
    as_json: bool,
) -> None:
    """AREA is level/code."""
    from geo.cli.out_file import require_writable, write_out

    orientation = {None: "", True: "landscape", False: "portrait"}[landscape]
    switches = {"large": large, "readings": readings, "grey": grey}
    choice = PaperChoice.from_args(
        {"sheet": sheet, "paper": paper, "orientation": orientation, "scale": scale}
        | {name: "1" for name, is_on in switches.items() if is_on}
    )
    number = copy_number(copy)
    settings = current_settings()
    level, code = area_of(area)
    require_writable(output)
    with showing("印刷のファイルを書き出しています…"):
        made = _print(settings, audience, (level, code), choice, number)
        content = made.sheet.pdf()
        write_out(output, content, private=audience is not Audience.PUBLIC)
    answer, missing = made.answer, "".join(sorted(made.unwritable()))
    if as_json:
        echo_json(
            {
                "file": str(output),
                "bytes": len(content),
                "treasures": len(answer.entries),
                "audience": audience.word,
                "unwritable": missing,
            }
        )
        return
    if missing:
        say(f"次の文字は、印刷できる文字がないので「〓」になります：{missing}")
    if audience is not Audience.PUBLIC:
        say(
            "内部用です。どのページにも「内部用」と控えの番号が入ります。渡す相手に気をつけてください。"
        )
    click.echo(
        f"{answer.area.name}の印刷用のファイルを {output} に書き出しました"
        f"（{choice.paper.value}、{answer.town.word} {len(answer.entries)}件、{audience.label_ja}）。"
    )


def _print(
    settings: Settings,
    audience: Audience,
    area: tuple[str, str],
    choice: PaperChoice,
    copy: int | None,
) -> PrintedArea:
    from geo.cli.reading_door import reading_town
    from geo.questions import revision
    from webmap.paper.printing import print_area

    with reading_town(settings, audience, Medium.PRINT) as conn:
        _, today = revision(conn)
        return print_area(
            conn,
            audience=audience,
            level=area[0],
            code=area[1],
            today=today,
            choice=choice,
            copy=copy,
        )
