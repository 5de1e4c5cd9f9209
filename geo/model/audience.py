"""Who may see a record, on which medium, and how precisely."""

from __future__ import annotations

from enum import Enum, IntEnum


class Audience(IntEnum):
    """Who is looking, from the widest circle to the narrowest. Ordered: a larger value sees more."""

    PUBLIC = 0
    COUNCIL = 1
    PARTNERS = 2
    COORDINATOR = 3

    @property
    def word(self) -> str:
        """The English word of the command line, the role and the view schema."""
        return self.name.lower()

    @property
    def label_ja(self) -> str:
        """What screen and paper say."""
        return _AUDIENCE_JA[self]

    @classmethod
    def from_word(cls, word: str) -> Audience:
        """Read the command line's word (``public``, ``council``, ``partners``, ``coordinator``)."""
        return cls[word.upper()]


_AUDIENCE_JA = {
    Audience.PUBLIC: "だれでも",
    Audience.COUNCIL: "協議体まで",
    Audience.PARTNERS: "支援関係者まで",
    Audience.COORDINATOR: "担当者だけ",
}


class Medium(Enum):
    """Where a record would appear. A screen and an offline file are ``WEB``; paper is ``PRINT``."""

    WEB = "web"
    PRINT = "print"

    @property
    def label_ja(self) -> str:
        """The medium as the consent column names it."""
        return {"web": "ホームページ", "print": "冊子・印刷"}[self.value]


class ConsentScope(Enum):
    """What a person agreed to: one medium for the public, or partners only, or nothing."""

    WEB = "web"
    PRINT = "print"
    PARTNERS = "partners"
    NONE = "none"

    @property
    def label_ja(self) -> str:
        """The words of the 掲載の同意 column."""
        return {
            "web": "ホームページ",
            "print": "冊子・印刷",
            "partners": "支援関係者のみ",
            "none": "のせない",
        }[self.value]


class Precision(IntEnum):
    """How precisely a place may be shown below 担当者だけ. Its text is coarsened alike."""

    POINT = 0
    BLOCK = 1
    AREA = 2
    NONE = 3

    @property
    def label_ja(self) -> str:
        """The words of the 地図での示し方 column."""
        return ("場所どおり", "町丁目まで", "地区まで", "のせない")[self.value]


class Placed(Enum):
    """How the place of a treasure became known."""

    SOURCE = "source"
    VENUE = "venue"
    ADDRESS = "address"
    BLOCK = "block"
    MAP = "map"

    @property
    def is_exact(self) -> bool:
        """Whether distances may be measured from it: a place known to its block is none."""
        return self is not Placed.BLOCK

    @property
    def label_ja(self) -> str:
        """What the list and the card say about the place."""
        return {
            "source": "元の一覧の位置",
            "venue": "会場名で一致",
            "address": "番地まで",
            "block": "町丁目まで（およその位置）",
            "map": "地図で指定",
        }[self.value]


class Newcomers(Enum):
    """Whether somebody new may simply come."""

    ANYONE = "anyone"
    ASK_FIRST = "ask_first"
    MEMBERS_ONLY = "members_only"

    @property
    def label_ja(self) -> str:
        """The words of the はじめての方 column."""
        return {
            "anyone": "どなたでも",
            "ask_first": "声をかけてから",
            "members_only": "会員のみ",
        }[self.value]


class Status(Enum):
    """Whether a treasure is alive."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"

    @property
    def label_ja(self) -> str:
        """The words of the 状態 column."""
        return {"active": "開催中", "paused": "おやすみ中", "ended": "終了"}[self.value]
