"""``otakara areas``: every area with what was found in it and over what it spreads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from geo.cli.check import for_terminal
from geo.cli.group import current_settings
from geo.cli.options import audience_option, echo_json, json_option
from geo.cli.reading_door import reading_town
from geo.model.audience import Audience, Medium

if TYPE_CHECKING:
    from rich.table import Table

    from geo.model.answers import AreaRow, LayerInfo, LevelInfo, Straddle, TownAnswer

WIDTH_IN_A_PIPE = 160
_AGES = {"people": "人口", "people_65": "65歳以上"}


@click.command("areas", help="地区の一覧：人口とお宝の数と、またがっている地区を言います。")
@click.option("--level", help="この圏域の種類だけ（boundaries のフォルダの名前）")
@json_option
@audience_option
def areas(level: str | None, as_json: bool, audience: Audience) -> None:
    """Exit 0; 1 when there is no such level or nothing has been loaded."""
    from geo.questions import area_rows, revision, town_overview

    with reading_town(current_settings(), audience) as conn:
        _, today = revision(conn)
        asked: dict[str, Any] = {"audience": audience, "medium": Medium.WEB, "today": today}
        if as_json:
            echo_json([_json_row(row) for row in area_rows(conn, **asked, level=level)])
        else:
            _print(town_overview(conn, **asked, level=level))


def _json_row(row: AreaRow) -> dict[str, Any]:
    """The stable shape of ``areas --json``."""
    return {
        "municipality": row.municipality,
        "level": row.area.level,
        "code": row.area.code,
        "name": row.area.name,
        "people": row.people,
        "people_65": row.people_65,
        "treasures": row.treasures,
        "overlaps": [
            {"level": o.level, "code": o.code, "name": o.name, "share": round(o.share, 4)}
            for o in row.overlaps
        ],
        "drawn": row.area.drawn,
    }


def _print(answer: TownAnswer) -> None:
    """One table per level; columns are named by the layers' symbols, which stay narrow."""
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH_IN_A_PIPE)
    for choice in answer.choices:
        rows = [row for row in answer.rows if row.area.level == choice.level.id]
        if rows:
            console.print(_table(choice.level, rows, answer.layers))
    if not answer.rows:
        click.echo("地区はまだありません。")
    legend = "、".join(f"{layer.symbol}＝{layer.title}" for layer in answer.layers)
    if legend:
        console.print(Text(for_terminal(legend)))
    if answer.homeless:
        click.echo(f"どの地区にも入らない{answer.town.word}：{len(answer.homeless)}件")
    click.echo(f"「{answer.audience.label_ja}」に見せるものの数です。空欄は「0」ではありません。")


def _table(level: LevelInfo, rows: Sequence[AreaRow], layers: Sequence[LayerInfo]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(for_terminal(f"{level.title}（{level.id}）")), title_justify="left")
    coded = any(row.area.code != row.area.name for row in rows)
    if coded:
        table.add_column("コード", no_wrap=True)
    table.add_column("地区")
    ages = [age for age in _AGES if any(_people(row, age) for row in rows)]
    for age in ages:
        table.add_column(_AGES[age], justify="right", no_wrap=True)
    for layer in layers:
        table.add_column(Text(for_terminal(layer.symbol)), justify="right", no_wrap=True)
    table.add_column("またがり")
    for row in rows:
        name = row.area.name + ("" if row.area.drawn else "（境界なし）")
        cells = [row.area.code, name] if coded else [name]
        cells += [_people(row, age) for age in ages]
        cells += [str(row.treasures.get(layer.id, "")) for layer in layers]
        cells.append(_straddles(row.straddles))
        table.add_row(*(Text(for_terminal(cell)) for cell in cells))
    return table


def _people(row: AreaRow, age: str) -> str:
    """Empty where the figure is not known, or not told."""
    people = row.people if age == "people" else row.people_65
    return "" if people is None else f"{people:,}"


def _straddles(straddles: Sequence[Straddle]) -> str:
    """南西区 75%、南東区 25%; the next level after a bar."""
    by_level: dict[str, list[str]] = {}
    for s in straddles:
        by_level.setdefault(s.level, []).append(f"{s.name} {s.share:.0%}")
    return "／".join("、".join(names) for names in by_level.values())
