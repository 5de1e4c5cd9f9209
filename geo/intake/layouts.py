"""Which header holds which treasure field: the manifest's word, our defaults, national layouts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.folding import fold
from geo.manifest.layer_file import FIELD_HEADERS, FOLLOWS_KEY, ROUTE_FIELDS
from geo.model.town import Layer

TOWN_CODE_HEADERS = frozenset(
    map(
        fold,
        (
            "都道府県コード又は市区町村コード",
            "全国地方公共団体コード",
            "市区町村コード",
            "地方公共団体コード",
        ),
    )
)
"""A table with one of these columns follows a national layout (推奨データセット, old or new)."""

NATIONAL_HEADERS: Mapping[str, tuple[str, ...]] = {
    "id": ("ID", "NO"),
    "name": (
        "名称", "イベント名", "介護サービス事業所名称", "医療機関名称", "施設名称", "施設・場所名",
        "指定緊急避難場所名称", "指定暑熱避難施設の名称", "公園名",
    ),
    "kana": (
        "名称_カナ", "イベント名_カナ", "介護サービス事業所名称_カナ", "医療機関名称_カナ",
        "施設・場所名_カナ",
    ),
    "address": ("所在地_連結表記", "住所", "所在地"),
    "venue": ("場所名称",),
    "fee": ("料金(基本)",),
    "activity_kind": ("実施サービス",),
    "operator": ("法人の名称", "主催者"),
    "organiser": ("団体名",),
    "capacity": ("定員", "想定収容人数"),
    "contact": ("電話番号", "連絡先電話番号"),
    "story": ("説明",),
    "photo": ("画像",),
    "url": ("URL",),
    "note": ("備考",),
    "started_on": ("開始日",),
    "ended_on": ("終了日",),
    "weekdays": ("利用可能曜日", "診療曜日"),
    "start": ("開始時間", "診療開始時間"),
    "end": ("終了時間", "診療終了時間"),
    "schedule_note": (
        "利用可能日時特記事項", "利用可能時間特記事項", "利用可能曜日特記事項", "診療日時特記事項",
        "開始日時特記事項",
    ),
}  # fmt: skip
"""Field -> headers of the national layouts, the first that a table has is taken."""

ADDRESS_PARTS = ("所在地_都道府県", "所在地_市区町村", "所在地_町字", "所在地_番地以下")
"""The national layouts' address in pieces, joined where 所在地_連結表記 is empty."""

PUBLISHABLE_HEADER = "掲載可否"
GUARDED_FIELDS = ("contact",)
"""Fields with a circle of their own: no column mixed into one is kept by its own name."""

MIXED_FIELDS = ("latlon", "weekdays", "start", "end", "schedule_note")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of one table stand: field -> column indexes (several are joined).

    ``extra`` are the columns kept under their header. ``publishable`` is the 掲載可否 column.
    ``national`` is true for a known national layout.
    """

    of: Mapping[str, tuple[int, ...]]
    extra: tuple[int, ...]
    national: bool
    publishable: int | None = None
    weekday_hours: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def first(self, name: str) -> int | None:
        """The (first) column of a field, for the address of a fault."""
        return self.of[name][0] if self.of.get(name) else None


def find_columns(headers: tuple[str, ...], layer: Layer) -> Columns:
    """Decide for every column of a table what it holds.

    The manifest's ``[columns]`` wins, then our default headers, then (where the table carries a
    municipality code) the national layouts. A header is matched by its folded form; a column of
    ``leave_out`` is in nothing.
    """
    where: dict[str, int] = {}
    for index, header in enumerate(headers):
        where.setdefault(fold(header), index)
    left_out = {where.pop(fold(header), -1) for header in layer.leave_out}
    national = bool(TOWN_CODE_HEADERS & where.keys())
    found: dict[str, tuple[int, ...]] = {}
    route = {ROUTE_FIELDS[key]: (header,) for key, header in layer.route.items()}
    # Whose days it follows is told by a column that is kept under its header like any other.
    named = {name: by for name, by in layer.columns.items() if name != FOLLOWS_KEY}
    for name, wanted in (named | route).items():
        indexes = tuple(where[fold(header)] for header in wanted if fold(header) in where)
        if indexes:
            found[name] = indexes
    claimed = {index for indexes in found.values() for index in indexes}

    def offer(name: str, header: str) -> None:
        index = where.get(fold(header))
        if name not in found and index is not None and index not in claimed:
            found[name] = (index,)
            claimed.add(index)

    for name, header in FIELD_HEADERS.items():
        offer(name, header)
    if national:
        for name, accepted in NATIONAL_HEADERS.items():
            for header in accepted:
                offer(name, header)
    publishable = where.get(fold(PUBLISHABLE_HEADER))
    if publishable in claimed:
        publishable = None
    hours = {
        day: (where[fold(start)], where[fold(end)])
        for day, (start, end) in layer.weekday_hours.items()
        if fold(start) in where and fold(end) in where
    }
    # A column that is one field alone is found there; a column that was mixed into a field with
    # others can still be shown by its own name.
    alone = {
        indexes[0]
        for name, indexes in found.items()
        if len(indexes) == 1 and (name not in MIXED_FIELDS or name == "latlon")
    }
    alone |= {index for name in GUARDED_FIELDS for index in found.get(name, ())}
    elsewhere = alone | left_out | {publishable}
    extra = tuple(index for index in range(len(headers)) if index not in elsewhere)
    return Columns(found, extra, national, publishable, hours)
