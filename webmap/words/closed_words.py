"""Words that pages say without writing them: the closed lists of the model, and usual labels."""

from __future__ import annotations

from collections.abc import Iterator

from geo.model.audience import Audience, Newcomers, Placed, Precision, Status
from geo.model.coverage_answer import METHOD_JA
from geo.model.people import PeopleBand

FUNCTIONS = (
    "見守り・見守られ",
    "安否確認",
    "情報交換",
    "困りごとの相談",
    "健康づくり",
    "交流・居場所",
    "環境づくり",
)
"""支え合いのはたらき; a town may write others, which stay as they are."""

FIELD_LABELS = (
    *(
        "日時",
        "開催日時",
        "日程",
        "時間",
        "来る時間",
        "会場",
        "場所",
        "住所",
        "所在地",
        "地区",
        "対象",
    ),
    *(
        "参加対象",
        "参加費",
        "費用",
        "料金",
        "内容",
        "主な活動",
        "活動内容",
        "連絡先",
        "電話",
        "問い合わせ",
    ),
    *(
        "団体名",
        "運営主体",
        "主催",
        "送迎",
        "定員",
        "備考",
        "紹介文",
        "売る物",
        "車両",
        "到着",
        "停車",
    ),
    *("ホームページ", "URL", "開始日", "終了日", "最終確認日", "会場の種類"),
)
"""What manifests usually call a field they show; others stay as they are."""


def closed_words() -> Iterator[str]:
    """Every one of them that is not in Latin letters already, once."""
    for kind in (Audience, Newcomers, PeopleBand, Placed, Precision, Status):
        for one in kind:
            yield one.label_ja
    yield METHOD_JA
    yield from FUNCTIONS
    yield from (label for label in FIELD_LABELS if not label.isascii())
