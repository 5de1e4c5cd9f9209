"""Stickers as rows of a list: the default headers, ready to be pasted into the town's Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from geo.manifest.layer_file import FIELD_HEADERS
from geo.model.audience import Audience
from geo.spreadsheet_cell import safe_cell
from geo.stickers.draft_queue import Draft, MeetingDrafts, japanese_day

_FIELDS = ("name", "lat", "lon", "area", "audience", "found_through", "note")
HEADERS = tuple(FIELD_HEADERS[field] for field in _FIELDS)


def list_csv(meetings: Iterable[MeetingDrafts]) -> bytes:
    """What is still open, as Excel opens it: UTF-8 with BOM, CRLF, no cell can be a formula.

    Every row is 担当者だけ: nothing is published from a meeting.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADERS)
    for meeting in meetings:
        for draft in meeting.drafts:
            if draft.sticker.state.is_open:
                writer.writerow(_row(meeting, draft))
    return out.getvalue().encode("utf-8-sig")


def _row(meeting: MeetingDrafts, draft: Draft) -> list[str]:
    one = draft.sticker
    ask = f"たずねる先：{draft.ask_ja}" if draft.ask_ja else ""
    remark = "。".join(filter(None, (f"ふせん「{one.letter}」", one.note, ask)))
    told = f"{japanese_day(one.met_at)} {meeting.area}の集まり"
    # Coordinates are numbers: a minus sign there is no formula.
    place = (f"{one.lat:.7f}", f"{one.lon:.7f}")
    texts = (meeting.area, Audience.COORDINATOR.label_ja, told, remark)
    return [safe_cell(one.name), *place, *map(safe_cell, texts)]
