"""The languages a page can speak."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """The language of the interface; what a record says stays as it was written."""

    JAPANESE = "ja"
    ENGLISH = "en"
