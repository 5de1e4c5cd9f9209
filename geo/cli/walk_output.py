"""Where the answers about walking go: the terminal, or the file that was named."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.areas import WIDTH_IN_A_PIPE
from geo.cli.check import for_terminal
from geo.cli.out_file import require_writable, write_out
from geo.cli.walk_options import FileFormat
from geo.errors import WordsError
from geo.questions.coverage_export import WEEKDAYS_JA, method_lines

if TYPE_CHECKING:
    from rich.table import Table

    from geo.model.coverage_answer import CoverageAnswer


def wanted_format(file_format: str, *, as_json: bool) -> FileFormat:
    """What was asked for; ``--json`` is another word for ``--format json``.

    Raises
    ------
    WordsError
        Both, and not the same.
    """
    wanted = FileFormat(file_format)
    if not as_json or wanted is FileFormat.JSON:
        return wanted
    if wanted is not FileFormat.TABLE:
        raise WordsError(
            "two formats",
            message_ja=f"--json と --format {wanted.value} は、いっしょには使えません。",
            hint_ja="どちらか1つを書いてください。",
        )
    return FileFormat.JSON


def require_target(wanted: FileFormat, output: Path | None) -> None:
    """Say at once what would fail at the end.

    Raises
    ------
    WordsError
    """
    if output is not None:
        require_writable(output)
    elif wanted is FileFormat.PARQUET:
        raise WordsError(
            "parquet needs a file",
            message_ja="parquet は画面に出せません。",
            hint_ja="「-o ファイル.parquet」をつけて、もう一度どうぞ。",
        )


@contextmanager
def working() -> Iterator[None]:
    """Say that something is being done, where somebody waits before a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status("道のりを計算しています"):
        yield


def put_out(content: Any, output: Path | None, *, private: bool) -> None:
    """Bytes, a table with geometries, or whatever JSON can say; to the file or the terminal."""
    if isinstance(content, dict):
        content = json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
    elif not isinstance(content, bytes):
        content = _parquet(content)
    if output is None:
        click.echo(content.decode("utf-8-sig"), nl=False)
    else:
        write_out(output, content, private=private)
        click.echo(f"{output} に書き出しました。", err=True)


def _parquet(frame: Any) -> bytes:
    held = io.BytesIO()
    frame.to_parquet(held, index=False)
    return held.getvalue()


def echo_tables(
    tables: Sequence[Table],
    answer: CoverageAnswer,
    output: Path | None,
    *,
    private: bool,
    after: Sequence[str] = (),
) -> None:
    """Tables, with what was asked above them; below, ``after`` and how it was reckoned."""
    from rich.console import Console
    from rich.text import Text

    held = io.StringIO()
    console = Console() if output is None else Console(file=held)
    if not console.is_terminal:
        console = Console(width=WIDTH_IN_A_PIPE, file=None if output is None else held)
    for line in asked_lines(answer):
        console.print(Text(for_terminal(line)))
    for table in tables:
        console.print(table)
    for line in (*after, *counted_lines(answer), *method_lines(answer.method)):
        console.print(Text(for_terminal(line)))
    if output is not None:
        put_out(held.getvalue().encode(), output, private=private)


def asked_lines(answer: CoverageAnswer) -> Iterator[str]:
    """What the figures say."""
    question, unit = answer.question, "m" if answer.method.in_metres else "分"
    limits = "・".join(f"{limit}{unit}" for limit in answer.method.limits)
    day, often = "", ""
    if question.weekday is not None:
        day = f"{WEEKDAYS_JA[question.weekday]}曜日"
        often = "毎週か一部の週に" if question.some_weeks else "毎週"
    if question.hours is not None:
        day += "〜".join(f"{m // 60}:{m % 60:02d}" for m in question.hours) + "のどこか"
    open_ = f"{day}に{often}ひらかれる所" if day else "通える所"
    yield f"{answer.band.label_ja}のうち、家から歩いて{limits}以内に、{open_}がある人数です。"
    yield f"月〜日は、その曜日に毎週ひらかれる所が、歩いて{answer.limit}{unit}以内にある人数です。"


def counted_lines(answer: CoverageAnswer) -> Iterator[str]:
    """What was counted, and what could not be."""
    told = "、".join(f"{layer.title} {layer.count:,}件" for layer in answer.layers)
    yield f"数えたお宝：{told}（「{answer.audience.label_ja}」に見せるもの）"
    if answer.unplaced:
        yield f"場所がわからないので数えていないお宝：{answer.unplaced:,}件"
    if answer.off_streets:
        yield f"道から遠いので数えていないお宝：{answer.off_streets:,}件"
    if answer.cells_unknown:
        yield f"人数が伏せられている、または書かれていない区域：{answer.cells_unknown:,}か所"
    yield "「―」は、1〜9人か、のこりが1〜9人か、わからないところです。0人ではありません。"
