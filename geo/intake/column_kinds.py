"""Columns whose values are of another kind than their header says: a list shifted by a block."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from geo.folding import fold
from geo.intake.source_table import SourceTable
from geo.intake.values import is_missing, plain
from geo.model.problem import Problem, Severity

_DIGIT = re.compile(r"\d")
_PREFECTURE = re.compile(r".{2,3}[都道府県]")
_TOWN = re.compile(r".+[市区町村]")
_NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?m?")
_LEAST = 2


def _is_phone(text: str) -> bool:
    return len(_DIGIT.findall(text)) >= 6 and "県" not in text


def _is_mail(text: str) -> bool:
    return "@" in text


def _is_link(text: str) -> bool:
    return "." in text and text.isascii()


def _is_postal(text: str) -> bool:
    return len(_DIGIT.findall(text)) == 7


def _is_corporate(text: str) -> bool:
    return len(_DIGIT.findall(text)) == 13


def _is_prefecture(text: str) -> bool:
    return _PREFECTURE.fullmatch(text) is not None


def _is_town(text: str) -> bool:
    return _TOWN.fullmatch(text) is not None


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


_KINDS: tuple[tuple[str, Callable[[str], bool], tuple[str, ...]], ...] = (
    ("電話番号", _is_phone, ("電話番号", "連絡先電話番号", "電話", "FAX番号")),
    ("メールアドレス", _is_mail, ("連絡先メールアドレス", "メールアドレス")),
    ("アドレス（URL）", _is_link, ("URL", "連絡先FormURL")),
    ("郵便番号", _is_postal, ("郵便番号",)),
    ("法人番号", _is_corporate, ("法人番号",)),
    ("都道府県の名前", _is_prefecture, ("都道府県名", "所在地_都道府県")),
    ("市区町村の名前", _is_town, ("市区町村名", "所在地_市区町村")),
    ("数", _is_number, ("標高", "高度の値")),
)
_CHECKS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    fold(header): (kind_ja, check) for kind_ja, check, headers in _KINDS for header in headers
}


def column_kind_warnings(table: SourceTable) -> list[Problem]:
    """One warning per column most of whose values cannot be what its header says."""
    found: list[Problem] = []
    for index, header in enumerate(table.headers):
        known = _CHECKS.get(fold(header))
        if known is None:
            continue
        kind_ja, check = known
        filled = [(row.number, row.text(index)) for row in table.rows if index not in row.faults]
        filled = [(n, text) for n, text in filled if not is_missing(plain(text))]
        wrong = [(number, text) for number, text in filled if not check(plain(text))]
        if len(wrong) >= _LEAST and len(wrong) * 2 > len(filled):
            number, text = wrong[0]
            found.append(
                table.problem(
                    Severity.WARNING,
                    "column-kind",
                    f"列「{header}」の {len(filled)} 件のうち {len(wrong)} 件が、{kind_ja}ではないようです"
                    f"（「{text[:20]}」など）。列がずれていないか、元の一覧を確かめてください。",
                    row=number,
                    column=index,
                    value=text[:40],
                )
            )
    return found
