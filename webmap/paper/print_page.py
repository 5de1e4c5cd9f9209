"""The page before a PDF: what to print, on which paper, and a picture of its first page."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from geo.model.audience import Audience
from geo.model.map_answer import MapAnswer
from webmap.assets import app_url
from webmap.described import described
from webmap.map_data import area_path
from webmap.page_frame import Frame
from webmap.paper.about_sheet import LONGEST_COPY
from webmap.paper.paper_choice import PaperChoice, Sheet
from webmap.paper.printing import SHEETS, offered_papers
from webmap.showing import Mode, Showing
from webmap.town_frame import town_frame
from webmap.view_links import view_links
from webmap.words import Words, to_say, words_in

OFFERED_SCALES = (1500, 2500, 5000, 7500, 10_000, 15_000, 25_000, 50_000, 100_000)
SHEET_WORDS = {
    Sheet.DISTRICT: to_say("地図と一覧"),
    Sheet.WEEK: to_say("1週間の予定表"),
    Sheet.LIST: to_say("一覧だけ"),
}
"""What a reader calls the sheets."""
_ORIENTATIONS = {"landscape": to_say("よこ長"), "portrait": to_say("たて長")}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str = described("What goes into the URL")
    label: str = described("What the reader sees")
    chosen: bool = described("Whether it is asked for now")


@dataclass(frozen=True, slots=True)
class Preview:
    """The first page as a picture."""

    url: str = described("The picture itself, as a data URL: nothing more to be asked for")
    pages: int = described("Pages of the sheet")
    width: int = described("Millimetres of the paper, for the picture's proportions")
    height: int = described("The same")

    @classmethod
    def of(cls, pages: list[bytes], choice: PaperChoice) -> Preview:
        """From PNG pictures of all pages."""
        first = b64encode(pages[0]).decode("ascii")
        return cls(f"data:image/png;base64,{first}", len(pages), *choice.page_mm)


@dataclass(frozen=True, slots=True)
class PrintPage:
    """What to print of an area."""

    template: ClassVar[str] = "print.html"
    frame: Frame = described("Surroundings")
    heading: str = described("Name of the area")
    kana: str | None = described("How the name is read")
    action: str = described("Address of the page")
    pdf_action: str = described("Address of the PDF, without what was chosen")
    kept: tuple[tuple[str, str], ...] = described("What the form takes along of the page's own")
    sheets: tuple[Option, ...] = described("地図と一覧, 1週間の予定表, 一覧だけ")
    papers: tuple[Option, ...] = described("A4, A3")
    orientations: tuple[Option, ...] = described("よこ長, たて長")
    scales: tuple[Option, ...] = described("おまかせ, 1:2,500, …")
    switches: tuple[Option, ...] = described("Large type, readings, without colour")
    preview: Preview = described("What would be printed")
    treasures: int = described("Treasures on the sheet")
    unprinted: int = described("Treasures of the map that may not stand on paper")
    internal: bool = described("Whether every page says 内部用")
    copy: str = described("The number of the copy; empty for a blank to write it by hand")
    most_copies: int = described("The largest number of a copy")
    map_url: str = described("The treasure map of the area")


def print_page(
    answer: MapAnswer,
    choice: PaperChoice,
    showing: Showing,
    *,
    preview: Preview,
    printed: Collection[int],
    copy: int | None = None,
) -> PrintPage:
    """The page of choices.

    Parameters
    ----------
    answer : MapAnswer
        Of the medium web.
    choice : PaperChoice
        What is chosen now.
    showing : Showing
        Language and size of type of the page; large type on the screen is large type on paper.
    preview : Preview
    printed : Collection of int
        Numbers of the treasures on the sheet.
    copy : int, optional
        The number of the copy.
    """
    asked = replace(showing, mode=Mode.PRINT)
    words = words_in(asked.language)
    path = area_path(answer.town.code, answer.area.level, answer.area.code)
    others = replace(choice, large=False).query()  # `large` is the page's as well
    frame = town_frame(
        answer.town,
        words.say("%(area)sの地図を印刷する", area=answer.area.name),
        audience=answer.audience,
        contact=answer.area.contact or answer.town.contact,
        credits=(),
        with_map=False,
        offline=False,
        showing=asked,
        views=view_links(path, others, asked, words),
    )
    return PrintPage(
        frame=replace(frame, styles=(*frame.styles, app_url("print_choices.css"))),
        heading=answer.area.name,
        kana=answer.area.kana,
        action=path,
        pdf_action=f"{path}.pdf",
        kept=(
            ("mode", Mode.PRINT.value),
            *(pair for pair in asked.kept_pairs() if pair[0] != "large"),
        ),
        sheets=tuple(
            Option(sheet.value, words.say(SHEET_WORDS[sheet]), sheet is choice.sheet)
            for sheet in SHEETS
        ),
        papers=tuple(
            Option(paper.value, paper.value, paper is choice.paper) for paper in offered_papers()
        ),
        orientations=tuple(
            Option(value, words.say(label), choice.landscape == (value == "landscape"))
            for value, label in _ORIENTATIONS.items()
        ),
        scales=tuple(_scales(choice, words)),
        switches=tuple(_switches(choice, words)),
        preview=preview,
        treasures=len(printed),
        unprinted=sum(entry.number not in printed for entry in answer.entries),
        internal=answer.audience is not Audience.PUBLIC,
        copy="" if copy is None else str(copy),
        most_copies=LONGEST_COPY,
        map_url=path + asked.kept(),
    )


def _scales(choice: PaperChoice, words: Words) -> Iterable[Option]:
    yield Option("", words.say("おまかせ（地区の全体）"), choice.scale is None)
    for scale in sorted({*OFFERED_SCALES, *((choice.scale,) if choice.scale else ())}):
        yield Option(str(scale), f"1:{scale:,}", scale == choice.scale)


def _switches(choice: PaperChoice, words: Words) -> Iterable[Option]:
    yield Option("large", words.say("文字を大きく"), choice.large)
    yield Option("readings", words.say("名前にふりがな"), choice.readings)
    yield Option("grey", words.say("白黒で印刷する"), choice.grey)
