"""The registry of problem codes and the code that raises them tell the same story."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from geo.model.problem_codes import PROBLEM_CODES

ROOMS = ("manifest", "intake", "street_intake", "people_intake", "loading")
GEO = Path(__file__).resolve().parents[2] / "geo"
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_NOT_CODES = {
    "utf-8", "utf-8-sig", "shift-jis", "s-jis", "utf-16", "utf-16-le", "utf-16-be", "windows-31j",
    "iso-2022-jp", "euc-jp", "utf-16le", "utf-16be", "latin-1",
}  # fmt: skip


def _constants() -> set[str]:
    found: set[str] = set()
    for room in ROOMS:
        for path in [*(GEO / room).rglob("*.py"), *GEO.glob(f"{room}.py")]:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                value = getattr(node, "value", None)
                if isinstance(node, ast.Constant) and isinstance(value, str):
                    found |= {value} if _CODE.fullmatch(value) else set()
    return found - _NOT_CODES


def test_every_code_in_the_registry_is_raised_somewhere() -> None:
    assert set(PROBLEM_CODES) - _constants() == set()


def test_every_code_of_the_intake_is_in_the_registry() -> None:
    assert {c for c in _constants() if c not in PROBLEM_CODES} == set()
