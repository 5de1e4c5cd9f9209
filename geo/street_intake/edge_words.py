"""What rows of edges tell in words: the few different tellings, and which row has which."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from geo.street_intake.edge_rows import TAG_KEYS
from geo.street_intake.several_values import several
from geo.street_intake.street_kinds import Tags
from geo.street_intake.tag_names import name_of

_UNSAID_KIND = "road"  # OpenStreetMap's word for a street of which nobody said what it is


class EdgeWords:
    """Collects tags and names row by row: ten thousands of rows tell some hundred things."""

    def __init__(self) -> None:
        self._tags, self._name = array("i"), array("i")
        self._sets: dict[tuple[str, ...], int] = {}
        self._names: dict[str, int] = {}
        self._names_said: dict[str, int] = {}

    def add(self, cells: Mapping[str, str]) -> None:
        """Add one row: its cells by tag; several values in one cell are read as such."""
        said = tuple(cells.get(key, "") for key in TAG_KEYS)
        self._tags.append(self._sets.setdefault(said, len(self._sets)))
        self._name.append(self._name_number(cells.get("name", "")))

    @property
    def tags(self) -> npt.NDArray[np.int32]:
        """Of every row, which of the ``tag_sets`` it has."""
        return np.array(self._tags, dtype=np.int32)

    @property
    def name(self) -> npt.NDArray[np.int32]:
        """Of every row, which of the ``names`` it has; -1 for none."""
        return np.array(self._name, dtype=np.int32)

    @property
    def tag_sets(self) -> tuple[Tags, ...]:
        """The different tellings, in OpenStreetMap's words."""
        return tuple(_tags(said) for said in self._sets)

    @property
    def names(self) -> tuple[str, ...]:
        """The different names."""
        return tuple(self._names)

    def _name_number(self, said: str) -> int:
        number = self._names_said.get(said)
        if number is None:
            name = name_of({"name": next(iter(several(said)), "")})
            number = -1 if name is None else self._names.setdefault(name, len(self._names))
            self._names_said[said] = number
        return number


def _tags(said: tuple[str, ...]) -> Tags:
    tags = {key: ";".join(several(text)) for key, text in zip(TAG_KEYS, said, strict=True)}
    tags = {key: text.lower() for key, text in tags.items() if text}
    return {"highway": _UNSAID_KIND, **tags}
