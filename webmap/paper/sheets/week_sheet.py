"""The week of an area on paper, from Monday to Sunday: the same dates as on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from geo.model.map_answer import MapAnswer
from webmap.paper.drawing.qr_picture import qr_picture
from webmap.paper.paper_choice import Paper, PaperChoice
from webmap.paper.setting.about_sheet import about_sheet
from webmap.paper.setting.prepared_sheet import PreparedSheet
from webmap.paper.sheets.area_address import area_address
from webmap.paper.sheets.list_sheet import BLANK_TITLE, beside_title, lines_by_mark, nothing_found
from webmap.paper.sheets.name_ruby import RubyPart
from webmap.paper.sheets.sheet_credits import sheet_credits
from webmap.paper.type_sizes import TypeSizes, type_sizes
from webmap.showing import Mode, Showing
from webmap.week import WeekPage, week_page
from webmap.week.week_page import SheetDay, SheetEntry

TEMPLATE = "week.typ"
METHOD = "一覧に書かれた日時から計算した予定です。お出かけの前に、たしかめてください。"
_NO_TIME = "時間は、お問い合わせください"
_DOUBT = "変わることがあります"
_LETTERS = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Slot:
    """A treasure on a day; ``notes`` are what must be known of that day."""

    when: str
    mark: str
    name: tuple[RubyPart, ...]
    venue: str
    notes: tuple[str, ...]
    off: bool


@dataclass(frozen=True, slots=True)
class PaperDay:
    """One day: 月, 11月23日, 勤労感謝の日; ``off`` on Sundays and holidays."""

    letter: str
    date: str
    holiday: str
    off: bool
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """What has no day in the table, under its heading."""

    title: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What the letter of a mark means."""

    symbol: str
    title: str


@dataclass(frozen=True, slots=True)
class WeekData:
    """What the template reads.

    ``side_by_side``: seven days beside each other, where they fit on one page. Else they stand one
    below the other, their treasures in so many ``columns``.
    """

    page: tuple[int, int]
    side_by_side: bool
    columns: int
    sizes: TypeSizes
    title: str
    running: str
    dates: str
    beside: tuple[str, ...]
    days: tuple[PaperDay, ...]
    rests: tuple[Rest, ...]
    nothing: str
    kinds: tuple[Kind, ...]
    blank_title: str
    address: str
    contact: str
    notes: tuple[str, ...]
    credits: tuple[str, ...]


def week_sheet(
    answer: MapAnswer, choice: PaperChoice, *, week: date | None = None, copy: int | None = None
) -> PreparedSheet:
    """Draw the week of an area.

    Parameters
    ----------
    answer : MapAnswer
        Of the medium print: its consents are those of paper.
    choice : PaperChoice
        A4 or A3, either way.
    week : date, optional
        A day of the week; without one, this week, as where its days are not known.
    copy : int, optional
        The number of the copy, of what is not for everybody.
    """
    told = week_page(answer, _showing(week))
    names = {mark: lines.name for mark, lines in lines_by_mark(answer, choice).items()}
    title = f"{answer.area.name} 予定表"
    address = area_address(answer)
    data = WeekData(
        page=choice.page_mm,
        side_by_side=choice.landscape and not (choice.large and choice.paper is Paper.A4),
        columns=_columns(choice),
        sizes=type_sizes(choice),
        title=title,
        running=f"{title}　{told.dates}",
        dates=told.dates,
        beside=beside_title(answer),
        days=tuple(_day(day, names) for day in told.days),
        rests=tuple(_rests(told, names)),
        nothing=_nothing(answer, told),
        kinds=tuple(Kind(kind.mark.text, kind.title) for kind in told.kinds),
        blank_title=BLANK_TITLE,
        address=address,
        contact=answer.area.contact or answer.town.contact or "",
        notes=(*_other_weeks(told), METHOD),
        credits=sheet_credits(answer.credits),
    )
    pictures = {"qr": qr_picture(address)} if address else {}
    about = about_sheet(answer, f"{title}（{told.dates}）", copy=copy)
    return PreparedSheet(TEMPLATE, data, pictures, about)


def _showing(week: date | None) -> Showing:
    """The same words as of the page, so that both have the same Monday."""
    return Showing.from_args({"mode": Mode.WEEK, "week": week.isoformat() if week else ""})


def _columns(choice: PaperChoice) -> int:
    """About eighteen characters of the body in each."""
    return max(1, choice.page_mm[0] // (110 if choice.large else 85))


def _day(day: SheetDay, names: dict[str, tuple[RubyPart, ...]]) -> PaperDay:
    at = date.fromisoformat(day.iso)
    return PaperDay(
        letter=_LETTERS[at.weekday()],
        date=f"{at.month}月{at.day}日",
        holiday=day.holiday,
        off=day.off,
        slots=tuple(_slot(entry, names, is_dated=True) for entry in day.entries),
    )


def _slot(entry: SheetEntry, names: dict[str, tuple[RubyPart, ...]], *, is_dated: bool) -> Slot:
    when = "お休み" if entry.off else entry.when or (_NO_TIME if is_dated else "")
    notes = (entry.stop, "" if entry.certain else _DOUBT, entry.news)
    return Slot(
        when=when,
        mark=entry.mark.text,
        name=names[entry.mark.text],
        venue=entry.venue or "",
        notes=tuple(note for note in notes if note),
        off=entry.off,
    )


def _rests(told: WeekPage, names: dict[str, tuple[RubyPart, ...]]) -> Iterable[Rest]:
    for title, entries in (
        ("曜日や日にちの決まっていないもの", told.undated),
        ("おやすみ中", told.resting),
    ):
        if entries:
            yield Rest(title, tuple(_slot(entry, names, is_dated=False) for entry in entries))


def _nothing(answer: MapAnswer, told: WeekPage) -> str:
    if not answer.entries:
        return nothing_found(answer)
    if not told.held:
        return f"この週に日にちのわかっている{answer.town.word}は、ありません。"
    return ""


def _other_weeks(told: WeekPage) -> tuple[str, ...]:
    count = told.other_weeks
    return (f"このほかに、この週には開かれないものが{count}件あります。",) if count else ()
