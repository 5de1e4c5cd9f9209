"""The first day: a folder without a town. Its name, code and plane zone, checked before use."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from geo.drafting.list_draft import MunicipalityDraft
from geo.errors import WordsError
from geo.manifest.town_file import check_digit

NAME_LENGTH = 50
PREFECTURES = 47
ZONES_BY_PREFECTURE = {
    2: 10, 3: 10, 4: 10, 5: 10, 6: 10, 7: 9, 8: 9, 9: 9, 10: 9, 11: 9, 12: 9, 13: 9, 14: 9,
    15: 8, 16: 7, 17: 7, 18: 6, 19: 8, 20: 8, 21: 7, 22: 8, 23: 7, 24: 6, 25: 6, 26: 6, 27: 6,
    28: 5, 29: 6, 30: 6, 31: 5, 32: 3, 33: 5, 34: 3, 35: 3, 36: 4, 37: 4, 38: 4, 39: 4,
    40: 2, 41: 2, 42: 1, 43: 2, 44: 2, 45: 2, 46: 2, 47: 15,
}  # fmt: skip
"""Plane zone of each prefecture (平成14年国土交通省告示第9号). Hokkaido (1) has three: nobody guesses."""

ZONES_OF_ISLANDS = {
    "13421": 14, "46222": 1, "46304": 1, "46523": 1, "46524": 1, "46525": 1, "46527": 1, "46529": 1,
    "46530": 1, "46531": 1, "46532": 1, "46533": 1, "46534": 1, "46535": 1, "47207": 16, "47214": 16,
    "47375": 16, "47381": 16, "47382": 16, "47357": 17, "47358": 17,
}  # fmt: skip
"""Islands that lie in another zone than the rest of their prefecture."""

NAME_QUESTION_JA = "町の名前（例: ○○市）"
CODE_QUESTION_JA = "全国地方公共団体コード（5けた、または検査数字のついた6けた）"
ZONE_QUESTION_JA = "平面直角座標系の系番号（1〜19。北海道は11〜13のどれか）"


def needs_municipality(town: Path) -> bool:
    """Whether a town folder has no ``municipality.toml`` yet."""
    return not (town / "boundaries" / "municipality.toml").is_file()


def plane_zone_of(code: str) -> int | None:
    """The plane zone of a five digit code, or None where the prefecture has several."""
    return ZONES_OF_ISLANDS.get(code) or ZONES_BY_PREFECTURE.get(int(code[:2]))


def municipality_draft(name: str, code: str, plane_zone: int | None = None) -> MunicipalityDraft:
    """A checked town.

    Parameters
    ----------
    name : str
    code : str
        Five digits, or six with the check digit; full-width digits are accepted.
    plane_zone : int, optional
        1 to 19; worked out from the prefecture where that is unambiguous.

    Raises
    ------
    WordsError
        With the sentence for the person.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(name) <= NAME_LENGTH or not name.isprintable():
        raise _refused("町の名前がありません（50字まで）。", "例: --municipality ○○市")
    digits = "".join(unicodedata.normalize("NFKC", code).split())
    if not re.fullmatch(r"[0-9]{5,6}", digits):
        raise _refused(
            f"「{code[:20]}」は市区町村コードではありません。",
            "5けた（または検査数字のついた6けた）の数字で書いてください。総務省の「全国地方公共団体コード」の一覧にあります。",
        )
    if not 1 <= int(digits[:2]) <= PREFECTURES:
        raise _refused(f"「{digits}」の初めの2けたは、都道府県（01〜47）の番号ではありません。")
    if len(digits) == 6 and int(digits[5]) != check_digit(digits[:5]):
        raise _refused(
            f"「{digits}」は、6けた目の検査数字が合いません（{digits[:5]} なら {check_digit(digits[:5])}）。",
            "番号を確かめてください。",
        )
    zone = plane_zone if plane_zone is not None else plane_zone_of(digits[:5])
    if zone is None:
        raise _refused(
            "この都道府県は、平面直角座標系の系番号が市町村によって違います。",
            "--plane-zone に系番号を書いてください（北海道は11、12、13のどれか）。",
        )
    if not 1 <= zone <= 19:
        raise _refused(f"平面直角座標系の系番号は1から19までです（いまの値: {zone}）。")
    return MunicipalityDraft(name, digits[:5], zone)


def _refused(message_ja: str, hint_ja: str = "") -> WordsError:
    return WordsError("municipality refused", message_ja=message_ja, hint_ja=hint_ja)
