"""A loaded town and the sheets of its areas, each proven."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from paper_towns.sheet_proof import Proof, district_proof

from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.model.map_answer import MapAnswer
from geo.questions import area_rows, treasure_map
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.sheets.printing import print_area

TODAY = date(2026, 11, 21)
WEB = "https://otakara.example.jp/machi"
PAPERS = [("A3", True), ("A4", False), ("A3", False), ("A4", True)]


def with_address(folder: Path) -> Path:
    """A town's folder, with an address the squares lead to."""
    manifest = folder / "boundaries/municipality.toml"
    told = manifest.read_text("utf-8")
    assert "public_url" not in told
    manifest.write_text(f'public_url = "{WEB}"\n{told}', "utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet of an area."""

    pdf: bytes
    answer: MapAnswer
    seconds: float


@dataclass(frozen=True)
class PrintedTown:
    """A town in its database."""

    database: TownDatabase
    folder: Path
    code: str

    @cached_property
    def areas(self) -> dict[str, list[str]]:
        """Codes of the areas by level, everything that is loaded."""
        with self.database.connect(Audience.PUBLIC, Medium.PRINT) as conn:
            rows = area_rows(conn, audience=Audience.PUBLIC, medium=Medium.PRINT, today=TODAY)
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row.area.level, []).append(row.area.code)
        return found

    @cached_property
    def metric_crs(self) -> str:
        """平面直角座標系 of the town's zone, as the law numbers them."""
        told = tomllib.loads((self.folder / "boundaries/municipality.toml").read_text("utf-8"))
        return f"EPSG:{6668 + int(told['plane_zone'])}"

    def address(self, level: str, area: str) -> str:
        """Where a telephone finds the map."""
        return f"{WEB}/{self.code}/{quote(level)}/{quote(area)}"

    def answer(self, level: str, area: str) -> MapAnswer:
        """What everybody may have printed of an area."""
        with self.database.connect(Audience.PUBLIC, Medium.PRINT) as conn:
            return treasure_map(
                conn,
                audience=Audience.PUBLIC,
                medium=Medium.PRINT,
                level=level,
                code=area,
                today=TODAY,
            )

    def printed(self, level: str, area: str, **words: str) -> Printed:
        """A sheet, asked for with the words of the command."""
        choice = PaperChoice.from_args(words)
        began = time.perf_counter()
        with self.database.connect(Audience.PUBLIC, Medium.PRINT) as conn:
            made = print_area(
                conn, audience=Audience.PUBLIC, level=level, code=area, today=TODAY, choice=choice
            )
        pdf = made.sheet.pdf()
        return Printed(pdf, self.answer(level, area), time.perf_counter() - began)

    def proven(
        self, level: str, area: str, paper: str, *, landscape: bool
    ) -> tuple[Proof, Printed]:
        """A district map or, on A1 and A0, a poster, measured."""
        sheet = self.printed(
            level, area, paper=paper, orientation="landscape" if landscape else "portrait"
        )
        proof = district_proof(
            sheet.pdf, sheet.answer, (paper, landscape), self.address(level, area), self.metric_crs
        )
        return proof, sheet


def told(proofs: Iterable[tuple[str, Proof]]) -> list[str]:
    """All faults, each after the sheet it is on."""
    return [f"{name}: {fault}" for name, proof in proofs for fault in proof.faults]
