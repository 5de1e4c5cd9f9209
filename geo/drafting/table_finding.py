"""Where the table stands in a sheet: title rows above, the header (one row or two), rows that are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.drafting.header_words import Sureness, is_id, is_serial, recognise
from geo.folding import fold
from geo.intake.cell_text import clean_text
from geo.intake.source_table import RawGrid
from geo.intake.values import parse_day

SEARCHED_ROWS = 40
HEADER_LENGTH = 30
_NUMERIC = re.compile(r"[\d,.:：/年月日\-~〜()（） ]+")
_SECTION = re.compile(r"[【〔\[［<＜■□●○◆◇▼★◎・]")
_TOTALS = frozenset(map(fold, ("合計", "小計", "計", "総計", "総数", "延べ", "平均")))
_EXAMPLES = frozenset(map(fold, ("例", "記入例", "(例)", "見本", "記載例", "サンプル")))
_WEIGHT = {Sureness.SURE: 3.0, Sureness.LIKELY: 1.5, Sureness.GUESS: 0.0}
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table in a sheet.

    Parameters
    ----------
    header_row : int
        Excel's number of the (lower) header row.
    titles : tuple of str
        Texts above the header, top to bottom.
    known : float
        How much of the header was recognised; 0 where nothing was.
    two_storeys : bool
        Whether the header takes two rows.
    """

    header_row: int
    titles: tuple[str, ...]
    known: float
    two_storeys: bool


def find_table(grid: RawGrid, header_row: int | None = None) -> FoundTable | None:
    """The table of a sheet, or None where nothing looks like one.

    ``header_row`` is what a person has said; it is not doubted.
    """
    rows = grid.rows
    if header_row is not None and not 1 <= header_row <= len(rows):
        return None
    best, best_score = header_row or 0, 0.0
    searched = 0 if header_row else min(len(rows), SEARCHED_ROWS)
    for number in range(1, searched + 1):
        score = _header_score(rows, number)
        if score > best_score:
            best, best_score = number, score
    if not best:
        return None
    top = _top_storey(grid, best)
    second = header_row is None and top == best and _has_second_row(grid, best)
    titles = tuple(
        text
        for row in (grid.written or rows)[: top - 1]
        for cell in row
        if (text := clean_text(cell).text)
    )
    known = _known(rows[best - 1]) + (_known(rows[best]) if second else 0)
    return FoundTable(best + second, titles[:20], known, second or top < best)


def _top_storey(grid: RawGrid, number: int) -> int:
    """The upper row of a header whose blocks are merged downwards over two rows or three."""
    tops = [
        merge.first_row
        for merge in grid.marks.merges
        if merge.first_row < number <= merge.last_row and number - merge.first_row <= 2
    ]
    return min(tops, default=number)


def _filled(row: Row) -> list[str]:
    return [text.strip() for text in row if text and not text.isspace()]


def _known(row: Row) -> float:
    total = 0.0
    for text in dict.fromkeys(_filled(row)):
        found = recognise(text)
        if found is not None:
            total += _WEIGHT[found[1]]
        elif is_serial(text) or is_id(text):
            total += 2.0
    return total


def _header_score(rows: Sequence[Row], number: int) -> float:
    """How much a row looks like a header: known words, short texts, data of its width below."""
    texts = _filled(rows[number - 1])
    below = [len(_filled(row)) for row in rows[number : number + 6]]
    if len(texts) < 2 and not (len(texts) == 1 and _known(rows[number - 1]) >= 3):
        return 0.0
    score = 4 * _known(rows[number - 1]) + 1.0
    score += 0.5 * len(set(texts))
    score -= 3.0 * sum(bool(_NUMERIC.fullmatch(text)) for text in texts)
    score -= 1.0 * sum(len(text) > HEADER_LENGTH for text in texts)
    score -= 2.0 * (len(texts) - len(set(texts)))
    wide = sum(count * 2 >= len(texts) for count in below if count)
    return score + wide


def _has_second_row(grid: RawGrid, number: int) -> bool:
    """Whether the row under the header goes on naming columns (曜日 and 時間 under 開催日時).

    It does when every column is named once over the two rows: what the lower row names is blank
    above, or stands under a block merged across.
    """
    rows = grid.written or grid.rows
    if number >= len(rows):
        return False
    above, below = rows[number - 1], rows[number]
    width = max(len(above), len(below))
    upper = [above[i].strip() if i < len(above) else "" for i in range(width)]
    lower = [below[i].strip() if i < len(below) else "" for i in range(width)]
    named = [i for i in range(width) if lower[i]]
    if not named or _known(below) < 1.5 * min(2, len(named)):
        return False
    across = {
        column
        for merge in grid.marks.merges
        if merge.first_row <= number <= merge.last_row and merge.last_column > merge.first_column
        for column in range(merge.first_column, merge.last_column + 1)
    }
    if any(_NUMERIC.fullmatch(lower[i]) or len(lower[i]) > HEADER_LENGTH for i in named):
        return False
    for i in named:
        opens_group = i + 1 < width and not upper[i + 1] and lower[i + 1]
        if upper[i] and i not in across and not opens_group:
            return False
    return any(not upper[i] or i in across for i in named)


@dataclass(frozen=True, slots=True)
class OddRows:
    """Rows in the table that are no records: for ``[drop]``, and for the report."""

    column: int
    texts: tuple[str, ...]
    numbers: tuple[int, ...]


def odd_rows(rows: Sequence[tuple[int, Row]], name_column: int) -> tuple[OddRows, ...]:
    """Totals, examples and section headings between the records.

    Parameters
    ----------
    rows : sequence of (Excel's row number, cells)
        The rows under the header.
    name_column : int
        Where the names stand.
    """
    found: dict[int, dict[str, list[int]]] = {}
    usual = _usual_width(rows)
    for number, cells in rows:
        filled = [(i, text.strip()) for i, text in enumerate(cells) if text and not text.isspace()]
        if not filled:
            continue
        first, text = filled[0]
        key = fold(text)
        nameless = all(i != name_column for i, _ in filled)
        is_total = key in _TOTALS or (key.endswith("計") and nameless and len(key) <= 6)
        alone = len(filled) == 1 and usual >= 3 and not text.startswith("※")
        # A name without anything else is a record of which little is known.
        is_section = alone and (nameless or bool(_SECTION.match(text)))
        if is_total or key in _EXAMPLES or is_section:
            found.setdefault(first, {}).setdefault(text, []).append(number)
    kept = []
    for column, texts in found.items():
        wanted = {fold(text) for text in texts}
        # A word that also stands in a real record would take that record with it.
        odd = {n for numbers in texts.values() for n in numbers}
        real = {
            fold(cells[column])
            for number, cells in rows
            if number not in odd and column < len(cells)
        }
        usable = [text for text in texts if fold(text) not in real & wanted]
        if usable:
            numbers = tuple(sorted(n for text in usable for n in texts[text]))
            kept.append(OddRows(column, tuple(usable), numbers))
    return tuple(kept)


def _usual_width(rows: Sequence[tuple[int, Row]]) -> int:
    counts = sorted(len(_filled(cells)) for _, cells in rows if _filled(cells))
    return counts[len(counts) // 2] if counts else 0


def is_day(text: str) -> bool:
    """Whether a text is one day of the calendar."""
    try:
        parse_day(text)
    except ValueError:
        return False
    return True
