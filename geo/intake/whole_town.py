"""A town folder -> everything in it, read and checked. Writes nothing, needs no database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

from geo.intake.called_records import TownNumbers
from geo.intake.changed_days import change_days
from geo.intake.cross import cross_check
from geo.intake.followed_records import follow_records
from geo.intake.gazetteer_reader import read_gazetteer
from geo.intake.layer_reader import read_layer
from geo.intake.placed_records import place_records
from geo.manifest import read_manifests
from geo.manifest.town_manifests import placeholder_town
from geo.model.problem import Problem
from geo.model.reading import LayerReading, TownReading
from geo.model.town import Town
from geo.placing import Gazetteer

GazetteerReader = Callable[[Town, Sequence[LayerReading], list[Problem]], Gazetteer | None]


def read_town(
    folder: Path, realdata: Path | None, *, progress: Callable[[str], None] | None = None
) -> TownReading:
    """Read a town folder whole.

    Parameters
    ----------
    folder : Path
        The town folder, with ``boundaries/`` and ``layers/``.
    realdata : Path or None
        The only other folder that manifests may point into.
    progress : callable, optional
        Told in Japanese what is being read.

    Returns
    -------
    TownReading
        Every record without an error and every fault, in reading order. Never raises for bad
        input; where there is no town folder the town is a placeholder with an error.
    """
    from geo.intake.boundaries import read_level

    def tell(text: str) -> None:
        if progress is not None:
            progress(text)

    tell("設定を読んでいます")
    town, manifest_problems = read_manifests(folder, realdata)
    if town is None:
        return TownReading(placeholder_town(folder), (), (), manifest_problems)
    problems = list(manifest_problems)
    levels = []
    for level in town.levels:
        tell(f"境界「{level.title}」を読んでいます")
        levels.append(read_level(level, town))
        problems += levels[-1].problems
    layers = []
    for layer in town.layers:
        tell(f"「{layer.title}」を読んでいます")
        layers.append(read_layer(layer, town))
    tell("場所を調べています")
    placed = place_records(town, layers, cache(partial(read_gazetteer, town, layers, problems)))
    tell("日にちの変更を調べています")
    numbers = TownNumbers(town)
    followed = follow_records(town, [one.reading for one in placed], numbers)
    dated = change_days(town, followed, numbers)
    tell("全体を見くらべています")
    checked, cross_problems = cross_check(town, levels, dated)
    problems += [problem for layer in checked for problem in layer.problems]
    problems += cross_problems
    placings = tuple(placing for one in placed for placing in one.placings)
    return TownReading(town, tuple(levels), checked, tuple(problems), placings)


def read_placings(
    folder: Path, realdata: Path | None, *, gazetteer: GazetteerReader = read_gazetteer
) -> TownReading:
    """Read a town's lists and place their records: no boundaries, nothing across files.

    Parameters
    ----------
    folder, realdata : Path
        As for `read_town`.
    gazetteer : callable
        Reads the gazetteer when the first record needs it.
    """
    town, manifest_problems = read_manifests(folder, realdata)
    if town is None:
        return TownReading(placeholder_town(folder), (), (), manifest_problems)
    problems = list(manifest_problems)
    venues = town.gazetteer.venues if town.gazetteer is not None else ()
    asked = {source.layer for source in venues}
    layers = [
        read_layer(layer, town) for layer in town.layers if not layer.backdrop or layer.id in asked
    ]
    placed = place_records(town, layers, cache(partial(gazetteer, town, layers, problems)))
    problems += [problem for one in placed for problem in one.reading.problems]
    placings = tuple(placing for one in placed for placing in one.placings)
    readings = tuple(one.reading for one in placed)
    return TownReading(town, (), readings, tuple(problems), placings)
