"""担当者だけ: the coordinator's desk, where a list becomes a map.

A new list is read, looked at and taken over; what has no place yet is placed. All of it is
answered only by a process that serves 担当者だけ, and only to forms of its own pages.
"""
