"""From the stickers of meetings to the page on which the coordinator goes through them."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from geo.model.answers import GeoJson
from geo.model.sticker import JAPAN, LONGEST_NOTE, StickerState
from geo.stickers import Draft, MeetingDrafts
from webmap.described import described
from webmap.desk.sticker_sketch import Sketch, sketch_of
from webmap.map_data import area_path
from webmap.page_frame import Frame

PATH = "/desk/drafts"
NEXT_STATES = {
    StickerState.NEW: (StickerState.ASKED, StickerState.DONE, StickerState.DROPPED),
    StickerState.ASKED: (StickerState.DONE, StickerState.DROPPED, StickerState.NEW),
    StickerState.DONE: (StickerState.NEW,),
    StickerState.DROPPED: (StickerState.NEW,),
}
BUTTONS_JA = {
    StickerState.NEW: "まだたずねていない、にもどす",
    StickerState.ASKED: "たずねた",
    StickerState.DONE: "一覧に足した",
    StickerState.DROPPED: "足さない",
}


@dataclass(frozen=True, slots=True)
class NearLine:
    """A treasure near a sticker."""

    mark: str = described("Its mark")
    name: str = described("Its name")
    distance_m: int = described("Metres, as the crow flies")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One sticker."""

    url: str = described("Where its form is sent")
    key: str = described("Its id, as a word for the page")
    letter: str = described("What people called it")
    word: str = described("What they said; may be empty")
    when: str = described("When it was dropped")
    state: str = described("What has been done about it")
    is_open: bool = described("Whether something is left to do")
    areas: str = described("The smallest areas that hold it")
    near: tuple[NearLine, ...] = described("The nearest treasures")
    ask: str = described("Whom to ask next")
    note: str = described("The coordinator's own words")
    buttons: tuple[tuple[str, str], ...] = described("Word and label of what can be said of it")


@dataclass(frozen=True, slots=True)
class MeetingLines:
    """The stickers of one meeting about one area."""

    title: str = described("Day and area")
    url: str = described("The map of the area")
    sketch: Sketch | None = described("Where they lie; None where nobody has drawn the area")
    waiting: tuple[DraftLine, ...] = described("What is left to do")
    settled: tuple[DraftLine, ...] = described("What is done")


@dataclass(frozen=True, slots=True)
class DraftsPage:
    """What was said at meetings, and whom to ask next."""

    template: ClassVar[str] = "desk_drafts.html"
    frame: Frame = described("Surroundings")
    csrf: str = described("Token of this session's forms")
    url: str = described("The page itself; its forms are sent below it")
    waiting: int = described("Stickers that wait for somebody")
    meetings: tuple[MeetingLines, ...] = described("By meeting and area")
    fault: str = described("What could not be read of them")
    longest: int = described("Characters a remark may have")
    most_bytes: int = described("The largest file")
    told: str | None = described("What has just been done")
    trouble: str | None = described("What stands in the way")


def meeting_lines(
    meetings: Iterable[MeetingDrafts],
    municipality: str,
    outlines: Mapping[tuple[str, str], GeoJson],
) -> tuple[MeetingLines, ...]:
    """The queue, ready to print; ``outlines`` by level and code."""
    return tuple(
        MeetingLines(
            title=meeting.title_ja,
            url=area_path(municipality, meeting.level, meeting.code),
            sketch=sketch_of(
                outlines.get((meeting.level, meeting.code)), [d.sticker for d in meeting.drafts]
            ),
            waiting=tuple(_line(d) for d in meeting.drafts if d.sticker.state.is_open),
            settled=tuple(_line(d) for d in meeting.drafts if not d.sticker.state.is_open),
        )
        for meeting in meetings
    )


def as_one_line(text: str) -> str:
    """What somebody typed into a field of several lines, fit to be kept."""
    return " ".join(line.strip() for line in text.splitlines()).strip()[:LONGEST_NOTE]


def _line(draft: Draft) -> DraftLine:
    one, ask = draft.sticker, draft.ask
    when = one.met_at.astimezone(JAPAN)
    return DraftLine(
        url=f"{PATH}/{one.id}",
        key=one.short_id,
        letter=one.letter,
        word=one.word,
        when=f"{when.hour}時{when.minute:02}分",
        state=one.state.label_ja,
        is_open=one.state.is_open,
        areas="、".join(area.name for area in ask.areas) if ask else "",
        near=tuple(NearLine(n.mark, n.name, n.distance_m) for n in ask.nearest) if ask else (),
        ask=draft.ask_ja,
        note=one.note,
        buttons=tuple((state.value, BUTTONS_JA[state]) for state in NEXT_STATES[one.state]),
    )
