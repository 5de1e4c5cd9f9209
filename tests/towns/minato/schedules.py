"""When things are open, in the many spellings of real lists, each with what is meant by it.

The class is data of the generator: a reader of schedules can be held against it.
"""

from __future__ import annotations

from enum import Enum
from random import Random


class Rhythm(Enum):
    """How often something is open; what is less than monthly comes last."""

    DAILY = "毎日か平日"
    WEEKLY = "週に1回以上"
    FORTNIGHTLY = "月に2、3回"
    MONTHLY = "月に1回"
    WITH_STOP = "移動販売の日に月1回"
    BIMONTHLY = "2か月に1回"
    SEASONAL = "ある季節だけ"
    YEARLY = "年に数回"
    UNKNOWN = "分からない"

    @property
    def is_monthly_or_more(self) -> bool:
        """What the published tables of gathering places count."""
        return self in (Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.FORTNIGHTLY, Rhythm.MONTHLY)


_DAYS = "月火水木金土"
_TIMES = (
    "10:00-12:00", "10時〜", "13時30分〜15時", "午前", "13:30〜15:00", "9:30〜11:30", "午後1時半から3時",
    "10:00～11:30", "１３：３０～１５：００", "午前10時から正午", "14:00〜", "13:00-16:00", "9時半～11時",
)  # fmt: skip

# {a} {b} {c}: days of the week in order; {t} a time of day; {n} {m}: first and second ordinal.
_TEXTS: dict[Rhythm, tuple[str, ...]] = {
    Rhythm.DAILY: (
        "平日 9:00〜16:00", "毎日 10:00-15:00", "平日 10時〜15時（年末年始(12/29〜1/3)休み）",
    ),
    Rhythm.WEEKLY: (
        "毎週{a}曜 {t}", "毎週{a}曜日 {t}", "{a}{b} 10:00-12:00", "毎週{a}・{b}・{c} {t}", "毎週({a}) {t}",
        "毎週{a}曜 {t}（祝日休み）", "{a}・{b}曜 {t}", "毎週{a}曜日 {t}（8月休み）", "毎週{a}　{t}",
        "毎週{a}曜 {t}（お盆(8/13〜16)休み）", "毎週{a}曜 {t} 祝日も開催", "毎週{a}曜と{b}曜 {t}",
        "毎週{a}曜日 {t}（年末年始(12/29〜1/3)休み）",
    ),
    Rhythm.FORTNIGHTLY: (
        "第1・3{a}曜 {t}", "第2・4{a} {t}", "隔週火曜(基準日 2026/4/7) {t}", "毎月10日・20日 {t}", "月2〜3回",
        "第一・第三{a}曜日 {t}", "第2・4{a}曜日 {t}（祝日の場合は翌週に振替）", "第１・３{a}曜日　{t}",
        "第1・第3{a}曜 {t}", "毎月5日と25日 {t}", "隔週金曜(基準日 2026/4/10) {t}",
    ),
    Rhythm.MONTHLY: (
        "第{n}{a}曜 {t}", "第{n}{a}", "第1{a}曜 午前", "第1週の{a}曜 {t}", "最終{a}曜 {t}", "月1回",
        "毎月15日 {t}（雨天中止）", "第{n}{a}曜 {t}（祝日の場合は翌日）", "月1回 第{n}{a}曜 {t}",
        "毎月第{n}{a}曜日 {t}", "第三{a}曜日 午前十時から", "毎月8日 {t}", "第{n}（{a}）{t}",
    ),
    Rhythm.WITH_STOP: ("移動販売日に合わせ月1回",),
    Rhythm.BIMONTHLY: (
        "奇数月の第2{a}曜 {t}", "偶数月の第{n}{a}曜日 {t}", "奇数月の第2{a} {t}", "偶数月の10日 {t}",
    ),
    Rhythm.SEASONAL: ("農閑期(11月〜3月)に月1回", "農閑期（11月〜3月）に月1回 第3{a}曜 10:00〜"),
    Rhythm.YEARLY: ("年2回", "年1回（9月の祝日）", "年2回（春と秋の彼岸）", "年4回"),
    Rhythm.UNKNOWN: ("不定期", "日程は回覧板で", "要問合せ", "天気の良い日", "しけの日の午前中"),
}  # fmt: skip
MORNING_TEXTS = (
    "毎朝6:30", "毎日(雨天中止) 6:30〜6:45", "毎朝 6:30〜6:40（雨天中止）", "毎朝6時半", "平日 6:30〜6:45",
)  # fmt: skip
SUMMER_TEXTS = ("夏休み期間 毎朝6:30", "夏休み期間の平日 6:30〜7:00")
SNOW_TEXTS = ("雪の降った朝", "5月〜10月の第1日曜 8:00〜10:00", "12月〜3月 要問合せ")


def schedule_text(rhythm: Rhythm, number: int, dice: Random) -> str:
    """The ``number``-th way of writing it, with days and a time of their own."""
    texts = _TEXTS[rhythm]
    text = texts[number % len(texts)]
    days = dice.sample(range(6), 3)
    first, second, third = sorted(days) if "{b}" in text else days
    return text.format(
        a=_DAYS[first],
        b=_DAYS[second],
        c=_DAYS[third],
        n=dice.randint(1, 4),
        t=dice.choice(_TIMES),
    )
