"""What is on paper only leaves nothing behind on a sheet that goes out over the web."""

from __future__ import annotations

from dataclasses import replace

from front.sample import map_answer

from geo.model.audience import Medium
from geo.model.map_answer import MapAnswer
from webmap.paper.sheets.on_both_media import on_both


def without(answer: MapAnswer, *numbers: int) -> MapAnswer:
    """As the views of the other medium would answer."""
    return on_both(
        replace(answer, medium=Medium.WEB),
        replace(answer, entries=tuple(e for e in answer.entries if e.number not in numbers)),
    )


def test_where_nothing_leaves_it_is_the_same_answer() -> None:
    paper = replace(map_answer(), medium=Medium.PRINT)
    assert on_both(paper, map_answer()) is paper


def test_flags_layers_and_credits_go_with_the_treasures() -> None:
    paper = replace(map_answer(), medium=Medium.PRINT)
    layer = paper.layers[0].id
    gone = {e.number for e in paper.entries if e.layer == layer}
    assert gone
    screen = without(map_answer(), *gone)
    screen = replace(screen, credits=("試験の出典",))
    left = on_both(replace(paper, credits=("試験の出典", "紙だけの出典")), screen)
    assert left.medium is Medium.PRINT
    assert [e.number for e in left.entries] == [
        e.number for e in paper.entries if e.number not in gone
    ]
    assert [one.id for one in left.layers] == [one.id for one in paper.layers[1:]]
    assert left.credits == ("試験の出典",)
    assert not gone & {number for flag in left.flags for number in flag.numbers}
    for entry in left.entries:
        if entry.flag is not None:
            assert entry.number in left.flags[entry.flag].numbers
    assert left.statuses == tuple(
        s for s in paper.statuses if any(e.status is s for e in left.entries)
    )
