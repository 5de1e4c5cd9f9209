"""Which encoding a file is in: said by somebody, proven by its bytes, never guessed silently."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from geo.intake.features import stop

_CP932_NAMES = {"shift_jis", "shiftjis", "sjis", "s-jis", "cp932", "932", "ms932", "windows-31j"}
_DBF_LANGUAGE = {0x13: "cp932", 0x7B: "cp932"}
# What Windows makes of the bytes 0x82 and 0x83, in every kana of CP932 and most of UTF-8.
_READ_AS_WESTERN = frozenset("‚ƒ")


def codec_name(text: str) -> str | None:
    """The Python codec of a name as ``.cpg`` files and clerks write it; None when unknown.

    CP932 stands for every name of Shift_JIS: real files hold ①, 髙 and ～, on which the strict
    standard fails.
    """
    name = text.strip().strip("\ufeff").lower().replace(" ", "")
    name = name.removeprefix("ansi")
    if name in _CP932_NAMES or name.startswith("shift"):
        return "cp932"
    if name in {"65001", "utf8", "utf-8"}:
        return "utf-8"
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None


def language_codec(driver: int) -> str | None:
    """The codec a DBF language driver byte names; None where the byte says nothing useful."""
    return _DBF_LANGUAGE.get(driver)


def is_japanese_utf8(data: bytes) -> bool:
    """Whether bytes hold kana or kanji that can only be UTF-8."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return any(is_japanese(letter) for letter in text)


def looks_garbled(texts: Iterable[str]) -> bool:
    """Whether texts show that their bytes were read in the wrong encoding, now or long ago.

    As :func:`is_mojibake`; and U+FFFD and control characters never stand in a good file.
    """
    listed = [text for text in texts if not text.isascii()]
    return any(
        letter == "\ufffd" or "\x80" <= letter <= "\x9f" for text in listed for letter in text
    ) or is_mojibake(listed)


def is_mojibake(texts: Iterable[str]) -> bool:
    """Whether texts as a whole are another encoding's Japanese.

    Greek, Cyrillic or Arabic letters without a single kana or kanji are what a CP932 file looks
    like to a program that does not know Japanese; control characters are what UTF-8 looks like to a
    Western one. Text whose CP932 bytes are Japanese in UTF-8 was UTF-8 read as
    CP932.
    """
    japanese = foreign = 0
    for text in texts:
        if text.isascii():
            continue
        for letter in text:
            code = ord(letter)
            japanese += is_japanese(letter)
            foreign += 0x370 <= code < 0x700 or 0x80 <= code <= 0x9F or letter in _READ_AS_WESTERN
        if _was_utf8(text):
            return True
    return foreign >= 2 and japanese == 0


def _was_utf8(text: str) -> bool:
    try:
        again = text.encode("cp932").decode("utf-8")
    except UnicodeError:
        return False
    return sum(map(is_japanese, again)) >= 2


def settle(file: str, said: list[tuple[str, str | None]], sample: bytes) -> str:
    """The codec of a file's text.

    Parameters
    ----------
    file : str
        For the message.
    said : list of (str, str or None)
        Who says what, the strongest first: the manifest, the ``.cpg``, the DBF's own byte.
    sample : bytes
        All text bytes of the file, blanks between.

    Raises
    ------
    UnreadableFileError
        When nobody says and the bytes do not prove it, or the bytes contradict what is said.
    """
    if sample.isascii():
        return "utf-8"
    named = next(((who, text) for who, text in said if text), None)
    if named is None:
        if is_japanese_utf8(sample):
            return "utf-8"
        stop(
            file,
            "encoding-unknown",
            "文字コードがどこにも書かれていません。マニフェストに次の1行を足してください："
            ' encoding = "cp932" （Windows で作ったファイルのほとんどはこれです）',
        )
    who, text = named
    codec = codec_name(text)
    if codec is None:
        stop(
            file,
            "encoding-not-known",
            f"{who}に書かれた文字コード「{text.strip()[:40]}」が分かりません。"
            'マニフェストに encoding = "cp932" か encoding = "utf-8" を書いてください。',
            value=text.strip(),
        )
    if codec != "utf-8" and is_japanese_utf8(sample):
        stop(
            file,
            "encoding-contradicted",
            f"{who}は文字コードを「{text.strip()[:40]}」としていますが、中身は UTF-8 です。"
            'マニフェストに encoding = "utf-8" を書いてください。',
            value=text.strip(),
        )
    return codec


def is_japanese(letter: str) -> bool:
    """Whether a letter is kana or kanji."""
    code = ord(letter)
    return (
        0x3040 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFF66 <= code <= 0xFF9D
        or 0x20000 <= code <= 0x3FFFF
    )
