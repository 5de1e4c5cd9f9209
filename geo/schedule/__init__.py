"""Japanese schedule text ⇄ recurrence ⇄ dates. No clock, no files: everything is a pure function."""

from geo.schedule.frequency import Frequency
from geo.schedule.occurrence import Cancelled, Occurrence
from geo.schedule.reading import parse
from geo.schedule.schedule_model import Schedule

__all__ = ["Cancelled", "Frequency", "Occurrence", "Schedule", "parse"]
