"""What must hold of every sheet of an area, measured on the PDF alone; what does not is a fault."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paper_foundation.printed import text_of
from paper_towns.map_proof import MapMeasures, map_faults
from paper_towns.pdf_drawing import UNKNOWN
from paper_towns.pdf_found import ReadPdf, Text
from paper_towns.pdf_reading import read_pdf
from paper_towns.printed_pixels import bar_length_mm, read_squares, seen

from geo.model.answers import Entry
from geo.model.map_answer import MapAnswer

POSTERS = ("A1", "A0")
PAPERS_MM = {"A4": (210, 297), "A3": (297, 420), "A1": (594, 841), "A0": (841, 1189)}
TITLE, NAME, BODY, NOTE, CREDIT = 28.0, 14.0, 12.0, 10.5, 9.0
POSTER_BODY = 18.0
"""Read from two metres."""
WALK_M_PER_MIN = 60
_SAME = 0.05
_SOURCE = re.compile("出典|©|OpenStreetMap|加工|〓")
_HALF_BLANK, _BLANK_MM = "、。，．：・）」』】", 1.8
"""At the end of a line these may stand out, by their blank half."""
_BAR = re.compile(r"歩いて(?:(\d+)時間)?(?:(\d+)分)?（約([\d.]+)(k?m)）縮尺1:([\d,]+)")


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found out about a sheet."""

    faults: tuple[str, ...]
    pages: int
    entries: int
    smallest_pt: float
    title_pt: float
    bar_error: float | None
    map: MapMeasures | None


def squeezed(said: str) -> str:
    """Without blanks, which lines and columns take away or add."""
    return "".join(said.split())


def district_proof(
    pdf: bytes, answer: MapAnswer, paper: tuple[str, bool], address: str, metric_crs: str
) -> Proof:
    """A district map: list, flags, sizes, scale, address.

    Parameters
    ----------
    pdf : bytes
    answer : MapAnswer
        What the town's database says is on this map, of the medium print.
    paper : (str, bool)
        A4, and whether it lies on its long side.
    address : str
        Where its square must lead.
    metric_crs : str
        Metres of the town.
    """
    read = read_pdf(pdf)
    said = text_of(pdf)
    loose = read.lines(None)
    words = Words(loose)
    times = _times_of(words, answer.entries) if paper[0] in POSTERS else 1.0
    faults = [*common_faults(read, said, paper, times)]
    faults += once_faults(said, answer.entries)
    faults += entry_faults(words, answer.entries, NAME * times, BODY * times)
    if paper[0] in POSTERS and BODY * times < POSTER_BODY - _SAME:
        faults.append(f"a poster in {BODY * times:.1f} pt")
    for part in words.parts(answer.entries).values():
        if [entry.number for entry in part] != sorted(entry.number for entry in part):
            faults.append("the list is not in the order of its numbers")
    titles = [text for text in loose if "/H1" in text.tags]
    if squeezed("".join(text.said for text in titles)) != squeezed(
        f"{answer.area.name}{answer.town.word}マップ"
    ):
        faults.append(f"title {[text.said for text in titles]}")
    faults += told_faults(said, answer)
    bar_error, measures = None, None
    if any(entry.flag is not None for entry in answer.entries) or answer.outline:
        scale, bar_error, more = _bar(pdf, read, said)
        faults += more
        if scale is not None:
            measures, more = map_faults(
                read, answer, scale, metric_crs, words.parts(answer.entries)
            )
            faults += more
    faults += square_faults(pdf, read, address)
    return Proof(
        tuple(faults),
        len(read.pages_mm),
        len(answer.entries),
        min(text.size for text in read.texts if text.said.strip()),
        max((text.size for text in titles), default=0.0),
        bar_error,
        measures,
    )


def _times_of(words: Words, entries: Sequence[Entry]) -> float:
    """How many times the type of the small papers a poster has, by its first name."""
    starts = [start for start, *_ in words.places(entries) if start >= 0]
    return words.sizes[starts[0]] / NAME if starts else POSTER_BODY / BODY


def common_faults(
    read: ReadPdf, said: str, paper: tuple[str, bool], times: float = 1.0
) -> Iterator[str]:
    """What holds of every sheet: its paper, its characters, its sizes, its room."""
    loose = read.lines(None)
    yield from _page_faults(read, paper)
    yield from _glyph_faults(read, said)
    yield from _layout_faults(read, loose)
    yield from _size_faults(read, loose, times)


def told_faults(said: str, answer: MapAnswer) -> Iterator[str]:
    """Where the data come from, and whom to ask."""
    for credit in answer.credits:
        # Two that differ in their date only are printed once, with the date.
        if squeezed(credit).removesuffix("）") not in said:
            yield f"credit not there: {credit}"
    contact = answer.area.contact or answer.town.contact
    if contact and squeezed(contact) not in said:
        yield f"contact not there: {contact}"


def once_faults(said: str, entries: Sequence[Entry]) -> Iterator[str]:
    """Mark and name stand beside each other exactly once."""
    for entry in entries:
        count = said.count(squeezed(entry.mark + entry.name))
        if count != 1:
            yield f"{entry.mark} {entry.name}: {count} times"


class Words:
    """All that is set outside of pictures, character by character with its size, in one row."""

    def __init__(self, lines: Sequence[Text]) -> None:
        self.said, self.sizes, self.headings = "", [], []
        for line in lines:
            said = squeezed(line.said)
            if "/H2" in line.tags:
                last = self.headings[-1] if self.headings else None
                if last is not None and last[0] + len(last[1]) == len(self.said):
                    self.headings[-1] = (last[0], last[1] + said)
                else:
                    self.headings.append((len(self.said), said))
            self.said += said
            self.sizes += [line.size] * len(said)

    def places(self, entries: Sequence[Entry]) -> list[tuple[int, int, Entry]]:
        """(where mark and name begin, where the next one begins, entry), in the order of the sheet."""
        starts = sorted(
            (self.said.find(squeezed(entry.mark + entry.name)), entry.number, entry)
            for entry in entries
        )
        ends = [*(start for start, *_ in starts[1:]), len(self.said)][: len(starts)]
        return [(start, end, entry) for (start, _, entry), end in zip(starts, ends, strict=True)]

    def parts(self, entries: Sequence[Entry]) -> dict[str, list[Entry]]:
        """The entries below each heading; those before the first below none."""
        found: dict[str, list[Entry]] = {"": []}
        for start, _, entry in self.places(entries):
            above = [words for at, words in self.headings if at < start]
            found.setdefault(above[-1] if above else "", []).append(entry)
        return found


def entry_faults(
    words: Words, entries: Sequence[Entry], name_pt: float, body_pt: float
) -> Iterator[str]:
    """Everything that is shown of an entry stands below its name, in the sizes promised."""
    for start, end, entry in words.places(entries):
        head = len(squeezed(entry.mark + entry.name))
        if any(abs(size - name_pt) > _SAME for size in words.sizes[start : start + head]):
            yield f"{entry.mark}: name in {set(words.sizes[start : start + head])}"
        told = words.said[start + head : end]
        texts = (entry.schedule, entry.venue, entry.for_whom, entry.fee)
        for text in (*texts, *(text for _, text in entry.fields)):
            at = told.find(squeezed(text)) if text else 0
            if at < 0:
                yield f"{entry.mark}: not told: {text}"
            elif text:
                first = start + head + at
                sizes = set(words.sizes[first : first + len(squeezed(text))])
                if any(abs(size - body_pt) > _SAME for size in sizes):
                    yield f"{entry.mark}: told in {sizes}: {text}"


def _page_faults(read: ReadPdf, paper: tuple[str, bool]) -> Iterator[str]:
    short, long = PAPERS_MM[paper[0]]
    wanted = (long, short) if paper[1] else (short, long)
    for number, size in enumerate(read.pages_mm, 1):
        if any(abs(is_ - ought) > 0.01 for is_, ought in zip(size, wanted, strict=True)):
            yield f"page {number} is {size}"


def _glyph_faults(read: ReadPdf, said: str) -> Iterator[str]:
    for sign, meaning in ((UNKNOWN, "a glyph of nothing"), ("〓", "a character of no font")):
        count = said.count(sign) + sum(text.said.count(sign) for text in read.texts)
        if count:
            yield f"{meaning}: {count}"


def _size_faults(read: ReadPdf, loose: Sequence[Text], times: float) -> Iterator[str]:
    small = Counter(
        (text.size, "on a picture" if text.figure is not None else "beside the map")
        for text in read.texts
        if text.said.strip() and text.size < CREDIT * times - 0.02
    )
    for (size, where), count in sorted(small.items()):
        yield f"type of {size} pt {where}: {count}"
    before: Text | None = None
    for line in loose:
        if line.size >= NOTE * times - 0.02 or not line.said.strip():
            continue
        if not (_SOURCE.search(line.said) or (before and _goes_on(before, line))):
            yield f"smaller than a note: {line.said}"
        else:
            before = line


def _goes_on(before: Text, line: Text) -> bool:
    """Whether a line is the rest of the one before it."""
    step = line.base - before.base
    return line.page == before.page and 0 <= step < 1.6 * line.size * 25.4 / 72


def _layout_faults(read: ReadPdf, loose: Sequence[Text]) -> Iterator[str]:
    """Nothing in the margins, no line on another, none on the map."""
    boxes = [
        (
            line.page,
            line.left,
            line.base - 0.8 * line.size * 25.4 / 72,
            line.right,
            line.base,
            line.said,
        )
        for line in loose
        if line.said.strip()
    ]
    for page, left, top, right, base, words in boxes:
        width, height = read.pages_mm[page]
        blank = _BLANK_MM if words.rstrip()[-1] in _HALF_BLANK else 0.0
        if left < 7.5 or right - blank > width - 7.5 or top < 7 or base > height - 7:
            yield f"page {page + 1}: in the margin: {words}"
    for number, one in enumerate(boxes):
        for two in boxes[number + 1 :]:
            if one[0] == two[0] and _meet(one[1:5], two[1:5]):
                yield f"page {one[0] + 1}: {one[5]} lies on {two[5]}"
        for figure in read.figures:
            if figure.page == one[0] and _meet(one[1:5], figure.box):
                yield f"page {one[0] + 1}: {one[5]} lies on {figure.alt}"


def _meet(one: Sequence[float], two: Sequence[float]) -> bool:
    wide = min(one[2], two[2]) - max(one[0], two[0])
    high = min(one[3], two[3]) - max(one[1], two[1])
    return wide > 0.4 and high > 0.4


def _bar(pdf: bytes, read: ReadPdf, said: str) -> tuple[int | None, float | None, list[str]]:
    """The scale as it is written, and how wrong the bar is."""
    found = _BAR.search(said)
    bars = [figure for figure in read.figures if "歩いて" in figure.alt]
    if found is None or len(bars) != 1:
        return None, None, [f"scale bars: {len(bars)}, words: {found}"]
    scale = int(found[5].replace(",", ""))
    metres = float(found[3]) * (1000 if found[4] == "km" else 1)
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0)
    faults = []
    if metres != minutes * WALK_M_PER_MIN:
        faults.append(f"{minutes} minutes are said to be {metres} m")
    is_mm = bar_length_mm(seen(pdf, bars[0].page, bars[0].box))
    ought_mm = metres * 1000 / scale
    error = abs(is_mm / ought_mm - 1)
    if error > 0.003:
        faults.append(f"the bar is {is_mm:.3f} mm and ought to be {ought_mm:.3f} mm")
    return scale, error, faults


def square_faults(pdf: bytes, read: ReadPdf, address: str) -> Iterator[str]:
    squares = [figure for figure in read.figures if "QR" in figure.alt]
    told = [
        one for figure in squares for one in read_squares(seen(pdf, figure.page, figure.box, 200))
    ]
    if told != [address]:
        yield f"squares lead to {told}, not to {address}"
