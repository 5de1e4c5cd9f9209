"""Title, folder name, symbol, colour and day of a drafted layer, from what the list says of itself."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from geo.errors import WordsError
from geo.intake.values import plain
from geo.model.town import Layer

TITLE_LENGTH = 30
ID_LENGTH = 32
COLORS = (
    "#0f7a45", "#b3400f", "#00518f", "#7a1f5c", "#5c4a00", "#2e1a5e", "#8f1d2c", "#00616b",
    "#4d5b1e", "#4a3b8f", "#6b3a12", "#33475b",
)  # fmt: skip
"""Dark enough for white numbers (contrast at least 4.5), far apart from each other."""

SPARE_SYMBOLS = "宝場集輪花星光風空海山川森木草石竹松梅月日"
ID_FORM = re.compile(r"[a-z][a-z0-9_]{0,31}")
_NOT_SYMBOLS = frozenset("一覧表名簿市町村区県都府年月日度令和平成第版々の")
_KANJI = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
_ERA_YEARS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988}
_WHEN = r"(?:(令和|平成|[RH])\.?(元|\d{1,2})|(20\d{2}))(?:年|[./-])(\d{1,2})(?:月|[./-]|(?=現在|時点|\b))(?:(\d{1,2})日?)?"
_AS_OF = re.compile(_WHEN)
_STAMP = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")
_NOISE = re.compile(
    r"[(（【\[〔]?(?:(?:令和|平成|[RH])\.?(?:元|\d{1,2})|20\d{2})(?:年度?|[./-])?(?:\d{1,2}[月./-]?)?(?:\d{1,2}日?)?"
    r"(?:現在|時点|作成|更新|版)?[)）】\]〕]?"
)
_TOWN_CODE = re.compile(r"^\s*\d{5,6}[_\- ]")
_TAIL = re.compile(r"(一覧表|一覧|リスト|名簿|台帳|データ|表)$")
_DEFAULT_SHEET = re.compile(r"(sheet|シート|table)?\s*\d*", re.IGNORECASE)

_ROMAJI = {
    "ア": "a", "イ": "i", "ウ": "u", "エ": "e", "オ": "o", "カ": "ka", "キ": "ki", "ク": "ku",
    "ケ": "ke", "コ": "ko", "サ": "sa", "シ": "shi", "ス": "su", "セ": "se", "ソ": "so",
    "タ": "ta", "チ": "chi", "ツ": "tsu", "テ": "te", "ト": "to", "ナ": "na", "ニ": "ni",
    "ヌ": "nu", "ネ": "ne", "ノ": "no", "ハ": "ha", "ヒ": "hi", "フ": "fu", "ヘ": "he",
    "ホ": "ho", "マ": "ma", "ミ": "mi", "ム": "mu", "メ": "me", "モ": "mo", "ヤ": "ya",
    "ユ": "yu", "ヨ": "yo", "ラ": "ra", "リ": "ri", "ル": "ru", "レ": "re", "ロ": "ro",
    "ワ": "wa", "ヲ": "o", "ン": "n", "ガ": "ga", "ギ": "gi", "グ": "gu", "ゲ": "ge",
    "ゴ": "go", "ザ": "za", "ジ": "ji", "ズ": "zu", "ゼ": "ze", "ゾ": "zo", "ダ": "da",
    "ヂ": "ji", "ヅ": "zu", "デ": "de", "ド": "do", "バ": "ba", "ビ": "bi", "ブ": "bu",
    "ベ": "be", "ボ": "bo", "パ": "pa", "ピ": "pi", "プ": "pu", "ペ": "pe", "ポ": "po",
    "ヴ": "vu", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ー": "", "ヶ": "ke",
}  # fmt: skip
_SMALL_Y = {"ャ": "a", "ュ": "u", "ョ": "o"}


def title_of(sheet: str | None, titles: Sequence[str], file_stem: str, *, one_table: bool) -> str:
    """What the layer is called: the sheet where there are several, else the title row, else the file."""
    usable_sheet = sheet if sheet and not _DEFAULT_SHEET.fullmatch(sheet.strip()) else None
    tries = [usable_sheet] if not one_table else []
    tries += [_clean_title(text) for text in titles[:3] if 2 <= len(text) <= 60]
    tries += [usable_sheet, _clean_title(file_stem), file_stem]
    for text in tries:
        cleaned = " ".join((text or "").split())
        if cleaned and not cleaned.isdecimal():
            return cleaned[:TITLE_LENGTH]
    return "一覧"


def _clean_title(text: str) -> str:
    """Without days, years and 一覧: 「令和8年度 ○○一覧（3月現在）」 is called ○○."""
    short = _NOISE.sub(" ", unicodedata.normalize("NFKC", text))
    short = _TOWN_CODE.sub("", short)
    short = re.sub(r"[_\s]+", " ", short).strip(" ・-_:：◎●■※")
    bare = _TAIL.sub("", short).strip(" ・-_の")
    found = re.fullmatch(r"[【〔\[](.+)[】〕\]]", bare)
    bare = found[1] if found else bare
    return bare if len(bare) >= 2 and not re.fullmatch(r"[\d\W]+", bare) else ""


def day_of(texts: Iterable[str], today: date) -> tuple[date, str | None]:
    """The day a list speaks of (「令和8年3月現在」 is the end of March), and where it says so.

    A day in the future is none; without any the day is today.
    """
    for text in texts:
        short = plain(text)
        for found in _AS_OF.finditer(short):
            base = _ERA_YEARS.get(found[1] or "", 0)
            year = int(found[3]) if found[3] else base + (1 if found[2] == "元" else int(found[2]))
            day = _day(year, int(found[4]), int(found[5]) if found[5] else None)
            if day is not None and day <= today:
                return day, text
        if stamp := _STAMP.search(short):
            day = _day(int(stamp[1]), int(stamp[2]), int(stamp[3]))
            if day is not None and day <= today:
                return day, text
    return today, None


def _day(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        return None


def layer_id_of(wanted: str | None, title: str, taken: Collection[str], *, place: int) -> str:
    """A folder name that is free: the wanted one, the title in Latin letters, or ``list_1``.

    Raises
    ------
    WordsError
        When the wanted name is not lower-case ASCII.
    """
    if wanted is not None:
        if not ID_FORM.fullmatch(wanted):
            raise WordsError(
                f"layer id refused: {wanted[:40]!r}",
                message_ja=f"「{wanted[:40]}」は、フォルダの名前に使えません。",
                hint_ja="英小文字で始まる、英小文字・数字・「_」の32字までにしてください（例: tea_party）。",
            )
        return wanted if place == 0 else _free(wanted, taken)
    base = romaji(title)
    if base is None:
        number = 1
        while f"list_{number}" in taken:
            number += 1
        return f"list_{number}"
    return base if base not in taken else _free(base, taken)


def _free(base: str, taken: Collection[str]) -> str:
    number = 2
    while f"{base[: ID_LENGTH - 4]}_{number}" in taken:
        number += 1
    return f"{base[: ID_LENGTH - 4]}_{number}"


def romaji(text: str) -> str | None:
    """A title of kana and Latin letters in lower-case ASCII; None where kanji would be guessed.

    >>> romaji("カフェ だんだん")
    'kafe_dandan'
    """
    wide = unicodedata.normalize("NFKC", text)
    letters = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in wide).lower()
    out = ""
    double = False
    for letter in letters:
        if letter == "ッ":
            double = True
            continue
        if letter in _SMALL_Y and out.endswith("i"):
            out = out[:-1] + ("" if out.endswith(("shi", "chi", "ji")) else "y") + _SMALL_Y[letter]
            continue
        if letter in "ァィェォ" and len(out) > 1 and out[-1] in "uieo" and out[-2].isalpha():
            out = out[:-1] + _ROMAJI[letter]
            continue
        part = _ROMAJI.get(letter, letter if letter.isascii() and letter.isalnum() else None)
        if part is None:
            if letter.isalpha():
                return None
            part = "_"
        out += (part[0] if double and part else "") + part
        double = False
    found = re.sub(r"_+", "_", out).strip("_")[:ID_LENGTH].rstrip("_")
    return found if ID_FORM.fullmatch(found) and len(found) >= 2 else None


def symbol_of(title: str, taken: Collection[str]) -> str:
    """One letter for the flag: the first free kanji of the title, then its kana, then a spare."""
    kanji = [c for c in title if _KANJI.match(c) and c not in _NOT_SYMBOLS]
    kana = [c for c in title if _KANA.match(c) and c not in "のとでがはをに"]
    every: tuple[str, ...] = (*kanji, *kana, *SPARE_SYMBOLS, *map(chr, range(0x4E00, 0x9FFF)))
    return next(letter for letter in every if letter not in taken)


def color_of(layers: Iterable[Layer], also: Iterable[str] = ()) -> str:
    """A dark colour as far as possible from the colours in use."""
    used = [_rgb(layer.color) for layer in layers if not layer.backdrop] + [_rgb(c) for c in also]
    if not used:
        return COLORS[0]

    def room(color: str) -> int:
        return min(
            sum((a - b) * (a - b) for a, b in zip(_rgb(color), other, strict=True))
            for other in used
        )

    farthest: str = max(COLORS, key=room)
    return farthest


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
