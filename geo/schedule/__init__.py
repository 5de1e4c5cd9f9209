"""Japanese schedule text ⇄ recurrence ⇄ dates. No clock, no files: everything is a pure function."""

from geo.schedule.calendar_series import CalendarSeries
from geo.schedule.changed_schedule import ChangedSchedule
from geo.schedule.frequency import Frequency
from geo.schedule.occurrence import Cancelled, Occurrence
from geo.schedule.planned_series import PlannedSeries, planned_series
from geo.schedule.schedule_model import Schedule
from geo.schedule.text_reading import parse
from geo.schedule.timed_schedule import Told, timed
from geo.schedule.visit import Visit

__all__ = [
    "CalendarSeries",
    "Cancelled",
    "ChangedSchedule",
    "Frequency",
    "Occurrence",
    "PlannedSeries",
    "Schedule",
    "Told",
    "Visit",
    "parse",
    "planned_series",
    "timed",
]
