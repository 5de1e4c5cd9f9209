"""Notebooks are committed clean, and ask the way the README tells analysts to."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

from town_copy import ROOT

MAY_IMPORT = re.compile(r"geo(\.(questions|database|settings)(\.\w+)?|\.model\.\w+)?")


def _cells(path: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cells"]
    return cells


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _code(path: Path) -> list[str]:
    return [_source(cell) for cell in _cells(path) if cell["cell_type"] == "code"]


def test_no_output_is_committed(notebooks: list[Path]) -> None:
    """Outputs hold figures of a real town, and change with every run."""
    for path in notebooks:
        assert {cell["cell_type"] for cell in _cells(path)} == {"markdown", "code"}
        for cell in _cells(path):
            assert set(cell["metadata"]) <= {"tags"}, (path.name, cell["id"])
            if cell["cell_type"] == "code":
                assert (cell["outputs"], cell["execution_count"]) == ([], None), path.name


def test_notebooks_use_the_doors_of_the_library_only(notebooks: list[Path]) -> None:
    for path in notebooks:
        for source in _code(path):
            for node in ast.walk(ast.parse(source)):
                names = []
                if isinstance(node, ast.ImportFrom):
                    names = [node.module or ""]
                elif isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                for name in names:
                    assert not name.startswith("webmap"), path.name
                    assert not name.startswith("geo") or MAY_IMPORT.fullmatch(name), name


def _blocks() -> list[str]:
    """The Python of the folder's README: how to open a town, and how to ask."""
    said = (ROOT / "notebooks/README.md").read_text("utf-8")
    return re.findall(r"```python\n(.*?)```", said, re.DOTALL)


def test_every_notebook_opens_the_town_as_the_folder_says(notebooks: list[Path]) -> None:
    opening, _ = _blocks()
    for path in notebooks:
        assert f"{opening}audience = Audience[AUDIENCE.upper()]" in _code(path), path.name


def test_the_folder_says_what_each_notebook_is_for(notebooks: list[Path]) -> None:
    said = (ROOT / "notebooks/README.md").read_text("utf-8")
    for path in notebooks:
        title = _source(_cells(path)[0]).splitlines()[0].removeprefix("# ")
        assert f"[{title}]({path.name})" in said


def test_words_are_japanese_and_code_is_not(notebooks: list[Path]) -> None:
    for path in notebooks:
        for cell in _cells(path):
            text = _source(cell)
            if cell["cell_type"] == "markdown":
                assert re.search(r"[ぁ-んァ-ン一-龥]", text), text
            else:
                comments = re.findall(r"(?m)^\s*#.*$", text)
                assert not re.search(r"[ぁ-んァ-ン一-龥]", "".join(comments)), comments
