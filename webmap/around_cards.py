"""What a page says of the areas around: treasures across the border, areas that are alike."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from dataclasses import dataclass

from geo.model.answers import AreaInfo
from geo.model.audience import Status
from geo.model.map_answer import MapAnswer
from geo.model.surroundings import AlikeArea, Find, Likeness, NearTreasure
from webmap.described import described
from webmap.entry_cards import LEAD_FIELDS
from webmap.map_data import area_path
from webmap.marks import Mark, mark_for
from webmap.template_engine import with_reading
from webmap.words import Words

SEEN_AT_ONCE = 4
STEP_M = 50
AT_THE_BORDER_M = 25


@dataclass(frozen=True, slots=True)
class AcrossLine:
    """One treasure across the border."""

    number: int = described("Its number")
    mark: Mark = described("The flag as drawn beside the name")
    name: str = described("Its name; in large type markup with readings")
    status_label: str | None = described("おやすみ中, when it does not take place now")
    area_name: str = described("Whose it is; in large type markup with readings")
    area_url: str | None = described("That area's treasure map; None in an offline file")
    distance: str = described("境から約200m")
    lead: tuple[tuple[str, str], ...] = described("Its first fields: label and text")


@dataclass(frozen=True, slots=True)
class AcrossBlock:
    """What lies within a walk across the border."""

    limit_m: int = described("How far from the border, straight, in metres")
    lines: tuple[AcrossLine, ...] = described("The nearest, always visible")
    folded: tuple[AcrossLine, ...] = described("The next ones, behind a fold")
    more: int = described("Still more, not told")


@dataclass(frozen=True, slots=True)
class FindLine:
    """A kind of treasure that has not been found here yet."""

    kind: str = described("Title of a layer, or a function")
    is_function: bool = described("Which of the two")
    mark: Mark = described("The example's flag")
    name: str = described("The example; in large type markup with readings")
    url: str | None = described("Its line on the other area's map; None in an offline file")


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """An area that is like this one."""

    name: str = described("Its name; in large type markup with readings")
    url: str | None = described("Its treasure map; None in an offline file")
    alike_in: tuple[str, ...] = described("広さ, お宝の種類の割合")
    finds: tuple[FindLine, ...] = described("What it has found and this one has not yet")


@dataclass(frozen=True, slots=True)
class AroundBlock:
    """What is told of the areas around."""

    across: AcrossBlock | None = described("What lies within a walk across the border")
    alike: tuple[AlikeLine, ...] = described("Areas of this level that are like this one")


def around_block(
    answer: MapAnswer, words: Words, *, links: bool, kept: str = "", large: bool = False
) -> AroundBlock:
    """The areas around in words: with links that keep what ``kept`` says, in large type or not."""
    told = _Telling(answer.town.code, answer.town.word, words, links, kept, large)
    return AroundBlock(told.across(answer), told.alike(answer))


@dataclass(frozen=True, slots=True)
class _Telling:
    """How it is told."""

    town: str
    word: str
    words: Words
    links: bool
    kept: str
    large: bool

    def across(self, answer: MapAnswer) -> AcrossBlock | None:
        """The treasures across the border; None where there are none."""
        if answer.across is None:
            return None
        lines = tuple(map(self._across_line, answer.across.near))
        # A fold for one line would take as much room as the line.
        seen = SEEN_AT_ONCE if len(lines) > SEEN_AT_ONCE + 1 else len(lines)
        return AcrossBlock(answer.across.limit_m, lines[:seen], lines[seen:], answer.across.more)

    def alike(self, answer: MapAnswer) -> tuple[AlikeLine, ...]:
        """The areas that are alike."""
        return tuple(map(self._alike_line, answer.alike))

    def _across_line(self, near: NearTreasure) -> AcrossLine:
        entry = near.entry
        return AcrossLine(
            number=entry.number,
            mark=mark_for(entry.mark, near.color),
            name=self._named(entry.name, entry.kana),
            status_label=None
            if entry.status is Status.ACTIVE
            else self.words.say(entry.status.label_ja),
            area_name=self._named(near.area.name, near.area.kana),
            area_url=self._url(near.area),
            distance=self._distance(near.distance_m),
            lead=tuple((self.words.say(label), text) for label, text in entry.fields[:LEAD_FIELDS]),
        )

    def _alike_line(self, alike: AlikeArea) -> AlikeLine:
        return AlikeLine(
            self._named(alike.area.name, alike.area.kana),
            self._url(alike.area),
            tuple(self._likeness(one) for one in alike.alike_in),
            tuple(self._find_line(find, alike.area) for find in alike.finds),
        )

    def _find_line(self, find: Find, area: AreaInfo) -> FindLine:
        return FindLine(
            self.words.say(find.kind) if find.is_function else find.kind,
            find.is_function,
            mark_for(find.example.mark, find.color),
            self._named(find.example.name, find.example.kana),
            self._url(area, f"#t{find.example.number}"),
        )

    def _likeness(self, likeness: Likeness) -> str:
        match likeness:
            case Likeness.SIZE:
                return self.words.say("広さ")
            case Likeness.DENSITY:
                return self.words.say("広さあたりの%(word)sの数", word=self.word)
            case Likeness.MIX:
                return self.words.say("%(word)sの種類の割合", word=self.word)

    def _distance(self, distance_m: float) -> str:
        """As people say it: a place 353 m away is about 350 m away."""
        if distance_m == 0:
            return self.words.say("この地区の中")
        if distance_m < AT_THE_BORDER_M:
            return self.words.say("境のすぐそば")
        metres = max(STEP_M, round(distance_m / STEP_M) * STEP_M)
        return self.words.say("境から約%(metres)sm", metres=metres)

    def _named(self, name: str, kana: str | None) -> str:
        return with_reading(name, kana) if self.large else name

    def _url(self, area: AreaInfo, at: str = "") -> str | None:
        return area_path(self.town, area.level, area.code) + self.kept + at if self.links else None
