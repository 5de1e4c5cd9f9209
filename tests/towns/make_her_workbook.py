"""Write a workbook as a coordinator keeps it: two sheets, title rows, merged cells, ○×, 和暦, no coordinates.

``python tests/towns/make_her_workbook.py FILE.xlsx [SEED]`` writes the same workbook every time; the
README's ten-minute walk uses it where somebody has no list of their own.
"""

from __future__ import annotations

import random
import sys
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from openpyxl.styles import Font

SEED = 8
GATHERINGS = 30
STOPS = 12
WITHOUT_ADDRESS = 12
DISTRICTS = ("東", "中", "西")
_FIRST = (
    "さくら",
    "ひまわり",
    "なかよし",
    "ほほえみ",
    "すずらん",
    "あおぞら",
    "ふれあい",
    "つくし",
    "こまくさ",
    "いこい",
)
_LAST = ("会", "サロン", "の集い", "クラブ", "広場")
_HALLS = ("東公民館", "中会館", "西集会所", "浜の家", "本町会館", "新田公民館")
_WHEN = (
    ("毎週水曜", "10:00〜11:30"), ("第2・4木", "10時〜"), ("毎月第1土曜日", "１３：３０～１５：００"),
    ("月・金", "9:30〜10:00"), ("第3火", "午前中"), ("毎日", "6:30〜6:40"),
)  # fmt: skip
_DOING = ("お茶とおしゃべり", "いきいき体操", "折り紙・手芸", "健康麻雀", "ラジオ体操", "歌と合唱")
_WHO = ("どなたでも", "おおむね65歳以上", "地区の方")
_STARTED = (
    "平成20年4月1日",
    "H31.4.1",
    "令和元年5月1日",
    "R5.6.1",
    date(2019, 4, 1),
    "昭和60年10月",
)
_ANSWERS = ("○", "○", "○", "×", "未確認", "△", "－", "")


def names(count: int, dice: random.Random) -> list[str]:
    """Different names of groups."""
    every = [first + last for first in _FIRST for last in _LAST]
    dice.shuffle(every)
    return every[:count]


def make(seed: int = SEED) -> openpyxl.Workbook:
    """The workbook. Sheet 1: 30 gatherings under a header of two rows; sheet 2: 12 stops of a shop van."""
    dice = random.Random(seed)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "つどいの場"
    _gatherings(sheet, dice)
    _stops(book.create_sheet("買い物の足"), dice)
    notes = book.create_sheet("記入のしかた")
    notes["A1"] = "この表の書き方"
    notes["A2"] = "掲載可否は、代表者に確かめて ○ か × を書いてください。"
    return book


def _gatherings(sheet: openpyxl.worksheet.worksheet.Worksheet, dice: random.Random) -> None:
    sheet["A1"] = "令和8年度　地域のつどいの場　一覧表"
    sheet.merge_cells("A1:L1")
    sheet["A1"].font = Font(size=16, bold=True)
    sheet["L2"] = "（令和8年3月31日現在）"
    upper = [
        "地区",
        "No.",
        "名　称",
        "ﾌﾘｶﾞﾅ",
        "会場",
        "住所",
        "開催日時",
        None,
        "参加費（円）",
        "設立年月日",
        "代表者・電話",
        "掲載可否",
    ]
    for column, text in enumerate(upper, 1):
        sheet.cell(4, column, text)
    sheet.cell(5, 7, "曜日")
    sheet.cell(5, 8, "時間")
    sheet.merge_cells("G4:H4")
    for letter in "ABCDEFIJKL":
        sheet.merge_cells(f"{letter}4:{letter}5")
    first = row = 6
    without_address = set(dice.sample(range(1, GATHERINGS + 1), WITHOUT_ADDRESS))
    for number, name in enumerate(names(GATHERINGS, dice), 1):
        days, hours = _WHEN[number % len(_WHEN)]
        hall = _HALLS[number % len(_HALLS)]
        address: str | None = f"本町{1 + number % 6}丁目{1 + number * 3 % 28}番{1 + number % 9}号"
        if number in without_address:
            address = None
        district = DISTRICTS[(number - 1) * len(DISTRICTS) // GATHERINGS]
        cells = [
            district if (number - 1) % (GATHERINGS // len(DISTRICTS)) == 0 else None,
            number, name, "ｻｸﾗ ", hall, address, days, hours,
            dice.choice(("無料", "100円", "３００", 200)), _STARTED[number % len(_STARTED)],
            f"山田 054-000-{1000 + number}", _ANSWERS[number % len(_ANSWERS)],
        ]  # fmt: skip
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column, value)
        row += 1
    size = GATHERINGS // len(DISTRICTS)
    for place in range(len(DISTRICTS)):
        top = first + place * size
        sheet.merge_cells(f"A{top}:A{top + size - 1}")
    sheet.cell(row, 2, "計")
    sheet.cell(row, 3, f'=COUNTA(C{first}:C{row - 1})&"団体"')
    sheet.cell(row + 2, 1, "※この一覧は、社会福祉協議会が聞き取ったものです。")
    sheet.row_dimensions[first + 4].hidden = True


def _stops(sheet: openpyxl.worksheet.worksheet.Worksheet, dice: random.Random) -> None:
    sheet.append(["買い物の足（移動スーパーの停まる所）"])
    sheet.append([])
    sheet.append(["№", "停車場所", "所在地", "曜日", "到着時刻", "売る物", "備考", None, None])
    for number in range(1, STOPS + 1):
        hour = 9 + number // 2
        sheet.append(
            [
                number,
                f"{_HALLS[number % len(_HALLS)]}前 {number}",
                f"浜町{number}-{dice.randint(1, 20)}",
                "火・金",
                time(hour, 30 * (number % 2)),
                "生鮮食品、日用品",
                datetime(2026, 4, 1) if number == 1 else None,
            ]
        )


def main() -> None:
    """Write the workbook where the first argument says."""
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    make(seed).save(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
