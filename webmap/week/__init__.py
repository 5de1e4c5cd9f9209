"""The week sheet: what one area holds from Monday to Sunday, for the hall's notice board."""

from webmap.week.week_page import WeekPage, week_page

__all__ = ["WeekPage", "week_page"]
