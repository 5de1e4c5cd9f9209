"""``otakara drafts``: the coordinator's queue of what was said at meetings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.check import for_terminal
from geo.cli.group import current_settings
from geo.cli.options import echo_json, json_option
from geo.cli.reading_door import reading_town, town_code
from geo.errors import ClusterError, DatabaseError, WordsError
from geo.model.audience import Audience
from geo.model.sticker import MEETING_FILE_BYTES, StickerState, read_meeting
from geo.stickers import StickerBox, meetings_of
from geo.stickers.list_rows import list_csv
from geo.whole_file import replace_file

if TYPE_CHECKING:
    from geo.settings import Settings
    from geo.stickers import BoxReading, MeetingDrafts
    from geo.stickers.ask_next import AskNext

_SETTLED = tuple(state.value for state in StickerState if state is not StickerState.NEW)
_PRIVATE = 0o600


@click.command(
    "drafts",
    help="集まりで出たふせん（担当者だけの下書き）：たずねる先を言い、取り込み、済ませます。",
)
@click.option(
    "--take",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="会場で残したファイル（.json）を取り込む",
)
@click.option(
    "--settle", metavar="ID", help="このふせん（番号のはじめの8文字）を、--as のとおりにする"
)
@click.option("--as", "state", type=click.Choice(_SETTLED), help="たずねた、一覧に足した、足さない")
@click.option(
    "--erase", metavar="ID", help="このふせんを、ことばごと消す（人の名前が書かれていたときなど）"
)
@click.option(
    "--export",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="残っているふせんを、一覧に貼れる行（.csv）に書き出す",
)
@json_option
def drafts(
    take: Path | None,
    settle: str | None,
    state: str | None,
    erase: str | None,
    export: Path | None,
    as_json: bool,
) -> None:
    """Exit 0; 1 when a file or a sticker is not what it should be, 2 usage."""
    if (settle is None) != (state is None):
        raise _usage("--settle と --as は、いっしょに書いてください。")
    if sum(given is not None for given in (take, settle, erase, export)) > 1:
        raise _usage("--take、--settle、--erase、--export は、1つずつ使ってください。")
    settings = current_settings()
    box = StickerBox.of(settings, town_code(settings))
    if take is not None:
        taken = box.take(read_meeting(_content(take)).as_stickers())
        if as_json:
            echo_json({"new": taken.new, "known": taken.known})
        else:
            click.echo(taken.sentence_ja)
    elif settle is not None and state is not None:
        changed = box.change(box.find(settle.lower()).id, state=StickerState(state))
        if as_json:
            echo_json({"id": changed.id, "state": changed.state.value})
        else:
            click.echo(f"ふせん{for_terminal(changed.name)}：{changed.state.label_ja}")
    elif erase is not None:
        erased = box.find(erase.lower()).id
        box.erase(erased)
        if as_json:
            echo_json({"id": erased, "erased": True})
        else:
            click.echo("ふせんを消しました。")
    else:
        _tell(settings, box.read(), export, as_json=as_json)


def _tell(settings: Settings, reading: BoxReading, export: Path | None, *, as_json: bool) -> None:
    meetings = meetings_of(reading.stickers, _asks(settings, reading))
    if reading.fault_ja:
        click.echo(reading.fault_ja, err=True)
    if export is not None:
        count = sum(meeting.open_count for meeting in meetings)
        _write(export, list_csv(meetings))
        if as_json:
            echo_json({"file": str(export), "rows": count})
        else:
            click.echo(
                f"{count}行を {for_terminal(str(export))} に書き出しました（公開範囲は、どれも担当者だけです）。"
            )
    elif as_json:
        echo_json(
            {"meetings": [meeting.as_json() for meeting in meetings], "damaged": reading.damaged}
        )
    else:
        for line in queue_lines(meetings):
            click.echo(line)


def queue_lines(meetings: tuple[MeetingDrafts, ...]) -> Iterator[str]:
    """The queue for the terminal: what is open, meeting by meeting."""
    waiting = [meeting for meeting in meetings if meeting.open_count]
    settled = sum(len(meeting.drafts) - meeting.open_count for meeting in meetings)
    for meeting in waiting:
        yield f"{for_terminal(meeting.title_ja)}：残り {meeting.open_count}枚"
        for draft in meeting.drafts:
            one = draft.sticker
            if not one.state.is_open:
                continue
            yield f"  {one.letter}  {one.short_id}  {for_terminal(one.word) or '（ことばなし）'}  {one.state.label_ja}"
            if draft.ask_ja:
                yield f"      たずねる先：{for_terminal(draft.ask_ja)}"
            if one.note:
                yield f"      おぼえ：{for_terminal(one.note)}"
        yield ""
    if waiting:
        yield "たずねたら： otakara drafts --settle 番号 --as asked（足したら done、足さないなら dropped）"
    else:
        yield "残っているふせんはありません。"
    if settled:
        yield f"済んだもの {settled}枚（--json で見られます）"


def _asks(settings: Settings, reading: BoxReading) -> dict[str, AskNext] | None:
    """Whom to ask about what is open; None without a loaded town, which is said."""
    waiting = [one for one in reading.stickers if one.state.is_open]
    if not waiting:
        return {}
    from geo.stickers.ask_next import who_to_ask

    try:
        with reading_town(settings, Audience.COORDINATOR) as conn:
            return who_to_ask(conn, waiting)
    except (DatabaseError, ClusterError) as error:
        click.echo(f"{error.message_ja}たずねる先は、読み込んだあとに出ます。", err=True)
        return None


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise FileNotFoundError(2, "no such file")
        with path.open("rb") as file:
            return file.read(MEETING_FILE_BYTES + 1)
    except OSError as error:
        raise WordsError(
            f"cannot read the meeting file: {error.strerror}",
            message_ja=f"ファイル {path} を開けません。",
            hint_ja="USBメモリーがささっているか、ファイルの名前を確かめてください。",
        ) from error


def _write(path: Path, content: bytes) -> None:
    try:
        if not path.parent.is_dir() or path.is_dir():
            raise NotADirectoryError(20, os.strerror(20))
        replace_file(path, content, new_mode=_PRIVATE)
    except OSError as error:
        raise WordsError(
            f"cannot write the rows: {error.strerror}",
            message_ja=f"{path} に書き込めません。",
            hint_ja="フォルダがあるか、書き込みの許可と空きがあるかを確かめてください。",
        ) from error


def _usage(message_ja: str) -> WordsError:
    return WordsError(
        "unusable words for drafts",
        message_ja=message_ja,
        hint_ja="例: otakara drafts --settle 1a2b3c4d --as asked",
    )
