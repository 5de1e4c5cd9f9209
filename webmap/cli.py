"""The ``otakara`` command: the library's commands, and those that need the web."""

from __future__ import annotations

from geo.cli.group import GEO_COMMANDS, LazyCommand, build_group, run

WEB_COMMANDS: dict[str, LazyCommand] = {
    "up": LazyCommand(
        "webmap.commands.up:up", "用意・読み込み・表示をまとめて行う（初めての方はこれだけ）"
    ),
    "serve": LazyCommand("webmap.commands.serve:serve", "読み込んである町を、画面に出す"),
    "map": LazyCommand(
        "webmap.commands.map:map_command",
        "地区の地図を、1つのファイルに書き出す（ネットなしで開ける）",
    ),
    "print": LazyCommand(
        "webmap.commands.print:print_command",
        "地区の地図と一覧を、紙に印刷できるファイル（PDF）に書き出す",
    ),
    "calendar": LazyCommand(
        "webmap.commands.calendar:calendar_command",
        "地区の予定を、カレンダーのファイルに書き出す（スマートフォンや Outlook で開ける）",
    ),
}


def main() -> None:
    """Entry of ``otakara``."""
    run(build_group({"up": WEB_COMMANDS["up"], **GEO_COMMANDS, **WEB_COMMANDS}))


if __name__ == "__main__":
    main()
