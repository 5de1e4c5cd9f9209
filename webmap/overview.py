"""Levels and areas with their counts, as the overview's tables show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.model.answers import AreaOutline, AreaRow, Straddle, TownAnswer
from webmap.described import described
from webmap.entry_cards import tier_ja
from webmap.map_data import area_path
from webmap.straddling import percent


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area as a link or a line of a table."""

    level: str = described("Level id")
    level_title: str = described("What the level is called")
    code: str = described("Code of the area")
    name: str = described("Its name")
    kana: str | None = described("How the name is read")
    url: str | None = described("Its treasure map; None in an offline file")
    total: int = described("Entries on its map")
    counts: tuple[int, ...] = described("Entries per layer, in the order of the table", default=())
    straddles: str = described("東地区 62%、西地区 38%", default="")
    drawn: bool = described("Whether anybody has drawn its boundary", default=True)

    @classmethod
    def of_outlines(
        cls, outlines: Iterable[AreaOutline], town: str, *, links: bool
    ) -> tuple[AreaLine, ...]:
        """Neighbours or sub-areas as links."""
        return tuple(
            cls(
                level=outline.area.level,
                level_title=outline.area.level_title,
                code=outline.area.code,
                name=outline.area.name,
                kana=outline.area.kana,
                url=area_path(town, outline.area.level, outline.area.code) if links else None,
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


def level_blocks(answer: TownAnswer, *, links: bool) -> tuple[LevelBlock, ...]:
    """The levels of the answer that have rows, in its order."""
    layers = tuple(layer.id for layer in answer.layers)
    blocks = []
    for choice in answer.choices:
        lines = tuple(
            _line(row, layers, links) for row in answer.rows if row.area.level == choice.level.id
        )
        if lines:
            blocks.append(
                LevelBlock(
                    id=choice.level.id,
                    title=choice.level.title,
                    tier_label=tier_ja(choice.level.tier),
                    url=area_path(answer.town.code, choice.level.id) if links else None,
                    lines=lines,
                )
            )
    return tuple(blocks)


def _line(row: AreaRow, layers: tuple[str, ...], links: bool) -> AreaLine:
    area = row.area
    return AreaLine(
        level=area.level,
        level_title=area.level_title,
        code=area.code,
        name=area.name,
        kana=area.kana,
        url=area_path(row.municipality, area.level, area.code) if links else None,
        total=sum(row.treasures.values()),
        counts=tuple(row.treasures.get(layer, 0) for layer in layers),
        straddles=_straddles(row.straddles),
        drawn=area.drawn,
    )


def _straddles(straddles: tuple[Straddle, ...]) -> str:
    """The areas an area spreads over, with their shares; nothing when it lies in one."""
    return "、".join(f"{straddle.name} {percent(straddle.share)}" for straddle in straddles)
