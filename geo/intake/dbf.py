"""The attribute table of a Shapefile, read from its bytes.

GDAL turns text in a number field into 0 and guesses encodings; the clerk needs the text as it
was written. The format is fixed width: 32 bytes of header, 32 bytes per field, then records.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from geo.intake.encodings import is_japanese_utf8, language_codec, looks_garbled, settle
from geo.intake.features import stop, unique_headers, warning
from geo.intake.national_editions import has_national_fields
from geo.model.problem import Problem

_FIELD_END = 0x0D
_DELETED = 0x2A
_MOST_FIELDS = 2048
_TEXT_KINDS = "CVW"
_NUMBER_KINDS = "NF"
_LISTED = 20


@dataclass(frozen=True, slots=True)
class DbfTable:
    """Rows of text. ``rows[i]`` is None where record ``i`` is marked as deleted."""

    headers: tuple[str, ...]
    rows: tuple[dict[str, str] | None, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    raw_name: bytes
    kind: str
    start: int
    width: int


def read_dbf(
    data: bytes,
    *,
    file: str,
    encoding: str | None = None,
    cpg: str | None = None,
    columns: frozenset[str] | None = None,
) -> DbfTable:
    """Read a DBF, whole or some columns of it.

    Parameters
    ----------
    data : bytes
        The file.
    file : str
        Its name for messages.
    encoding : str, optional
        What the manifest says; wins over ``cpg``, which wins over the file's own byte.
    cpg : str, optional
        Content of the ``.cpg`` beside it.
    columns : frozenset of str, optional
        Headers of the columns to read; the others are passed over unread. None: all.

    Raises
    ------
    UnreadableFileError
        When it is not a DBF, or its encoding cannot be settled.
    """
    fields, first, length, count = _layout(data, file)
    if columns is not None:
        fields = [field for field in fields if _is_asked(field, columns)]
    records = [data[first + i * length : first + (i + 1) * length] for i in range(count)]
    texts = [f for f in fields if f.kind in _TEXT_KINDS or f.kind in _NUMBER_KINDS]
    sample = b" ".join(
        [f.raw_name for f in fields]
        + [r[f.start : f.start + f.width] for f in texts for r in records if r[:1] != b"*"]
    )
    said = [
        ("マニフェスト", encoding),
        (".cpg ファイル", cpg),
        ("DBF ファイル", language_codec(data[29])),
    ]
    assumed = _assumed_codec(file, said, sample, fields)
    codec = "cp932" if assumed else _settle_cut(file, said, sample, fields, records)
    names = [_decode_name(f.raw_name, codec) for f in fields]
    headers = unique_headers(names)
    reader = _Cells(file, codec)
    rows: list[dict[str, str] | None] = [
        None
        if record[0] == _DELETED
        else {
            header: reader.text(field, record[field.start : field.start + field.width], n, header)
            for header, field in zip(headers, fields, strict=True)
        }
        for n, record in enumerate(records, start=1)
    ]
    if looks_garbled([*headers, *(t for row in rows if row for t in row.values())]):
        stop(
            file,
            "text-garbled",
            "文字化けしています。元のファイルから作り直すか、マニフェストの encoding を"
            "正しい文字コード（cp932 か utf-8）にしてください。",
        )
    return DbfTable(headers, tuple(rows), (*assumed, *reader.problems()))


def _assumed_codec(
    file: str, said: list[tuple[str, str | None]], sample: bytes, fields: list[_Field]
) -> list[Problem]:
    """A national file that says nothing is CP932, as all of its kind are; this is said."""
    if sample.isascii() or any(text for _, text in said) or is_japanese_utf8(sample):
        return []
    edition = has_national_fields(f.raw_name.decode("ascii", "replace").strip() for f in fields)
    if edition is None:
        return []
    return [
        warning(
            file,
            "encoding-assumed",
            f"文字コードがどこにも書かれていません。{edition.title_ja}はどれも cp932 なので、そう読みました。"
            '文字化けしていたら、マニフェストに encoding = "utf-8" を書いてください。',
        )
    ]


def _settle_cut(
    file: str,
    said: list[tuple[str, str | None]],
    sample: bytes,
    fields: list[_Field],
    records: list[bytes],
) -> str:
    """Settle the codec although a full field may end in half a letter."""
    whole = b" ".join(
        [f.raw_name for f in fields]
        + [
            r[f.start : f.start + f.width]
            for f in fields
            if f.kind in _TEXT_KINDS
            for r in records
            if r[:1] != b"*" and r[f.start + f.width - 1 : f.start + f.width] in (b" ", b"\0")
        ]
    )
    return settle(file, said, sample if whole.isascii() else whole)


def _layout(data: bytes, file: str) -> tuple[list[_Field], int, int, int]:
    damaged = (
        "属性の表（.dbf）が壊れているか、DBF ではありません。元のデータから作り直してください。"
    )
    if len(data) < 33:
        stop(file, "dbf-broken", damaged)
    count, first, length = struct.unpack_from("<IHH", data, 4)
    fields: list[_Field] = []
    at, start = 32, 1
    while at + 32 <= min(first, len(data)) and data[at] != _FIELD_END:
        name, kind, width, decimals = data[at : at + 11], chr(data[at + 11]), data[at + 16], 0
        decimals = data[at + 17]
        if kind == "C":  # long text fields keep the high byte of their width in the decimals
            width += decimals << 8
        fields.append(_Field(name.split(b"\0")[0], kind, start, width))
        start += width
        at += 32
        if len(fields) > _MOST_FIELDS:
            stop(file, "dbf-broken", damaged)
    # An empty last record may be cut; a table that promises more than it holds is not whole.
    if not fields or start > length or first + count * length > len(data) + 1:
        stop(file, "dbf-broken", damaged)
    return fields, first, length, count


def _is_asked(field: _Field, columns: frozenset[str]) -> bool:
    """Whether a field may be one of the columns, in whichever encoding its name is written."""
    return any(_decode_name(field.raw_name, codec) in columns for codec in ("utf-8", "cp932"))


def _decode_name(raw: bytes, codec: str) -> str:
    for cut in range(4):
        try:
            return raw[: len(raw) - cut].decode(codec).strip().strip("　")
        except UnicodeDecodeError:
            if len(raw) < 10:
                break
    return raw.decode("latin-1")


class _Cells:
    """Turns bytes into cells and remembers what was wrong with them."""

    def __init__(self, file: str, codec: str) -> None:
        self._file = file
        self._codec = codec
        self._problems: list[Problem] = []
        self._cut: dict[str, list[int]] = {}
        self._unread: set[str] = set()
        self._text_in_number: dict[str, int] = {}

    def text(self, field: _Field, raw: bytes, row: int, header: str) -> str:
        kind = field.kind
        if kind in _TEXT_KINDS:
            return self._decoded(raw, row, header)
        if kind in _NUMBER_KINDS:
            return self._number(raw, row, header)
        if kind == "D":
            return self._date(raw)
        if kind == "L":
            return {"Y": "1", "T": "1", "N": "0", "F": "0"}.get(
                raw[:1].decode("latin-1").upper(), ""
            )
        if kind in "I+" and len(raw) == 4:
            return str(struct.unpack("<i", raw)[0])
        if kind in "BO" and len(raw) == 8:
            return _plain(Decimal(repr(struct.unpack("<d", raw)[0])))
        if raw.strip(b" \0"):
            self._unread.add(header)
        return ""

    def problems(self) -> list[Problem]:
        """Everything wrong, cells first, then one line per column."""
        found = list(self._problems)
        found += [
            warning(
                self._file,
                "dbf-text-in-number",
                f"数字の列「{column}」に文字の入った行が、ほかに {count - _LISTED} 行あります。",
                column=column,
            )
            for column, count in self._text_in_number.items()
            if count > _LISTED
        ]
        found += [
            warning(
                self._file,
                "dbf-text-cut",
                f"列「{column}」の {len(rows)} 行で、文字が列の幅で切れています。"
                "元の文を確かめてください。",
                row=rows[0],
                column=column,
            )
            for column, rows in self._cut.items()
        ]
        found += [
            warning(
                self._file,
                "dbf-column-not-read",
                f"列「{column}」は読めない種類（メモなど）なので、空のまま読みました。",
                column=column,
            )
            for column in sorted(self._unread)
        ]
        return found

    def _decoded(self, raw: bytes, row: int, header: str) -> str:  # noqa: RET503 - stop() never returns
        trimmed = raw.split(b"\0")[0].rstrip(b" ")
        if trimmed.isascii():
            return trimmed.decode("ascii").strip()
        try:
            return _trim(trimmed.decode(self._codec))
        except UnicodeDecodeError:
            pass
        if len(trimmed) >= len(raw) - 3:
            for cut in (1, 2, 3):
                try:
                    text = trimmed[:-cut].decode(self._codec)
                except UnicodeDecodeError:
                    continue
                self._cut.setdefault(header, []).append(row)
                return _trim(text)
        other = "cp932" if self._codec == "utf-8" else "utf-8"
        stop(
            self._file,
            "encoding-wrong",
            f"{row} 件目の「{header}」を文字コード {self._codec} で読めません。"
            f'マニフェストに encoding = "{other}" を書いてみてください。',
        )

    def _number(self, raw: bytes, row: int, header: str) -> str:
        bare = raw.strip(b" \0")
        if not bare or bare.strip(b"*") == b"":
            return ""
        try:
            number = Decimal(bare.decode("ascii"))
        except (UnicodeDecodeError, InvalidOperation):
            number = Decimal("NaN")
        if number.is_finite() and abs(number.adjusted()) < 40:
            return _plain(number)
        text = self._decoded(bare, row, header)
        seen = self._text_in_number[header] = self._text_in_number.get(header, 0) + 1
        if seen <= _LISTED:
            self._problems.append(
                warning(
                    self._file,
                    "dbf-text-in-number",
                    f"{row} 件目：数字の列「{header}」に文字「{text[:40]}」が入っています。"
                    "書かれているとおりの文字として読みました。",
                    row=row,
                    column=header,
                    value=text,
                )
            )
        return text

    def _date(self, raw: bytes) -> str:
        text = raw.strip(b" \0").decode("ascii", "replace")
        if len(text) == 8 and text.isdigit():
            return "" if text == "00000000" else f"{text[:4]}-{text[4:6]}-{text[6:]}"
        return text


def _plain(number: Decimal) -> str:
    if not number.is_finite():
        return ""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", "+0"} else text.removeprefix("+")


def _trim(text: str) -> str:
    return text.strip().strip("　")
