"""Where the words of a PDF stand, and whether they stand over each other."""

from __future__ import annotations

import html
import re
import subprocess
from dataclasses import dataclass

LEAST_MARGIN_MM = 5.0
_MM = 25.4 / 72
_HEIGHT = 0.6
"""Of the height of a line, what its letters take at least: less is only the white around them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page (from 0), in millimetres from the upper left corner of the paper."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_of(pdf: bytes) -> list[Word]:
    """All words, in the order of the file."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, check=True, capture_output=True
    )
    found: list[Word] = []
    page = -1
    for line in done.stdout.decode().splitlines():
        if "<page " in line:
            page += 1
        elif "<word " in line:
            sides = [float(side) * _MM for side in re.findall(r'="([-0-9.]+)"', line)]
            said = html.unescape(re.sub("<[^>]*>", "", line).strip())
            found.append(Word(page, said, *sides))
    return found


def outside(words: list[Word], page_mm: tuple[int, int]) -> list[Word]:
    """Those nearer to the edge of the paper than printers reach."""
    width, height = page_mm
    return [
        word
        for word in words
        if word.left < LEAST_MARGIN_MM
        or word.top < LEAST_MARGIN_MM
        or word.right > width - LEAST_MARGIN_MM
        or word.bottom > height - LEAST_MARGIN_MM
    ]


def over_each_other(words: list[Word]) -> list[tuple[Word, Word]]:
    """Pairs whose letters share more than half a square millimetre."""
    found = []
    by_page: dict[int, list[Word]] = {}
    for word in words:
        by_page.setdefault(word.page, []).append(word)
    for on_page in by_page.values():
        on_page.sort(key=lambda word: word.left)
        for n, one in enumerate(on_page):
            for other in on_page[n + 1 :]:
                if other.left >= one.right:
                    break
                if _shared(one, other) > 0.5:
                    found.append((one, other))
    return found


def _shared(one: Word, other: Word) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left)
    first, second = _letters(one), _letters(other)
    high = min(first[1], second[1]) - max(first[0], second[0])
    return max(0.0, wide) * max(0.0, high)


def _letters(word: Word) -> tuple[float, float]:
    """Top and bottom of the letters in the line."""
    middle, half = (word.top + word.bottom) / 2, (word.bottom - word.top) * _HEIGHT / 2
    return middle - half, middle + half
