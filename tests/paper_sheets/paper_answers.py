"""Areas by hand as paper hears of them: with fields, fees, readings, rests and long names."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from browser.wide_answers import NAME_40
from front import sample
from week import week_answers

from geo.model.answers import Entry
from geo.model.audience import Newcomers, Status
from geo.model.map_answer import MapAnswer

CONTACT = "☎ 000-111-2222"
PUBLIC_URL = "https://otakara.example.jp"
NAMES = ("ほがらか体操の会", "髙橋さん家のお茶のみ場", "﨑浜①〜🍵の会 𠮷野", NAME_40)


def treasure(number: int, schedule: str | None = None, **more: object) -> Entry:
    """A treasure whose name is in no other's."""
    said = schedule or f"毎週{'月火水木金土日'[number % 7]}曜 10時〜、14時〜"
    made = week_answers.treasure(number, f"{NAMES[number % 4]}第{number:04}", said)
    fields = (("日時", said), ("会場", f"第{number}集会所"), ("連絡先", CONTACT), ("内容", "体操"))
    usual = {
        "fee": "100円",
        "for_whom": "おおむね65歳以上の方" if number % 2 else None,
        "newcomers": Newcomers.ANYONE,
        "kana": None,
        "fields": fields,
        "status": Status.PAUSED if number % 11 == 0 else Status.ACTIVE,
    }
    return msgspec.structs.replace(made, **(usual | more))


def area_of(*entries: Entry) -> MapAnswer:
    """An area of these treasures, none of which has a place."""
    answer = week_answers.of_entries(*entries)
    return replace(answer, town=replace(answer.town, public_url=PUBLIC_URL))


def area(count: int) -> MapAnswer:
    """So many treasures."""
    return area_of(*(treasure(number) for number in range(1, count + 1)))


def nothing_yet() -> MapAnswer:
    """Nothing has been found."""
    return replace(sample.map_answer(), entries=(), flags=(), layers=(), days=None)
