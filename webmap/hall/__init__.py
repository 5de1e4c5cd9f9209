"""The hall: one area on a wall, treasure after treasure, for twenty people and a remote control."""

from webmap.hall.hall_page import HallPage, hall_page

__all__ = ["HallPage", "hall_page"]
