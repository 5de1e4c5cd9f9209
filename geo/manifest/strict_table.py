"""One TOML file read strictly: what is asked for is checked, what is left over is a fault."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geo.model.problem import Problem, Severity

MANIFEST_LIMIT_BYTES = 1_000_000
TEXT_LIMIT = 500
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def near_ja(word: str, known: Iterable[str]) -> str:
    """「…」のことでしょうか。 for the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"「{near[0]}」のことでしょうか。" if near else ""


class StrictTable:
    """The keys of one manifest. Every fault is collected; reading goes on.

    Parameters
    ----------
    file : str
        The manifest as the clerk knows it.
    values : Mapping[str, Any]
        The parsed TOML.
    lines : tuple of str
        The text of the file, to say on which line a key stands.
    """

    def __init__(
        self, file: str, values: Mapping[str, Any], lines: tuple[str, ...], problems: list[Problem]
    ) -> None:
        self.file = file
        self.problems = problems
        self._values = values
        self._lines = lines
        self._asked: list[str] = []
        self._start, self._end, self._inner = 0, len(lines), False

    def _line_of(self, key: str) -> int | None:
        pattern = re.compile(rf"""^\s*\[*\s*["']?{re.escape(key)}["']?\s*[=\].]""")
        lines = enumerate(self._lines[: self._end], 1)
        found = next((i for i, line in lines if i > self._start and pattern.match(line)), None)
        return found if found is not None or not self._inner else self._start + 1

    def error(self, code: str, message_ja: str, key: str, value: object = None) -> None:
        """Keep an error about a key, with its line."""
        self._keep(Severity.ERROR, code, message_ja, key, value)

    def warning(self, code: str, message_ja: str, key: str, value: object = None) -> None:
        """Keep something to know about a key, with its line."""
        self._keep(Severity.WARNING, code, message_ja, key, value)

    def _keep(
        self, severity: Severity, code: str, message_ja: str, key: str, value: object
    ) -> None:
        self.problems.append(
            Problem(
                severity,
                self.file,
                message_ja,
                code,
                row=self._line_of(key),
                column=key,
                value=None if value is None else str(value),
            )
        )

    def has(self, key: str) -> bool:
        """True when the key is written, right or wrong."""
        return key in self._values

    def is_text(self, key: str) -> bool:
        """True when the key is written as a text."""
        return isinstance(self._values.get(key), str)

    def is_empty_list(self, key: str) -> bool:
        """True when the key is written as ``[]``."""
        return self._values.get(key) == []

    def _get(self, key: str, *, required: bool) -> Any:
        self._asked.append(key)
        value = self._values.get(key)
        if value is None and required:
            self.error("manifest-key-missing", f"「{key}」がありません。書き足してください。", key)
        return value

    def _wrong_type(self, key: str, value: object, wanted_ja: str) -> None:
        self.error("manifest-wrong-type", f"「{key}」には{wanted_ja}を書いてください。", key, value)

    def text(self, key: str, *, required: bool = False) -> str | None:
        """One line of text, stripped; empty counts as missing."""
        value = self._get(key, required=required)
        if value is None:
            return None
        if not isinstance(value, str):
            self._wrong_type(key, value, '文字（"…"）')
            return None
        return self._clean(key, value, required=required)

    def _clean(self, key: str, value: str, *, required: bool) -> str | None:
        if _CONTROL.search(value) or len(value) > TEXT_LIMIT:
            self.error(
                "manifest-bad-value",
                f"「{key}」に改行などの見えない文字があるか、{TEXT_LIMIT}字をこえています。",
                key,
                _CONTROL.sub("?", value),
            )
            return None
        if not value.strip():
            if required:
                self.error("manifest-key-missing", f"「{key}」が空です。書いてください。", key)
            return None
        return value.strip()

    def integer(
        self, key: str, *, low: int, high: int, default: int, required: bool = False
    ) -> int:
        """A whole number in [low, high]."""
        value = self._get(key, required=required)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            self._wrong_type(key, value, "整数")
            return default
        if not low <= value <= high:
            self.error(
                "manifest-bad-value",
                f"「{key}」は{low}から{high}までの整数にしてください。",
                key,
                value if abs(value) < 10**18 else "…",
            )
            return default
        return value

    def optional_integer(self, key: str, *, low: int, high: int) -> int | None:
        """A whole number in [low, high], or None where the key is not written."""
        if not self.has(key):
            self._asked.append(key)
            return None
        missing = low - 1
        value = self.integer(key, low=low, high=high, default=missing)
        return None if value == missing else value

    def boolean(self, key: str, *, default: bool) -> bool:
        """``true`` or ``false``."""
        value = self._get(key, required=False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._wrong_type(key, value, " true か false ")
            return default
        return value

    def day(self, key: str) -> date | None:
        """A TOML date (required)."""
        value = self._get(key, required=True)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self._wrong_type(key, value, "日付（引用符なしで 2026-03-31 の形）")
            return None
        return value

    def texts(self, key: str, *, allow_numbers: bool = False) -> tuple[str, ...]:
        """One text or a list of texts."""
        return self._as_texts(key, self._get(key, required=False), allow_numbers=allow_numbers)

    def _as_texts(
        self, key: str, value: object, *, allow_numbers: bool = False, empty_ok: bool = False
    ) -> tuple[str, ...]:
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        found: list[str] = []
        for item in items:
            if allow_numbers and isinstance(item, int | float) and not isinstance(item, bool):
                found.append(str(item))
            elif not isinstance(item, str):
                self._wrong_type(key, item, '文字（"…"）か、その並び（["…", "…"]）')
            elif empty_ok and not item.strip():
                found.append("")
            elif (clean := self._clean(key, item, required=True)) is not None:
                found.append(clean)
        return tuple(found)

    def integers(
        self, key: str, *, low: int, high: int, default: tuple[int, ...]
    ) -> tuple[int, ...]:
        """A list of whole numbers, ascending."""
        value = self._get(key, required=False)
        if value is None:
            return default
        if (
            not isinstance(value, list)
            or not value
            or not all(
                isinstance(v, int) and not isinstance(v, bool) and low <= v <= high for v in value
            )
        ):
            self._wrong_type(key, value, f"{low}から{high}までの整数の並び（[5, 10, 15] の形）")
            return default
        return tuple(sorted(set(value)))

    def _mapping(self, key: str) -> dict[str, Any]:
        value = self._get(key, required=False)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._wrong_type(key, value, f"表（[{key}] の見出しと、その下の行）")
            return {}
        return value

    def text_map(self, key: str, *, known: Iterable[str] | None = None) -> dict[str, str]:
        """A table of text -> text, in order."""
        found: dict[str, str] = {}
        for inner, value in self._mapping(key).items():
            if known is not None and not self._known(key, inner, known):
                continue
            if not isinstance(value, str):
                self._wrong_type(inner, value, '見出しの文字（"…"）')
            elif (clean := self._clean(inner, value, required=True)) is not None:
                found[inner] = clean
        return found

    def texts_map(
        self, key: str, *, known: Iterable[str] | None = None, values: bool = False
    ) -> dict[str, tuple[str, ...]]:
        """A table of text -> text or list of texts. ``values`` allows numbers and blanks."""
        found: dict[str, tuple[str, ...]] = {}
        for inner, value in self._mapping(key).items():
            if known is not None and not self._known(key, inner, known):
                continue
            texts = self._as_texts(inner, value, allow_numbers=values, empty_ok=values)
            if texts:
                found[inner] = texts
            elif isinstance(value, list) and not value:
                self._wrong_type(inner, "[]", "1つ以上の文字")
        return found

    def fractions(self, key: str, *, known: Iterable[str]) -> dict[str, float]:
        """A table of numbers between 0 and 1."""
        found: dict[str, float] = {}
        for inner, value in self._mapping(key).items():
            if not self._known(key, inner, known):
                continue
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if not is_number or not 0 < value < 1:
                self._wrong_type(inner, value, "0より大きく1より小さい数（0.31 の形）")
            else:
                found[inner] = float(value)
        return found

    def tables(self, key: str) -> tuple[StrictTable, ...]:
        """The tables written as ``[[key]]``, each read as strictly as the whole."""
        value = self._get(key, required=False)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._wrong_type(key, value, f"表（[[{key}]] の見出しと、その下の行）")
            return ()
        head = re.compile(rf"""^\s*\[\[\s*["']?{re.escape(key)}["']?\s*\]\]""")
        starts = [i for i, line in enumerate(self._lines) if head.match(line)]
        found = []
        for number, item in enumerate(value):
            inner = StrictTable(self.file, item, self._lines, self.problems)
            if number < len(starts):
                inner._start, inner._end = starts[number], self._next_head(starts[number])
                inner._inner = True
            found.append(inner)
        return tuple(found)

    def _next_head(self, start: int) -> int:
        """Where the ``[[...]]`` that begins on a line ends: at the next one."""
        later = range(start + 1, len(self._lines))
        return next(
            (i for i in later if self._lines[i].lstrip().startswith("[[")), len(self._lines)
        )

    def _known(self, table: str, inner: str, known: Iterable[str]) -> bool:
        names = list(known)
        if inner in names:
            return True
        self.error(
            "manifest-unknown-key",
            f"[{table}] に「{inner}」という項目はありません。"
            + (near_ja(inner, names) or f"書けるのは {'、'.join(names)} です。"),
            inner,
        )
        return False

    def finish(self) -> None:
        """Every key nobody asked for is a fault."""
        for key in self._values:
            if key not in self._asked:
                self.error(
                    "manifest-unknown-key",
                    f"「{key}」という項目はありません。"
                    + (near_ja(key, self._asked) or "消すか、書き方を確かめてください。"),
                    key,
                )


def _last_line(error: Exception, text: str) -> int | None:
    """The line of a fault that tomllib finds only when the file ends."""
    return max(1, len(text.splitlines())) if "at end of document" in str(error) else None


def read_strict_table(path: Path, file: str, problems: list[Problem]) -> StrictTable | None:
    """Read a TOML file; None (with the fault kept) when it is not readable TOML in UTF-8."""

    def refuse(code: str, message_ja: str, row: int | None = None) -> None:
        problems.append(Problem(Severity.ERROR, file, message_ja, code, row=row))

    try:
        with path.open("rb") as stream:
            raw = stream.read(MANIFEST_LIMIT_BYTES + 1)
    except OSError:
        refuse(
            "manifest-unreadable",
            "このファイルを開けません。場所と読み取りの許可を確かめてください。",
        )
        return None
    if len(raw) > MANIFEST_LIMIT_BYTES:
        refuse("manifest-unreadable", "このファイルは設定としては大きすぎます（1MBまで）。")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(
            "manifest-not-utf8",
            "文字コードがUTF-8ではありません。メモ帳の「名前を付けて保存」で「UTF-8」を選んで保存し直してください。",
            raw.count(b"\n", 0, error.start) + 1,
        )
        return None
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = _LINE.search(str(error))
        row = int(found.group(1)) if found else _last_line(error, text)
        place = f"{row}行目の" if row else ""
        refuse(
            "manifest-syntax",
            f'{place}書き方がちがいます。引用符（"）やかっこの閉じ忘れ、全角の = がないか確かめてください。',
            row,
        )
        return None
    return StrictTable(file, values, tuple(text.splitlines()), problems)
