"""Drafted layers read as ``otakara check`` will read them, before anything is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from geo.drafting.list_draft import LayerDraft, MunicipalityDraft
from geo.drafting.list_survey import Survey
from geo.drafting.manifest_text import municipality_text
from geo.drafting.town_starting import needs_municipality
from geo.intake.cross import cross_check
from geo.intake.layer_reader import read_layer
from geo.manifest import read_manifests
from geo.model.problem import Problem
from geo.model.reading import LayerReading, LevelReading


def as_check_reads(
    town: Path,
    realdata: Path | None,
    source: Path,
    survey: Survey,
    drafts: Sequence[LayerDraft],
    municipality: MunicipalityDraft | None,
) -> tuple[LayerDraft, ...]:
    """Read the drafted layers as ``otakara check`` will, in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="otakara-new-") as name:
        stage = Path(name).resolve()
        (stage / "boundaries").mkdir()
        target = stage / "boundaries" / "municipality.toml"
        if municipality is not None and needs_municipality(town):
            target.write_text(municipality_text(municipality), "utf-8")
        else:
            shutil.copyfile(town / "boundaries" / "municipality.toml", target)
        for place, draft in enumerate(drafts):
            folder = stage / "layers" / draft.id
            folder.mkdir(parents=True)
            (folder / "layer.toml").write_text(draft.manifest, "utf-8")
            if place == 0:
                shutil.copyfile(source, folder / survey.file_name)
        staged, manifest_problems = read_manifests(stage, realdata)
        assert staged is not None
        readings = {layer.id: read_layer(layer, staged) for layer in staged.layers}
        ordered = [readings[draft.id] for draft in drafts if draft.id in readings]
        checked, across = cross_check(staged, _levels(town, realdata, ordered), ordered)
    read: list[LayerDraft] = []
    for draft, reading in zip(drafts, checked, strict=True):
        prefix = f"layers/{draft.id}/"
        own = [p for p in manifest_problems if p.file.startswith(prefix)] + list(reading.problems)
        own += [p for p in across if _belongs(p, draft, prefix)]
        read.append(replace(draft, reading=reading, problems=tuple(own)))
    return tuple(read)


def _belongs(problem: Problem, draft: LayerDraft, prefix: str) -> bool:
    """Whether a fault across files is of this layer: its folder, or its sheet of the one workbook."""
    if problem.sheet is not None:
        return problem.sheet == draft.sheet
    return problem.file.startswith(prefix) or problem.file == prefix.rstrip("/")


def _levels(
    town: Path, realdata: Path | None, readings: Sequence[LayerReading]
) -> list[LevelReading]:
    """The town's boundaries, where the list has something to hold against them."""
    treasures = [t for reading in readings for t in reading.treasures]
    if needs_municipality(town) or not any(t.area or t.lat is not None for t in treasures):
        return []
    from geo.intake.boundaries import read_level

    there, _ = read_manifests(town, realdata)
    return [] if there is None else [read_level(level, there) for level in there.levels]
