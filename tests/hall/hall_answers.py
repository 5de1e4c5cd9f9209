"""Areas for a wall: many, few, none, nothing with a place; names and sentences as long as they get."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec
from front import sample

from geo.model.answers import AreaLink, AreaMembers, Entry
from geo.model.audience import Audience
from geo.model.map_answer import MapAnswer
from geo.questions.entry_dates import day_book

LONG_NAME = "みなと市社会福祉協議会ふれあいいきいき健康づくりと見守りの会東部連絡所なかよし会"
LONG_SCHEDULE = "毎月第2・第4木曜日 13時30分から15時30分まで（8月と1月はおやすみ、祝日は翌週）"
LONG_VENUE = "みなと市立東部地域交流センター2階大会議室"
LONG_WHO = "おおむね65歳以上の方とその家族、見守りをしている方"
LONG_MEANING = (
    "一人ぐらしの方も、ここに来れば顔を合わせて話ができます。歩いて来られない日は、近所の人が車で"
    "いっしょに連れてきてくれるので、雨の日でも休まずに続いています。"
) * 3
TELEPHONE = "000-987-6543"


def spoken(entry: Entry, **more: Any) -> Entry:
    """An entry with everything a wall shows; odd ones the way lists have them, even ones long."""
    fields = dict(entry.fields)
    said: dict[str, Any] = {
        "schedule": fields.get("日時"),
        "venue": fields.get("会場"),
        "for_whom": "どなたでも",
        "fee": "100",
        "fields": (*entry.fields, ("連絡先", TELEPHONE)),
    }
    if entry.number % 2 == 0:
        said |= {
            "name": LONG_NAME,
            "schedule": LONG_SCHEDULE,
            "venue": LONG_VENUE,
            "for_whom": LONG_WHO,
            "fee": "1回100円（お茶代）、材料費は実費",
            "meaning": LONG_MEANING,
        }
    return msgspec.structs.replace(entry, **(said | more))


def many(audience: Audience = Audience.PUBLIC) -> MapAnswer:
    """About forty treasures, hostile names and shared halls among them."""
    answer = sample.map_answer(audience=audience)
    entries = tuple(map(spoken, answer.entries))
    return dataclasses.replace(answer, entries=entries, days=day_book(entries, answer.today))


def few(audience: Audience = Audience.PUBLIC) -> MapAnswer:
    """One exact, one approximate, one that pauses."""
    answer = many(audience)
    kept = [entry for entry in answer.entries if entry.number in (1, 4, 10)]
    flags = tuple(answer.flags[entry.flag] for entry in kept if entry.flag is not None)
    entries = tuple(msgspec.structs.replace(entry, flag=i) for i, entry in enumerate(kept))
    return dataclasses.replace(answer, entries=entries, flags=flags)


def none() -> MapAnswer:
    """An area in which nobody has found anything yet."""
    return sample.map_answer(empty=True)


def unplaced() -> MapAnswer:
    """Everything that matters, and not one coordinate."""
    answer = sample.unplaced_answer()
    return dataclasses.replace(answer, entries=tuple(map(spoken, answer.entries)))


def members(answer: MapAnswer) -> tuple[AreaMembers, ...]:
    """Half of the treasures in two areas, the other half in none."""
    numbers = sorted(entry.number for entry in answer.entries)
    east, west = (AreaLink("ps", f"P{i}", f"{name}小学校区") for i, name in enumerate("東西"))
    return (AreaMembers(east, tuple(numbers[0::4])), AreaMembers(west, tuple(numbers[1::4])))
