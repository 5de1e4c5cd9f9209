"""What can go wrong, said twice: in Japanese for the person, in English for the log.

Every error the program raises on purpose is an :class:`OtakaraError`. Each child is also the
builtin a Python reader would expect (``ValueError``, ``LookupError`` ...), so that library
callers need not know our names to catch them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class OtakaraError(Exception):
    """Base of every deliberate error.

    Parameters
    ----------
    log_text : str
        English, for logs and developers. Carries no record text of hidden treasures.
    message_ja : str
        Japanese, for the person at the keyboard: what is wrong.
    hint_ja : str, optional
        Japanese: what to do about it.
    """

    def __init__(self, log_text: str, *, message_ja: str, hint_ja: str = "") -> None:
        super().__init__(log_text)
        self.message_ja = message_ja
        self.hint_ja = hint_ja

    @property
    def sentence_ja(self) -> str:
        """Message and hint as one Japanese text."""
        return f"{self.message_ja}\n{self.hint_ja}" if self.hint_ja else self.message_ja


class SettingsError(OtakaraError, ValueError):
    """A setting (``OTAKARA_*`` or a command line option) is unknown or unusable."""


class TownFolderError(OtakaraError, FileNotFoundError):
    """The town folder or one of its required files is not there or cannot be read."""


class LoadRefusedError(OtakaraError, ValueError):
    """A load was refused before anything was written.

    Parameters
    ----------
    log_text, message_ja, hint_ja : str
        As for every deliberate error.
    problems : Sequence of geo.model.problem.Problem
        Every fault that stood in the way, in reading order.
    """

    def __init__(
        self, log_text: str, *, message_ja: str, hint_ja: str = "", problems: Sequence[Any] = ()
    ) -> None:
        super().__init__(log_text, message_ja=message_ja, hint_ja=hint_ja)
        self.problems = tuple(problems)


class NotFoundError(OtakaraError, LookupError):
    """What was asked for (town, level, area) does not exist for this audience."""


class AudienceError(OtakaraError, PermissionError):
    """The audience may not do this, or may not be served in this way."""


class ClusterError(OtakaraError, RuntimeError):
    """The embedded PostGIS could not be created, started, stopped, saved or restored."""


class DatabaseError(OtakaraError, ConnectionError):
    """A database cannot be reached, or does not hold what this program needs."""


class HostileFileError(OtakaraError, ValueError):
    """A file tries to do something a data file has no business doing, or is far too large."""


class AssetError(OtakaraError, RuntimeError):
    """A browser asset (script, style, font) is missing or is not the one that was locked."""


class WordsError(OtakaraError, ValueError):
    """Words given on the command line or in a URL are outside what is accepted."""
