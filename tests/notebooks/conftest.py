"""Notebooks run in a kernel of their own, against みなと市 in the tests' PostGIS."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from town_copy import ROOT, copy_of_town

from geo.database import TownDatabase
from geo.loading import load_town
from geo.questions import revision
from geo.settings import Settings

NOTEBOOKS = ROOT / "notebooks"


@dataclass(frozen=True)
class LoadedTown:
    """A town with everything in its database."""

    settings: Settings
    database: TownDatabase

    def today(self, audience: Any) -> date:
        """The day the views speak of."""
        with self.database.connect(audience) as conn:
            return revision(conn)[1]


@pytest.fixture(scope="session")
def minato(
    tmp_path_factory: pytest.TempPathFactory,
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
) -> LoadedTown:
    folder = copy_of_town(ROOT, tmp_path_factory.mktemp("minato"), "99885")
    settings = make_settings(folder)
    database = make_town_database("99885", town=folder)
    load_town(settings)
    return LoadedTown(settings, database)


@dataclass(frozen=True)
class Ran:
    """A notebook with what came out of it."""

    cells: dict[str, Any]

    def told(self, cell: str) -> str:
        """Everything a cell showed as text."""
        found = []
        for output in self.cells[cell].outputs:
            data = output.get("data", {})
            found.append(data.get("text/markdown") or data.get("text/html") or "")
        return "\n".join(found)

    @property
    def pictures(self) -> list[str]:
        """Cells that drew a picture."""
        return [
            cell
            for cell, content in self.cells.items()
            if any("image/png" in output.get("data", {}) for output in content.get("outputs", []))
        ]

    @property
    def said_beside(self) -> str:
        """What was printed or warned of: nothing, in a good notebook."""
        return "".join(
            output.text
            for content in self.cells.values()
            for output in content.get("outputs", [])
            if output.output_type == "stream"
        )


RunNotebook = Callable[..., Ran]


@pytest.fixture
def run_notebook(minato: LoadedTown) -> RunNotebook:
    """``run_notebook(name, CHOICE=value)``: every cell from top to bottom, other choices made."""

    def run(name: str, **choices: object) -> Ran:
        notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
        chosen = next(c for c in notebook.cells if "parameters" in c.metadata.get("tags", []))
        for key, value in choices.items():
            assert f"{key} = " in chosen.source
            chosen.source += f"\n{key} = {value!r}"
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=240,
            resources={"metadata": {"path": str(NOTEBOOKS)}},
            startup_timeout=180,
        )
        cluster = minato.settings.cluster
        client.execute(
            env=os.environ
            | {
                "OTAKARA_TOWN": str(minato.settings.town),
                "OTAKARA_CLUSTER": str(cluster),
                "PYTHONDONTWRITEBYTECODE": "1",
            }
        )
        return Ran({cell.id: cell for cell in notebook.cells})

    return run


@pytest.fixture(scope="session")
def notebooks() -> list[Path]:
    found = sorted(NOTEBOOKS.glob("*.ipynb"))
    assert found
    return found
