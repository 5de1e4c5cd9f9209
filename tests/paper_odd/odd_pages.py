"""Which pages of which odd areas are looked at."""

from __future__ import annotations

from dataclasses import dataclass

from clocked_town import TODAY, set_clock
from towns.make_square_town import degrees

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience, Medium
from geo.settings import Settings
from webmap.paper.paper_choice import PaperChoice, Sheet
from webmap.paper.setting.prepared_sheet import PreparedSheet
from webmap.paper.sheets.doorstep_printing import print_doorstep
from webmap.paper.sheets.printing import PrintedArea, print_area

DOTS = 640


@dataclass(frozen=True, slots=True)
class OddPage:
    """A page that is looked at.

    Parameters
    ----------
    name : str
        Of the approved image.
    area : str
        ``town/level/code``; of a doorstep, ``town/east,north`` in metres.
    words : str
        As after the question mark of an address.
    page : int
        From 0; -1 is the last.
    copy : int, optional
        The number of the copy, of what is for the council.
    """

    name: str
    area: str
    words: str = ""
    page: int = 0
    copy: int | None = None

    @property
    def choice(self) -> PaperChoice:
        """What is asked for."""
        pairs = (pair.split("=") for pair in self.words.split("&") if pair)
        return PaperChoice.from_args(dict(pairs))

    @property
    def dots_per_inch(self) -> float:
        """So that the longer side of the paper has `DOTS`."""
        paper = self.choice.tile or self.choice.paper
        return DOTS / paper.long_mm * 25.4


PAGES = (
    OddPage("300_places_a3", "odd/odd/crowd"),
    OddPage("300_places_a3_reverse", "odd/odd/crowd", page=1),
    OddPage("300_places_a4", "odd/odd/crowd", "paper=A4&orientation=portrait"),
    OddPage("300_places_large_grey", "odd/odd/crowd", "large=1&readings=1&grey=1"),
    OddPage("300_places_short", "odd/odd/crowd", "short=1", page=1),
    OddPage("2000_places", "odd/odd/many"),
    OddPage("no_place", "odd/odd/none", "paper=A4"),
    OddPage("40_km_a3", "odd/odd/valley"),
    OddPage("40_km_a4", "odd/odd/valley", "paper=A4&orientation=portrait"),
    OddPage("two_parts", "odd/odd/parts"),
    OddPage("island", "odd/odd/isle", "paper=A4"),
    OddPage("sea_side", "odd/odd/shore"),
    OddPage("large_readings_grey", "odd/odd/shore", "orientation=portrait&large=1&readings=1&grey=1"),
    OddPage("internal", "odd/odd/shore", "paper=A4&orientation=portrait", copy=7),
    OddPage("40_characters_a3", "odd/odd/forty"),
    OddPage("40_characters_a4", "odd/odd/forty", "paper=A4"),
    OddPage("200_characters", "odd/odd/endless"),
    OddPage("200_characters_reverse", "odd/odd/endless", page=1),
    OddPage("twelve_layers", "odd/odd/kinds"),
    OddPage("twelve_layers_grey", "odd/odd/kinds", "paper=A4&orientation=portrait&grey=1"),
    OddPage("no_outline", "list/ward/1", "paper=A4"),
    OddPage("no_streets", "bare/quarter/q1", "paper=A4"),
    OddPage("week_full", "odd/odd/crowd", "sheet=week", page=1),
    OddPage("week_empty", "odd/odd/none", "sheet=week"),
    OddPage("list_200_characters", "odd/odd/endless", "sheet=list"),
    OddPage("poster", "odd/odd/kinds", "paper=A1"),
    OddPage("poster_a0_portrait_grey", "odd/odd/shore", "paper=A0&orientation=portrait&grey=1"),
    OddPage("tiles_index", "odd/odd/isle", "paper=A1&tile=A4"),
    OddPage("tile", "odd/odd/isle", "paper=A1&tile=A4", page=7),
    OddPage("doorstep_nothing", "odd/-100,1500", "sheet=doorstep"),
    OddPage("doorstep_no_streets", "bare/250,250", "sheet=doorstep&grey=1"),
)  # fmt: skip


@dataclass
class OddTown:
    """A town."""

    database: TownDatabase
    settings: Settings

    def load(self) -> None:
        """Read the folder; the clock stands at `TODAY`."""
        load_town(self.settings)
        set_clock(self.database)

    def area(self, level: str, code: str, choice: PaperChoice, copy: int | None) -> PrintedArea:
        """A sheet of an area, for everybody, or where it has a number, for the council."""
        audience = Audience.PUBLIC if copy is None else Audience.COUNCIL
        with self.database.connect(audience, Medium.PRINT) as conn:
            return print_area(
                conn,
                audience=audience,
                level=level,
                code=code,
                today=TODAY,
                choice=choice,
                copy=copy,
            )

    def doorstep(self, east_m: float, north_m: float, choice: PaperChoice) -> PreparedSheet:
        """The sheet of a point."""
        with self.database.connect(Audience.PUBLIC, Medium.PRINT) as conn:
            return print_doorstep(
                conn,
                *degrees(east_m, north_m),
                audience=Audience.PUBLIC,
                today=TODAY,
                choice=choice,
            )


class OddSheets:
    """The sheets of the towns, each drawn and set once."""

    def __init__(self, towns: dict[str, OddTown]) -> None:
        self._towns = towns
        self._sheets: dict[tuple[str, str, int | None], PreparedSheet] = {}
        self._images: dict[tuple[str, str, int | None], list[bytes]] = {}

    def of(self, page: OddPage) -> PreparedSheet:
        """The sheet that a page is of."""
        key = page.area, page.words, page.copy
        if key not in self._sheets:
            self._sheets[key] = self._drawn(page)
        return self._sheets[key]

    def image(self, page: OddPage) -> bytes:
        """A page as PNG, every paper as large on the screen as any other."""
        key = page.area, page.words, page.copy
        if key not in self._images:
            self._images[key] = self.of(page).pages(page.dots_per_inch)
        return self._images[key][page.page]

    def _drawn(self, page: OddPage) -> PreparedSheet:
        town, _, where = page.area.partition("/")
        if page.choice.sheet is Sheet.DOORSTEP:
            east, north = (float(metres) for metres in where.split(","))
            return self._towns[town].doorstep(east, north, page.choice)
        level, code = where.split("/")
        return self._towns[town].area(level, code, page.choice, page.copy).sheet


def page_named(name: str) -> OddPage:
    """One of `PAGES`."""
    return next(page for page in PAGES if page.name == name)
