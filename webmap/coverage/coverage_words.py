"""Coverage in sentences: 「火曜日は、75歳以上1,180人のうち約410人の家から、…」.

Every figure has three other faces, and each is said in words: nobody knows it, it is too small to be
told (`geo.coverage` has taken it out already), and nothing has been found yet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from geo.model.coverage_answer import AreaCoverage, CoverageAnswer, Figure
from geo.model.coverage_map import ANY_DAY
from geo.model.people import PeopleBand
from webmap.words import Language, Words, to_say

WEEKDAYS = (
    *(to_say("月曜日"), to_say("火曜日"), to_say("水曜日"), to_say("木曜日")),
    *(to_say("金曜日"), to_say("土曜日"), to_say("日曜日")),
)
ROUNDED_FROM = 100
"""From here on a sentence says tens: nobody counted who would walk."""
DAYS = (ANY_DAY, *map(str, range(7)))
"""The keys of what a page tells of any day and of every weekday."""


def thousands(number: int) -> str:
    """1,180."""
    return f"{number:,}"


def percent_said(share: float) -> str:
    """14%; 14.5%."""
    return f"{100 * share:g}%"


def about(number: int, below: int) -> str:
    """A number as a sentence says it: in tens, and never rounded up to all there are (``below``)."""
    tens = round(number, -1) if number >= ROUNDED_FROM else number
    return thousands(tens if tens < below else number)


@dataclass(frozen=True, slots=True)
class Told:
    """What one day's figure is made of.

    Parameters
    ----------
    covered : int or None
        People with a place within the limit.
    some : int or None
        The same with what is held in some of the weeks only; as ``covered`` where there is none.
    seen : bool
        Whether any place in reach of the area is known for that day.
    weekday : int or None
        0 = 月; None: any day.
    """

    covered: int | None
    some: int | None
    seen: bool
    weekday: int | None = None

    @property
    def only_in_some_weeks(self) -> bool:
        """Whether nothing is in reach every week, and something in some of them."""
        return self.covered == 0 and self.some != 0


def told_by_day(area: AreaCoverage, limit: int) -> Mapping[str, Told]:
    """What is told of any day and of every weekday, by `DAYS`.

    The figure of the area must be that of any day.
    """
    covered = area.figure.covered.get(limit)
    any_seen = bool(area.places) or covered != 0 or any(day.seen for day in area.weekdays)
    return {ANY_DAY: Told(covered, covered, any_seen)} | {
        str(day.weekday): Told(day.every, day.some, day.seen, day.weekday) for day in area.weekdays
    }


@dataclass(frozen=True, slots=True)
class CoverageWords:
    """The sentences of one answer, in one language.

    Parameters
    ----------
    words : Words
    band : PeopleBand
        Who is counted.
    limit : int
        The limit that is spoken of.
    in_metres : bool
        Whether it is metres instead of minutes.
    has_unknown_cells : bool
        Whether the census does not say everywhere how many such people there are.
    """

    words: Words
    band: PeopleBand
    limit: int
    in_metres: bool
    has_unknown_cells: bool = False

    @classmethod
    def of(cls, answer: CoverageAnswer, words: Words) -> CoverageWords:
        """The words of an answer."""
        in_metres = answer.method.in_metres
        return cls(words, answer.band, answer.limit, in_metres, answer.cells_unknown > 0)

    @property
    def who(self) -> str:
        """75歳以上."""
        return self.who_of(self.band)

    def who_of(self, band: PeopleBand) -> str:
        """65歳以上."""
        return self.words.say(band.label_ja)

    def within(self, limit: int | None = None) -> str:
        """歩いて10分以内; 歩いて500m以内."""
        limit = self.limit if limit is None else limit
        if self.in_metres:
            return self.words.say("歩いて%(metres)sm以内", metres=thousands(limit))
        return self.words.say("歩いて%(minutes)s分以内", minutes=limit)

    def length(self, limit: int) -> str:
        """10分; 500m."""
        if self.in_metres:
            return self.words.say("%(metres)sm", metres=thousands(limit))
        return self.words.say("%(minutes)s分", minutes=limit)

    def brief(self, limit: int) -> str:
        """10分以内; 500m以内."""
        if self.in_metres:
            return self.words.say("%(metres)sm以内", metres=thousands(limit))
        return self.words.say("%(minutes)s分以内", minutes=limit)

    def day(self, weekday: int) -> str:
        """火曜日."""
        return self.words.say(WEEKDAYS[weekday])

    def opening(self, figure: Figure, told: Told) -> str:
        """The sentence that opens the talk."""
        people, unknown = figure.people, figure.unknown
        if people is None:
            return self._without_people(told)
        if people == 0:
            return self.words.say(
                "この地区には、%(who)sの方は、もとの統計ではお住まいではありません。", who=self.who
            )
        if not told.seen:
            return self._not_found(told)
        if unknown == people:
            return self.words.say(
                "%(who)s%(people)s人の家から場まで、歩いて何分かかるかは、まだわかりません。"
                "家が、地図にある道から遠いためです。",
                who=self.who,
                people=thousands(people),
            )
        if told.only_in_some_weeks:
            return self._in_some_weeks(people, told)
        return self._covered(people, people - (unknown or 0), told)

    def _covered(self, people: int, known: int, told: Told) -> str:
        """The plain sentence; ``known`` are the people whose walk can be told."""
        say, covered, when, within = self.words.say, told.covered, self._when(told), self.within()
        if covered is None:
            has = say("%(when)s%(within)sに通える場のある家があります。", when=when, within=within)
            return self.joined(has, self.hidden_number())
        if covered == 0:
            on = say("%(day)sに、", day=self.day(told.weekday)) if told.weekday is not None else ""
            return self.joined(
                say("%(on)s%(within)sに通える場は、まだ見つかっていません。", on=on, within=within),
                self._ask(),
            )
        said = {"when": when, "who": self.who, "people": thousands(people), "within": within}
        if covered == people:
            text = say(
                "%(when)s%(who)s%(people)s人みなさんの家から、%(within)sに通える場があります。",
                **said,
            )
        elif covered == known:
            text = say(
                "%(when)s%(who)s%(people)s人のうち、歩く道のわかる%(known)s人みなさんの家から、"
                "%(within)sに通える場があります。",
                **said,
                known=thousands(known),
            )
        else:
            text = say(
                "%(when)s%(who)s%(people)s人のうち約%(covered)s人の家から、"
                "%(within)sに通える場があります。",
                **said,
                covered=about(covered, known),
            )
        return self.joined(text)

    def _in_some_weeks(self, people: int, told: Told) -> str:
        """Nothing every week, something in some of them."""
        say = self.words.say
        first = say("%(when)s毎週ではありませんが、開かれる場があります。", when=self._when(told))
        if told.some is None:
            held = say(
                "開かれる日には、%(within)sに通える場のある家があります。", within=self.within()
            )
            return self.joined(first, held, self.hidden_number())
        held = say(
            "開かれる日には、%(who)s%(people)s人のうち約%(some)s人の家から、%(within)sに通えます。",
            who=self.who,
            people=thousands(people),
            some=about(told.some, people),
            within=self.within(),
        )
        return self.joined(first, held)

    def _not_found(self, told: Told) -> str:
        """Nothing is known: it has not been found yet, which is not to say that there is nothing."""
        if told.weekday is None:
            found = self.words.say("歩いて通える場は、まだ見つかっていません。")
        else:
            found = self.not_found_on([told.weekday])
        return self.joined(found, self._ask())

    def _without_people(self, told: Told) -> str:
        """Where the number of people is not known, or too small to be told."""
        say = self.words.say
        if self.has_unknown_cells:
            number = say("この地区の%(who)sの人数は、まだわかっていません。", who=self.who)
        else:
            number = say(
                "この地区の%(who)sの人数は、10人に満たないため、数は出しません。", who=self.who
            )
        if not told.seen:
            return self.joined(self._not_found(told), number)
        near = say("%(when)sこの地区から通える場が見つかっています。", when=self._when(told))
        return self.joined(near, number)

    def hidden_number(self) -> str:
        """Why a figure is not there."""
        return self.words.say("10人に満たない人数がわかるため、数は出しません。")

    def not_found_on(self, weekdays: Collection[int]) -> str:
        """金曜日の場は、まだ見つかっていません."""
        days = self.words.say("・").join(map(self.day, sorted(weekdays)))
        return self.words.say("%(days)sの場は、まだ見つかっていません。", days=days)

    def missing(self, told: Mapping[str, Told], key: str) -> str:
        """The second sentence: on which other weekdays nothing has been found; empty for none.

        Parameters
        ----------
        told : Mapping of str to Told
            From :func:`told_by_day`.
        key : str
            The day the first sentence speaks of.
        """
        days = [one for one in told.values() if one.weekday is not None]
        unseen = [one.weekday for one in days if not one.seen and one.weekday is not None]
        if not any(one.seen for one in told.values()):
            return ""  # the first sentence has said it of every day
        if len(unseen) == len(days):
            if told[key].weekday is not None:
                return ""
            found = self.words.say("何曜日に開かれるかわかる場は、まだ見つかっていません。")
            return self.joined(found, self._ask())
        others = [weekday for weekday in unseen if weekday != told[key].weekday]
        if not others:
            return ""
        if not told[key].seen:  # it has asked already
            days_said = self.words.say("・").join(map(self.day, others))
            return self.words.say("ほかに、%(days)sの場も、まだです。", days=days_said)
        return self.joined(self.not_found_on(others), self._ask())

    def unknown(self, figure: Figure) -> str:
        """How many are in no figure because nobody can say how far they walk; empty for none."""
        if figure.people in (None, 0) or figure.unknown in (0, figure.people):
            return ""
        reason = self.words.say("家が地図の道から遠く、歩いて何分かかるかわからない方がいます。")
        if figure.unknown is None:
            return self.joined(reason, self.hidden_number())
        number = self.words.say(
            "約%(unknown)s人で、上の数には入れていません。",
            unknown=about(figure.unknown, figure.people or 0),
        )
        return self.joined(reason, number)

    def _when(self, told: Told) -> str:
        if told.weekday is None:
            return ""
        return self.words.say("%(day)sは、", day=self.day(told.weekday))

    def _ask(self) -> str:
        return self.words.say("ご存じでしたら教えてください。")

    def joined(self, *sentences: str) -> str:
        """Sentences after one another, each beginning as its language begins them."""
        gap = "" if self.words.language is Language.JAPANESE else " "
        return gap.join(one[:1].upper() + one[1:] for one in sentences if one)
