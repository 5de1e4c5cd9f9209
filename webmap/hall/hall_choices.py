"""What the presenter may choose in the hall: the order, and whose eyes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from geo.model.audience import Audience
from webmap.described import described
from webmap.hall.tour import Tour
from webmap.showing import Showing, TourOrder
from webmap.view_links import address
from webmap.words import Words

CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class HallChoice:
    """One way to show the hall, in the presenter's menu."""

    value: str = described("What the script and the URL call it")
    label: str = described("What the presenter reads")
    url: str | None = described("Its address; None in an offline file")
    current: bool = described("Whether it is shown now")


def orders_to_choose(
    tours: Mapping[str, Tour],
    asked: Showing,
    start: str,
    words: Words,
    path: str | None,
    query: str,
) -> tuple[HallChoice, ...]:
    """Orders of everything, and what has been chosen where something has."""
    labels = {
        TourOrder.NUMBER.value: words.say("番号の順"),
        TourOrder.AREA.value: words.say("地区の順"),
        TourOrder.WEEKDAY.value: words.say("曜日の順"),
    }

    def url(showing: Showing, query: str = "") -> str | None:
        return None if path is None else address(path, query, showing.query())

    choices = [
        HallChoice(
            name,
            labels[name],
            url(replace(asked, order=TourOrder(name), marks=())),
            name == start,
        )
        for name in tours
    ]
    if start == CHOSEN:
        choices.append(HallChoice(CHOSEN, words.say("えらんだ順"), url(asked, query), True))
    return tuple(choices)


def audiences_to_choose(
    current: Audience, served: Audience, words: Words, url: Callable[[Audience], str]
) -> tuple[HallChoice, ...]:
    """Whose eyes; nothing to choose where everybody is served.

    Parameters
    ----------
    current : Audience
        Whose eyes the page is made for.
    served : Audience
        Whom the application serves.
    words : Words
    url : callable
        The address of the page as an audience sees it.
    """
    if served is Audience.PUBLIC:
        return ()
    return tuple(
        HallChoice(audience.word, words.say(audience.label_ja), url(audience), audience is current)
        for audience in Audience
        if audience <= served
    )
