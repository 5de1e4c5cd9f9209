"""How far it is to walk: streets with their costs, people and places on them, the nearest place.

Pure: arrays in, arrays out; no files, no database. The compiled parts are loaded when something is
searched, not before.
"""
