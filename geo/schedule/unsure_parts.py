"""What leaves the days of a schedule open: names without dates, remarks, parts nobody could read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.schedule.remark_phrases import makes_unsure
from geo.schedule.schedule_parts import Closing

if TYPE_CHECKING:
    from geo.schedule.timetable import Timetable

_SIGNS = re.compile(
    r"\d|[月火水木金土日]曜|[一二三四五六七八九十]回|週|祝|休|除|中止|延期|翌|前日|隔|場合|以外|のみ|だけ|"
    r"時|年|毎|第|変更|月|日|朝|夕|午前|午後|夜|春|夏|秋|冬|盆|正月|期|営業|開催|実施|開館|ときは|ごと|おき|閉|不可|主に|おもに|できれば|なるべく|たまに|ときどき|まれ|いずれか|どれか|どちらか|または|不定|当番|交代|順番"
)
_NO_SIGNS = re.compile(r"\d+(?:階|号室|[FＦ]|番地|名|人|円)")


def may_change_days(text: str) -> bool:
    """Whether an unread text may say something about the days or hours (by the signs in it).

    >>> may_change_days("行事のある週は休み"), may_change_days("ウエルカフェ")
    (True, False)
    """
    return _SIGNS.search(_NO_SIGNS.sub("", text)) is not None


def unsure_parts(schedule: Timetable) -> tuple[str, ...]:
    """The parts that were understood as words but leave days open, once each."""
    named = [c.season.name for c in schedule.closings if c.season.undated]
    seasons = [r.season.name for r in schedule.rules if r.season.undated]
    weeks = ["隔週の基準日" for r in schedule.rules if r.days is not None and r.days.undated]
    notes = [note for note in schedule.notes if makes_unsure(note)]
    return tuple(dict.fromkeys([*seasons, *weeks, *named, *notes]))


def undated_closings(schedule: Timetable) -> tuple[Closing, ...]:
    """The closings of which nobody says from when to when."""
    return tuple(c for c in schedule.closings if c.season.undated)
