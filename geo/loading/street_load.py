"""Streets and base map against what stands: unchanged files are not even read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from geo.errors import LoadRefusedError
from geo.loading.fingerprint import STREETS_VERSION, content_hash, street_files
from geo.loading.sole_edition import SoleComparison, compare_sole, end_sole
from geo.model.answers import StreetsLoaded
from geo.model.problem import Problem
from geo.model.reading import TownReading
from geo.model.town import Town
from geo.store.editions import add_edition
from geo.store.ground_shapes import add_ground, ground_box
from geo.store.streets import (
    STREETS_KEY,
    StandingStreets,
    add_network,
    point_streets,
    standing_streets,
    streets_manifest,
    unpoint_streets,
)
from geo.street_intake.street_source import Tell
from geo.street_intake.streets_reader import StreetsReader

if TYPE_CHECKING:
    from geo.network.street_network import StreetNetwork


StreetComparison = SoleComparison[StandingStreets]


def compare_streets(conn: Connection, town: Town) -> StreetComparison:
    """Compare by the hash of files, manifest and program."""
    standing = standing_streets(conn)
    sources = town.streets
    if sources is None:
        return SoleComparison(standing, ends=standing is not None)
    manifest = streets_manifest(sources, _files_word(town))
    return compare_sole(conn, "streets", STREETS_KEY, standing, sources.as_of, manifest)


def _files_word(town: Town) -> str:
    """A word for everything that decides what the streets become."""
    sources = town.streets
    assert sources is not None
    ground = [(g.kind, g.name_column, g.kana_column, g.encoding, g.crs) for g in sources.ground]
    read_as = (sorted(sources.columns.items()), sources.encoding, sources.crs, ground)
    told = hashlib.blake2b(repr((STREETS_VERSION, read_as)).encode(), digest_size=16)
    told.update(town.municipality.metric_crs.encode())
    for path in street_files(sources):
        told.update(town.shown_path(path).encode("utf-8", "surrogatepass") + b"\0")
        if path.is_file():
            told.update(content_hash(path))
    return told.hexdigest()


class StreetLoad:
    """What a load does about streets: read when they differ, write, say what became of them.

    Parameters
    ----------
    comparison : StreetComparison
    reading : TownReading
    tell : callable
    """

    def __init__(self, comparison: StreetComparison, reading: TownReading, tell: Tell) -> None:
        self._comparison = comparison
        self._reading = reading
        self._tell = tell
        self._reader: StreetsReader | None = None
        self._network: StreetNetwork | None = None
        self._totals: StreetsLoaded | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is to be looked at in the files that were read."""
        return self._reader.problems if self._reader is not None else ()

    @property
    def is_change(self) -> bool:
        """Whether what is shown changes."""
        return self._comparison.is_change

    def read(self) -> None:
        """Read the network, where it differs from what stands.

        Raises
        ------
        LoadRefusedError
            With every problem.
        """
        if self._comparison.adds_edition:
            self._reader = StreetsReader(self._reading, self._tell)
            self._network = self._reader.network()
            self._refuse_faulty()
            assert self._network is not None
            self._totals = self._summed(self._network)

    def pass_over(self) -> None:
        """Read the base map too, and keep nothing: what a dry run does instead of writing."""
        if self._reader is not None:
            for _ in self._reader.items():
                pass
            self._refuse_faulty()

    def write(self, conn: Connection, load_id: int) -> None:
        """Bring the database to the state of the files.

        Raises
        ------
        LoadRefusedError
            When the base map has faults, or there is nothing in it; the caller rolls back.
        """
        found, sources = self._comparison, self._reading.town.streets
        if found.ends:
            end_sole(conn, "streets", STREETS_KEY, load_id)
            unpoint_streets(conn)
        if self._reader is None or self._network is None or self._totals is None or not sources:
            return
        edition_id = add_edition(
            conn, "streets", STREETS_KEY, sources.as_of, load_id, found.manifest
        )
        self._tell("道を書き込んでいます")
        add_network(conn, edition_id, self._network)
        self._network = None  # its room is wanted for the base map
        add_ground(conn, edition_id, self._reader.items())
        self._refuse_faulty()
        if not found.is_backfill:
            box = ground_box(conn, edition_id)
            assert box is not None
            point_streets(conn, edition_id, sources.as_of, found.manifest, self._totals, box)

    def loaded(self) -> StreetsLoaded | None:
        """What stands after the load; None where the town has no streets and had none."""
        found = self._comparison
        if self._totals is not None and not found.is_backfill:
            return self._totals
        title = str(found.manifest.get("title", ""))
        standing = found.standing
        if standing is None:
            return None
        if found.ends:
            return StreetsLoaded(title, 0, 0, 0.0, 0, is_ended=True)
        return StreetsLoaded(
            title,
            standing.nodes,
            standing.edges,
            standing.length_m,
            standing.components,
            is_backfill=found.is_backfill,
        )

    def _summed(self, network: StreetNetwork) -> StreetsLoaded:
        largest = int((network.component == 0).sum())
        return StreetsLoaded(
            str(self._comparison.manifest["title"]),
            network.nodes,
            network.edges,
            float(network.edge_length_m.sum()),
            network.components,
            largest_share=largest / network.nodes if network.nodes else None,
            is_new=True,
        )

    def _refuse_faulty(self) -> None:
        assert self._reader is not None
        errors = self._reader.errors
        if errors:
            raise LoadRefusedError(
                f"{len(errors)} errors in the streets",
                message_ja=f"道と地形のファイルに、直すまで読み込めないところが{len(errors)}件あります。"
                "何も変えていません。",
                hint_ja="上の困りごとを直してから、もう一度読み込んでください。",
                problems=self._reader.problems,
            )
