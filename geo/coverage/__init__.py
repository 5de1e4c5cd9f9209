"""Metres, people and days -> who could walk where, and what has not been found yet.

Pure: arrays in, arrays out; no files, no database.
"""
