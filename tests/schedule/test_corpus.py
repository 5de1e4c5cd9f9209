"""Texts as people write them, and what each must come to; every line was looked at by hand.

``corpus.tsv``: the text (``\\n`` for a line break), its normal form (〔…〕: not understood), ``?``
where days stay open, the class of frequency, and how many occurrences the fiscal year 2026 has.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from geo.schedule import parse

LINES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "corpus.tsv").read_text("utf-8").splitlines()
]
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_every_text_comes_to_what_is_expected(line: tuple[str, ...]) -> None:
    text, normal, doubt, frequency, held = line
    read = parse(text.replace("\\n", "\n"))
    assert read.text() == normal
    assert ("" if read.certain else "?") == doubt
    assert read.frequency.value == frequency
    assert len(read.dates(FIRST, LAST)) == int(held)
    assert parse(normal) == read


def test_the_corpus_is_large_and_mostly_understood() -> None:
    read = [parse(line[0].replace("\\n", "\n")) for line in LINES]
    whole = sum(not one.not_understood for one in read)
    print(f"\ncorpus: {len(read)} texts, {whole} understood whole ({whole / len(read):.0%})")
    assert len({line[0] for line in LINES}) == len(LINES) >= 300
    assert (len(read), whole) == (623, 488)


def test_nothing_unread_gives_a_day_for_sure() -> None:
    """A text with an unread part about days has only uncertain days, or none."""
    for line in LINES:
        read = parse(line[0].replace("\\n", "\n"))
        if line[2] and read.not_understood:
            assert not any(one.certain for one in read.dates(FIRST, LAST)), line[0]


def test_widths_and_signs_do_not_matter() -> None:
    same = Counter(
        parse(text)
        for text in (
            "第1・3木曜 13:30〜15:00", "第１・３木曜日　１３：３０～１５：００", "第一・第三木曜 13時半から15時まで",
            "毎月第1、第3(木)午後1時30分〜3時", "第1,3㈭ 13:30-15:00", "第1第3木 PM1:30ー3:00",
        )
    )  # fmt: skip
    assert len(same) == 1
