"""The page before a PDF: what to print, on which paper, and pictures of its pages."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from geo.model.audience import Audience
from geo.model.held_days import Period
from geo.model.map_answer import MapAnswer
from webmap.assets import app_url
from webmap.day_words import DayWords
from webmap.described import described
from webmap.map_data import area_path
from webmap.page_frame import Frame
from webmap.paper.asking.asked_sheet import AskedSheet
from webmap.paper.asking.asked_week import A_WEEK, known_mondays, week_of
from webmap.paper.asking.doorstep_page import doorstep_path
from webmap.paper.asking.page_preview import Preview
from webmap.paper.paper_choice import Paper, PaperChoice, Sheet
from webmap.paper.setting.about_sheet import LONGEST_COPY
from webmap.paper.sheets.printing import SHEETS
from webmap.showing import Mode, Showing
from webmap.town_frame import town_frame
from webmap.view_links import view_links
from webmap.words import Words, to_say, words_in

OFFERED_SCALES = (1500, 2500, 5000, 7500, 10_000, 15_000, 25_000, 50_000, 100_000)
SHEET_WORDS = {
    Sheet.DISTRICT: to_say("地図と一覧"),
    Sheet.POSTER: to_say("壁にはるポスター"),
    Sheet.WEEK: to_say("1週間の予定表"),
    Sheet.LIST: to_say("一覧だけ"),
}
"""What a reader calls the sheets."""
_TILES = (Paper.A4, Paper.A3)
SCRIPTS = ("words.js", "print_choices.js")
_ORIENTATIONS = {"landscape": to_say("よこ長"), "portrait": to_say("たて長")}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str = described("What goes into the URL")
    label: str = described("What the reader sees")
    chosen: bool = described("Whether it is asked for now")


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
    book_action: str = described("Address of the list as an Excel file")
    sheets: tuple[Option, ...] = described("地図と一覧, 1週間の予定表, 一覧だけ, 壁にはるポスター")
    papers: tuple[Option, ...] = described("A4, A3: of everything but a poster")
    posters: tuple[Option, ...] = described("A1, A1 on A4s, …; empty where none is made")
    weeks: tuple[Option, ...] = described("今週, 次の週, …")
    orientations: tuple[Option, ...] = described("よこ長, たて長")
    scales: tuple[Option, ...] = described("おまかせ, 1:2,500, …")
    switches: tuple[Option, ...] = described("Large type, readings, without colour, short")
    preview: Preview = described("What would be printed")
    treasures: int = described("Treasures on the sheet")
    unprinted: int = described("Treasures of the map that may not stand on paper")
    internal: bool = described("Whether every page says 内部用")
    copy: str = described("The number of the copy; empty for a blank to write it by hand")
    most_copies: int = described("The largest number of a copy")
    map_url: str = described("The treasure map of the area")
    doorstep_url: str = described("The page of doorstep sheets of the area")


def print_page(
    answer: MapAnswer,
    sheet: AskedSheet,
    showing: Showing,
    *,
    preview: Preview,
    printed: Collection[int],
) -> PrintPage:
    """The page of choices.

    Parameters
    ----------
    answer : MapAnswer
        Of the medium web.
    sheet : AskedSheet
        What is chosen now.
    showing : Showing
        Language and size of type of the page; large type on the screen is large type on paper.
    preview : Preview
    printed : Collection of int
        Numbers of the treasures on the sheet.
    """
    choice = sheet.choice
    asked = replace(showing, mode=Mode.PRINT)
    words = words_in(asked.language)
    path = area_path(answer.town.code, answer.area.level, answer.area.code)
    # `large` is the page's as well.
    others = replace(sheet, choice=replace(choice, large=False)).query()
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
        frame=replace(
            frame,
            styles=(*frame.styles, app_url("print_choices.css")),
            scripts=tuple(map(app_url, SCRIPTS)),
        ),
        heading=answer.area.name,
        kana=answer.area.kana,
        action=path,
        pdf_action=f"{path}.pdf",
        book_action=f"{path}.xlsx",
        kept=(
            ("mode", Mode.PRINT.value),
            *(pair for pair in asked.kept_pairs() if pair[0] != "large"),
        ),
        sheets=tuple(
            Option(sheet.value, words.say(SHEET_WORDS[sheet]), sheet is choice.sheet)
            for sheet in SHEETS
        ),
        papers=tuple(_papers(choice)),
        posters=tuple(_posters(choice, words)) if Sheet.POSTER in SHEETS else (),
        weeks=tuple(_weeks(sheet, answer, words)),
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
        copy="" if sheet.copy is None else str(sheet.copy),
        most_copies=LONGEST_COPY,
        map_url=path + asked.kept(),
        doorstep_url=doorstep_path(path) + asked.kept(),
    )


def _papers(choice: PaperChoice) -> Iterable[Option]:
    """Of a poster, what everything else is usually printed on."""
    chosen = Sheet.DISTRICT.usual[0] if choice.paper.is_poster else choice.paper
    for paper in Paper:
        if not paper.is_poster:
            yield Option(paper.value, paper.value, paper is chosen)


def _posters(choice: PaperChoice, words: Words) -> Iterable[Option]:
    """Every size whole, and cut for the papers of an office's printer."""
    is_poster = choice.sheet is Sheet.POSTER
    asked = (choice.paper, choice.tile) if is_poster else (Sheet.POSTER.usual[0], None)
    sizes = [(paper, tile) for paper in Paper if paper.is_poster for tile in (None, *_TILES)]
    for paper, tile in sizes:
        if tile is None:
            value, label = paper.value, words.say("%(paper)sの紙1枚", paper=paper.value)
        else:
            value = f"{paper.value}/{tile.value}"
            label = words.say(
                "%(paper)sを、%(tile)sの紙に分けて", paper=paper.value, tile=tile.value
            )
        yield Option(value, label, (paper, tile) == asked)


def _weeks(sheet: AskedSheet, answer: MapAnswer, words: Words) -> Iterable[Option]:
    """Those whose days are known."""
    speak = DayWords(words, Period.around(answer.today))
    mondays = tuple(known_mondays(answer.today))
    chosen = week_of(sheet.week, answer.today) or mondays[0]
    names = {mondays[0]: words.say("今週"), mondays[1]: words.say("次の週")}
    for monday in mondays:
        dates = speak.span(monday, monday + A_WEEK - timedelta(days=1))
        label = f"{names[monday]} {dates}" if monday in names else dates
        word = "" if monday == mondays[0] else monday.isoformat()
        yield Option(word, label, monday == chosen)


def _scales(choice: PaperChoice, words: Words) -> Iterable[Option]:
    yield Option("", words.say("おまかせ（地区の全体）"), choice.scale is None)
    for scale in sorted({*OFFERED_SCALES, *((choice.scale,) if choice.scale else ())}):
        yield Option(str(scale), f"1:{scale:,}", scale == choice.scale)


def _switches(choice: PaperChoice, words: Words) -> Iterable[Option]:
    yield Option("large", words.say("文字を大きく"), choice.large)
    yield Option("readings", words.say("名前にふりがな"), choice.readings)
    yield Option("grey", words.say("白黒で印刷する"), choice.grey)
    short = words.say("みじかく（名前・日時・場所・対象・費用だけ）")
    yield Option("short", short, choice.short)
