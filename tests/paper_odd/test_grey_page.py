"""A page without colour, as a copier gives it back: black or white, and every layer another form."""

from __future__ import annotations

import io
import itertools

import numpy as np
import numpy.typing as npt
from paper_odd.odd_pages import OddTown
from paper_odd.word_boxes import Word, words_of
from PIL import Image
from scipy import ndimage

from webmap.paper.paper_choice import PaperChoice
from webmap.paper.setting.prepared_sheet import PreparedSheet
from webmap.paper.sheet_frame import district_frame

DOTS_PER_MM = 12.0
BESIDE_MM, HALF_MM, END_MM = 4.0, 3.4, 1.8
"""Looked for around a mark: left and right, above and below; and how much of either end is seen."""
CHOICE = PaperChoice(grey=True)

Page = npt.NDArray[np.int16]
Form = npt.NDArray[np.bool_]


def _page(sheet: PreparedSheet, dots_per_mm: float = DOTS_PER_MM) -> Page:
    png = sheet.pages(dots_per_mm * 25.4)[0]
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), np.int16)


def _form(ink: Form, mark: Word) -> Form:
    """The two ends of a flag, each from its outermost ink, without what is written between."""
    middle, high = (mark.top + mark.bottom) / 2, round(2 * HALF_MM * DOTS_PER_MM)
    rows = slice(top := round((middle - HALF_MM) * DOTS_PER_MM), top + high)
    first, last = (
        round((side + beside) * DOTS_PER_MM)
        for side, beside in ((mark.left, -BESIDE_MM), (mark.right, BESIDE_MM))
    )
    flag = _alone(ink[rows, first:last])
    inked = np.flatnonzero(flag.any(axis=0))
    end = round(END_MM * DOTS_PER_MM)
    return np.hstack(
        [
            flag[:, inked[0] :][:, :end],
            np.zeros((high, 4), bool),
            flag[:, : inked[-1] + 1][:, -end:],
        ]
    )


def _alone(ink: Form) -> Form:
    """The widest thing that hangs together, and what is inside of it: no street, no line, no dot."""
    things, _ = ndimage.label(ink)
    spans = [
        (found[1].stop - found[1].start, number)
        for number, found in enumerate(ndimage.find_objects(things), start=1)
    ]
    return ink & ndimage.binary_fill_holes(things == max(spans)[1])


def _apart_mm2(one: Form, other: Form) -> float:
    """Ink that is in one of two forms only, moved onto each other as well as can be."""
    moved = (
        np.roll(other, (down, aside), (0, 1)) for down in range(-3, 4) for aside in range(-2, 3)
    )
    return min(int(np.sum(one ^ there)) for there in moved) / DOTS_PER_MM**2


def test_it_has_no_colour(odd_towns: dict[str, OddTown]) -> None:
    page = _page(odd_towns["odd"].area("odd", "kinds", CHOICE, None).sheet, 3)
    assert int(np.ptp(page, axis=2).max()) == 0
    coloured = _page(odd_towns["odd"].area("odd", "kinds", PaperChoice(), None).sheet, 3)
    assert int(np.ptp(coloured, axis=2).max()) > 100


def test_every_layer_has_a_form_of_its_own_after_a_copier(odd_towns: dict[str, OddTown]) -> None:
    """Two flags of each of twelve layers, at both ends of their marks, in black and white.

    Two of one layer are nearer to each other than any two of different ones.
    """
    made = odd_towns["odd"].area("odd", "kinds", CHOICE, None)
    ink = _page(made.sheet).max(axis=2) < 128
    on_map = district_frame(CHOICE).map
    layers = {entry.mark: entry.layer for entry in made.answer.entries}
    forms = [
        (layers[word.text], _form(ink, word))
        for word in words_of(made.sheet.pdf())
        if word.page == 0
        and word.text in layers
        and on_map.x < word.left < on_map.right
        and on_map.y < word.top < on_map.bottom
    ]
    assert len(forms) == 24
    assert len({layer for layer, _ in forms}) == 12
    alike, different = [], []
    for (layer, one), (other_layer, other) in itertools.combinations(forms, 2):
        pair = (_apart_mm2(one, other), layer, other_layer)
        (alike if layer == other_layer else different).append(pair)
    print(f"alike {max(alike)}, different {min(different)}")
    assert max(alike)[0] + 0.25 < min(different)[0]
