"""A file as it lies on somebody's desk -> its sheets as grids, with what has to be said of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from geo.errors import LoadRefusedError
from geo.intake.csv_rows import FILE_LIMIT_BYTES, read_csv, read_limited
from geo.intake.encodings import looks_garbled
from geo.intake.source_table import RawGrid
from geo.intake.xlsx_rows import read_every_sheet
from geo.model.problem import Problem, Severity

KINDS_JA = "Excelのブック（.xlsx）か、CSV（.csv）"
_ENCODINGS = {
    "utf-8-sig": "UTF-8（BOMつき）",
    "utf-8": "UTF-8",
    "cp932": "Shift_JIS（CP932、ExcelのふつうのCSV）",
    "utf-16": "UTF-16",
}
_REFUSED = {
    ".xls": "古いExcel形式（.xls）は読めません。Excelで開き、「Excel ブック（.xlsx）」で保存し直してください。",
    ".xlsm": "マクロの入ったブック（.xlsm）は受け取りません。Excelで開き、「Excel ブック（.xlsx）」で保存し直してください。",
    ".xlsb": "バイナリ形式のブック（.xlsb）は読めません。Excelで開き、「Excel ブック（.xlsx）」で保存し直してください。",
    ".ods": "OpenDocument（.ods）は読めません。「Excel ブック（.xlsx）」で保存し直してください。",
    ".pdf": "PDFは読めません。もとのExcelかCSVを使ってください。",
}
_NAME_LIMIT = 80
_OURS = frozenset({"places", "numbers"})
"""Names of files the program keeps beside lists itself."""

_UNSAFE = re.compile(r"[^\w()（）・\-ー～〜. ]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; a CSV is one sheet without a name."""

    name: str | None
    visible: bool
    grid: RawGrid | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A file, read. ``encoding`` is Python's codec where the manifest must name it."""

    file_name: str
    encoding: str | None
    sheets: tuple[Sheet, ...]
    said_ja: tuple[str, ...]


def safe_file_name(name: str) -> str:
    """The person's name of a file as a name that no folder, manifest or terminal trips over."""
    base = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    stem, _, suffix = base.rpartition(".")
    if not re.fullmatch(r"[A-Za-z0-9]{1,8}", suffix):
        stem, suffix = base, ""
    stem = _UNSAFE.sub("_", stem).strip(" ._~-")[:_NAME_LIMIT].strip(" .") or "list"
    if stem in _OURS:
        stem = f"list_{stem}"
    return f"{stem}.{suffix.lower()}" if suffix else stem


def survey_list(source: Path, file_name: str) -> Survey:
    """Read every sheet of a list.

    Parameters
    ----------
    source : Path
        The bytes.
    file_name : str
        What the person calls the file; decides how it is read.

    Raises
    ------
    LoadRefusedError
        When it is no list this program reads, with the fault in ``problems``.
    """
    shown = safe_file_name(file_name)
    suffix = Path(shown).suffix.lower()
    if suffix in _REFUSED:
        raise refusal(Problem(Severity.ERROR, shown, _REFUSED[suffix], "data-kind"))
    if suffix not in {".xlsx", ".csv"}:
        words = f"この種類のファイルは、ここでは読めません。使えるのは、{KINDS_JA}です。"
        raise refusal(Problem(Severity.ERROR, shown, words, "data-kind"))
    problems: list[Problem] = []
    if suffix == ".csv":
        return _survey_csv(source, shown, problems)
    found = read_every_sheet(source, shown, problems)
    if not found:
        raise refusal(*problems)
    sheets = tuple(Sheet(s.name, s.visible, s.grid, s.problems) for s in found)
    return Survey(shown, None, sheets, ())


def _survey_csv(source: Path, shown: str, problems: list[Problem]) -> Survey:
    raw = read_limited(source, shown, FILE_LIMIT_BYTES, problems)
    if raw is None:
        raise refusal(*problems)
    encoding = sniff(raw)
    if encoding is None:
        raise refusal(
            Problem(
                Severity.ERROR,
                shown,
                "文字コードが分かりません。Excelで開き、「CSV UTF-8（コンマ区切り）」で保存し直してください。",
                "csv-encoding-unknown",
            )
        )
    written = None if encoding.startswith("utf-8") else encoding
    grid = read_csv(source, shown, written, problems)
    if grid is None:
        raise refusal(*problems)
    said = f"文字コードは {_ENCODINGS[encoding]} とみて読みました。"
    if written:
        said += f'layer.toml に encoding = "{written}" と書きます。'
    return Survey(shown, written, (Sheet(None, True, grid, tuple(problems)),), (said,))


def sniff(raw: bytes) -> str | None:
    """The codec that a CSV's bytes prove, or None.

    CP932 must also read as Japanese: almost any bytes decode in it.
    """
    if raw.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig" if _decodes(raw, "utf-8") is not None else None
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16" if _decodes(raw, "utf-16") is not None else None
    if _decodes(raw, "utf-8") is not None:
        return "utf-8"
    text = _decodes(raw, "cp932")
    return "cp932" if text and not looks_garbled([text[:20_000]]) else None


def _decodes(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def refusal(*problems: Problem) -> LoadRefusedError:
    """A list that cannot be drafted: the first fault is the sentence, all are kept."""
    first = problems[0]
    where = f"「{first.sheet}」シート：" if first.sheet else ""
    return LoadRefusedError(
        f"list refused: {first.code}",
        message_ja=f"{first.file}：{where}{first.message_ja}",
        problems=problems,
    )
