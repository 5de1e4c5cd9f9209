"""The README's tables that are made from code. ``python tests/docs/readme_tables.py`` writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click

README = Path(__file__).resolve().parent.parent.parent / "README.md"


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


NOTES = {
    "id": "ほかと重ならない番号か文字。2026年も2027年も同じもの",
    "number": "空なら自動でつきます",
    "area": "場所がないときに、どの地区の一覧にのせるか",
    "lat": "34.86 の形（世界測地系）",
    "audience": "だれでも、協議体まで、支援関係者まで、担当者だけ。掲載可否（○ × 未確認）の列でもよい",
    "precision": "場所どおり、町丁目まで、地区まで、のせない",
    "consent": "ホームページ;冊子・印刷、支援関係者のみ、のせない",
    "schedule": "「第2・4木 10時〜」のように、いつもの書き方で",
    "newcomers": "どなたでも、声をかけてから、会員のみ",
    "contact_audience": "空なら担当者だけ",
    "functions": "「;」で区切って、いくつでも",
    "meaning": "なぜお宝なのかの一文",
    "started_on": "2026/5/31、令和8年5月31日、R8.5.31",
    "status": "開催中、おやすみ中、終了",
    "found_through": "担当者だけが見ます",
    "note": "[show] に書いたときだけ出ます",
}


def columns_table() -> str:
    """Treasure field, the header it is read from, what may be written."""
    from geo.manifest.layer_file import FIELD_HEADERS

    assert NOTES.keys() <= FIELD_HEADERS.keys()
    return table(
        ("キー", "見出し", "書き方"),
        ((f"`{field}`", header, NOTES.get(field, "")) for field, header in FIELD_HEADERS.items()),
    )


def settings_table() -> str:
    """Every ``OTAKARA_*``."""
    from geo.settings import SETTINGS

    return table(("設定", "意味"), ((f"`{s.name}`", s.help_ja) for s in SETTINGS))


def commands_table() -> str:
    """Every command with what may be typed behind it."""
    return table(("コマンド", "すること"), command_rows())


def command_rows() -> list[tuple[str, str]]:
    """Usage and help of every command, subcommands one by one."""
    from geo.cli.group import GEO_COMMANDS, build_group
    from webmap.cli import WEB_COMMANDS

    group = build_group({"up": WEB_COMMANDS["up"], **GEO_COMMANDS, **WEB_COMMANDS})
    rows: list[tuple[str, str]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            for inner in command.list_commands(context):
                sub = command.get_command(context, inner)
                assert sub is not None
                rows.append((f"`{name} {inner}{usage(sub)}`", summary(sub)))
        else:
            rows.append((f"`{name}{usage(command)}`", summary(command)))
    return rows


def usage(command: click.Command) -> str:
    """Arguments and options, as one types them."""
    words = []
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            word = (parameter.metavar or parameter.name or "").upper()
            words.append(word if parameter.required else f"[{word}]")
        elif isinstance(parameter, click.Option) and not parameter.hidden:
            flag = next((o for o in parameter.opts if len(o) == 2 and parameter.required), None)
            flag = flag or max(parameter.opts, key=len)
            words.append(flag if parameter.required else f"[{flag}]")
    return "".join(f" {word}" for word in words)


def summary(command: click.Command) -> str:
    """The first line of the help."""
    return (command.help or "").strip().splitlines()[0]


def problems_table() -> str:
    """Every kind of fault that ``check`` and ``load`` name."""
    from geo.model.problem_codes import PROBLEM_CODES

    return table(("code", "困りごと"), ((f"`{code}`", ja) for code, ja in PROBLEM_CODES.items()))


BLOCKS = {
    "columns": columns_table,
    "settings": settings_table,
    "commands": commands_table,
    "problems": problems_table,
}


def block(text: str, name: str) -> str:
    """What stands between the markers of a block."""
    found = re.search(rf"<!-- {name}:begin -->\n(.*?)\n?<!-- {name}:end -->", text, flags=re.DOTALL)
    assert found is not None, f"README has no block {name}"
    return found[1]


def main() -> None:
    """Write every block."""
    text = README.read_text(encoding="utf-8")
    for name, make in BLOCKS.items():
        body = make()
        text = re.sub(
            rf"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)",
            lambda found, body=body: f"{found[1]}{body}\n{found[2]}",
            text,
            flags=re.DOTALL,
        )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
