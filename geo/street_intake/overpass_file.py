"""Overpass JSON (``out geom``, also ``.gz``): ways with node numbers and geometry inline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geo.intake.archive import read_bytes, unpack_gzip
from geo.intake.features import stop
from geo.street_intake.coast import Box
from geo.street_intake.overpass_answer import MOST_BYTES, OverpassAnswer, parsed_answer
from geo.street_intake.street_kinds import Tags
from geo.street_intake.tagged_source import TaggedSource
from geo.street_intake.tagged_things import TaggedLine, TaggedPoint, TaggedSurface, TaggedThing

if TYPE_CHECKING:
    from geo.street_intake.overpass_answer import Element


class OverpassFile(TaggedSource):
    """One answer of an Overpass server."""

    def _things(
        self, line_keys: tuple[str, ...], surface_keys: tuple[str, ...], node_keys: tuple[str, ...]
    ) -> Iterator[TaggedThing]:
        answer = self._answer()
        bare = 0
        for element in answer.elements():
            tags = element.tags
            if element.type == "node":
                if _has(tags, node_keys) and element.lon is not None and element.lat is not None:
                    yield TaggedPoint(element.id, tags, element.lon, element.lat)
            elif element.type == "way":
                runs, is_cut = answer.runs(element)
                bare += not runs
                if _has(tags, line_keys):
                    yield TaggedLine(tags, runs, is_cut)
                if _has(tags, surface_keys):
                    yield _surface(answer, element)
            elif answer.is_many_parted(element) and _has(tags, surface_keys):
                yield _surface(answer, element)
        if bare:
            self._warn(
                "overpass-no-geometry",
                f"線 {bare:,} 本に、点の番号（nodes）か座標（geometry）がないので読みません。"
                "Overpass で「out geom;」を付けて取り直してください。",
            )

    def _many_parted(self, keys: tuple[str, ...]) -> int:
        answer = self._answer()
        return sum(
            answer.is_many_parted(element) and _has(element.tags, keys)
            for element in answer.elements()
        )

    def _box(self) -> Box | None:
        return None

    def _answer(self) -> OverpassAnswer:
        unpack = unpack_gzip if self._path.suffix.lower() == ".gz" else read_bytes
        data = unpack(self._path, self._shown, limit_bytes=MOST_BYTES)
        answer = parsed_answer(data, self._shown)
        if answer.remark is not None and "error" in answer.remark:
            stop(
                self._shown,
                "overpass-stopped",
                "Overpass のサーバーが途中で止まったときの答えです。範囲をせばめて取り直してください。",
                value=answer.remark,
            )
        return answer


def _has(tags: Tags, keys: tuple[str, ...]) -> bool:
    return not tags.keys().isdisjoint(keys)


def _surface(answer: OverpassAnswer, element: Element) -> TaggedSurface:
    return TaggedSurface(
        element.tags,
        element.type != "way",
        lambda: answer.rims(element),
        lambda: answer.surface_wkb(element),
    )
