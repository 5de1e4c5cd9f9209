"""The polygons that the codes of a table mean: a level of the town, or a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.intake.boundaries import read_level
from geo.manifest.people_file import PEOPLE_FILE
from geo.model.people import PeopleSources
from geo.model.problem import Problem, Severity
from geo.model.reading import TownReading
from geo.model.town import Area, Level


def people_shapes(
    reading: TownReading, sources: PeopleSources, problems: list[Problem]
) -> Sequence[Area] | None:
    """The areas; None where they cannot be read, which is said here or where the level is read."""
    if sources.level is not None:
        level = next((one for one in reading.levels if one.level.id == sources.level), None)
        return None if level is None or level.blocking else level.areas
    if sources.shapes is None:
        return None
    code = sources.shapes_code or ""
    read = read_level(
        Level(
            id="people",
            folder=sources.shapes.parent,
            title=sources.title,
            data=(sources.shapes,),
            name_column=code,
            code_column=code,
            source=sources.source,
            licence=sources.licence,
            as_of=sources.as_of,
            encoding=sources.encoding,
            crs=sources.crs,
        ),
        reading.town,
    )
    problems += [_of_people(problem) for problem in read.problems]
    return None if read.blocking else read.areas


def _of_people(problem: Problem) -> Problem:
    """What is asked for stands in another manifest, under another name."""
    if problem.code == "columns-not-said":
        return replace(
            problem,
            message_ja=f'どの列が番号か分かりません。{PEOPLE_FILE} に shapes_code = "…" を書いてください。',
        )
    if problem.code == "edition-assumed" and problem.severity is Severity.WARNING:
        told = problem.message_ja.rpartition("ちがうときは")[0]
        return replace(
            problem,
            message_ja=f"{told}ちがうときは、{PEOPLE_FILE} に shapes_code を書いてください。",
        )
    return problem
