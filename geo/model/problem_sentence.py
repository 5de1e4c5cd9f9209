"""A problem as one sentence: where it stands, what is wrong, how to mend it or that it may stay.

「『サロン』シート E25『第2・4木 10時〜』: 終わりの時刻がありません。このまま読み込めます。」 Terminal, marked copy and
page all take it from here.
"""

from __future__ import annotations

from geo.model.problem import Problem

MAY_STAY_JA = "このまま読み込めます。"
_VALUE_SHOWN = 40
_GEOMETRY_SUFFIXES = (".shp", ".zip", ".gpkg", ".geojson", ".json", ".topojson", ".gz")


def sentence_ja(problem: Problem) -> str:
    """The whole sentence. May hold line breaks of the file; see the terminal's own cleaning."""
    where = where_ja(problem)
    message = problem.message_ja
    if not problem.is_error and MAY_STAY_JA not in message:
        message += MAY_STAY_JA
    return f"{where}: {message}" if where else message


def where_ja(problem: Problem) -> str:
    """Sheet, cell and value: 「『サロン』シート E25『10時〜』」; empty for a fault of a whole file.

    An empty cell is told by the header above it: 「B3（名称）」.
    """
    parts = [place_ja(problem.sheet, problem.cell, problem.row, problem.file)]
    if problem.value:
        column = "" if problem.cell or problem.column is None else f" {problem.column}"
        parts.append(f"{column}『{shortened(problem.value)}』")
    elif problem.column is not None:
        parts.append(f"（{problem.column}）")
    return "".join(parts).strip()


def place_ja(sheet: str | None, cell: str | None, row: int | None, file: str = "") -> str:
    """Sheet and cell, or sheet and row where there is no cell."""
    on_sheet = f"『{sheet}』シート" if sheet else ""
    if cell:
        at = cell
    elif row:
        is_shape = file.lower().endswith(_GEOMETRY_SUFFIXES)
        at = f"{row}番目の図形" if is_shape else f"{row}行目"
    else:
        return on_sheet
    return f"{on_sheet} {at}".strip()


def shortened(text: str, limit: int = _VALUE_SHOWN) -> str:
    """A long value cut to ``limit`` characters, with its cut shown."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
