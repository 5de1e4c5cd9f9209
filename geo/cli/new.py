"""``otakara new``: from a list to a layer folder, saying what was understood of every column."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.check import for_terminal, problem_lines
from geo.cli.group import EXIT_PROBLEMS, current_settings
from geo.cli.options import echo_json, echo_refusal, json_option
from geo.cli.publish import confirm_and_publish, require_yes
from geo.errors import LoadRefusedError, WordsError

if TYPE_CHECKING:
    from geo.drafting import LayerDraft, ListDraft, MunicipalityDraft
    from geo.settings import Settings

CELL_WIDTH = 20
DEFAULT_BASIS = "公表済みの冊子に掲載"


@click.command(
    "new", help="一覧（.xlsx .csv）から、お宝の種類のフォルダを作ります（列の見分けと、下見つき）。"
)
@click.argument("list_file", metavar="LIST", type=click.Path(path_type=Path))
@click.option("--layer", "layer_id", metavar="ID", help="フォルダの名前（英小文字）")
@click.option("--sheet", metavar="NAME", help="このシートだけを読む")
@click.option("--municipality", metavar="NAME", help="町の名前（初めての日だけ）")
@click.option("--code", metavar="CODE", help="全国地方公共団体コード（初めての日だけ）")
@click.option(
    "--plane-zone", type=int, metavar="N", help="平面直角座標系の系番号（初めての日だけ）"
)
@click.option("--publish", "basis", metavar="BASIS", help="一覧ごと公開する、その根拠")
@click.option("--yes", is_flag=True, help="公開してよいか、たずねない")
@click.option("--dry-run", is_flag=True, help="何も書かずに、見分けた結果だけを言う")
@json_option
def new(
    list_file: Path,
    layer_id: str | None,
    sheet: str | None,
    municipality: str | None,
    code: str | None,
    plane_zone: int | None,
    basis: str | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Exit 0 when drafted and loadable, 1 when something stays to be mended or was refused."""
    from datetime import date

    from geo.drafting import clean_basis, draft_list, write_draft

    settings = current_settings()
    if not list_file.is_file():
        raise WordsError(
            "no such list", message_ja=f"ファイル「{for_terminal(str(list_file))}」がありません。"
        )
    if basis is not None:
        basis = clean_basis(basis)
        require_yes(yes=yes or dry_run, as_json=as_json)
    try:
        draft = draft_list(
            settings.town,
            settings.realdata,
            list_file,
            today=date.today(),
            layer_id=layer_id,
            only_sheet=sheet,
            municipality=_municipality(settings, municipality, code, plane_zone),
        )
        if not dry_run:
            write_draft(draft)
    except LoadRefusedError as refused:
        tell_refused(refused, as_json=as_json)
        click.get_current_context().exit(EXIT_PROBLEMS)
    if as_json and basis is None:
        echo_json({**draft.as_json(), "written": not dry_run})
    elif not as_json:
        for line in report_lines(draft, dry_run=dry_run):
            click.echo(line)
    if basis is not None and not dry_run:
        published = [
            confirm_and_publish(settings, layer.id, basis, yes=yes, as_json=as_json)
            for layer in draft.layers
            if not layer.errors
        ]
        if as_json:
            echo_json({**draft.as_json(), "written": True, "published": published})
    elif not as_json:
        for line in next_lines(draft, dry_run=dry_run):
            click.echo(line)
    if not draft.ok:
        click.get_current_context().exit(EXIT_PROBLEMS)


def tell_refused(refused: LoadRefusedError, *, as_json: bool) -> None:
    """The sentence, and every fault as ``check`` says it."""
    if as_json:
        echo_refusal(refused)
        return
    click.echo(for_terminal(refused.message_ja), err=True)
    if refused.hint_ja:
        click.echo(for_terminal(refused.hint_ja), err=True)


def _municipality(
    settings: Settings, name: str | None, code: str | None, plane_zone: int | None
) -> MunicipalityDraft | None:
    """The town for a folder that has none: from the flags, or asked for on a terminal."""
    from geo.drafting import municipality_draft, needs_municipality, plane_zone_of
    from geo.drafting.town_starting import (
        CODE_QUESTION_JA,
        NAME_QUESTION_JA,
        ZONE_QUESTION_JA,
    )

    if not needs_municipality(settings.town):
        return None
    if name is None and code is None and not sys.stdin.isatty():
        return None  # draft_list says which flags to write
    if sys.stdin.isatty() and (name is None or code is None):
        click.echo("このフォルダには、まだ町がありません。2つだけ教えてください。")
        name = name or click.prompt(NAME_QUESTION_JA)
        code = code or click.prompt(CODE_QUESTION_JA)
        digits = unicodedata.normalize("NFKC", str(code)).strip()[:5]
        known = digits.isascii() and digits.isdigit() and len(digits) == 5
        if plane_zone is None and known and plane_zone_of(digits) is None:
            plane_zone = click.prompt(ZONE_QUESTION_JA, type=click.IntRange(1, 19))
    return municipality_draft(name or "", code or "", plane_zone)


def report_lines(draft: ListDraft, *, dry_run: bool) -> Iterator[str]:
    """What was understood: the file, then each layer with its columns, first rows and faults."""
    for sentence in draft.said_ja:
        yield for_terminal(sentence)
    for layer in draft.layers:
        yield ""
        yield from layer_lines(layer, dry_run=dry_run)


def layer_lines(layer: LayerDraft, *, dry_run: bool) -> Iterator[str]:
    """One drafted layer for the terminal."""
    sheet = f"（「{layer.sheet}」シート）" if layer.sheet else ""
    verb = "作ると、こうなります" if dry_run else "作りました"
    yield for_terminal(f"■ {layer.title}{sheet} → layers/{layer.id}/ を{verb}")
    for sentence in layer.said_ja:
        yield for_terminal(f"  {sentence}")
    yield ""
    heading = ("列", "一覧の見出し", "こう読みます", "たしかさ", "わけ", "例")
    rows = [
        (c.letter, c.header, c.label_ja, c.sureness.label_ja, c.reason_ja, "、".join(c.samples[:2]))
        for c in layer.columns
    ]
    yield from table_lines(heading, rows, widths=(3, 18, 20, 8, 40, 24))
    headings, preview = layer.preview
    if preview:
        yield ""
        yield "  初めの行は、こう読めました："
        yield from table_lines(headings, preview, widths=(CELL_WIDTH,) * len(headings))
    yield ""
    yield from problem_lines(layer.problems)
    yield f"{layer.counts_ja}"
    if layer.reading.skippable_rows:
        yield f"ほかに、直すところのある行が {layer.reading.skippable_rows}行 あります。"
    if layer.unplaced:
        yield f"場所が決まっていないもの {layer.unplaced}件（地図に出すには、otakara place をどうぞ）"


def next_lines(draft: ListDraft, *, dry_run: bool) -> Iterator[str]:
    """The one step that comes next."""
    yield ""
    if dry_run:
        yield "下見だけで、何も書いていません（--dry-run を取ると書きます）。"
        return
    if not draft.ok:
        yield "上の「直すまで読み込めません」を元の一覧で直し、フォルダの中のファイルを置きかえてください。"
        return
    yield "地図にする　　　： otakara up"
    for layer in draft.layers:
        yield f"一覧ごと公開する： otakara publish {layer.id} --basis {DEFAULT_BASIS}"


def table_lines(
    headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> Iterator[str]:
    """A plain table; a full-width letter takes two places, a longer text ends in ….

    A column is no wider than its longest text.
    """
    texts = [[for_terminal(str(cell)) for cell in row] for row in (headings, *rows)]
    wide = [
        min(limit, max((_width(row[i]) for row in texts), default=0))
        for i, limit in enumerate(widths)
    ]
    for row in texts:
        cells = (_padded(cell, width) for cell, width in zip(row, wide, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    if _width(text) > width:
        kept = ""
        for letter in text:
            if _width(kept + letter) > width - 2:
                break
            kept += letter
        text = f"{kept}…"
    return text + " " * max(0, width - _width(text))
