"""What a text says of national holidays: for the rules, or for a closing day that moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.schedule.remark_phrases import HolidaySaid
from geo.schedule.schedule_parts import Closing, Days, IfHoliday, Rule

_MOVES = frozenset(IfHoliday) - {IfHoliday.UNSAID, IfHoliday.CLOSED, IfHoliday.OPEN}


@dataclass(slots=True)
class Holidays:
    """What happens on holidays, as far as it has been read.

    ``after_closing``: the closing of a weekday was the last thing said.
    """

    does: IfHoliday = IfHoliday.UNSAID
    after_closing: bool = False

    def follow(self, *, closing: bool) -> None:
        """A closing has just been said; of a weekday or not."""
        self.after_closing = closing

    def forget(self) -> None:
        """Something else has been said."""
        self.after_closing = False

    def close(self) -> bool:
        """祝日は休み. False when something else was said before."""
        return self._become(IfHoliday.CLOSED)

    def take(
        self,
        said: HolidaySaid,
        closings: list[Closing],
        rules: Sequence[Rule],
        *,
        in_label: bool,
    ) -> bool:
        """Take a sentence about holidays; False when it is not surely understood."""
        held = {day for rule in rules if rule.days for day in rule.days.weekdays}
        if said.bare and self.does is not IfHoliday.CLOSED:
            return False
        if said.on and (set(said.on) != held or said.does is not IfHoliday.NEXT_WEEK):
            return False
        of_closing = said.closing or in_label or self.after_closing
        if said.weekdays and not of_closing:
            of_closing = not set(said.weekdays) & held or any(
                c.days == Days(said.weekdays) for c in closings
            )
        if of_closing and said.does is not IfHoliday.CLOSED:
            return self._move_closing(said, closings, held)
        if said.weekdays and set(said.weekdays) != held:
            return False
        return self._become(said.does)

    def _move_closing(self, said: HolidaySaid, closings: list[Closing], held: set[int]) -> bool:
        for index in range(len(closings) - 1, -1, -1):
            days = closings[index].days
            if days is None or not days.weekdays or closings[index].hours is not None:
                continue
            if said.weekdays and days.weekdays != said.weekdays:
                continue
            if closings[index].if_holiday is not IfHoliday.UNSAID:
                return False
            closings[index] = replace(closings[index], if_holiday=said.does)
            return True
        if not said.weekdays or set(said.weekdays) & held or said.does not in _MOVES:
            return False
        # 火〜日 (月曜が祝日の場合は翌日休館): Monday is closed because no rule holds it.
        closings.append(Closing(Days(said.weekdays), if_holiday=said.does))
        return True

    def _become(self, does: IfHoliday) -> bool:
        if self.does is does:
            return True
        # 祝日は休み（翌週に振替）: the second says where the first goes.
        if self.does is IfHoliday.UNSAID or (self.does is IfHoliday.CLOSED and does in _MOVES):
            self.does = does
            return True
        return False
