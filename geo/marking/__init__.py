"""Copies of the clerk's lists in which every fault is coloured, commented and listed.

The originals are only read. openpyxl is imported when a copy is asked for.
"""

from geo.marking.marked_copies import MarkedCopy, write_marked_copies

__all__ = ["MarkedCopy", "write_marked_copies"]
