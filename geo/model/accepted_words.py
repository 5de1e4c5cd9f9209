"""The Japanese words that manifests and lists use for audience, precision, consent and the rest.

Keys are folded (see ``geo.folding``), so width, kana and blanks of a spelling do not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from geo.folding import fold
from geo.model.audience import Audience, ConsentScope, Newcomers, Precision, Status

E = TypeVar("E", bound=Enum)


def _words(table: Mapping[E, tuple[str, ...]]) -> dict[str, E]:
    return {fold(word): meaning for meaning, words in table.items() for word in words}


AUDIENCE_WORDS = _words(
    {
        Audience.PUBLIC: ("だれでも", "誰でも", "公開"),
        Audience.COUNCIL: ("協議体まで", "協議体"),
        Audience.PARTNERS: (
            "支援関係者まで",
            "支援関係者",
            "支援関係者まで（民生委員・包括・ケアマネ）",
        ),
        Audience.COORDINATOR: ("担当者だけ", "担当者のみ", "担当だけ", "担当者", "非公開"),
    }
)
"""公開範囲."""

PUBLISHABLE_WORDS = _words(
    {
        Audience.PUBLIC: (
            "○", "〇", "◯", "◎", "可", "可能", "掲載可", "公開可", "掲載する", "公開する", "OK",
        ),
        Audience.COORDINATOR: (
            "×", "✕", "✖", "✗", "╳", "x", "不可", "否", "掲載不可", "公開不可", "掲載しない",
            "公開しない", "NG", "△", "▲", "?", "-", "未", "未確認", "未定", "確認中", "要確認",
            "保留", "調整中",
        ),
    }
)  # fmt: skip
"""掲載可否."""

PRECISION_WORDS = _words(
    {
        Precision.POINT: ("場所どおり", "場所通り"),
        Precision.BLOCK: ("町丁目まで", "町丁まで", "町名まで"),
        Precision.AREA: ("地区まで",),
        Precision.NONE: ("のせない", "載せない"),
    }
)
"""地図での示し方."""

CONSENT_WORDS = _words(
    {
        ConsentScope.WEB: ("ホームページ", "HP", "ウェブ", "web"),
        ConsentScope.PRINT: ("冊子・印刷", "冊子", "印刷", "印刷物", "冊子/印刷"),
        ConsentScope.PARTNERS: ("支援関係者のみ", "支援関係者だけ"),
        ConsentScope.NONE: ("のせない", "載せない", "掲載しない"),
    }
)
"""掲載の同意."""

NEWCOMER_WORDS = _words(
    {
        Newcomers.ANYONE: ("どなたでも", "だれでも", "誰でも"),
        Newcomers.ASK_FIRST: ("声をかけてから", "声を掛けてから", "事前連絡", "要連絡"),
        Newcomers.MEMBERS_ONLY: ("会員のみ", "会員だけ", "メンバーのみ"),
    }
)
"""はじめての方."""

STATUS_WORDS = _words(
    {
        Status.ACTIVE: ("開催中", "活動中", "実施中"),
        Status.PAUSED: ("おやすみ中", "お休み中", "休み", "休止", "休止中", "休会", "休会中"),
        Status.ENDED: ("終了", "廃止", "解散", "閉鎖", "閉会"),
    }
)
"""状態."""


def accepted_ja(kind: type[Enum]) -> str:
    """The words to offer the clerk, in the order of the enum: 「だれでも」「協議体まで」…."""
    return "".join(f"「{getattr(member, 'label_ja')}」" for member in kind)  # noqa: B009
