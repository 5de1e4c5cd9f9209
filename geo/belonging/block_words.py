"""The 町丁目 part of a Japanese address. Everything finer is left out; in doubt, everything is."""

from __future__ import annotations

import re
import unicodedata

from geo.address_words import DASHES, KANJI_NUMBER, POSTAL

_BLANK = re.compile(r"\s+")
_ASIDE = re.compile(r"[()\[\]{}「」『』【】<>、。,，・:;|]")
_KANJI_BLOCK = re.compile(rf"^(.*?[{KANJI_NUMBER}]丁目)")
_NUMBER_BLOCK = re.compile(r"^((?:\d{1,2}条[東西南北]?)?\d{1,2})丁目")
_TRIPLE = re.compile(r"^([1-9])[-ー](\d{1,2})[-ー](\d{1,2})(?!\d|[-ー])")
# Where a house number starts: a digit, or a kanji number that counts houses (not 四番町, 三和).
_HOUSE = re.compile(
    rf"\d|[{KANJI_NUMBER}]+(?:番地|番(?![町丁])|号|[-のノ之]\s*[{KANJI_NUMBER}\d]+)"
    rf"|[{KANJI_NUMBER}]{{2,}}$"
)
_SMALL_AZA = re.compile(r"(?<=[^県郡市区町村])(?:小字|(?<![大文小])字)")
_BUILDING = re.compile(
    r"番地|団地|マンション|アパート|ハイツ|ハイム|コーポ|メゾン|ビル|会館|公民館|集会|センター|ホーム|"
    r"クラブ|サロン|商店|食堂|喫茶|薬局|医院|号室|棟|階|(?<!三)宅|様(?!似)|方$|荘$|邸$|内$|店$"
)
_FLOOR = re.compile(r"^\d+\s*(?:号棟|棟|号室|号館|階|[FfA-Za-z])")
_PLACE = re.compile(r"[都道府県市区町村郡字]")
_PLACE_END = re.compile(r"[都道府県市区町村郡]$")
_TOWN = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々〆ヶケ]+$")


def block_text(address: str | None) -> str | None:
    """The address down to its 町丁目, without a house number, a building or a name.

    Returns None when it is not sure what is what: a coarser text is no loss, a house number shown
    by mistake is. Digits stand in the answer only before 丁目.

    >>> block_text("静岡県みなと市石津港町40-1")
    '静岡県みなと市石津港町'
    >>> block_text("本町5-6-1")
    '本町5丁目'
    >>> block_text("みなと市三丁目11番1号")
    'みなと市三丁目'
    >>> block_text("〇〇団地3号棟") is None
    True
    """
    if not address:
        return None
    text = unicodedata.normalize("NFKC", address).translate(DASHES).strip()
    text = _joined(POSTAL.sub("", text))
    if not text:
        return None
    aside = _ASIDE.search(text)
    if aside is not None:
        text = text[: aside.start()]
    block = _KANJI_BLOCK.match(text)
    if block is not None and not re.search(r"\d", block.group(1)):
        return _sure(_small_aza_cut(block.group(1), numbered=True), numbered=True)
    house = _HOUSE.search(text)
    if house is None:
        # Nothing marks where the town ends, so only a town that says so is one.
        return _sure(_small_aza_cut(text)) if re.search(r"[町村区市]$", text) else None
    head, tail = text[: house.start()], text[house.start() :]
    if _FLOOR.match(tail):
        return None
    numbered = _NUMBER_BLOCK.match(tail)
    if numbered is None and _PLACE.search(head):  # 本町5-6-1; 5-1-201 may end in a room
        numbered = _TRIPLE.match(tail)
    if numbered is not None:
        return _sure(f"{head}{numbered.group(1)}丁目", numbered=True)
    return _sure(_small_aza_cut(head))


def _joined(text: str) -> str:
    """Pieces of an address put together; what stands apart and is no place is left out."""
    pieces = [piece for piece in _BLANK.split(text) if piece]
    joined = ""
    for piece in pieces:
        if joined and re.search(r"\d|丁目", joined):
            break
        if joined and not (
            re.match(rf"\d|[{KANJI_NUMBER}]+丁目", piece)
            or (_PLACE_END.search(joined) and _PLACE.search(piece))
            or (re.search(r"[都道府県市区郡]$", joined) and re.search(r"\d|丁目", piece))
        ):
            break
        joined += piece
    return joined


def _small_aza_cut(text: str, *, numbered: bool = False) -> str:
    """A 小字 can be three houses: only the town or 大字 above it is kept."""
    if numbered:
        return text
    cut = _SMALL_AZA.search(text)
    return text[: cut.start()] if cut is not None else text


def _sure(text: str, *, numbered: bool = False) -> str | None:
    bare = text.rstrip("第の-")
    town = re.sub(r"(?:\d{1,2}条[東西南北]?)?\d{1,2}丁目$", "", bare) if numbered else bare
    if not _TOWN.match(town) or _BUILDING.search(town) or re.search(r"\d", town):
        return None
    if not numbered and not _PLACE.search(town):
        return None
    return bare
