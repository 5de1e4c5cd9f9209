"""Bytes to records: every fault found is a Problem the clerk can act on."""

from geo.intake.whole_town import read_town

__all__ = ["read_town"]
