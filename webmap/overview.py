"""Levels and areas with their counts, as the overview's tables show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.model.answers import AreaInfo, AreaOutline, AreaRow, Straddle, TownAnswer
from webmap.described import described
from webmap.entry_cards import tier_label
from webmap.map_data import area_path
from webmap.straddling import percent
from webmap.template_engine import with_reading
from webmap.words import Words


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area as a link or a line of a table."""

    level: str = described("Level id")
    level_title: str = described("What the level is called")
    code: str = described("Code of the area")
    name: str = described("Its name; in large type markup with readings")
    kana: str | None = described("How the name is read")
    url: str | None = described("Its treasure map; None in an offline file")
    total: int = described("Entries on its map")
    counts: tuple[int, ...] = described("Entries per layer, in the order of the table", default=())
    straddles: str = described("東地区 62%、西地区 38%", default="")
    drawn: bool = described("Whether anybody has drawn its boundary", default=True)

    @classmethod
    def of_outlines(
        cls,
        outlines: Iterable[AreaOutline],
        town: str,
        *,
        links: bool,
        kept: str = "",
        large: bool = False,
    ) -> tuple[AreaLine, ...]:
        """Neighbours or sub-areas as links."""
        return tuple(
            cls(
                level=outline.area.level,
                level_title=outline.area.level_title,
                code=outline.area.code,
                name=_shown(outline.area, large),
                kana=outline.area.kana,
                url=area_path(town, outline.area.level, outline.area.code) + kept
                if links
                else None,
                total=outline.treasures,
                drawn=outline.area.drawn,
            )
            for outline in outlines
        )


@dataclass(frozen=True, slots=True)
class LevelBlock:
    """One level with its areas."""

    id: str = described("Level id")
    title: str = described("What the level is called")
    tier_label: str | None = described("第2層")
    url: str | None = described("The list of this level alone")
    lines: tuple[AreaLine, ...] = described("Its areas")


def level_blocks(
    answer: TownAnswer, words: Words, *, links: bool, kept: str = "", large: bool = False
) -> tuple[LevelBlock, ...]:
    """The levels of the answer that have rows, in its order."""
    layers = tuple(layer.id for layer in answer.layers)
    blocks = []
    for choice in answer.choices:
        lines = tuple(
            _line(row, layers, words, kept if links else None, large)
            for row in answer.rows
            if row.area.level == choice.level.id
        )
        if lines:
            blocks.append(
                LevelBlock(
                    id=choice.level.id,
                    title=choice.level.title,
                    tier_label=tier_label(choice.level.tier, words),
                    url=area_path(answer.town.code, choice.level.id) + kept if links else None,
                    lines=lines,
                )
            )
    return tuple(blocks)


def _line(
    row: AreaRow, layers: tuple[str, ...], words: Words, kept: str | None, large: bool
) -> AreaLine:
    """A line of the table; without what its address keeps it has none."""
    area = row.area
    return AreaLine(
        level=area.level,
        level_title=area.level_title,
        code=area.code,
        name=_shown(area, large),
        kana=area.kana,
        url=None if kept is None else area_path(row.municipality, area.level, area.code) + kept,
        total=sum(row.treasures.values()),
        counts=tuple(row.treasures.get(layer, 0) for layer in layers),
        straddles=_straddles(row.straddles, words),
        drawn=area.drawn,
    )


def _shown(area: AreaInfo, large: bool) -> str:
    return with_reading(area.name, area.kana) if large else area.name


def _straddles(straddles: tuple[Straddle, ...], words: Words) -> str:
    """The areas an area spreads over, with their shares; nothing when it lies in one."""
    parts = [f"{straddle.name} {percent(straddle.share)}" for straddle in straddles]
    return words.say("、").join(parts)
