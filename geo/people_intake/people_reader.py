"""A town's files of people -> cells: some people, known by number, inside a polygon or at a point."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from geo.manifest.people_file import PEOPLE_FILE
from geo.model.people import BANDS, PeopleBand, PeopleCell, PeopleForm, PeopleSources
from geo.model.problem import Problem, Severity
from geo.model.reading import TownReading
from geo.people_intake.area_joining import joined
from geo.people_intake.chosen_rows import chosen_rows
from geo.people_intake.counted_rows import PeopleRow, PeopleRows
from geo.people_intake.mesh_placing import mesh_cells
from geo.people_intake.one_row_each import one_row_each
from geo.people_intake.own_places import own_places
from geo.people_intake.people_columns import PeopleColumns, ask_for_column, people_columns
from geo.people_intake.people_shapes import people_shapes
from geo.people_intake.people_table import read_people_table
from geo.people_intake.suppressed import Located, cells_of

_CODED = (PeopleForm.SMALL_AREA, PeopleForm.MESH)


class PeopleReader:
    """Reads what ``boundaries/people.toml`` names, when it is asked.

    Parameters
    ----------
    reading : TownReading
        Of a town with people; its areas say where the codes of a table lie.
    tell : callable
        Told Japanese sentences on the way.
    """

    def __init__(self, reading: TownReading, tell: Callable[[str], None]) -> None:
        assert reading.town.people is not None
        self._reading = reading
        self._sources: PeopleSources = reading.town.people
        self._tell = tell
        self._found: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every fault found until now; files that are read twice tell it once."""
        return tuple(dict.fromkeys(self._found))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The faults that stop a load."""
        return tuple(problem for problem in self.problems if problem.is_error)

    def cells(self) -> tuple[PeopleCell, ...] | None:
        """Who lives where; None where something stands in the way."""
        tables = self._tables()
        given = {band for columns, _ in tables for band in columns.bands}
        self._refuse_shares(given)
        located = self._located(tables) if len(tables) == len(self._sources.data) else None
        if located is None or self.errors:
            return None
        if not located:
            self._refuse("people-empty", "人口の行が1つもありません。ファイルを確かめてください。")
            return None
        return tuple(self._shared(cell) for cell in cells_of(located))

    def _tables(self) -> list[tuple[PeopleColumns, list[PeopleRow]]]:
        """The columns and records of every file."""
        sources, town = self._sources, self._reading.town
        found = []
        for path in sources.data:
            file = town.shown_path(path)
            self._tell(f"人口を読んでいます（{file}）")
            table = read_people_table(
                path, file, sources, town.municipality.plane_zone, self._found
            )
            table = None if table is None else chosen_rows(table, sources, self._found)
            columns = None if table is None else people_columns(table, sources, self._found)
            if table is None or columns is None:
                continue
            if not columns.bands:
                self._found.append(ask_for_column(table.table, "all", "人口（総数）"))
            elif columns.code is None and sources.form in _CODED:
                self._found.append(ask_for_column(table.table, "code", "番号"))
            else:
                found.append((columns, list(PeopleRows(table, columns, sources, self._found))))
        if found and not any(PeopleBand.EVERYBODY in columns.bands for columns, _ in found):
            first = next(row.found.table for _, rows in found for row in rows)
            self._found.append(ask_for_column(first, "all", "人口（総数）"))
        return found

    def _located(
        self, tables: Sequence[tuple[PeopleColumns, list[PeopleRow]]]
    ) -> list[Located] | None:
        """Every record with its place, as its form has it."""
        sources = self._sources
        has_areas = sources.level is not None or sources.shapes is not None
        is_joined = sources.form is PeopleForm.SMALL_AREA or (
            sources.form is PeopleForm.AGE_TABLE and has_areas
        )
        if not is_joined and sources.form is not PeopleForm.MESH:
            return [
                one
                for columns, rows in tables
                for one in own_places(
                    rows, columns, sources, self._reading.town.municipality, self._found
                )
            ]
        rows = one_row_each((row for _, rows in tables for row in rows), self._found)
        if sources.form is PeopleForm.MESH:
            return mesh_cells(rows, self._reading, sources, self._found)
        areas = people_shapes(self._reading, sources, self._found)
        return None if areas is None else joined(rows, areas, sources, self._found)

    def _shared(self, cell: PeopleCell) -> PeopleCell:
        """With the bands no table gives as a share of everybody, where the manifest says so."""
        everybody = cell.counts[0]
        counts = list(cell.counts)
        for place, band in enumerate(BANDS):
            share = self._sources.shares.get(band)
            if share is not None and everybody is not None:
                counts[place] = everybody * share
        return replace(cell, counts=(counts[0], counts[1], counts[2], counts[3]))

    def _refuse_shares(self, given: set[PeopleBand]) -> None:
        """What a table gives needs no assumption, and no figure may speak of one."""
        for band in self._sources.shares:
            if band in given:
                self._found.append(
                    Problem(
                        Severity.ERROR,
                        PEOPLE_FILE,
                        f"{band.label_ja}の人数は表に書いてあります。[shares] の {band.value} の行を消してください。",
                        "people-share-unneeded",
                        column=band.value,
                    )
                )

    def _refuse(self, code: str, message_ja: str) -> None:
        self._found.append(Problem(Severity.ERROR, PEOPLE_FILE, message_ja, code))
