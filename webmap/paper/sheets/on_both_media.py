"""What may stand on paper and on a screen: a sheet that everybody can fetch is on a screen, too."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from geo.model.map_answer import MapAnswer


def on_both(paper: MapAnswer, screen: MapAnswer) -> MapAnswer:
    """The answer of paper without the treasures that the same area has on no screen.

    Where there are such, all that is drawn around the entries is the screen's: neither the place
    of a shared flag nor a credit tells of them. Numbers stay what they were.
    """
    known = {entry.number: entry for entry in screen.entries}
    if all(entry.number in known for entry in paper.entries):
        return paper
    kept = [entry for entry in paper.entries if entry.number in known]
    left = {entry.number for entry in kept}
    flags = [
        (old, msgspec.structs.replace(flag, numbers=numbers))
        for old, flag in enumerate(screen.flags)
        if (numbers := tuple(number for number in flag.numbers if number in left))
    ]
    place = {old: new for new, (old, _) in enumerate(flags)}
    used = {entry.layer for entry in kept}
    layers = tuple(
        replace(layer, count=sum(entry.layer == layer.id for entry in kept))
        for layer in screen.layers
        if layer.id in used
    )
    return replace(
        screen,
        medium=paper.medium,
        as_of=max((layer.as_of for layer in layers), default=None),
        layers=layers,
        entries=tuple(
            msgspec.structs.replace(
                entry, flag=None if (old := known[entry.number].flag) is None else place[old]
            )
            for entry in kept
        ),
        flags=tuple(flag for _, flag in flags),
        functions=tuple(f for f in screen.functions if any(f in e.functions for e in kept)),
        statuses=tuple(s for s in screen.statuses if any(e.status is s for e in kept)),
        credits=tuple(line for line in screen.credits if line in paper.credits),
    )
