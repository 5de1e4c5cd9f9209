"""Tagged nodes, lines and surfaces -> what the base map is made of, whatever file they came from."""

from __future__ import annotations

from collections.abc import Iterator

from geo.model.ground import (
    GroundItem,
    GroundKind,
    GroundShape,
    Landmark,
    LandmarkKind,
    StreetKind,
)
from geo.street_intake.coast import Box, BrokenCoastError, Coast
from geo.street_intake.ground_kinds import is_coast, line_kind, surface_kind
from geo.street_intake.landmark_kinds import landmark_kind, weight_of
from geo.street_intake.line_labels import LineLabels
from geo.street_intake.one_landmark import OneLandmark
from geo.street_intake.rough_metres import inside_of
from geo.street_intake.street_kinds import Tags, level_of, street_kind, street_marks
from geo.street_intake.tag_names import kana_of, name_of
from geo.street_intake.tagged_things import Run, TaggedLine, TaggedPoint
from geo.street_intake.wkb_line import wkb_line

_FLOWING = frozenset({GroundKind.RIVER, GroundKind.STREAM})


class GroundGathering:
    """Shapes are handed over at once; names wait, so that each real thing has one."""

    def __init__(self) -> None:
        self._landmarks = OneLandmark()
        self._streets = LineLabels(LandmarkKind.STREET)
        self._rivers = LineLabels(LandmarkKind.WATER)
        self._coast = Coast()
        self._corners: list[float] | None = None

    def point(self, point: TaggedPoint) -> None:
        """A landmark or nothing."""
        self._landmark(point.tags, point.lon, point.lat, 0.0)

    def line(self, line: TaggedLine) -> Iterator[GroundShape]:
        """Street, rail, river, coast; its name is kept for later."""
        tags = line.tags
        street = street_kind(tags)
        kind = GroundKind.STREET if street is not None else line_kind(tags)
        for run in line.runs:
            self._grow(run)
            if is_coast(tags):
                self._coast.add(run.nodes, run.lon, run.lat)
            if kind is None or (geometry := wkb_line(run.lon, run.lat)) is None:
                continue
            name = name_of(tags)
            if name is not None and kind in _FLOWING:
                self._rivers.add(name, kana_of(tags), run)
            elif name is not None and street is not None and not _is_below(street, tags):
                self._streets.add(name, kana_of(tags), run)
            yield GroundShape(kind, geometry, name, street, street_marks(tags), level_of(tags))

    def surface(self, tags: Tags, geometry_wkb: bytes) -> Iterator[GroundShape]:
        """A closed shape: water, green, a building; and the landmark it is."""
        kind = surface_kind(tags)
        if kind is not None:
            name = None if kind is GroundKind.BUILDING else name_of(tags)
            yield GroundShape(kind, geometry_wkb, name, level=level_of(tags))
        if landmark_kind(tags) is not None and name_of(tags) is not None:
            self._landmark_of_surface(tags, geometry_wkb)

    def sea(self, box: Box | None) -> Iterator[GroundShape]:
        """The sea of the coasts gathered.

        Parameters
        ----------
        box : Box, optional
            What the file says it covers; without it, what its lines cover.

        Raises
        ------
        BrokenCoastError
            When the coast does not say where the sea is.
        """
        import shapely

        covered = box or self._covered()
        if covered is None or not self._coast.pieces:
            return
        if not (covered[0] < covered[2] and covered[1] < covered[3]):
            raise BrokenCoastError("no box")
        sea = self._coast.sea(covered, told=box is not None)
        if sea is None:
            return
        for part in shapely.get_parts(sea):
            if part.geom_type == "Polygon":
                yield GroundShape(GroundKind.SEA, shapely.to_wkb(part))

    def names(self) -> Iterator[GroundItem]:
        """Every landmark once, and the names of streets and rivers; called last."""
        for river in self._rivers.landmarks():
            self._landmarks.add(river)
        yield from self._landmarks.landmarks()
        yield from self._streets.landmarks()

    def _landmark(self, tags: Tags, lon: float, lat: float, side_m: float) -> None:
        kind = landmark_kind(tags)
        name = name_of(tags)
        if kind is not None and name is not None:
            weight = weight_of(kind, tags, side_m)
            self._landmarks.add(Landmark(kind, lon, lat, name, kana_of(tags), weight), side_m)

    def _landmark_of_surface(self, tags: Tags, geometry_wkb: bytes) -> None:
        import shapely

        self._landmark(tags, *inside_of(shapely.from_wkb(geometry_wkb)))

    def _grow(self, run: Run) -> None:
        west, south, east, north = min(run.lon), min(run.lat), max(run.lon), max(run.lat)
        if self._corners is None:
            self._corners = [west, south, east, north]
            return
        seen = self._corners
        seen[0], seen[1] = min(seen[0], west), min(seen[1], south)
        seen[2], seen[3] = max(seen[2], east), max(seen[3], north)

    def _covered(self) -> Box | None:
        return None if self._corners is None else (*self._corners,)  # type: ignore[return-value]


def _is_below(street: StreetKind, tags: Tags) -> bool:
    """Whether people walk there out of sight: its name would stand for the street above."""
    return street is StreetKind.CORRIDOR or (street >= StreetKind.PEDESTRIAN and level_of(tags) < 0)
