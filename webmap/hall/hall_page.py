"""The page of the hall: everything it can show, in the order in which it begins."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, ClassVar

from geo.model.answers import AreaMembers, Entry
from geo.model.audience import Audience
from geo.model.held_days import DayBook
from geo.model.map_answer import MapAnswer
from webmap.assets import app_url
from webmap.described import described
from webmap.filters import Filters
from webmap.ground_data import MapStyle, credits_of
from webmap.hall.hall_card import HallCard, HallKind, hall_cards, hall_kinds
from webmap.hall.hall_choices import (
    CHOSEN,
    HallChoice,
    audiences_to_choose,
    orders_to_choose,
)
from webmap.hall.narrowed import narrowed
from webmap.hall.tour import (
    Chosen,
    Tour,
    TourPart,
    by_area,
    by_number,
    by_weekday,
    chosen,
    known_marks,
)
from webmap.hall.wall_color import wall_color
from webmap.map_data import area_path, as_json
from webmap.page_frame import DRAWING_SCRIPTS, Frame, map_element, scripts_of, styles_of
from webmap.showing import Mode, Showing, TourOrder
from webmap.view_links import address
from webmap.words import Words, words_in

NO_FILTERS = Filters()
STICKERS_URL = "/stickers"
HALL_STYLES = ("hall.css", "stickers.css")
HALL_SCRIPTS = (
    "hall_map.js",
    "hall_steps.js",
    "hall_marks.js",
    "sticker_keeper.js",
    "stickers.js",
    "hall.js",
)
_DRAWN = ("number", "mark", "layer", "name", "status", "flag")


@dataclass(frozen=True, slots=True)
class HallPage:
    """One area on a wall: an opening, a card for every treasure on the map, a closing list."""

    template: ClassVar[str] = "hall.html"
    frame: Frame = described("Surroundings")
    heading: str = described("Name of the area")
    as_of: str | None = described("2026年3月31日現在")
    total: int = described("All treasures of the area")
    on_map: int = described("Those with a place: as many as a full tour has steps")
    kinds: tuple[HallKind, ...] = described("What kinds there are, with their flags")
    picked: int | None = described("How many a list of marks has chosen; None without a list")
    asked_for: tuple[str, ...] = described("What the page was narrowed to: 火曜, 来週")
    missing: int = described("Marks of that list that are not on this page")
    asked_marks: str = described("That list, as it can be typed")
    cards: tuple[HallCard, ...] = described("Every treasure on the map, first those of the tour")
    unplaced: tuple[HallCard, ...] = described("The last list: treasures that are not on the map")
    orders: tuple[HallChoice, ...] = described("Orders to choose from")
    audiences: tuple[HallChoice, ...] = described("Whose eyes: offered on inner screens only")
    seen_as: str | None = described("Whose eyes, when it is not everybody's")
    leave_url: str | None = described("The ordinary page; None in an offline file")
    form: tuple[tuple[str, str], ...] = described("What a list of marks takes along in its form")
    page_url: str | None = described("The page's own path; None in an offline file")
    has_map: bool = described("Whether there is anything to draw beside the cards")
    map_html: str | None = described(
        "The folium shell's element; None where the file makes its own"
    )
    map_data: dict[str, Any] | None = described("What the map draws; None where the file has it")
    script_data: dict[str, Any] = described("Tours, the one to begin with, where to go")


def hall_page(
    answer: MapAnswer,
    showing: Showing | None = None,
    *,
    filters: Filters = NO_FILTERS,
    members: Sequence[AreaMembers] = (),
    served: Audience = Audience.PUBLIC,
    offline: bool = False,
) -> HallPage:
    """The hall of an area.

    Parameters
    ----------
    answer : MapAnswer
        From ``geo.questions.treasure_map``, asked as ``showing.audience(served)``.
    showing : Showing, optional
        From the URL: order, list of marks, language.
    filters : Filters
        From the URL: what the page was narrowed to. A list of marks goes before.
    members : Sequence[AreaMembers]
        From ``geo.questions.finer_areas``; without them there is no tour by area.
    served : Audience
        Whom the application serves: above だれでも the presenter may switch by hand.
    offline : bool
        Part of a self-contained file: no addresses, and the map's data is in the file already.
    """
    asked = replace(showing or Showing(), mode=Mode.HALL)
    words = words_in(asked.language)
    path = area_path(answer.town.code, answer.area.level, answer.area.code)
    listed = _picked(answer, asked)
    left = None if listed else narrowed(answer, filters, words)
    picked = left.chosen if left else listed
    known = _tours(answer, members, words)
    tours = {CHOSEN: picked.tour} if picked else known
    start = CHOSEN if picked else asked.order.value if asked.order in tours else TourOrder.NUMBER
    steps = [number for part in tours[start] for number in part.numbers]
    placed, unplaced = _in_order(answer, steps, picked)
    has_map = answer.bounds is not None
    query = left.query if left else ""
    leave = None if offline else address(path, query, asked.kept().removeprefix("?"))
    return HallPage(
        frame=_frame(answer, asked, words, with_map=has_map, offline=offline),
        heading=answer.area.name,
        as_of=words.say("%(day)s現在", day=words.say_day(answer.as_of)) if answer.as_of else None,
        total=len(answer.entries),
        on_map=len(placed),
        kinds=hall_kinds(answer),
        picked=len(steps) + len(unplaced) if picked else None,
        asked_for=left.said if left else (),
        missing=chosen(answer.entries, asked.marks).missing,
        asked_marks=words.say("、").join(asked.marks),
        cards=hall_cards(answer, placed, words),
        unplaced=hall_cards(answer, unplaced, words),
        orders=orders_to_choose(known, asked, start, words, None if offline else path, query),
        audiences=()
        if offline
        else audiences_to_choose(
            answer.audience,
            served,
            words,
            lambda audience: address(path, query, replace(asked, seen_as=audience).query()),
        ),
        seen_as=words.say(answer.audience.label_ja) if answer.audience > Audience.PUBLIC else None,
        leave_url=leave,
        form=_form(asked),
        page_url=None if offline else path,
        has_map=has_map,
        map_html=map_element() if has_map and not offline else None,
        map_data=None if offline or not has_map else _map_data(answer),
        script_data={
            "tours": {name: list(map(_part, tour)) for name, tour in tours.items()},
            "start": start,
            "colors": {layer.id: wall_color(layer.color) for layer in answer.layers},
            "leave": leave,
            "area": {
                "level": answer.area.level,
                "code": answer.area.code,
                "name": answer.area.name,
            },
            "marks": known_marks(answer.entries) if offline else {},
            "postUrl": None if offline else STICKERS_URL,
        },
    )


def _picked(answer: MapAnswer, asked: Showing) -> Chosen | None:
    """What a list of marks has chosen; None when there is no list, or nothing of it is here."""
    found = chosen(answer.entries, asked.marks)
    return found if found.tour or found.unplaced else None


def _tours(answer: MapAnswer, members: Sequence[AreaMembers], words: Words) -> Mapping[str, Tour]:
    """Every order this area can be walked in; by number always, even with nothing to walk."""
    tours = {
        TourOrder.NUMBER.value: by_number(answer.entries),
        TourOrder.AREA.value: by_area(answer.entries, members, words.say("そのほかの場所")),
        TourOrder.WEEKDAY.value: by_weekday(
            answer.entries,
            _weekdays(answer.days),
            (
                *(
                    words.say("月曜日"),
                    words.say("火曜日"),
                    words.say("水曜日"),
                    words.say("木曜日"),
                ),
                *(words.say("金曜日"), words.say("土曜日"), words.say("日曜日")),
            ),
            words.say("曜日のきまりがないもの"),
        ),
    }
    # Where everything would stand under one heading, there is nothing to choose.
    return {n: t for n, t in tours.items() if len(t) > 1 or n == TourOrder.NUMBER}


def _weekdays(book: DayBook | None) -> dict[int, frozenset[int]]:
    """On which weekdays each treasure is held in the days that are spoken of.

    Those of every week where there are any: one day that was moved makes no other weekday.
    """
    if book is None:
        return {}
    of_facet = [frozenset(facet.every or facet.some) for facet in book.facets]
    return {number: of_facet[index] for number, index in book.facet_of.items()}


def _in_order(
    answer: MapAnswer, steps: Sequence[int], picked: Chosen | None
) -> tuple[list[Entry], list[Entry]]:
    """Entries with a place, those of the tour first, and entries of the last list."""
    by_mark = {entry.number: entry for entry in answer.entries}
    rest = sorted(entry.number for entry in answer.entries if entry.flag is not None)
    placed = [by_mark[number] for number in dict.fromkeys((*steps, *rest))]
    if picked:
        return placed, [by_mark[number] for number in picked.unplaced]
    listed = (entry for entry in answer.entries if entry.flag is None)
    return placed, sorted(listed, key=attrgetter("number"))


def _part(part: TourPart) -> dict[str, Any]:
    return {"heading": part.heading, "isName": part.is_name, "numbers": list(part.numbers)}


def _form(asked: Showing) -> tuple[tuple[str, str], ...]:
    """The fields of the URL that a list of marks keeps."""
    seen_as = asked.seen_as or Audience.PUBLIC
    inner = (("as", seen_as.word),) if seen_as > Audience.PUBLIC else ()
    return (("mode", Mode.HALL.value), *inner, *asked.kept_pairs())


def _map_data(answer: MapAnswer) -> dict[str, Any]:
    """The map's data without what only filters read."""
    data = as_json(answer, links=False, style=MapStyle.GREY)
    entries = [{key: e[key] for key in _DRAWN} for e in data["entries"]]
    return {**data, "entries": entries, "days": None}


def _frame(
    answer: MapAnswer, asked: Showing, words: Words, *, with_map: bool, offline: bool
) -> Frame:
    drawn = (*styles_of(with_map=with_map, large=asked.large), *map(app_url, HALL_STYLES))
    return Frame(
        title=words.say("%(area)sの%(word)s", area=answer.area.name, word=answer.town.word),
        town_name=answer.town.name,
        word=answer.town.word,
        home_url=None if offline else "/" + asked.kept(),
        audience_label=words.say(answer.audience.label_ja)
        if answer.audience > Audience.PUBLIC
        else None,
        contact=None,
        credits=credits_of(answer, drawn=with_map),
        styles=() if offline else drawn,
        scripts=()
        if offline
        else _scripts(
            with_map=with_map,
            with_ground=answer.ground is not None,
            with_pictures=answer.outside_tiles is not None,
        ),
        offline=offline,
        language=asked.language,
        large=asked.large,
        kept=asked.kept(),
        kept_pairs=asked.kept_pairs(),
    )


def _scripts(*, with_map: bool, with_ground: bool, with_pictures: bool) -> tuple[str, ...]:
    """Without a map there is no shell to hand over: the hall begins by itself."""
    names = (*DRAWING_SCRIPTS, *HALL_SCRIPTS)
    if not with_map:
        return tuple(map(app_url, names))
    return scripts_of(names, with_ground=with_ground, with_pictures=with_pictures)
