"""Streets -> a network one can walk: ways cut at their junctions, components, heights.

Pure: arrays in, arrays out; no files, no database.
"""
