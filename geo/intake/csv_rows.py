"""Bytes of a CSV -> cells. The encoding is never guessed silently; records count as Excel rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from geo.intake.encodings import is_japanese_utf8, is_mojibake
from geo.intake.source_table import RawGrid
from geo.model.problem import Problem, Severity

FILE_LIMIT_BYTES = 200_000_000
ROW_LIMIT = 200_000
COLUMN_LIMIT = 1_000
CELL_LIMIT = 4_000_000
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE_ROWS = 2_000

_UTF16_JA = (
    "文字コードがUTF-16のようです。Excelの「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んで保存し直すか、"
    'マニフェストに encoding = "utf-16" の行を足してください。'
)
_CP932_JA = (
    "文字コードがUTF-8ではありません。Excelで保存したCSVのようですので、"
    'マニフェストに encoding = "cp932" の行を足してください。'
)
_UNKNOWN_JA = (
    "文字コードが分かりません。Excelで開き、「CSV UTF-8（コンマ区切り）」で保存し直してください。"
)
_WRONG_JA = "マニフェストの encoding の文字コードでは読めない文字があります。ほんとうの文字コードを確かめてください。"
_IS_UTF16_JA = 'このファイルはUTF-16です。マニフェストの encoding を "utf-16" にしてください。'
_GARBLED_JA = (
    "文字化けしています。文字コードをまちがえて一度保存されたファイルのようです。元のExcelやシステムから、"
    "もう一度「CSV UTF-8（コンマ区切り）」で書き出してください。"
)
_IS_UTF8_JA = "このファイルはUTF-8です。マニフェストの encoding の行を消してください。"


def read_csv(
    path: Path, file: str, encoding: str | None, problems: list[Problem]
) -> RawGrid | None:
    """Read a CSV (or tab separated) file; None with the fault kept when it cannot be read."""
    raw = read_limited(path, file, FILE_LIMIT_BYTES, problems)
    return None if raw is None else csv_grid(raw, file, encoding, problems)


def csv_grid(
    raw: bytes, file: str, encoding: str | None, problems: list[Problem]
) -> RawGrid | None:
    """The cells of a CSV's bytes; None with the fault kept when they are none."""

    def refuse(code: str, message_ja: str, row: int | None = None) -> None:
        problems.append(Problem(Severity.ERROR, file, message_ja, code, row=row))

    if encoding is None and raw.startswith(_UTF16_MARKS):
        encoding = "utf-16"
        problems.append(
            Problem(
                Severity.WARNING,
                file,
                "ファイルの先頭にUTF-16の印があるので、UTF-16として読みました。",
                "csv-utf16",
            )
        )
    text = _decode(raw, encoding, refuse)
    if text is None:
        return None
    if not text.strip():
        refuse(
            "table-empty",
            "このファイルには何も入っていません。見出しの行と、お宝の行を書いて保存し直してください。",
        )
        return None
    csv.field_size_limit(CELL_LIMIT)
    delimiter = _delimiter(text)
    rows: list[tuple[str, ...]] = []
    try:
        rows = _parse(text, delimiter, strict=True)
    except csv.Error as error:
        words = str(error)
        if "end of data" in words:
            row = _row_of_open_quote(text, delimiter)
            refuse(
                "csv-open-quote",
                f'{row}行目で始まった引用符（"）が、ファイルの終わりまで閉じていません。閉じる引用符を書き足してください。',
                row,
            )
            return None
        if "field larger" in words:
            refuse("table-too-large", "1つのセルが長すぎます（400万字をこえています）。")
            return None
        try:
            rows = _parse(text, delimiter, strict=False)
        except csv.Error:
            refuse("csv-broken", "CSVとして読めません。Excelで開いて保存し直してください。")
            return None
        problems.append(
            Problem(
                Severity.WARNING,
                file,
                '引用符（"）の使い方が正しくないセルがあります。列がずれていないか確かめてください。',
                "csv-stray-quote",
            )
        )
    if is_mojibake(cell for row in rows[:_SAMPLE_ROWS] for cell in row):
        refuse("text-garbled", _GARBLED_JA)
        return None
    if len(rows) > ROW_LIMIT or max(map(len, rows)) > COLUMN_LIMIT:
        refuse(
            "table-too-large",
            f"表が大きすぎます（{ROW_LIMIT:,}行、{COLUMN_LIMIT:,}列まで）。分けるか、要らない行や列を消してください。",
        )
        return None
    return RawGrid(tuple(rows))


def read_limited(path: Path, file: str, limit_bytes: int, problems: list[Problem]) -> bytes | None:
    """The bytes of a file up to a limit; None with the fault kept."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(limit_bytes + 1)
    except OSError:
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                "ファイルを開けません。ほかの人が使っていないか、読み取りの許可があるか確かめてください。",
                "file-unreadable",
            )
        )
        return None
    if len(raw) > limit_bytes:
        problems.append(
            Problem(
                Severity.ERROR,
                file,
                f"ファイルが大きすぎます（{limit_bytes // 1_000_000}MBまで）。",
                "file-too-large",
            )
        )
        return None
    return raw


def _decode(raw: bytes, encoding: str | None, refuse: object) -> str | None:
    assert callable(refuse)
    looks_utf16 = raw[:200].count(0) > len(raw[:200]) // 4
    if encoding is None and looks_utf16:
        refuse("csv-utf16", _UTF16_JA)
        return None
    if encoding is not None and encoding.startswith("utf-16"):
        return _decode_utf16(raw, encoding, refuse)
    if encoding is not None and raw.startswith(_UTF16_MARKS):
        refuse("csv-encoding-wrong", _IS_UTF16_JA)
        return None
    if encoding not in (None, "utf-8-sig") and (
        raw.startswith(b"\xef\xbb\xbf") or is_japanese_utf8(raw)
    ):
        refuse("csv-encoding-wrong", _IS_UTF8_JA)
        return None
    try:
        return raw.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        if encoding is not None:
            refuse("csv-encoding-wrong", _IS_UTF8_JA if _reads(raw, "utf-8") else _WRONG_JA, row)
        elif _reads(raw, "cp932"):
            refuse("csv-encoding-missing", _CP932_JA)
        else:
            refuse("csv-encoding-unknown", _UNKNOWN_JA, row)
        return None


def _decode_utf16(raw: bytes, encoding: str, refuse: object) -> str | None:
    """Text of a UTF-16 file: its own mark wins over the order of bytes that is said.

    Without a mark and with ``utf-16`` alone, the zero bytes of line ends and commas tell the order.
    """
    assert callable(refuse)
    marked = raw.startswith(_UTF16_MARKS)
    if marked:
        order, raw = "utf-16-le" if raw[0] == 0xFF else "utf-16-be", raw[2:]
    elif encoding == "utf-16":
        order = "utf-16-be" if raw[::2].count(0) > raw[1::2].count(0) else "utf-16-le"
    else:
        order = encoding
    try:
        text = raw.decode(order)
    except UnicodeDecodeError:
        if marked:
            refuse("csv-broken", "UTF-16の文字が途中で切れています。もう一度書き出してください。")
            return None
        text = ""
    if not any(mark in text for mark in "\n\r,\t"):  # bytes the other way round have none of these
        refuse("csv-encoding-wrong", _WRONG_JA)
        return None
    return text


def _reads(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    """Tab where the first filled line has more tabs than commas, else comma."""
    first = next((line for line in text[:200_000].splitlines() if line.strip(" \t,")), "")
    return "\t" if first.count("\t") > first.count(",") else ","


def _parse(text: str, delimiter: str, *, strict: bool) -> list[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    rows: list[tuple[str, ...]] = []
    for record in reader:
        rows.append(tuple(record))
        if len(rows) > ROW_LIMIT:
            break
    return rows


def _row_of_open_quote(text: str, delimiter: str) -> int:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 1
    try:
        for _ in reader:
            row += 1
    except csv.Error:
        pass
    return row
