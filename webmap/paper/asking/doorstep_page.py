"""The page before a doorstep sheet: where the walk begins, and on which paper it is printed."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from geo.model.audience import Audience
from geo.model.ground import LandmarkKind
from geo.model.map_answer import MapAnswer
from webmap.assets import app_url
from webmap.described import described
from webmap.ground_data import credits_of
from webmap.map_data import area_path
from webmap.page_frame import DRAWING_SCRIPTS, Frame, map_element, scripts_of
from webmap.paper.asking.door_starts import VENUES, DoorStart
from webmap.paper.paper_choice import Paper, PaperChoice, Sheet
from webmap.paper.setting.about_sheet import LONGEST_COPY
from webmap.showing import Mode, Showing
from webmap.town_frame import town_frame
from webmap.view_links import view_links
from webmap.words import Words, to_say, words_in

LONGEST_NAME = 40
STYLES = ("print_choices.css", "cross.css", "doorstep.css")
SCRIPTS = ("map_pane.js", "print_choices.js", "cross.js", "doorstep.js")
GROUP_WORDS = {
    VENUES: to_say("会場"),
    LandmarkKind.HALL.value: to_say("公民館・集会所・役所"),
    LandmarkKind.PLACE.value: to_say("町の名前"),
    LandmarkKind.STATION.value: to_say("駅"),
    LandmarkKind.SCHOOL.value: to_say("学校"),
    LandmarkKind.LIBRARY.value: to_say("図書館"),
    LandmarkKind.POST_OFFICE.value: to_say("郵便局"),
    LandmarkKind.CLINIC.value: to_say("病院・診療所"),
    LandmarkKind.SHOP.value: to_say("店"),
    LandmarkKind.PARK.value: to_say("公園"),
    LandmarkKind.SHRINE.value: to_say("神社"),
    LandmarkKind.TEMPLE.value: to_say("お寺"),
    LandmarkKind.OTHER.value: to_say("そのほかの目印"),
}
"""What a reader calls the groups, in the order of the page."""
CHOOSE_JA = to_say("どこから歩くかを、えらんでください。")


def doorstep_path(path: str) -> str:
    """The address of the doorstep page of the area whose map is at ``path``."""
    return f"/doorstep{path}"


@dataclass(frozen=True, slots=True)
class DoorAsked:
    """What the form says. None of it is kept, logged or sent anywhere else."""

    landmark: str = ""
    lon: str = ""
    lat: str = ""
    name: str = ""
    paper: str = Paper.A4.value
    readings: bool = False
    grey: bool = False
    copy: str = ""

    @classmethod
    def of_form(cls, form: Mapping[str, str]) -> DoorAsked:
        """From the fields of the form."""
        said = {name: form.get(name, "").strip() for name in ("landmark", "lon", "lat", "copy")}
        return cls(
            **said,
            name=" ".join(form.get("name", "").split())[:LONGEST_NAME],
            paper=form.get("paper", Paper.A4.value),
            readings=bool(form.get("readings")),
            grey=bool(form.get("grey")),
        )

    def choice(self) -> PaperChoice:
        """What to print.

        Raises
        ------
        WordsError
        """
        switches = {"readings": self.readings, "grey": self.grey}
        words = {name: "1" for name, is_on in switches.items() if is_on}
        return PaperChoice.from_args({"sheet": Sheet.DOORSTEP.value, "paper": self.paper, **words})


@dataclass(frozen=True, slots=True)
class DoorOption:
    """One place to choose."""

    key: str = described("What the form says")
    label: str = described("What the reader sees")
    lon: float = described("Where the map shows it, degrees")
    lat: float = described("The same")
    chosen: bool = described("Whether it is asked for")


@dataclass(frozen=True, slots=True)
class DoorGroup:
    """Places of one kind."""

    title: str = described("駅, 公民館・集会所・役所, …")
    options: tuple[DoorOption, ...] = described("By name")


@dataclass(frozen=True, slots=True)
class DoorstepPage:
    """Where a walk begins."""

    template: ClassVar[str] = "doorstep.html"
    frame: Frame = described("Surroundings")
    heading: str = described("Name of the area")
    kana: str | None = described("How the name is read")
    action: str = described("Where the form is sent, by POST")
    csrf: str = described("Token of this session's forms")
    groups: tuple[DoorGroup, ...] = described("Places to begin at")
    asked: DoorAsked = described("What the form said")
    papers: tuple[str, ...] = described("A4, A3")
    longest_name: int = described("Characters of the name on the paper")
    internal: bool = described("Whether every page says 内部用")
    most_copies: int = described("The largest number of a copy")
    trouble: str = described("Why there is no sheet; empty when all is well")
    print_url: str = described("The page of the other sheets")
    map_html: str | None = described("The map's element from the folium shell; None without a map")
    data_url: str = described("Where the script reads what it draws")


def doorstep_page(
    answer: MapAnswer,
    starts: Mapping[str, tuple[DoorStart, ...]],
    showing: Showing,
    *,
    csrf: str,
    refused: DoorAsked | None = None,
) -> DoorstepPage:
    """The page.

    Parameters
    ----------
    answer : MapAnswer
        The treasure map of the area, of the medium web.
    starts : Mapping of str to tuple of DoorStart
        From :func:`webmap.paper.asking.door_starts.door_starts`.
    showing : Showing
        Language and size of type of the page.
    csrf : str
        Token of the session.
    refused : DoorAsked, optional
        What the form said, where it comes back because nothing was chosen.
    """
    asked = refused or DoorAsked()
    words, kept = words_in(showing.language), showing.kept()
    area = area_path(answer.town.code, answer.area.level, answer.area.code)
    path = doorstep_path(area)
    has_map = answer.bounds is not None
    frame = town_frame(
        answer.town,
        words.say("%(area)sの玄関先の1枚", area=answer.area.name),
        audience=answer.audience,
        contact=answer.area.contact or answer.town.contact,
        credits=credits_of(answer, drawn=has_map),
        with_map=has_map,
        offline=False,
        showing=showing,
        views=view_links(path, "", showing, words),
    )
    # Never pictures from outside: whoever sends them would learn where somebody lives.
    scripts = scripts_of((*DRAWING_SCRIPTS, *SCRIPTS), with_ground=answer.ground is not None)
    return DoorstepPage(
        frame=replace(
            frame,
            styles=(*frame.styles, *map(app_url, STYLES)),
            scripts=scripts if has_map else tuple(map(app_url, ("words.js", "print_choices.js"))),
        ),
        heading=answer.area.name,
        kana=answer.area.kana,
        action=path + kept,
        csrf=csrf,
        groups=tuple(_groups(starts, asked, words)),
        asked=asked,
        papers=tuple(paper.value for paper in Paper if not paper.is_poster),
        longest_name=LONGEST_NAME,
        internal=answer.audience is not Audience.PUBLIC,
        most_copies=LONGEST_COPY,
        trouble="" if refused is None else words.say(CHOOSE_JA),
        print_url=f"{area}?{replace(showing, mode=Mode.PRINT).query()}",
        map_html=map_element() if has_map else None,
        data_url=f"{area}.json",
    )


def _groups(
    starts: Mapping[str, tuple[DoorStart, ...]], asked: DoorAsked, words: Words
) -> Iterable[DoorGroup]:
    for group, title in GROUP_WORDS.items():
        if found := starts.get(group):
            options = tuple(
                DoorOption(
                    start.key,
                    _label(start, words),
                    start.lon,
                    start.lat,
                    start.key == asked.landmark,
                )
                for start in found
            )
            yield DoorGroup(words.say(title), options)


def _label(start: DoorStart, words: Words) -> str:
    if start.of == 1:
        return start.name
    return words.say("%(name)s（北から%(nth)sつめ）", name=start.name, nth=start.nth)
