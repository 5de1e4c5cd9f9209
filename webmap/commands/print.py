"""``otakara print``: what an area has on paper, as a PDF; its list as an Excel file."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli.group import current_settings
from geo.cli.options import area_of, audience_option, echo_json, json_option
from geo.errors import WordsError
from geo.model.audience import Audience
from webmap.commands.terminal import say, showing
from webmap.commands.written_sheets import SheetWriter, WrittenSheet
from webmap.paper.paper_choice import Paper, PaperChoice, Sheet
from webmap.paper.sheets.printing import SHEETS, copy_number

EXCEL = ".xlsx"
_UNUSED = {
    Sheet.WEEK: ("scale", "readings", "grey", "short"),
    Sheet.LIST: ("scale", "grey"),
    Sheet.DOORSTEP: ("large",),
}
"""Words that make no difference to a sheet: a week has no map, a doorstep is always large."""
_UNUSED_IN_A_BOOK = ("paper", "scale", "large", "readings", "grey", "short")

ASK_JA = "どこから歩きますか（目印か会場の名前、または 緯度,経度）"


@click.command(
    "print",
    help="地区の地図・ポスター・予定表・一覧・玄関先の1枚を、紙に印刷できるファイル（PDF、一覧は Excel も）に書き出します（配ってよいものだけがのります）。",
)
@click.argument("area", metavar="AREA")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="書き出すファイル（….pdf。--sheet list なら ….xlsx も）",
)
@click.option(
    "--sheet",
    type=click.Choice([*(sheet.value for sheet in SHEETS), Sheet.DOORSTEP.value]),
    default=Sheet.DISTRICT.value,
    show_default=True,
    help="印刷するもの（district は地図と一覧、poster は壁にはるポスター、week は1週間の予定表、"
    "list は一覧だけ、doorstep は玄関先の1枚）。doorstep は、どこから歩くかをあとで聞きます"
    "（標準入力からも渡せます）。だれの家かが、命令の履歴に残らないようにするためです。",
)
@click.option(
    "--paper",
    type=click.Choice([paper.value for paper in Paper], case_sensitive=False),
    metavar="A4|A3|A1|A0",
    default=None,
    help="紙の大きさ（A1 と A0 はポスター。書かなければ、印刷するものに合う大きさ）",
)
@click.option(
    "--landscape/--portrait",
    "landscape",
    default=None,
    help="紙の向き（よこ長／たて長。書かなければ、印刷するものに合う向き）",
)
@click.option(
    "--tile",
    type=click.Choice(
        [paper.value for paper in Paper if not paper.is_poster], case_sensitive=False
    ),
    metavar="A4|A3",
    default=None,
    help="ポスターを、この大きさの紙に分けて印刷します（貼り合わせ方の紙もつきます）。",
)
@click.option(
    "--scale",
    default="",
    metavar="1:N",
    help="地図の縮尺（1:5000 のように。書かなければ、地区がちょうど入る大きさ）",
)
@click.option(
    "--week",
    default="",
    metavar="next|YYYY-MM-DD",
    help="予定表の週（next は次の週。日付なら、その日の入る週。書かなければ今週）",
)
@click.option("--large", is_flag=True, help="大きな文字で印刷します。")
@click.option("--readings", is_flag=True, help="名前に、わかっているふりがなをつけます。")
@click.option("--grey", is_flag=True, help="白黒で印刷します。")
@click.option("--short", is_flag=True, help="みじかく（名前・日時・場所・対象・費用だけ）")
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
    tile: str | None,
    scale: str,
    week: str,
    large: bool,
    readings: bool,
    grey: bool,
    short: bool,
    copy: str,
    audience: Audience,
    as_json: bool,
) -> None:
    """AREA is level/code."""
    from geo.cli.out_file import require_writable, write_out

    orientation = {None: "", True: "landscape", False: "portrait"}[landscape]
    switches = {"large": large, "readings": readings, "grey": grey, "short": short}
    words = {"sheet": sheet, "paper": paper, "tile": tile, "scale": scale}
    choice = PaperChoice.from_args(
        {**words, "orientation": orientation}
        | {name: "1" for name, is_on in switches.items() if is_on}
    )
    is_book = _is_book(output, choice)
    _say_unused(choice, is_book=is_book)
    asked_week = _week(choice, week)
    writer = SheetWriter(current_settings(), audience, area_of(area), copy_number(copy))
    require_writable(output)
    where = click.prompt(ASK_JA, err=True) if choice.sheet is Sheet.DOORSTEP else ""
    with showing("印刷のファイルを書き出しています…"):
        if is_book:
            made = writer.book()
        elif choice.sheet is Sheet.DOORSTEP:
            made = writer.doorstep(choice, where)
        else:
            made = writer.sheet(choice, asked_week)
        write_out(output, made.content, private=audience is not Audience.PUBLIC)
    if as_json:
        echo_json(
            {
                "file": str(output),
                "bytes": len(made.content),
                "treasures": made.count,
                "audience": audience.word,
                "unwritable": made.unwritable,
            }
        )
    else:
        _tell(made, output, audience, "Excel" if is_book else _papers_ja(choice))


def _is_book(output: Path, choice: PaperChoice) -> bool:
    """Whether an Excel file is asked for: by its name, and of the list alone."""
    if output.suffix.lower() != EXCEL:
        return False
    if choice.sheet is not Sheet.LIST:
        raise WordsError(
            f"{choice.sheet.value} is no table",
            message_ja="Excel のファイルにできるのは、一覧だけです。",
            hint_ja="--sheet list をつけるか、ファイルの名前を ….pdf にしてください。",
        )
    return True


def _week(choice: PaperChoice, given: str) -> str:
    """Which week, of a week sheet."""
    from webmap.paper.asking.asked_week import week_word

    word = week_word(given)
    if word and choice.sheet is not Sheet.WEEK:
        raise WordsError(
            f"{choice.sheet.value} is of no week",
            message_ja="--week は、1週間の予定表でだけ使えます。",
            hint_ja="--sheet week をつけてください。",
        )
    return word


def _say_unused(choice: PaperChoice, *, is_book: bool) -> None:
    """Nothing that was asked for is left undone without a word."""
    asked = {name for name, _ in choice.pairs()}
    unused = _UNUSED_IN_A_BOOK if is_book else _UNUSED.get(choice.sheet, ())
    for name in unused:
        if name in asked:
            say(f"--{name} は、この印刷物では使いません。")


def _papers_ja(choice: PaperChoice) -> str:
    if choice.tile is None:
        return choice.paper.value
    return f"{choice.paper.value} を {choice.tile.value} に分けて"


def _tell(made: WrittenSheet, output: Path, audience: Audience, form_ja: str) -> None:
    if made.unwritable:
        say(f"次の文字は、印刷できる文字がないので「〓」になります：{made.unwritable}")
    if audience is not Audience.PUBLIC:
        say(
            "内部用です。どのページにも「内部用」と控えの番号が入ります。渡す相手に気をつけてください。"
        )
    click.echo(
        f"{made.title}の印刷用のファイルを {output} に書き出しました"
        f"（{form_ja}、{made.treasures}、{audience.label_ja}）。"
    )
