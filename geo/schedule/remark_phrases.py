"""Signs and remarks: 休み, を除く, も開催, 祝日の場合は翌日, 雨天中止, 要予約, 日程は回覧板で."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.schedule.day_phrases import WEEKDAYS, weekday_list
from geo.schedule.pieces import Kind, phrase
from geo.schedule.schedule_parts import IfHoliday

_END = r"(?=[\s、,。()〔〕;:※]|$)"
_HOLIDAY = r"(?:国民の)?祝(?:祭日|休日|日(?:又は|または|や|・)?(?:振替休日)?|祭|日)?(?:等|など)?"
_IF = (
    r"(?:(?:が|は|と|に)?(?:重なる|重なった|当たる|当たった|あたる|あたった|なる|なった|の)(?:場合|とき|時|日|際)"
    r"(?:に|が)?|(?:場合|とき|時)に?|なら)"
)
_THEN = r"(?:には|は)?[、,]?(?:その)?"
_MOVES = {
    "翌平日": IfHoliday.NEXT_WORKDAY, "次の平日": IfHoliday.NEXT_WORKDAY,
    "翌日以降の平日": IfHoliday.NEXT_WORKDAY,
    "翌日": IfHoliday.NEXT_DAY, "次の日": IfHoliday.NEXT_DAY,
    "翌週": IfHoliday.NEXT_WEEK, "次週": IfHoliday.NEXT_WEEK, "次の週": IfHoliday.NEXT_WEEK,
    "前日": IfHoliday.DAY_BEFORE, "直前の平日": IfHoliday.WORKDAY_BEFORE,
    "前の平日": IfHoliday.WORKDAY_BEFORE,
}  # fmt: skip
_MOVE = "|".join(sorted(_MOVES, key=len, reverse=True))
_HELD = r"(?:開催|実施|営業|開館|通常(?:どおり|通り)?(?:開催|営業)?|休まず(?:営業|開催)?|あり|行う|行います|可|やっています|開催します)"
_SHUT = (
    r"(?:お?休み(?:です|します|とします|になります)?|休(?:館|業|診|所|止|園|講|場)(?:日)?(?:です|します|とする)?|休日|定休日?|"
    r"閉(?:館|局|所|店)(?:日)?(?:です|します)?|(?:使用|利用|開放|解放)?不可|中止|なし|無し|ありません|"
    r"(?:開催|実施)(?:しない|しません|なし)|行(?:わない|いません)|やりません|やらない|休(?=[\s、,。()]|$))"
)


@dataclass(frozen=True, slots=True)
class HolidaySaid:
    """「月曜が祝日の場合は翌日休館」: what it does, whether the *closing* day moves, for whom."""

    does: IfHoliday
    closing: bool = False
    weekdays: tuple[int, ...] = ()
    on: tuple[int, ...] = ()
    """「翌週の月曜」: the weekday it is moved to, where one is said."""
    bare: bool = False
    """「翌週に振替」 alone: only after 「祝日は休み」."""


def _moved(found: re.Match[str]) -> HolidaySaid:
    closing = bool(found["shut"])
    whose = weekday_list(found["who"]) if found["who"] else ()
    target = found.groupdict().get("on")
    return HolidaySaid(
        _MOVES[found["move"]],
        closing,
        whose,
        on=weekday_list(target) if target else (),
        bare="祝" not in found[0],
    )


NOTE_PATTERN = re.compile(
    r"(?:(?:雨天|荒天|悪天候|雨|天候|雪|強風|台風|警報|しけ|暑さ|猛暑|積雪)"
    r"(?:・(?:荒天|強風|雪|台風|猛暑))*"
    r"(?:の?(?:日|時|場合|とき|ため|際))?(?:に|は|により|によって|による|でも)?(?:、)?"
    r"(?:お?休み|中止|(?:翌日|翌週)?に?(?:順延|延期)|翌日|翌週|決行|実施|開催|変更)(?:です|します|になります|の場合あり|することがあります|あり)?"
    r"|(?:小雨|雨天|荒天)(?:決行|可|OK)"
    r"|要?(?:事前)?(?:予約|申込み?|申し込み|問い?合わ?せ|連絡|登録|電話)(?:制|要|が?必要(?:です)?|不要|優先|のみ|ください)?"
    r"|(?:事前|前日まで)に?(?:要)?(?:予約|申込|申し込み|連絡|電話)(?:が?必要|要|ください|してください)?"
    r"|(?:完全)?予約(?:制|不要|優先)|会員(?:のみ|制|限定)|参加(?:自由|無料)|出入り?自由|自由参加|無料|途中参加可"
    r"|お?問い?合わ?せ(?:ください|下さい)|(?:電話で)?(?:受付|要確認|確認)"
    r"|(?:日程|日時|日にち|開催日|予定|曜日|日|詳細|くわしく|詳しく|時間)(?:など|等)?(?:は|について|を|については)(?![^\s、,。()]*[休除曜祝])[^\s、,。()〔〕\d]{1,20}"
    r"(?:で|に|へ|を|まで|見る|確認|お知らせ|ください|下さい|覧|ご覧ください|ます|せ|相談|未定|変更|参照|決定|連絡|案内)"
    r"|(?:日程|日時|日にち|開催日|時間)(?:は)?(?:未定|要確認|要相談|応相談|変動|変更(?:の場合)?あり|変更することがあります)"
    r"|(?:臨時|都合により)?(?:に)?(?:休み|休業|休館|休診|変更)(?:する)?(?:場合|こと|日)?(?:が|も)?(?:あり(?:ます)?|の場合あり)"
    r"|不定休(?:です|あり)?"
    r"|(?:TEL|Tel|電話|℡|tel)?:?0\d{1,4}[〜-]\d{1,4}[〜-]\d{3,4}"
    r"|売り?切れ次第(?:終了)?|なくなり次第(?:終了)?|終わり次第(?:解散)?|商品がなくなり次第終了)"
)
_UNSURE = re.compile(
    r"不定休|^(?:原則|おおむね|概ね|だいたい|基本)|^(?:日程|日時|日にち|開催日|予定|曜日|日|時間)(?:など|等)?(?:は|について|を)|未定|変動"
)


def makes_unsure(note: str) -> bool:
    """Whether a remark says that the days or hours are told elsewhere, or vary.

    「雨天中止」 and 「要予約」 do not; 「日程は回覧板で」 and 「不定休」 do.
    """
    return _UNSURE.search(note) is not None


_CLOSED_BEFORE = re.compile(r"除|のぞ|以外|日$")
"""Signs of closing behind which may stand what is closed: 除く祝日, 休館日 月曜."""


def _names_days(found: re.Match[str]) -> bool:
    return re.match(r" [月火水木金土日祝第]", found.string[found.end() :]) is not None


REMARK_PHRASES = (
    phrase(
        Kind.IF_HOLIDAY,
        rf"(?:(?P<who>{WEEKDAYS})が)?{_HOLIDAY}(?:{_IF}{_THEN}|は[、,]?(?:その)?)(?P<move>{_MOVE})(?:以降)?(?:の(?P<on>{WEEKDAYS}))?"
        r"(?:に|へ|が|を|も)?(?:(?P<shut>休み?館?日?|休館日?|休業日?|閉館|定休日?|お休み)|振り?替え?(?:て開催|開催|実施)?|変更|延期|順延|"
        r"開催|実施|繰り下げ|ずらす|します|になります)?(?:します|となります|です)?",
        _moved,
    ),
    phrase(
        Kind.IF_HOLIDAY,
        rf"(?:(?P<who>{WEEKDAYS})が){_HOLIDAY}{_IF}{_THEN}(?:開館し?[、,]?)(?:その)?(?P<move>{_MOVE})(?:に|が|を)?(?P<shut>休館|休み|休業|閉館)",
        _moved,
    ),
    phrase(
        Kind.IF_HOLIDAY,
        rf"(?:(?P<who>{WEEKDAYS})が)?{_HOLIDAY}(?:{_IF}{_THEN}|でも|も)(?:{_HELD}){_END}",
        lambda m: HolidaySaid(IfHoliday.OPEN, False, weekday_list(m["who"]) if m["who"] else ()),
    ),
    phrase(
        Kind.IF_HOLIDAY,
        rf"(?:(?P<who>{WEEKDAYS})が)?{_HOLIDAY}{_IF}{_THEN}{_SHUT}",
        lambda m: HolidaySaid(IfHoliday.CLOSED, False, weekday_list(m["who"]) if m["who"] else ()),
    ),
    phrase(
        Kind.IF_HOLIDAY,
        rf"(?<=[、,(\s])(?P<move>{_MOVE})(?:に|へ)(?P<who>)(?P<shut>)振り?替え?(?:て開催|開催)?{_END}",
        _moved,
    ),
    phrase(
        Kind.NOTE,
        r"原則(?:として)?|おおむね|概ね|だいたい|基本(?:的に)?",
        lambda m: m[0],
    ),
    phrase(Kind.NOTE, NOTE_PATTERN.pattern + _END, lambda m: m[0]),
    phrase(
        Kind.CLOSED_LABEL,
        r"【(?:休館日|定休日|休業日|休診日|休み|お休み|休所日)】:?|(?:休館日|定休日|休業日|休診日|休所日|お?休み)(?:は|:)",
        lambda _: True,
    ),
    phrase(
        Kind.LABEL,
        r"【(?:開館時間|開館日時?|営業時間|利用時間|開催日時?|日時|時間|受付時間|診療時間)】:?"
        r"|(?:開館時間|営業時間|利用時間|開催時間|活動時間|受付時間|開館|営業|日時)(?= )"
        r"|(?:開館時間|営業時間|利用時間|開催日時?|活動日時?|日時|曜日|とき|開催時間|活動時間|時間|受付)(?:は|:)",
        lambda m: m[0],
    ),
    phrase(
        Kind.CLOSED,
        rf"(?:の間)?(?:(?:は|が|も)、?)?{_SHUT}|(?:を|は)?(?:除く|のぞく|除きます|除外)|以外",
        lambda m: "before" if _CLOSED_BEFORE.search(m[0]) or _names_days(m) else "behind",
    ),
    phrase(Kind.OPEN, rf"(?:も|でも|は){_HELD}{_END}", lambda _: True),
)
