"""Headers as people write them -> treasure fields. Only words: what stands below is judged elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache

from geo.folding import fold
from geo.intake.layouts import NATIONAL_HEADERS
from geo.manifest.layer_file import FIELD_HEADERS


class Sureness(IntEnum):
    """How sure a reading of a header is."""

    GUESS = 1
    LIKELY = 2
    SURE = 3

    @property
    def label_ja(self) -> str:
        """What the preview says."""
        return {1: "たぶん", 2: "おそらく", 3: "たしか"}[self.value]


WORDS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "名称", "名前", "サロン名", "サロン名称", "サロン", "グループ名", "グループ", "会の名前",
        "会の名称", "会名", "集まりの名前", "居場所名", "拠点名", "教室名", "クラブ名", "サークル名",
        "活動名", "活動の名称", "事業名", "取組名", "取り組み名", "イベント名", "店名", "店舗名",
        "お店", "場の名称", "場の名前", "お宝", "お宝名", "なまえ", "屋号", "公園名", "停留所名",
    ),
    "organiser": ("団体名", "団体名称", "団体", "実施団体", "実施団体名", "活動団体", "組織名"),
    "venue": (
        "会場", "会場名", "会場名称", "場所", "開催場所", "開催会場", "実施場所", "活動場所", "ところ",
        "集合場所", "場所名", "場所名称", "活動拠点", "使用会場", "施設名", "施設名称", "施設",
        "開催場所名", "販売場所", "停車場所",
    ),
    "venue_kind": ("会場の種類", "会場種別", "場所の種類", "施設の種類"),
    "kana": (
        "フリガナ", "ふりがな", "カナ", "かな", "よみがな", "読みがな", "読み", "よみ", "名称カナ",
        "名称フリガナ", "名称かな", "名前のよみ",
    ),
    "address": (
        "住所", "所在地", "会場住所", "会場の住所", "会場所在地", "開催場所住所", "開催場所の住所",
        "場所の住所", "施設所在地", "番地", "所在", "住所地", "店舗住所",
    ),
    "area": (
        "地区", "地区名", "自治会", "自治会名", "町内会", "町内会名", "町会", "町会名", "圏域", "区域",
        "地域", "地域名", "行政区", "区", "小学校区", "中学校区", "学区", "校区", "日常生活圏域",
        "圏域名", "エリア", "担当地区", "地域包括", "包括圏域", "支部", "単位自治会", "自治区", "町名",
    ),
    "lat": ("緯度", "北緯", "lat", "latitude", "緯度経度の緯度"),
    "lon": ("経度", "東経", "lon", "lng", "long", "longitude"),
    "latlon": ("緯度経度", "緯度・経度", "座標", "位置座標", "latlng", "latlon", "location", "位置情報"),
    "audience": (
        "公開範囲", "掲載可否", "掲載の可否", "公開可否", "公開の可否", "公開", "掲載", "掲載可",
        "HP掲載", "ホームページ掲載", "マップ掲載", "マップへの掲載", "地図掲載", "冊子掲載",
        "掲載許可", "公開許可", "掲載の可不可", "公表可否", "公表",
    ),
    "precision": ("地図での示し方",),
    "consent": ("掲載の同意", "掲載同意", "同意"),
    "schedule": (
        "開催日時", "日時", "活動日時", "実施日時", "開催日・時間", "日程", "スケジュール", "とき",
        "開催日程", "曜日・時間", "曜日時間", "活動日・時間", "実施日・時間", "開館時間", "営業時間",
        "開所日時", "日にち", "いつ", "開催予定", "来る時間", "開設日時", "曜日と時間", "開催日と時間",
        "開催曜日・時間", "開催曜日時間", "営業日時", "開いている時間", "利用時間",
    ),
    "days": (
        "曜日", "開催曜日", "活動曜日", "実施曜日", "開催日", "活動日", "実施日", "開所日", "営業日",
        "日", "定例日", "例会日", "曜", "利用可能曜日", "開設日", "日付", "巡回日",
    ),
    "times": (
        "時間", "開催時間", "活動時間", "実施時間", "時刻", "時間帯", "開催時刻", "開所時間", "時間割",
        "到着時刻", "巡回時間",
    ),
    "start": (
        "開始時間", "開始時刻", "開始", "はじまり", "始まり", "始業", "開会", "から", "開始時", "始",
    ),
    "end": ("終了時間", "終了時刻", "終了", "おわり", "終わり", "閉会", "まで", "終了時", "終"),
    "frequency": ("頻度", "開催頻度", "回数", "開催回数", "活動頻度", "実施頻度", "周期", "月の回数"),
    "schedule_note": (
        "日時備考", "日時の備考", "日時特記事項", "開催日備考", "定休日", "休み", "休館日", "休業日",
        "おやすみ",
    ),
    "for_whom": (
        "対象", "対象者", "参加対象", "参加できる人", "参加条件", "利用対象", "参加資格", "だれが",
    ),
    "newcomers": ("はじめての方", "初めての方", "新規参加", "新規受入", "見学", "飛び入り"),
    "fee": (
        "参加費", "会費", "費用", "料金", "利用料", "負担金", "参加料", "利用料金", "年会費", "月会費",
        "実費", "金額",
    ),
    "activities": (
        "主な活動", "内容", "活動内容", "主な内容", "実施内容", "プログラム", "主な活動内容", "活動",
        "概要", "すること", "事業内容", "売る物", "取扱品目", "商品", "サービス内容", "支援内容",
        "取組内容", "取り組み内容", "なにを", "開催内容",
    ),
    "activity_kind": (
        "活動区分", "種別", "分類", "区分", "種類", "カテゴリ", "カテゴリー", "ジャンル", "活動種別",
        "類型", "分野", "業種",
    ),
    "operator": (
        "運営主体", "主催", "主催者", "実施主体", "運営", "運営団体", "運営者", "設置者", "事業者",
        "事業者名", "事業所名", "法人名", "法人の名称", "運営法人", "経営主体",
    ),
    "transport": ("送迎", "送迎の有無", "送迎有無"),
    "capacity": ("定員", "定員数", "受入人数", "募集人数"),
    "participants": (
        "参加者実人数", "参加人数", "参加者数", "人数", "登録者数", "会員数", "参加者", "利用者数",
        "登録人数", "実人数", "会員", "平均参加者数", "構成員数",
    ),
    "contact": (
        "連絡先", "電話", "電話番号", "TEL", "問い合わせ", "問い合わせ先", "問合せ", "問合せ先",
        "お問い合わせ", "お問い合わせ先", "お問合せ", "お問合せ先", "連絡先電話番号", "連絡先電話",
        "代表電話", "携帯", "携帯電話", "携帯番号", "電話・FAX", "申込先", "申し込み先", "代表者",
        "代表者名", "代表", "代表者氏名", "代表者電話番号", "代表者電話", "代表者連絡先", "世話人",
        "世話役", "連絡先氏名", "連絡先名", "連絡担当", "連絡担当者", "責任者", "代表者の連絡先",
    ),
    "contact_audience": ("連絡先の公開範囲", "連絡先公開"),
    "functions": ("効用", "支え合いのはたらき", "はたらき", "機能"),
    "meaning": ("この場のよさ", "よいところ", "良いところ", "魅力", "お宝ポイント", "いいところ"),
    "story": ("紹介文", "紹介", "PR", "PR文", "ひとこと", "説明", "アピール", "コメント", "特徴", "特色"),
    "photo": ("写真", "画像", "写真ファイル"),
    "url": ("URL", "ホームページ", "HP", "ウェブサイト", "サイト", "HPアドレス", "リンク", "ホームページアドレス"),
    "started_on": (
        "開始日", "設立", "設立日", "設立年月日", "発足", "発足日", "開設年月日", "活動開始日",
        "立ち上げ", "設立年月", "開始年月日", "開始年月", "結成", "結成年月日",
    ),
    "ended_on": ("終了日", "廃止日", "解散日", "終了年月日"),
    "status": ("状態", "活動状況", "開催状況", "状況", "現況", "実施状況"),
    "confirmed_on": ("最終確認日", "確認日", "調査日", "更新日", "最終更新日", "確認年月日", "情報確認日"),
    "found_through": ("いもづる元", "いもづる", "情報源", "情報元", "紹介者", "どこから知ったか"),
    "note": (
        "備考", "特記事項", "その他", "注意事項", "備考欄", "摘要", "補足", "留意事項", "備考・特記事項",
        "特記", "注意", "その他備考", "持ち物",
    ),
}  # fmt: skip
"""Field (or part of a schedule: days, times, frequency) -> what people write over it."""

SERIAL_WORDS = (
    "No",
    "No.",
    "№",
    "NO",
    "番号",
    "通し番号",
    "連番",
    "項番",
    "#",
    "Nо",
    "順番",
    "行",
    "ソート番号",
)
ID_WORDS = (
    "ID", "管理番号", "整理番号", "団体番号", "施設番号", "登録番号", "会員番号", "団体コード",
    "施設コード", "管理ID", "団体ID", "施設ID", "コード",
)  # fmt: skip
PERSONAL_WORDS = (
    "氏名", "生年月日", "年齢", "性別", "自宅", "口座", "名簿", "会計", "家族", "民生委員", "要介護",
    "病歴", "参加者名", "役員", "緊急連絡",
)  # fmt: skip
KEPT_WORDS = (
    "郵便番号", "〒", "FAX", "ファックス", "都道府県", "市区町村", "市町村", "コード", "法人番号",
    "内線", "UTM", "メールアドレス",
)  # fmt: skip
INTERNAL_WORDS = (
    "メモ", "内部", "担当者", "担当職員", "職員", "更新者", "入力者", "記入者", "訪問記録", "聞き取り",
    "対応", "補助金", "助成", "予算",
)  # fmt: skip
_NOT_NAMES = (
    "町",
    "村",
    "市",
    "県",
    "課",
    "部",
    "駅",
    "代表",
    "担当",
    "氏",
    "委員",
    "人",
    "者",
    "路線",
    "品",
    "校",
)
_BRACKETS = re.compile(r"[(\[【〔<《「『].*?[)\]】〕>》」』]")
_DECORATION = re.compile(r"^[※*●■◆○◎・\d.①-⑳]+|[※*:：★]+$")
_READINGS = tuple(map(fold, ("カナ", "フリガナ", "ヨミ", "読み")))
_PLAIN_FIELDS = frozenset({"name", "kana", "address", "contact", "url", "photo", "note", "story"})
_PARTS = re.compile(r"[/・･、,]")


def _exact() -> dict[str, str]:
    found: dict[str, str] = {}
    for field, words in WORDS.items():
        for word in words:
            found.setdefault(fold(word), field)
    for field, header in FIELD_HEADERS.items():
        if field not in {"id", "number"}:
            found.setdefault(fold(header), field)
    for field, headers in NATIONAL_HEADERS.items():
        for header in headers:
            if field != "id":
                found.setdefault(fold(header), {"weekdays": "days"}.get(field, field))
    return found


EXACT = _exact()
_LONGEST_FIRST = sorted(EXACT, key=len, reverse=True)
_SERIAL = frozenset(map(fold, SERIAL_WORDS))
_IDS = frozenset(map(fold, ID_WORDS))


def is_serial(header: str) -> bool:
    """A running number of the rows, by its header."""
    return fold(header).rstrip(".") in _SERIAL


def is_id(header: str) -> bool:
    """A key that somebody manages, by its header."""
    return fold(header) in _IDS


def is_by_the_way(header: str) -> bool:
    """A column for machines and letters: kept, not shown unasked."""
    folded = fold(header)
    return folded not in EXACT and any(fold(word) in folded for word in KEPT_WORDS)


def guarded(header: str) -> str | None:
    """Why a column should not be read at all (in Japanese), or None."""
    folded = fold(header)
    if folded in EXACT:
        return None
    if any(fold(word) in folded for word in PERSONAL_WORDS):
        return "個人のことがらかもしれないので、読みません"
    if (
        folded.startswith(fold("代表"))
        and EXACT.get(folded.removeprefix(fold("代表者")).removeprefix("ノ")) == "address"
    ):
        return "個人の住所かもしれないので、読みません"
    if any(fold(word) in folded for word in INTERNAL_WORDS):
        return "内部の記録のようなので、読みません"
    return None


@lru_cache(maxsize=4096)
def recognise(header: str) -> tuple[str, Sureness] | None:
    """The field a header names, and how sure that is; None for a word of the town's own.

    >>> recognise("会　場")
    ('venue', <Sureness.SURE: 3>)
    >>> recognise("参加費（1回）")
    ('fee', <Sureness.SURE: 3>)
    >>> recognise("つどいの名称")
    ('name', <Sureness.LIKELY: 2>)
    """
    if len(header) > 60:
        return None
    folded = fold(header)
    if not folded:
        return None
    if folded in EXACT:
        return EXACT[folded], Sureness.SURE
    if any(word in inside for inside in _BRACKETS.findall(folded) for word in _READINGS):
        return "kana", Sureness.SURE
    bare = _DECORATION.sub("", _BRACKETS.sub("", folded))
    if bare in EXACT:
        return EXACT[bare], Sureness.SURE
    fields = [EXACT.get(part) for part in _PARTS.split(bare)]
    if len(fields) > 1 and fields[0] and all(field == fields[0] for field in fields):
        return fields[0], Sureness.SURE
    if {"days", "times"} == {field for field in fields if field} and None not in fields:
        return "schedule", Sureness.SURE
    for word in _LONGEST_FIRST:
        if bare.endswith(word) and _enough(word, bare.removesuffix(word).endswith("ノ")):
            return EXACT[word], Sureness.LIKELY
    if bare.endswith("名") and len(bare) >= 2 and bare[:-1] and not bare[:-1].endswith(_NOT_NAMES):
        return "name", Sureness.LIKELY
    for word in _LONGEST_FIRST:
        if bare.startswith(word) and _enough(word, bare.removeprefix(word).startswith("ノ")):
            return EXACT[word], Sureness.GUESS
    return None


def _enough(word: str, apart: bool) -> bool:
    """Whether a known word inside a longer header says what the column is.

    A short one often does not: 警戒区域 is no 区域, 工場見学 no 見学.
    """
    return len(word) >= 3 or (len(word) == 2 and (apart or EXACT[word] in _PLAIN_FIELDS))
