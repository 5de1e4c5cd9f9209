"""What a schedule says, as values: rules, what closes them, what happens on holidays, and the rest."""

from __future__ import annotations

from dataclasses import dataclass

from geo.schedule.schedule_parts import Closing, IfHoliday, Rule


@dataclass(frozen=True, slots=True)
class Timetable:
    """When something is held, as a coordinator wrote it.

    Two timetables that say the same are equal, whatever way they were written.

    Parameters
    ----------
    rules : tuple of Rule
        In the order of the text; a day is held when any rule holds it.
    closings : tuple of Closing
        When it is closed although a rule holds the day.
    if_holiday : IfHoliday
        What happens on national holidays.
    notes : tuple of str
        Remarks that are understood and fix no day: 「雨天中止」「要予約」.
    not_understood : tuple of str
        The parts of the text nobody could read, as they were written.
    """

    rules: tuple[Rule, ...] = ()
    closings: tuple[Closing, ...] = ()
    if_holiday: IfHoliday = IfHoliday.UNSAID
    notes: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
