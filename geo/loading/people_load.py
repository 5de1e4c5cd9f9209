"""People against what stands: unchanged files are not even read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from geo.errors import LoadRefusedError
from geo.loading.fingerprint import PEOPLE_VERSION, content_hash, people_files
from geo.loading.sole_edition import SoleComparison, compare_sole, end_sole
from geo.model.people import PeopleForm, PeopleLoaded
from geo.model.problem import Problem
from geo.model.reading import TownReading
from geo.people_intake.people_checking import PeopleCheck, count_people
from geo.people_intake.people_reader import PeopleReader
from geo.store.editions import add_edition
from geo.store.people_cells import (
    PEOPLE_KEY,
    StandingPeople,
    add_cells,
    people_manifest,
    point_people,
    standing_people,
    unpoint_people,
)

if TYPE_CHECKING:
    from geo.model.people import PeopleCell

PeopleComparison = SoleComparison[StandingPeople]


def compare_people(conn: Connection, reading: TownReading) -> PeopleComparison:
    """Compare by the hash of files, manifest, program and the areas the codes mean."""
    standing = standing_people(conn)
    sources = reading.town.people
    if sources is None:
        return SoleComparison(standing, ends=standing is not None)
    manifest = people_manifest(sources, _files_word(reading))
    return compare_sole(conn, "people", PEOPLE_KEY, standing, sources.as_of, manifest)


def _files_word(reading: TownReading) -> str:
    """A word for everything that decides what the cells become."""
    town, sources = reading.town, reading.town.people
    assert sources is not None
    read_as = (
        *(sources.form.value, sources.level, sources.shapes_code, sources.sheet),
        *(sources.header_row, sources.encoding, sources.crs),
        *(sorted(chosen.items()) for chosen in (sources.columns, sources.keep, sources.drop)),
        *(town.municipality.code, town.municipality.plane_zone),
    )
    told = hashlib.blake2b(repr((PEOPLE_VERSION, read_as)).encode(), digest_size=16)
    for path in people_files(sources):
        told.update(town.shown_path(path).encode("utf-8", "surrogatepass") + b"\0")
        if path.is_file():
            told.update(content_hash(path))
    if sources.level is not None or sources.form is PeopleForm.MESH:
        for level in reading.levels:
            if sources.level in (None, level.level.id):
                for area in level.areas:
                    told.update(area.code.encode() + b"\0" + (area.outline_wkb or b""))
    return told.hexdigest()


class PeopleLoad:
    """What a load does about people: read when they differ, write, say what became of them.

    Parameters
    ----------
    comparison : PeopleComparison
    reading : TownReading
    tell : callable
    """

    def __init__(
        self, comparison: PeopleComparison, reading: TownReading, tell: Callable[[str], None]
    ) -> None:
        self._comparison = comparison
        self._reading = reading
        self._tell = tell
        self._cells: tuple[PeopleCell, ...] = ()
        self._read: PeopleCheck | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is to be looked at in the files that were read."""
        return self._read.problems if self._read is not None else ()

    @property
    def is_change(self) -> bool:
        """Whether what is shown changes."""
        return self._comparison.is_change

    def read(self) -> None:
        """Read the people, where they differ from those that stand.

        Raises
        ------
        LoadRefusedError
            With every problem.
        """
        if not self._comparison.adds_edition:
            return
        reader = PeopleReader(self._reading, self._tell)
        cells = reader.cells()
        if cells is None or reader.errors:
            raise LoadRefusedError(
                f"{len(reader.errors)} errors in the people",
                message_ja=f"人口のファイルに、直すまで読み込めないところが{len(reader.errors)}件あります。"
                "何も変えていません。",
                hint_ja="上の困りごとを直してから、もう一度読み込んでください。",
                problems=reader.problems,
            )
        self._cells = cells
        self._read = count_people(cells, reader.problems)

    def write(self, conn: Connection, load_id: int) -> None:
        """Bring the database to the state of the files."""
        found, sources = self._comparison, self._reading.town.people
        if found.ends:
            end_sole(conn, "people", PEOPLE_KEY, load_id)
            unpoint_people(conn)
        if self._read is None or sources is None:
            return
        self._tell("人口を書き込んでいます")
        edition_id = add_edition(conn, "people", PEOPLE_KEY, sources.as_of, load_id, found.manifest)
        add_cells(conn, edition_id, self._cells)
        if not found.is_backfill:
            total = self._read.totals[0] or 0.0
            point_people(conn, edition_id, sources.as_of, found.manifest, self._read.rows, total)

    def loaded(self) -> PeopleLoaded | None:
        """What stands after the load; None where the town has no people and had none."""
        found, sources = self._comparison, self._reading.town.people
        if self._read is not None and sources is not None and not found.is_backfill:
            told = self._read.as_json()
            said = self._read.line_ja(sources.shares)
            return PeopleLoaded(sources.title, told["rows"], told["total"], said, is_new=True)
        standing = found.standing
        if standing is None:
            return None
        if found.ends:
            return PeopleLoaded(standing.title, 0, 0, is_ended=True)
        return PeopleLoaded(
            standing.title, standing.cells, round(standing.total), is_backfill=found.is_backfill
        )
