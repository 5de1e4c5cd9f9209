"""Parts that several pages share: choices, credits, bounds, areas by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from geo.model.answers import AreaInfo, AreaLink, LevelChoice, LevelInfo, Straddle
from geo.questions.level_ladder import LevelLadder
from geo.store.reading.area_rows import AreaKey, AreaRecord, Bounds, Share

STRADDLE_SHARE = 0.05
"""From this share on a page says that its area lies in another one, too."""

LIES_IN_SHARE = 1 - STRADDLE_SHARE
"""From this share on an area lies in another one."""


class Credited(Protocol):
    """Anything that comes from somebody."""

    @property
    def source(self) -> str: ...
    @property
    def licence(self) -> str: ...


def area_info(area: AreaRecord, level: LevelInfo) -> AreaInfo:
    """An area as pages name it."""
    return AreaInfo(
        area.level, level.title, area.code, area.name, area.kana, area.contact, area.drawn
    )


def choices(levels: Iterable[LevelInfo], areas: Iterable[AreaRecord]) -> tuple[LevelChoice, ...]:
    """Every level with its areas, for the switch."""
    links: dict[str, list[AreaLink]] = {}
    for area in areas:
        links.setdefault(area.level, []).append(AreaLink(area.level, area.code, area.name))
    return tuple(LevelChoice(level, tuple(links.get(level.id, ()))) for level in levels)


def credit_lines(credited: Iterable[Credited]) -> tuple[str, ...]:
    """出典：source（licence）, each said once."""
    lines = [
        f"出典：{c.source}（{c.licence}）" if c.licence else f"出典：{c.source}"
        for c in credited
        if c.source
    ]
    return tuple(dict.fromkeys(lines))


def around(boxes: Iterable[Bounds]) -> Bounds | None:
    """The box of boxes."""
    known = list(boxes)
    if not known:
        return None
    return (
        min(b[0] for b in known),
        min(b[1] for b in known),
        max(b[2] for b in known),
        max(b[3] for b in known),
    )


def straddles(
    key: AreaKey,
    level: LevelInfo,
    shares: Iterable[Share],
    areas: Mapping[AreaKey, AreaRecord],
    levels: Sequence[LevelInfo],
    ladder: LevelLadder,
) -> tuple[Straddle, ...]:
    """The areas over which an area spreads: per level, from 5 %, and only where there are two.

    An area that lies in one (95 % or more of it) straddles nothing, whatever else of that level
    lies over it.
    """
    holding = ladder.may_hold(level)
    by_level: dict[str, list[Share]] = {}
    for share in shares:
        if share.area == key and share.other[0] in holding and share.share >= STRADDLE_SHARE:
            by_level.setdefault(share.other[0], []).append(share)
    titles = {info.id: info for info in levels}
    spread = {
        other
        for other, found in by_level.items()
        if len(found) >= 2 and max(s.share for s in found) < LIES_IN_SHARE
    }
    return tuple(
        straddle
        for info in levels
        if info.id in spread
        for straddle in shares_by_name(by_level[info.id], areas, titles)
    )


def shares_by_name(
    shares: Iterable[Share],
    areas: Mapping[AreaKey, AreaRecord],
    levels: Mapping[str, LevelInfo],
) -> tuple[Straddle, ...]:
    """Shares with the other areas' names, the largest first within a level."""
    place = {level: index for index, level in enumerate(levels)}
    ordered = sorted(shares, key=lambda s: (place[s.other[0]], -s.share, s.other[1]))
    return tuple(
        Straddle(s.other[0], levels[s.other[0]].title, s.other[1], areas[s.other].name, s.share)
        for s in ordered
        if s.other in areas
    )
