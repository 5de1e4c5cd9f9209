"""What ``otakara print`` writes: the bytes of a sheet, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from geo.errors import WordsError
from geo.model.audience import Audience, Medium

if TYPE_CHECKING:
    from geo.model.map_answer import MapAnswer
    from geo.settings import Settings
    from webmap.paper.asking.door_starts import DoorStart
    from webmap.paper.paper_choice import PaperChoice


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """A file before it is written.

    Parameters
    ----------
    content : bytes
    title : str
        What it is of: 「南西区」.
    treasures : str
        「お宝 3件」.
    count : int
        The same as a number.
    unwritable : str
        Characters that are printed as 〓.
    """

    content: bytes
    title: str
    treasures: str
    count: int
    unwritable: str = ""


@dataclass(frozen=True, slots=True)
class SheetWriter:
    """Writes the sheets of one area for one audience.

    Parameters
    ----------
    settings : Settings
    audience : Audience
    area : (level, code)
    copy : int or None
        The number of the copy, of what is not for everybody.
    """

    settings: Settings
    audience: Audience
    area: tuple[str, str]
    copy: int | None

    def sheet(self, choice: PaperChoice, week: str) -> WrittenSheet:
        """A sheet of the area as a PDF; ``week`` as `webmap.paper.asking.asked_week.week_word` gives it."""
        from webmap.paper.asking.asked_week import week_of
        from webmap.paper.sheets.printing import print_area

        with self._paper() as (conn, today):
            made = print_area(
                conn,
                **self._asked(today),
                choice=choice,
                copy=self.copy,
                week=week_of(week, today),
            )
        missing = "".join(sorted(made.sheet.unwritable()))
        return _written(made.answer, made.sheet.pdf(), missing)

    def book(self) -> WrittenSheet:
        """The list of the area as an Excel file."""
        from webmap.paper.sheets.list_book import list_book
        from webmap.paper.sheets.printing import printable_area

        with self._paper() as (conn, today):
            answer = printable_area(conn, **self._asked(today))
        return _written(answer, list_book(answer, copy=self.copy))

    def doorstep(self, choice: PaperChoice, where: str) -> WrittenSheet:
        """The sheet of a door.

        Parameters
        ----------
        choice : PaperChoice
        where : str
            Name of a landmark or a hall of the area, or latitude and longitude.

        Raises
        ------
        WordsError
            Where it is neither. What was given is never said again.
        """
        from geo.questions.named_places import named_places
        from webmap.paper.asking.door_starts import door_named, door_point, door_starts
        from webmap.paper.sheets.doorstep_printing import print_doorstep
        from webmap.paper.sheets.printing import printable_area

        with self._paper() as (conn, today):
            area = printable_area(conn, **self._asked(today))
            places = named_places(conn, area.bounds, area.outline) if area.bounds else ()
            groups = door_starts(places, area)
            start = door_named(where.strip(), groups)
            lat, comma, lon = normalize("NFKC", where).replace("、", ",").partition(",")
            if start is None and not comma:
                raise _no_such_place(where, [one for found in groups.values() for one in found])
            point = (start.lon, start.lat) if start else door_point(lon, lat, area)
            sheet = print_doorstep(
                conn,
                *point,
                audience=self.audience,
                today=today,
                choice=choice,
                name=start.name if start else "",
                copy=self.copy,
            )
        found = sum(len(ring.entries) for ring in sheet.data.rings)
        return WrittenSheet(
            sheet.pdf(),
            f"{area.area.name}の玄関先の1枚",
            f"{area.town.word} {found}件",
            found,
            "".join(sorted(sheet.unwritable())),
        )

    def _asked(self, today: date) -> dict[str, Any]:
        level, code = self.area
        return {"audience": self.audience, "level": level, "code": code, "today": today}

    @contextmanager
    def _paper(self) -> Iterator[tuple[Any, date]]:
        """A connection to what may be on paper, and the day of the views."""
        from geo.cli.reading_door import reading_town
        from geo.questions import revision

        with reading_town(self.settings, self.audience, Medium.PRINT) as conn:
            yield conn, revision(conn)[1]


def _written(answer: MapAnswer, content: bytes, unwritable: str = "") -> WrittenSheet:
    count = len(answer.entries)
    return WrittenSheet(
        content, answer.area.name, f"{answer.town.word} {count}件", count, unwritable
    )


def _no_such_place(given: str, starts: list[DoorStart]) -> WordsError:
    same = sum(start.name == given.strip() for start in starts)
    if same:
        return WordsError(
            "several places of this name",
            message_ja=f"その名前の所は、この地区に{same}つあります。",
            hint_ja="緯度,経度（34.86,138.32 のように）で書くか、画面の地図でえらんでください。",
        )
    return WordsError(
        "no place of this name",
        message_ja="その名前の目印や会場は、この地区にありません。",
        hint_ja="目印の名前は、地図に書いてあるとおりに書いてください。"
        "緯度,経度（34.86,138.32 のように）でもかまいません。",
    )
